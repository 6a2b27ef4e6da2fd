-- grain: one row per sentence with a claim
-- scope: document
-- The sentence with each number (hedge and unit included) and each time expression replaced by private characters, as many as it
-- is long: offsets stay, and each becomes one word. Pieces are its words, each with the blanks before it.
with
parts as (
    select
        spans.sentence_id,
        spans.document_id,
        spans.span_start,
        spans.span_end,
        sentences.text,
        substr(sentences.text, span_before + 1, span_start - span_before) || mark_start
            || repeat(mark, span_end - span_start - 1) as part,
    from sentence_spans as spans
    inner join claim_sentences as sentences using (sentence_id)
),
joined as (
    select
        sentence_id,
        any_value(document_id) as document_id,
        string_agg(part, '' order by span_start) || substr(any_value(text), max(span_end) + 1) as text,
    from parts
    group by sentence_id
),
final as (
    select
        sentence_id,
        document_id,
        regexp_extract_all(text, '[\s"]*(?:' || getvariable('subject_word') || ')') as pieces,
    from joined
)

from final
