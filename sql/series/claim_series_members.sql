-- grain: one row per claim in a series
-- scope: warehouse
with
final as (
    select series_id, claim_id from series_claims
)

from final
