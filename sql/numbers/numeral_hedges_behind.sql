-- grain: one row per numeral with a hedge behind it
-- scope: document
-- The longest phrase of the lexicon that begins at the number ("50 or so", "10 or more years") or behind its unit ("10 years or
-- more").
with
looks as (
    select
        contexts.mention_id, contexts.language, contexts.is_hyphenated, contexts.words_right, contexts.hedge_right_at_once,
        coalesce(units.unit_words, 0) as unit_words,
        coalesce(units.is_ahead, false) as is_unit_ahead,
    from numeral_contexts as contexts
    left join numeral_units as units using (mention_id)
),
phrases as (
    select *, unnest([1, 2, 3, 4]) as words, array_to_string(words_right[unit_words + 1 :][1:words], ' ') as phrase
    from looks
    where hedge_right_at_once is null
    union all by name
    select *, 3 as words, hedge_right_at_once as phrase
    from looks
    where hedge_right_at_once is not null
),
asked as (
    select
        phrases.mention_id, phrases.words,
        hedge.* exclude (language, side),
        -- "42 million euros plus add-ons": what is added
        hedge.key = 'plus' and not phrases.is_hyphenated and case
            when phrases.hedge_right_at_once is null then regexp_matches(phrases.words_right[phrases.unit_words + 2], '^\pL')
            else phrases.is_unit_ahead and regexp_matches(phrases.words_right[1], '^\pL')
        end as is_sum,
        -- "for twelve years and under three ministers": the next number's
        starts_with(hedge.key, 'and ')
            and regexp_matches(phrases.words_right[phrases.unit_words + phrases.words + 1], cue('number_behind')) as is_of_next,
    from phrases
    inner join lexicon.hedge_key as hedge
        on hedge.key = phrases.phrase and hedge.side = 'right' and hedge.language = phrases.language
),
final as (
    select mention_id, phrase, comparator, low_factor, high_factor, words,
    from asked
    where not coalesce(is_sum, false) and not coalesce(is_of_next, false)
    qualify row_number() over (partition by mention_id order by words desc) = 1
)

from final
