-- grain: one row per numeral without a unit
-- scope: document
-- "One" and "the two" for persons and things, and fractions that measure nothing ("the third quarter", "in the half").
with
final as (
    select
        mention_id,
        case
            -- "the two agreed", "those three"
            when form = 'cardinal' and not has_digits and scale is null and value < 13 and noun is null and comparator is null
                and (among(left_word, 'the these those you us')
                or left_word = 'top' and ends_with(second_word, '''s')
                or value < 5 and among(left_word, 'other top first last next final remaining latter')
                    and among(second_word, 'the these those our their its my his her s')
                        and regexp_matches(after, '^(?:[.;?!]|$| [a-z])')
                    and not regexp_matches(after, '^ (?:to|or|and|and a half) '))
                then 'one_alone'
            -- text read by a machine: "1 will answer"
            when surface = '1' then case when list_contains(role_words('after_i'), right_word) then 'one_alone' end
            when body = 'one' then case
                when starts_with(after, ' of ') and regexp_matches(right_word, '^[a-z]')
                    and not (among(left_word, 'only just') and regexp_matches(after, cue('one_of_number'))) then 'one_of'
                -- "one thing", "one step ahead", "any one table", "as one observer put it": nothing is counted
                when coalesce(comparator, '>') = '>' and per is null
                    and (list_contains(noun_roles, 'one_noun') and not has_plural
                        or among(left_word, 'any said says told quipped joked')
                    or noun is not null and not has_plural and comparator is null and among(words_right[2], 'where who which whose')
                    or left_word = 'as' and (regexp_matches(after, cue('one_said')))) then 'one_alone'
                -- "one witness told local radio"; "One night a stranger knocked"
                when comparator is null and (regexp_matches(after, cue('one_source'))
                    or before = '' and regexp_matches(after, cue('one_night'))) then 'one_alone'
                -- "one defeat after another"; "we will be one nation"
                when regexp_matches(after, '^ (?:[\w''-]+ ){1,3}after (?:another|the other)\b')
                    or left_word = 'from' and regexp_matches(after, '^ [\w''-]+ to (?:the next|the other|another)\b')
                    then 'one_alone'
                when among(left_word, 'be as are remain become were still')
                    and list_contains(role_words('united_noun'), lower(noun)) then 'one_alone'
                -- "why would one risk everything"
                when not has_plural and among(left_word, 'would should could can may might must does did will')
                    and (is_noun_or_verb or regexp_matches(after, cue('doing_behind'))) then 'one_alone'
                when noun is null or words_right[2] = 'at' and words_right[3] = 'a' and words_right[4] = 'time' then 'one_alone' end
            when form = 'fraction' then case
                -- "a half-point cut"; "cut child poverty in half"
                when starts_with(after, '-point') then 'fraction'
                when body = 'half' and left_word = 'in' and regexp_matches(before, cue('reduced_in')) then 'fraction'
                when body = 'half' and left_word = 'the' and regexp_matches(after, '^(?:[.,;?!]|$)') then 'bare_fraction'
                when comparator is null and not among(left_word, 'by just only barely')
                    and regexp_matches(body, '^(?:a |one )?(?:quarter|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|half)s?$')
                    and not regexp_matches(after, cue('part_behind')) then 'bare_fraction'
                -- "sold 12 million phones in a quarter"
                when body = 'a quarter' and among(left_word, 'in per every for this') and regexp_matches(after, '^(?:[.,;?!]|$)')
                    then 'bare_fraction'
                -- "the first three quarters", "for the half-year"
                when body = 'three quarters' and among(left_word, 'first last next past previous final other these those')
                    then 'bare_fraction'
                when body = 'half' and among(left_word,
                    'second first this that latter northern southern eastern western upper lower other')
                    then 'bare_fraction'
                else 'fraction' end
        end as pronoun_rule,
    from numeral_surroundings
    where not among(form, 'idiom spoken_year time date telephone code acronym ordinal article decade') and unit is null
)

from final
