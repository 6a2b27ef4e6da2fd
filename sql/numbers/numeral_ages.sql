-- grain: one row per numeral
-- scope: document
-- How old somebody is, where it describes ("aged 45", "a girl of six", "retired at 60"): no amount of years. numeral_ages_aside has
-- those behind a comma.
with
final as (
    select
        mention_id,
        case
            -- the under-21 team
            when ends_with(before, 'er-') and unit is null and value < 100 and regexp_matches(before, '\b(?:[Uu]nder|[Oo]ver)-$')
                then 'age'
            when unit_note = 'age' and starts_with(after, '-') then 'age'
            -- "older than his 35 years"
            when unit = 'a' then case when among(left_word, 'his her their') and second_word = 'than' then 'age' end
            when unit is not null or scale is not null or value not between 1 and 115 then null
            when left_word in ('aged', 'age', 'ages') or left_word = 'of' and second_word in ('age', 'ages')
                then case when has_digits or noun is null and value < 100 then 'age' end
            -- "aged between 17 and 63"
            when second_word in ('aged', 'ages', 'age') and among(left_word, 'between from over under about around just only')
                then case when has_digits or among(left_word, 'just only') then 'age' end
            -- "people over 65", "children under six"
            when not has_plural and value <= 110 and list_contains(second_roles, 'aged')
                and among(left_word, 'over under above below')
                and case when has_digits then value > 2 and (noun is null or value < 20)
                    else value < 18 and left_word in ('under', 'over') end
                then 'age'
            -- "the 18-to-24s hardly vote"
            when has_digits and starts_with(after, '-to-')
                then case
                    when regexp_matches(after, '^-to-\d\ds\b') or regexp_matches(after, cue('age_group_behind')) then 'age'
                end
            when starts_with(after, '-something') then 'age'
            -- "a girl of 17", "a boy of six"
            when left_word = 'of' then case when list_contains(second_roles, 'child')
                and (not has_plural and (has_digits or noun is null) or has_digits and regexp_matches(after, '^ \w+ing\b'))
                then 'age' end
            when noun is not null then null
            -- "who is 24", "when I was three"
            when value <= 110 and list_contains(getvariable('age_words'), second_word || ' ' || left_word)
                and not regexp_matches(after, '^(?: percent|%| out| of)') then 'age'
            -- "who will be 80 on the 17th"
            when left_word in ('be', 'turn') and among(second_word, 'will would to') and regexp_matches(before, cue('who_will_be'))
                then 'age'
            -- "he doesn't look a day over forty"
            when second_word = 'day' and left_word in ('over', 'under') then 'age'
            when comparator is not null then case when list_contains(['only', 'just', 'barely'], left_word)
                and regexp_matches(before, cue('oldest_tail')) then 'age' end
            -- "some as young as 13"; "by 30 he had a yacht"
            when left_word = 'as' and among(second_word, 'young old') then 'age'
            when left_word in ('at', 'by') and value between 10 and 99
                and regexp_matches(after, '^,? (?:he|she|they)\b|^ (?:had|was|were)\b')
                and (left_word = 'by' or regexp_matches(after, '^,? (?:he|she|they)\b')) then 'age'
            -- "became a father at 50", "at 16 she left school"
            when left_word in ('at', 'by') and has_digits and length(before) < 7
                and regexp_matches(after, '^,? (?:s?he|I|we|they)\b|^, (?:just |only )?[A-Z]') then 'age'
            when left_word = 'at' then case
                when second_word = ',' and has_digits and starts_with(after, ',') then 'age'
                when (has_digits or value > 12) and regexp_matches(before, cue('life_tail'))
                    and regexp_matches(after, '^(?:[.,;!?]|$| (?:of|in|from|after|with|when|while|and)\b)') then 'age' end
            when left_word in ('turned', 'turns') then case when regexp_matches(after, cue('age_close')) then 'age' end
            when among(left_word, 'now both then') and second_word = ','
                then case when regexp_matches(after, '^[,.;)]') then 'age' end
            when among(left_word, 'i''m he''s she''s')
                then case when regexp_matches(after, '^(?:[.,;!?"]|$| (?:and|now|but|so|today)\b)') then 'age' end
            -- "the bride was 19", "the oldest victim was 94"
            when among(left_word, 'was is were are only just barely') then case
                when list_contains(second_roles, 'person') and among(left_word, 'was is were')
                    and regexp_matches(after, '^(?:[.,;]|$| (?:and|when|at)\b)')
                    or regexp_matches(before, cue('oldest_tail')) then 'age' end
        end as age_rule,
    from numeral_surroundings
    where not among(form, 'idiom spoken_year time date telephone code acronym ordinal article decade')
)

from final
