-- grain: one row per number that takes its unit, noun, rate or scale from elsewhere
-- scope: document
-- From another number of its sentence or the one before (numeral_lent says which way), else the noun named before it (way
-- counted), else the last amount of money further up, for millions of nothing (way document).
with
money_before as (
    select takers.mention_id, givers.own_unit, givers.unit_kind, givers.factor, givers.noun_lemma,
    from numeral_amounts as takers
    anti join numeral_lent using (mention_id)
    anti join numeral_counted_before using (mention_id)
    inner join numeral_amounts as givers
        on givers.document_id = takers.document_id
        and givers.sentence_index between takers.sentence_index - 10 and takers.sentence_index
        and givers.is_giver and givers.unit_kind = 'money' and givers.scale >= 1000000
    where takers.is_taker and takers.takes_unit and takers.scale >= 1000000 and takers.form = 'cardinal' and not takers.is_pronoun
    qualify row_number() over (partition by takers.mention_id order by givers.sentence_index desc, givers.span_index desc) = 1
),
taken as (
    select mention_id, way, takes_unit, own_unit, unit_kind, factor, noun_lemma, per, lent_scale from numeral_lent
    union all
    select mention_id, 'document', true, own_unit, unit_kind, factor, noun_lemma, null, null from money_before
    union all
    select mention_id, 'counted', true, null, null, 1, noun_lemma, null, null
    from numeral_counted_before
    anti join numeral_lent using (mention_id)
),
final as (
    select
        mention_id,
        way,
        case when takes_unit then own_unit end as carried_unit,
        case when takes_unit and own_unit is not null then unit_kind end as carried_kind,
        case when takes_unit then factor else 1 end as carried_factor,
        case when takes_unit then noun_lemma end as carried_noun,
        case when takes_unit then per end as carried_per,
        lent_scale,
    from taken
)

from final
