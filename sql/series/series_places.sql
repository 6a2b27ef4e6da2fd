-- grain: one row per document
-- scope: warehouse
-- after: events
-- Whose figures a document's unnamed places are: the source of its event's original, and the place that this source names most.
-- A country in the title is the counterpart of what two countries have with each other; a place in a title that is no
-- occasion ("FACT SHEET: … in Ohio") holds for all its claims.
with
origins as (
    select
        document_id,
        source,
        title,
        event_id,
        case
            when event_id is null then source
            else first_value(source) over (
                partition by event_id order by event_role = 'original' desc nulls last, source, document_id
            )
        end as home_source,
    from documents
),
counted as (
    select origins.home_source, keys.place, count(*) as claims
    from origins
    inner join staging.claim_keys as keys using (document_id)
    where keys.place is not null
    group by all
),
homes as (
    select home_source, place as home_place, claims
    from counted
    qualify row_number() over (partition by home_source order by claims desc, place) = 1
),
titles as (
    select
        document_id,
        list_distinct(regexp_extract_all(plain(title), getvariable('place_pattern'))) as names,
        regexp_matches(plain(title), getvariable('title_occasion')) as is_occasion,
    from origins
    where regexp_matches(plain(title), getvariable('place_pattern'))
),
named as (
    select titles.document_id, titles.is_occasion, list(distinct places.place order by places.place) as places
    from (select document_id, is_occasion, unnest(names) as name from titles) as titles
    inner join lexicon.place as places on places.language = 'en' and places.name = titles.name
    group by all
),
final as (
    select
        origins.document_id,
        origins.home_source,
        homes.home_place,
        list_filter(named.places, lambda place: place is distinct from homes.home_place) as title_places,
        coalesce(named.is_occasion, true) as is_occasion,
    from origins
    left join homes using (home_source)
    left join named using (document_id)
)

from final
