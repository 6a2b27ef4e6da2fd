-- grain: one row per numeral
-- scope: document
-- Telephones, seats, routes, dockets, rooms and registrations: what a number names even beside what looks like a unit ("seat 4C").
with
final as (
    select
        mention_id,
        case
            -- "the 1-800 number"
            when body = '1' and starts_with(after, '-8')
                then case when regexp_matches(after, '^-8(?:00|66|77|88)\b') then 'telephone' end
            when among(body, '800 866 877 888') and ends_with(before, '1-') then 'telephone'
            -- "[66880] Ann Poole": the number of a question
            when has_digits and ends_with(before, '[') and starts_with(after, ']') and regexp_matches(surface, '^\d{4,}$')
                and value % 100 <> 0 then 'code'
            -- "988, they said": known by their number, whatever stands beside them
            when among(surface, '911 988') and unit is null and noun is null and comparator is null then 'telephone'
            -- 10^400, 1e309: formulas
            when has_digits and (starts_with(after, '^') or ends_with(before, '^') or regexp_matches(after, '^[eE]\d')) then 'code'
            -- "the 11-M attacks"
            when has_digits and currency = '' and regexp_matches(after, '^-[A-Z]\b') then 'name_prefix'
            -- "Part 4 of the Act" at the head of a sentence
            when has_digits and unit is null and scale is null and comparator is null and length(before) < length(previous_word) + 4
                and is_after_label and not is_after_loose and regexp_matches(before, '^[A-Z]') then 'label'
            -- GK 994T, "items 6F through 6K and 6M"
            when form = 'abbreviated' and currency = '' and regexp_matches(surface, '^\d+[A-Za-z]$') then case
                -- "Vote 1b"
                when is_after_label and regexp_matches(previous_word, '^[A-Z]') and comparator is null then 'code'
                when surface like '%T' or is_after_label
                    and (regexp_matches(surface, '[A-Z]$') or regexp_matches(after, '^-\d') or not is_after_loose and noun is null)
                    then 'code'
                when regexp_matches(before, '\b[A-Z]{1,4} $') and regexp_matches(surface, '[A-Z]$') then 'code'
                when regexp_matches(surface, '^\d{1,2}[A-Z]$') and regexp_matches(before, cue('item_tail')) then 'item_letter' end
            -- seat 4C, but 41.2C
            when unit is not null then case when is_glued and among(unit_text, 'C F G P c f') then case
                when unit_text in ('G', 'P') then 'glued'
                when left_word in ('is', 'was') and list_contains(second_roles, 'label') then 'label'
                when unit_text in ('C', 'F') and left_word in ('in', 'seat', 'seats') then 'label'
                when left_word in ('to', 'and', 'or', 'through') and regexp_matches(before, '\d[A-Z],? (?:to|and|or|through) $')
                    then 'item_letter'
                when unit_text in ('c', 'f') or before = '' or not regexp_matches(body, '\d{2}|\.') then 'glued'
                when is_after_label or list_contains(left_roles, 'model') or regexp_matches(previous_word, '^[A-Z]')
                    then 'label' end end
            when currency = 'r' then 'acronym'
            -- call 911; "the hotline, 988, is open"
            when among(body, '911 999 112 988 311') and (list_contains(left_roles, 'call') or list_contains(right_roles, 'call')
                or left_word in (',', 'is') and list_contains(second_roles, 'call')) then 'telephone'
            when scale is not null then null
            when left_word = ',' and list_contains(second_roles, 'call')
                then case when regexp_matches(after, '^(?:,| \d{3}[,.])') and regexp_matches(body, '^\d{3,}$') then 'telephone' end
            -- "her room, 629, at the Grand", "the locomotive, 66783, was"
            when left_word = ',' and noun is null and starts_with(after, ',')
                and (list_contains(second_roles, 'label') and not list_contains(second_roles, 'loose_label') and has_digits
                or regexp_matches(body, '^\d{5,}$') and value % 100 <> 0) then 'label'
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
            when regexp_matches(body, '^7[0-8]7$') and (among(left_word, 'the a old') or is_before_capital) then 'label'
            -- "at booth 212", "see note 12", "quote reference 55102"
            when has_digits and left_tag = 'n' and comparator is null
                and among(second_word, 'at on see quote under from to in outside near by')
                and regexp_matches(body, '^\d{1,6}$') and regexp_matches(after, '^(?:[.,;:)?!]|$)')
                and not list_contains(left_roles, 'level_noun') then 'label'
            -- "on peg six"
            when not has_digits and form = 'cardinal' and left_tag = 'n' and comparator is null and value < 40
                and among(second_word, 'at on in from to outside near')
                and regexp_matches(after, '^(?:[.,;:)?!]|$| (?:he|she|it|they|we|I|and|was|is)\b)')
                and not list_contains(left_roles, 'level_noun') then 'label'
            -- "text HELP to 60606"
            when left_word = 'to'
                then case when regexp_matches(body, '^\d{5,6}$') and regexp_matches(before, cue('text_to')) then 'telephone' end
            -- "the ZIP code is 90210", "his room number was 1408"
            when left_word in ('is', 'was')
                then case when regexp_matches(body, '^\d+$') and regexp_matches(before, cue('code_tail')) then 'code' end
        end as code_rule,
    from numeral_surroundings
    where not among(form, 'idiom spoken_year time date telephone code acronym ordinal article decade')
)

from final
