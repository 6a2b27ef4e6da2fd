-- grain: one row per numeral, side and number of words beside it (1 to 6)
-- scope: document
-- The phrases that lexicons are joined on. On the left, an article between hedge and number is passed over ("about a
-- hundred", "nearly another 50").
with
sides as (
    select
        mention_id,
        language,
        words_right[1:6] as right_words,
        case when words_left[-1] in ('a', 'an', 'another', 'minus', 'negative')
            then words_left[-7:-2] else words_left[-6:] end as left_words,
        cast(words_left[-1] in ('a', 'an', 'another', 'minus', 'negative') as int) as passed,
    from numeral_contexts
),
steps as (
    select *, unnest([1, 2, 3, 4, 5, 6]) as words from sides
),
final as (
    select mention_id, language, 'right' as side, words, array_to_string(right_words[1:words], ' ') as phrase
    from steps
    where words <= len(right_words)
    union all
    select mention_id, language, 'left' as side, words + passed as words, array_to_string(left_words[-words:], ' ') as phrase
    from steps
    where words <= len(left_words)
)

from final
