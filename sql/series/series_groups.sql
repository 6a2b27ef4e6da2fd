-- grain: one row per claim with a link
-- scope: warehouse
-- Chains of links: each claim's label is the least claim_id that can be reached from it.
with recursive
labelled (claim_id, label) using key (claim_id) as (
    select claim_id, min(least(claim_id, other_claim_id)) as label from claim_links group by claim_id
    union
    select links.claim_id, min(reached.label) as label
    from labelled as reached
    inner join claim_links as links on links.other_claim_id = reached.claim_id
    inner join recurring.labelled as mine on mine.claim_id = links.claim_id
    where reached.label < mine.label
    group by links.claim_id
),
final as (
    select claim_id, label from labelled
)

from final
