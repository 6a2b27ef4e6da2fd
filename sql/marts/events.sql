-- grain: one row per document: the event it belongs to and what it is to that event
-- scope: warehouse
with
links as (
    select left_id as document_id, right_id as other_id from document_pairs
    union
    select right_id, left_id from document_pairs
),

originals as (
    select
        event_id,
        document_id as original_id,
        language,
        day,
        case when is_official then 'the official publisher''s' else 'the first that is complete' end
            || ' of ' || postings || ' postings' as reason,
    from event_postings
    where place = 1
),

-- the longest posting whose text this one repeats or is taken from
sources_of as (
    select
        l.document_id,
        arg_min(o.document_id, o.place) as other_id,
        arg_min(o.characters, o.place) as other_characters,
        arg_min(p.is_same_text, o.place) as is_same_text,
    from links as l
    inner join document_pairs as p
        on p.left_id = least(l.document_id, l.other_id) and p.right_id = greatest(l.document_id, l.other_id)
    inner join event_postings as o on o.document_id = l.other_id
    inner join event_postings as d on d.document_id = l.document_id
    where o.place < d.place and (p.is_same_text or (p.is_same_passage and greatest(p.held, p.fines_held) >= 0.5))
    group by l.document_id
),

roles as (
    select
        r.*,
        o.original_id,
        o.reason,
        s.other_id,
        s.is_same_text,
        case
            when r.place = 1 then 'original'
            when s.is_same_text then 'reposting'
            when r.characters < 0.7 * s.other_characters then 'excerpt'
            when not r.has_turns then 'rewrite'
            when r.language <> o.language then 'translation'
            else 'rewrite'
        end as event_role,
        if(
            r.day <> o.day, ', though it states another day than ' || o.original_id || ' (' || r.day || ', ' || o.day || ')', ''
        ) as doubt,
    from event_postings as r
    inner join originals as o on o.event_id = r.event_id
    left join sources_of as s on s.document_id = r.document_id
),

final as (
    select
        document_id,
        event_id,
        event_role,
        case
            when postings = 1 then 'the only posting'
            when event_role = 'original' then reason
            when event_role = 'reposting' then 'nearly the same text as ' || other_id
            when event_role = 'excerpt' then 'passages of ' || other_id
            when not has_turns then 'the same day and names, told without saying who speaks, as ' || original_id
            when event_role = 'translation' then 'the same names and numbers in another language than ' || original_id
            when other_id is not null then 'much of the text of ' || other_id
            else 'the same names and numbers in other words than ' || original_id
        end || if(event_role = 'original', '', coalesce(doubt, '')) as event_evidence,
        if(is_same_text, other_id, null) as duplicate_of,
    from roles
)

from final
order by document_id
