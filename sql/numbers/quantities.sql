-- grain: one row per claim: a number, a range or a corrected number that says how much of something
-- scope: document
-- Columns: mention_id, claim_id, sentence_id, turn_id, document_id; number_start, number_end, surface_start, surface_end
-- (code points in the sentence, half-open; number without unit, surface with it); surface; value, value_low, value_high,
-- comparator; hedge, hedge_start (where the hedge on the left begins, or null); kind, unit, unit_text; noun, noun_start,
-- noun_end (of counts); change, change_from; scale; is_unit_inferred, is_scale_inferred, doubt, confidence;
-- value_spoken, value_corrected; rule.
with
placed as (
    select
        bounded.*,
        sentences.text,
        -- "<s>16</s> [17] million", but "<s>100</s> [1 million]"
        scale_before is null and value_before < 1000 and (link_before is distinct from 'official_correction'
            or contains(substr(text, number_start + 1, bounded.number_end - number_start), ']')) as is_struck_short,
    from numeral_bounds as bounded
    inner join sentences using (sentence_id)
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
        substr(text, number_start + 1, surface_end - number_start) as surface,
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
        case when known_unit is null then coalesce(bounded.noun_end - length(noun), noun_end_next - length(noun_next)) end
            as noun_start,
        case when known_unit is null then coalesce(bounded.noun_end, noun_end_next) end as noun_end,
        case
            -- what it was before is no change
            when pair_before = 'base' then null
            -- from what to what decides, whatever the verb is ("cut its growth forecast from 3.5 to 2.75")
            when pair_before = 'change' and said > value_before or pair = 'base' and said > value_next then 'up'
            when pair_before = 'change' and said < value_before or pair = 'base' and said < value_next then 'down'
            when is_start then null
            -- "$4.10 a gallon, up 12 cents"
            when pair = 'growth' then change_next
            when pair_before in ('change', 'correction', 'restated', 'step')
                or link_before = 'to' and bounded.change is null and plain_kind <> 'count'
                then coalesce(bounded.change, change_before)
            -- "5 to 10 percent lower"
            when pair is distinct from 'change'
                then coalesce(bounded.change, case when is_pair and pair = 'range' then change_next end)
        end as change,
        case when pair_before = 'change' then value_before when pair = 'base' then value_next end as change_from,
        scale,
        is_unit_inferred,
        is_scale_inferred,
        quantity_doubt(
            unit_doubt, case when is_unit_inferred then way end, case when is_scale_inferred then carried_scale end, pair_before
        ) as doubt,
        quantity_confidence(case when is_unit_inferred or is_scale_inferred then way end, doubt) as confidence,
        case when is_corrected then tidy(value_before * case when is_struck_short then coalesce(scale, 1) else 1 end) end
            as value_spoken,
        case when is_corrected then stated end as value_corrected,
        rule,
    from placed as bounded
)

from final
-- more than a double holds, 0/0, "7m - 3818" read as a range that ends before it begins: these stay mentions
where coalesce(isfinite(value), true) and coalesce(isfinite(value_low), true) and coalesce(isfinite(value_high), true)
    and (comparator = 'range') = (value is null) and coalesce(value_low <= value_high, true)
