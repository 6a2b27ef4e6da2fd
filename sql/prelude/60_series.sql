-- Titles of occasions: the place in them is where it was said, not what it was said of.
set variable title_occasion = '(?i)\b(?:remarks|speech|press|briefing|readout|interview|talks|meeting|meets|visit|conference|statement|call|toast|arrival|summit|news|address|gaggle)\b';
set variable counterpart_nouns = (select list(noun) from lexicon.counterpart_noun where language = 'en');
set variable weak_words = (select list(word) from lexicon.subject_stop where language = 'en' and class in ('weak', 'light', 'generic'));

-- Which way a comparator leaves open: translations turn "about" into "more than".
create or replace macro bound_of(comparator) as case when comparator in ('>', '>=') then 'up' when comparator in ('<', '<=') then 'down' else 'none' end;
-- Heads that no words around can save: "double digits", "Title 42 lifts".
set variable empty_heads = ['digit', 'lift', 'question', 'thing', 'time'];
-- Words of which a figure has one or the other: "created" and "lost". Two lists of them are contrary where they share a class and
-- no meaning in it; of a class that ends in + where they do not have the same.
create or replace table lexicon.contrast_stem as
select left(word, 6) as stem, any_value(class || '=' || meaning order by word) as meaning from lexicon.contrast where language = 'en' group by stem;
create or replace macro classes_of(meanings) as list_distinct(list_transform(meanings, lambda meaning: split_part(meaning, '=', 1)));
create or replace macro are_contrary(meanings, others) as
    len(list_intersect(classes_of(meanings), classes_of(others))) > len(classes_of(list_intersect(meanings, others)))
    or list_filter(meanings, lambda meaning: contains(meaning, '+=')) <> list_filter(others, lambda meaning: contains(meaning, '+='));
-- A period that was over long before somebody spoke of it.
create or replace macro is_past(period_end, said_on) as coalesce(date_diff('day', period_end, said_on) > 150, false);
