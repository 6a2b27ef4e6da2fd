-- grain: one row per claim of a current version
-- scope: warehouse
-- as: view
with topic_of as (
    select st.sentence_id, st.topic_code, t.topic
    from sentence_topics as st
    inner join topics as t using (topic_code)
    where st.topic_rank = 1 and st.is_sure
),
final as (
    select
        c.claim_id,
        t.speaker_name as speaker,
        c.speaker_id,
        t.role,
        t.organisation,
        t.speaker_kind,
        c.said_on,
        d.title,
        d.source,
        c.subject,
        c.surface,
        c.comparator,
        c.value,
        c.value_low,
        c.value_high,
        c.unit,
        c.kind,
        c.change,
        c.period_text,
        c.period_start,
        c.period_end,
        c.place,
        c.attributed_to,
        c.modality,
        c.quote,
        topic_of.topic,
        topic_of.topic_code,
        t.label,
        t.attribution,
        t.confidence as attribution_confidence,
        t.doubt as attribution_doubt,
        c.confidence,
        c.doubt,
        c.document_id,
        c.turn_id,
        c.sentence_id,
        c.char_start,
        c.char_end,
        d.origin,
        -- https://wicg.github.io/scroll-to-text-fragment/: the quote's first and last words, percent-encoded
        case when regexp_matches(d.url, '^https?://') then
            regexp_replace(d.url, '#.*$', '') || '#:~:text='
            || replace(replace(
                url_encode(array_to_string(string_split_regex(trim(c.quote), '\s+')[:6], ' ')), '-', '%2D'), '+', '%20'
            )
            || case when len(string_split_regex(trim(c.quote), '\s+')) > 12 then
                ',' || replace(replace(
                    url_encode(array_to_string(string_split_regex(trim(c.quote), '\s+')[-5:], ' ')), '-', '%2D'), '+', '%20'
                )
                else '' end
        end as proof_url,
    from numeric_claims as c
    inner join documents as d using (document_id)
    inner join turns as t using (turn_id)
    left join topic_of using (sentence_id)
)
select * from final
