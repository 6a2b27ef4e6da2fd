-- grain: one row per number that another corrects
-- scope: document
-- Struck out before a bracket, taken back ("6 percent last winter, or rather 5.7"), or said again more exactly ("about 6 percent,
-- about 5.7 percent": restated). corrected_by is the number that holds.
with
asked as (
    select
        mention_id, next_id, next_amount_id,
        link_next = 'official_correction' as is_struck,
        is_quantity and coalesce(has_corrector, false) and link_next is distinct from 'correction'
            and next_amount_unit in ('', coalesce(own_unit, '')) as is_corrected_later,
        is_comparable and link_next = 'correction' as is_taken_back,
        is_comparable and link_next = 'list' and own_unit = next_unit and comparator = '~' and next_comparator = '~'
            and low / next_value between 0.8 and 1.25 as is_said_again,
    from numeral_neighbours
    inner join numeral_sizes using (mention_id)
    where link_next in ('official_correction', 'correction', 'list') or has_corrector
),
final as (
    select
        mention_id,
        case when is_corrected_later then next_amount_id else next_id end as corrected_by,
        case when is_struck or is_corrected_later or is_taken_back then 'correction' else 'restated' end as pair,
    from asked
    where is_struck or is_corrected_later or is_taken_back or is_said_again
)

from final
