-- grain: one row per label, source, person taken for it, evidence and doubt
-- scope: warehouse
select
    t.label,
    d.source,
    t.speaker_id,
    t.attribution,
    count(*) as turns,
    t.doubt,
from turns as t
inner join documents as d using (document_id)
where t.label is not null and t.label <> ''
group by all
order by t.label, d.source, t.speaker_id nulls last, t.attribution, t.doubt
