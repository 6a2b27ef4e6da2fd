-- grain: one row per number that a later one of the sentence moves to, or moved from
-- scope: document
-- "grew from 3 billion in 2019 to 5 billion" (pair change: first what it was), "41 percent by 5pm, down from 43" (base: what it was
-- stands last), "up 16 percent in 2023 to 9,615" (step: by how much, then to where), "$4.10 a gallon, up 12 cents" (growth). Words and dates may stand between;
-- numeral_pairs has what stands side by side. next_id is the other number.
with
amounts as (
    select
        details.mention_id, details.sentence_id, details.span_index, details.change,
        details.is_step or details.form = 'multiple_verb' as is_step,
        details.own_unit, details.noun_lemma, details.unit_kind, details.value * details.factor as size,
        details.number_start, greatest(details.unit_end, coalesce(details.noun_end, 0), coalesce(details.rate_end, 0)) as words_end,
        -- the word before the number and its hedge, without an article
        list_filter(contexts.words_left[-5 - coalesce(hedges.hedge_words, 0) : -1 - coalesce(hedges.hedge_words, 0)],
            lambda word: not among(word, 'the a an its their his her our')) as words_before,
        words_before[-1] as word_before,
        pairs.pair,
        lag(pairs.pair) over (partition by details.sentence_id order by details.span_index) as pair_before,
    from numeral_details as details
    inner join numeral_contexts as contexts using (mention_id)
    inner join numeral_pairs as pairs using (mention_id)
    left join numeral_hedges as hedges using (mention_id)
    -- "up by 14 points in six years, to 42 percent": how long it took stands between, too
    where pairs.is_quantity and details.unit_kind is distinct from 'duration'
),
placed as (
    select
        *,
        pair is null and pair_before is null as is_single,
        word_before = 'from' or word_before = 'than' and among(words_before[-2], 'higher lower up down more less') as is_base,
        word_before = 'to' and lag(is_step and change is not null) over sentence as follows_step,
        lag(mention_id) over sentence as one_back,
        lag(mention_id, 2) over sentence as two_back,
    from amounts
    window sentence as (partition by sentence_id order by span_index)
),
candidates as (
    select 1 as steps_back, earlier, later
    from placed as later
    inner join placed as earlier on earlier.mention_id = later.one_back
    union all
    -- "81,000 lives in 2023, down 3.7 percent from 84,181": by how much stands between
    select 2 as steps_back, earlier, later
    from placed as later
    inner join placed as step on step.mention_id = later.one_back and step.change is not null and step.is_step
    inner join placed as earlier on earlier.mention_id = later.two_back
),
judged as (
    select
        earlier.mention_id as mention_id,
        later.mention_id as next_id,
        steps_back,
        substr(sentences.text, earlier.words_end + 1, later.number_start - earlier.words_end) as between_them,
        case
            when later.is_base and not earlier.is_base and not coalesce(earlier.is_step, false) then 'base'
            when steps_back = 1 and earlier.word_before = 'from' and later.word_before = 'to' then 'change'
            when steps_back = 1 and later.word_before = 'to' and earlier.is_step and earlier.change is not null
                and regexp_matches(between_them, ', to (?:[a-z]+ ){0,3}$|^ (?:in|on|over|during|since|by|for|this|last|from) [^,;]{1,30} to (?:[a-z]+ ){0,3}$')
                then 'step'
            -- "was down a third of a cent at $1.2971"
            when steps_back = 1 and later.word_before = 'at' and earlier.is_step and earlier.change is not null
                and coalesce(later.noun_lemma, 'point') = 'point' and regexp_matches(between_them, '^ (?:higher |lower )?at (?:[a-z]+ )?$')
                then 'step'
            when steps_back = 1 and earlier.change is null and later.is_step and later.change is not null
                and (later.unit_kind in ('percent', 'percentage_point') or later.own_unit = earlier.own_unit or later.noun_lemma = 'point')
                and regexp_matches(between_them, ', (?:up|down|(?:an?|its) (?:increase|rise|gain|jump|drop|fall|decline|decrease) of)(?: (?:by|almost|nearly|about|around|roughly|over|more than|some|just))* ?$')
                then 'growth'
        end as pair,
        coalesce(earlier.own_unit, earlier.noun_lemma) = coalesce(later.own_unit, later.noun_lemma)
            or later.own_unit is null and later.noun_lemma is null or earlier.own_unit is null and earlier.noun_lemma is null as is_same_thing,
        earlier.size / nullif(later.size, 0) between 0.02 and 50 as is_like,
        earlier.change is not null or earlier.follows_step
            or regexp_matches(between_them, '\b(?:up|down|higher|lower|increase|decrease|rise|drop|decline|fall)\b') as is_moving,
    from candidates
    inner join sentences on sentences.sentence_id = earlier.sentence_id
    where earlier.is_single and later.is_single
),
final as (
    select mention_id, next_id, pair
    from judged
    where pair is not null and (pair in ('step', 'growth') or is_same_thing and is_like) and (pair <> 'base' or is_moving)
        and length(between_them) < 90 and not regexp_matches(between_them, '[;!?]|\. ')
    qualify row_number() over (partition by next_id order by pair = 'growth', steps_back desc) = 1
        and row_number() over (partition by mention_id order by pair = 'growth', steps_back) = 1
)

from final
