-- grain: one row per sentence of speech: its words in lower case
-- scope: document
with
    final as (
        select topic_places.place, topic_words(sentences.text) as words
        from sentences
        join topic_places on topic_places.sentence_id = sentences.sentence_id
    )
from final
