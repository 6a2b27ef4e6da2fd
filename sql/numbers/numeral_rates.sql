-- grain: one row per numeral that is said by the something
-- scope: document
-- "$70 a barrel", "2 million barrels per day", "300 people a day"; not "a year ago". After an article only what the lexicon
-- says ("a day"), after "per" any noun.
with
phrases as (
    select
        *,
        unnest([1, 2, 3, 4]) as words,
        array_to_string(rest[link_words + 1 : link_words + words], ' ') as phrase,
        rest[link_words + words + 1 :] as rest_behind,
        rest_behind[1] as word_behind,
        rest_behind[2] as second_behind,
    from numeral_rate_texts
    where link_words is not null
),
known as (
    select phrases.*, denominator.unit
    from phrases
    inner join lexicon.denominator
        on phrase_key(denominator.phrase) = phrases.phrase
        and denominator.language = phrases.language
        -- "90 rubles to the dollar"; of whose dollar cents are is not said
        and case
            when regexp_matches(denominator.unit, '^[A-Z]{3}$')
                then is_money and (is_per or rest[1] = 'to') and money_unit <> denominator.unit
                    and not regexp_matches(money_text, '(?i)\bcents?\b|dollar|\$')
            else rest[1] <> 'to' or not is_money
        end
        -- "7,450MB/s", not "9/l2/87"
        and (rest[1] <> '/' or money_unit is not null or length(denominator.phrase) > 2)
        and (is_per or rest[1] = 'to' or after_article = 'yes' or is_money and after_article = 'money')
    where word_behind is null
        -- "a year after", but "$73 a barrel after a surprise"
        or not (list_contains(role_words('after_time'), word_behind)
                and (word_behind not in ('before', 'after')
                    or regexp_matches(denominator.unit, '^(?:10\.|3\.)?(?:a|mo|wk|d|h|min|s)$')))
            -- "a year from now"
            and not (word_behind = 'from' and coalesce(second_behind in ('now', 'today', 'then', 'here'), true))
    qualify row_number() over (partition by mention_id order by words desc) = 1
),
-- "per 1,000 inhabitants", "per 100,000 live births": what the thousands are of
of_things as (
    select
        *,
        case when regexp_matches(unit, '^\d+$') then list_filter(rest_behind[1:2], lambda word:
            regexp_matches(word, cue('plural_word')) and not list_contains(getvariable('stop_words'), word))[1] end as thing,
    from known
),
any_noun as (
    select mention_id, '{' || rest[link_words + 1] || '}' as per, rest_at + length_of(rest_pieces, link_words + 1) as rate_length,
    from numeral_rate_texts
    anti join known using (mention_id)
    where rest[link_words] = 'per' and regexp_matches(rest[link_words + 1], '^[a-z]+$') and rest[link_words + 1] <> 'cent'
),
final as (
    select
        mention_id,
        unit || coalesce('.{' || singular(thing) || '}', '') as per,
        rest_at + length_of(rest_pieces, link_words + words + coalesce(list_position(rest_behind, thing), 0)) as rate_length,
    from of_things
    union all
    from any_noun
)

from final
