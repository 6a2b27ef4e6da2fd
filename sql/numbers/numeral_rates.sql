-- grain: one row per numeral that is said by the something
-- scope: document
-- "$70 a barrel", "2 million barrels per day", "300 people a day"; not "a year ago". After an article only what the lexicon
-- says ("a day"), after "per" any noun.
with
places as (
    select
        contexts.mention_id,
        contexts.language,
        coalesce(nouns.noun_length, units.unit_length, 0) as words_at,
        -- "6 tonnes of carbon a year", "$5 million in aid each year"; not "fell 4,000 feet in under a minute"
        words_at + case when regexp_matches(substr(contexts.after, words_at + 1, 16), '^ in (?:under|over|about|around|just|nearly|almost|only|less|more|half)\b') then 0 else 1 end * length(rtrim(regexp_extract(substr(contexts.after, words_at + 1, 60), '^( (?:of|in) (?:[a-z]+ ){1,2})(?:an?|per|each|every) (?:year|month|week|day|hour|minute|second|annum|person|head|capita)\b', 1)
            || regexp_extract(substr(contexts.after, words_at + 1, 60), '^( of [\w.]+(?: [a-z]+)?) per (?:cubic|square|lit|kilo|gram|hectare|acre|tonne|ton|head|person|capita)', 1)
            || regexp_extract(substr(contexts.after, words_at + 1, 60), '^( (?:for|from|on|to) (?:[a-z]+ ){1,4}?)(?:per|each|every) (?:year|month|week|day|hour|minute|second|annum|person|head|capita)\b', 1))) as rest_at,
        coalesce(units.unit_kind = 'money', false) as is_money,
        units.unit as money_unit, units.unit_text as money_text,
        -- "a $5,000-a-year plan"
        replace(substr(contexts.after, rest_at + 1, 40), '-a-', '-a ') as rest_text,
    from numeral_contexts as contexts
    left join numeral_nouns as nouns using (mention_id)
    left join numeral_units as units using (mention_id)
),
cut as (
    select *, pieces_after(rest_text) as rest_pieces,
    from places
    where regexp_matches(rest_text, '^[ -]?(?:per|/|an?|each|every)\b|^/|^ (?:annually|yearly|monthly|weekly|daily|hourly)(?:[.,;)]|$| (?:and|to|in|for|from|on|over|by|until|since|at|during|as|due|through|with)\b)|^ (?:pro|je|в|за|на) ')
        or starts_with(rest_text, ' to the ')
            and (is_money or regexp_matches(rest_text, '^ to the (?:gallon|lit(?:re|er)|hectare|acre|square|kilo(?:gram)?|tonne|ton|barrel)\b'))
),
rests as (
    select *, as_words(rest_pieces) as rest,
    from cut
),
linked as (
    select
        *,
        case
            -- "per every child"
            when rest[1] = 'per' and rest[2] in ('every', 'each', 'single') then 2
            when rest[1] in ('per', '/', 'a', 'an', 'each', 'every', 'pro', 'je', 'в', 'за', 'на') then 1
            when rest[1] = '-' and rest[2] in ('per', 'a') or rest[1] = 'to' then 2
            -- "$7 billion annually"
            when ends_with(rest[1], 'ly') then 0
        end as link_words,
    from rests
),
phrases as (
    select
        *,
        rest[link_words] in ('per', '/') or rest[1] = 'per' as is_per,
        unnest([1, 2, 3, 4]) as words,
        array_to_string(rest[link_words + 1 : link_words + words], ' ') as phrase,
    from linked
    where link_words is not null
),
known as (
    select phrases.*, known.unit
    from phrases
    inner join lexicon.denominator as known
        on phrase_key(known.phrase) = phrases.phrase
        and known.language = phrases.language
        -- "90 rubles to the dollar"; of whose dollar cents are is not said
        and case when regexp_matches(known.unit, '^[A-Z]{3}$') then phrases.is_money and (phrases.is_per or phrases.rest[1] = 'to') and phrases.money_unit <> known.unit and not regexp_matches(phrases.money_text, '(?i)\bcents?\b|dollar|\$')
            else phrases.rest[1] <> 'to' or not phrases.is_money end
        and (phrases.is_per or phrases.rest[1] = 'to' or known.after_article = 'yes' or phrases.is_money and known.after_article = 'money')
    where phrases.rest[link_words + words + 1] is null
        or phrases.rest[link_words + words + 1] not in ('ago', 'earlier', 'later', 'old', 'or')
            -- "a year after", but "$73 a barrel after a surprise"
            and not (phrases.rest[link_words + words + 1] in ('before', 'after') and known.unit in ('a', 'mo', 'wk', 'd', 'h', 'min', 's', '3.mo', '10.a'))
            -- "a year from now"
            and not (phrases.rest[link_words + words + 1] = 'from' and coalesce(phrases.rest[link_words + words + 2] in ('now', 'today', 'then', 'here'), true))
    qualify row_number() over (partition by mention_id order by phrases.words desc) = 1
),
-- "per 1,000 inhabitants", "per 100,000 live births": what the thousands are of
of_things as (
    select
        *,
        case when regexp_matches(unit, '^\d+$') then list_filter(rest[link_words + words + 1 : link_words + words + 2], lambda word:
            regexp_matches(word, '^(?:[a-z]{2,}[^siu]s|people|women|men|children)$') and not list_contains(getvariable('stop_words'), word))[1] end as thing,
    from known
),
any_noun as (
    select *, 1 as words, '{' || rest[link_words + 1] || '}' as unit
    from linked
    anti join known using (mention_id)
    where rest[link_words] = 'per' and regexp_matches(rest[link_words + 1], '^[a-z]+$') and rest[link_words + 1] <> 'cent'
),
final as (
    select
        mention_id,
        unit || coalesce('.{' || singular(thing) || '}', '') as per,
        rest_at + length_of(rest_pieces, link_words + words + coalesce(list_position(rest[link_words + words + 1 :], thing), 0)) as rate_length,
    from of_things
    union all
    select mention_id, unit as per, rest_at + length_of(rest_pieces, link_words + words) as rate_length from any_noun
)

from final
