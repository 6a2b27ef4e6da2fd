-- grain: one row per numeral with a word of direction beside it
-- scope: document
-- What rose or fell: a word before the number goes before one behind it, and only it tells whether the number is a step or a
-- result.
with
final as (
    select
        mention_id,
        coalesce(words_before.change, words_behind.change) as change,
        words_before.change_word,
        words_before.change_word is not null and words_before.is_result as is_result,
        words_before.change_word is not null and words_before.is_step as is_step,
        words_before.change_word is not null and words_before.is_start as is_start,
    from numeral_changes_before as words_before
    full join numeral_changes_behind as words_behind using (mention_id)
)

from final
