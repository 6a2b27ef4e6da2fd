-- A claim has one row at most.
select claim_id, count(*) as rows from claim_contexts group by claim_id having count(*) > 1;
