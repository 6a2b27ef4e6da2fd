-- grain: one row per claim of one version of a document that the next version does not have, or has and the one before had not
-- scope: warehouse
-- Of those that went and those that came with the next version, equal figures in somewhat like sentences are the same number in
-- altered words; else the pairs whose sentences are most alike are one number altered.
with
gone as (
    from claim_turnover where not is_new
),
come as (
    from claim_turnover where is_new
),
likenesses as (
    select
        gone.document_id, gone.to_version, gone.claim_id as gone_id, come.claim_id as come_id,
        (gone.unit, gone.value, gone.value_low, gone.value_high)
            is not distinct from (come.unit, come.value, come.value_low, come.value_high) as is_same,
        len(list_intersect(gone.words, come.words)) / len(list_distinct(gone.words || come.words)) as likeness,
    from gone
    inner join come using (document_id, to_version, kind)
    where likeness >= 0.5 or (is_same and likeness >= 0.15)
),
same as (
    select *
    from likenesses
    where is_same
    qualify row_number() over (partition by gone_id, to_version order by likeness desc, come_id) = 1
        and row_number() over (partition by come_id, to_version order by likeness desc, gone_id) = 1
),
altered as (
    select likenesses.*
    from likenesses
    anti join same on same.gone_id = likenesses.gone_id and same.to_version = likenesses.to_version
    anti join same as taken on taken.come_id = likenesses.come_id and taken.to_version = likenesses.to_version
    where likeness >= 0.5 and not likenesses.is_same
    qualify row_number() over (
        partition by likenesses.gone_id, likenesses.to_version order by likeness desc, likenesses.come_id
    ) = 1
        and row_number() over (
            partition by likenesses.come_id, likenesses.to_version order by likeness desc, likenesses.gone_id
        ) = 1
),
pairs as (
    from same
    union all
    from altered
),
final as (
    select
        coalesce(come.document_id, gone.document_id) as document_id,
        coalesce(come.from_version, gone.from_version) as from_version,
        coalesce(come.to_version, gone.to_version) as to_version,
        gone.claim_id as old_claim_id,
        come.claim_id as new_claim_id,
        coalesce(pairs.is_same, false) as is_same,
        gone.value as value_before,
        come.value as value_after,
        gone.quote as quote_before,
        come.quote as quote_after,
        coalesce(come.noticed_at, gone.noticed_at) as noticed_at,
    from gone
    left join pairs on pairs.gone_id = gone.claim_id and pairs.document_id = gone.document_id and pairs.to_version = gone.to_version
    full join come on come.claim_id = pairs.come_id and come.document_id = pairs.document_id and come.to_version = pairs.to_version
)

from final
