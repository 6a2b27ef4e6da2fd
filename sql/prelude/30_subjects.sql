-- Patterns for what a number is about. They are read over a string of tag letters, one for each word of a sentence:
--   n noun  j adjective  V participle  v verb  d determiner  p pronoun  h auxiliary  L level verb ("is", "reached")
--   C change verb ("rose")  K causing verb ("cut")  o "of"  i preposition  y "by"  t "to"  f "from"  F "for"  r adverb
--   c conjunction  w relative or subordinating word  9 number  z time expression  x "a year"  , mark  : colon or dash
set variable number_lead_tail = (
    select '(?i)(?:\b(?:' || string_agg(literal(phrase), '|' order by length(phrase) desc, phrase) || ') )+$'
    from lexicon.number_lead
    where language = 'en'
);

-- A word: an abbreviation, a mask, letters and digits with what joins them, or one mark.
set variable subject_word = '\x{E000}\x{E001}*|\x{E002}+|\x{E003}+|(?:\pL\.){2,}(?:-\pL+)*|[$]?[\pL\d]+(?:[-''.,/][\pL\d]+)*[%'']?|\S';

-- One tag a word: the frames' own words first, then the commonest part of speech. m and u can be noun or verb.
create or replace table lexicon.word_tag as
select word, tag from lexicon.frame where language = 'en'
union all
select word, case when tag = 'n' and other_tag = 'v' then 'm' when tag = 'v' and other_tag = 'n' then 'u' else tag end
from lexicon.part_of_speech
where language = 'en' and word not in (select word from lexicon.frame where language = 'en');

-- Noun phrases: one without prepositions, one with up to three, one that may hold "for", and one left of its verb, which may
-- hold numbers and a coordination ("the yield on the 10-year note", "costs and prices"). Participles stand before the noun only:
-- behind it they open a clause ("students receiving aid").
set variable np_core = '(?:j[c,]j|r?[jV])*n(?:j*n)*';
set variable np_base = '(?:d*' || getvariable('np_core') || ')';
set variable np = '(?:' || getvariable('np_base') || '(?:[oi]' || getvariable('np_base') || '){0,3})';
set variable np_for = '(?:' || getvariable('np_base') || '(?:[oiF]' || getvariable('np_base') || '){0,3})';
set variable np_subject = '(?:' || getvariable('np_base') || '8?(?:[xz]n)?)';                                   -- "the FTSE 100", "earnings per share"
set variable np_left = '(?:' || getvariable('np_subject') || '(?:[oiFtf](?:d*9)?' || getvariable('np_subject') || '){0,4}(?:c' || getvariable('np_subject') || ')?)';
-- The same behind a number, where another number may stand in it ("to buy 40 buses").
set variable np_right = '(?:d*(?:j?9)?' || getvariable('np_core') || '(?:[oi]' || getvariable('np_base') || '){0,2})';
-- What may stand between a subject and its verb: a participle ("funding involved", "prices paid by farmers"), a clause between
-- commas ("inflation, which strips out food, eased"), adverbs, times, an auxiliary, a relative word.
set variable np_gap = '9?(?:r?V(?:[iytF]' || getvariable('np_base') || ')?|r)?(?:,[wVi][^,:9]{1,16},)?(?:,?[iof]?d?r?z,?|r)*,?w?[hr]*';
-- Where a subject may begin: not behind a preposition, a determiner or an adjective; behind a noun only with a determiner of
-- its own ("told reporters the price rose").
set variable np_start = '(^9?c?|[^oiFcdjnfty9]c?|n)';

-- Left of the number. Groups: what leads in, the subject, what stands between it and the number. A subject that would begin
-- inside a longer phrase is none.
set variable frame_cause = '([KBvVC]r*)(' || getvariable('np_for') || ')([,r]*y)$';                             -- "cut costs by 9"
set variable frame_cause_to = '([KBC]r*)(' || getvariable('np_for') || ')(t|f9z?t|f)$';                         -- "raise wages to 9"
set variable frame_cause_at = '([KBvVL]r*)(' || getvariable('np_for') || ')(i)$';                             -- "values the firm at 9"
set variable frame_change = getvariable('np_start') || '(' || getvariable('np_left') || ')(' || getvariable('np_gap') || '(?:[Lhv][hrLVj]*t[hLr]*|L[rh]*)?[CB]+r*(?:[tyif]|f9z?t|9z?[ty])?r*)$';   -- "exports rose by 9"
set variable frame_changed = getvariable('np_start') || '(' || getvariable('np_left') || ')(' || getvariable('np_gap') || '[hL][hrLV]*(?:t[hL]*)?[KBC]+r*(?:[tyif]|f9z?t|9z?[ty])?r*)$';  -- "taxes were cut by 9"
set variable frame_level = getvariable('np_start') || '(' || getvariable('np_left') || ')(' || getvariable('np_gap') || 'L[hrLVKBCW]*(?:t[hr]*L[hrLV]*)?(?:r?j,?[it]|[irtFfo]|W[it]?)?r*)$';   -- "unemployment is at 9"
set variable frame_of = '(^|[^odjn])(' || getvariable('np_base') || '(?:[oi]' || getvariable('np_base') || ')?)(o)$';            -- "an investment of 9"
set variable frame_holder = getvariable('np_start') || '(' || getvariable('np_left') || ')(' || getvariable('np_gap') || '[hvVLCB]r*[iFt]?d*[jnV]*no)$';  -- "the missile has a range of 9"
set variable frame_worth = '(^|[^djnV])(' || getvariable('np_base') || '(?:o' || getvariable('np_base') || ')?)(,?W[it]?r*)$'; -- "jewels worth 9"
set variable frame_beside = '(^|[^odjnrV])((?:d*(?:j[c,]j|j)*n(?:j*n)*)(?:[oi]' || getvariable('np_base') || ')?)()$';            -- "unemployment under 9"
set variable frame_label = '(^|[^oiFcd])(' || getvariable('np') || ')(:)$';                                      -- "Unemployment: 9"
set variable frame_gapped = '(9.*[c,])(' || getvariable('np_base') || '(?:[oi]' || getvariable('np_base') || ')?)(,?y)$';   -- "exports by 9, imports by 9"
set variable frame_agent = getvariable('np_start') || '(' || getvariable('np_left') || ')(' || getvariable('np_gap') || '[vVLK][rVi]*)$';    -- "Acme is investing 9"
set variable frame_before = getvariable('np_start') || '(' || getvariable('np_left') || ')([hr]*)$';              -- "exports doubled"

-- Right of the number.
set variable frame_share = '^(,?x?r?[LW]?o)(' || getvariable('np_right') || ')';                                          -- "9 of Americans", "9 worth of grain"
set variable frame_counted = '^(d*)(' || getvariable('np_core') || '(?:[oi]' || getvariable('np_base') || ')?)';  -- "9 new jobs in steel"
set variable frame_head = '^(d*)(' || getvariable('np_core') || ')()';                                         -- "9 tariff"
set variable frame_change_of = '^(d*' || getvariable('np_core') || '[oi])(' || getvariable('np') || ')';        -- "9 increase in exports"
set variable frame_in = '^((?:x|,?z,?|i9|r)?[iFt])(' || getvariable('np_right') || ')';                        -- "9 for roads", "9 in five years for roads"
set variable frame_off = '^(io?)(' || getvariable('np') || ')';                                                -- "cut 9 off the price"
set variable frame_purpose = '^((?:x|,?z,?|i9)?[tF]r?(?:[vVKBC]c)?[vVKBC]r?)(' || getvariable('np_right') || ')'; -- "9 to build roads"

set variable change_nouns = (select list(noun) || list(noun || 's') from lexicon.change_noun where language = 'en');
set variable spending_verbs = (select list(distinct word) from lexicon.predicate where language = 'en' and class = 'spend');

-- Names of places, with and without an article: money spent in Ohio is not about Ohio.
set variable place_list = (select list(lower(name)) || list('the ' || lower(name)) from lexicon.place where language = 'en');

-- Hedges that are the verb of their sentence: "exceeded 9" stays a verb.
set variable hedge_verb = '(?i)^(?:exceed|surpass|topp?|reach|hit|near|approach|pass|cross|total|average)(?:e?d|e?s|ing)?\b';
-- Light nouns that are a subject where they rise, fall or stand at something: "Growth slowed to 9".
set variable countable_nouns = (select list(word) || list(word || 's') from lexicon.subject_stop where language = 'en' and class = 'countable');
set variable measured_nouns = (select list(word) || list(word || 's') from lexicon.subject_stop where language = 'en' and class = 'measured');
-- "3 percent of GDP": what it is measured by, not what it is about. "in early trading": when or how, not what for.
set variable base_phrase = '(?:^| )(?:' || (select string_agg(word, '|' order by length(word) desc, word) from lexicon.subject_stop where language = 'en' and class = 'base') || ')$';
set variable aside_phrase = '(?:^| )(?:' || (select string_agg(word, '|' order by length(word) desc, word) from lexicon.subject_stop where language = 'en' and class = 'aside') || ')$';
set variable closing_verbs = ['opened', 'closed', 'ended', 'finished', 'held', 'hold', 'holds', 'kept', 'keeps', 'sold', 'traded', 'fetched'];
set variable saying_verbs = (select list(verb) from lexicon.attribution_verb where language = 'en');
set variable light_nouns = (select list(word) || list(word || 's') from lexicon.subject_stop where language = 'en' and class = 'light');
set variable key_stops = (select list(word) from lexicon.subject_stop where language = 'en' and class = 'key');
-- Multiples that are a verb: what doubled stands beside them.
set variable doubling_surface = '(?i)(?:doubl|tripl|trebl|quadrupl|quintupl|halv)';

-- The word at a place, and some words from a place on, in lower case; pieces carry the blanks before them.
create or replace macro word_at(pieces, place) as lower(ltrim(pieces[place], ' "'));
create or replace macro words_at(pieces, place, number) as lower(trim(array_to_string(pieces[place:place + number - 1], ''), ' "'));
-- A share of "them" or "the time" is no subject.
set variable empty_share = '^(?:(?:' || (select string_agg(word, '|') from lexicon.subject_stop where language = 'en' and class = 'empty') || ')$|(?:them|us|it)\b|(?:its|their|his|her|our) (?:value|worth|size|weight|length)$|(?:the |all )?time\b)';
