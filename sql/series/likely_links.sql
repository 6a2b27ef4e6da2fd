-- grain: one row per pair of claims that are more likely about the same thing than not
-- scope: warehouse
-- One figure in like words, or like words for one key. Of several claims of a speaker in a document that have the figure ("three
-- children and three teachers") each goes only with the one of the other document that is most like it, and that with it.
with
best as (
    select claim_id, other_claim_id, score
    from figure_scores
    where score >= 1
    qualify rank() over (partition by claim_id, other_document_id, other_speaker_id order by score desc) = 1
        and rank() over (partition by other_claim_id, document_id, speaker_id order by score desc) = 1
),
pairs as (
    select least(claim_id, other_claim_id) as claim_id, greatest(claim_id, other_claim_id) as other_claim_id, score from best
    union all
    select least(claim_id, other_claim_id) as claim_id, greatest(claim_id, other_claim_id) as other_claim_id, 2.5 as score
    from series_links
),
final as (
    select claim_id, other_claim_id, max(score) as score
    from pairs
    group by claim_id, other_claim_id
    order by claim_id, other_claim_id
)

from final
