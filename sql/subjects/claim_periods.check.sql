-- A claim has one row at most.
select claim_id, count(*) as rows from claim_periods group by claim_id having count(*) > 1;
-- A period does not end before it begins.
select claim_id from claim_periods where period_end < period_start;
