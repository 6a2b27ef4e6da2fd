-- grain: one row per claim and stem around its number that says something
-- scope: document
-- Near: within a hundred characters in its sentence. Else in what was said right before and after it in the turn. The claim's own
-- figure, said again, is none.
with
texts as (
    select
        masks.claim_id,
        masks.document_id,
        neighbours.around,
        quantities.surface,
        substr(sentences.text, greatest(mask_start - 99, 1), least(mask_start, 100)) || ' '
            || substr(sentences.text, mask_end + 1, 100) as beside,
    from claim_masks as masks
    inner join claim_sentences as sentences using (sentence_id)
    inner join quantities using (claim_id)
    inner join claim_neighbours as neighbours using (sentence_id)
),
stems as (
    select claim_id, document_id, surface, unnest(stems_of(beside)) as stem, true as is_near from texts
    union all
    select claim_id, document_id, surface, unnest(stems_of(around)) as stem, false as is_near from texts
),
final as (
    select claim_id, any_value(document_id) as document_id, stem, bool_or(is_near) as is_near
    from stems
    anti join lexicon.common_stem using (stem)
    where not (stem < 'a' and contains(surface, stem))
    group by claim_id, stem
)

from final
