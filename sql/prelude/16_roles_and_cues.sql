-- What the rules of numerals look for beside a number, as variables: words by their role, links, cues.

-- How official texts strike out what was said, and what stands between a struck number and the one in brackets that corrects it.
set variable strike_tag = '</(?:s|del|strike)>';
set variable struck_before_bracket = '^[^~<\[\]]*(?:~~|' || getvariable('strike_tag') || ')[\s\x{a0}]*\\?\[[^\]~<]*$';

set variable far_correction = (
    select '\b(?:' || string_agg(literal(phrase), '|') || ')$' from lexicon.number_link where link = 'far_correction'
);
set variable echo_links = (select list(phrase) from lexicon.number_link where link = 'echo');
set variable harm_tail = '(?i)\b(?:' || (select string_agg(word, '|') from lexicon.word_role where role = 'harm')
    || ')(?: (?:at least|more than|as many as|up to|about|around|nearly|almost|some|another|a further|an estimated|over))? $';
set variable money_words = '(?i)\b(?:' || (select string_agg(word, '|') from lexicon.word_role where role = 'money') || ')\b';
set variable counted_noun = '(?i)\b(?:numbers?|total|count) of (?:[\pL-]+ ){0,3}?'
    || '([\pL-]+[^siu'' ]s|people|children|women|men)\b[^.;:]*$';

-- "two thirds", "a quarter"
set variable some_parts = '^(?:an?|one|two|three|four|five|six|seven|eight|nine)(?:\s+|-)(?:'
    || getvariable('fraction_words')['en'] || ')$';
-- A word or a figure of a numeral.
set variable numeral_word = '[\d,\x{202f}]*\d(?:\.\d+)?|\.\d+|\pL+|[/⁄½¼¾⅓⅔]';

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
set variable adjective_ending = (
    select '(?:' || string_agg(distinct ending, '|') || ')$' from lexicon.word_ending where class = 'adjective'
);
set variable point_ordinals = (select list(language) from lexicon.number_format where ordinal_mark = '.');
create or replace table lexicon.word_roles as
select word, list(distinct role order by role) as roles from lexicon.word_role group by word;
set variable from_words = (select list(word) from lexicon.word_role where role = 'from');
set variable between_words = (select list(word) from lexicon.word_role where role = 'between');
set variable range_hedges = (select list(word) from lexicon.word_role where role = 'range_hedge');
set variable direction_blocks = (select list(word) from lexicon.word_role where role = 'direction_block');
set variable hedges_right = (select list(phrase_key(phrase)) from lexicon.hedge where side = 'right');
set variable about_words = (select list(word) from lexicon.word_role where role = 'before_about');
set variable age_words = (select list(word) from lexicon.word_role where role = 'before_age');

-- What the rules of numerals look for beside a number: lexicon numeral_cue, a pattern a row. (A map of constants folds to its
-- pattern, so that each is compiled once.)
set variable numeral_cues = (select map(list(cue), list(pattern)) from lexicon.numeral_cue);
create or replace macro cue(wanted) as getvariable('numeral_cues')[wanted];
