-- grain: one row per number that says how much of something, with its value and unit
-- scope: document
-- Own words first, then what was carried from another number; said is the value with unit factor and scale applied.
with
final as (
    select
        details.* exclude (link_next, change),
        pairs.change_said as change,
        pairs.rule, pairs.link_before,
        coalesce(pairs.pair, moves.pair) as pair,
        -- of two before a number, the one that it moved from or to
        case when pairs.pair is not null then pairs.next_id when moves.next_id is not null then moves.next_id
            when moved.next_id is null then pairs.next_id end as next_id,
        carried.way, carried.carried_per, carried.carried_unit, carried.carried_noun,
        coalesce(carried.lent_scale, case when pairs.pair is not null then pairs.scale_ahead end, 1) as carried_scale,
        coalesce(details.own_unit, carried.carried_unit) as known_unit,
        case when details.form like 'multiple%' then '1' else coalesce(known_unit, details.noun_lemma, carried.carried_noun,
            case when details.form = 'fraction' then '1' end) end as plain_unit,
        coalesce(details.unit_kind, carried.carried_kind,
            case when details.form like 'multiple%' or details.form = 'fraction' or pairs.pair = 'share' then 'multiple'
                else 'count' end) as plain_kind,
        details.value * details.factor * carried_scale * coalesce(case when carried.carried_unit is not null
            then carried.carried_factor end, 1) as said,
        carried.carried_unit is not null or carried.carried_noun is not null as is_unit_inferred,
        carried_scale <> 1 as is_scale_inferred,
    from numeral_details as details
    inner join numeral_pairs as pairs using (mention_id)
    left join numeral_moves_apart as moves using (mention_id)
    left join numeral_moves_apart as moved on moved.next_id = pairs.next_id and moved.mention_id <> pairs.mention_id
    left join numeral_carried as carried using (mention_id)
    left join numeral_bare as bare using (mention_id)
    where pairs.is_quantity
        -- "see tab 14": nothing says that it counts, and no other number lends it a unit or a direction
        and not (bare.is_unlicensed and carried.mention_id is null and pairs.pair is null and pairs.change_said is null
            and coalesce(pairs.link_before, 'nothing') = 'nothing')
)

from final
