-- Units, currencies and hedges, cut into words as the text is.

-- Every unit's phrase in each language, cut into words as the text is. "*" is a language's sign or code that all share.
create or replace table lexicon.unit_key as
with
listed as (
    from lexicon.unit
    union all by name
    from lexicon.unit_money
    union all by name
    from lexicon.unit_ucum
),
spelled as (
    from listed
    union all by name
    -- "a 300,000-square-foot hall", "a 60-mile-per-hour limit"
    select * replace (replace(phrase, ' ', '-') as phrase) from listed
    where position = 'after' and language = 'en' and kind in ('measure', 'rate', 'duration')
        and regexp_matches(phrase, '^\pL+(?: \pL+)+$')
),
units as (select *, phrase_key(phrase) as key from spelled)
select
    number_format.language,
    units.phrase,
    units.key,
    units.position,
    units.kind,
    units.unit,
    cast(units.factor as double) as factor,
    units.currency_word,
    units.note,
from units
inner join lexicon.number_format on units.language in (number_format.language, '*')
qualify row_number() over (partition by number_format.language, units.key, units.position
    order by units.note nulls first, units.unit, units.phrase) = 1;

-- Every hedge, cut into words as the text is.
create or replace table lexicon.hedge_key as
select language, phrase, side, phrase_key(phrase) as key, comparator, low_factor, high_factor from lexicon.hedge;

-- Every spelling of a sign or code before an amount: KShs. and Kshs.
create or replace table lexicon.currency_sign as
select distinct number_format.language, units.phrase
from (from lexicon.unit union all by name from lexicon.unit_money union all by name from lexicon.unit_ucum) as units
inner join lexicon.number_format on units.language in (number_format.language, '*')
where units.position = 'before';

-- How many parts make one of a unit: "a/mo" is 12.
set variable unit_parts = (
    select map(list(unit || '/' || part order by unit, part), list(cast(parts as double) order by unit, part))
    from lexicon.unit_part
);

-- Amounts start with a currency's sign or code: $5, US$5, USD 5, 5 and so on.
create or replace macro currency_pattern(tongues) as (
    select '(?-i:' || string_agg(case when regexp_matches(phrase, '^\pL') then '\b' else '' end || literal(phrase) || ' ?', '|'
        order by length(phrase) desc, phrase) || ')-?'
    from (select distinct phrase from lexicon.currency_sign where list_contains(tongues, language))
);
set variable currency_start = (select '^' || currency_pattern((select list(language) from lexicon.number_language)));

-- Places, and ends of addresses, that tell whose dollar is meant.
set variable currency_place_pattern = (
    select '(?i)(?:' || string_agg(case when regexp_matches(place, '^\w') then '\b' else '' end || literal(place) || '\b', '|'
        order by length(place) desc, place) || ')'
    from (select distinct place from lexicon.currency_place)
);
