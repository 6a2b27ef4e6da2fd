-- grain: one row per claim whose subject is found
-- scope: document
-- Found beside the number, or carried on: "trade grew by 6 percent, about 5.7 percent, and exceeded $50 billion" names nothing
-- new in its later clauses, so they keep the subject of the first.
with
ordered as (
    select
        sides.claim_id,
        sides.sentence_id,
        sides.document_id,
        quantities.kind,
        found.claim_id is not null as is_found,
        quantities.noun_start is not null as is_counted,
        quantities.change as quantities_change,
        quantities.kind = 'multiple' and not regexp_matches(quantities.surface, getvariable('doubling_surface')) as is_multiple,
        -- the last claim before it that has a subject of its own
        last_value(found.claim_id ignore nulls) over before_it as previous_id,
        substr(
            sides.left_tags,
            last_value(case when found.claim_id is not null then sides.position end ignore nulls) over before_it + 1
        ) as between_tags,
    from claim_sides as sides
    inner join quantities using (claim_id)
    left join subjects_found as found on found.claim_id = sides.claim_id
    window before_it as (partition by sides.sentence_id order by sides.position rows between unbounded preceding and 1 preceding)
),
carried as (
    select
        ordered.claim_id,
        previous.* exclude (claim_id, frame, change_word, change_kind),
        case when regexp_matches(between_tags, '[CB]') then 'carried_change' else 'carried' end as frame,
        case when between_tags like '%y%' or not regexp_matches(between_tags, '[LtCBvV]')
            then previous.change_word end as change_word,
        case when between_tags like '%y%' or not regexp_matches(between_tags, '[LtCBvV]')
            then previous.change_kind end as change_kind,
    from ordered
    inner join subjects_found as previous on previous.claim_id = ordered.previous_id
    where not is_found and kind <> 'duration' and not is_multiple
        and previous.subject_start is not null
        and (previous.frame in ('change', 'changed', 'level', 'cause', 'cause_to', 'cause_at', 'before', 'holder')
            and (regexp_matches(between_tags, '^[z,:cxrtyfiLCBhv]{0,9}$')
                -- "12.3 points, or 0.8 percent, to 1,512.4"
                or regexp_matches(between_tags, '^n?[z,:cxrtyfiLCBhv9]{0,12}$') and not is_counted
                -- "cost $82, a fall of 1.9 percent"
                or regexp_matches(between_tags, '^z?,d?j?no$'))
            -- "8.6 million passengers, 12 percent more than a year ago"
            or previous.frame = 'counted' and not is_counted and quantities_change is not null
                and regexp_matches(between_tags, '^(?:n|j)*,$'))
),
final as (
    select * from subjects_found
    union all by name
    select * from carried
)

from final
