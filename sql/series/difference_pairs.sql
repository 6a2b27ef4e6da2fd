-- grain: one row per pair of claims of one series that cannot both hold
-- scope: warehouse
-- Intervals that do not meet, or, between postings of one event, a bound that one has and the other has not. A claim is compared
-- with the twelve next of its series in time. Denials and questions state no figure. Within a document two speakers may differ;
-- one speaker's own figures there are parts, steps and corrections.
with
ordered as (
    select
        claims.* exclude (series_key, turn_id),
        coalesce(turns.speaker_id, turns.label) as voice,
        row_number() over (partition by series_id order by claims.said_on nulls last, claims.claim_id) as place_in_time,
    from series_claims as claims
    inner join turns on turns.turn_id = claims.turn_id
    where modality not in ('denied', 'asked')
),
pairs as (
    select
        earlier.series_id,
        earlier.claim_id,
        later.claim_id as other_claim_id,
        earlier.document_id = later.document_id as is_same_document,
        not is_same_document and coalesce(earlier.event_id = later.event_id, false) as is_same_event,
        cast(abs(date_diff('day', earlier.said_on, later.said_on)) as bigint) as days_between,
        greatest(earlier.interval_low - later.interval_high, later.interval_low - earlier.interval_high, 0)
            / nullif(least(abs(earlier.value), abs(later.value)), 0) as gap,
        greatest(abs(earlier.value), abs(later.value)) / nullif(least(abs(earlier.value), abs(later.value)), 0) as ratio,
        len(list_intersect(earlier.context, later.context)) as shared,
        shared / greatest(len(earlier.context) + len(later.context) - shared, 1) as likeness,
        earlier.period_start is not null and later.period_start is not null as has_periods,
        earlier.period_start is not distinct from later.period_start
            and earlier.period_end is not distinct from later.period_end as is_same_period,
        is_past(earlier.period_end, earlier.said_on) <> is_past(later.period_end, later.said_on) as is_other_time,
        earlier.outlook = later.outlook as is_same_outlook,
        earlier.predicate = later.predicate as is_same_verb,
        'reported' not in (earlier.modality, later.modality) as are_own_words,
        earlier.is_generic or later.is_generic as is_generic,
    from (select *, place_in_time + unnest(range(1, 13)) as next_place from ordered) as earlier
    inner join ordered as later on later.series_id = earlier.series_id and later.place_in_time = earlier.next_place
    where (later.document_id <> earlier.document_id or later.voice <> earlier.voice)
        and (
            earlier.interval_high < later.interval_low or later.interval_high < earlier.interval_low
            or is_same_event and bound_of(earlier.comparator) <> bound_of(later.comparator)
        )
),
final as (
    select
        pairs.*,
        are_contrary(coalesce(meanings.meanings, []), coalesce(others.meanings, [])) as is_contrary,
        coalesce(
            is_one_scope(one, other) and not are_apart(one.figures, other.figures) and not are_apart(one.names, other.names), false
        ) as is_same_scope,
        coalesce(one.is_share and other.is_share, false) as is_share,
    from pairs
    left join claim_scopes as one on one.claim_id = pairs.claim_id
    left join claim_scopes as other on other.claim_id = pairs.other_claim_id
    left join claim_contrasts as meanings on meanings.claim_id = pairs.claim_id
    left join claim_contrasts as others on others.claim_id = pairs.other_claim_id
)

from final
