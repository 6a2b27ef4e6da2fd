-- grain: one row per numeral
-- scope: document
-- Years, decades, days of a month, and times that say so ("5 p.m.").
with
final as (
    select
        mention_id,
        case
            when form = 'decade' then case
                -- "people in their 60s"
                when value between 10 and 110 and among(left_word, 'his her their my our your') then 'age'
                when value between 1000 and 2100 or value between 10 and 90 then 'decade'
                -- "Levi's 501s"
                when value between 100 and 999 and (value % 100 <> 0 or left_word = 'the') then 'after_name' end
            -- "2024 года", "1989 um"; not "2000 лет", "2000 Jahre"
            when language <> 'en' and is_yearish and (unit_note = 'year' or unit = 'um') then 'year'
            when among(right_word, 'am pm a.m p.m a.m. p.m. o''clock oclock gmt et est')
                or regexp_matches(after, cue('clock_behind')) then 'time'
            -- "dated to around 1340"
            when has_digits and unit is null and noun is null and regexp_matches(surface, '^[1-9]\d{2,3}$')
                and regexp_matches(before, cue('dated_tail')) then 'year'
            -- "around 480 BC"
            when has_digits and unit is null and scale is null and regexp_matches(after, '^ (?:BCE?|AD|CE)\b') then 'year'
            when has_digits and unit is null and scale is null and value between 1 and 31
                and (list_contains(left_roles, 'month') or list_contains(right_roles, 'month')
                    or list_contains(second_roles, 'month')
                        and (left_word = '.' or left_word = ',' and regexp_matches(after, '^,? (?:1[5-9]|20)\d\d\b')))
                then 'month_day'
            when not is_yearish then null
            when value between 1900 and 2035 and unit = 'a' and words_right[1] = 'year' or words_right[2] = 'year' and unit = 'a'
                then 'year'
            -- "in 1971 dollars"
            when value between 1900 and 2035 and unit_kind = 'money' and not is_ahead and left_word in ('in', 'constant')
                then 'year'
            when unit is null and (not has_plural or value between 1900 and 2035 and value % 100 <> 0
                or list_contains(left_roles, 'month')
                or left_word in ('in', 'since', 'year')) then 'year'
            -- "the 1848 revolutions"
            when unit is null and left_word = 'the' and list_contains(right_roles, 'year_event') then 'year'
            -- "the census of 1841 lists him"
            when unit is null and left_word = 'of' and list_contains(second_roles, 'year_event') then 'year'
        end as date_rule,
    from numeral_surroundings
    where not among(form, 'idiom spoken_year time date telephone code acronym ordinal')
)

from final
