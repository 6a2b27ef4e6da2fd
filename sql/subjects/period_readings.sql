-- grain: one row per distinct time expression as said
-- scope: document
-- What kind of expression it is and the numbers in it; which days those are is period_dates' work.
with
phrases as (
    select distinct
        phrase,
        regexp_replace(lower(phrase), '[ ,]+', ' ', 'g') as words,
    from period_phrases
    where kind = 'period'
),
parsed as (
    select
        *,
        regexp_extract(words, '^((?:' || getvariable('period_lead_words') || ') )?((?:just |only )*(?:early |late |mid-|(?:the )?(?:end|beginning|start|middle) of )?)', ['lead', 'edge']) as opening,
        regexp_extract_all(words, '\b(?:fy ?)?(1[89]\d\d|20\d\d)', 1) as years,
        regexp_extract_all(phrase, getvariable('period_month')) as month_names,
        regexp_extract(words, '\b(' || lower(getvariable('period_weekday_words')) || ')\b', 1) as weekday_name,
        regexp_extract(words, '\b(' || getvariable('period_season_words') || ')\b', 1) as season_name,
        regexp_extract(words, '\b(' || getvariable('period_day_words') || ')\b', 1) as day_name,
        regexp_extract(words, '\b(' || getvariable('period_back_words') || ')\b', 1) as back,
        regexp_extract(words, '\b(' || getvariable('period_ahead_words') || ')\b', 1) as ahead,
        regexp_extract(words, '\b(' || getvariable('period_ordinal_words') || ')\b', 1) as ordinal_name,
        regexp_extract(words, '(?:' || getvariable('period_back_words') || '|' || getvariable('period_ahead_words') || '|' || getvariable('period_ordinal_words') || ') (' || getvariable('period_count') || ')(?: and a half)? ', 1) as count_name,
        -- "the past year and a half", "the last two and a half years"
        case when regexp_matches(words, '\band a half\b') then 0.5 else 0 end as half_counted,
        regexp_extract(words, '\b(' || getvariable('period_count') || ') (?:short )?' || getvariable('period_unit') || '(?: or so)? (?:ago|earlier)$', 1) as ago_name,
        -- "the three months to December", "within five years"
        regexp_extract(words, '\b(' || getvariable('period_count') || ')? ?(?:financial |fiscal )?(?:months?|weeks?|quarters?|years?) (?:that |which )?(to|ending|ended|through)\b', ['number', 'word']) as ending,
        regexp_extract(words, '^within (' || getvariable('period_count') || ') ', 1) as within_name,
        -- "5, 6 and 7 September", "March 3-5"
        regexp_extract(words, '\b(\d{1,2})(?: \d{1,2})* ?(?:and|to|-) ?(\d{1,2})(?: [a-z]|$| \d{4})', ['first', 'last']) as day_range,
        regexp_matches(words, '\b(?:start|beginning|end|middle) of (?:the|this) [a-z]+$|\bnew year$') as is_turn,
        regexp_extract(words, '\b(' || getvariable('period_unit_words') || ')s?\b', 1) as unit,
        regexp_extract(words, '\bq([1-4])\b', 1) as quarter_number,
        regexp_extract(words, '\bh([12])\b', 1) as half_number,
        regexp_extract(words, '\b(this|last|next|that|current|previous) (?:fiscal |calendar )?year$', 1) as of_year,
        regexp_extract(phrase, getvariable('period_month') || ' (?:the )?(\d{1,2})(?:st|nd|rd|th)?\b', 1) as day_after_month,
        regexp_extract(phrase, '\b(\d{1,2})(?:st|nd|rd|th)? (?:of )?' || getvariable('period_month'), 1) as day_before_month,
        regexp_extract(words, '(?:fiscal years?|fy) ?''?(\d\d)\b', 1) as fiscal_short,
        regexp_extract(words, '\d{4} ?- ?(\d\d)$', 1) as range_short,
        regexp_matches(words, '\b(?:fiscal|fy)') as is_fiscal,
        regexp_matches(words, '\b(?:same|corresponding) ') as is_same,
        regexp_matches(words, '\b(?:offi(?:ce)|elected|inaugurat|president|taking power)') as is_office,
        regexp_matches(words, '\d{4}''?s$') as is_decade,
        regexp_matches(words, '^(?:.*(?:from|between) .*(?:to|through|until|and) |.*(?:\d{4}|[a-z]) ?- ?\d{2,4}$|.*\d{4} (?:to|through|until|and) \d{4}$)') as is_span,
        regexp_matches(words, '\bhalf\b') as is_half,
        regexp_matches(words, '\bthe (?:' || getvariable('period_back_words') || ')\b|\bpast\b') as is_trailing,
    from phrases
),
looked_up as (
    select
        parsed.*,
        first_month.value::int as month_1,
        second_month.value::int as month_2,
        weekday.value::int as weekday,
        season.value::int as season_month,
        day.value::int as day_offset,
        ordinal.value::int as ordinal,
        coalesce(try_cast(parsed.count_name as int), counted.value::int, case when half_counted > 0 and count_name = '' then 1 end) + half_counted as units_counted,
        coalesce(try_cast(parsed.ago_name as int), ago.value::int) as units_ago,
        coalesce(try_cast(parsed.ending.number as int), ended.value::int, 1) as units_ended,
        coalesce(try_cast(parsed.within_name as int), within.value::int) as units_within,
    from parsed
    left join lexicon.period_word as first_month on first_month.class = 'month' and first_month.word = parsed.month_names[1]
    left join lexicon.period_word as second_month on second_month.class = 'month' and second_month.word = parsed.month_names[2]
    left join lexicon.period_word as weekday on weekday.class = 'weekday' and lower(weekday.word) = parsed.weekday_name
    left join lexicon.period_word as season on season.class = 'season' and season.word = parsed.season_name
    left join lexicon.period_word as day on day.class = 'day' and day.word = parsed.day_name
    left join lexicon.period_word as ordinal on ordinal.class = 'ordinal' and ordinal.word = parsed.ordinal_name
    left join lexicon.period_word as counted on counted.class = 'number' and counted.word = parsed.count_name
    left join lexicon.period_word as ago on ago.class = 'number' and ago.word = parsed.ago_name
    left join lexicon.period_word as ended on ended.class = 'number' and ended.word = parsed.ending.number
    left join lexicon.period_word as within on within.class = 'number' and within.word = parsed.within_name
),
final as (
    select
        *,
        coalesce(years[1]::int, 2000 + try_cast(nullif(fiscal_short, '') as int)) as year_1,
        coalesce(years[2]::int, years[1]::int - years[1]::int % 100 + try_cast(nullif(range_short, '') as int)) as year_2,
        coalesce(try_cast(nullif(day_after_month, '') as int), try_cast(nullif(day_before_month, '') as int)) as day_number,
        trim(opening.lead) as lead,
        trim(opening.edge) as edge,
    from looked_up
)

from final
