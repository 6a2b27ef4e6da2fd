-- grain: one row per role of a speaker, with its dates and where it is known from
-- scope: warehouse
-- Roles of the reference files (flows/people/reference) for speakers who are in them, and roles as turns give them.
with known as (
    select
        m.person_id as speaker_id,
        m.role,
        coalesce(nullif(m.organization, ''), nullif(m.area, '')) as organisation,
        nullif(m.party, '') as party,
        nullif(m.constituency, '') as constituency,
        try_cast(m.start_date as date) as valid_from,
        try_cast(m.end_date as date) as valid_until,
        'reference: ' || m.source as evidence,
    from reference.memberships as m
    where m.person_id in (select speaker_id from speakers) and m.role <> ''
),
said as (
    select
        t.speaker_id,
        t.role,
        t.organisation,
        null::varchar as party,
        null::varchar as constituency,
        min(coalesce(d.event_on, d.published_on)) as valid_from,
        max(coalesce(d.event_on, d.published_on)) as valid_until,
        'turns' as evidence,
    from turns as t
    inner join documents as d using (document_id)
    where t.speaker_id is not null and coalesce(t.role, '') <> ''
    group by all
),
final as (
    select * from said
    union
    select distinct on (speaker_id, role, organisation, party, constituency, valid_from, evidence) *
    from known
    where coalesce(valid_from <= valid_until, true)
    order by speaker_id, role, organisation, party, constituency, valid_from, evidence, valid_until
)
select * from final
order by speaker_id, valid_from, role
