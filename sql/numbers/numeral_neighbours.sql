-- grain: one row per numeral
-- scope: document
-- What stands before and behind a numeral in its sentence, side by side, for the models that ask what the two are to each other.
with
own as (
    select
        mention_id, sentence_id, span_index, own_rule, link_next, words_to_next, form, has_digits,
        value, factor, scale, magnitude, own_unit, noun, is_ahead, has_plural, per, comparator,
        change, change_word, is_step, is_result, is_after_from, is_after_between, is_after_move,
        coalesce(own_unit, noun_lemma) as measured,
        -- "700 billion." ends what was said, "700 billion people" does not, "700 billion of it" (null) is a part
        case
            when coalesce(link_next, '') not in ('list', 'and', 'dash', 'to', 'or', 'part') and scale >= 1000
                then case when not regexp_matches(gap, cue('part_of_it')) then regexp_matches(gap, '^(?:[.;!?)]|$)') end
        end as closes,
        regexp_matches(gap, cue('foot_and_inches_close')) as stops,
    from numeral_details
),
final as (
    select
        own.* exclude (closes, stops),
        chains.* exclude (mention_id),
        following.mention_id as next_id,
        following.own_rule as own_rule_next,
        following.link_next as link_after_next,
        following.form as next_form,
        following.has_digits as next_has_digits,
        following.value * following.factor as next_value,
        following.factor as next_factor,
        following.scale as next_scale,
        following.magnitude as next_magnitude,
        following.own_unit as next_unit,
        following.is_ahead as next_is_ahead,
        following.noun as next_noun,
        following.per as next_per,
        following.comparator as next_comparator,
        following.closes as next_closes,
        following.stops as next_stops,
        previous.words_to_next as words_before,
        previous.own_rule as rule_before,
        previous.value as value_before,
        previous.own_unit as unit_before,
        previous.noun as noun_before,
        previous.measured as measured_before,
        previous.change as said_before,
        previous.is_after_from as was_after_from,
    from own
    inner join numeral_chains as chains using (mention_id)
    left join own as following on following.sentence_id = own.sentence_id and following.span_index = own.span_index + 1
    left join own as previous on previous.sentence_id = own.sentence_id and previous.span_index = own.span_index - 1
)

from final
