-- grain: one row per document
-- scope: warehouse
-- When and where it was published, and how much is spoken in it: what postings of one event are told apart by.
with
speech as (
    select document_id, sum(char_end - char_start) as spoken
    from sentences
    where is_speech
    group by all
),

final as (
    select
        d.document_id,
        coalesce(d.event_on, d.published_on) as day,
        host_of(d.url) as host,
        coalesce(d.language, '') as language,
        host || ' ' || language as place,
        coalesce(s.spoken, 0) as spoken,
        s.document_id is not null as has_turns,
        case when regexp_matches(d.url, '/\d{4,}(?:[/?#]|$)') then page_of(d.url) end as page,
    from documents as d
    left join speech as s using (document_id)
)

from final
