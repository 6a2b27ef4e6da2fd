-- grain: one row per number with which a range begins that the next ends
-- scope: document
-- "5-7 percent", "between 5 and 7", "40 or 50", "three, four months", "tens or even hundreds of thousands"; not "firmed 0.5% to
-- 16.97", which says by how much and where to. numeral_moves goes before.
with
asked as (
    select
        *,
        low < next_value as rises,
        link_next = 'to' and (is_step and low < 0.3 * next_value
            or form = 'fraction' and next_form <> 'fraction' and low < 0.01 * next_value) as is_step_to,
        -- "firmed 0.5% to 16.97 per dollar", "gave up 11p to 451p": by how much, and to where
        link_next = 'to' and not is_after_from and own_unit is not null
            and (own_unit = next_unit and low < 0.1 * next_value * next_factor
                or next_per is not null and per is null and (is_step or own_unit <> next_unit)) as is_amount_to,
        -- "three, four months", "five, six million"
        link_next = 'list' and words_to_next = ',' and not has_digits and not next_has_digits and own_unit is null and noun is null
            and coalesce(scale, 100) = 100
            and (next_value / coalesce(next_scale, 1) = value + 1 or next_value between low and 1.25 * low
                or value % 5 = 0 and next_value between low and 1.5 * low)
            and link_before is distinct from 'list' and link_after_next is distinct from 'list'
            and (coalesce(next_unit, next_noun) is not null or next_scale >= 1000) as is_pair_of_words,
    from numeral_neighbours
    inner join numeral_sizes using (mention_id)
    where is_comparable and link_next in ('dash', 'to', 'and', 'or', 'list')
),
paired as (
    select
        mention_id,
        case
            when form = 'vague' and next_form = 'vague' and link_next in ('to', 'or') and rises then true
            when is_step_to or is_amount_to then false
            when is_pair_of_words then true
            when link_next in ('dash', 'to') then rises
            when link_next = 'and' then is_after_between and rises
            when link_next = 'or' then own_unit is null and rises and next_value <= 2.01 * low
        end as is_range,
    from asked
),
final as (
    select mention_id, 'range' as pair from paired where is_range
)

from final
