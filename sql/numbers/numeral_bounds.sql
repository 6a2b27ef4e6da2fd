-- grain: one row per claim: a number, a range or a corrected number that says how much of something
-- scope: document
-- What a number commits to together with its partner: the second of its range or sum, what it corrects, what it was before. stated
-- is the value that both say, hedged_low and hedged_high what the hedge leaves open; any_per the rate that either has.
with
final as (
    select
        readings.*,
        partner_before.pair as pair_before,
        partner_before.said as value_before,
        partner_before.scale as scale_before,
        partner_before.change as change_before,
        coalesce(third.words_end, partner_next.words_end) as words_end_next,
        coalesce(third.number_end, partner_next.number_end) as number_end_next,
        -- the noun of a range or sum stands behind its second number
        case when readings.pair in ('range', 'sum') then partner_next.noun end as noun_next,
        case when readings.pair in ('range', 'sum') then partner_next.noun_end end as noun_end_next,
        partner_next.said as value_next,
        partner_next.change as change_next,
        coalesce(readings.pair in ('range', 'sum', 'share') and partner_next.mention_id is not null, false) as is_pair,
        (is_pair and readings.pair = 'range') or readings.form in ('vague', 'one_or_two', 'several') as is_range,
        coalesce(pair_before in ('correction', 'restated'), false) as is_corrected,
        case
            when is_pair and readings.pair = 'range'
                then partner_next.said * case when partner_next.form = 'vague' then 10 else 1 end
            when readings.form = 'vague' then readings.said * 10
            else readings.value_to * readings.factor * readings.carried_scale
        end as range_to,
        -- "more than <s>300</s> [3,000] airports": the hedge stands before what was struck
        readings.link_before = 'official_correction' and readings.comparator is null as has_struck_hedge,
        case when has_struck_hedge then partner_before.comparator else readings.comparator end as said_bound,
        case when has_struck_hedge then partner_before.low_factor else readings.low_factor end as low_by,
        case when has_struck_hedge then partner_before.high_factor else readings.high_factor end as high_by,
        case when is_range then 'range' else coalesce(said_bound, '=') end as bound,
        coalesce(readings.per, case when is_pair then partner_next.per end,
            -- "from $13.50 to $15 an hour", "$15 an hour from $13.50"
            case when readings.pair = 'change' and readings.known_unit = partner_next.known_unit then partner_next.per end,
            case when pair_before = 'base' and readings.known_unit = partner_before.known_unit then partner_before.per end,
            readings.carried_per) as any_per,
        case
            when not is_pair then readings.said
            -- "12 years and six months" in years
            when readings.pair = 'sum' then readings.said
                + partner_next.said
                    / coalesce(getvariable('unit_parts')[readings.own_unit || '/' || coalesce(partner_next.own_unit, '[in_i]')],
                        -- "three dollars twenty"
                        case when readings.unit_kind = 'money' and partner_next.own_unit is null and partner_next.said < 100
                            then 100 end, 1)
                + coalesce(third.said / getvariable('unit_parts')[readings.own_unit || '/' || third.own_unit], 0)
            when readings.pair = 'share' then readings.said / partner_next.said
            else readings.said
        end as stated,
        case when stated < 0 then high_by else low_by end as factor_low,
        case when stated < 0 then low_by else high_by end as factor_high,
        -- a bound at the value is the value, to the last digit
        case when factor_low = 1 then stated else tidy(stated * factor_low) end as hedged_low,
        case when factor_high = 1 then stated else tidy(stated * factor_high) end as hedged_high,
    from numeral_readings as readings
    left join numeral_readings as partner_before on partner_before.next_id = readings.mention_id
    left join numeral_readings as partner_next on partner_next.mention_id = readings.next_id
    -- "2 years, 3 months and 5 days"
    left join numeral_readings as third
        on third.mention_id = partner_next.next_id and readings.pair = 'sum' and partner_next.pair = 'sum'
    where coalesce(pair_before, '') not in ('range', 'sum', 'share') and coalesce(readings.pair, '') <> 'correction'
)

from final
