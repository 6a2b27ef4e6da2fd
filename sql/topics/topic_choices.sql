-- grain: one row per sentence and topic that is likely enough to be told, likeliest first
-- scope: document
with
    ordered as (
        select
            place,
            chances,
            list_grade_up(chances, 'desc')[:4] as slots,
            coalesce(chances[list_position(getvariable('topic_codes'), 'none')], 0) as chance_of_none,
        from topic_scores
        -- courtesy among sentences about schools is not about schools
        anti join (from topic_places where is_formula) as formulas using (place)
    ),
    likely as (
        select
            place,
            list_filter(
                slots,
                lambda slot, i: getvariable('topic_codes')[slot] <> 'none'
                    and chances[slot] >= if(i = 1, greatest(chance_of_none, 0.2), 0.2)
            )[:3] as slots,
            chances,
        from ordered
    ),
    final as (
        select
            place,
            unnest(slots)::tinyint as slot,
            unnest(list_transform(slots, lambda slot: topic_score(chances[slot]::double))) as score,
            generate_subscripts(slots, 1)::integer as topic_rank,
        from likely
    )
from final
