-- grain: one row per number that a publisher added, removed or altered between two versions of a document
-- scope: warehouse
with
final as (
    select
        document_id,
        from_version,
        to_version,
        case when old_claim_id is null then 'added' when new_claim_id is null then 'removed' else 'altered' end as change,
        coalesce(new_claim_id, old_claim_id) as claim_id,
        value_before,
        value_after,
        quote_before,
        quote_after,
        noticed_at,
    from claim_moves
    where not is_same
)

from final
