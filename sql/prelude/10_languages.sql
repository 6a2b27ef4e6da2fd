-- Languages and small macros of sql/numbers. Nothing here names a language or a word: both come from the lexicons.

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

-- A literal as a regular expression.
create or replace macro literal(words) as regexp_replace(words, '([.^$|()\[\]{}*+?\\])', '\\\1', 'g');

-- How text is cut into words beside a number; each piece keeps the blanks on its outer side, so lengths add up to offsets.
-- Letters are listed (Latin, Greek, Cyrillic): RE2 compiles \pL for longer than a small run takes.
set variable letter = '[A-Za-z\x{aa}\x{b5}\x{ba}\x{c0}-\x{d6}\x{d8}-\x{f6}\x{f8}-\x{24f}\x{370}-\x{52f}\x{1e00}-\x{1eff}]';
set variable word_pattern = '(?:(?:' || getvariable('letter') || '\.){2,}'
    || '|' || getvariable('letter') || '+-\d+' || getvariable('letter') || '*'
    || '|' || getvariable('letter') || '+(?:[''.-]' || getvariable('letter') || '+)*'
    || '|\d+(?:[.,]\d+)*(?:-' || getvariable('letter') || '+)*|[^\s])';
create or replace macro pieces_after(text) as regexp_extract_all(text, '\s*' || getvariable('word_pattern'));
create or replace macro pieces_before(text) as regexp_extract_all(text, getvariable('word_pattern') || '\s*');
create or replace macro as_words(pieces) as list_transform(pieces, lambda piece: lower(trim(piece)));

-- A lexicon's phrase as it looks once it is cut into words.
create or replace macro phrase_key(phrase) as array_to_string(as_words(pieces_after(phrase)), ' ');

-- Length of the first n pieces.
create or replace macro length_of(pieces, n) as length(array_to_string(pieces[1:n], ''));

-- A product without the noise of binary fractions: 1300 * 1.1 is 1430.
create or replace macro tidy(number) as cast(printf('%.12g', number) as double);

-- Whether a word is one of some, written with blanks between them. (A long "in" becomes a join in the plan, this stays a look-up.)
create or replace macro among(word, words) as coalesce(list_contains(string_split(words, ' '), word), false);
