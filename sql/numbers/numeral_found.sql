-- grain: one row per numeral
-- scope: document
-- What was found beside each numeral in one row, as plain values: unit, hedge, noun, rate, change.
with
-- "23 consecutive dry days", "200 fewer tonnes": a unit though an adjective stands before it, and so no noun
counted as (
    select
        mention_id, nouns.has_plural,
        known.unit, known.kind, known.factor,
        case when known.unit is not null then nouns.noun end as unit_text,
        case when known.unit is not null then nouns.noun_length end as unit_length,
        case when known.unit is null then nouns.noun end as noun,
        case when known.unit is null then nouns.noun_length end as noun_length,
        case when known.unit is null then coalesce(lemmas.sign_lemma, nouns.noun_lemma) end as noun_lemma,
    from numeral_nouns as nouns
    inner join numeral_spans as spans using (mention_id)
    left join lexicon.unit_key as known
        on known.key = nouns.noun and known.language = spans.language and known.position = 'after' and nouns.has_plural
        and (known.kind = 'duration' or known.kind = 'measure' and regexp_matches(spans.after, cue('fewer_behind')))
    left join numeral_lemmas as lemmas using (mention_id)
),
-- "sales doubled", "will double"
doubled as (
    select
        mention_id,
        case
            when values.form = 'multiple_verb' then case when values.value < 1 then 'down' else 'up' end
            when among(values.body, 'double triple quadruple treble') and regexp_matches(spans.before, cue('will_tail')) then 'up'
        end as change,
    from numeral_spans as spans
    inner join numeral_values as values using (language, surface)
),
final as (
    select
        mention_id,
        spans.language, spans.sentence_id, spans.turn_id, spans.document_id, spans.sentence_index, spans.span_index,
        spans.surface as numeral, spans.number_start, spans.number_end, spans.gap, spans.text_to_next,
        case when signs.is_one and forms.form = 'vague' then 'cardinal' else forms.form end as form,
        forms.body, forms.has_digits, forms.value * rules.sign as value, forms.value_to, forms.scale, forms.magnitude,
        coalesce(units.unit, counted.unit) as own_unit,
        coalesce(units.unit_kind, counted.kind) as unit_kind,
        coalesce(units.unit_text, counted.unit_text) as unit_text,
        units.unit_doubt,
        coalesce(units.factor, counted.factor, 1) as factor,
        coalesce(units.is_ahead, false) as is_ahead,
        spans.number_end + coalesce(units.unit_length, counted.unit_length, 0) as unit_end,
        hedges.hedge_left, hedges.hedge_right, hedges.comparator, hedges.low_factor, hedges.high_factor,
        spans.number_start - hedges.hedge_length as hedge_start,
        counted.noun, counted.noun_lemma,
        coalesce(counted.has_plural, false) as has_plural,
        spans.number_end + counted.noun_length as noun_end,
        coalesce(rates.per, signs.sign_per) as per,
        spans.number_end + rates.rate_length as rate_end,
        coalesce(changes.change, signs.sign_change, doubled.change) as change,
        changes.change_word,
        coalesce(changes.is_result, false) as is_result,
        coalesce(changes.is_step, false) as is_step,
        coalesce(changes.is_start, false) as is_start,
        rules.own_rule, rules.is_after_from, rules.is_after_between, rules.is_after_move,
    from numeral_spans as spans
    inner join numeral_values as forms using (language, surface)
    inner join numeral_rules as rules using (mention_id)
    inner join doubled using (mention_id)
    left join numeral_units as units using (mention_id)
    left join numeral_hedges as hedges using (mention_id)
    left join counted using (mention_id)
    left join numeral_rates as rates using (mention_id)
    left join numeral_changes as changes using (mention_id)
    left join numeral_signs as signs using (mention_id)
)

from final
