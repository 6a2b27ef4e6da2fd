-- grain: one row per numeral whose counted noun stands in no list, but ends as a plural of its language does
-- scope: document
-- Lexicon noun_ending by the longest ending ("Verordnungen": Verordnung), and the nouns of word_class as the last part of a
-- compound ("Grundschulen": Grundschule; "EU-Bürgern": EU-Bürger). Column after says behind which numbers an ending is one: "few"
-- behind 2 to 4.
with
endings as (
    select language, ending, singular, after
    from lexicon.noun_ending
    union all
    select word_class.language, word, lower(lemma), null
    from lexicon.word_class
    inner join lexicon.number_format using (language)
    where noun_reading = 'capitals' and lemma is not null and length(word) > 3
),
nouns as (
    select
        mention_id,
        contexts.language,
        noun,
        -- "22 заявки", "12 заявок"
        coalesce(contexts.form = 'cardinal' and coalesce(contexts.scale, 1) < 1000
            and contexts.value % 10 between 2 and 4 and contexts.value % 100 not between 12 and 14, false) as is_few,
    from numeral_nouns
    inner join numeral_contexts as contexts using (mention_id)
    inner join lexicon.number_format using (language)
    where noun_reading <> 'classes' and noun_lemma = noun and contexts.value is distinct from 1
),
final as (
    select
        mention_id,
        noun[: length(noun) - length(ending)]
            || case when noun[length(noun) - length(ending)] = '-' then upper(singular[1]) || singular[2:] else singular end
            as sign_lemma,
        coalesce(after = 'many', false) as is_many,
    from nouns
    inner join endings
        on endings.language = nouns.language
        and ends_with(lower(noun), ending)
        and length(noun) > length(ending) + 1
        and (after is null or after = case when is_few then 'few' else 'many' end)
    qualify row_number() over (partition by mention_id order by length(ending) desc, singular) = 1
)

from final
