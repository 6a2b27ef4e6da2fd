-- grain: one row per numeral
-- scope: document
-- What a numeral is to the next: range ("5 to 7"), change ("from 6 to 5.7"), correction ("6, or rather 5.7"), sum ("3 years, 6
-- months"), share ("one worker in 20"); and the final rule, since a neighbour can decide it ("March 20-24", "one or two").
with
neighbours as (
    select
        mention_id, sentence_id, span_index, own_rule, link_next, per,
        lead(per) over sentence as next_per, form, value, factor, scale, magnitude, own_unit, noun, is_ahead,
        has_plural, has_digits, change_word, is_step, is_result, comparator, is_after_from, is_after_between, is_after_move,
        lag(link_next) over sentence as link_before,
        lag(link_next, 2) over sentence as link_two_before,
        lag(link_next, 3) over sentence as link_three_before,
        lead(link_next) over sentence as link_after_next,
        lead(link_next, 2) over sentence as link_two_after,
        words_to_next,
        lag(words_to_next) over sentence as words_before,
        coalesce(lag(corrects_next) over sentence, false) as is_corrector,
        own_rule in ('unit', 'fraction', 'count', 'multiple') as is_amount,
        lead(own_rule) over sentence as own_rule_next,
        lead(mention_id) over sentence as next_id,
        lead(value * factor) over sentence as next_value,
        lead(form) over sentence as next_form,
        lead(magnitude) over sentence as next_magnitude,
        lead(scale) over sentence as next_scale,
        lead(factor) over sentence as next_factor,
        lead(own_unit) over sentence as next_unit,
        lead(noun) over sentence as next_noun,
        lead(is_ahead) over sentence as next_is_ahead,
        -- "700 billion." ends what was said, "700 billion people" does not, "700 billion of it" (null) is a part
        lead(case when scale >= 1000 then case
            when link_next in ('list', 'and', 'dash', 'to', 'or', 'part') or regexp_matches(gap, '^(?: \pL+){0,3} of (?:it|them|this|that|these|those|which|whom)\b') then null
            else regexp_matches(gap, '^(?:[.;!?)]|$)') end end) over sentence as next_closes,
        lead(regexp_matches(gap, '^(?:[.,;?!)]|$| (?:tall|and|in|but|now)\b)')) over sentence as next_stops,
        lead(comparator) over sentence as next_comparator,
        lead(has_digits) over sentence as next_has_digits,
        lag(value) over sentence as value_before,
        lag(own_unit) over sentence as unit_before,
        change,
        lag(change) over sentence as said_before,
        lag(change, 2) over sentence as said_two_before,
        lag(words_to_next, 2) over sentence as words_two_before,
        coalesce(own_unit, noun_lemma) as measured,
        lag(coalesce(own_unit, noun_lemma)) over sentence as measured_before,
        lag(own_rule) over sentence as rule_before,
        lag(noun) over sentence as noun_before,
        lag(change_word) over sentence as change_before,
        lag(is_after_from) over sentence as was_after_from,
    from numeral_details
    window sentence as (partition by sentence_id order by span_index)
),
chained as (
    select
        *,
        first_value(case when is_amount then mention_id end ignore nulls) over ahead as next_amount_id,
        first_value(case when is_amount then is_corrector end ignore nulls) over ahead as has_corrector,
        first_value(case when is_amount then coalesce(own_unit, '') end ignore nulls) over ahead as next_amount_unit,
        sum(case when link_before in ('dash', 'to', 'result', 'and', 'or', 'list', 'hanging', 'correction', 'official_correction', 'up_from', 'part')
            or link_before = 'from' and change_before is not null then 0 else 1 end) over sentence as chain,
    from neighbours
    window sentence as (partition by sentence_id order by span_index),
        ahead as (partition by sentence_id order by span_index rows between 1 following and unbounded following)
),
ruled as (
    select
        *,
        first_value(own_rule) over (partition by sentence_id, chain order by span_index) as first_rule,
        case
            -- "March 20-24", "Years 9, 10, 11 and 12": the others are what the first is
            when first_rule in ('month_day', 'date', 'after_name', 'name_prefix', 'time', 'label', 'abbreviated_label', 'year', 'age', 'score', 'telephone', 'code', 'quoted') and link_before in ('dash', 'to', 'list', 'and', 'or')
                and (own_unit is null or first_rule = 'age' and own_unit = 'a') and not has_plural
                -- "in 1961, two or three"
                and (has_digits or first_rule = 'label' or first_rule = 'year' and value < 10 and noun is null) and own_rule in ('count', 'unit', 'list_number', 'name_prefix', 'age')
                and comparator is null and scale is null and value < 10000 and (first_rule <> 'year' or value < 2151)
            then first_rule
            -- "Type <s>2</s> [1] diabetes"
            when link_before = 'official_correction' and rule_before not in ('unit', 'fraction', 'count', 'multiple') and own_unit is null then rule_before
            when own_rule = 'one_alone' and link_next in ('dash', 'to', 'or') and own_rule_next in ('count', 'unit') then 'count'
            -- "won 21-14": no range falls
            when own_rule = 'count' and own_unit is null and has_digits and comparator is null and scale is null
                and (link_next = 'dash' and value >= next_value and next_unit is null or link_before = 'dash' and value_before >= value and unit_before is null
                    or words_to_next = '-to-' and value >= next_value and next_unit is null or words_before = '-to-' and value_before >= value and unit_before is null) then 'score'
            -- "lost 6-7, 6-4, 3-6"
            when own_rule = 'count' and own_unit is null and noun is null and has_digits and comparator is null and scale is null and value < 31
                and (link_next = 'dash' and next_unit is null and next_noun is null and (link_after_next = 'list' and link_two_after = 'dash' or link_before = 'list' and link_two_before = 'dash')
                    or link_before = 'dash' and unit_before is null and (link_next = 'list' and link_after_next = 'dash' or link_two_before = 'list' and link_three_before = 'dash')) then 'score'
            -- "by three votes to two"
            when own_rule = 'count' and own_unit is null and scale is null and (link_next = 'to' and noun in ('vote', 'votes', 'judges', 'goals', 'sets', 'games', 'frames', 'legs', 'tries', 'rubbers') and value >= next_value and next_unit is null and next_noun is null
                or link_before = 'to' and noun_before in ('vote', 'votes', 'judges', 'goals', 'sets', 'games', 'frames', 'legs', 'tries', 'rubbers') and value_before >= value and noun is null) then 'score'
            -- "passed 218 to 207", "by 3 to 2": falls, and nothing is measured
            when own_rule = 'count' and own_unit is null and noun is null and comparator is null and scale is null and (change_word is null or change_word in ('down', 'up', 'lost', 'fell', 'slid') and has_digits and not is_after_from)
                and (link_next = 'to' and value >= next_value and next_unit is null and next_noun is null and own_rule_next = 'count' and not is_after_from
                    or link_before = 'to' and value_before >= value and unit_before is null and rule_before = 'count' and noun_before is null and (change_before is null or change_before in ('down', 'up', 'lost', 'fell', 'slid') and has_digits) and not was_after_from) then 'score'
            -- "all three- and four-year-olds"
            when own_rule_next = 'age' and link_next in ('list', 'hanging', 'or', 'to', 'dash', 'and') and own_rule = 'count' and own_unit is null and noun is null then 'age'
            -- 70–80-е годы
            when own_rule_next in ('ordinal', 'decade') and link_next = 'dash' and own_rule = 'count' and own_unit is null and noun is null then own_rule_next
            -- "between 8 and 12 July", "4-9 August"
            when own_rule_next = 'month_day' and link_next in ('dash', 'and', 'to', 'or', 'list') and own_rule = 'count' and own_unit is null and noun is null and has_digits and scale is null and value between 1 and 31 then 'month_day'
            -- "21-27 St Katharine's Street"
            when own_rule_next = 'street' and link_next = 'dash' and own_rule = 'count' then 'street'
            when own_rule_next in ('year') and link_next in ('dash', 'and', 'to', 'or') and own_rule = 'count' and value between 1500 and 2100 then 'year'
            else own_rule
        end as rule,
        -- a scale said once for both: "between five and seven million"; "14-, 15-, 16,000"
        case
            when next_is_ahead <> is_ahead then null
            -- "five and six hundred thousand", "four hundred, maybe four hundred and fifty million"
            when not has_digits and not next_has_digits and next_scale >= 1000 and coalesce(scale, 1) < 1000 and value < 10 * coalesce(scale, 1)
                and next_value / next_scale between 100 and 999 and coalesce(scale, 100) = 100
                and next_value / next_scale between value * 100 / coalesce(scale, 1) and 1000 then 100 * next_scale / coalesce(scale, 1)
            when scale is not null then null
            when next_scale is not null and next_scale >= 1000 and abs(value) < 1000 then next_scale
            when link_next = 'hanging' and abs(value) < 1000 and next_value % 1000 = 0 then 1000
        end as next_scale_said_once,
        case when link_next in ('dash', 'to', 'result', 'and', 'or', 'hanging') or link_next = 'list' and not has_digits and not next_has_digits and own_unit is null and noun is null
            and (next_value / next_scale = value + 1 or value >= 10 and next_value / next_scale_said_once between value and 1.25 * value) then next_scale_said_once end as scale_ahead,
    from chained
),
read as (
    select
        *,
        rule in ('unit', 'fraction', 'count', 'multiple') as is_quantity,
        coalesce(rule in ('unit', 'fraction', 'count') and own_rule_next in ('unit', 'fraction', 'count')
            and (own_unit is null and noun is null or own_unit = next_unit or noun = next_noun or own_unit is not null and next_unit is null and (next_noun is null or is_ahead)),
            false) as is_comparable,
        rule in ('unit', 'fraction', 'count', 'multiple') and coalesce(has_corrector, false) and link_next is distinct from 'correction'
            and next_amount_unit in ('', coalesce(own_unit, '')) as is_corrected_later,
        -- "lost 12.3 points, or 0.8 percent, to 1,512.4": what is said again in another unit keeps the direction
        coalesce(change, case when list_contains(getvariable('echo_links'), words_before) or words_before = ', or' and measured <> measured_before
            then coalesce(said_before, case when words_two_before = ', or' or list_contains(getvariable('echo_links'), words_two_before) then said_two_before end)
            -- "down 59 percent, 60 percent"; "by 500, 600, 1,000 percent"
            when words_before = ',' and (unit_before is null or own_unit = unit_before) and is_amount and noun_before is null
                then coalesce(said_before, case when words_two_before = ',' then said_two_before end)
            -- "output grew by 3 percent and exports by over 4 percent"
            when ends_with(words_before, ' by') and regexp_matches(words_before, '^(?:, )?(?:and|while|but|,) ') and own_unit is not null and unit_before = own_unit then said_before end) as change_said,
        value * factor * coalesce(scale_ahead, 1) * case when own_unit is null and not is_ahead then coalesce(next_factor, 1) else 1 end as low,
    from ruled
),
final as (
    select
        mention_id, sentence_id, span_index, rule, is_quantity, change_said, low, scale_ahead, next_value, link_next, link_before, chain,
        case when is_corrected_later then next_amount_id else next_id end as next_id,
        case
            when link_next = 'official_correction' or is_corrected_later then 'correction'
            -- "4.1 percent in May, up from 3.4"
            when link_next = 'up_from' and rule in ('unit', 'fraction', 'count') and own_rule_next in ('unit', 'fraction', 'count')
                and (coalesce(own_unit, next_unit, '') = coalesce(next_unit, own_unit, '') and low / nullif(next_value * coalesce(next_factor, 1), 0) between 0.02 and 50) then 'base'
            -- "dipped to 3.1 million units from 3.3 million"
            when link_next = 'from' and change_word is not null and is_result and noun is not null and next_unit is null and next_noun is null and own_rule_next = 'count' then 'base'
            -- "12 years and six months", "2 years, 3 months and 5 days"
            when case when link_next in ('and', 'list', 'nothing') and own_unit is not null and scale is null then rule = 'unit' and own_rule_next = 'unit' and words_to_next in ('and', ',', '', ', and')
                and not is_after_between and next_form in ('cardinal', 'one_and_half', 'article') and coalesce(link_before, '') not in ('to', 'dash') and value = floor(value) and factor = 1 and next_factor = 1 and next_comparator is null
                and next_value < getvariable('unit_parts')[own_unit || '/' || next_unit] else false end then 'sum'
            -- "six foot two"
            when case when own_unit = '[ft_i]' and next_unit is null and link_next = 'nothing' then next_noun is null and next_value < 12 and next_scale is null and own_rule_next = 'count' and next_stops else false end then 'sum'
            -- "three dollars twenty"
            when link_next = 'nothing' and own_unit is not null and length(own_unit) = 3 and factor = 1 and scale is null and not has_digits and not next_has_digits
                and own_unit = upper(own_unit) and next_unit is null and next_noun is null and next_value between 5 and 99 and own_rule_next = 'count' then 'sum'
            -- "1 billion, 250 million tonnes": said without a decimal and measured once; a third makes it a list
            when case when link_next in ('list', 'nothing') and scale >= 1e6 and next_scale >= 1000 then words_to_next in (',', '') and (has_digits or value > scale or link_next = 'nothing')
                and case when is_ahead then next_unit is null and next_noun is null and next_closes
                    else own_unit is null and noun is null and coalesce(next_unit, next_noun) is not null and not next_is_ahead and next_closes is not null end
                and next_value < scale and next_magnitude < 1000 * next_scale and next_scale * 1000 <= scale and value % scale = 0 and value / scale < 1000
                and next_comparator is null and coalesce(link_before, '') not in ('list', 'and') else false end then 'sum'
            -- "one worker in 20 is poor": a share of workers
            when link_next = 'share' and value = 1 and scale is null and own_unit is null and noun is not null and not has_plural and rule = 'count' and own_rule_next = 'count'
                and next_unit is null and next_noun is null and next_comparator is null and next_value between 2 and 1e6 and next_form = 'cardinal' then 'share'
            when not is_comparable then null
            when link_next = 'correction' then 'correction'
            -- "five dollars and fifty cents"
            when own_unit = next_unit and next_factor = 0.01 and factor = 1 and scale is null and link_next in ('and', 'nothing') then 'sum'
            when link_next = 'list' and own_unit = next_unit and comparator = '~' and next_comparator = '~' and low / next_value between 0.8 and 1.25 then 'restated'
            when link_next = 'to' and is_after_move then 'change'
            when link_next = 'to' and change_word is not null and (is_after_from or own_unit is not null and not is_step) then 'change'
            -- "rose to 9 from 8": the base stands behind
            when link_next = 'from' and change_word is not null and is_result and coalesce(own_unit, next_unit, '') = coalesce(next_unit, '') then 'base'
            -- "tens or even hundreds of thousands"
            when form = 'vague' and next_form = 'vague' and link_next in ('to', 'or') and low < next_value then 'range'
            when link_next = 'to' and is_after_from and low > next_value then 'change'
            when link_next = 'result' and is_after_from then 'change'
            when link_next = 'to' and (is_step and low < 0.3 * next_value or form = 'fraction' and next_form <> 'fraction' and low < 0.01 * next_value) then null
            -- "firmed 0.5% to 16.97 per dollar", "gave up 11p to 451p": by how much, and to where
            when link_next = 'to' and not is_after_from and own_unit is not null and (own_unit = next_unit and low < 0.1 * next_value * next_factor or next_per is not null and per is null and (is_step or own_unit <> next_unit)) then null
            -- "three, four months", "five, six million"
            when link_next = 'list' and words_to_next = ',' and not has_digits and not next_has_digits and own_unit is null and noun is null and coalesce(scale, 100) = 100
                and (next_value / coalesce(next_scale, 1) = value + 1 or value >= 10 and next_value between low and 1.25 * low)
                and link_before is distinct from 'list' and link_after_next is distinct from 'list' and coalesce(next_unit, next_noun, case when next_scale >= 1000 then 'scale' end) is not null then 'range'
            when link_next in ('dash', 'to') and low < next_value then 'range'
            when link_next = 'and' and is_after_between and low < next_value then 'range'
            when link_next = 'or' and own_unit is null and low < next_value and next_value <= 2.01 * low then 'range'
        end as pair,
    from read
)

from final
