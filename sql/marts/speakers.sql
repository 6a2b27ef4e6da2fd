-- grain: one row per person who speaks in current versions
-- scope: warehouse
with said as (
    select
        t.speaker_id,
        t.speaker_name,
        t.speaker_kind,
        coalesce(d.event_on, d.published_on) as said_on,
        s.sentences,
    from turns as t
    inner join documents as d using (document_id)
    left join (select turn_id, count(*) as sentences from sentences where is_speech group by turn_id) as s using (turn_id)
    where t.speaker_id is not null
),
names as (
    select speaker_id, speaker_name
    from said
    where speaker_name is not null
    group by speaker_id, speaker_name
    qualify row_number() over (partition by speaker_id order by count(*) desc, length(speaker_name) desc, speaker_name) = 1
),
kinds as (
    select speaker_id, speaker_kind
    from said
    group by speaker_id, speaker_kind
    qualify row_number() over (partition by speaker_id order by speaker_kind = 'unknown', count(*) desc, speaker_kind) = 1
),
final as (
    select
        said.speaker_id,
        coalesce(any_value(names.speaker_name), said.speaker_id) as name,
        case when regexp_matches(said.speaker_id, '^Q[0-9]+$') then said.speaker_id end as wikidata_id,
        any_value(kinds.speaker_kind) as kind,
        min(said.said_on) as first_said_on,
        max(said.said_on) as last_said_on,
        count(*) as turns,
        coalesce(sum(said.sentences), 0)::bigint as sentences,
    from said
    left join names using (speaker_id)
    left join kinds using (speaker_id)
    group by said.speaker_id
)
select * from final
order by speaker_id
