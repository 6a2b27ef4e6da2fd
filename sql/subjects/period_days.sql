-- grain: one row per distinct time expression, day it was said and whether its clause looks ahead
-- scope: document
-- The days that it names as [first, last]. Months and days without a year are the nearest behind, ahead where the words look ahead.
with
final as (
    select
        *,
        -- the last day of "the three months to December", of "the week ended March 5"
        coalesce(
            try_cast(year_read || '-' || month_1 || '-' || day_number as date),
            case when month_1 is not null then last_day(make_date(year_read, month_1, 1)) end
        ) as last_ended,
        case
            when is_office then null
            when units_within is not null then case when looks_ahead then [said_on, moved(said_on, units_within, unit)] end
            when within_name <> '' then null
            when is_turn then unit_of(said_on, coalesce(nullif(unit, ''), 'year'))
            when ending.word <> '' and month_1 is not null then [moved(last_ended + 1, -units_ended, unit), last_ended]
            when day_range.last <> '' and month_1 is not null then [
                try_cast(year_read || '-' || month_1 || '-' || day_range.first as date),
                try_cast(year_read || '-' || month_1 || '-' || day_range.last as date)
            ]
            when is_same and year_1 is null then one_day(moved(said_on, -1, 'year'))
            when ago_name <> '' then one_day(moved(said_on, -units_ago, unit))
            when day_offset is not null then one_day(moved(said_on, day_offset, 'day'))
            when is_span and month_1 is not null and month_2 is not null then
                [
                    make_date(coalesce(case when len(years) = 2 then year_1 end, year_read - (month_1 > month_2)::int), month_1, 1),
                    month_of(coalesce(year_2, year_read), month_2)[2]
                ]
            when is_span and year_2 is not null and year_2 >= year_1 then [make_date(year_1, 1, 1), make_date(year_2, 12, 31)]
            when is_decade then [make_date(year_1, 1, 1), make_date(year_1 + 9, 12, 31)]
            when month_1 is not null and day_number between 1 and 31
                then one_day(try_cast(year_read || '-' || month_1 || '-' || day_number as date))
            when month_1 is not null then month_of(year_read, month_1)
            when quarter_number <> '' then months_of(year_read, quarter_number::int * 3 - 2, 3)
            when half_number <> '' then months_of(year_read, half_number::int * 6 - 5, 6)
            when ordinal is not null and is_half then months_of(year_read, ordinal * 6 - 5, 6)
            when ordinal is not null and unit = 'quarter' and units_counted is null then months_of(year_read, ordinal * 3 - 2, 3)
            when ordinal = 1 and unit in ('month', 'quarter') and count_name <> '' and units_counted between 1 and 12
                then months_of(year_read, 1, least(12, units_counted * case unit when 'quarter' then 3 else 1 end))
            when ordinal = 1 and unit = 'month' and stated_year is not null then months_of(year_read, 1, 1)
            when ordinal is not null then null
            when weekday is not null and back <> '' then one_day(weekday_before(said_on - 1, weekday))
            when weekday is not null and (ahead <> '' or looks_ahead) then one_day(weekday_before(said_on + 7, weekday))
            when weekday is not null then one_day(weekday_before(said_on, weekday))
            when season_month is not null then months_of(coalesce(stated_year, y - (back <> '')::int), season_month, 3)
            when is_fiscal and year_1 is not null then fiscal_year_of(year_1)
            when is_fiscal then fiscal_year_of(
                year(said_on + interval 3 months)::int + case when back <> '' then -1 when ahead <> '' then 1 else 0 end
            )
            when back = 'recent' then null
            when back <> '' and unit <> '' and half_counted > 0 then [moved(said_on, -units_counted, unit), said_on]
            when ahead <> '' and unit <> '' and half_counted > 0 then [said_on, moved(said_on, units_counted, unit)]
            when back <> '' and unit <> '' and count_name = '' and not is_trailing then unit_of(moved(said_on, -1, unit), unit)
            when back <> '' and regexp_matches(words, 's$') and count_name = '' then null
            when back <> '' and unit <> '' and (count_name = '' or units_counted is not null)
                then [moved(said_on, -coalesce(units_counted, 1), unit), said_on]
            when ahead <> '' and unit <> '' and count_name = '' and unit <> 'decade'
                and not regexp_matches(words, '\b(?:over|the) ')
                then unit_of(moved(said_on, 1, unit), unit)
            when ahead <> '' and unit <> '' and (count_name = '' or units_counted is not null)
                then [said_on, moved(said_on, coalesce(units_counted, 1), unit)]
            when year_1 is not null then year_of(year_1)
            when unit <> '' and unit <> 'century' and count_name = '' and regexp_matches(words, '\b(?:this|current)\b')
                then unit_of(said_on, unit)
        end as days,
    from period_years
)

from final
