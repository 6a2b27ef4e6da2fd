-- A claim has one row at most.
select claim_id, count(*) as rows from claim_places group by claim_id having count(*) > 1;
