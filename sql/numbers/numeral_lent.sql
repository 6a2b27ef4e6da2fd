-- grain: one row per number that takes its unit, noun or scale from another of its sentence or of the sentence before
-- scope: document
-- Said once for all: "from 6 to 5.7 percent", "5, 6 and 7 million people" (way chain); "last year it was 50, this year 51 billion
-- dollars" (way sentence); the sentence before (way before). Only like sizes lend, the nearest first; a scale from another sentence
-- goes only to figures, and to neither end of a pair.
with
-- one step a CTE: nested aliases would multiply the plan
met as (
    select
        takers, givers,
        case when givers.sentence_id <> takers.sentence_id then 'before' when givers.chain = takers.chain then 'chain'
            else 'sentence' end as way,
    from numeral_amounts as takers
    inner join numeral_amounts as givers
        on givers.turn_id = takers.turn_id
        and givers.sentence_index between takers.sentence_index - 1 and takers.sentence_index
        and givers.mention_id <> takers.mention_id
    where takers.is_taker and givers.is_giver
        and (takers.takes_unit or takers.link_next = 'hanging' or givers.own_unit = takers.own_unit and givers.scale >= 1000000)
),
scaled as (
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
    select
        *,
        givers.value / nullif(takers.value * coalesce(lent_scale, 1), 0) as ratio,
        givers.span_index < takers.span_index as is_behind_giver,
        abs(givers.span_index - takers.span_index) + case when is_behind_giver then 0.5 else 0 end as distance,
    from scaled
),
judged as (
    select
        *,
        case
            -- "weakened past 20.5 per dollar"; "down 3.7 percent from 84,181"
            when givers.unit_kind in ('percent', 'percentage_point')
                and (takers.per is not null or way = 'chain' and givers.is_step and takers.link_before = 'from') then false
            when takers.is_part then way <> 'before' and is_behind_giver and ratio >= 1
                and (givers.own_unit is null or givers.unit_kind = 'duration')
            when way = 'chain' then coalesce(takers.link_next = 'part', false) or not coalesce(givers.link_next = 'part', false)
            -- "killed 13 soldiers and wounded 200"
            when takers.is_harmed then way = 'sentence' and givers.own_unit is null and is_behind_giver
            -- "hundreds fled": people, most likely, but nothing said
            when takers.is_pronoun or takers.form = 'vague' then false
            -- "paid 980 million ... the tax of 10 million euros"
            when takers.scale >= 1e6 and givers.unit_kind = 'money' then ratio between 0.001 and 1000
            when ratio between 0.5 and 2 and takers.value * coalesce(lent_scale, 1) > 9 then true
            when not takers.takes_unit then false
            -- "seven hours; soon it will take four and a half"
            when not takers.has_digits then way = 'sentence' and not givers.has_digits and givers.own_unit is not null
                and is_behind_giver and ratio between 0.3 and 3
            when givers.unit_kind in ('percent', 'percentage_point') then ratio between 0.1 and 10
            when way = 'before' then takers.value > 9 and givers.span_index < takers.span_index + 1000 and ratio between 0.25 and 4
            else takers.value > 9 and is_behind_giver and ratio between 0.1 and 10
        end as is_like,
    from compared
),
final as (
    select
        takers.mention_id as mention_id, way, takers.takes_unit as takes_unit, lent_scale,
        givers.own_unit as own_unit, givers.unit_kind as unit_kind, givers.factor as factor, givers.noun_lemma as noun_lemma,
        case when givers.unit_kind = 'money' and way <> 'before' then givers.per end as per,
    from judged
    where is_like and (takers.takes_unit or lent_scale is not null)
        and (way = 'chain' or takers.mention_id not in (select mention_id from numeral_counted_before))
    qualify row_number() over (
        partition by takers.mention_id
        order by way = 'chain' desc, lent_scale is not null and way = 'sentence' desc, way = 'before',
            lent_scale is not null desc, distance
    ) = 1
)

from final
