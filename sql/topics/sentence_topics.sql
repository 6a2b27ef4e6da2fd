-- grain: one row per sentence and topic that its words or its neighbours' speak for
-- scope: document
with
    final as (
        select
            topic_places.sentence_id,
            topic_places.document_id,
            getvariable('topic_codes')[topic_choices.slot] as topic_code,
            topic_choices.score,
            row_number() over (partition by topic_choices.place order by topic_choices.topic_rank) as topic_rank,
            topic_choices.score >= 0.5 and topic_choices.topic_rank = 1 as is_sure,
            topic_reasons.evidence,
        from topic_choices
        join topic_places on topic_places.place = topic_choices.place
        -- no evidence, no row
        join topic_reasons on topic_reasons.place = topic_choices.place and topic_reasons.slot = topic_choices.slot
    )
from final
