-- grain: one row per number that makes one amount with the next
-- scope: document
-- Added up ("12 years and six months", "six foot two", "five dollars and fifty cents", "1 billion, 250 million tonnes") or a share
-- of it ("one worker in 20").
with
linked as (
    select
        *,
        link_next in ('and', 'list', 'nothing') as is_side_by_side,
        next_unit is null and next_noun is null as is_next_bare,
        getvariable('unit_parts')[own_unit || '/' || next_unit] as parts_of_unit,
    from numeral_neighbours
    inner join numeral_sizes using (mention_id)
    where link_next in ('and', 'list', 'nothing', 'share')
),
asked as (
    select
        mention_id,
        -- "12 years and six months", "2 years, 3 months and 5 days"
        is_side_by_side and rule = 'unit' and own_rule_next = 'unit' and next_value < parts_of_unit and scale is null
            and value = floor(value) and factor = 1 and next_factor = 1 and next_comparator is null
            and next_form in ('cardinal', 'one_and_half', 'article') and words_to_next in ('and', ',', '', ', and')
            and not is_after_between and coalesce(link_before, '') not in ('to', 'dash') as has_parts,
        -- "six foot two"
        link_next = 'nothing' and own_unit = '[ft_i]' and is_next_bare and next_value < 12 and next_scale is null
            and own_rule_next = 'count' and next_stops as has_inches,
        -- "1 billion, 250 million tonnes": said without a decimal and measured once; a third makes it a list
        link_next in ('list', 'nothing') and words_to_next in (',', '')
            and scale >= 1e6 and next_scale >= 1000 and next_scale * 1000 <= scale
            and (has_digits or value > scale or link_next = 'nothing') and value % scale = 0 and value / scale < 1000
            and next_value < scale and next_magnitude < 1000 * next_scale
            and next_comparator is null and coalesce(link_before, '') not in ('list', 'and')
            and case
                when is_ahead then is_next_bare and next_closes
                else own_unit is null and noun is null and not is_next_bare and not next_is_ahead and next_closes is not null
            end as has_smaller_scale,
        -- "three dollars twenty"
        link_next = 'nothing' and regexp_matches(own_unit, '^[A-Z]{3}$') and factor = 1 and scale is null and not has_digits
            and not next_has_digits and is_next_bare and next_value between 5 and 99 and own_rule_next = 'count' as has_bare_cents,
        -- "five dollars and fifty cents"
        is_comparable and link_next in ('and', 'nothing') and own_unit = next_unit and scale is null
            and factor = 1 and next_factor = 0.01 as has_cents,
        -- "one worker in 20 is poor": a share of workers
        link_next = 'share' and rule = 'count' and value = 1 and scale is null
            and own_unit is null and noun is not null and not has_plural
            and own_rule_next = 'count' and is_next_bare and next_comparator is null and next_form = 'cardinal'
            and next_value between 2 and 1e6 as is_share,
    from linked
),
final as (
    select mention_id, case when is_share then 'share' else 'sum' end as pair
    from asked
    where has_parts or has_inches or has_smaller_scale or has_cents or has_bare_cents or is_share
)

from final
