-- grain: one row per claim whose number stands as one word of its sentence
-- scope: document
-- The words at the places that frames point to, in lower case.
with
final as (
    select
        claim_id,
        frames.document_id,
        -- behind how often it is ("$5 annually in fees"), for how long ("$5 in two years for roads")
        word_at(pieces, position + greatest(1, length(r_in.tail))) as purpose_word,
        word_at(pieces, position + length(regexp_extract(r_spent.tail, '^.*[VvK]'))) as spent_verb,
        words_at(pieces, position + 1 + length(r_spent.tail), length(r_spent.np)) as spent_phrase,
        word_at(pieces, position + 1) as right_word,
        word_at(pieces, position + length(r_head.tail) + length(r_head.np)) as right_head,
        word_at(pieces, position - 1) as left_word,
        word_at(pieces, position - 2) as of_head,
        word_at(pieces, position - length(l_giving.opening) - length(l_giving.np)) as giving_verb,
        word_at(
            pieces, position - length(l_expected.opening) - length(l_expected.np) - length(l_expected.tail)
        ) as expecting_verb,
        word_at(pieces, position - length(l_with.tail) - length(l_with.np) - 1) as with_word,
        case when length(r_counted.np) > 1
            then words_at(pieces, position + 1 + length(r_counted.tail), length(r_counted.np)) else '' end as counted_phrase,
        words_at(pieces, position + 1 + length(r_share.tail), length(r_share.np)) as share_phrase,
        regexp_matches(ltrim(pieces[position + 1 + length(r_share.tail)], ' "'), '^\p{Lu}') as is_share_name,
        words_at(pieces, position + 1 + length(r_in.tail), length(r_in.np)) as in_phrase,
        word_at(pieces, position - length(regexp_extract(left_tags, '[vVKBCL][rdi]*$'))) as left_verb,
        regexp_matches(left_tags, 'V[rdiFt]*$')
            and word_at(pieces, position - length(regexp_extract(left_tags, 'V[rdiFt]*$'))) like '%ing' as has_ing_left,
        -- the noun counted, word by word, where its tags say something else ("11 saves")
        case when frames.noun_start is not null and substr(claim_sentences.text, quantities.number_end + 1, 1) <> '-' then
            len(regexp_extract_all(
                substr(claim_sentences.text, quantities.number_end + 1, quantities.noun_end - quantities.number_end),
                getvariable('subject_word')
            ))
        end as noun_words,
    from claim_frames as frames
    inner join tagged_sentences as sentences on sentences.sentence_id = frames.sentence_id
    inner join claim_sentences on claim_sentences.sentence_id = frames.sentence_id
    inner join quantities using (claim_id)
)

from final
