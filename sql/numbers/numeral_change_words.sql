-- grain: one row per numeral
-- scope: document
-- The nearest word of direction before a numeral (word), the words between (between_words) and what they say of it; the nearest
-- words of all (nearest, second). numeral_changes_before decides whether the word is meant.
with
placed as (
    select
        *,
        backwards[1] as nearest,
        backwards[2] as second,
        backwards[word_at] as word,
        backwards[word_at + 1] as word_ahead,
        backwards[1:word_at] as between_words,
        list_filter(backwards[3:6], lambda word: list_contains(getvariable('direction_words'), word))[1] as verb,
    from numeral_change_sides
),
asked as (
    select
        *,
        list_has_any(between_words, ['by']) as is_by,
        list_has_any(between_words, ['to']) as is_result,
        -- "BHP put on 61 cents", "gave up 11p"
        has_unit and nearest = 'on' and list_contains(role_words('put_verb'), second) as is_put_on,
        has_unit and nearest = 'up' and list_contains(role_words('give_verb'), second) as is_given_up,
        coalesce(nearest in ('on', 'up')
            and (list_contains(role_words('put_verb'), second) or list_contains(role_words('give_verb'), second)), false) as is_put,
        -- "lost 9,400 hours"
        word_at = 1 and list_contains(role_words('lose_verb'), nearest) as is_lost,
        -- "five months in a row", "five months running"
        is_span and (rest[1] = 'in' and rest[2] = 'a' and rest[3] = 'row' or rest[1] in ('running', 'straight')) as is_in_a_row,
        -- "closed up 2 percent" rose, "set up 15 hubs" did not
        is_percent and regexp_matches(word_ahead, cue('market_verb')) as is_market_report,
        case word
            when 'up' then list_contains(getvariable('up_verbs'), word_ahead)
            when 'down' then list_contains(getvariable('down_verbs'), word_ahead)
        end as is_part_of_verb,
        -- "down from 43": what it was does not change
        coalesce(nearest = 'from' or second = 'from' and nearest in ('the', 'a', 'an', 'its'), false) as is_start,
    from placed
),
final as (
    select
        * exclude (is_put, word_ahead),
        -- "rose 45 cents to $71": by how much, not from where
        coalesce(word_at = 1 and not is_passed or is_by or is_put, false) as is_step,
    from asked
)

from final
