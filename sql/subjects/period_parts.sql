-- grain: one row per distinct time expression as said
-- scope: document
-- The words and numbers in it that say when.
with
phrases as (
    select distinct
        phrase,
        regexp_replace(lower(phrase), '[ ,]+', ' ', 'g') as words,
    from period_phrases
    where kind = 'period'
),
final as (
    select
        *,
        regexp_extract(words, getvariable('period_opening'), ['lead', 'edge']) as opening,
        regexp_extract_all(words, '\b(?:fy ?)?(1[89]\d\d|20\d\d)', 1) as years,
        regexp_extract_all(phrase, getvariable('period_month')) as month_names,
        regexp_extract(words, '\b(' || lower(getvariable('period_weekday_words')) || ')\b', 1) as weekday_name,
        regexp_extract(words, '\b(' || getvariable('period_season_words') || ')\b', 1) as season_name,
        regexp_extract(words, '\b(' || getvariable('period_day_words') || ')\b', 1) as day_name,
        regexp_extract(words, '\b(' || getvariable('period_back_words') || ')\b', 1) as back,
        regexp_extract(words, '\b(' || getvariable('period_ahead_words') || ')\b', 1) as ahead,
        regexp_extract(words, '\b(' || getvariable('period_ordinal_words') || ')\b', 1) as ordinal_name,
        regexp_extract(words, getvariable('period_counted'), 1) as count_name,
        -- "the past year and a half", "the last two and a half years"
        case when regexp_matches(words, '\band a half\b') then 0.5 else 0 end as half_counted,
        regexp_extract(words, getvariable('period_counted_ago'), 1) as ago_name,
        -- "the three months to December", "within five years"
        regexp_extract(words, getvariable('period_counted_to'), ['number', 'word']) as ending,
        regexp_extract(words, '^within (' || getvariable('period_count') || ') ', 1) as within_name,
        -- "5, 6 and 7 September", "March 3-5"
        regexp_extract(
            words, '\b(\d{1,2})(?: \d{1,2})* ?(?:and|to|-) ?(\d{1,2})(?: [a-z]|$| \d{4})', ['first', 'last']
        ) as day_range,
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
        regexp_matches(words, getvariable('period_is_span')) as is_span,
        regexp_matches(words, '\bhalf\b') as is_half,
        regexp_matches(words, '\bthe (?:' || getvariable('period_back_words') || ')\b|\bpast\b') as is_trailing,
    from phrases
)

from final
