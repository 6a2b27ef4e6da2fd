-- grain: one row per numeral
-- scope: document
-- What was found beside each numeral in one row, as plain values: unit, hedge, noun, rate, change, and the link to the next.
with
joined as (
    select
        spans.mention_id, spans.language, spans.sentence_id, spans.turn_id, spans.document_id, spans.sentence_index,
            spans.span_index,
        spans.surface as numeral, spans.number_start, spans.number_end, spans.gap, spans.text_to_next,
        case when signs.is_one and forms.form = 'vague' then 'cardinal' else forms.form end as form, forms.body, forms.has_digits, forms.value * rules.sign as value, forms.value_to, forms.scale, forms.magnitude,
        coalesce(units.unit, spans_of.unit) as own_unit, coalesce(units.unit_kind, spans_of.kind) as unit_kind, coalesce(units.unit_text, case when spans_of.unit is not null then nouns.noun end) as unit_text, units.unit_doubt,
        coalesce(units.factor, spans_of.factor, 1) as factor,
        coalesce(units.is_ahead, false) as is_ahead,
        spans.number_end + coalesce(units.unit_length, case when spans_of.unit is not null then nouns.noun_length end, 0)
            as unit_end,
        spans.number_start - hedges.hedge_length as hedge_start,
        hedges.hedge_left, hedges.hedge_right, hedges.comparator, hedges.low_factor, hedges.high_factor,
        case when spans_of.unit is null then nouns.noun end as noun, case when spans_of.unit is null then coalesce(lemmas.sign_lemma, nouns.noun_lemma) end as noun_lemma, coalesce(nouns.has_plural, false) as has_plural,
        case when spans_of.unit is null then spans.number_end + nouns.noun_length end as noun_end,
        coalesce(rates.per, signs.sign_per) as per,
        spans.number_end + rates.rate_length as rate_end,
        -- "sales doubled"; "will double"
        coalesce(changes.change, signs.sign_change, case when forms.form = 'multiple_verb' then case when forms.value < 1 then 'down' else 'up' end
            when forms.body in ('double', 'triple', 'quadruple', 'treble') and regexp_matches(spans.before, '(?i)\b(?:to|will|would|could|may|might|can|must|should|we|they|I)(?: (?:almost|nearly|more than|about|roughly|at least|even))? $') then 'up' end) as change, changes.change_word, coalesce(changes.is_result, false) as is_result, coalesce(changes.is_step, false) as is_step,
        coalesce(changes.is_start, false) as is_start,
        rules.own_rule, rules.is_after_from, rules.is_after_between, rules.is_after_move,
    from numeral_spans as spans
    inner join numeral_values as forms using (language, surface)
    inner join numeral_rules as rules using (mention_id)
    left join numeral_units as units using (mention_id)
    left join numeral_hedges as hedges using (mention_id)
    left join numeral_nouns as nouns using (mention_id)
    -- "23 consecutive dry days": a unit though an adjective stands before it
    left join lexicon.unit_key as spans_of on spans_of.key = nouns.noun and (spans_of.kind = 'duration' or spans_of.kind = 'measure' and regexp_matches(spans.after, '^ (?:fewer|less|extra|additional|further) [a-z]+\b'))
        and spans_of.position = 'after' and spans_of.language = spans.language and nouns.has_plural
    left join numeral_rates as rates using (mention_id)
    left join numeral_changes as changes using (mention_id)
    left join numeral_signs as signs using (mention_id)
    left join numeral_lemmas as lemmas using (mention_id)
),
-- one step a CTE: an alias that another alias uses is copied into it
measured as (
    select
        *,
        greatest(unit_end, coalesce(noun_end, 0)) - number_end as words_length,
        coalesce(lead(number_start - hedge_start) over (partition by sentence_id order by span_index), 0) as next_hedge_length,
    from joined
),
cut as (
    -- up to the hedge of the next: "from about 6 to about 5"
    select *, lower(trim(substr(gap, words_length + 1, greatest(0, length(gap) - words_length - next_hedge_length)))) as rest
    from measured
),
beside as (
    select
        *,
        length(rest) as rest_length,
        case when rest_length < 60 and (contains(rest, 'from') or contains(rest, 'than') or contains(rest, 'compared'))
            -- "4.1 percent in May, up from 3.4": what follows is what it was
            then regexp_extract(rest, cue('up_from'), 1) end as base_change,
        -- "6 percent last winter, or rather 5.7"
        contains(rest, 'r') and regexp_matches(rest, getvariable('far_correction')) as corrects_next,
        case when rest_length < 36 then case when contains(rest, '  ') then regexp_replace(rest, '\s+', ' ', 'g')
            else rest end end as words_to_next,
    from cut
),
final as (
    select
        beside.* exclude (text_to_next, rest, rest_length, words_length, next_hedge_length, base_change),
        case when contains(text_to_next, '[') and regexp_matches(text_to_next, getvariable('struck_before_bracket'))
            then 'official_correction' when words_to_next = '' then 'nothing'
            -- "narrowed to 3 percent of output from 4"
            when base_change <> '' then 'up_from'
            when words_to_next = ', from' or ends_with(words_to_next, ' from') and regexp_matches(words_to_next, '^[^,;:()]+ from$')
                then 'from'
            -- "14 of the index's 225 stocks", "two of the last five years"
            when noun_end is null and starts_with(words_to_next, 'of ')
                and regexp_matches(words_to_next,
                    '^of (?:the|its|his|her|their|our|those|these)(?: [\w''-]+){1,2}$|^of [\w.-]+''s?(?: [\w''-]+)?$') then 'part'
            -- "of 90 bridges, 17 are closed" lists nothing
            when links.link <> 'list' or noun_end is null then links.link end as link_next,
    from beside
    left join lexicon.number_link as links on links.language = beside.language and links.phrase = beside.words_to_next
        and links.link not in ('far_correction', 'echo')
)

from final
