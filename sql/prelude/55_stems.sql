-- Words around a number by which two claims are told to be of one thing.
-- Numbers that are ways of speaking rather than figures.
set variable vague_surface = '(?i)^(?:(?:several |many |some )?(?:tens|hundreds?|dozens?|thousands?|millions?|billions?'
    || '|trillions?)|couple|a couple|a few|several|half|zero|one|100 ?(?:percent|%|per cent))\b';
-- Stems of words that stand around any number: closed classes, and words that the stop list calls common.
create or replace table lexicon.common_stem as
select distinct left(word, 6) as stem
from (
    select word from lexicon.word_tag where tag in ('d', 'p', 'h', 'c', 'w', 'i', 'a', 'Q', 'r', 'o', 'y', 't', 'f', 'F', 'x')
    union all
    select word from lexicon.subject_stop where language = 'en' and class in ('empty', 'key', 'common')
)
where left(word, 6) not in (select left(word, 6) from lexicon.contrast where language = 'en');
-- Words by their first six letters, and figures: two claims with the same other figures beside them are of one thing.
create or replace macro stems_of(text) as list_distinct(regexp_extract_all(lower(text), '\b(?:\pL{3,6}|\d+(?:[.,]\d+)+|\d{2,})'));
