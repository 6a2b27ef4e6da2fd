-- What a language says beside a number that tells what it is there for: lexicon numeral_sign, a pattern a row, over the text
-- with the number in angle brackets ("im Alter von <91> Jahren"). A language has its patterns in its place, as in
-- 10_languages.sql; the first language has models for all that.
create or replace macro sign_patterns(tongue) as (
    select map(list(rule), list(pattern))
    from (
        select rule, '(?i)' || string_agg(pattern, '|' order by pattern) as pattern
        from lexicon.numeral_sign
        where language = tongue
        group by rule
    )
);
set variable sign_languages = (select list(distinct language) from lexicon.numeral_sign);
set variable signs_2 = sign_patterns(getvariable('language_2'));
set variable signs_3 = sign_patterns(getvariable('language_3'));
set variable signs_4 = sign_patterns(getvariable('language_4'));
create or replace macro has_sign(tongue, wanted, words) as case tongue
    when getvariable('language_2') then regexp_matches(words, coalesce(getvariable('signs_2')[wanted], '\b\B'))
    when getvariable('language_3') then regexp_matches(words, coalesce(getvariable('signs_3')[wanted], '\b\B'))
    when getvariable('language_4') then regexp_matches(words, coalesce(getvariable('signs_4')[wanted], '\b\B'))
    else false
end;
-- Nouns that are counted, in every form that a lexicon has: "в школе 800 учеников" names no school.
create or replace table lexicon.counted_word as select distinct language, word from lexicon.word_class where lemma is not null;
-- "nine out of ten", "vier von zehn", "четыре из десяти"
set variable ratio_pattern = (
    select ' (?:' || string_agg(word, '|' order by word) || ') ' from lexicon.word_role where role = 'ratio_link'
);
-- Where nouns have capitals, capitals tell no names.
set variable capital_languages = (select list(language) from lexicon.number_format where noun_reading = 'capitals');
-- "sank bis auf 5", "снизилась до 5": behind a language's own word of change the limit is where it went to.
set variable directions = (
    select map(list(language), list(words))
    from (select language, list(word) as words from lexicon.direction group by language)
);
set variable limit_hedges = (select list(word) from lexicon.word_role where role = 'limit_hedge');
-- "Vertrag über 3 Millionen": of how much, no bound.
set variable worth_hedges = (select list(word) from lexicon.word_role where role = 'worth_hedge');
set variable worth_nouns = (select list(word) from lexicon.word_role where role = 'worth_noun');
