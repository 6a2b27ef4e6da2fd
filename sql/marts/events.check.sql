-- an event has one original
select event_id, count(*) filter (where event_role = 'original') as originals
from events
group by event_id
having originals <> 1;

-- a document repeats another of its event, and only postings that repeat one say so
select e.document_id, e.duplicate_of
from events as e
left join events as o on o.document_id = e.duplicate_of
where (e.duplicate_of is not null) <> (e.event_role = 'reposting') or (e.duplicate_of is not null and o.event_id <> e.event_id);

-- every document has its row
select d.document_id
from documents as d
anti join events as e on e.document_id = d.document_id;
