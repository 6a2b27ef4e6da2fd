-- grain: one row per claim and word around its figure
-- scope: warehouse
-- weight is how much a common word says: near 1 for one that few documents have, 0 for one that all have; twenty documents more
-- are assumed, since in a small warehouse every word is rare.
with
stems as (
    select
        claim_id, document_id, home_source, base_unit, value, is_range, said_on, names, unnest(context) as stem, true as is_near
    from comparable_figures
    union all
    select
        claim_id, document_id, home_source, base_unit, value, is_range, said_on, [] as names, unnest(surroundings) as stem,
        false as is_near
    from comparable_figures
),
counted as (
    select count(distinct document_id) + 20 as documents from stems
),
weights as (
    select
        stem,
        ln(any_value(counted.documents) / count(distinct document_id)) / ln(greatest(any_value(counted.documents), 1000)) as weight
    from stems, counted
    group by stem
),
final as (
    select stems.* exclude (names), list_contains(names, stem) as is_name, weights.weight
    from stems
    inner join weights using (stem)
)

from final
