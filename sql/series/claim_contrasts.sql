-- grain: one row per claim with a word or phrase beside its figure that has an opposite
-- scope: warehouse
with
stems as (
    select claim_id, unnest(context || list_transform(subject_words, lambda word: left(word, 6))) as stem
    from staging.claim_keys
),
phrases as (
    select claim_id, unnest(phrases) as word from figure_sides
),
meant as (
    select claim_id, meaning
    from stems
    inner join lexicon.contrast_stem using (stem)
    union all
    select phrases.claim_id, contrast.class || '=' || contrast.meaning as meaning
    from phrases
    inner join lexicon.contrast as contrast on contrast.language = 'en' and contrast.word = phrases.word
),
final as (
    select claim_id, list(distinct meaning order by meaning) as meanings
    from meant
    group by claim_id
)

from final
