-- grain: one row per numeral with a unit beside it
-- scope: document
-- As the lexicons have it; numeral_units says whose dollar it is. The longest phrase wins. A currency's sign stands before the
-- number; a single letter counts only where it is glued to the number or a capital ("5g", "20 C"). unit_length is counted in code
-- points from the number's end.
with
behind as (
    select
        contexts.mention_id, phrases.words, known.unit, known.kind, known.factor, known.phrase, known.currency_word, known.note,
        trim(array_to_string(contexts.pieces_right[contexts.skipped + 1 : contexts.skipped + phrases.words], '')) as unit_text,
        length_of(contexts.pieces_right, contexts.skipped + phrases.words) as unit_length,
    from numeral_phrases as phrases
    inner join lexicon.unit_key as known on known.key = phrases.phrase and known.position = 'after'
        and known.language = phrases.language
    inner join numeral_contexts as contexts using (mention_id)
    where phrases.side = 'right'
        and (not regexp_matches(known.phrase, '^[A-Z]{3}$') or contains(contexts.after, known.phrase))
        -- "12 won": money only in large amounts
        and (known.note is distinct from 'large' or contexts.scale is not null or contexts.value >= 100)
        -- "cut rates five times" counts, "five times as much" multiplies
        and (known.phrase <> 'times' or regexp_matches(contexts.after, cue('times_than'))
            or list_contains(role_words('before_times'), contexts.words_left[-1]))
        and (known.note is distinct from 'figures' or contexts.has_digits and not contexts.is_hyphenated)
        and (known.note is distinct from 'glued' or contexts.is_glued and contexts.has_digits)
        and (length(known.phrase) > 1 or not regexp_matches(known.phrase, '^\pL') or contexts.is_glued
            or regexp_matches(contexts.after, '^ [CFWVK]\b'))
    qualify row_number() over (partition by contexts.mention_id order by phrases.words desc) = 1
),
ahead as (
    select contexts.mention_id, known.unit, known.kind, known.factor, known.phrase as unit_text, known.currency_word, known.note,
    from numeral_contexts as contexts
    inner join lexicon.unit_key as known on known.position = 'before' and lower(known.phrase) = contexts.currency
        and known.language = contexts.language
    -- R22 is a road
    where known.note is distinct from 'large' or contexts.scale is not null or contexts.value >= 100
),
found as (
    select
        mention_id,
        ahead.unit is not null as is_ahead,
        coalesce(ahead.unit, behind.unit) as unit,
        coalesce(ahead.kind, behind.kind) as unit_kind,
        case when is_ahead and behind.kind is distinct from 'money' then ahead.factor else behind.factor end as factor,
        coalesce(ahead.unit_text, behind.unit_text) as unit_text,
        coalesce(ahead.currency_word, behind.currency_word) as currency_word,
        coalesce(behind.note, ahead.note) as unit_note,
        case when is_ahead and behind.kind is distinct from 'money' then 0 else behind.words end as unit_words,
        case when is_ahead and behind.kind is distinct from 'money' then 0 else behind.unit_length end as unit_length,
    from behind
    full join ahead using (mention_id)
),
final as (
    from found
    union all by name
    select mention_id, false as is_ahead, unit, kind as unit_kind, factor, unit_text, 0 as unit_words, 0 as unit_length
    from numeral_units_inside
    anti join found using (mention_id)
)

from final
