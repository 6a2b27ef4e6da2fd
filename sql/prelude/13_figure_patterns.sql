-- Patterns of numerals that are written in figures.

-- 12, 12,500, 12 500 (no-break and thin blanks arrive as U+202F), 12.5, .5
create or replace macro digits_pattern(tongue) as (
    -- 12,34,567 as India groups it
    select '(?:' || case when group_marks = ',' then '\d{1,2}(?:,\d{2})+,\d{3}\b|' else '' end
        || '\d{1,3}(?: 000)+\b|\d{1,3}(?: \d{3}){2,}\b|\d{1,3}(?:[\x{202f}' || coalesce(literal(group_marks), '')
        || ']\d{3})+(?:th\b|\b|\B)(?:' || literal(decimal_mark) || '\d+)?|\d+(?:' || literal(decimal_mark) || '\d+)?)'
    from lexicon.number_format
    where language = tongue
);

-- What may follow digits: 5th, 90s, 5k, 5 and a half million, 5 million, 3-million
create or replace macro suffix_pattern(tongue) as
    '(?:(?:' || getvariable('ordinal_endings')[tongue] || ')\b|''?s\b|(?:k|m|b|t|mn|mln|mil|bn|bln|tn|tln|trn)\b'
    || '|,? (?:' || getvariable('and_words')[tongue] || ') an? (?:half|quarter|third)(?:[\s-]+' || scale_pattern(tongue) || '\b)?'
    || '|(?:(?:-odd|-plus)?(?:\s+|-)?' || scale_pattern(tongue) || 's?\b)+(?: (?:' || getvariable('and_words')[tongue]
        || ') a (?:half|quarter)\b)?)';

-- The smaller groups behind a larger scale, a row per language: 1 trillion 700 billion, 12 million 500,000,
-- 2 million 300 thousand 500
create or replace table lexicon.number_chain as
with
scales as (
    select
        language,
        string_agg(word, '|' order by length(word) desc, word) filter (value = 1e12) as trillion,
        string_agg(word, '|' order by length(word) desc, word) filter (value = 1e9) as billion,
        string_agg(word, '|' order by length(word) desc, word) filter (value = 1e6) as million,
        string_agg(word, '|' order by length(word) desc, word) filter (value = 1e3) as thousand,
    from lexicon.numeral
    where class = 'scale' and length(word) > 1
    group by language
),
final as (
    select
        language,
        ' ?(?:' || trillion || ')\b(?: \d{1,3} (?:' || billion || '|' || million || '|' || thousand || ')\b)+'
        || '| ?(?:' || billion || ')\b(?: \d{1,3} (?:' || million || '|' || thousand || ')\b)+'
        || '| ?(?:' || million || ')\b(?: \d{1,3} (?:' || thousand || ')\b(?: \d{3}\b)?| \d{3}' || literal(group_marks)
            || '\d{3}\b)' as pattern,
    from scales
    inner join lexicon.number_format using (language)
)

from final;

create or replace macro figures_pattern(tongue) as
    '(?:' || currency_pattern([tongue]) || '(?:' || digits_pattern(tongue) || '|\.\d+)|\b' || digits_pattern(tongue) || '|\B\.\d+)'
    || '(?:(?:\s+|-)\d+[/⁄]\d+\b|[/⁄]\d+\b|[½¼¾⅓⅔])?(?:'
        || coalesce((select pattern from lexicon.number_chain where language = tongue), '\b\B')
        || '|' || suffix_pattern(tongue) || ')?';
