-- grain: one row per claim whose subject is found
-- scope: document
-- Where the subject stands: offsets into the sentence, half-open; word_from and word_to count its words.
with
located as (
    select
        picks.*,
        sentences.pieces,
        sentences.tags,
        case
            when found_left is not null then position - length(found_left.tail) - length(found_left.np)
            else position + length(found_right.tail) + 1
        end as word_from,
        word_from + length(coalesce(found_left.np, found_right.np)) - 1 as word_to,
    from claim_picks as picks
    inner join tagged_sentences as sentences using (sentence_id)
),
placed as (
    select
        * exclude (tags),
        case
            when frame in ('counted', 'money_in', 'attributive', 'agent', 'share') then left_verb
            when frame = 'purpose' then word_at(pieces, position + length(found_right.tail))
            when frame = 'spent' then word_at(pieces, position + length(regexp_extract(found_right.tail, '^.*[VvK]')))
        end as predicate,
        case
            when frame in ('cause', 'cause_to', 'cause_at') then word_at(pieces, word_from - length(found_left.opening))
            when frame in ('change', 'changed')
                then word_at(pieces, word_to + strpos(translate(found_left.tail, 'CKB', '###'), '#'))
            when frame = 'change_of' then right_head
        end as change_word,
        case
            when frame in ('cause', 'change_of', 'gapped') then 'by'
            when frame in ('cause_to', 'cause_at') then 'to'
            when frame in ('change', 'changed') then case when regexp_matches(found_left.tail, '[ti]r*$') then 'to' else 'by' end
        end as change_kind,
        length(array_to_string(pieces[1:word_from - 1], ''))
            + length(pieces[word_from]) - length(ltrim(pieces[word_from], ' "')) as subject_start,
        length(array_to_string(pieces[1:word_to], '')) as subject_end,
        substr(tags, word_from, word_to - word_from + 1) as subject_tags,
    from located
    where word_from >= 1
),
final as (
    select
        claim_id,
        sentence_id,
        document_id,
        frame,
        predicate,
        change_word,
        change_kind,
        word_from,
        word_to,
        cast(subject_start as bigint) as subject_start,
        cast(subject_end as bigint) as subject_end,
        trim(array_to_string(pieces[word_from:word_to], ''), ' "') as subject_words,
        subject_tags,
    from placed
    -- a noun that says nothing by itself is no subject
    where not (regexp_matches(subject_tags, '^[djVr]*n$') and list_contains(getvariable('light_nouns'), word_at(pieces, word_to))
        and not (frame in (
                'change', 'changed', 'level', 'cause', 'cause_to', 'cause_at', 'before', 'gapped', 'expected', 'trailing', 'with'
            )
            and list_contains(getvariable('measured_nouns'), word_at(pieces, word_to)))
        -- "450 charging points" says what kind of points
        and not (frame in ('counted', 'counted_noun')
            and (list_contains(getvariable('countable_nouns'), word_at(pieces, word_to)) or subject_tags like '%V%'
                and not list_contains(getvariable('empty_nouns'), word_at(pieces, word_to)))))
)

from final
