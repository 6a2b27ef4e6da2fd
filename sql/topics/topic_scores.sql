-- grain: one row per sentence with topic terms in it or about it: how likely each topic is, in the order of topic_codes
-- scope: document
with
    heard as (
        -- who has few neighbours hears each of them louder
        select
            topic_neighbours.place,
            sum(topic_neighbours.weight * columns('^t_')) * least(2.5, 2.1 / sum(topic_neighbours.weight)),
        from topic_neighbours
        join topic_voices on topic_voices.place = topic_neighbours.neighbour
        where topic_neighbours.place <> topic_neighbours.neighbour
        group by topic_neighbours.place
    ),
    parts as (
        select place, 0.42 * columns('^t_')
        from topic_points
        union all by name
        from heard
    ),
    in_context as (
        select place, sum(columns('^t_'))
        from parts
        group by place
    ),
    raised as (
        select place, list_transform([*columns('^t_')], lambda x: exp(topic_sharpness() * least(x, 100))) as powers
        from in_context
    ),
    final as (
        select place, list_transform(powers, lambda x: (x / list_sum(powers))::float) as chances
        from raised
    )
from final
