-- Titles of occasions: the place in them is where it was said, not what it was said of.
set variable title_occasion = '(?i)\b(?:remarks|speech|press|briefing|readout|interview|talks|meeting|meets|visit|conference'
    || '|statement|call|toast|arrival|summit|news|address|gaggle)\b';
set variable counterpart_nouns = (select list(noun) from lexicon.counterpart_noun where language = 'en');
set variable weak_words = (
    select list(word) from lexicon.subject_stop where language = 'en' and class in ('weak', 'light', 'generic')
);

-- Which way a comparator leaves open: translations turn "about" into "more than".
create or replace macro bound_of(comparator) as case
    when comparator in ('>', '>=') then 'up'
    when comparator in ('<', '<=') then 'down'
    else 'none'
end;
-- Heads that no words around can save: "double digits", "Title 42 lifts".
set variable empty_heads = ['digit', 'lift', 'question', 'thing', 'time'];
set variable empty_surface = '(?i)\b(?:questions?|things?|sides?|topics?|points?|follow-ups?|announcements?|ones)$';
-- Words of which a figure has one or the other: "created" and "lost". Two lists of them are contrary where they share a class and
-- no meaning in it; of a class that ends in + where they do not have the same.
create or replace table lexicon.contrast_stem as
select left(word, 6) as stem, any_value(class || '=' || meaning order by word) as meaning
from lexicon.contrast where language = 'en' and not contains(word, ' ') group by stem;
set variable contrast_phrases = (
    select '\b(?:' || string_agg(literal(word), '|' order by length(word) desc, word) || ')\b'
    from lexicon.contrast
    where language = 'en' and contains(word, ' ')
);
create or replace macro classes_of(meanings) as
    list_distinct(list_transform(meanings, lambda meaning: split_part(meaning, '=', 1)));
create or replace macro are_contrary(meanings, others) as
    len(list_intersect(classes_of(meanings), classes_of(others))) > len(classes_of(list_intersect(meanings, others)))
    or list_filter(meanings, lambda meaning: contains(meaning, '+='))
        <> list_filter(others, lambda meaning: contains(meaning, '+='));
-- A period that was over long before somebody spoke of it.
create or replace macro is_past(period_end, said_on) as coalesce(date_diff('day', period_end, said_on) > 150, false);
-- Words by their first six letters, as they follow each other.
create or replace macro stems_in_order(text) as
    list_transform(regexp_extract_all(lower(text), '\pL{3,}'), lambda word: left(word, 6));
-- "The top tenth of 1 percent" is no figure of 1 percent.
set variable part_of_figure = '(?i)\b(?:tenth|hundredth|thousandth|half|quarter|third|\pL+ths) of (?:a |an |one )?$';
-- "90 percent of those borrowers": what a share is a share of.
set variable share_of = '^(?: of)?(?: (?:the|our|all|those|these|their))* (\pL+)';
-- A word with a capital that no sentence begins with, with what stands before it: a group around the word alone would be slow.
set variable name_inside = '[^.?!…—–:"“] \p{Lu}[\pL&]{2,}';
-- For whom or where, whether asked for or had, and over how long a figure is said: "in this state", "it's time to",
-- "the last two years".
create or replace macro scope_pattern(wanted) as (
    select '(?i)\b(?:' || string_agg(literal(phrase), '|' order by length(phrase) desc, phrase) || ')\b'
    from lexicon.scope_phrase
    where language = 'en' and class = wanted
);
set variable scope_here = scope_pattern('here');
set variable scope_proposal = scope_pattern('proposal');
set variable scope_span = '\b(?:last|past|next|first|coming|over|within|in|each|every|this) '
    || '(?:the )?(?:last |past |next |first |coming |about |just |only |over )*'
    || '((?:(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+|few|several|couple of|half a?) )?'
    || '(?:day|week|month|quarter|year|decade|centur)(?:s|ies|y)?)\b';
-- Two lists that both say something, and nothing that the other says too.
create or replace macro are_apart(one, other) as len(one) > 0 and len(other) > 0 and not list_has_any(one, other);
-- Two scopes (claim_scopes): where one is "in this state" and the other is not, they are of two things.
create or replace macro is_one_scope(one, other) as
    one.is_here = other.is_here and one.is_proposal = other.is_proposal and one.places = other.places
    and not are_apart(one.spans, other.spans);
