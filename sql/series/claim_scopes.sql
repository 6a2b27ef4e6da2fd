-- grain: one row per claim that says enough to be compared with others
-- scope: warehouse
-- What its sentence says of where, over how long and whether it is so yet. Two figures of which one is "in this state", "over two
-- years" or "time to raise it to" are not two figures for one thing.
with
texts as (
    select claim_id, plain(claims.quote) as text, claims.document_id
    from comparable_claims
    inner join numeric_claims as claims using (claim_id)
),
named as (
    select claim_id, document_id, unnest(list_distinct(regexp_extract_all(text, getvariable('place_pattern')))) as name from texts
),
places as (
    select named.claim_id, list(distinct places.place order by places.place) as places
    from named
    inner join lexicon.place as places on places.language = 'en' and places.name = named.name
    inner join series_places as homes on homes.document_id = named.document_id and homes.home_place is distinct from places.place
    group by named.claim_id
),
told as (
    select
        claim_id,
        coalesce(list(stem order by stem) filter (is_name and weight >= 0.5), []) as names,
        coalesce(list(stem order by stem) filter (is_near and stem < 'a'), []) as figures,
    from figure_stems
    group by claim_id
),
final as (
    select
        texts.claim_id,
        coalesce(places.places, []) as places,
        coalesce(told.names, []) as names,
        coalesce(told.figures, []) as figures,
        coalesce(sides.whole, '') <> '' as is_share,
        regexp_matches(text, getvariable('scope_here')) as is_here,
        regexp_matches(text, getvariable('scope_proposal')) as is_proposal,
        list_distinct(list_transform(
            regexp_extract_all(lower(text), getvariable('scope_span'), 1),
            lambda span: regexp_replace(regexp_replace(span, '^(?:an?|one) ', ''), 's$', '')
        )) as spans,
    from texts
    left join places using (claim_id)
    left join told using (claim_id)
    left join figure_sides as sides on sides.claim_id = texts.claim_id
)

from final
