-- grain: one row per numeral
-- scope: document
-- Numbers that count nothing: turns of phrase, "one" and "the two" for persons and things, fractions that measure nothing,
-- the numbers of a list, a number cut off and begun again. idiom_rule decides even beside a unit, pronoun_rule only without one.
with
final as (
    select
        mention_id,
        case
            -- "I agree a hundred percent", "give 110 percent", "not in a million years", "the whole nine yards"
            when unit = '%' and value in (100, 110) and not is_ahead then case when regexp_matches(before, cue('agree_or_give'))
                or regexp_matches(after, cue('percent_sure')) then 'idiom' end
            when unit_kind = 'money' and not has_plural and regexp_matches(after, '^(?: dollar|-dollar)? question\b') then 'idiom'
            when unit = 'a' and left_word = 'in' and scale = 1e6 and second_word in ('not', 'never') or unit = '[yd_i]' and left_word = 'whole' then 'idiom'
            -- "she has been through it a hundred times", but not "a hundred times more"
            when unit = '1' and body in ('a hundred', 'a thousand', 'a million', 'a billion') then case when not regexp_matches(after, cue('times_as_many')) then 'idiom' end
            -- "she will one day return"
            when body = 'one' and right_word = 'day' and not is_hyphenated and comparator is null and per is null and surface in ('one', 'One') and not list_contains(left_roles, 'before_one_day')
                then case when not regexp_matches(after, '^ day (?:before|after|ago|later|earlier|of|or|longer|more)\b') then 'one_alone' end
            when body = 'half' and unit = 'a' and is_hyphenated and among(left_word, 'the first second last this its full') then 'bare_fraction'
            when unit is not null or scale is not null or noun is not null then null
            -- "cut in two"
            when left_word = 'in' and body = 'two' and regexp_matches(after, '^(?:[.,;?!]|$| (?:by|and|with|when|along|down|on|at)\b)') and regexp_matches(before, cue('cut_in')) then 'idiom'
            -- "it takes two", "take five", "did a 180", "a full 360"
            when left_word = 'takes' and body = 'two' then case when regexp_matches(after, '^(?:[.,;!?]|$| to [a-z])') then 'idiom' end
            when body = 'six' and left_word = 'for' and regexp_matches(before, '(?i)\b(?:hit|knock)\w*(?: [\w''-]+){1,3} for $') then 'idiom'
            when body = 'five' and (left_word = 'take' or among(left_word, 'me him us') and second_word in ('take', 'give')) then 'idiom'
            when among(body, '180 360') and among(left_word, 'a full complete') then 'idiom'
        end as idiom_rule,
        case
            when unit is not null then null
            -- "20- — 2014", "two — it's been two weeks": cut off and begun again
            when noun is null and contains(after[:3], '—') and (regexp_matches(after, '^- ?—') or regexp_matches(after, '^ ?—') and contains(lower(substr(after, 1, 32)), ' ' || body)) then 'false_start'
            when noun is null and left_word = 'number' and not has_digits then 'list_number'
            when form = 'vague' and body = 'scores' then case when not regexp_matches(after, '^ (?:of|more|others|were (?:[\w''-]+ )?\w+ed)\b') then 'scores' end
            -- "First, ... And, two, ...": an enumeration
            when not has_digits and form = 'cardinal' and noun is null and (length(before) < 9 or ends_with(before, '; ') or second_word = ';' and left_word = 'and' or second_word = 'and' and left_word = ',' ) and regexp_matches(before, '(?i)(?:^|; ?)(?:and|so|but|number)?,? ?$') then case when regexp_matches(after, '^[,:]') then 'list_number' end
            -- "(2024); 4. Michigan"
            when has_digits and ends_with(before, '; ') and value < 100 then case when starts_with(after, '. ') then 'list_number' end
            when has_digits and before = '' and value < 1000 then case when regexp_matches(after, '^\. +[A-Z]|^[.)]|^/ ?[A-Z]|^ ?[•–-] |^  +[A-Z]') and (value < 200 and not has_plural or regexp_matches(after, '^\. +[A-Z]')) then 'list_number' end
            when has_digits and value < 200 and not has_plural and among(trim(before), '(') or has_digits and value < 200 and not has_plural and ends_with(before, '(')
                then case when regexp_matches(after, '^[.)]|^/ ?[A-Z]|^ ?[•–-] |^  +[A-Z]') then 'list_number' end
        end as list_rule,
        case
            when unit is not null then null
            -- "the two agreed", "those three"
            when form = 'cardinal' and not has_digits and scale is null and value < 13 and noun is null and comparator is null and (among(left_word, 'the these those you us')
                or left_word = 'top' and ends_with(second_word, '''s')
                or value < 5 and among(left_word, 'other top first last next final remaining latter') and among(second_word, 'the these those our their its my his her s') and regexp_matches(after, '^(?:[.;?!]|$| [a-z])') and not regexp_matches(after, '^ (?:to|or|and|and a half) '))
                then 'one_alone'
            -- text read by a machine: "1 will answer"
            when surface = '1' then case when among(right_word, 'am was have had will would do did think thank know believe hope wish want beg shall should could can may must said say understand agree support urge ask appreciate also now rise stand') then 'one_alone' end
            when body = 'one' then case
                when starts_with(after, ' of ') and regexp_matches(right_word, '^[a-z]') then 'one_of'
                -- "one thing", "one step ahead", "any one table", "as one observer put it": nothing is counted
                when coalesce(comparator, '>') = '>' and per is null and (list_contains(noun_roles, 'one_noun') and not has_plural or among(left_word, 'any said says told quipped joked') or noun is not null and not has_plural and comparator is null and among(words_right[2], 'where who which whose')
                    or left_word = 'as' and (regexp_matches(after, cue('one_said')))) then 'one_alone'
                when noun is null or words_right[2] = 'at' and words_right[3] = 'a' and words_right[4] = 'time' then 'one_alone' end
            when form = 'fraction' then case
                when body = 'half' and left_word = 'the' and regexp_matches(after, '^(?:[.,;?!]|$)') then 'bare_fraction'
                when comparator is null and not among(left_word, 'by just only barely') and regexp_matches(body, '^(?:a |one )?(?:quarter|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|half)s?$')
                    and not regexp_matches(after, cue('part_behind')) then 'bare_fraction'
                -- "the first three quarters", "for the half-year"
                when body = 'three quarters' and among(left_word, 'first last next past previous final other these those') then 'bare_fraction'
                when body = 'half' and among(left_word, 'second first this that latter northern southern eastern western upper lower other') then 'bare_fraction'
                else 'fraction' end
        end as pronoun_rule,
    from numeral_surroundings
    where not among(form, 'idiom spoken_year time date telephone code acronym ordinal article decade')
)

from final
