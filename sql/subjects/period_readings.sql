-- grain: one row per distinct time expression as said
-- scope: document
-- What its words and numbers are worth; which days those are is period_days' work.
with
looked_up as (
    select
        parts.*,
        first_month.value::int as month_1,
        second_month.value::int as month_2,
        weekday.value::int as weekday,
        season.value::int as season_month,
        day.value::int as day_offset,
        ordinal.value::int as ordinal,
        coalesce(
            try_cast(parts.count_name as int), counted.value::int, case when half_counted > 0 and count_name = '' then 1 end
        ) + half_counted as units_counted,
        coalesce(try_cast(parts.ago_name as int), ago.value::int) as units_ago,
        coalesce(try_cast(parts.ending.number as int), ended.value::int, 1) as units_ended,
        coalesce(try_cast(parts.within_name as int), within.value::int) as units_within,
    from period_parts as parts
    left join lexicon.period_word as first_month on first_month.class = 'month' and first_month.word = parts.month_names[1]
    left join lexicon.period_word as second_month on second_month.class = 'month' and second_month.word = parts.month_names[2]
    left join lexicon.period_word as weekday on weekday.class = 'weekday' and lower(weekday.word) = parts.weekday_name
    left join lexicon.period_word as season on season.class = 'season' and season.word = parts.season_name
    left join lexicon.period_word as day on day.class = 'day' and day.word = parts.day_name
    left join lexicon.period_word as ordinal on ordinal.class = 'ordinal' and ordinal.word = parts.ordinal_name
    left join lexicon.period_word as counted on counted.class = 'number' and counted.word = parts.count_name
    left join lexicon.period_word as ago on ago.class = 'number' and ago.word = parts.ago_name
    left join lexicon.period_word as ended on ended.class = 'number' and ended.word = parts.ending.number
    left join lexicon.period_word as within on within.class = 'number' and within.word = parts.within_name
),
final as (
    select
        *,
        coalesce(years[1]::int, 2000 + try_cast(nullif(fiscal_short, '') as int)) as year_1,
        coalesce(
            years[2]::int, years[1]::int - years[1]::int % 100 + try_cast(nullif(range_short, '') as int)
        ) as year_2,
        coalesce(try_cast(nullif(day_after_month, '') as int), try_cast(nullif(day_before_month, '') as int)) as day_number,
        trim(opening.lead) as lead,
        trim(opening.edge) as edge,
    from looked_up
)

from final
