-- grain: one row per number that says how much of something
-- scope: document
-- Who can lend and who can take: is_giver has a unit or noun of its own that another number can share; is_taker has none
-- (takes_unit) or has a currency, yet no scale ("last year it was $50, this year 51 billion dollars").
with
amounts as (
    select
        mention_id, details.document_id, details.turn_id, sentence_id, details.sentence_index, details.span_index, details.language,
        details.form, details.value, details.scale, details.factor, details.has_digits, details.has_plural, details.is_ahead,
        details.own_unit, details.unit_kind, details.noun, details.noun_lemma, details.per, details.link_next,
        details.is_step, pairs.chain, pairs.link_before,
        details.own_unit is null and details.noun is null as takes_unit,
        details.magnitude / coalesce(details.scale, 1) as size,
        coalesce(details.link_next in ('dash', 'to', 'and', 'or') or pairs.link_before in ('dash', 'to', 'and', 'or'), false)
            as is_in_pair,
        -- "these two", "of the four": they stand for things, not for an amount
        coalesce(
            list_contains(getvariable('determiners'), contexts.words_left[-1])
            or contexts.words_left[-1] in ('all', 'both', 'other')
            -- but "revenue of 18.9 billion"
            or contexts.words_left[-1] = 'of' and coalesce(details.scale, 1) < 1e6
            or contexts.words_left[-1] = 'with' and contexts.words_left[-2] is distinct from 'compared', false
        ) as is_pronoun,
        regexp_matches(contexts.before, getvariable('harm_tail')) as is_harmed,
        -- "40 cases, five of them fatal"
        regexp_matches(contexts.after, cue('of_them')) as is_part,
        -- "the number of asylum seekers fell from 12,400 to 9,000"
        lower(regexp_extract(contexts.before, getvariable('counted_noun'), 1)) as counted_noun,
    from numeral_details as details
    inner join numeral_pairs as pairs using (mention_id, sentence_id)
    inner join numeral_contexts as contexts using (mention_id, sentence_id)
    where pairs.is_quantity
),
final as (
    select
        * exclude (has_plural, is_ahead),
        -- "two thirds of the chain's 412 stores"
        (form in ('cardinal', 'abbreviated', 'vague', 'several') or form = 'fraction' and link_next = 'part') and not has_plural
            and (takes_unit or unit_kind = 'money' and scale is null and value between 1 and 999) as is_taker,
        -- "a 45,000 capacity" counts nothing that another number could count too
        own_unit is not null
            or noun is not null and (has_plural or is_ahead or value <= 1 or list_contains(getvariable('plural_like'), noun))
                as is_giver,
    from amounts
)

from final
