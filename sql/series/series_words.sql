-- grain: one row per series, with the words that most of its figures have beside them
-- scope: warehouse
-- What a series without a subject is called: "30 years" of "gun, significant, law".
with
quotes as (
    select series_claims.series_id, claims.claim_id, list_distinct(regexp_extract_all(lower(claims.quote), '\pL{3,}')) as words
    from series_claims
    inner join numeric_claims as claims using (claim_id)
),
said as (
    select series_id, claim_id, unnest(words) as word from quotes
),
scored as (
    select said.series_id, said.word, count(*) * avg(stems.weight) as score
    from said
    inner join figure_stems as stems on stems.claim_id = said.claim_id and stems.is_near and stems.stem = left(said.word, 6)
    group by all
),
best as (
    select series_id, word, score
    from scored
    qualify row_number() over (partition by series_id, left(word, 6) order by score desc, word) = 1
),
final as (
    select series_id, array_to_string(list(word order by score desc, word)[1:3], ', ') as words
    from best
    group by series_id
)

from final
