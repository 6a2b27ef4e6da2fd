-- grain: one row per numeral with a hedge beside it
-- scope: document
-- "more than 50", "50 or so", "10 or more years", "at or below 3 percent": the longest phrase of the lexicon on each side; one
-- behind the number decides. hedge_length reaches back from the number to where the hedge on the left begins.
with
keyed as (
    select language, phrase, side, phrase_key(phrase) as key, comparator, low_factor, high_factor
    from lexicon.hedge
),
on_left as (
    select
        contexts.mention_id, keyed.* exclude (language), phrases.words as hedge_words,
        length(array_to_string(pieces_before(contexts.before)[-phrases.words :], '')) as hedge_length,
    from numeral_phrases as phrases
    inner join keyed on keyed.key = phrases.phrase and keyed.side = 'left' and keyed.language = phrases.language
    inner join numeral_contexts as contexts using (mention_id)
    left join numeral_units as units using (mention_id)
    where phrases.side = 'left'
        -- "talk about three things"
        -- "от 10 до 15": a range
        and not (list_contains(getvariable('range_hedges'), keyed.key)
            and (list_has_any(contexts.words_left[-6:-3], getvariable('from_words'))
                or coalesce(list_has_any(contexts.words_right[1:4], getvariable('range_hedges')), false)))
        -- "$5 million over four years": a span, no bound
        and not (keyed.key = 'over' and coalesce(units.unit_kind = 'duration', false) and units.unit_note is distinct from 'age'
            and (contexts.is_hyphenated or not list_contains(getvariable('before_over'),
                coalesce(contexts.words_left[-(phrases.words + 1)], ''))
                and not regexp_matches(substr(contexts.after, units.unit_length + 1),
                    '^(?: ago| earlier| later| now| before| since| old|''s?,? (?:of )?experience| of )')))
        -- "below the 21,500 mark", not "above the ten-year mean"
        and not (ends_with(keyed.key, ' the') and not regexp_matches(contexts.after, '^[^.,;]{0,14}\b(?:mark|level|threshold|barrier|limit|ceiling|line|target|floor|cap)\b'))
        -- "Over five days of driving": how long, not longer than
        and not (keyed.key = 'over' and coalesce(units.unit_kind = 'duration', false) and contexts.words_left[-2] is null
            and not regexp_matches(substr(contexts.after, units.unit_length + 1), '^ (?:ago|old)\b'))
        -- "slid past 160", not "half past six"
        and not (keyed.key = 'past' and not coalesce(list_contains(getvariable('direction_words'), contexts.words_left[-2]), false))
        -- "served under five presidents"
        and not (keyed.key = 'under' and units.mention_id is null and coalesce(contexts.words_left[-2] in ('served', 'serve', 'serving', 'serves', 'worked', 'lived', 'survived'), false))
        -- "walked out over a 4.5% offer"
        and not (keyed.key in ('over', 'under', 'above', 'below') and contexts.words_left[-1] in ('a', 'an')
            and units.mention_id is not null)
        -- "will go up to $15 an hour"
        and not (keyed.key = 'up to' and coalesce(list_contains(getvariable('movement_words'), contexts.words_left[-(phrases.words + 1)]), false))
        -- "снизилась до 7 процентов", "Vertrag über 3 Millionen"
        and not (list_contains(getvariable('limit_hedges'), keyed.key)
            and coalesce(list_has_any(contexts.words_left[-(phrases.words + 6) : -(phrases.words + 1)], getvariable('directions')[contexts.language]), false))
        and not (list_contains(getvariable('worth_hedges'), keyed.key)
            and coalesce(list_contains(getvariable('worth_nouns'), contexts.words_left[-(phrases.words + 1)]), false))
        -- "higher than five years ago" compares, "more than five years ago" bounds
        and not (ends_with(keyed.key, 'er than') and keyed.key not in ('fewer than')
            and coalesce(units.unit_kind = 'duration', false)
                and regexp_matches(substr(contexts.after, units.unit_length + 1), '^ (?:ago|earlier|before)\b'))
        and not (keyed.key = 'about' and coalesce(list_contains(getvariable('about_words'),
            contexts.words_left[-(phrases.words + 1)]), false))
    qualify row_number() over (partition by contexts.mention_id order by phrases.words desc) = 1
),
behind as (
    select
        contexts.mention_id,
        contexts.language,
        unnest([1, 2, 3, 4]) as words,
        array_to_string(contexts.words_right[coalesce(units.unit_words, 0) + 1 :][1:words], ' ') as phrase,
    from numeral_contexts as contexts
    left join numeral_units as units using (mention_id)
    where contexts.hedge_right_at_once is null
    union all
    select mention_id, language, 3 as words, hedge_right_at_once as phrase
    from numeral_contexts
    where hedge_right_at_once is not null
),
on_right as (
    select behind.mention_id, behind.words, keyed.* exclude (language)
    from behind
    inner join keyed on keyed.key = behind.phrase and keyed.side = 'right' and keyed.language = behind.language
    inner join numeral_contexts as contexts using (mention_id)
    left join numeral_units as units using (mention_id)
    -- "42 million euros plus add-ons"
    where not (keyed.key = 'plus' and not contexts.is_hyphenated and case
            when contexts.hedge_right_at_once is null then coalesce(regexp_matches(contexts.words_right[coalesce(units.unit_words, 0) + 2], '^\pL'), false)
            else coalesce(units.is_ahead and regexp_matches(contexts.words_right[1], '^\pL'), false) end)
        -- "for twelve years and under three ministers"
        and not (starts_with(keyed.key, 'and ') and coalesce(regexp_matches(contexts.words_right[coalesce(units.unit_words, 0) + behind.words + 1], '^(?:\d|[$£€]|two$|three$|four$|five$|six$|seven$|eight$|nine$|ten$)'), false))
    qualify row_number() over (partition by behind.mention_id order by behind.words desc) = 1
),
final as (
    select
        mention_id,
        on_left.phrase as hedge_left,
        on_left.hedge_length,
        on_left.hedge_words,
        on_right.phrase as hedge_right,
        coalesce(on_right.comparator, on_left.comparator) as comparator,
        cast(case when on_right.phrase is null then on_left.low_factor else on_right.low_factor end as double) as low_factor,
        cast(case when on_right.phrase is null then on_left.high_factor else on_right.high_factor end as double) as high_factor,
    from on_left
    full join on_right using (mention_id)
)

from final
