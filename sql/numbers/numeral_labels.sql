-- grain: one row per numeral without a unit
-- scope: document
-- What a number labels behind a word of role label: articles, rooms, flights, forms ("loose_label": only where no plural follows;
-- "firm_label": even then, "size 8 needles"; "spelled_label": numbers in words, too).
with
final as (
    select
        mention_id,
        case
            when has_digits and left_word in ('fortune', 'forbes') then 'label'
            when has_digits and scale is null and regexp_matches(before, cue('citation_tail')) then 'label'
            -- "smoke in hold 4", "when lift 3 stuck"
            when has_digits and (not has_plural or starts_with(after, ' of ')) and not is_amount and currency = ''
                and list_contains(left_roles, 'verb_label')
                and among(second_word, 'in on at of from near into the when of behind inside to') then 'label'
            -- "Beverly Hills, 90210 made"
            when left_word = ',' and noun is null and currency = '' and regexp_matches(surface, '^\d{5}$') and value % 100 <> 0
                and regexp_matches(before, '[A-Z]\w+, $') then 'code'
            when not has_digits and scale is null and value < 20 and comparator is null
                and list_contains(left_roles, 'spelled_label') and noun is distinct from 'times'
                and (not has_plural or not list_contains(left_roles, 'loose_spelled') or starts_with(after, ' of ')) then 'label'
            -- "steps one and two of the plan"
            when not has_digits and scale is null and value < 20 and comparator is null
                and (left_word in ('and', 'to', 'or', 'through'))
                and regexp_matches(before, cue('spelled_labels_tail')) then 'label'
            -- "the threat level was raised to four"
            when left_word in ('to', 'at') and noun is null and scale is null and value < 13
                then case when regexp_matches(before, cue('threat_tail')) then 'label' end
            when not has_digits then case when noun is null and value between 1900 and 2099
                and among(left_word, 'lord in since year until')
                then 'year' end
            when starts_with(body, '0') and regexp_matches(body, '^0\d') then 'leading_zero'
            -- not "it should be under 140"
            when is_after_label and scale is null
                and (not has_plural or list_contains(left_roles, 'firm_label') and comparator is null
                or comparator is null and starts_with(after, ' of the '))
                -- "thought to number 3,000"
                and not (left_word = 'number' and among(second_word, 'to they who which that now could may might'))
                and not (left_word = 'under' and (value > 23
                    or among(second_word, 'be is was are were well just still keep kept remain remained fell fall to at')))
                        then 'label'
            when scale is not null or comparator is not null then null
            -- "Schedule 1 amendments", "sections 282 and 283 of the Clocks Act"
            when is_after_label and not is_after_loose and value < 10000 and currency = ''
                and regexp_matches(previous_word, '^[A-Z]') then 'label'
            when not is_amount and regexp_matches(before, cue('labels_tail')) then 'label'
            when left_word = '.' and list_contains(second_roles, 'abbreviation') then 'abbreviated_label'
            -- "in 793"
            when left_word = 'in' and noun is null and regexp_matches(surface, '^[1-9]\d\d$')
                and regexp_matches(after, '^(?:[.,;]|$| (?:AD|BC|BCE|CE|the|a|when|by)\b)')
                    and not regexp_matches(before, cue('chance_tail'))
                then 'year'
            when noun is null and currency = '' and value % 100 <> 0 and regexp_matches(body, '^\d{6,}$') then 'code'
        end as label_rule,
    from numeral_surroundings
    where not among(form, 'idiom spoken_year time date telephone code acronym ordinal article decade') and unit is null
)

from final
