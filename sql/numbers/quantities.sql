-- grain: one row per claim: a number, a range or a corrected number that says how much of something
-- scope: document
-- Columns: mention_id, claim_id, sentence_id, turn_id, document_id; number_start, number_end, surface_start, surface_end
-- (code points in the sentence, half-open; number without unit, surface with it); surface; value, value_low, value_high,
-- comparator; hedge, hedge_start (where the hedge on the left begins, or null); kind, unit, unit_text; noun, noun_start,
-- noun_end (of counts); change, change_from; scale; is_unit_inferred, is_scale_inferred, doubt, confidence;
-- value_spoken, value_corrected; rule.
with
bounded as (
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
            when is_pair and readings.pair = 'range' then partner_next.said * case when partner_next.form = 'vague' then 10 else 1 end
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
                + partner_next.said / coalesce(getvariable('unit_parts')[readings.own_unit || '/' || coalesce(partner_next.own_unit, '[in_i]')],
                    case when readings.unit_kind = 'money' and partner_next.own_unit is null and partner_next.said < 100 then 100 end, 1)
                + coalesce(third.said / getvariable('unit_parts')[readings.own_unit || '/' || third.own_unit], 0)
            when readings.pair = 'share' then readings.said / partner_next.said
            else readings.said
        end as stated,
        tidy(stated * case when stated < 0 then high_by else low_by end) as hedged_low,
        tidy(stated * case when stated < 0 then low_by else high_by end) as hedged_high,
    from numeral_readings as readings
    left join numeral_readings as partner_before on partner_before.next_id = readings.mention_id
    left join numeral_readings as partner_next on partner_next.mention_id = readings.next_id
    -- "2 years, 3 months and 5 days"
    left join numeral_readings as third on third.mention_id = partner_next.next_id and readings.pair = 'sum' and partner_next.pair = 'sum'
    where coalesce(pair_before, '') not in ('range', 'sum', 'share') and coalesce(readings.pair, '') <> 'correction'
),
final as (
    select
        mention_id,
        left(md5('claim' || chr(31) || mention_id), 20) as claim_id,
        bounded.sentence_id, bounded.turn_id, bounded.document_id,
        number_start,
        case when is_pair then number_end_next else bounded.number_end end as number_end,
        number_start as surface_start,
        cast(case when is_pair then words_end_next else words_end end as int) as surface_end,
        substr(sentences.text, number_start + 1, surface_end - number_start) as surface,
        case when not is_range then stated end as value,
        case bound when 'range' then said when '=' then stated else hedged_low end as value_low,
        case bound when 'range' then range_to when '=' then stated else hedged_high end as value_high,
        bound as comparator,
        coalesce(hedge_left, hedge_right) as hedge,
        hedge_start,
        case when any_per is not null then 'rate' else plain_kind end as kind,
        case when any_per is null then plain_unit else coalesce(nullif(plain_unit, '1'), '') || '/' || any_per end as unit,
        case
            when own_unit is null then noun
            else bounded.unit_text
        end as unit_text,
        case when known_unit is null then coalesce(noun, noun_next) end as noun,
        case when known_unit is null then coalesce(bounded.noun_end - length(noun), noun_end_next - length(noun_next)) end as noun_start,
        case when known_unit is null then coalesce(bounded.noun_end, noun_end_next) end as noun_end,
        case
            -- what it was before is no change; from what to what decides, whatever the verb is ("cut its growth forecast from 3.5 to 2.75")
            when pair_before = 'base' then null
            when pair_before = 'change' and bounded.said <> value_before then case when bounded.said > value_before then 'up' else 'down' end
            when pair = 'base' and bounded.said <> value_next then case when bounded.said > value_next then 'up' else 'down' end
            when is_start then null
            when pair = 'growth' then change_next
            when pair_before in ('change', 'correction', 'restated', 'step') or (link_before = 'to' and bounded.change is null and plain_kind <> 'count') then coalesce(bounded.change, change_before)
            -- "5 to 10 percent lower"
            when pair is distinct from 'change' then coalesce(bounded.change, case when is_pair and pair = 'range' then change_next end)
        end as change,
        case when pair_before = 'change' then value_before when pair = 'base' then value_next end as change_from,
        scale,
        is_unit_inferred,
        is_scale_inferred,
        quantity_doubt(unit_doubt, case when is_unit_inferred then way end, case when is_scale_inferred then carried_scale end, pair_before) as doubt,
        quantity_confidence(case when is_unit_inferred or is_scale_inferred then way end, doubt) as confidence,
        case when is_corrected then tidy(value_before * case
            -- "<s>16</s> [17] million", but "<s>100</s> [1 million]"
            when scale_before is null and value_before < 1000
                and (link_before is distinct from 'official_correction' or contains(substr(sentences.text, number_start + 1, bounded.number_end - number_start), ']'))
            then coalesce(scale, 1) else 1 end) end as value_spoken,
        case when is_corrected then stated end as value_corrected,
        rule,
    from bounded
    inner join sentences using (sentence_id)
)

from final
-- more than a double holds, 0/0, "7m - 3818" read as a range that ends before it begins: these stay mentions
where coalesce(isfinite(value), true) and coalesce(isfinite(value_low), true) and coalesce(isfinite(value_high), true)
    and (comparator = 'range') = (value is null) and coalesce(value_low <= value_high, true)
