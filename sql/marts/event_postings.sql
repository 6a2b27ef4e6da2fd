-- grain: one row per document: the event it belongs to and its place among the event's postings
-- scope: warehouse
-- First stands the one that all others are compared with: the official publisher's, with turns, complete, the earliest.
with recursive links as (
    select left_id as document_id, right_id as other_id from document_pairs
    union
    select right_id, left_id from document_pairs
),

reached as (
    select document_id, document_id as other_id from documents
    union
    select r.document_id, l.other_id
    from reached as r
    inner join links as l on l.document_id = r.other_id
),

clusters as (
    select document_id, min(other_id) as event_id, count(*) as postings
    from reached
    group by document_id
),

postings as (
    select
        c.*,
        d.language,
        coalesce(d.event_on, d.published_on) as day,
        t.document_id is not null as has_turns,
        coalesce(t.spoken, length(d.text)) as characters,
        coalesce(regexp_matches(host_of(d.url), getvariable('official_host')), false) as is_official,
    from clusters as c
    inner join documents as d on d.document_id = c.document_id
    left join (select document_id, sum(char_end - char_start) as spoken from turns group by all) as t
        on t.document_id = c.document_id
),

complete as (
    select *, characters >= 0.7 * max(characters) over (partition by event_id, is_official, has_turns) as is_whole
    from postings
),

final as (
    select
        *,
        row_number() over (
            partition by event_id
            order by is_official desc, has_turns desc, is_whole desc, day nulls last, characters desc, document_id
        ) as place,
    from complete
)

from final
