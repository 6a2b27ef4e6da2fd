-- grain: one row per pair of claims with different figures for what looks like the same thing
-- scope: warehouse
-- Candidates for a person to check, nothing more: intervals that cannot both hold for one period, in like words. A claim is
-- compared with the twelve next of its series in time. Denials and questions state no figure; what differs between postings of
-- one event is the translation's doing. Within a document two speakers may differ; one speaker's own figures there are parts,
-- steps and corrections. What lies over a year apart is mostly another occasion in the same template.
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
        earlier.period_start is not distinct from later.period_start and earlier.period_end is not distinct from later.period_end as is_same_period,
        is_past(earlier.period_end, earlier.said_on) <> is_past(later.period_end, later.said_on) as is_other_time,
        earlier.outlook = later.outlook as is_same_outlook,
        earlier.predicate = later.predicate as is_same_verb,
        'reported' not in (earlier.modality, later.modality) as are_own_words,
        earlier.is_generic as is_generic,
        are_contrary(coalesce(meanings.meanings, []), coalesce(others.meanings, [])) as is_contrary,
    from (select *, place_in_time + unnest(range(1, 13)) as next_place from ordered) as earlier
    inner join ordered as later on later.series_id = earlier.series_id and later.place_in_time = earlier.next_place
    left join claim_contrasts as meanings on meanings.claim_id = earlier.claim_id
    left join claim_contrasts as others on others.claim_id = later.claim_id
    where (later.document_id <> earlier.document_id or later.voice <> earlier.voice)
        and (
            earlier.interval_high < later.interval_low or later.interval_high < earlier.interval_low
            or is_same_event and bound_of(earlier.comparator) <> bound_of(later.comparator)
        )
),
-- "$3,000, and $3,600 for younger ones" beside itself: where either sentence has the other's figure too, nothing differs.
-- Two joins by sentence, since one with an `or` compares each pair with every figure of its unit.
figures as (
    select
        pairs.claim_id,
        pairs.other_claim_id,
        one.unit_key,
        one.sentence_id,
        other.sentence_id as other_sentence_id,
        one.interval_low,
        one.interval_high,
        other.interval_low as other_interval_low,
        other.interval_high as other_interval_high,
    from pairs
    inner join staging.claim_keys as one on one.claim_id = pairs.claim_id
    inner join staging.claim_keys as other on other.claim_id = pairs.other_claim_id
),
repeated as (
    select figures.claim_id, figures.other_claim_id
    from figures
    inner join staging.claim_keys as beside on beside.sentence_id = figures.sentence_id and beside.unit_key = figures.unit_key
    where beside.value between figures.other_interval_low and figures.other_interval_high
    union all
    select figures.claim_id, figures.other_claim_id
    from figures
    inner join staging.claim_keys as beside on beside.sentence_id = figures.other_sentence_id and beside.unit_key = figures.unit_key
    where beside.value between figures.interval_low and figures.interval_high
),
judged as (
    select
        *,
        case
            when is_same_event then 'translation'
            when has_periods and is_same_period or days_between <= 7 then 'same_time'
            else 'later_update'
        end as reason,
    from pairs
    anti join repeated using (claim_id, other_claim_id)
    where is_same_event
        or is_same_outlook and is_same_verb and (not has_periods or is_same_period)
        and not is_contrary and not is_other_time
        and (days_between <= 365 or is_same_period and has_periods or likeness >= 0.65)
        and shared >= 2 and (ratio <= 1.25 and likeness >= case when is_generic then 0.4 else 0.2 end or ratio <= 2 and likeness >= 0.33)
),
final as (
    select
        claim_id,
        other_claim_id,
        series_id,
        reason,
        days_between,
        gap,
        round(least(0.95, 0.6 + 0.4 * likeness + case when ratio <= 1.25 then 0.1 else 0 end - case when are_own_words then 0 else 0.1 end), 3) as confidence,
    from judged
)

from final
