-- A series has two claims or more.
select series_id from claim_series where claims < 2;
-- Its members are those that it counts.
select series_id from claim_series
left join (select series_id, count(*) as members from claim_series_members group by series_id) as counted using (series_id)
where members is distinct from claims;
