-- grain: one row per numeral
-- scope: document
-- What a number names whatever stands beside it, even what looks like a unit: telephones, seats, parts of an act, items of a list
-- ("the 1-800 number", "seat 4C", "items 6F through 6K"). numeral_numbered has what is told by a word before it.
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
        end as code_rule,
    from numeral_surroundings
    where not among(form, 'idiom spoken_year time date telephone code acronym ordinal article decade')
)

from final
