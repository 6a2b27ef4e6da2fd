-- grain: one row per claim whose number stands as one word of its sentence
-- scope: document
-- The tag string left and right of the number; position is the number's place among the words.
with
placed as (
    select
        spans.claim_id,
        spans.sentence_id,
        spans.document_id,
        string_split(sentences.tags, '9') as between_numbers,
        array_to_string(between_numbers[1:spans.number_index], '9') as left_tags,
        array_to_string(between_numbers[spans.number_index + 1:], '9') as right_tags,
        cast(length(left_tags) + 1 as int) as position,
    from sentence_spans as spans
    inner join tagged_sentences as sentences using (sentence_id)
    where spans.claim_id is not null
),
final as (
    select * exclude (between_numbers) from placed
)

from final
