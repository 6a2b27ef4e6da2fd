-- Words for what a number is about: how they are tagged and which say nothing. Patterns are read over a string of tag letters, one
-- for each word of a sentence (31_frames.sql):
--   n noun  j adjective  V participle  v verb  d determiner  p pronoun  h auxiliary  L level verb ("is", "reached")
--   C change verb ("rose")  K causing verb ("cut")  o "of"  i preposition  y "by"  t "to"  f "from"  F "for"  r adverb
--   a about  c conjunction  w relative or subordinating word  9 number  z time expression  x "a year"  , mark  : colon or dash
set variable number_lead_tail = (
    select '(?i)(?:\b(?:' || string_agg(literal(phrase), '|' order by length(phrase) desc, phrase) || ') )+$'
    from lexicon.number_lead
    where language = 'en'
);

-- A word: an abbreviation, a mask, letters and digits with what joins them, or one mark.
set variable subject_word = '\x{E000}\x{E001}*|\x{E002}+(?:''s)?|\x{E003}+|(?:\pL\.){2,}(?:-\pL+)*'
    || '|[$]?[\pL\d]+(?:[-''.,/][\pL\d]+)*[%'']?|\S';

-- One tag a word: the frames' own words first, then the commonest part of speech. m and u can be noun or verb.
create or replace table lexicon.word_tag as
select word, tag from lexicon.frame where language = 'en'
union all
select word, case when tag = 'n' and other_tag = 'v' then 'm' when tag = 'v' and other_tag = 'n' then 'u' else tag end
from lexicon.part_of_speech
where language = 'en' and word not in (select word from lexicon.frame where language = 'en');

-- The words of a class of subject_stop; with their plurals; as one pattern, the longest first.
create or replace macro stop_words(wanted) as (
    select list(word) from lexicon.subject_stop where language = 'en' and class = wanted
);
create or replace macro stop_nouns(wanted) as (
    select list(word) || list(word || 's') from lexicon.subject_stop where language = 'en' and class = wanted
);
create or replace macro stop_pattern(wanted) as (
    select string_agg(word, '|' order by length(word) desc, word) from lexicon.subject_stop where language = 'en' and class = wanted
);

set variable change_nouns = (select list(noun) || list(noun || 's') from lexicon.change_noun where language = 'en');
set variable spending_verbs = (select list(distinct word) from lexicon.predicate where language = 'en' and class = 'spend');
set variable saying_verbs = (select list(verb) from lexicon.attribution_verb where language = 'en');
-- Verbs with an object before the number.
create or replace macro object_verbs(wanted) as (
    select list(word) from lexicon.object_verb where language = 'en' and role = wanted
);
set variable costing_verbs = object_verbs('costing');
set variable giving_verbs = object_verbs('giving');
set variable expecting_verbs = object_verbs('expecting');
set variable taking_verbs = object_verbs('taking');
set variable closing_verbs = [
    'opened', 'closed', 'ended', 'finished', 'held', 'hold', 'holds', 'kept', 'keeps', 'sold', 'traded', 'fetched'
];

-- "40 miles north of": where, not what.
set variable bearings = ['north', 'south', 'east', 'west', 'nonstop', 'inland', 'offshore', 'upstream', 'downstream'];

-- Names of places, with and without an article: money spent in Ohio is not about Ohio.
set variable place_list = (select list(lower(name)) || list('the ' || lower(name)) from lexicon.place where language = 'en');

-- Hedges that are the verb of their sentence: "exceeded 9" stays a verb; and those behind what stands at a level without a verb.
set variable hedge_verb = '(?i)^(?:exceed|surpass|topp?|reach|hit|near|approach|pass|cross|total|average)(?:e?d|e?s|ing)?\b';
set variable level_hedges = [
    'above', 'below', 'under', 'over', 'exceeding', 'in excess of', 'well above', 'well below', 'well under', 'well over',
    'just under', 'just over', 'at or below', 'at or above', 'capped at', 'limited to'
];
-- Light nouns that are a subject where they rise, fall or stand at something: "Growth slowed to 9".
set variable countable_nouns = stop_nouns('countable');
set variable measured_nouns = stop_nouns('measured');
set variable empty_nouns = stop_nouns('nothing');
set variable light_nouns = stop_nouns('light');
set variable dimension_nouns = stop_nouns('dimension');
set variable span_heads = stop_words('span_head');
set variable key_stops = stop_words('key');
-- "3 percent of GDP": what it is measured by, not what it is about. "in early trading": when or how, not what for.
set variable base_phrase = '(?:^| )(?:' || stop_pattern('base') || ')$';
set variable aside_phrase = '(?:^| )(?:' || stop_pattern('aside') || ')$';
-- "interviewed 9 candidates in order to"
set variable aside_tail = ' (?:in|at|on|for|by) (?:[^ ]+ ){0,2}(?:' || stop_pattern('aside') || ')$';
-- A share of "them" or "the time" is no subject.
set variable empty_share = '^(?:(?:' || stop_pattern('empty') || ')$|(?:them|us|it)\b'
    || '|(?:its|their|his|her|our) (?:value|worth|size|weight|length)$|(?:the |all )?time\b)';
-- Multiples that are a verb: what doubled stands beside them.
set variable doubling_surface = '(?i)(?:doubl|tripl|trebl|quadrupl|quintupl|halv)';

-- The word at a place, and some words from a place on, in lower case; pieces carry the blanks before them.
create or replace macro word_at(pieces, place) as lower(ltrim(pieces[place], ' "'));
create or replace macro words_at(pieces, place, number) as lower(
    trim(array_to_string(pieces[place:place + number - 1], ''), ' "')
);
