-- grain: one row per time expression that says when, with the words around it
-- scope: document
-- What stands before decides whether it is a base of comparison ("than in 2019"), part of a name ("Act of 2022", "Agenda
-- 2030", "2021 budget") or lies ahead ("will … in March").
with
phrases as (
    select
        phrases.*,
        substr(sentences.text, greatest(phrase_start - 79, 1), least(phrase_start, 80)) as before,
        substr(sentences.text, phrase_end + 1, 30) as after,
    from period_phrases as phrases
    inner join claim_sentences as sentences using (sentence_id)
    where kind = 'period'
),
final as (
    select
        sentence_id,
        document_id,
        phrase,
        phrase_start,
        phrase_end,
        regexp_matches(before, getvariable('period_future')) as looks_ahead,
        regexp_matches(lower(before || phrase), getvariable('period_base_tail')) or regexp_matches(lower(phrase), '^from (?:the )?(?:last|previous|same|a year|\d{4}$)') as is_base,
        regexp_matches(phrase, '^(?:of |the )*\d{4}$') and regexp_matches(before, '(?:^|[^.?!] )\pL*(?:Act|Plan|Law|Agenda|Vision|Code|Order|Strategy|Olympics|Cup|Constitution|Resolution|Compact|Project|Covenant|Amendments?)s?,? $')
            or regexp_matches(phrase, '^(?i:in )?(?i:the )?\d{4}$') and regexp_matches(after, '^ (?:\pL+ )?(?:[A-Z][a-z]+|election|elections|census|budget|campaign|level|levels|season|report|edition|model|deal|agreement|law)\b')
            -- "May I ask", "a meeting like today's"
            or phrase = 'May' and regexp_matches(before, '(?:^|[.?!"] )$') and regexp_matches(after, '^ (?:I|we|you|he|she|they|it|this|that|the|there|all|your|our|his|her|God|peace|Allah|every|each|no|these|those)\b')
            or regexp_matches(lower(before), '\blike $') and starts_with(after, '''s')
            as is_name,
    from phrases
)

from final
