-- grain: one row per numeral without a unit before words that may be counted
-- scope: document
-- The eight words among which the noun is looked for. They begin behind "of" ("half of our budget") and a determiner that stands
-- behind it, behind "such" or a fraction ("twice the rooms"); noun_from is the number of pieces before them.
with
candidates as (
    select
        mention_id, language, value, form, is_hyphenated, pieces_right, skipped,
        cast(coalesce(trim(pieces_right[skipped + 1]) = 'of', false) as int) as of_words,
        of_words = 1 or is_hyphenated or form in ('fraction', 'multiple') or trim(pieces_right[skipped + 1]) = 'such' as may_pass,
        list_contains(getvariable('determiners'), lower(trim(pieces_right[skipped + of_words + 1]))) as is_before_determiner,
    from numeral_contexts
    anti join numeral_units using (mention_id)
    where form in ('cardinal', 'vague', 'fraction', 'several', 'abbreviated', 'multiple', 'one_or_two')
        and regexp_matches(after, '^[ -]+(?:\pL|\d+-)')
        -- "two-to-three year"; "a family of four lives"
        and not regexp_matches(after, '^-to-')
        -- "1,247 staff, of whom 312 work abroad"; "the magnitude 6.8 quake"
        and not coalesce(words_left[-2] = 'of' and words_left[-1] in ('whom', 'which'), false)
        and not coalesce(list_contains(role_words('scale_noun'), words_left[-1]), false)
        -- "hundreds protested outside"
        and not (form = 'vague' and language = 'en' and not regexp_matches(after, '^ of\b|^-'))
        and not (words_left[-1] = 'of' and coalesce(list_contains(getvariable('household_words'), words_left[-2]), false))
),
passed as (
    select *, of_words + cast(may_pass and is_before_determiner as int) as passed from candidates
),
final as (
    select
        mention_id, language, value, form, is_hyphenated, pieces_right, of_words, passed,
        skipped + passed as noun_from,
        list_transform(pieces_right[noun_from + 1 : noun_from + 8], lambda piece: trim(piece)) as phrase,
    from passed
    where is_hyphenated or passed < 2 or of_words = 1
)

from final
