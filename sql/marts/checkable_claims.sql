-- grain: one row per claim that a fact-checker could look up, with points for what makes that easy
-- scope: warehouse
-- as: view
-- Left out: figures that are not asserted (planned, conditional, asked, denied), said by those who ask, without a subject,
-- durations, single-digit counts ("two sides"), readings of little confidence, and repeated postings of one event.
with candidates as (
    select c.*
    from claims as c
    inner join documents as d using (document_id)
    where c.modality in ('asserted', 'reported')
        and c.speaker_kind not in ('journalist', 'moderator', 'audience')
        and c.subject is not null
        and c.kind <> 'duration'
        and not (c.kind = 'count' and c.value < 10)
        and c.confidence >= 0.7
        and d.duplicate_of is null
        and d.event_role is distinct from 'reposting'
        and d.event_role is distinct from 'translation'
),
reasoned as (
    select
        claim_id,
        said_on,
        confidence,
        list_filter(
            [
                case when kind in ('money', 'percent', 'percentage_point', 'rate', 'measure') then 'a unit that statistics use' end,
                case when period_start is not null or place is not null then 'says when or where' end,
                case when comparator = '=' then 'an exact figure' end,
                case when attributed_to is not null then 'names where it is from' end,
                case when change is not null then 'tells of a change' end,
                case when topic is not null then 'a known topic' end,
                case when speaker_id is not null and attribution_doubt is null then 'the speaker is certain' end,
                case when doubt is null then 'nothing in it is inferred' end,
            ],
            lambda reason: reason is not null
        ) as reasons,
    from candidates
),
final as (
    select
        claim_id,
        said_on,
        len(reasons) as points,
        reasons,
        row_number() over (partition by said_on order by len(reasons) desc, confidence desc, claim_id) as day_rank,
    from reasoned
)
select * from final
