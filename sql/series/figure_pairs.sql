-- grain: one row per pair of claims of two documents with one figure and a word in common
-- scope: warehouse
-- A claim is compared with the eight next in time that have figure and word in common, so that a figure that everybody says does
-- not cost the square of its claims. near_likeness is that of the words of the sentence, likeness that of those beside it too.
with
ordered as (
    select
        *,
        row_number() over in_time as place_in_time,
        count(*) over (partition by home_source, base_unit, value, is_range, stem) as size,
    from figure_stems
    where is_near or weight >= 0.6
    window in_time as (partition by home_source, base_unit, value, is_range, stem order by said_on, claim_id)
),
near as materialized (
    select distinct one.claim_id, other.claim_id as other_claim_id
    from (select *, place_in_time + unnest(range(1, 9)) as next_place from ordered where size > 1) as one
    inner join ordered as other
        on other.home_source = one.home_source
        and other.base_unit = one.base_unit and other.value = one.value and other.is_range = one.is_range
        and other.stem = one.stem and other.place_in_time = one.next_place
    where other.document_id <> one.document_id
),
totals as (
    select claim_id, coalesce(sum(weight) filter (is_near), 0) as near_total, sum(weight) as total
    from figure_stems
    group by claim_id
),
common as (
    select
        near.claim_id,
        near.other_claim_id,
        coalesce(sum(one.weight) filter (one.is_near and other.is_near), 0) as near_shared,
        sum(one.weight) as shared,
        count(*) filter (one.is_name and other.is_name and one.weight >= 0.5) as shared_names,
    from near
    inner join figure_stems as one on one.claim_id = near.claim_id
    inner join figure_stems as other on other.claim_id = near.other_claim_id and other.stem = one.stem
    group by all
),
final as (
    select
        common.claim_id,
        common.other_claim_id,
        common.shared_names,
        near_shared / greatest(one.near_total + other.near_total - near_shared, 0.01) as near_likeness,
        shared / greatest(one.total + other.total - shared, 0.01) as likeness,
    from common
    inner join totals as one on one.claim_id = common.claim_id
    inner join totals as other on other.claim_id = common.other_claim_id
)

from final
