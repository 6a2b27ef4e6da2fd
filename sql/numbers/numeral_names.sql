-- grain: one row per numeral without a unit
-- scope: document
-- Names again, where no unit stands beside the number and nothing firmer was found: a capital on either side, a group, a kind
-- ("two-state"), a section with its letters.
with
final as (
    select
        mention_id,
        case
            when has_digits and regexp_matches(before, '\b(?:K|[Kk]indergarten)(?: ?- ?|-| through | to )$') then 'school_years'
            when left_word in ('of', 'the') and regexp_matches(before, '\b(?:Gang|Group|Council|Committee|Band) of (?:the )?$')
                then 'group_name'
        end as group_rule,
        case
            -- "Ocean's 8 opened"
            when has_digits and noun is null and not is_amount and ends_with(previous_word, '''s')
                and regexp_matches(previous_word, '^[A-Z]')
                and (among(right_word, 'is was has had will began won') or ends_with(right_word, 'ed')) then 'after_name'
            when has_digits and among(left_word, 'ayes noes yeas nays') then 'count'
            -- "Sudoku 4,211 was hard"
            when has_digits and noun is null and scale is null and comparator is null and currency = ''
                and among(right_word, 'was is has')
                and regexp_matches(previous_word, '^[A-Z]\w+$') and not list_contains(getvariable('stop_words'), left_word)
                then 'after_name'
            when has_digits and regexp_matches(previous_word, '^(?:[A-Z]\w*|[a-z][A-Z]\w+)$') and not has_plural and not is_amount
                and (length(before) > length(previous_word) + 1 or regexp_matches(previous_word, '^[A-Z]{2,}$'))
                    and not list_contains(getvariable('stop_words'), lower(previous_word)) then 'after_name'
            -- "Error 404 is all they saw": a noun that opens a sentence, and no verb between it and the figures
            when has_digits and not has_plural and not is_amount
                and length(before) < length(previous_word) + 4 and left_tag in ('n', '')
                and not (language <> 'en' and list_has_any(left_roles, ['stop', 'between', 'from']))
                and regexp_matches(before, '^["''(]*(?:[A-Z][\w-]*\w|[a-z]?[A-Z]+\w*) $')
                and not list_contains(getvariable('stop_words'), left_word)
                and not regexp_matches(after, '^,?(?: of| out of| more| percent)\b') then 'after_name'
            -- "Voyager 2 moves into the dark", "the wreck of Pan Am 111 lies off": behind it what is a verb as well
            when has_digits and value < 10000 and not is_amount and is_noun_or_verb and lower(noun) = right_word
                and not list_contains(getvariable('stop_words'), lower(previous_word)) and regexp_matches(after, cue('verb_behind'))
                and (regexp_matches(before, cue('capitals_only')) and value < 1000
                    or regexp_matches(previous_word, '^[A-Z]\w*[a-z]$') and not regexp_matches(before, cue('place_tail')))
                then 'after_name'
            -- "the Voyager 2 signals"
            when has_digits and value < 1000 and not is_amount and has_plural and regexp_matches(before, cue('the_capitals'))
                then 'after_name'
            when has_digits and list_contains(left_roles, 'model') and not is_amount then 'label'
            when has_digits and is_before_capital and not has_plural and not is_amount
                and not list_contains(noun_roles, 'plural_like')
                and not regexp_matches(after, '^ [A-Z]{3,}|^ [A-Z]\w+ (?:[A-Z]*-?)?\d[\w-]*s\b') then 'before_name'
            -- 501(c), 7(1), 1128B(3)
            when has_digits and scale is null and regexp_matches(after, '^[A-Z]{0,2}\([0-9a-z]{1,4}\)') then 'name_prefix'
            -- "a one-armed bandit", "one-of-a-kind"
            when body = 'one' and is_hyphenated
                and regexp_matches(after, '^-(?:of-|off\b|size\b|eyed\b|liners?\b|stop\b|man\b|woman\b|on-one\b)')
                or is_hyphenated and not has_digits and regexp_matches(after, '^-\w+ed\b') then 'hyphen_name'
            -- not "a 19,000-seat arena"
            when not has_digits and starts_with(after, '-by-') then 'hyphen_name'
            when is_hyphenated and value <= 64 and list_contains(right_roles, 'hyphen') then 'hyphen_name'
            -- "World War Two", "a copy of Seventeen magazine"
            when not has_digits and scale is null and regexp_matches(surface, '^[A-Z]') then case
                when is_before_capital and regexp_matches(before, '(?:[A-Za-z\x{c0}-\x{24f},]|\b(?:Mr|Mrs|Ms|Dr)\.) $')
                    then 'spelled_name'
                when not has_plural and length(before) > length(previous_word) + 1
                    and regexp_matches(previous_word, '^[A-Z][\w'']*$')
                    and regexp_matches(after, '^(?: [a-z]|[^ \w]|$)') then 'spelled_name'
                when not has_plural and regexp_matches(previous_word, '^[A-Z]{2,}$')
                    and regexp_matches(after, '^(?: [a-z]|[^ \w]|$)') then 'spelled_name'
                when regexp_matches(surface, '^[A-Z][a-z]') and regexp_matches(before, '[a-z,] $') then 'spelled_name' end
            -- "the 457 visa": no plural, so it names a kind
            when has_digits and (left_word = 'the' or value >= 100
                and (among(left_word, 'its his her their new old') or ends_with(left_word, '''s')))
                and noun is not null and not has_plural
                and not is_amount and not is_hyphenated and (value >= 100 or list_contains(noun_roles, 'label'))
                and regexp_matches(body, '^\d+$') and not list_contains(getvariable('plural_like'), noun) then 'before_name'
            -- "a 7 handicap"
            when has_digits and left_word in ('a', 'an') and noun is not null and not has_plural and not is_amount
                and not is_hyphenated and value < 100 and currency = '' and not list_contains(getvariable('plural_like'), noun)
                and regexp_matches(body, '^\d+$') then 'before_name'
            when is_glued and scale is null then 'glued'
        end as name_rule,
    from numeral_surroundings
    where unit is null and not among(form, 'idiom spoken_year time date telephone code acronym ordinal article decade')
)

from final
