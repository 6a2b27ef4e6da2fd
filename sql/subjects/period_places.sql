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
        year(coalesce(documents.event_on, documents.published_on)) as said_year,
    from period_phrases as phrases
    inner join claim_sentences as sentences using (sentence_id)
    inner join documents on documents.document_id = phrases.document_id
    where phrases.kind = 'period'
),
final as (
    select
        sentence_id,
        document_id,
        phrase,
        phrase_start,
        phrase_end,
        regexp_matches(before, getvariable('period_future')) as looks_ahead,
        -- "from 2027" ahead of the day it was said is a beginning; what "more than 400" holds since is no base
        (regexp_matches(lower(before || phrase), getvariable('period_base_tail'))
            or regexp_matches(lower(before), getvariable('period_base_level'))
            or regexp_matches(lower(phrase), '^from (?:the )?(?:last|previous|same|a year|\d{4}$)')
            -- "the highest level since 2008", "for the first time in three years"
            or regexp_matches(before, getvariable('period_superlative'))
                and regexp_matches(phrase, '^(?i:since |(?:in|for) (?:the )?(?:last|past|\d|[a-z]+ (?:year|month|decade)))')
            or regexp_matches(before, '\b(?:average|peak|high|low|level|figure|total)s? $') and phrase like 'of %')
            and not regexp_matches(before, '\b(?:more|less|fewer|greater|higher|lower) than [^ \w]?\d[^ ]*(?: [^ ]+){0,4} $')
            and not (looks_ahead and phrase ilike 'from %'
                and coalesce(try_cast(right(phrase, 4) as int) >= said_year, false)) as is_base,
        regexp_matches(phrase, '^(?:of |the )*\d{4}$') and regexp_matches(before, getvariable('period_named_before'))
            or regexp_matches(phrase, '^(?i:in )?(?i:the )?\d{4}$') and regexp_matches(after, getvariable('period_named_after'))
            or regexp_matches(phrase, '^[A-Z][a-z]+\.? \d{1,2}(?:st|nd|rd|th)?$') and regexp_matches(after, '^ [A-Z][a-z]')
            or phrase = 'May' and regexp_matches(before, '(?:^|[.?!"] )$')
                and regexp_matches(after, getvariable('period_may_after'))
            or regexp_matches(before, getvariable('period_published'))
            -- "a meeting like today's"
            or regexp_matches(lower(before), '\blike $') and starts_with(after, '''s')
            -- "2000 students"; "to be built within six months of completion": a span, no time
            or regexp_matches(phrase, '^(?:[A-Za-z]+ )*\d{4}$')
                and (sentence_id, phrase_end) in (select (sentence_id, number_end) from quantities)
            or phrase ilike 'within %' and not phrase ilike 'within the %'
                and (not looks_ahead or regexp_matches(after, '^ (?:of|after|from|upon)\b'))
            as is_name,
        starts_with(after, '''s ') and not regexp_matches(phrase, '^(?:[Ii]n|[Oo]n|[Aa]t|[Dd]uring) ') as is_possessive,
    from phrases
)

from final
