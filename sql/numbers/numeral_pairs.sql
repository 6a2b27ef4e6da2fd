-- grain: one row per numeral
-- scope: document
-- What a numeral is to the next (pair): correction, restated, sum, share, change, base, range or nothing; and its
-- direction, since what is said again keeps it.
with
echoed as (
    select
        *,
        -- "lost 12.3 points, or 0.8 percent, to 1,512.4": what is said again in another unit keeps the direction
        list_contains(getvariable('echo_links'), words_before) or words_before = ', or' and measured <> measured_before as is_echo,
        list_contains(getvariable('echo_links'), words_two_before) or words_two_before = ', or' as was_echo,
        -- "output grew by 3 percent and exports by over 4 percent"
        unit_before = own_unit and ends_with(words_before, ' by')
            and regexp_matches(words_before, cue('and_another')) as is_same_move,
        -- "down 59 percent, 60 percent", "by 500, 600, 1,000 percent"
        words_before = ',' and noun_before is null and (unit_before is null or own_unit = unit_before) as is_in_list,
        words_two_before = ',' as was_in_list,
    from numeral_neighbours
),
final as (
    select
        mention_id,
        echoed.sentence_id,
        echoed.span_index,
        sizes.rule,
        sizes.is_quantity,
        case
            when change is not null then change
            when is_echo then coalesce(said_before, case when was_echo then said_two_before end)
            when is_same_move then said_before
            when is_in_list and sizes.is_quantity then coalesce(said_before, case when was_in_list then said_two_before end)
        end as change_said,
        sizes.low,
        sizes.scale_ahead,
        echoed.next_value,
        echoed.link_next,
        echoed.link_before,
        echoed.chain,
        coalesce(corrections.corrected_by, echoed.next_id) as next_id,
        coalesce(corrections.pair, sums.pair, moves.pair, ranges.pair) as pair,
    from echoed
    inner join numeral_sizes as sizes using (mention_id)
    left join numeral_corrections as corrections using (mention_id)
    left join numeral_sums as sums using (mention_id)
    left join numeral_moves as moves using (mention_id)
    left join numeral_ranges as ranges using (mention_id)
)

from final
