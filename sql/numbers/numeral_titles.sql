-- grain: one row per numeral
-- scope: document
-- Names of works, firms, places and products that hold a number, told by capitals: "Five Guys opened", "Three Mile Island",
-- "the film 12 Angry Men", not "Two Senators voted" (role capital_noun).
with
capitals as (
    select
        *,
        left_word = 's' or ends_with(left_word, '''s') as is_after_owner,
        list_contains(left_roles, 'work') or list_contains(second_roles, 'work')
            and among(left_word, 'in is was called') as is_after_work,
        regexp_matches(after, '^ [A-Z][a-z]') as has_capital_noun,
    from numeral_surroundings
),
-- a small number before a capital, at the head of the sentence or behind an owner or a word for a work
titled as (
    select
        *,
        coalesce(not list_contains(getvariable('capital_languages'), language)
            and (scale is null or regexp_matches(surface, '^(?:[A-Z]\w+ )?(?:Hundred|Thousand)$'))
            and currency = '' and value <= 1001 and (value <= 101 or not has_digits)
            and comparator is null and form in ('cardinal', 'fraction')
            and (is_before_capital or is_hyphenated or unit = '%')
            and (is_capital or is_after_work or is_after_owner), false) as may_be_title,
    from capitals
),
final as (
    select
        mention_id,
        case
            when not may_be_title then null
            when not has_digits and regexp_matches(after, '^ [A-Z][a-z]+''s\b') then 'before_name'
            -- "Twelve Tribes is a sect", "Five Guys employees"
            when form = 'cardinal' and not has_digits and before = '' and value <> 1
                and regexp_matches(after, '^ [A-Z][a-z]+s (?:[A-Z]\w+ )*(?:is|was|has)\b') then 'before_name'
            when form = 'cardinal' and not has_digits and before = ''
                and regexp_matches(after, '^ [A-Z][a-z]+s [a-z]{3,}[^sui'']s\b')
                and not regexp_matches(after, '^ \w+ (?:always|sometimes|towards|besides|perhaps|nowadays|does)\b')
                    then 'before_name'
            when has_digits and is_after_owner then case when unit_kind = 'duration' and regexp_matches(unit_text, '^[A-Z]')
                then 'before_name' end
            when unit_kind = 'percent' then case when list_contains(left_roles, 'work')
                and regexp_matches(after, '^(?:%| percent) [A-Z]')
                then 'before_name' end
            when unit is not null then case when regexp_matches(after, '^[ -][A-Z][a-z]+ [A-Z][a-z]')
                or (has_digits or unit_kind in ('duration', 'measure')) and regexp_matches(unit_text, '^[A-Z][a-z]')
                    then 'before_name' end
            when not has_capital_noun or not regexp_matches(noun, '^[A-Z][a-z]') or list_contains(noun_roles, 'capital_noun')
                or regexp_matches(noun, cue('people_ending')) then null
            when value <> 1 then case when has_plural or not has_digits and not list_contains(noun_roles, 'plural_like')
                then 'before_name' end
            when noun_tag = 'n' then 'before_name'
        end as title_rule,
    from titled
    where not among(form, 'idiom spoken_year time date telephone code acronym ordinal article decade')
)

from final
