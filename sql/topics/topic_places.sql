-- grain: one row per sentence of speech, numbered in the order in which it was said
-- scope: document
with
    stretches as (
        -- consecutive turns of one speaker are one stretch
        select
            turn_id,
            answers_turn_id,
            row_number() over said as turn_number,
            coalesce(speaker_id, label) is not distinct from lag(coalesce(speaker_id, label)) over said
                and document_id is not distinct from lag(document_id) over said
                as is_continued,
        from turns
        window said as (order by document_id, turn_index)
    ),
    numbered as (
        select
            turn_id,
            answers_turn_id,
            (turn_number - count_if(is_continued) over (order by turn_number))::integer as stretch,
        from stretches
    ),
    final as (
        select
            (row_number() over (order by sentences.document_id, sentences.sentence_index))::integer as place,
            sentences.sentence_id,
            sentences.turn_id,
            sentences.document_id,
            numbered.stretch,
            numbered.answers_turn_id,
            is_topic_formula(sentences.text) as is_formula,
        from sentences
        join numbered on numbered.turn_id = sentences.turn_id
        where sentences.is_speech
    )
from final
