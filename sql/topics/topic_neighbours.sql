-- grain: one row per sentence and sentence that speaks for its topic: itself, up to six on either side, the question it answers
-- scope: document
with
    shifted as (
        select place, stretch, document_id, answers_turn_id, unnest(range(-6, 7))::integer as distance
        from topic_places
    ),
    named as (select *, place + distance as neighbour from shifted),
    beside as (
        select
            named.place,
            named.neighbour,
            topic_kernel(
                named.distance,
                named.stretch = there.stretch or named.answers_turn_id is not distinct from there.turn_id
            )::float as weight,
        from named
        join topic_places as there on there.place = named.neighbour and there.document_id = named.document_id
    ),
    asked as (
        select
            here.place,
            there.place as neighbour,
            topic_kernel(
                row_number() over (partition by here.turn_id order by here.place, there.place desc) - 1
                + row_number() over (partition by here.place order by there.place desc),
                true
            )::float as weight,
        from topic_places as here
        join topic_places as there on there.turn_id = here.answers_turn_id and there.document_id = here.document_id
    ),
    final as (
        from beside
        union all
        from asked
        where weight > 0.05
            and abs(neighbour - place) > 6
    )
from final
