-- The regular expression that finds numerals, built from the lexicons, one for each language that they know.

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
        '<any>', any_pattern(tongue)),
        '<scale>', scale_pattern(tongue)),
        '<small>', '(?:' || getvariable('small_words')[tongue] || ')'),
        '<part>', '(?:' || getvariable('fraction_words')[tongue] || ')'),
        '<vague>', '(?:' || getvariable('vague_words')[tongue] || ')'),
        '<digits>', digits_pattern(tongue)),
        '<share>', '(?:' || getvariable('share_words')[tongue] || ')'),
        '<ending>', coalesce((
            select string_agg(word, '|' order by length(word) desc, word) from lexicon.numeral
            where numeral.language = tongue and class = 'ordinal_ending'
        ), '\b\B')), '|' order by length(pattern) desc, pattern) || '|', '')
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
        then replace(regexp_replace(
            marked(getvariable('language_2'), unmarked(words)), getvariable('numeral_pattern_2'), chr(1) || '\0' || chr(2), 'g'
        ), '_', '')
    when getvariable('language_3')
        then replace(regexp_replace(
            marked(getvariable('language_3'), unmarked(words)), getvariable('numeral_pattern_3'), chr(1) || '\0' || chr(2), 'g'
        ), '_', '')
    when getvariable('language_4')
        then replace(regexp_replace(
            marked(getvariable('language_4'), unmarked(words)), getvariable('numeral_pattern_4'), chr(1) || '\0' || chr(2), 'g'
        ), '_', '')
    else words
end, chr(1));
