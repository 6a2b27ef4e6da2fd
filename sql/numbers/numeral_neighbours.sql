-- grain: one row per numeral
-- scope: document
-- What stands before and behind a numeral in its sentence, side by side, as numeral_neighbour_rules, numeral_sizes and the models
-- of pairs ask for it. A chain is a row of numbers that are linked ("5, 6 and 7"); the next amount is the next numeral that counts.
with
own as (
    select
        mention_id, sentence_id, span_index, own_rule, link_next, words_to_next, corrects_next, form, has_digits,
        value, factor, scale, magnitude, own_unit, noun, is_ahead, has_plural, per, comparator,
        change, change_word, is_step, is_result, is_after_from, is_after_between, is_after_move,
        coalesce(own_unit, noun_lemma) as measured,
        own_rule in ('unit', 'fraction', 'count', 'multiple') as is_amount,
        -- "700 billion." ends what was said, "700 billion people" does not, "700 billion of it" (null) is a part
        case
            when coalesce(link_next, '') not in ('list', 'and', 'dash', 'to', 'or', 'part') and scale >= 1000
                then case when not regexp_matches(gap, cue('part_of_it')) then regexp_matches(gap, '^(?:[.;!?)]|$)') end
        end as closes,
        regexp_matches(gap, cue('foot_and_inches_close')) as stops,
    from numeral_details
),
beside as (
    select
        *,
        lead(mention_id) over sentence as next_id,
        lead(own_rule) over sentence as own_rule_next,
        lead(form) over sentence as next_form,
        lead(has_digits) over sentence as next_has_digits,
        lead(value * factor) over sentence as next_value,
        lead(factor) over sentence as next_factor,
        lead(scale) over sentence as next_scale,
        lead(magnitude) over sentence as next_magnitude,
        lead(own_unit) over sentence as next_unit,
        lead(is_ahead) over sentence as next_is_ahead,
        lead(noun) over sentence as next_noun,
        lead(per) over sentence as next_per,
        lead(comparator) over sentence as next_comparator,
        lead(closes) over sentence as next_closes,
        lead(stops) over sentence as next_stops,
        lead(link_next) over sentence as link_after_next,
        lead(link_next, 2) over sentence as link_two_after,
        lag(link_next) over sentence as link_before,
        lag(link_next, 2) over sentence as link_two_before,
        lag(link_next, 3) over sentence as link_three_before,
        lag(words_to_next) over sentence as words_before,
        lag(words_to_next, 2) over sentence as words_two_before,
        lag(own_rule) over sentence as rule_before,
        lag(value) over sentence as value_before,
        lag(own_unit) over sentence as unit_before,
        lag(noun) over sentence as noun_before,
        lag(measured) over sentence as measured_before,
        lag(change) over sentence as said_before,
        lag(change, 2) over sentence as said_two_before,
        lag(change_word) over sentence as change_before,
        lag(is_after_from) over sentence as was_after_from,
        coalesce(lag(corrects_next) over sentence, false) as is_corrector,
    from own
    window sentence as (partition by sentence_id order by span_index)
),
chained as (
    select
        * exclude (corrects_next, closes, stops),
        first_value(case when is_amount then mention_id end ignore nulls) over ahead as next_amount_id,
        first_value(case when is_amount then is_corrector end ignore nulls) over ahead as has_corrector,
        first_value(case when is_amount then coalesce(own_unit, '') end ignore nulls) over ahead as next_amount_unit,
        sum(case
            when link_before in ('dash', 'to', 'result', 'and', 'or', 'list', 'hanging', 'part') then 0
            when link_before in ('correction', 'official_correction', 'up_from') then 0
            when link_before = 'from' and change_before is not null then 0
            else 1
        end) over sentence as chain,
    from beside
    window
        sentence as (partition by sentence_id order by span_index),
        ahead as (partition by sentence_id order by span_index rows between 1 following and unbounded following)
),
final as (
    select *, first_value(own_rule) over (partition by sentence_id, chain order by span_index) as first_rule
    from chained
)

from final
