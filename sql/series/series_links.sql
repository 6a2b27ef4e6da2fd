-- grain: one row per pair of claims that look like they are about the same thing
-- scope: warehouse
-- Of one key, and then the less the figures agree, the more the words beside them must (weighed as figure_stems says): an equal
-- value needs little, another value of the same verb and outlook much, a bare generic noun ("people") most. Places keep apart, and
-- so does what another value says of where, how long and whether it is so yet (claim_scopes).
with
totals as (
    select claim_id, sum(weight) filter (is_near) as total
    from figure_stems
    group by claim_id
),
common as (
    select key_pairs.claim_id, key_pairs.other_claim_id, sum(one.weight) as shared
    from key_pairs
    inner join figure_stems as one on one.claim_id = key_pairs.claim_id
    inner join figure_stems as other on other.claim_id = key_pairs.other_claim_id and other.stem = one.stem
    where one.is_near and other.is_near
    group by all
),
pairs as (
    select
        key_pairs.*,
        coalesce(common.shared, 0) as shared,
        are_contrary(coalesce(meanings.meanings, []), coalesce(others.meanings, []))
            or case
                when is_one_value then are_apart(here.places, there.places)
                else not is_one_scope(here, there)
            end as is_contrary,
        coalesce(common.shared / greatest(coalesce(one.total, 0) + coalesce(other.total, 0) - common.shared, 0.01), 0) as likeness,
    from key_pairs
    inner join totals as one on one.claim_id = key_pairs.claim_id
    inner join totals as other on other.claim_id = key_pairs.other_claim_id
    inner join claim_scopes as here on here.claim_id = key_pairs.claim_id
    inner join claim_scopes as there on there.claim_id = key_pairs.other_claim_id
    left join claim_contrasts as meanings on meanings.claim_id = key_pairs.claim_id
    left join claim_contrasts as others on others.claim_id = key_pairs.other_claim_id
    left join common on common.claim_id = key_pairs.claim_id and common.other_claim_id = key_pairs.other_claim_id
),
final as (
    select *
    from pairs
    where case
        when is_same_event and is_equal then true
        when is_contrary then false
        when is_long_after and not is_one_value and likeness < 0.4 then false
        when is_other_topic then is_equal and shared >= 0.8 and likeness >= 0.3
        when is_equal and is_generic then shared >= 0.8 and likeness >= 0.25
        when is_one_value and subject_size >= 2 then shared >= 0.3 and likeness >= 0.08
        when is_equal then shared >= 0.4 and likeness >= 0.15 or is_unround and likeness >= 0.1
        when is_same_verb and is_same_outlook and subject_size >= 2 and not is_generic and ratio <= 1.25
            then shared >= 0.5 and likeness >= 0.2
        else is_same_verb and is_same_outlook and shared >= case when is_generic then 1.5 else 0.7 end
            and likeness >= case when is_generic then 0.4 when subject_size >= 2 then 0.25 else 0.33 end
    end
)

from final
