-- grain: one row per number from which or to which something changed, as the next says
-- scope: document
-- change: the next is where it got to ("from 6 to 5.7 percent"); base: the next is where it was ("rose to 9 from 8",
-- "4.1 percent in May, up from 3.4").
with
asked as (
    select
        *,
        change_word is not null as is_changed,
        coalesce(own_unit, next_unit, '') = coalesce(next_unit, '') as is_in_next_unit,
        coalesce(own_unit, next_unit, '') = coalesce(next_unit, own_unit, '') as is_in_one_unit,
        low / nullif(next_value * coalesce(next_factor, 1), 0) between 0.02 and 50 as is_of_like_size,
    from numeral_neighbours
    inner join numeral_sizes using (mention_id)
    where link_next in ('up_from', 'from', 'to', 'result')
),
paired as (
    select
        mention_id,
        case
            when link_next = 'up_from' and are_amounts and is_in_one_unit and is_of_like_size then 'base'
            -- "dipped to 3.1 million units from 3.3 million"
            when link_next = 'from' and is_changed and is_result and noun is not null and next_unit is null and next_noun is null
                and own_rule_next = 'count' then 'base'
            when not is_comparable then null
            when link_next = 'to' and (is_after_move or is_after_from and low > next_value) then 'change'
            when link_next = 'to' and is_changed and (is_after_from or own_unit is not null and not is_step) then 'change'
            when link_next = 'from' and is_changed and is_result and is_in_next_unit then 'base'
            when link_next = 'result' and is_after_from then 'change'
        end as pair,
    from asked
),
final as (
    select mention_id, pair from paired where pair is not null
)

from final
