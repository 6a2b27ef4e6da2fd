-- grain: one row per turn and topic that its sentences, each in its context, speak for
-- scope: document
with
    lengths as (
        select turn_id, count(*) as sentences
        from topic_places
        group by turn_id
    ),
    terms as (
        select topic_places.turn_id, topic_choices.slot, unnest(topic_reasons.evidence) as term, topic_choices.score
        from topic_choices
        join topic_places on topic_places.place = topic_choices.place
        join topic_reasons on topic_reasons.place = topic_choices.place and topic_reasons.slot = topic_choices.slot
    ),
    decided as (
        select turn_id, slot, term, sum(score) as weight
        from terms
        group by all
    ),
    reasons as (
        select turn_id, slot, arg_max(term, (weight, term), 5) as evidence
        from decided
        group by turn_id, slot
    ),
    shares as (
        select
            topic_places.turn_id,
            topic_places.document_id,
            topic_choices.slot,
            sum(topic_choices.score) / any_value(lengths.sentences) as score,
        from topic_choices
        join topic_places on topic_places.place = topic_choices.place
        join lengths on lengths.turn_id = topic_places.turn_id
        group by all
    ),
    ranked as (
        select *, row_number() over (partition by turn_id order by score desc, slot) as topic_rank
        from shares
    ),
    final as (
        select
            ranked.turn_id,
            ranked.document_id,
            getvariable('topic_codes')[ranked.slot] as topic_code,
            round(ranked.score, 4) as score,
            row_number() over (partition by ranked.turn_id order by ranked.topic_rank) as topic_rank,
            ranked.score >= 0.5 as is_sure,
            reasons.evidence,
        from ranked
        join reasons on reasons.turn_id = ranked.turn_id and reasons.slot = ranked.slot
        where ranked.topic_rank <= 3
    )
from final
