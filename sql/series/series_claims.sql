-- grain: one row per claim in a series
-- scope: warehouse
-- after: events
-- A series is named after its earliest claim and what is compared. Claims that only an event's postings join have no key of
-- their own: their figure is all that is compared.
with
claims as (
    select
        groups.label,
        claims.claim_id,
        claims.document_id,
        claims.turn_id,
        coalesce(keys.subject, claims.subject) as subject,
        claims.kind,
        claims.unit,
        claims.comparator,
        claims.modality,
        claims.period_start,
        claims.period_end,
        documents.event_id,
        claims.said_on,
        keys.series_key,
        keys.outlook,
        keys.predicate,
        coalesce(keys.is_generic, false) as is_generic,
        coalesce(keys.context, []) as context,
        coalesce(keys.subject_words, []) as subject_words,
        coalesce(keys.value, claims.value, claims.value_low, claims.value_high) as value,
        coalesce(keys.interval_low, claims.value_low, claims.value, claims.value_high) as interval_low,
        coalesce(keys.interval_high, claims.value_high, claims.value, claims.value_low) as interval_high,
    from series_groups as groups
    inner join numeric_claims as claims using (claim_id)
    inner join documents on documents.document_id = claims.document_id
    left join comparable_claims as keys on keys.claim_id = groups.claim_id
),
final as (
    select
        * exclude (label),
        left(md5('series' || chr(31) || first_value(claim_id) over (
            partition by label order by said_on nulls last, claim_id rows between unbounded preceding and unbounded following
        )), 20) as series_id,
    from claims
)

from final
