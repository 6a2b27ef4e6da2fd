-- grain: one row per time expression in a sentence with a claim
-- scope: document
-- Marks every match, splits on the marks, adds up lengths. kind rate ("a year") says how often, not when.
with
marked as (
    select
        sentence_id,
        document_id,
        regexp_replace(
            unmarked(text),
            getvariable('period_pattern') || '|' || getvariable('period_rate_pattern'),
            chr(1) || '\0' || chr(2), 'g'
        ) as text,
    from claim_sentences
    where regexp_matches(text, getvariable('period_hint'))
),
parts as (
    select
        sentence_id,
        document_id,
        unnest(regexp_extract_all(text, '\x01?[^\x01]*')) as part,
        generate_subscripts(regexp_extract_all(text, '\x01?[^\x01]*'), 1) as part_index,
    from marked
),
measured as (
    select
        *,
        length(regexp_replace(part, '[\x01\x02]', '', 'g')) as part_length,
        sum(part_length) over (partition by sentence_id order by part_index) - part_length as phrase_start,
        regexp_extract(part, '^\x01([^\x02]*)\x02', 1) as phrase,
    from parts
),
final as (
    select
        sentence_id,
        document_id,
        phrase,
        cast(phrase_start as bigint) as phrase_start,
        cast(phrase_start + length(phrase) as bigint) as phrase_end,
        case when regexp_matches(phrase, '^(?:' || getvariable('period_rate_pattern') || ')$') then 'rate'
            else 'period' end as kind,
    from measured
    where part[1] = chr(1)
)

from final
