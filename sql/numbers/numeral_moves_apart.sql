-- grain: one row per number that a later one of the sentence moves to, or moved from
-- scope: document
-- "grew from 3 billion in 2019 to 5 billion" (pair change: first what it was), "41 percent by 5pm, down from 43" (base: what it was
-- stands last), "up 16 percent in 2023 to 9,615" (step: by how much, then to where), "$4.10 a gallon, up 12 cents" (growth).
-- Words and dates may stand between; numeral_pairs has what stands side by side. next_id is the other number.
with
candidates as (
    select 1 as steps_back, earlier, later
    from numeral_change_parts as later
    inner join numeral_change_parts as earlier on earlier.mention_id = later.one_back
    union all
    -- "81,000 lives in 2023, down 3.7 percent from 84,181": by how much stands between
    select 2 as steps_back, earlier, later
    from numeral_change_parts as later
    inner join numeral_change_parts as step on step.mention_id = later.one_back and step.is_said_step
    inner join numeral_change_parts as earlier on earlier.mention_id = later.two_back
),
asked as (
    select
        earlier.mention_id as mention_id,
        later.mention_id as next_id,
        steps_back,
        substr(sentences.text, earlier.words_end + 1, later.number_start - earlier.words_end) as between_them,
        length(between_them) < 90 and not regexp_matches(between_them, '[;!?]|\. ') as is_near,
        later.is_base and not earlier.is_base and not earlier.is_step as is_to_base,
        earlier.is_after_from and later.is_after_to as is_from_to,
        -- "up 16 percent in 2023 to 9,615"
        earlier.is_said_step and later.is_after_to and regexp_matches(between_them, cue('apart_to')) as is_step_to,
        -- "was down a third of a cent at $1.2971"
        earlier.is_said_step and later.is_after_at and coalesce(later.noun_lemma, 'point') = 'point'
            and regexp_matches(between_them, cue('apart_at')) as is_step_at,
        -- "$4.10 a gallon, up 12 cents"
        earlier.change is null and later.is_said_step
            and (later.unit_kind in ('percent', 'percentage_point') or later.noun_lemma = 'point'
                or later.own_unit = earlier.own_unit)
            and regexp_matches(between_them, cue('apart_up')) as is_growth,
        coalesce(earlier.own_unit, earlier.noun_lemma) = coalesce(later.own_unit, later.noun_lemma)
            or later.own_unit is null and later.noun_lemma is null
            or earlier.own_unit is null and earlier.noun_lemma is null as is_same_thing,
        earlier.size / nullif(later.size, 0) between 0.02 and 50 as is_of_like_size,
        earlier.change is not null or earlier.follows_step or regexp_matches(between_them, cue('moving')) as is_moving,
    from candidates
    inner join sentences on sentences.sentence_id = earlier.sentence_id
    where earlier.is_single and later.is_single
),
paired as (
    select
        *,
        case
            when is_to_base then case when is_moving and is_same_thing and is_of_like_size then 'base' end
            when steps_back = 2 then null
            when is_from_to then case when is_same_thing and is_of_like_size then 'change' end
            when is_step_to or is_step_at then 'step'
            when is_growth then 'growth'
        end as pair,
    from asked
    where is_near
),
final as (
    select mention_id, next_id, pair
    from paired
    where pair is not null
    qualify row_number() over (partition by next_id order by pair = 'growth', steps_back desc) = 1
        and row_number() over (partition by mention_id order by pair = 'growth', steps_back) = 1
)

from final
