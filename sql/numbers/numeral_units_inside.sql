-- grain: one row per numeral that holds its unit or stands where only one fits
-- scope: document
-- "a week or two", "5m", "by a factor of ten": no phrase beside the number says it. numeral_units_found takes these where it has no
-- other.
with
-- the unit stands inside the numeral
worded as (
    select contexts.mention_id, known.unit, known.kind, known.factor, known.phrase as unit_text,
    from numeral_contexts as contexts
    inner join lexicon.unit_key as known on known.key = regexp_extract(contexts.body, '(\pL+) (?:or two|and a half)$', 1)
        and known.position = 'after' and known.language = contexts.language
    where contexts.form in ('one_or_two', 'one_and_half')
),
-- "5m" without a noun behind is a length
metres as (
    select mention_id, 'm' as unit, 'measure' as kind, 1e-6 as factor, 'm' as unit_text,
    from numeral_contexts
    where form = 'abbreviated' and body like '%m' and currency = ''
        and (not regexp_matches(after, '^ \pL') or list_contains(getvariable('dimension_words'), words_right[1])
            -- "won the 100m in 9.81 seconds"
            or words_left[-1] in ('the', '''s', 's', 'a', 'women''s', 'men''s') and regexp_matches(after, '^ in \d'))
),
factors as (
    select mention_id, '1' as unit, 'multiple' as kind, 1 as factor, 'factor' as unit_text,
    from numeral_contexts
    where words_left[-1] = 'of' and words_left[-2] = 'factor' and not regexp_matches(after, '^ [a-z]+s\b')
),
final as (
    from worded
    union all
    from metres
    union all
    from factors
)

from final
