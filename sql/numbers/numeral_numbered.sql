-- grain: one row per numeral without a unit
-- scope: document
-- What a word beside a number says that it is the number of: telephones, routes, dockets, rooms, registrations ("call 911",
-- "at booth 212", "docket 18-cv-2210"). numeral_codes goes before.
with
asked as (
    select
        *,
        list_contains(left_roles, 'call') or list_contains(right_roles, 'call') as is_called,
        list_contains(second_roles, 'call') as is_second_called,
        list_contains(second_roles, 'label') and not list_contains(second_roles, 'loose_label') as is_second_label,
        left_tag = 'n' and comparator is null and not list_contains(left_roles, 'level_noun') as is_behind_noun,
    from numeral_surroundings
    where unit is null and currency <> 'r' and not (body = '1' and starts_with(after, '-8'))
        and not among(form, 'idiom spoken_year time date telephone code acronym ordinal article decade')
),
final as (
    select
        mention_id,
        case
            -- call 911; "the hotline, 988, is open"
            when among(body, '911 999 112 988 311') and (is_called or left_word in (',', 'is') and is_second_called)
                then 'telephone'
            when scale is not null then null
            when left_word = ',' and is_second_called
                then case when regexp_matches(after, '^(?:,| \d{3}[,.])') and regexp_matches(body, '^\d{3,}$') then 'telephone' end
            -- "her room, 629, at the Grand", "the locomotive, 66783, was"
            when left_word = ',' and noun is null and starts_with(after, ',')
                and (has_digits and is_second_label or regexp_matches(body, '^\d{5,}$') and value % 100 <> 0) then 'label'
            -- plot 44's
            when has_digits and currency = '' and starts_with(after, '''s ') and comparator is null then 'label'
            -- case 14-141
            when has_digits and among(left_word, 'case docket') then case when regexp_matches(after, '^-\d') then 'code' end
            -- docket 18-cv-2210
            when is_hyphenated then case when has_digits and currency = '' and regexp_matches(after, '^-[a-z]{1,4}-\d')
                and not regexp_matches(after, '^-(?:to|or|and|by|in)-') then 'code' end
            when noun is not null then null
            -- "US 101", "the 747 took off"
            when has_digits and previous_word = 'US' and value < 1000 then 'label'
            -- "call police on 101", "on 116 123"
            when left_word = 'on' and currency = '' and regexp_matches(body, '^\d{3,4}$')
                and regexp_matches(before, cue('rung_tail')) then 'telephone'
            when regexp_matches(body, '^7[0-8]7$') and (among(left_word, 'the a old') or is_before_capital) then 'label'
            -- "at booth 212", "see note 12", "quote reference 55102"
            when is_behind_noun and has_digits and among(second_word, 'at on see quote under from to in outside near by')
                and regexp_matches(body, '^\d{1,6}$') and regexp_matches(after, '^(?:[.,;:)?!]|$)') then 'label'
            -- "on peg six"
            when is_behind_noun and not has_digits and form = 'cardinal' and value < 40
                and among(second_word, 'at on in from to outside near')
                and regexp_matches(after, '^(?:[.,;:)?!]|$| (?:he|she|it|they|we|I|and|was|is)\b)') then 'label'
            -- "text HELP to 60606"
            when left_word = 'to'
                then case when regexp_matches(body, '^\d{5,6}$') and regexp_matches(before, cue('text_to')) then 'telephone' end
            -- "the ZIP code is 90210", "his room number was 1408"
            when left_word in ('is', 'was')
                then case when regexp_matches(body, '^\d+$') and regexp_matches(before, cue('code_tail')) then 'code' end
        end as numbered_rule,
    from asked
)

from final
