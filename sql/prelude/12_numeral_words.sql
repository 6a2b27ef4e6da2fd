-- The words of numerals, by what they do, and their alternations for a regular expression.

-- Alternations of a lexicon's words for a regular expression, by set of classes and language; the longest first (RE2 takes the
-- first alternative that fits). '\b\B' never matches: what a language has no words for does not occur in it.
create or replace table lexicon.numeral_alternation as
with
sets as (
    select *
    from (values
        ('any', ['small', 'scale', 'hundred']), ('scale', ['scale', 'hundred']), ('small', ['small']), ('digit', ['small', 'oh']),
        ('and', ['and']), ('point', ['point']), ('fraction', ['part']), ('proper_part', ['part']), ('share', ['share']),
        ('vague', ['vague']), ('ordinal', ['ordinal']), ('ordinal_ending', ['ordinal_ending']),
        ('multiple', ['multiple', 'multiple_verb'])
    ) as listed (name, classes)
),
words as (
    select distinct sets.name, number_format.language, marked(number_format.language, word) as word,
    from sets
    cross join lexicon.number_format
    left join lexicon.numeral
        on numeral.language = number_format.language and length(word) > 1 and list_contains(classes, class)
        -- "four quarters" is a year, "three quarters" a fraction
        and (name <> 'proper_part' or word not in ('quarter', 'quarters'))
)
select name, language, coalesce(string_agg(word, '|' order by length(word) desc, word), '\b\B') as words,
from words
group by name, language;
create or replace macro numeral_words(wanted) as (
    select map(list(language), list(words)) from lexicon.numeral_alternation where name = wanted
);

-- What makes an article a number: "lasted an hour", "within a week".
set variable before_article = 'than|nearly|almost|within|about|over|under|topped|exceeded|exceeds|lasted|lasts|lasting';
-- Units that "and a half" may follow: "a year and a half".
set variable half_units = '(?:second|minute|hour|day|week|fortnight|month|year|decade|century'
    || '|mile|foot|inch|yard|metre|meter|kilometre|kilometer|kilo|ton|tonne|acre|litre|liter|gallon)';

-- The words that patterns are made of, by language: each list is asked for once, since a pattern holds it many times.
set variable any_words = numeral_words('any');
set variable scale_words = numeral_words('scale');
set variable small_words = numeral_words('small');
set variable digit_words = numeral_words('digit');
set variable and_words = numeral_words('and');
set variable point_words = numeral_words('point');
set variable fraction_words = numeral_words('fraction');
set variable proper_part_words = numeral_words('proper_part');
set variable share_words = numeral_words('share');
set variable vague_words = numeral_words('vague');
set variable ordinal_words = numeral_words('ordinal');
set variable ordinal_endings = numeral_words('ordinal_ending');
set variable multiple_words = numeral_words('multiple');

create or replace macro scale_pattern(tongue) as '(?:' || getvariable('scale_words')[tongue] || ')';
create or replace macro any_pattern(tongue) as '(?:' || getvariable('any_words')[tongue] || ')';
