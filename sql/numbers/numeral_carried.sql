-- grain: one row per number that takes its unit, noun, rate or scale from another number
-- scope: document
-- "from 6 to 5.7 percent", "5, 6 and 7 million people" (said once for all: way chain); "last year it was 50, this year 51
-- billion dollars" (way sentence); the sentence before (way before); a bare "350 million" after euros further up (way
-- document). Only like sizes lend; a scale from another sentence goes only to figures, and to neither end of a pair.
with
quantities_read as (
    select
        details.*, pairs.chain, pairs.low, pairs.link_before,
        details.magnitude / coalesce(details.scale, 1) as size,
        coalesce(details.link_next in ('dash', 'to', 'and', 'or') or pairs.link_before in ('dash', 'to', 'and', 'or'), false) as is_in_pair,
        -- "these two", "of the four": they stand for things, not for an amount
        coalesce(list_contains(getvariable('determiners'), contexts.words_left[-1])
            -- "revenue of 18.9 billion" is an amount
            or contexts.words_left[-1] = 'of' and coalesce(details.scale, 1) < 1e6 or contexts.words_left[-1] in ( 'all', 'both', 'other') or contexts.words_left[-1] = 'with' and contexts.words_left[-2] is distinct from 'compared', false) as is_pronoun,
        regexp_matches(contexts.before, getvariable('harm_tail')) as is_harmed,
        -- "40 cases, five of them fatal"
        regexp_matches(contexts.after, '^ of (?:them|these|those|which|whom)\b') as is_part,
        -- "the number of asylum seekers fell from 12,400 to 9,000"
        lower(regexp_extract(contexts.before, getvariable('counted_noun'), 1)) as counted_noun,
    from numeral_details as details
    inner join numeral_pairs as pairs using (mention_id)
    inner join numeral_contexts as contexts using (mention_id)
    where pairs.is_quantity
),
takers as (
    select *, own_unit is null and noun is null as takes_unit,
    from quantities_read
    -- "two thirds of the chain's 412 stores"
    where (form in ('cardinal', 'abbreviated', 'vague', 'several') or form = 'fraction' and link_next = 'part') and not has_plural
        and (own_unit is null and noun is null or unit_kind = 'money' and scale is null and value between 1 and 999)
),
givers as (
    -- "a 45,000 capacity" counts nothing that another number could count too
    select * from quantities_read where own_unit is not null or noun is not null and (has_plural or is_ahead or value <= 1 or list_contains(getvariable('plural_like'), noun))
),
-- one step a CTE: nested aliases would multiply the plan
met as (
    select
        takers, givers,
        case
            when givers.sentence_id <> takers.sentence_id then 'before'
            when givers.chain = takers.chain then 'chain'
            else 'sentence'
        end as way,
    from takers
    inner join givers
        on givers.turn_id = takers.turn_id
        and givers.sentence_index between takers.sentence_index - 1 and takers.sentence_index
        and givers.mention_id <> takers.mention_id
    where takers.takes_unit or takers.link_next = 'hanging' or (givers.own_unit = takers.own_unit and givers.scale >= 1000000)
),
lent as (
    select
        *,
        case
            when takers.scale is not null or takers.value not between 1 and 999 or takers.per is not null then null
            when way <> 'chain' and (takers.is_in_pair or not takers.has_digits) or way = 'before' and takers.value < 10 then null
            when givers.scale >= 1000 and givers.size / takers.value between 0.5 and 2 then givers.scale
            -- "$10-, $20-, $30,000"
            when takers.link_next = 'hanging' and way = 'chain' and givers.value >= 1000 and givers.value % 1000 = 0 then 1000
        end as lent_scale,
    from met
),
compared as (
    select *, givers.value / nullif(takers.value * coalesce(lent_scale, 1), 0) as ratio from lent
),
near as (
    select
        takers.mention_id as mention_id,
        way,
        takers.takes_unit as takes_unit,
        givers.own_unit as own_unit, givers.unit_kind as unit_kind, givers.factor as factor, givers.noun_lemma as noun_lemma,
        case when givers.unit_kind = 'money' and way <> 'before' then givers.per end as per,
        lent_scale,
        abs(givers.span_index - takers.span_index) + case when givers.span_index < takers.span_index then 0.5 else 0 end as distance,
        case
            -- "weakened past 20.5 per dollar"
            when takers.per is not null and givers.unit_kind in ('percent', 'percentage_point') then false
            when takers.is_part then way <> 'before' and (givers.own_unit is null or givers.unit_kind = 'duration') and givers.span_index < takers.span_index and ratio >= 1
            -- "down 3.7 percent from 84,181"
            when way = 'chain' and givers.unit_kind in ('percent', 'percentage_point') and givers.is_step and takers.link_before = 'from' then false
            when way = 'chain' then coalesce(takers.link_next = 'part', false) or not coalesce(givers.link_next = 'part', false)
            -- "killed 13 soldiers and wounded 200"
            when takers.is_harmed then way = 'sentence' and givers.own_unit is null and givers.span_index < takers.span_index
            when takers.is_pronoun then false
            -- "hundreds fled": people, most likely, but nothing said
            when takers.form = 'vague' then false
            -- "paid 980 million ... the tax of 10 million euros"
            when takers.scale >= 1e6 and givers.unit_kind = 'money' then ratio between 0.001 and 1000
            when ratio between 0.5 and 2 and takers.value * coalesce(lent_scale, 1) > 9 then true
            when not takers.takes_unit then false
            -- "seven hours; soon it will take four and a half"
            when not takers.has_digits then way = 'sentence' and not givers.has_digits and givers.own_unit is not null
                and givers.span_index < takers.span_index and ratio between 0.3 and 3
            when givers.unit_kind in ('percent', 'percentage_point') then ratio between 0.1 and 10
            else takers.value > 9 and givers.span_index < takers.span_index + 1000 * cast(way = 'before' as int)
                and ratio between case way when 'before' then 0.25 else 0.1 end and case way when 'before' then 4 else 10 end
        end as is_like,
    from compared
),
counted as (
    select mention_id, 'counted' as way, singular(counted_noun) as noun_lemma
    from takers
    where takes_unit and counted_noun <> '' and not is_pronoun and counted_noun not in (select key from lexicon.unit_key where unit_key.language = takers.language)
),
nearest as (
    select * from near
    where coalesce(is_like, false) and (takes_unit or lent_scale is not null) and (way = 'chain' or mention_id not in (select mention_id from counted))
    qualify row_number() over (
        partition by mention_id
        order by (way = 'chain') desc, (lent_scale is not null and way = 'sentence') desc, (way = 'before'), (lent_scale is not null) desc, distance
    ) = 1
),
-- the last amount of money before, for millions of nothing
money_before as (
    select takers.mention_id, 'document' as way, true as takes_unit, givers.own_unit, givers.unit_kind, givers.factor, givers.noun_lemma, null as per, null as lent_scale,
    from takers
    anti join nearest using (mention_id)
    anti join counted using (mention_id)
    inner join givers
        on givers.document_id = takers.document_id
        and givers.sentence_index between takers.sentence_index - 10 and takers.sentence_index
        and givers.unit_kind = 'money' and givers.scale >= 1000000
    where takers.takes_unit and takers.scale >= 1000000 and takers.form = 'cardinal' and not takers.is_pronoun
    qualify row_number() over (partition by takers.mention_id order by givers.sentence_index desc, givers.span_index desc) = 1
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
    from (from nearest select mention_id, way, takes_unit, own_unit, unit_kind, factor, noun_lemma, per, lent_scale union all from money_before
        union all select mention_id, way, true, null, null, 1, noun_lemma, null, null from counted anti join nearest using (mention_id))
)

from final
