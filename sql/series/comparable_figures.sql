-- grain: one row per claim whose figure says something, with a subject or without
-- scope: warehouse
-- after: events
-- Small counts and stretches of time (is_plain) are said of everything; one with a hyphen ("seven-day average") names a kind of
-- thing, as a size before a noun does. "$35 a month" may be another's "$35": the unit is without what it is divided by.
with
final as (
    select
        keys.claim_id,
        keys.document_id,
        keys.kind,
        split_part(keys.unit_key, '/', 1) as base_unit,
        keys.value,
        claims.comparator = 'range' as is_range,
        keys.direction,
        coalesce(
            keys.place,
            case when not places.is_occasion and len(places.title_places) = 1 then places.title_places[1] end,
            places.home_place,
            ''
        ) as place,
        keys.subject_words,
        keys.outlook,
        keys.period_start,
        keys.period_end,
        keys.context,
        keys.surroundings,
        sides.* exclude (claim_id, places, phrases, is_part_of),
        list_filter(sides.places, lambda place: place is distinct from places.home_place) as places_beside,
        places.home_source,
        claims.speaker_id,
        coalesce(documents.event_on, documents.published_on) as said_on,
        count(*) over (partition by keys.document_id, base_unit, keys.value) > 1 as is_repeated,
        abs(keys.value) / pow(10, floor(log10(abs(keys.value)))) % 1 < 1e-6 as is_round,
        keys.kind = 'duration'
            or keys.kind in ('count', 'multiple') and (abs(keys.value) <= 12 or keys.subject_key is null) as is_plain,
    from staging.claim_keys as keys
    inner join numeric_claims as claims using (claim_id)
    inner join documents on documents.document_id = keys.document_id
    inner join series_places as places on places.document_id = keys.document_id
    inner join figure_sides as sides on sides.claim_id = keys.claim_id
    where documents.duplicate_of is null and not sides.is_part_of
        and not keys.is_vague and keys.value <> 0
        and not (keys.kind in ('count', 'multiple', 'duration') and abs(keys.value) <= 1)
        and not (keys.kind = 'measure' and keys.frame is not distinct from 'attributive')
        and not (is_plain and regexp_matches(claims.surface, '[\pL\d]-\pL'))
        and not coalesce(list_contains(getvariable('empty_heads'), keys.head), false)
        and not regexp_matches(claims.surface, getvariable('empty_surface'))
)

from final
