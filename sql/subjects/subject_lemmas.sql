-- grain: one row per claim whose subject has a word that tells it apart
-- scope: document
-- Lemmas of the subject's words without stop words, sorted; the head is the last noun before the first preposition.
with
words as (
    select
        subjects.claim_id,
        subjects.document_id,
        unnest(sentences.pieces[word_from:word_to]) as piece,
        unnest(string_split(subject_tags, '')) as tag,
        generate_subscripts(sentences.pieces[word_from:word_to], 1) as place_in_subject,
        strpos(translate(subject_tags, 'oiFt', '####') || '#', '#') as first_preposition,
    from claim_subjects as subjects
    inner join tagged_sentences as sentences using (sentence_id)
),
lemmatised as (
    select words.*, tagged.lemma
    from words
    inner join subject_words as tagged using (piece)
    where words.tag in ('n', 'j', 'V', 'v', 'L', 'C', 'K', 'B')
        and not list_contains(getvariable('key_stops'), tagged.lemma)
            and not list_contains(getvariable('key_stops'), tagged.lower_word)
),
final as (
    select
        claim_id,
        any_value(document_id) as document_id,
        list_sort(list(distinct lemma)) as subject_words,
        max_by(lemma, place_in_subject) filter (place_in_subject < first_preposition) as head,
    from lemmatised
    group by claim_id
    having head is not null
)

from final
