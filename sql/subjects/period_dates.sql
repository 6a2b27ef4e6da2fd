-- grain: one row per distinct time expression, day it was said and whether its clause looks ahead
-- scope: document
-- First and last day: what leads in says whether the days named are the whole of it, its end or its beginning.
with
opened as (
    select
        *,
        lead in ('until', 'till', 'through', 'through to', 'right through to', 'up until') or lead like '% now %' as is_until,
        lead in ('by the end of', 'at the end of')
            or lead not in ('until', 'till', 'through', 'since') and edge like '%end of%' as is_end,
        lead in ('by the beginning of', 'at the beginning of', 'at the start of') as is_start,
    from period_days
),
final as (
    select
        phrase,
        said_on,
        looks_ahead,
        lead,
        case
            when is_office then null
            when is_end then days[2]
            when back <> '' then days[1]
            when is_until then said_on
            when lead = 'by' or edge like '%end of%' then days[2]
            when is_start or lead in ('before', 'as of') then days[1]
            when lead = 'after' then days[2]
            else days[1]
        end as first_day,
        case
            when is_office or lead = 'since' then said_on
            when is_start or lead = 'before' then days[1]
            when lead = 'after' then null
            else days[2]
        end as last_day,
        case when first_day > last_day then last_day else first_day end as period_start,
        case when first_day > last_day then first_day else last_day end as period_end,
    from opened
)

from final
