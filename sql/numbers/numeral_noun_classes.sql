-- grain: one row per distinct word behind a numeral
-- scope: document
-- A letter for what a word is in a noun phrase, by lexicon word_class or by its ending, and its singular: a modifier, n noun, N
-- name, p plural, v plural or verb, c "and" or a comma, d number word, x anything that ends the phrase.
with
words as (
    select distinct language, unnest(phrase) as word from numeral_noun_phrases
),
known as (
    select
        words.language, words.word, noun_reading,
        listed.class as known_class,
        listed.lemma as known_lemma,
        stops.word is not null as is_stop,
        words.language = 'en' as is_english,
    from words
    inner join lexicon.number_format on number_format.language = words.language
    left join lexicon.word_class as listed on listed.language = words.language and listed.word = lower(words.word)
    left join (select distinct language, word from lexicon.word_role where role = 'stop') as stops
        on stops.language = words.language and stops.word = lower(words.word)
),
final as (
    select
        language,
        word,
        coalesce(known_lemma, case when noun_reading = 'classes' then singular(word) else word end) as lemma,
        case
            when lower(word) in ('and', ',', 'or', '/') then 'c'
            -- "1,600 US troops", not those of us
            when word = 'US' then 'N'
            when is_stop then 'x'
            -- "45,000 full- and part-time staff"
            when is_english and word = '-' then 'a'
            when is_english and regexp_matches(lower(word), cue('number_word')) then 'd'
            when regexp_matches(word, '''(?:ve|m|ll|re|d|t)$') then 'x'
            when regexp_matches(word, '^\d[\d.,]*-\pL') then 'a'
            when not regexp_matches(word, '^\pL') then 'x'
            when known_class = 'plural' then 'p'
            when noun_reading = 'endings' then case when regexp_matches(word, getvariable('adjective_ending')) then 'a' else 'v' end
            when noun_reading = 'capitals' then case when regexp_matches(word, '^\p{Lu}') then 'v' else 'a' end
            -- "three High Commission Territories"
            when known_class in ('finite', 'verb') and is_english and regexp_matches(word, '^[A-Z][a-z]+$')
                and not regexp_matches(word, 's$') then 'N'
            -- "42 goes to the zoo": never a noun
            when known_class = 'finite' then 'x'
            when known_class = 'verb' and regexp_matches(word, '[^s]s$') then 'v'
            when known_class in ('adjective', 'participle', 'adverb') then 'a'
            when known_class = 'verb' then 'x'
            when known_class = 'noun' and not regexp_matches(word, '^\p{Lu}') then 'n'
            when regexp_matches(word, '''s$|s''$|ly$|\w{3}ed$|based$') then 'a'
            when regexp_matches(lower(word), cue('plural_ending')) and not regexp_matches(word, '^[A-Z]+S$') then 'p'
            when contains(word, '-') then 'a'
            -- "13 Israelis"
            when regexp_matches(word, '^\p{Lu}\w+[^aeiou]is$|^(?:Thais|Hindus|Zulus)$') then 'p'
            -- a name: "the one thing Ann knows" counts things
            when regexp_matches(word, '^\p{Lu}') then 'N'
            else 'n'
        end as class,
    from known
)

from final
