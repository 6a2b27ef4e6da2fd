-- Both claims are in the series.
select claim_id, other_claim_id, series_id from claim_differences
anti join claim_series_members as members
    on members.series_id = claim_differences.series_id and members.claim_id = claim_differences.claim_id;
select claim_id, other_claim_id, series_id from claim_differences
anti join claim_series_members as members
    on members.series_id = claim_differences.series_id and members.claim_id = claim_differences.other_claim_id;
-- A pair stands once.
select least(claim_id, other_claim_id), greatest(claim_id, other_claim_id) from claim_differences group by all having count(*) > 1;
