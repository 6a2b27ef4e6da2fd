-- grain: one row per claim
-- scope: warehouse
-- What stands right beside its figure: three words on each side, what it is a share of ("of borrowers"), names, places and
-- phrases that have an opposite.
with
texts as (
    select
        claims.claim_id,
        claims.kind,
        greatest(claims.char_start - coalesce(sentences.char_start, 0), 0) as starts_at,
        substr(claims.quote, greatest(starts_at - 119, 1), least(starts_at, 120)) as before,
        substr(claims.quote, greatest(claims.char_end - coalesce(sentences.char_start, 0), 0) + 1, 120) as behind,
    from numeric_claims as claims
    left join sentences using (sentence_id)
),
named as (
    select claim_id, unnest(list_distinct(regexp_extract_all(plain(before || ' ' || behind), getvariable('place_pattern')))) as name
    from texts
    where regexp_matches(before || behind, '\p{Lu}')
),
places as (
    select named.claim_id, list(distinct places.place) as places
    from named
    inner join lexicon.place as places on places.language = 'en' and places.name = named.name
    group by named.claim_id
),
final as (
    select
        texts.claim_id,
        stems_in_order(right(before, 60))[-3:] as stems_before,
        stems_in_order(left(behind, 60))[1:3] as stems_behind,
        case
            when kind = 'percent' then left(regexp_extract(lower(left(behind, 60)), getvariable('share_of'), 1), 6)
            else ''
        end as whole,
        list_distinct(list_transform(
            regexp_extract_all(before || ' ' || behind, getvariable('name_inside')), lambda found: left(lower(found[3:]), 6)
        )) as names,
        regexp_extract_all(lower(plain(before || ' ' || behind)), getvariable('contrast_phrases')) as phrases,
        regexp_matches(before, getvariable('part_of_figure')) as is_part_of,
        coalesce(places.places, []) as places,
    from texts
    left join places using (claim_id)
)

from final
