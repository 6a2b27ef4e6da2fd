-- grain: one row per numeral with a hedge before it
-- scope: document
-- The longest phrase of the lexicon that ends at the number ("more than 50", "at or below 3 percent") and says nothing else there.
-- hedge_length reaches back from the number to where the hedge begins.
with
found as (
    select
        contexts.mention_id, contexts.language, contexts.after, contexts.is_hyphenated, contexts.words_left, contexts.words_right,
        hedge.* exclude (language, side),
        phrases.words as hedge_words,
        length(array_to_string(pieces_before(contexts.before)[-phrases.words :], '')) as hedge_length,
        coalesce(contexts.words_left[-(phrases.words + 1)], '') as word_before,
        coalesce(contexts.words_left[-2], '') as second_word,
        contexts.words_left[-(phrases.words + 6) : -(phrases.words + 1)] as words_further_left,
        units.mention_id is not null as has_unit,
        coalesce(units.unit_kind = 'duration', false) as is_duration,
        units.unit_note,
        coalesce(substr(contexts.after, units.unit_length + 1), '') as behind_unit,
    from numeral_phrases as phrases
    inner join lexicon.hedge_key as hedge
        on hedge.key = phrases.phrase and hedge.side = 'left' and hedge.language = phrases.language
    inner join numeral_contexts as contexts using (mention_id)
    left join numeral_units as units using (mention_id)
    where phrases.side = 'left'
),
asked as (
    select
        *,
        -- "talk about three things"
        key = 'about' and list_contains(getvariable('about_words'), word_before) as is_subject,
        -- "от 10 до 15"
        list_contains(getvariable('range_hedges'), key) and (list_has_any(words_left[-6:-3], getvariable('from_words'))
            or coalesce(list_has_any(words_right[1:4], getvariable('range_hedges')), false)) as is_range,
        -- "$5 million over four years"; "for over four years" is more
        key = 'over' and is_duration and unit_note is distinct from 'age'
            and (is_hyphenated or not list_contains(getvariable('before_over'), word_before)
            and not regexp_matches(behind_unit, cue('than_behind'))) as is_span,
        -- "Over five days of driving": how long, not longer than
        key = 'over' and is_duration and second_word = '' and not regexp_matches(behind_unit, '^ (?:ago|old)\b') as is_span_ahead,
        -- "below the 21,500 mark", not "above the ten-year mean"
        ends_with(key, ' the') and not regexp_matches(after, cue('mark_behind')) as is_no_mark,
        -- "slid past 160", not "half past six"
        key = 'past' and not list_contains(getvariable('direction_words'), second_word) as is_time,
        -- "served under five presidents"
        key = 'under' and not has_unit and list_contains(role_words('serve_verb'), second_word) as is_rule_of_some,
        -- "walked out over a 4.5% offer"
        among(key, 'over under above below') and words_left[-1] in ('a', 'an') and has_unit as is_cause,
        -- "will go up to $15 an hour"
        key = 'up to' and list_contains(getvariable('movement_words'), word_before) as is_move,
        -- "снизилась до 7 процентов"
        list_contains(getvariable('limit_hedges'), key)
            and coalesce(list_has_any(words_further_left, getvariable('directions')[language]), false) as is_result,
        -- "Vertrag über 3 Millionen"
        list_contains(getvariable('worth_hedges'), key) and list_contains(getvariable('worth_nouns'), word_before) as is_worth,
        -- "higher than five years ago" compares, "more than five years ago" bounds
        ends_with(key, 'er than') and key <> 'fewer than' and is_duration
            and regexp_matches(behind_unit, '^ (?:ago|earlier|before)\b') as is_comparison,
    from found
),
final as (
    select mention_id, phrase, comparator, low_factor, high_factor, hedge_words, hedge_length,
    from asked
    where not (is_subject or is_range or is_span or is_span_ahead or is_no_mark or is_time or is_rule_of_some or is_cause or is_move
        or is_result or is_worth or is_comparison)
    qualify row_number() over (partition by mention_id order by hedge_words desc) = 1
)

from final
