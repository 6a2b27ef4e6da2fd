-- Patterns of numerals that are written in words, and of what looks like none: phone numbers, dates, idioms.

-- two hundred and fifty-three thousand; four and a half billion; five point seven
create or replace macro cardinal_pattern(tongue) as
    '\b(?:(?:' || any_pattern(tongue) || '(?:\s+|-))*' || scale_pattern(tongue) || ',? (?:' || getvariable('and_words')[tongue]
        || ') )*'
    || any_pattern(tongue) || '(?:(?:\s+|-)' || any_pattern(tongue) || '\b)*\b'
    || '(?:[ -](?:' || getvariable('and_words')[tongue] || ')[ -](?:a|one)(?:\s+|-)(?:half|quarter)\b)?'
    || '(?:(?:\s+|-)' || scale_pattern(tongue) || '\b)*'
    || '(?: (?:' || getvariable('point_words')[tongue] || ')(?: (?:' || getvariable('digit_words')[tongue] || '|o)\b)+'
        || '(?:(?:\s+|-)' || scale_pattern(tongue) || '\b)*)?';

-- half a million, a couple of hundred, several thousand, a hundred and twenty, a million and a half
create or replace macro article_pattern(tongue) as
    '\b(?:(?:an? )?half(?: of)?(?: an?)?|(?:a |three )?quarters?(?: of an?)?|two(?:\s+|-)thirds of an?|a third of an?'
    || '|(?:a )?couple(?: of)?|several|a few|few|many|an?)(?:\s+|-)'
    || scale_pattern(tongue) || '(?:(?:\s+|-)' || any_pattern(tongue) || '\b)*(?: (?:' || getvariable('and_words')[tongue] || ') '
        || any_pattern(tongue)
    || '(?:(?:\s+|-)' || any_pattern(tongue) || ')*)?(?: and a half)?\b';

-- two thirds, a quarter, half
create or replace macro fraction_pattern(tongue) as
    '\b(?:(?:an?|one|three)(?:\s+|-)quarters?|(?:an?|one|two|three|four|five|six|seven|eight|nine)(?:\s+|-)(?:'
        || getvariable('proper_part_words')[tongue] || '))\b|\bhalf\b|[½¼¾⅓⅔](?: ' || scale_pattern(tongue) || '\b)?';

-- one in five, nine out of ten, 3 in 1,000; not "one in 2026", not "nine in seven innings"
set variable out_of = ' (?:out of(?: every)?|of every|in every|in) ';
create or replace macro ratio_pattern(tongue) as
    '\b(?:one in two|one (?:out of every|in every|of every) (?:two|eleven|twelve|[a-z]+teen|[a-z]+ty)'
    || '|(?:one|two) in a (?:hundred|thousand|million)'
    || '|(?:one|two|\d)' || getvariable('out_of')
        || '(?:three|four|five|six|seven|eight|nine|ten|twenty|\d{1,3}(?:,\d{3})*|1000|5000|[1-9]0{4,})'
    || '|\d+' || getvariable('out_of') || '(?:\d{1,3}(?:,\d{3})+|\d{2,3}|1000|5000|[1-9]0{4,})'
    || '|(?:three|four)' || getvariable('out_of') || '(?:five|six|seven|eight|nine|ten|twenty|\d{2,3}(?:,\d{3})*|[1-9]0{3,})'
    || '|three' || getvariable('out_of') || '(?:four|4|5)'
    || '|(?:five|six|seven|eight|nine)' || getvariable('out_of') || '(?:ten|twenty|\d{2,3}(?:,\d{3})*|[1-9]0{3,})'
    || '|five (?:out of|in) (?:six|seven|eight)|(?:six|seven) out of (?:eight|nine))\b';

-- twenty twenty-five, 555-123-4567, 2025-03-13, 3/13/2025, 10:30, 2024-26
create or replace macro written_pattern(tongue) as
    '\b(?:eighteen|nineteen|twenty)(?:\s+|-)'
    || '(?:ten|eleven|twelve|[a-z]+teen|(?:oh|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)'
    || '(?:(?:\s+|-)(?:one|two|three|four|five|six|seven|eight|nine))?)\b'
    || '|\b0\d{2,4} \d{3,4} \d{3,4}\b|\b0\d{4} \d{6}\b|\b\dx\d\b'
    || '|(?:\b1[ .-])?\(?\b\d{3}\)?[ .-]?\d{3}[.-]\d{4}\b|\b\d+(?:\.\d+){2,}\b|\b\d{1,3}(?:-\d{1,6}){2,}\b'
    || '|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b\d{1,2}:\d\d(?::\d\d)?\b|\b(?:1[5-9]|20)\d\d[/-]\d{2}\b';

create or replace macro idiom_pattern(tongue) as (
    select '\b(?:' || coalesce(string_agg(marked(tongue, literal(phrase)), '|' order by length(phrase) desc, phrase), '\b\B')
        || ')\b'
    from lexicon.idiom
    where language = tongue
);
