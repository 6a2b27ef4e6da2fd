-- grain: one row per numeral
-- scope: document
-- How large a number is beside the next, and whether the two can be compared: low is its value with the scale or factor that is
-- said once for both ("between five and seven million", "14-, 15-, 16,000").
with
asked as (
    select
        *,
        -- "five and six hundred thousand", "four hundred, maybe four hundred and fifty million"
        not has_digits and not next_has_digits and coalesce(scale, 100) = 100 and next_scale >= 1000
            and next_value / next_scale between value * 100 / coalesce(scale, 1) and 999
            and value < 10 * coalesce(scale, 1) as is_said_in_hundreds,
    from numeral_neighbours
),
scaled as (
    select
        *,
        case
            when next_is_ahead <> is_ahead then null
            when is_said_in_hundreds then 100 * next_scale / coalesce(scale, 1)
            when scale is not null then null
            when next_scale >= 1000 and abs(value) < 1000 then next_scale
            when link_next = 'hanging' and abs(value) < 1000 and next_value % 1000 = 0 then 1000
        end as scale_of_both,
        -- "five, six million"
        link_next = 'list' and not has_digits and not next_has_digits and own_unit is null and noun is null
            and (next_value / next_scale = value + 1
                or next_value / scale_of_both between value and 1.25 * value
                or value % 5 = 0 and next_value / scale_of_both between value and 1.5 * value) as is_step_of_list,
    from asked
),
final as (
    select
        mention_id, rule, is_quantity,
        case
            when link_next in ('dash', 'to', 'result', 'and', 'or', 'hanging') or is_step_of_list then scale_of_both
        end as scale_ahead,
        value * factor * coalesce(scale_ahead, 1)
            * case when own_unit is null and not is_ahead then coalesce(next_factor, 1) else 1 end as low,
        rule in ('unit', 'fraction', 'count') and coalesce(own_rule_next in ('unit', 'fraction', 'count'), false) as are_amounts,
        are_amounts and coalesce(own_unit is null and noun is null or own_unit = next_unit or noun = next_noun
            or own_unit is not null and next_unit is null and (next_noun is null or is_ahead), false) as is_comparable,
    from scaled
    inner join numeral_neighbour_rules using (mention_id)
)

from final
