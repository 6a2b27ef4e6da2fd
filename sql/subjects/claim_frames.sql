-- grain: one row per claim whose number stands as one word of its sentence
-- scope: document
-- What each pattern finds beside the number: on the left what leads in, subject and what stands between; on the right what
-- leads in and the subject.
with
final as (
    select
        sides.*,
        quantities.kind,
        quantities.unit,
        lower(quantities.noun) as noun,
        quantities.noun_start,
        quantities.surface,
        coalesce(quantities.hedge in ('estimated at', 'valued at', 'put at'), false) as has_estimate,
        -- "a five-year plan"
        coalesce(ends_with(quantities.surface, '-' || quantities.unit_text), false) as is_hyphenated,
        -- "unemployment under 9", "winds up to 9 miles an hour"
        coalesce(
            list_contains(getvariable('level_hedges'), quantities.hedge)
            or quantities.hedge = 'up to' and quantities.kind in ('measure', 'rate')
                and not regexp_matches(quantities.unit, '^[A-Z]{3}/'),
            false
        ) as has_level_hedge,
        regexp_extract(left_tags, getvariable('frame_cause'), ['opening', 'np', 'tail']) as l_cause,
        regexp_extract(left_tags, getvariable('frame_cause_to'), ['opening', 'np', 'tail']) as l_cause_to,
        regexp_extract(left_tags, getvariable('frame_cause_at'), ['opening', 'np', 'tail']) as l_cause_at,
        regexp_extract(left_tags, getvariable('frame_change'), ['opening', 'np', 'tail']) as l_change,
        regexp_extract(left_tags, getvariable('frame_changed'), ['opening', 'np', 'tail']) as l_changed,
        regexp_extract(left_tags, getvariable('frame_level'), ['opening', 'np', 'tail']) as l_level,
        regexp_extract(left_tags, getvariable('frame_of'), ['opening', 'np', 'tail']) as l_of,
        regexp_extract(left_tags, getvariable('frame_holder'), ['opening', 'np', 'tail']) as l_holder,
        regexp_extract(left_tags, getvariable('frame_worth'), ['opening', 'np', 'tail']) as l_worth,
        regexp_extract(left_tags, getvariable('frame_beside'), ['opening', 'np', 'tail']) as l_beside,
        regexp_extract(left_tags, getvariable('frame_label'), ['opening', 'np', 'tail']) as l_label,
        regexp_extract(left_tags, getvariable('frame_gapped'), ['opening', 'np', 'tail']) as l_gapped,
        regexp_extract(left_tags, getvariable('frame_agent'), ['opening', 'np', 'tail']) as l_agent,
        regexp_extract(left_tags, getvariable('frame_before'), ['opening', 'np', 'tail']) as l_before,
        case when contains(left_tags, ',')
            then regexp_extract(left_tags, getvariable('frame_trailing'), ['opening', 'np', 'tail']) end as l_trailing,
        case when contains(left_tags, 't')
            then regexp_extract(left_tags, getvariable('frame_expected'), ['opening', 'np', 'tail']) end as l_expected,
        case when contains(left_tags, 'i')
            then regexp_extract(left_tags, getvariable('frame_with'), ['opening', 'np', 'tail']) end as l_with,
        case when kind in ('money', 'rate')
            then regexp_extract(left_tags, getvariable('frame_costing'), ['opening', 'np', 'tail']) end as l_costing,
        case when kind in ('money', 'rate')
            then regexp_extract(left_tags, getvariable('frame_giving'), ['opening', 'np', 'tail']) end as l_giving,
        regexp_extract(right_tags, getvariable('frame_share'), ['tail', 'np']) as r_share,
        regexp_extract(right_tags, getvariable('frame_counted'), ['tail', 'np']) as r_counted,
        regexp_extract(right_tags, getvariable('frame_head'), ['tail', 'np']) as r_head,
        regexp_extract(right_tags, getvariable('frame_change_of'), ['tail', 'np']) as r_change_of,
        regexp_extract(right_tags, getvariable('frame_in'), ['tail', 'np']) as r_in,
        regexp_extract(right_tags, getvariable('frame_off'), ['tail', 'np']) as r_off,
        case when kind in ('money', 'rate')
            then regexp_extract(right_tags, getvariable('frame_spent'), ['tail', 'np']) end as r_spent,
        regexp_extract(right_tags, getvariable('frame_purpose'), ['tail', 'np']) as r_purpose,
    from claim_sides as sides
    inner join quantities using (claim_id)
)

from final
