-- grain: one row per pair of claims of one key whose figures are equal or may be compared
-- scope: warehouse
-- A claim is compared with the twenty next in order of value, which keeps large keys cheap. Two figures of one sentence are parts.
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
        one.interval_low <= other.interval_high and other.interval_low <= one.interval_high and coalesce(ratio < 1.06, true)
            and (one.value = other.value or not one.is_generic) as is_equal,
        one.value = other.value as is_one_value,
        one.is_unround and other.is_unround as is_unround,
        len(one.subject_words) as subject_size,
        one.is_generic,
        one.predicate = other.predicate as is_same_verb,
        one.outlook = other.outlook as is_same_outlook,
        coalesce(one.topic_code <> other.topic_code, false) as is_other_topic,
        coalesce(one.event_id = other.event_id, false) as is_same_event,
        coalesce(abs(date_diff('day', one.said_on, other.said_on)) > 365, false) as is_long_after,
    from (select *, place_in_key + unnest(range(1, 21)) as next_place from ordered where key_size > 1) as one
    inner join ordered as other on other.series_key = one.series_key and other.place_in_key = one.next_place
    where one.value = other.value or ratio <= 2 and one.sentence_id <> other.sentence_id
),
final as (
    select *
    from near
    where is_equal or is_same_verb and is_same_outlook and not is_other_topic
)

from final
