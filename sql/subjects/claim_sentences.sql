-- grain: one row per sentence with a claim, in languages that have frames for subjects
-- scope: document
with
final as (
    select sentences.sentence_id, sentences.document_id, plain(sentences.text) as text
    from sentences
    inner join documents using (document_id)
    where sentence_id in (select sentence_id from quantities)
        and split_part(coalesce(documents.language, 'en'), '-', 1) in (select language from lexicon.frame)
)

from final
