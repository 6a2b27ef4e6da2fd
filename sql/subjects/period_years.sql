-- grain: one row per distinct time expression, day it was said and whether its clause looks ahead
-- scope: document
-- The year it is in: as stated, else the nearest behind, or ahead where the words look ahead.
with
spoken as (
    select distinct
        phrases.phrase,
        coalesce(documents.event_on, documents.published_on) as said_on,
        phrases.looks_ahead,
    from period_places as phrases
    inner join documents using (document_id)
),
final as (
    select
        readings.*,
        spoken.said_on,
        looks_ahead or readings.lead like '% now %' or readings.lead in (
            'by', 'until', 'till', 'through', 'through to', 'right through to', 'up until', 'by the end of'
        ) as is_ahead,
        year(said_on) as y,
        case of_year
            when '' then null
            when 'last' then y - 1
            when 'previous' then y - 1
            when 'next' then y + 1
            when 'that' then null
            else y
        end as relative_year,
        case
            when is_same and unit = 'year' and year_1 is null then y - 1
            else coalesce(year_1, relative_year)
        end as stated_year,
        -- the month in which it begins: "in the fourth quarter" as "in October"
        coalesce(
            month_1,
            try_cast(nullif(quarter_number, '') as int) * 3 - 2,
            try_cast(nullif(half_number, '') as int) * 6 - 5,
            case when is_half then ordinal * 6 - 5 when unit = 'quarter' and units_counted is null then ordinal * 3 - 2 end
        ) as month_begun,
        case
            when stated_year is not null then stated_year
            when month_begun is null then y
            when regexp_matches(readings.lead, '^(?:starting|beginning)') and month_begun - month(said_on) between 1 and 4 then y
            when is_ahead and make_date(y, month_begun, 1) < date_trunc('month', said_on) then y + 1
            when not is_ahead and make_date(y, month_begun, 1) > said_on then y - 1
            else y
        end as year_read,
        looks_ahead,
    from spoken
    inner join period_readings as readings using (phrase)
)

from final
