-- grain: one row per occurrence of a topic term in a sentence, by the position of its first word
-- scope: document
with
    stems as (
        select place, list_transform(words, lambda word: topic_stem(word)) as words
        from topic_words
    ),
    tokens as (
        select
            place,
            generate_subscripts(words, 1)::integer as position,
            unnest(words) as word_1,
            unnest(words[2:]) as word_2,
            unnest(words[3:]) as word_3,
            unnest(words[4:]) as word_4,
        from stems
    ),
    heads as (
        select *
        from tokens
        semi join lexicon.topic_phrase on topic_phrase.word_1 = tokens.word_1
    ),
    final as (
        select tokens.place, tokens.position, topic_term.term_id
        from tokens
        join lexicon.topic_term on topic_term.term = tokens.word_1
        union all
        select heads.place, heads.position, topic_phrase.term_id
        from heads
        join lexicon.topic_phrase
            on topic_phrase.word_1 = heads.word_1 and topic_phrase.word_2 = heads.word_2
        where (topic_phrase.word_3 is null or topic_phrase.word_3 = heads.word_3)
            and (topic_phrase.word_4 is null or topic_phrase.word_4 = heads.word_4)
    )
from final
