-- grain: one row per claim whose place is named
-- scope: document
-- In the subject, right behind number or subject, or at the head of the sentence; nowhere else, since places elsewhere in a
-- sentence are as often not the number's.
with
texts as (
    select
        masks.claim_id,
        masks.document_id,
        sentences.text as text,
        subjects.subject_start,
        subjects.subject_end,
        greatest(masks.mask_end, coalesce(subjects.subject_end, 0)) as reach,
    from claim_masks as masks
    inner join claim_sentences as sentences using (sentence_id)
    left join claim_subjects as subjects using (claim_id)
    where regexp_matches(sentences.text, getvariable('place_pattern'))
),
named as (
    select
        *,
        regexp_extract(substr(text, subject_start + 1, subject_end - subject_start), getvariable('place_pattern')) as in_subject,
        regexp_extract(substr(text, reach + 1, 61), getvariable('place_after'), ['within', 'beside']) as behind,
        regexp_extract(text, getvariable('place_opening'), 1) as at_head,
    from texts
),
chosen as (
    select
        claim_id,
        document_id,
        coalesce(nullif(in_subject, ''), nullif(behind.within, ''), nullif(behind.beside, ''), nullif(at_head, '')) as place_text,
        case
            when in_subject <> '' then 'subject'
            when behind.within <> '' or behind.beside <> '' then 'after'
            else 'head'
        end as evidence,
    from named
),
final as (
    select chosen.*, lexicon.place.place
    from chosen
    inner join lexicon.place on lexicon.place.name = chosen.place_text and lexicon.place.language = 'en'
)

from final
