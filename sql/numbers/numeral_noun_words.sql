-- grain: one row per numeral without a unit before words that may be counted
-- scope: document
-- The eight words behind it, and a letter for the class of each (lexicons word_class and word_role, else its ending): a modifier,
-- n noun, N name, p plural, v plural or verb, c "and" or a comma, d number, x what ends the phrase.
with
candidates as (
    select
        mention_id, contexts.language, value, form, skipped, is_hyphenated, pieces_right,
        lower(trim(pieces_right[skipped + 1])) as first_word,
        cast(trim(pieces_right[skipped + 1]) = 'of' as int) as of_words,
        coalesce(list_contains(getvariable('determiners'), lower(trim(pieces_right[skipped + of_words + 1]))), false) as has_determiner,
        -- "half of the voters", "two such cases"
        of_words + cast((of_words = 1 or is_hyphenated or form in ('fraction', 'multiple') or trim(pieces_right[skipped + 1]) = 'such')
            and has_determiner as int) as passed,
    from numeral_contexts as contexts
    anti join numeral_units using (mention_id)
    where form in ('cardinal', 'vague', 'fraction', 'several', 'abbreviated', 'multiple', 'one_or_two')
        and regexp_matches(after, '^[ -]+(?:\pL|\d+-)')
        -- "two-to-three year"; "a family of four lives"
        and not regexp_matches(after, '^-to-')
        and not (words_left[-1] = 'of' and coalesce(list_contains(getvariable('household_words'), words_left[-2]), false))
),
