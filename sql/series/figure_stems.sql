-- grain: one row per claim and word around its figure
-- scope: warehouse
-- after: events
-- What figure_links compares: any claim whose figure says something, with a subject or without. weight is how much a common word
-- says: near 1 for one that few documents have, 0 for one that all have; twenty documents more are assumed, since in a small
-- warehouse every word is rare. Small counts and stretches of time (is_plain) are said of everything; one with a hyphen ("seven-day
-- average") names a kind of thing, as a size before a noun does.
with
figures as (
    select
        keys.* exclude (place),
        coalesce(keys.place, case when not places.is_occasion and len(places.title_places) = 1 then places.title_places[1] end, places.home_place, '') as place,
        split_part(keys.unit_key, '/', 1) as base_unit,
        places.home_source,
        coalesce(documents.event_on, documents.published_on) as said_on,
        count(*) over (partition by keys.document_id, base_unit, keys.value) > 1 as is_repeated,
        abs(keys.value) / pow(10, floor(log10(abs(keys.value)))) % 1 < 1e-6 as is_round,
        keys.kind = 'duration' or keys.kind in ('count', 'multiple') and (abs(keys.value) <= 12 or keys.subject_key is null) as is_plain,
    from staging.claim_keys as keys
    inner join numeric_claims as claims using (claim_id)
    inner join documents on documents.document_id = keys.document_id
    inner join series_places as places on places.document_id = keys.document_id
    where documents.duplicate_of is null
        and not keys.is_vague and keys.value <> 0
        and not (keys.kind in ('count', 'multiple', 'duration') and abs(keys.value) <= 1)
        and not (keys.kind = 'measure' and keys.frame is not distinct from 'attributive')
        and not (is_plain and regexp_matches(claims.surface, '[\pL\d]-\pL'))
        and not coalesce(list_contains(getvariable('empty_heads'), keys.head), false)
),
stems as (
    select
        claim_id, document_id, home_source, kind, base_unit, value, direction, place, subject_words, is_plain, is_repeated, is_round, said_on,
        unnest(context) as stem, true as is_near,
    from figures
    union all
    select
        claim_id, document_id, home_source, kind, base_unit, value, direction, place, subject_words, is_plain, is_repeated, is_round, said_on,
        unnest(surroundings) as stem, false as is_near,
    from figures
),
weights as (
    select stem, count(distinct document_id) as documents
    from stems
    group by stem
),
final as (
    select
        stems.*,
        ln(((select count(distinct document_id) from stems) + 20) / weights.documents)
            / ln(greatest((select count(distinct document_id) from stems) + 20, 1000)) as weight,
    from stems
    inner join weights using (stem)
)

from final
