-- grain: one row per numeral with a unit beside it
-- scope: document
-- The unit with what the turn decides: whose dollar it is, and whether pounds are money.
with
localised as (
    select
        found.*,
        turns_own.unit as unit_here,
        turns_own.place,
        -- a million pounds is money; so are pounds where the country's money is called that
        found.unit = '[lb_av]' and found.currency_word = 'pound'
            and (contexts.scale >= 1000 or turns_own.unit is not null
                or regexp_matches(contexts.before, getvariable('money_words'))
                -- "thirty-seven pounds a week" are earned
                or regexp_matches(contexts.after, cue('pounds_a_week')) and not regexp_matches(contexts.before, cue('weighed')))
            and contexts.words_right[2] is distinct from 'of' as are_pounds_money,
    from numeral_units_found as found
    inner join numeral_contexts as contexts using (mention_id)
    left join turn_currencies as turns_own using (turn_id, currency_word)
),
final as (
    select
        mention_id, is_ahead, unit_text, unit_note, unit_words, unit_length, coalesce(factor, 1) as factor,
        case
            when are_pounds_money then coalesce(unit_here, 'GBP')
            when unit_kind = 'money' then coalesce(unit_here, unit)
            else unit
        end as unit,
        case when are_pounds_money then 'money' else unit_kind end as unit_kind,
        case when (are_pounds_money or unit_kind = 'money') and unit_here <> found.unit then 'which ' || currency_word
            || ' is not said: taken from ' || place end as unit_doubt,
    from localised as found
)

from final
