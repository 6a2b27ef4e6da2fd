-- grain: one row per pair of claims with one figure in like words
-- scope: warehouse
-- "45,000 factory jobs" and "in factories we built 45,000": subjects are cut differently or not found, but the figure is the same
-- and so are words around it that say something. A claim is compared with the eight next that have figure and word in common.
-- A round figure needs most words in common, one said within weeks of the other least.
-- "100 judges" and "100 machines" of one list are told apart: other subjects, and the figure stands twice in a document.
-- "$35 a month" may be another's "$35": the unit is compared without what it is divided by.
with
ordered as (
    select *, row_number() over in_time as place_in_time, count(*) over (partition by home_source, base_unit, value, stem) as size,
    from figure_stems
    where is_near or weight >= 0.6
    window in_time as (partition by home_source, base_unit, value, stem order by said_on, claim_id)
),
near as materialized (
    select distinct one.claim_id, other.claim_id as other_claim_id
    from (select *, place_in_time + unnest(range(1, 9)) as next_place from ordered where size > 1) as one
    inner join ordered as other
        on other.home_source = one.home_source and other.base_unit = one.base_unit and other.value = one.value
        and other.stem = one.stem and other.place_in_time = one.next_place
    where other.document_id <> one.document_id
        and (one.direction = other.direction or '' in (one.direction, other.direction))
),
totals as (
    select
        claim_id,
        any_value(is_plain) as is_plain,
        any_value(is_repeated) as is_repeated,
        any_value(is_round) as is_round,
        any_value(said_on) as said_on,
        any_value(place) as place,
        any_value(kind) = 'duration' as is_duration,
        any_value(subject_words) as subject_words,
        sum(weight) filter (is_near) as near_total,
        sum(weight) as total,
    from figure_stems
    group by claim_id
),
common as (
    select
        near.claim_id,
        near.other_claim_id,
        coalesce(sum(one.weight) filter (one.is_near and other.is_near), 0) as near_shared,
        coalesce(sum(one.weight) filter (one.stem < 'a'), 0) as shared_figures,
        sum(one.weight) as shared,
    from near
    inner join figure_stems as one on one.claim_id = near.claim_id
    inner join figure_stems as other on other.claim_id = near.other_claim_id and other.stem = one.stem
    group by all
),
pairs as (
    select
        common.*,
        one.is_plain,
        one.is_duration,
        one.is_round,
        coalesce(abs(date_diff('day', one.said_on, other.said_on)) <= 45, false) as is_near,
        near_shared / greatest(coalesce(one.near_total, 0) + coalesce(other.near_total, 0) - near_shared, 0.01) as near_likeness,
        shared / greatest(one.total + other.total - shared, 0.01) as likeness,
        len(one.subject_words) > 0 and len(other.subject_words) > 0 and not list_has_any(one.subject_words, other.subject_words) as is_other_subject,
        one.is_repeated or other.is_repeated as is_repeated,
        one.place = other.place as is_same_place,
        list_has_any(one.subject_words, other.subject_words) as is_same_subject,
    from common
    inner join totals as one on one.claim_id = common.claim_id
    inner join totals as other on other.claim_id = common.other_claim_id
    left join claim_contrasts as meanings on meanings.claim_id = common.claim_id
    left join claim_contrasts as others on others.claim_id = common.other_claim_id
    where not are_contrary(coalesce(meanings.meanings, []), coalesce(others.meanings, []))
),
final as (
    select *
    from pairs
    where case
        when is_repeated and (is_other_subject or is_plain and not is_same_subject and not is_duration) then false
        when not is_same_place then near_shared >= 0.8 and near_likeness >= 0.3
        when shared_figures >= 0.5 and shared >= 1.4 and likeness >= 0.08 then true
        when is_duration then near_shared >= 1 and near_likeness >= 0.22 or shared >= 2.3 and likeness >= 0.13
        when is_plain then near_shared >= 1.1 and near_likeness >= case when is_same_subject then 0.22 else 0.27 end
            or is_same_subject and shared >= 2.2 and likeness >= 0.13
        when is_other_subject then near_shared >= 0.8 and near_likeness >= 0.25 or shared >= 2.3 and likeness >= 0.14
        when is_near and near_shared >= 0.4 and near_likeness >= case when is_round then 0.15 else 0.1 end then true
        when is_round and near_shared >= 0.85 and near_likeness >= 0.23 then true
        when not is_round and near_shared >= 0.38 and near_likeness >= 0.15 then true
        when is_near then shared >= 1.8 and likeness >= 0.09
        else shared >= 2.1 and likeness >= 0.1
    end
)

from final
