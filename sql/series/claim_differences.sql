-- grain: one row per pair of claims with different figures for what looks like the same thing
-- scope: warehouse
-- Candidates for a person to check, nothing more: figures that cannot both hold for one period, in like words. What differs between
-- postings of one event is the translation's doing. What lies over a year apart is mostly another occasion in the same template.
with
-- "$3,000, and $3,600 for younger ones" beside itself: where either sentence has the other's figure too, nothing differs. Nor where
-- one is a list of three. Two joins by sentence, since one with an `or` compares each pair with every figure of its unit.
figures as (
    select
        pairs.claim_id,
        pairs.other_claim_id,
        one.unit_key,
        one.sentence_id,
        other.sentence_id as other_sentence_id,
        one.interval_low,
        one.interval_high,
        other.interval_low as other_interval_low,
        other.interval_high as other_interval_high,
    from difference_pairs as pairs
    inner join staging.claim_keys as one on one.claim_id = pairs.claim_id
    inner join staging.claim_keys as other on other.claim_id = pairs.other_claim_id
),
listed as (
    select figures.claim_id, figures.other_claim_id
    from figures
    inner join staging.claim_keys as beside on beside.sentence_id = figures.sentence_id and beside.unit_key = figures.unit_key
    group by all
    having bool_or(beside.value between figures.other_interval_low and figures.other_interval_high)
        or count(distinct beside.value) >= 3
    union all
    select figures.claim_id, figures.other_claim_id
    from figures
    inner join staging.claim_keys as beside on beside.sentence_id = figures.other_sentence_id and beside.unit_key = figures.unit_key
    group by all
    having bool_or(beside.value between figures.interval_low and figures.interval_high) or count(distinct beside.value) >= 3
),
judged as (
    select
        *,
        case
            when is_same_event then 'translation'
            when has_periods and is_same_period or days_between <= 7 then 'same_time'
            else 'later_update'
        end as reason,
    from difference_pairs
    anti join listed using (claim_id, other_claim_id)
    where is_same_event
        or is_same_outlook and is_same_verb and is_same_scope and (not has_periods or is_same_period)
        and not is_contrary and not is_other_time
        and (days_between <= 365 or is_same_period and has_periods or likeness >= 0.65)
        and shared >= 2 and ratio <= 2
        and likeness >= case when is_generic then 0.4 when is_share then 0.36 when ratio > 1.25 then 0.33 else 0.2 end
),
final as (
    select
        claim_id,
        other_claim_id,
        series_id,
        reason,
        days_between,
        gap,
        round(least(
            0.95,
            0.6 + 0.4 * likeness + case when ratio <= 1.25 then 0.1 else 0 end - case when are_own_words then 0 else 0.1 end
        ), 3) as confidence,
    from judged
)

from final
