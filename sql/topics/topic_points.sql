-- grain: one row per sentence with a topic term: what its own terms say for each topic (columns t_<topic_code>)
-- scope: document
with
    lengths as (
        select topic_hits.place, sqrt(sum(topic_term.size)) as length
        from topic_hits
        join lexicon.topic_term on topic_term.term_id = topic_hits.term_id
        group by topic_hits.place
    ),
    learned as (
        select topic_hits.place, sum(columns('^t_')) / greatest(any_value(lengths.length), 1)
        from topic_hits
        join lexicon.topic_learned on topic_learned.term_id = topic_hits.term_id
        join lengths on lengths.place = topic_hits.place
        group by topic_hits.place
    ),
    by_hand as (
        select topic_hits.place, sum(columns('^t_'))
        from topic_hits
        join lexicon.topic_by_hand on topic_by_hand.term_id = topic_hits.term_id
        group by topic_hits.place
    ),
    intercepts as (
        select lengths.place, topic_intercept.*
        from lengths
        cross join lexicon.topic_intercept
    ),
    parts as (
        from learned
        union all by name
        from by_hand
        union all by name
        from intercepts
    ),
    summed as (
        select place, sum(columns('^t_'))
        from parts
        group by place
    ),
    final as (
        select summed.*, lengths.length
        from summed
        join lengths on lengths.place = summed.place
    )
from final
