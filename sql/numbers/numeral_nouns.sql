-- grain: one row per numeral without a unit that counts a noun
-- scope: document
-- The words behind are classed (letters below) and read as a noun phrase: modifiers up to the last of the first plurals
-- ("two hundred newly built homes", "60 new and updated actions"); for one, or where there is no plural, the last noun
-- ("one young man", "30 aircraft"). a modifier, n noun, p plural, v plural or verb, c "and" or a comma, x anything that ends the phrase.
with
candidates as (
    select
        mention_id,
        contexts.language,
        value,
        form,
        skipped,
        is_hyphenated,
        pieces_right,
        case when trim(pieces_right[skipped + 1]) = 'of' then 1 else 0 end as of_words,
        of_words + cast((of_words = 1 or is_hyphenated or form in ('fraction', 'multiple') or trim(pieces_right[skipped + 1]) = 'such') and list_contains(getvariable('determiners'), lower(trim(pieces_right[skipped + of_words + 1]))) as int) as passed,
    from numeral_contexts as contexts
    anti join numeral_units using (mention_id)
    where form in ('cardinal', 'vague', 'fraction', 'several', 'abbreviated', 'multiple', 'one_or_two') and regexp_matches(after, '^[ -]+(?:\pL|\d+-)')
        -- "two-to-three year"; "a family of four lives"
        and not regexp_matches(after, '^-to-')
        -- "1,247 staff, of whom 312 work abroad"; "the magnitude 6.8 quake"
        and not coalesce(words_left[-2] = 'of' and words_left[-1] in ('whom', 'which'), false)
        and not coalesce(list_contains(getvariable('scale_nouns'), words_left[-1]), false)
        and not (words_left[-1] = 'of' and coalesce(list_contains(getvariable('household_words'), words_left[-2]), false))
),
words as (
    select
        mention_id,
        language,
        unnest(generate_series(1, 8)) as place,
        trim(pieces_right[skipped + passed + place]) as word,
    from candidates
    where is_hyphenated or passed < 2 or of_words = 1
),
classed as (
    select
        distinct_words.language,
        word,
        coalesce(known_lemma, case when noun_reading = 'classes' then singular(word) else word end) as lemma,
        case
            when lower(word) in ('and', ',', 'or', '/') then 'c'
            when word <> 'US' and stop_word is not null then 'x'
            when distinct_words.language = 'en' and regexp_matches(lower(word), '^(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand|million|billion|trillion)$') then 'd'
            when regexp_matches(word, '''(?:ve|m|ll|re|d|t)$') then 'x'
            when regexp_matches(word, '^\d[\d.,]*-\pL') then 'a'
            when not regexp_matches(word, '^\pL') then 'x'
            when known_class = 'plural' then 'p'
            when noun_reading = 'endings' then case when regexp_matches(word, getvariable('adjective_ending')) then 'a' else 'v' end
            when noun_reading = 'capitals' then case when regexp_matches(word, '^\p{Lu}') then 'v' else 'a' end
            -- "three High Commission Territories"
            when known_class in ('finite', 'verb') and distinct_words.language = 'en' and regexp_matches(word, '^[A-Z][a-z]+$') and not regexp_matches(word, 's$') then 'N'
            -- "42 goes to the zoo": never a noun
            when known_class = 'finite' then 'x'
            when known_class = 'verb' and regexp_matches(word, '[^s]s$') then 'v'
            when known_class in ('adjective', 'participle', 'adverb') then 'a'
            when known_class = 'verb' then 'x'
            when known_class = 'noun' and not regexp_matches(word, '^\p{Lu}') then 'n'
            when regexp_matches(word, '''s$|s''$|ly$|\w{3}ed$|based$') then 'a'
            when regexp_matches(lower(word), '(?:[^siu'']s|ies|people|\wmen|women|children)$') and not regexp_matches(word, '^[A-Z]+S$') then 'p'
            when contains(word, '-') then 'a'
            -- "13 Israelis"
            when regexp_matches(word, '^\p{Lu}\w+[^aeiou][iu]s$|^Thais$') then 'p'
            -- a name: "the one thing Ann knows" counts things
            when regexp_matches(word, '^\p{Lu}') then 'N'
            else 'n'
        end as class,
    from (select distinct language, word from words) as distinct_words
    inner join lexicon.number_format on number_format.language = distinct_words.language
    left join (select language as known_language, word as known_word, class as known_class, lemma as known_lemma from lexicon.word_class)
        on known_language = distinct_words.language and known_word = lower(word)
    left join (select distinct language as stop_language, word as stop_word from lexicon.word_role where role = 'stop')
        on stop_language = distinct_words.language and stop_word = lower(word)
),
phrases as (
    select
        mention_id,
        string_agg(coalesce(class, 'x'), '' order by place) as word_classes,
        list(word order by place) as phrase,
        list(lemma order by place) as lemmas,
    from words
    left join classed using (language, word)
    group by mention_id
),
heads as (
    select
        candidates.mention_id,
        candidates.pieces_right,
        candidates.skipped + candidates.passed as noun_from,
        phrase,
        lemmas,
        -- "four of the first seven holes", but "one family nine times"
        replace(word_classes, 'd', case when of_words = 1 then 'a' else 'x' end) as classes,
        length(regexp_extract(classes, '^(?:[anN]*?(?:ca+[anN]*?){0,2}|a[anN]*?(?:c[anN]+?){1,2})(?:v|p+)')) as plural_at,
        length(regexp_extract(classes, '^[aN]*(?:ca+)?(?:n+|N)')) as singular_at,
        case
            when is_hyphenated then cast(classes[1] in ('n', 'N', 'p', 'a') as int)
            -- "one wonders": what ends in s behind one is a verb
            when abs(value) = 1 and passed = 0 and not is_hyphenated then singular_at
            -- "half of our budget goes"
            when form = 'fraction' and regexp_matches(classes, '^[aN]*n+v') then singular_at
            when plural_at > 0 then plural_at
            else singular_at
        end as head_at,
    from candidates
    inner join phrases using (mention_id)
),
final as (
    select
        mention_id,
        phrase[head_at] as noun,
        lemmas[head_at] as noun_lemma,
        plural_at > 0 as has_plural,
        length_of(pieces_right, noun_from + head_at) as noun_length,
    from heads
    where head_at > 0
)

from final
