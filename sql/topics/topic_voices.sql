-- grain: one row per sentence with a topic term: what it says to its neighbours, for each topic (columns t_<topic_code>)
-- scope: document
with
    raised as (
        select place, exp(least(columns('^t_'), 40))
        from topic_points
    ),
    totals as (
        select *, list_sum([*columns('^t_')]) as total
        from raised
    ),
    final as (
        -- the logarithm of its chances, bounded below: one sure sentence cannot silence all its neighbours
        select place, ln(1 + columns('^t_') / total / 0.02)
        from totals
    )
from final
