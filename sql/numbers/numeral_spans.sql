-- grain: one row per phrase that looks like a numeral, in sentences of speech
-- scope: document
-- number_start and number_end are code points in the sentence; gap is the text up to the next numeral.
with
part as (
    select
        sentence_id,
        unnest(parts) as part,
        generate_subscripts(parts, 1) - 1 as span_index,
    from numeral_sentences
),
placed as (
    select
        * exclude (part),
        split_part(part, chr(2), 1) as found,
        split_part(part, chr(2), 2) as gap_after,
        -- "for a year": the numeral is the article
        regexp_extract(found, '(?i)^((?:for|' || getvariable('before_article') || ') )an? \pL+(?: and a half)?$', 1) as lead_in,
        regexp_extract(found, '(?i)^(?:for|' || getvariable('before_article') || ') an?( \pL+)$', 1) as lead_out,
        cast(sum(length(part) - cast(span_index > 0 as int)) over (partition by sentence_id order by span_index)
            - (length(part) - cast(span_index > 0 as int)) as int) as found_start,
    from part
),
trimmed as (
    select
        * exclude (found, gap_after, lead_in, lead_out, found_start),
        found[length(lead_in) + 1 : length(found) - length(lead_out)] as surface,
        cast(found_start + length(lead_in) as int) as number_start,
        cast(number_start + length(surface) as int) as number_end,
        lead_out || gap_after as gap,
        row_number() over (partition by sentence_id, surface order by span_index) as occurrence,
    from placed
    where span_index > 0
),
final as (
    select
        left(md5(concat_ws(chr(31), 'mention', sentence_id, surface, occurrence)), 20) as mention_id,
        sentences.document_id,
        sentences.turn_id,
        sentence_id,
        sentences.sentence_index,
        sentences.language,
        cast(span_index as int) as span_index,
        surface,
        number_start,
        number_end,
        gap,
        -- as published: strike-out marks and brackets show a correction
        substr(sentences.text, number_end + 1, length(gap)) as text_to_next,
        substr(sentences.plain_text, greatest(number_start - 59, 1), least(number_start, 60)) as before,
        substr(sentences.plain_text, number_end + 1, 80) as after,
    from trimmed
    inner join numeral_sentences as sentences using (sentence_id)
)

from final
