-- grain: one row per word of a distinct numeral as written
-- scope: document
with
words as (
    select
        language,
        surface,
        form,
        unnest(regexp_extract_all(body, getvariable('numeral_word'))) as word,
        unnest(generate_series(1, len(regexp_extract_all(body, getvariable('numeral_word'))))) as word_index,
    from numeral_forms
    where form not in ('idiom', 'time', 'date', 'spoken_year', 'telephone', 'code', 'acronym', 'multiple', 'multiple_verb')
),
keyed as (
    select
        *,
        case when form = 'vague' then word
            else regexp_replace(word, '^(million|billion|trillion|thousand|hundred|dozen|crore|lakh)s$', '\1') end as key,
        regexp_matches(word, '\d') as is_figure,
    from words
),
final as (
    select
        keyed.language,
        surface,
        word_index,
        keyed.word,
        case when is_figure or keyed.word in ('o', 'oh') then 'small' else coalesce(numeral.class, keyed.word) end as class,
        case
            when is_figure then cast(regexp_replace(keyed.word, '[^\d.]', '', 'g') as double)
            else coalesce(cast(numeral.value as double), 0)
        end as value,
    from keyed
    left join lexicon.numeral
        on numeral.language = keyed.language
        and numeral.word = keyed.key
        and numeral.class <> case when form = 'ordinal' then 'part' else 'ordinal' end
        and numeral.class <> case when form = 'vague' and keyed.language <> 'en' then 'scale' when keyed.language <> 'en'
            then 'vague' else '' end
        and numeral.class not in ('ordinal_ending', 'article')
        and not (numeral.class = 'abbrev' and word_index = 1)
)

from final
