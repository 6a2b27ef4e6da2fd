-- grain: one row per number behind a comma or a bracket that may be an age
-- scope: document
-- How old somebody is, said aside behind a name or a person ("Ann Poole, 54.", "the late singer, 81, wept", "Anna Berg (34)").
with
asked as (
    select
        *,
        noun is null and comparator is null as is_alone,
        regexp_matches(before, '[A-Z]\w+, $') as is_behind_capital,
        list_contains(second_roles, 'person') as is_behind_person,
        starts_with(after, ',') as is_before_comma,
    from numeral_surroundings
    where left_word in (',', '(') and unit is null and scale is null and value between 1 and 115
        and not among(form, 'idiom spoken_year time date telephone code acronym ordinal article decade')
),
final as (
    select
        mention_id,
        case
            -- "Anna Berg (34)"
            when left_word = '(' then case when is_alone and has_digits and value >= 10 and starts_with(after, ')')
                and regexp_matches(before, '[A-Z]\w+ \($') then 'age' end
            -- "Ann Poole, 54."; "Ann Poole, fifty-three, has"
            when is_alone and value between 13 and 110 and regexp_matches(before, cue('name_tail'))
                and (has_digits and starts_with(after, '.') or not has_digits and starts_with(after, ', ')) then 'age'
            when not has_digits then null
            -- ", 45," behind a name; "a man, 34,"; "the late singer, 81."; ", now 81,"
            when among(right_word, ', .') and (is_behind_person or is_before_comma and is_behind_capital) then 'age'
            when not is_alone then null
            -- "a bid for the Brazilian, 22."
            when value between 10 and 110 and regexp_matches(before, cue('nationality_tail'))
                and regexp_matches(after, '^(?:[.,;!?]|$| (?:and|who|is|was|has|will|on|in|from)\b)') then 'age'
            -- "Ada, 35 and a mother, said"
            when value between 5 and 110 and starts_with(after, ' and ') and is_behind_capital
                and regexp_matches(after, cue('age_and')) then 'age'
            -- "the late singer, 81, wept"; "the late singer, 81 and frail, wept"
            when value between 5 and 110 and not list_contains(role_words('total_noun'), second_word)
                and regexp_matches(after, cue('aside_close')) and regexp_matches(before, cue('person_phrase')) then 'age'
        end as age_aside_rule,
    from asked
)

from final
