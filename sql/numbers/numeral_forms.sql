-- grain: one row per distinct numeral as written
-- scope: document
-- How it is written decides how it is read: currency is its sign, body the number itself in lower case.
with
surfaces as (
    select distinct
        language,
        surface,
        regexp_extract(surface, getvariable('currency_start')) as prefix,
    from numeral_spans
),
bodies as (
    select
        language,
        surface,
        lower(regexp_replace(prefix, '[ =-]', '', 'g')) as currency,
        -- "call 911" groups no thousands
        case when prefix = '' and (regexp_matches(surface, '^\pL') or regexp_matches(surface, ' (?:of|in|every) \d'))
            then lower(surface)
            else regexp_replace(lower(substr(surface, length(prefix) + 1)), ' (\d{3})\b', '\1', 'g') end as body,
        regexp_matches(surface, '^\D*-\d') as is_negative,
        regexp_matches(surface, '\d') as has_digits,
    from surfaces
),
final as (
    select
        bodies.* exclude (body),
        -- with a decimal point and no grouping points, whatever the language writes
        case when written.decimal_mark = '.' then bodies.body
            else translate(bodies.body, written.decimal_mark || coalesce(written.group_marks, ''), '.') end as body,
        idiom.role as idiom_role,
        multiple.value as multiple_value,
        case
            when idiom.phrase is not null then 'idiom'
            when regexp_matches(bodies.body, '^an? .* or two$|^[a-z]+ or two$') then 'one_or_two'
            when regexp_matches(bodies.body, '(?:^| )' || getvariable('half_units') || 's? and a half$') then 'one_and_half'
            when multiple.word is not null then multiple.class
            when regexp_matches(bodies.body, '^(eighteen|nineteen|twenty)(?:\s+|-)(ten|eleven|twelve|[a-z]+teen|oh|[a-z]+ty)\b')
                then 'spoken_year'
            -- "six thirty"
            when regexp_matches(bodies.body, cue('spoken_time')) then 'time'
            -- "leading two-one"
            when contains(bodies.body, '-') and regexp_matches(bodies.body, cue('spelled_result')) then 'code'
            when regexp_matches(bodies.body, '^[a-z]{1,3}\d{1,3}$') then 'acronym'
            when regexp_matches(bodies.body,
                '^\dx\d$|^\d+(?:\.\d+){2,}$|^\d+(?:-\d+){2,}$|^\d{4,}[/⁄]\d+$|^\d{2,}/\d{3,}$|^\d+[.,]\d+[/⁄]\d+$')
                    and not regexp_matches(bodies.body, '^\d{4}-\d\d-\d\d$') then 'code'
            when regexp_matches(bodies.body, '^\d{1,2}(?::\d\d|\.\d\d uhr)') then 'time'
            when regexp_matches(bodies.body,
                '^0\d{2,4} \d{3,4} \d{3,4}$|^0\d{4} \d{6}$|^(?:1[ .-])?\(?\d{3}\)?[ .-]?\d{3}[.-]\d{4}$') then 'telephone'
            when regexp_matches(bodies.body, '^(\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{2,4}|\d{4}[/-]\d\d)$') then 'date'
            when regexp_matches(bodies.body, '^\d+0''?s$') then 'decade'
            when regexp_matches(bodies.body, '[/⁄½¼¾⅓⅔]$|\d[/⁄]\d|^half$|' || getvariable('ratio_pattern'))
                or regexp_matches(bodies.body, getvariable('some_parts')) then 'fraction'
            when ending.word is not null or ordinal.word is not null and not regexp_matches(bodies.body, ' and an? ') then 'ordinal'
            when closing.word is not null then 'fraction'
            when opening.class = 'vague' then 'vague'
            when opening.class = 'several' then 'several'
            when regexp_matches(bodies.body, '^(?:several|an? few|few|many) ') then 'several'
            when regexp_matches(bodies.body, '\d(k|m|b|t)$') then 'abbreviated'
            when regexp_matches(bodies.body, '^an?$') then 'article'
            else 'cardinal'
        end as form,
    from bodies
    left join lexicon.idiom on idiom.language = bodies.language and idiom.phrase = bodies.body
    left join lexicon.numeral as opening
        on opening.language = bodies.language and opening.class in ('vague', 'several')
            and opening.word = regexp_extract(bodies.body, '^(\pL+)', 1)
    left join lexicon.numeral as ending
        on ending.language = bodies.language and ending.class = 'ordinal_ending'
            and ending.word = regexp_extract(bodies.body, '\d-?(\pL+)$', 1)
    left join lexicon.numeral as closing
        on closing.language = bodies.language and closing.class = 'share'
            and closing.word = regexp_extract(bodies.body, '(\pL+)$', 1)
    left join lexicon.numeral as multiple
        on multiple.language = bodies.language and multiple.class in ('multiple', 'multiple_verb') and multiple.word = bodies.body
    left join lexicon.numeral as ordinal
        on ordinal.language = bodies.language and ordinal.class = 'ordinal' and
            ordinal.word = regexp_extract(bodies.body, '(\pL+)$', 1)
    inner join lexicon.number_format as written on written.language = bodies.language
)

from final
