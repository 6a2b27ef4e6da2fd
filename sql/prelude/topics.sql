-- Words as the topic terms are written. Training (benchmarks/topics) runs these same macros: change one, retrain.

-- Lower-case words of a text; clause punctuation stays, so that no term reaches across it.
create or replace macro topic_words(sentence_text) as
    regexp_extract_all(replace(replace(lower(sentence_text), chr(8217), ''''), 'u.s.', 'usa'), '[a-z]+(?:''[a-z]+)?|[,;:.!?()]');

-- A word without its apostrophe and plural ending.
create or replace macro topic_stem(word) as
    case
        when length(word) > 4 and suffix(word, 'ies') then word[:-4] || 'y'
        when suffix(word, '''s') then replace(word[:-3], '''', '')
        when length(word) > 3 and suffix(word, 's') and not (suffix(word, 'ss') or suffix(word, 'us') or suffix(word, 'is'))
            then replace(word[:-2], '''', '')
        else replace(word, '''', '')
    end;

-- Whether a sentence is courtesy or a chair's formula and no more: "Thank you, Mr President.", "Question agreed to.", "Go ahead."
create or replace macro is_topic_formula(sentence_text) as
    length(sentence_text) < 80
    and regexp_full_match(
        sentence_text,
        '(?i:(?:and|so|well|now|yes|no|oh|ok|okay|again|please)[, ]+)*'
        '(?i:thank you|(?:many )?thanks|i thank (?:you|the \pL+)|good (?:morning|afternoon|evening|night)|welcome|congratulations'
        '|go ahead|next question|order|i (?:beg to )?move|so ordered|without objection|(?:is )?leave (?:is )?granted'
        '|(?:question|motion|amendment|clause) (?:is )?(?:agreed to|put|proposed|withdrawn)|i yield (?:back|the floor)'
        '|(?:may )?god (?:bless|save|keep) [\pL'' ]+)'
        '(?i: (?:all|so|very|much|a lot|again|indeed|please|everyone|everybody|to you|for (?:your|the|that) \pL+))*'
        '(?:[, ]+(?:(?i:mr|mrs|ms|madam|sir|hon|dear|my|the|deputy|friends|colleagues|everyone|everybody|all|members)'
        '|\p{Lu}[\pL''-]*)\.?)*'
        '[.,:;! ]*'
    );

-- What a sentence so many sentences away weighs, against one's own points; less in another speaker's mouth.
create or replace macro topic_kernel(distance, is_same_stretch) as
    0.4 * pow(0.65, abs(distance) - 1) * case when is_same_stretch then 1 else 0.3 end;

-- How sharply points tell one topic from another.
create or replace macro topic_sharpness() as 0.9;

-- A chance as a score: of sentences with score .8 about 8 in 10 are right by independent coders (docs/topics.md says how that
-- was fitted).
create or replace macro topic_score(chance) as round(0.14 + 0.75 * chance, 4);

-- Topics in the order of the columns t_<topic_code> below, and of every list of points.
set variable topic_codes = (select list(topic_code order by 't_' || topic_code) from lexicon.topic_code);

-- Every term that is looked for; size is what it adds to the length that a sentence's learned points are divided by.
create or replace table lexicon.topic_term as
with
    terms as (
        select term, 0 as size from lexicon.topic_lexicon
        union all
        select term, size::float from lexicon.topic_weight
    ),
    final as (select term, max(size)::float as size from terms group by term)
select
    (row_number() over (order by term))::integer as term_id,
    term,
    len(string_split(term, ' '))::integer as words,
    size,
from final;

-- Terms of the lexicon with their points for each topic, in columns t_<topic_code>; a longer term counts for more.
create or replace table lexicon.topic_by_hand as
with
    points as (
        select
            topic_term.term_id,
            't_' || topic_lexicon.topic_code as topic_column,
            topic_lexicon.weight::float * (1 + 0.5 * (len(string_split(term, ' ')) - 1)) as points,
        from lexicon.topic_lexicon
        join lexicon.topic_term using (term)
        semi join lexicon.topic_code using (topic_code)
    ),
    final as (
        from points
        union all
        select 0, 't_' || topic_code, 0 from lexicon.topic_code  -- so that every topic has its column
    )
pivot final on topic_column using coalesce(sum(points), 0)::float group by term_id;

-- Terms with learned points, in the same columns: the lexicon has one for each topic.
create or replace table lexicon.topic_learned as
with
    final as (
        select topic_term.term_id, coalesce(columns('^t_')::float, 0)
        from lexicon.topic_weight
        join lexicon.topic_term using (term)
    )
from lexicon.topic_by_hand where false  -- gives the columns their order
union all by name
from final;

-- One row: what each topic starts from, in the same columns.
create or replace table lexicon.topic_intercept as
with final as (select 't_' || topic_code as topic_column, intercept::float as intercept from lexicon.topic_code)
pivot final on topic_column using sum(intercept);

-- Terms of two to four words, a column for each word.
create or replace table lexicon.topic_phrase as
with
    final as (select term_id, string_split(term, ' ') as words from lexicon.topic_term where words > 1)
select term_id, words[1] as word_1, words[2] as word_2, words[3] as word_3, words[4] as word_4 from final;

-- A row for each topic (its position in topic_codes) that a term speaks for: what can be evidence.
create or replace table lexicon.topic_evidence as
with
    by_hand as (
        unpivot lexicon.topic_by_hand on columns(* exclude (term_id)) into name topic_column value points
    ),
    learned as (
        unpivot lexicon.topic_learned on columns(* exclude (term_id)) into name topic_column value points
    ),
    points as (
        select term_id, topic_column, points as by_hand, 0 as learned from by_hand where points <> 0
        union all
        select term_id, topic_column, 0, points from learned where points <> 0
    ),
    final as (
        select
            term_id,
            list_position(getvariable('topic_codes'), topic_column[3:])::tinyint as slot,
            sum(by_hand)::float as by_hand,
            sum(learned)::float as learned,
        from points
        group by all
        having sum(by_hand) > 0 or sum(learned) >= 5
    )
from final;
