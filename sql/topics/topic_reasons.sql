-- grain: one row per sentence and topic told: the terms that decided, the sentence's own or its neighbours', strongest first
-- scope: document
with
    looked_at as (
        select
            topic_choices.place,
            topic_choices.slot,
            topic_neighbours.neighbour,
            topic_neighbours.weight,
            -- 0 for the sentence itself, 1 for the one before, 2 for the one after, ...
            2 * abs(neighbour - topic_choices.place) - (neighbour < topic_choices.place)::integer as distance,
        from topic_choices
        join topic_neighbours on topic_neighbours.place = topic_choices.place
        where topic_neighbours.weight >= 0.15
    ),
    wanted as (select distinct neighbour as place, slot from looked_at),
    speaking as (
        select
            topic_hits.place,
            wanted.slot,
            topic_hits.term_id,
            min(topic_hits.position) as position,
            sum(topic_evidence.by_hand + topic_evidence.learned / greatest(topic_points.length, 1)) as points,
        from wanted
        join topic_hits on topic_hits.place = wanted.place
        join topic_points on topic_points.place = wanted.place
        join lexicon.topic_evidence on topic_evidence.term_id = topic_hits.term_id and topic_evidence.slot = wanted.slot
        group by topic_hits.place, wanted.slot, topic_hits.term_id
    ),
    worded as (
        select
            speaking.*,
            array_to_string(topic_words.words[position:position + topic_term.words - 1], ' ') as term,
        from speaking
        join topic_words on topic_words.place = speaking.place
        join lexicon.topic_term on topic_term.term_id = speaking.term_id
        where speaking.points >= 0.25
    ),
    weighed as (
        select
            looked_at.place,
            looked_at.slot,
            arg_min(worded.term, looked_at.distance) as term,
            -- in thousandths, then the term: no ties
            ((1000 * sum(worded.points * looked_at.weight))::bigint << 20) + worded.term_id as strength,
        from looked_at
        join worded on worded.place = looked_at.neighbour and worded.slot = looked_at.slot
        where worded.points * looked_at.weight >= 0.25
        group by looked_at.place, looked_at.slot, worded.term_id
    ),
    final as (
        select place, slot, arg_max(term, strength, 5) as evidence
        from weighed
        group by place, slot
    )
from final
