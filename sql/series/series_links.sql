-- grain: one row per pair of claims that look like they are about the same thing
-- scope: warehouse
-- Of one key, and then the less the figures agree, the more the words beside them must (weighed as figure_stems says): an equal
-- value needs little, another value of the same verb and outlook much, a bare generic noun ("people") most. A claim is compared
-- with the twenty next in order of value, which keeps large keys cheap; chains of links make the series.
with
ordered as (
    select
        *,
        row_number() over (partition by series_key order by abs(value), said_on, claim_id) as place_in_key,
        count(*) over (partition by series_key) as key_size,
        value <> 0 and abs(value) / pow(10, floor(log10(abs(value))) - 1) % 1 > 1e-6 as is_unround,
    from comparable_claims
),
near as (
    select
        one.claim_id,
        other.claim_id as other_claim_id,
        greatest(abs(one.value), abs(other.value)) / nullif(least(abs(one.value), abs(other.value)), 0) as ratio,
        one.interval_low <= other.interval_high and other.interval_low <= one.interval_high and coalesce(ratio < 1.06, true) as is_equal,
        one.is_unround and other.is_unround as is_unround,
        len(one.subject_words) as subject_size,
        one.is_generic,
        one.predicate = other.predicate as is_same_verb,
        one.outlook = other.outlook as is_same_outlook,
        coalesce(one.topic_code <> other.topic_code, false) as is_other_topic,
        coalesce(one.event_id = other.event_id, false) as is_same_event,
    from (select *, place_in_key + unnest(range(1, 21)) as next_place from ordered where key_size > 1) as one
    inner join ordered as other on other.series_key = one.series_key and other.place_in_key = one.next_place
    where ratio <= 2 or one.value = other.value
),
candidates as materialized (
    select *
    from near
    where is_equal or is_same_verb and is_same_outlook and not is_other_topic
),
totals as (
    select claim_id, sum(weight) filter (is_near) as total
    from figure_stems
    group by claim_id
),
common as (
    select candidates.claim_id, candidates.other_claim_id, sum(one.weight) as shared
    from candidates
    inner join figure_stems as one on one.claim_id = candidates.claim_id
    inner join figure_stems as other on other.claim_id = candidates.other_claim_id and other.stem = one.stem
    where one.is_near and other.is_near
    group by all
),
pairs as (
    select
        candidates.*,
        coalesce(common.shared, 0) as shared,
        are_contrary(coalesce(meanings.meanings, []), coalesce(others.meanings, [])) as is_contrary,
        coalesce(common.shared / greatest(coalesce(one.total, 0) + coalesce(other.total, 0) - common.shared, 0.01), 0) as likeness,
    from candidates
    inner join totals as one on one.claim_id = candidates.claim_id
    inner join totals as other on other.claim_id = candidates.other_claim_id
    left join claim_contrasts as meanings on meanings.claim_id = candidates.claim_id
    left join claim_contrasts as others on others.claim_id = candidates.other_claim_id
    left join common on common.claim_id = candidates.claim_id and common.other_claim_id = candidates.other_claim_id
),
final as (
    select *
    from pairs
    where case
        when is_same_event and is_equal then true
        when is_contrary then false
        when is_other_topic then is_equal and shared >= 0.8 and likeness >= 0.3
        when is_equal and is_generic then shared >= 0.8 and likeness >= 0.25
        when is_equal then shared >= 0.4 and likeness >= 0.15 or is_unround and likeness >= 0.1
        when is_same_verb and is_same_outlook and subject_size >= 2 and not is_generic and ratio <= 1.25 then shared >= 0.5 and likeness >= 0.2
        else is_same_verb and is_same_outlook and shared >= case when is_generic then 1.5 else 0.7 end
            and likeness >= case when is_generic then 0.4 when subject_size >= 2 then 0.25 else 0.33 end
    end
)

from final
