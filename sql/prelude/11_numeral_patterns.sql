-- The regular expression that finds numerals, built from the lexicons, one for each language that they know.

-- The words that it is made of, by language: each list is asked for once, since a pattern holds it many times.
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

-- Amounts start with a currency's sign or code: $5, US$5, USD 5, 5 and so on.
create or replace macro currency_pattern(tongues) as (
    select '(?-i:' || string_agg(case when regexp_matches(phrase, '^\pL') then '\b' else '' end || literal(phrase) || ' ?', '|'
        order by length(phrase) desc, phrase) || ')-?'
    from (select distinct phrase from lexicon.currency_sign where list_contains(tongues, language))
);

-- 12, 12,500, 12 500 (no-break and thin blanks arrive as U+202F), 12.5, .5
create or replace macro digits_pattern(tongue) as (
    -- 12,34,567 as India groups it
    select '(?:' || case when group_marks = ',' then '\d{1,2}(?:,\d{2})+,\d{3}\b|' else '' end
        || '\d{1,3}(?: 000)+\b|\d{1,3}(?: \d{3}){2,}\b|\d{1,3}(?:[\x{202f}' || coalesce(literal(group_marks), '')
        || ']\d{3})+(?:th\b|\b|\B)(?:'
        || literal(decimal_mark) || '\d+)?|\d+(?:' || literal(decimal_mark) || '\d+)?)'
    from lexicon.number_format
    where language = tongue
);

create or replace macro scale_pattern(tongue) as '(?:' || getvariable('scale_words')[tongue] || ')';
create or replace macro any_pattern(tongue) as '(?:' || getvariable('any_words')[tongue] || ')';

-- What may follow digits: 5th, 90s, 5k, 5 and a half million, 5 million, 3-million
create or replace macro suffix_pattern(tongue) as
    '(?:(?:' || getvariable('ordinal_endings')[tongue] || ')\b|''?s\b|(?:k|m|b|t|mn|mln|mil|bn|bln|tn|tln|trn)\b'
    || '|,? (?:' || getvariable('and_words')[tongue] || ') an? (?:half|quarter|third)(?:[\s-]+' || scale_pattern(tongue) || '\b)?'
    || '|(?:(?:-odd|-plus)?(?:\s+|-)?' || scale_pattern(tongue) || 's?\b)+(?: (?:' || getvariable('and_words')[tongue]
        || ') a (?:half|quarter)\b)?)';

-- The smaller groups behind a larger scale, a row per language: 1 trillion 700 billion, 12 million 500,000, 2 million 300 thousand
-- 500
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
        || coalesce((select pattern from lexicon.number_chain where language = tongue), '\b\B') || '|' || suffix_pattern(tongue)
            || ')?';

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

-- A language in which number words follow articles: a hundred, half a million, one in five, a fifth.
create or replace macro numeral_pattern(tongue) as (
    idiom_pattern(tongue)
    || '|\ban? (?:second|minute|hour|day|week|month|year|decade|century|mile) or two\b'
    || '|\b(?:week|month|year|decade|day|hour) or two\b'
    || '|\b(?:(?:an?|one) )?' || getvariable('half_units') || ' and a half\b'
    || '|\b(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve) ' || getvariable('half_units') || 's and a half\b'
    || '|\bfor an? (?:hour|day|week|fortnight|month|year|decade|century)(?: and a half)?\b'
    || '|\b(?:' || getvariable('before_article')
        || ') an? (?:second|minute|hour|day|week|fortnight|month|year|decade|century)(?: and a half)?\b'
    || '|' || written_pattern(tongue)
    || '|' || ratio_pattern(tongue)
    || '|' || figures_pattern(tongue)
    || '|(?-i:\b[A-Z]{1,3}\d{1,3}\b)'
    || '|\b(?:' || getvariable('vague_words')[tongue] || ')(?: (?:of|and|upon) (?:' || getvariable('vague_words')[tongue] || '))*\b'
    || '|' || article_pattern(tongue)
    || '|' || fraction_pattern(tongue)
    || '|\b(?:' || any_pattern(tongue) || '(?:\s+|-))+(?:(?:' || getvariable('and_words')[tongue] || ') (?:' || any_pattern(tongue)
        || '(?:\s+|-))?)?(?:' || getvariable('ordinal_words')[tongue] || ')\b'
    || '|' || cardinal_pattern(tongue)
    || '|\b(?:' || getvariable('multiple_words')[tongue] || ')\b'
    || '|\b(?:(?:' || getvariable('small_words')[tongue] || ')-)?(?:' || getvariable('ordinal_words')[tongue] || ')\b'
);

-- What a language has of its own beside the shared forms: the rows of lexicon numeral_pattern, with classes in angle brackets.
create or replace macro own_patterns(tongue) as (
    select coalesce(string_agg(replace(replace(replace(replace(replace(replace(replace(replace(pattern,
        '<any>', any_pattern(tongue)), '<scale>', scale_pattern(tongue)), '<small>', '(?:' || getvariable('small_words')[tongue]
            || ')'),
        '<part>', '(?:' || getvariable('fraction_words')[tongue] || ')'), '<vague>', '(?:' || getvariable('vague_words')[tongue]
            || ')'),
        '<digits>', digits_pattern(tongue)), '<share>', '(?:' || getvariable('share_words')[tongue] || ')'), '<ending>',
            coalesce((select string_agg(word, '|'
                order by length(word) desc, word) from lexicon.numeral where numeral.language = tongue
                    and class = 'ordinal_ending'), '\b\B')), '|' order by length(pattern) desc, pattern) || '|', '')
    from lexicon.numeral_pattern
    where language = tongue
);
-- What all languages share: digits, dates, codes, cardinals in a row.
create or replace macro shared_pattern(tongue) as
    idiom_pattern(tongue) || '|' || written_pattern(tongue) || '|' || figures_pattern(tongue) || '|(?-i:\b[A-Z]{1,3}\d{1,3}\b)'
    || '|\b' || any_pattern(tongue) || '(?:\s+' || any_pattern(tongue) || ')*\b'
    || '|\b(?:' || getvariable('multiple_words')[tongue] || ')\b';
create or replace macro language_pattern(tongue) as coalesce('(?i)' || case
    when list_contains(getvariable('article_languages'), tongue) then numeral_pattern(tongue)
    else own_patterns(tongue) || shared_pattern(tongue)
end, '\b\B');
set variable number_languages = (select list(language) from lexicon.number_language);
set variable article_languages = (select list(language) from lexicon.number_format where has_articles = 'yes');
set variable numeral_pattern_1 = (select language_pattern(getvariable('language_1')));
set variable numeral_pattern_2 = (select language_pattern(getvariable('language_2')));
set variable numeral_pattern_3 = (select language_pattern(getvariable('language_3')));
set variable numeral_pattern_4 = (select language_pattern(getvariable('language_4')));
set variable currency_start = (select '^' || currency_pattern((select list(language) from lexicon.number_language)));

-- Texts of a language that is not read have no numerals; those of the first language are sifted before they are cut.
create or replace macro has_numeral(tongue, words) as case
    when tongue = getvariable('language_1') then regexp_matches(words, getvariable('numeral_pattern_1'))
    else list_contains(getvariable('number_languages'), tongue)
end;
-- A text may hold the characters that mark numerals here: each becomes a space, so that offsets hold.
create or replace macro unmarked(words) as translate(words, chr(1) || chr(2), '  ');
-- The text cut before each numeral, each numeral closed by chr(2).
create or replace macro cut_at_numerals(tongue, words) as string_split(case tongue
    when getvariable('language_1')
        then regexp_replace(unmarked(words), getvariable('numeral_pattern_1'), chr(1) || '\0' || chr(2), 'g')
    when getvariable('language_2')
        then replace(regexp_replace(marked(getvariable('language_2'), unmarked(words)), getvariable('numeral_pattern_2'), chr(1)
            || '\0' || chr(2), 'g'), '_', '')
    when getvariable('language_3')
        then replace(regexp_replace(marked(getvariable('language_3'), unmarked(words)), getvariable('numeral_pattern_3'), chr(1)
            || '\0' || chr(2), 'g'), '_', '')
    when getvariable('language_4')
        then replace(regexp_replace(marked(getvariable('language_4'), unmarked(words)), getvariable('numeral_pattern_4'), chr(1)
            || '\0' || chr(2), 'g'), '_', '')
    else words
end, chr(1));
set variable far_correction = (select '\b(?:' || string_agg(literal(phrase), '|')
    || ')$' from lexicon.number_link where link = 'far_correction');
set variable echo_links = (select list(phrase) from lexicon.number_link where link = 'echo');
set variable harm_tail = '(?i)\b(?:' || (select string_agg(word, '|') from lexicon.word_role where role = 'harm')
    || ')(?: (?:at least|more than|as many as|up to|about|around|nearly|almost|some|another|a further|an estimated|over))? $';
set variable money_words = '(?i)\b(?:' || (select string_agg(word, '|') from lexicon.word_role where role = 'money') || ')\b';
set variable counted_noun = '(?i)\b(?:numbers?|total|count) of (?:[\pL-]+ ){0,3}?'
    || '([\pL-]+[^siu'' ]s|people|children|women|men)\b[^.;:]*$';
-- The words of a role in lexicon word_role.
set variable role_words = (
    select map(list(role), list(words))
    from (select role, list(distinct word order by word) as words from lexicon.word_role group by role)
);
create or replace macro role_words(wanted) as getvariable('role_words')[wanted];
set variable movement_words = (select list(word) from lexicon.word_role where role = 'movement');
set variable moving_words = (select list(word) from lexicon.word_role where role = 'moving');
set variable up_verbs = (select list(word) from lexicon.word_role where role = 'up_verb');
set variable down_verbs = (select list(word) from lexicon.word_role where role = 'down_verb');
-- "two thirds", "a quarter"
set variable some_parts = '^(?:an?|one|two|three|four|five|six|seven|eight|nine)(?:\s+|-)(?:'
    || getvariable('fraction_words')['en'] || ')$';
-- A word or a figure of a numeral.
set variable numeral_word = '[\d,\x{202f}]*\d(?:\.\d+)?|\.\d+|\pL+|[/⁄½¼¾⅓⅔]';
set variable direction_words = (select list(distinct word) from lexicon.direction);
set variable stop_words = (select list(word) from lexicon.word_role where role = 'stop' and language = 'en');
set variable filler_words = (select list(word) from lexicon.word_role where role = 'filler');
set variable street_words = (select list(word) from lexicon.word_role where role = 'street');
set variable determiners = (select list(word) from lexicon.word_role where role = 'determiner');
set variable dimension_words = (select list(word) from lexicon.word_role where role = 'dimension');
set variable household_words = (select list(word) from lexicon.word_role where role = 'household');
set variable span_words = (select list(word) from lexicon.word_role where role = 'span');
set variable near_prepositions = (select list(word) from lexicon.word_role where role = 'near_preposition');
set variable before_over = (select list(word) from lexicon.word_role where role = 'before_over');
set variable plural_like = (select list(word) from lexicon.word_role where role = 'plural_like');
set variable adjective_ending = (select '(?:' || string_agg(distinct ending, '|')
    || ')$' from lexicon.word_ending where class = 'adjective');
set variable point_ordinals = (select list(language) from lexicon.number_format where ordinal_mark = '.');
create or replace table lexicon.word_roles as select word,
    list(distinct role order by role) as roles from lexicon.word_role group by word;
set variable from_words = (select list(word) from lexicon.word_role where role = 'from');
set variable between_words = (select list(word) from lexicon.word_role where role = 'between');
set variable range_hedges = (select list(word) from lexicon.word_role where role = 'range_hedge');
set variable direction_blocks = (select list(word) from lexicon.word_role where role = 'direction_block');
set variable hedges_right = (select list(phrase_key(phrase)) from lexicon.hedge where side = 'right');
set variable currency_place_pattern = (
    select '(?i)(?:' || string_agg(case when regexp_matches(place, '^\w') then '\b' else '' end || literal(place) || '\b', '|'
        order by length(place) desc, place) || ')'
    from (select distinct place from lexicon.currency_place)
);
set variable about_words = (select list(word) from lexicon.word_role where role = 'before_about');
set variable age_words = (select list(word) from lexicon.word_role where role = 'before_age');

-- What the rules of numerals look for beside a number: lexicon numeral_cue, a pattern a row. (A map of constants folds to its
-- pattern, so that each is compiled once.)
set variable numeral_cues = (select map(list(cue), list(pattern)) from lexicon.numeral_cue);
create or replace macro cue(wanted) as getvariable('numeral_cues')[wanted];
