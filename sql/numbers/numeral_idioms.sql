-- grain: one row per numeral
-- scope: document
-- Turns of phrase that no list of phrases holds, since words stand between ("agree a hundred percent", "cut the town in two"),
-- and the numbers of a list. idiom_rule decides even beside a unit, list_rule only without one.
with
final as (
    select
        mention_id,
        case
            -- "I agree a hundred percent", "give 110 percent", "not in a million years", "the whole nine yards"
            when unit = '%' and value in (100, 110) and not is_ahead then case when regexp_matches(before, cue('agree_or_give'))
                or regexp_matches(after, cue('percent_sure')) then 'idiom' end
            when unit_kind = 'money' and not has_plural and regexp_matches(after, '^(?: dollar|-dollar)? question\b') then 'idiom'
            when unit = 'a' and left_word = 'in' and scale = 1e6 and second_word in ('not', 'never') or unit = '[yd_i]'
                and left_word = 'whole'
                then 'idiom'
            -- "she has been through it a hundred times", but not "a hundred times more"
            when unit = '1' and body in ('a hundred', 'a thousand', 'a million', 'a billion')
                then case when not regexp_matches(after, cue('times_as_many')) then 'idiom' end
            -- "she will one day return"
            when body = 'one' and right_word = 'day' and not is_hyphenated and comparator is null and per is null
                and surface in ('one', 'One')
                and not list_contains(left_roles, 'before_one_day')
                then case when not regexp_matches(after, '^ day (?:before|after|ago|later|earlier|of|or|longer|more)\b')
                    then 'one_alone' end
            when body = 'half' and unit = 'a' and is_hyphenated and among(left_word, 'the first second last this its full')
                then 'bare_fraction'
            when unit is not null or scale is not null or noun is not null then null
            -- "cut in two"
            when left_word = 'in' and body = 'two'
                and regexp_matches(after, '^(?:[.,;?!]|$| (?:by|and|with|when|along|down|on|at)\b)')
                and regexp_matches(before, cue('cut_in')) then 'idiom'
            -- "it takes two", "take five", "did a 180", "a full 360"
            when left_word = 'takes' and body = 'two' then case when regexp_matches(after, '^(?:[.,;!?]|$| to [a-z])')
                then 'idiom' end
            when body = 'six' and left_word = 'for' and regexp_matches(before, '(?i)\b(?:hit|knock)\w*(?: [\w''-]+){1,3} for $')
                then 'idiom'
            when body = 'five' and (left_word = 'take' or among(left_word, 'me him us') and second_word in ('take', 'give'))
                then 'idiom'
            when among(body, '180 360') and among(left_word, 'a full complete') then 'idiom'
        end as idiom_rule,
        case
            when unit is not null then null
            -- "20- — 2014", "two — it's been two weeks": cut off and begun again
            when noun is null and contains(after[:3], '—')
                and (regexp_matches(after, '^- ?—') or regexp_matches(after, '^ ?—')
                    and contains(lower(substr(after, 1, 32)), ' ' || body))
                then 'false_start'
            when noun is null and left_word = 'number' and not has_digits then 'list_number'
            when form = 'vague' and body = 'scores' then case
                when not regexp_matches(after, '^ (?:of|more|others|were (?:[\w''-]+ )?\w+ed)\b')
                then 'scores' end
            -- "First, ... And, two, ...": an enumeration
            when not has_digits and form = 'cardinal' and noun is null
                and (length(before) < 9 or ends_with(before, '; ') or second_word = ';' and left_word = 'and' or second_word = 'and'
                and left_word = ',' ) and regexp_matches(before, '(?i)(?:^|; ?)(?:and|so|but|number)?,? ?$')
                then case when regexp_matches(after, '^[,:]') then 'list_number' end
            -- "(2024); 4. Michigan"
            when has_digits and ends_with(before, '; ') and value < 100
                then case when starts_with(after, '. ') then 'list_number' end
            when has_digits and noun is null and starts_with(after, '.')
                and regexp_matches(before, '[◙■▪●•◆►♦※§] ?$') then 'list_number'
            when has_digits and before = '' and regexp_matches(surface, '^\d{4}$')
                and regexp_matches(after, '^\. +(?:[A-Z][\w.]* ){2}') then 'list_number'
            when has_digits and before = '' and value < 1000 then case
                when regexp_matches(after, '^\. +[A-Z]') then 'list_number'
                when value < 200 and not has_plural and regexp_matches(after, cue('list_number_close')) then 'list_number' end
            when has_digits and value < 200 and not has_plural and (trim(before) = '(' or ends_with(before, '('))
                then case when regexp_matches(after, cue('list_number_close')) then 'list_number' end
        end as list_rule,
    from numeral_surroundings
    where not among(form, 'idiom spoken_year time date telephone code acronym ordinal article decade')
)

from final
