-- grain: one row per number that says how much, but for how long
-- scope: document
-- What it may be where a change is told over several numbers: what it was ("from 43", "higher than 43"), by how much ("rose 2"),
-- where it got to ("to 45", "at 45"). How long it took stands between, too: "up by 14 points in six years, to 42 percent".
with
amounts as (
    select
        details.mention_id, details.sentence_id, details.span_index, details.change,
        details.own_unit, details.noun_lemma, details.unit_kind, details.value * details.factor as size,
        details.number_start, details.words_end,
        details.is_step or details.form = 'multiple_verb' as is_step,
        -- the words before the number and its hedge, without articles
        coalesce(hedges.hedge_words, 0) as words_of_hedge,
        list_filter(contexts.words_left[-5 - words_of_hedge : -1 - words_of_hedge],
            lambda word: not among(word, 'the a an its their his her our')) as words_before,
        pairs.pair,
        lag(pairs.pair) over (partition by details.sentence_id order by details.span_index) as pair_before,
    from numeral_details as details
    inner join numeral_contexts as contexts using (mention_id)
    inner join numeral_pairs as pairs using (mention_id)
    left join numeral_hedges as hedges using (mention_id)
    where pairs.is_quantity and details.unit_kind is distinct from 'duration'
),
asked as (
    select
        * exclude (words_of_hedge, words_before, pair, pair_before),
        words_before[-1] as word_before,
        pair is null and pair_before is null as is_single,
        is_step and change is not null as is_said_step,
        word_before = 'from' as is_after_from,
        word_before = 'to' as is_after_to,
        word_before = 'at' as is_after_at,
        -- false, too, where no word stands before
        coalesce(is_after_from or word_before = 'than' and among(words_before[-2], 'higher lower up down more less'), false)
            as is_base,
    from amounts
),
final as (
    select
        * exclude (word_before),
        is_after_to and lag(is_said_step) over sentence as follows_step,
        lag(mention_id) over sentence as one_back,
        lag(mention_id, 2) over sentence as two_back,
    from asked
    window sentence as (partition by sentence_id order by span_index)
)

from final
