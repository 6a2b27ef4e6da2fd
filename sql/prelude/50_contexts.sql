-- Whose word a number is, and how it is put: built from attribution_verb, attribution_source and modality.
create or replace macro modality_words(tongue, wanted) as (
    select string_agg(literal(phrase), '|' order by length(phrase) desc, phrase) from lexicon.modality where language = tongue and modality = wanted
);
set variable attribution_verbs = (select string_agg(verb, '|' order by length(verb) desc, verb) from lexicon.attribution_verb where language = 'en');
set variable attribution_sources = (select string_agg(distinct noun, '|') from lexicon.attribution_source where language = 'en');
-- A name in capitals or a kind of source, with what stands before and in it.
set variable source_phrase = '(?:(?:[Tt]he|[Aa]n?|[Oo]ur|[Tt]heir|[Mm]any|[Mm]ost|[Ss]ome|[Rr]ecent|[Nn]ew|[Oo]fficial|[Ii]ndependent|[Oo]utside|[Ll]atest) )*(?:(?:[A-Z][\pL&.''-]*|\d{4}|[A-Z]{2,})(?: (?:of|for|on|and|the|&|[A-Z][\pL&.''-]*))* ?)?(?:(?:\pL+ ){0,2}(?:' || getvariable('attribution_sources') || ')(?: (?:from|by|of) (?:the )?[A-Z][\pL''-]*(?: (?:of|for|and|[A-Z][\pL''-]*))*)?)?';
set variable attribution_according = '(?:[Aa]ccording to|[Aa]s per|[Aa]s reported by|[Aa]s estimated by) ((?:(?:the|a|an|our|their|his|her|your) )?(?:(?:[A-Z]\.)+|[^,;:.()-]){2,60}?)(?:[,;:.()]| - |$| (?:that|which|in|is|are|was|were|has|have|had|would|will|released|published|conducted|there|we|it)\b)';
-- what is done is also based on needs and on decisions: here only a kind of source counts
set variable attribution_based = '(?:^|[,;:] )[Bb]ased on (' || getvariable('source_phrase') || ')(?:[,;:()]|\.(?:$| +[A-Z])| - |$| (?:that|which|in|released|published|conducted|there|we|it)\b)';
set variable attribution_before = '(?:^|[,;:.-] |\b(?:and|but|that|as|what|because|when) )(' || getvariable('source_phrase') || ') (?:(?:has|have|had|also|recently|just|now|even) ){0,2}(?:' || getvariable('attribution_verbs') || ')\b(?: (?:that|us|me|this|in|on|last|week|year|month|yesterday|today|him|her|reporters|\pL+day)){0,4}[,: ]';
set variable attribution_behind = ',"? (?:as )?(' || getvariable('source_phrase') || ') (?:' || getvariable('attribution_verbs') || ')\b';
set variable modality_planned = '(?i)(?:\b|'')(?:' || replace(modality_words('en', 'planned'), '''ll', 'll') || ')\b';
-- May is a month
set variable modality_conditional = '(?i)\b(?:' || replace(modality_words('en', 'conditional'), 'may', '(?-i:may)') || ')\b';
set variable modality_denied = '(?i)(?:\b(?:' || replace(modality_words('en', 'denied'), 'n''t', 'cannot') || ')\b|n''t\b)[^,;:.-]{0,40}$';
set variable modality_not_denied = '(?i)\b(?:not|n''t) (?:only|just|less|more|fewer|to mention|until|since)\b[^,;:.]{0,40}$|\bwhether or not\b|\bif not\b';
set variable modality_reported = '(?i)\b(?:' || modality_words('en', 'reported') || ')\b';
create or replace macro attribution_words(wanted) as (
    select string_agg(word, '|' order by length(word) desc, word) from lexicon.attribution_stop where language = 'en' and class = wanted
);
set variable attribution_lead = '^(?i:(?:' || attribution_words('lead') || ') )+';
-- nobody: a pronoun or a single letter alone, a clause or a question at the head, or the speaker in company
set variable attribution_nobody = '^(?i:' || attribution_words('alone') || '|\pL)$|^(?i:' || attribution_words('head') || ')(?: |$)| I$';
-- Numbers that are ways of speaking rather than figures.
set variable vague_surface = '(?i)^(?:(?:several |many |some )?(?:tens|hundreds?|dozens?|thousands?|millions?|billions?|trillions?)|couple|a couple|a few|several|half|zero|one|100 ?(?:percent|%|per cent))\b';
-- Stems of words that stand around any number: closed classes, and words that the stop list calls common.
create or replace table lexicon.common_stem as
select distinct left(word, 6) as stem
from (
    select word from lexicon.word_tag where tag in ('d', 'p', 'h', 'c', 'w', 'i', 'r', 'o', 'y', 't', 'f', 'F', 'x')
    union all
    select word from lexicon.subject_stop where language = 'en' and class in ('empty', 'key', 'common')
)
where left(word, 6) not in (select left(word, 6) from lexicon.contrast where language = 'en');
-- Words by their first six letters, and figures: two claims with the same other figures beside them are of one thing.
create or replace macro stems_of(text) as list_distinct(regexp_extract_all(lower(text), '\b(?:\pL{3,6}|\d+(?:[.,]\d+)+|\d{2,})'));
