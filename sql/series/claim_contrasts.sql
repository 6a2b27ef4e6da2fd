-- grain: one row per claim with a word beside its figure that has an opposite
-- scope: warehouse
with
stems as (
    select claim_id, unnest(context || list_transform(subject_words, lambda word: left(word, 6))) as stem
    from staging.claim_keys
),
final as (
    select claim_id, list(distinct meaning order by meaning) as meanings
    from stems
    inner join lexicon.contrast_stem using (stem)
    group by claim_id
)

from final
