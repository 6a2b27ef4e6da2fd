-- Macros of sql/numbers. Nothing here names a language or a word: both come from the lexicons.

-- The languages that sql/numbers reads, in fixed places, since a pattern must be a constant to be compiled once.
create or replace table lexicon.number_language as
select *, row_number() over (order by language <> 'en', language) as place from lexicon.number_format;
set variable language_1 = (select language from lexicon.number_language where place = 1);
set variable language_2 = (select language from lexicon.number_language where place = 2);
set variable language_3 = (select language from lexicon.number_language where place = 3);
set variable language_4 = (select language from lexicon.number_language where place = 4);
set variable marked_languages = (select list(language) from lexicon.number_language where word_mark is not null);

-- A word of a lexicon as it stands in a text whose words are marked.
create or replace macro marked(tongue, words) as case
    when list_contains(getvariable('marked_languages'), tongue) then regexp_replace(words, '(\pL+)', '_\1_', 'g')
    else words
end;

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
create or replace macro numeral_words(wanted) as (select map(list(language),
    list(words)) from lexicon.numeral_alternation where name = wanted);
-- What makes an article a number: "lasted an hour", "within a week".
set variable before_article = 'than|nearly|almost|within|about|over|under|topped|exceeded|exceeds|lasted|lasts|lasting';
-- Units that "and a half" may follow: "a year and a half".
set variable half_units = '(?:second|minute|hour|day|week|fortnight|month|year|decade|century'
    || '|mile|foot|inch|yard|metre|meter|kilometre|kilometer|kilo|ton|tonne|acre|litre|liter|gallon)';

-- A literal as a regular expression.
create or replace macro literal(words) as regexp_replace(words, '([.^$|()\[\]{}*+?\\])', '\\\1', 'g');

-- How text is cut into words beside a number; each piece keeps the blanks on its outer side, so lengths add up to offsets.
-- Letters are listed (Latin, Greek, Cyrillic): RE2 compiles \pL for longer than a small run takes.
set variable letter = '[A-Za-z\x{aa}\x{b5}\x{ba}\x{c0}-\x{d6}\x{d8}-\x{f6}\x{f8}-\x{24f}\x{370}-\x{52f}\x{1e00}-\x{1eff}]';
set variable word_pattern = '(?:(?:' || getvariable('letter') || '\.){2,}|' || getvariable('letter') || '+-\d+'
    || getvariable('letter') || '*|'
    || getvariable('letter') || '+(?:[''.-]' || getvariable('letter') || '+)*|\d+(?:[.,]\d+)*(?:-' || getvariable('letter')
        || '+)*|[^\s])';
create or replace macro pieces_after(text) as regexp_extract_all(text, '\s*' || getvariable('word_pattern'));
create or replace macro pieces_before(text) as regexp_extract_all(text, getvariable('word_pattern') || '\s*');
create or replace macro as_words(pieces) as list_transform(pieces, lambda piece: lower(trim(piece)));

-- A lexicon's phrase as it looks once it is cut into words.
create or replace macro phrase_key(phrase) as array_to_string(as_words(pieces_after(phrase)), ' ');

-- Length of the first n pieces.
create or replace macro length_of(pieces, n) as length(array_to_string(pieces[1:n], ''));

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
set variable unit_parts = (select map(list(unit || '/' || part order by unit, part),
    list(cast(parts as double) order by unit, part)) from lexicon.unit_part);

-- A product without the noise of binary fractions: 1300 * 1.1 is 1430.
create or replace macro tidy(number) as cast(printf('%.12g', number) as double);

-- How official texts strike out what was said, and what stands between a struck number and the one in brackets that corrects it.
set variable strike_tag = '</(?:s|del|strike)>';
set variable struck_before_bracket = '^[^~<\[\]]*(?:~~|' || getvariable('strike_tag') || ')[\s\x{a0}]*\\?\[[^\]~<]*$';

-- Whether a word is one of some, written with blanks between them. (A long "in" becomes a join in the plan, this stays a look-up.)
create or replace macro among(word, words) as coalesce(list_contains(string_split(words, ' '), word), false);
