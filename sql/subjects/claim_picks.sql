-- grain: one row per claim with a pattern that fits
-- scope: document
-- The first frame that fits, by what stands nearest and says most.
with
-- one step a CTE: an alias that another alias uses is copied into it, condition by condition
begun as (
    -- behind a noun, only what has a determiner of its own begins there
    select * replace (
        case when l_change.opening <> 'n' or l_change.np like 'd%' then l_change end as l_change,
        case when l_changed.opening <> 'n' or l_changed.np like 'd%' then l_changed end as l_changed,
        case when l_level.opening <> 'n' or l_level.np like 'd%' then l_level end as l_level,
        case when l_holder.opening <> 'n' or l_holder.np like 'd%' then l_holder end as l_holder,
        case when l_agent.opening <> 'n' or l_agent.np like 'd%' then l_agent end as l_agent,
        case when l_before.opening <> 'n' or l_before.np like 'd%' then l_before end as l_before
    ),
        list_contains(getvariable('change_nouns'), right_head) as has_change_right,
        kind = 'money' or kind = 'rate' and regexp_matches(unit, '^[A-Z]{3}/') as is_money,
        kind = 'money' and has_ing_left as is_doing,
        kind = 'multiple' and regexp_matches(surface, getvariable('doubling_surface')) as is_doubling,
        -- "lost 12 points": what lost them
        noun_words = 1 and list_contains(getvariable('light_nouns'), noun) and not list_contains(getvariable('countable_nouns'), noun) as has_light_noun,
        list_contains(getvariable('light_nouns'), of_head) as is_light_of,
        list_contains(getvariable('change_nouns'), of_head) as is_change_of,
        -- "within 40 million miles of Earth"
        kind = 'measure' and is_share_name and regexp_matches(unit, '^(?:[kcmdnu]?m|\[(?:mi_i|ft_i|yd_i|nmi_i|ly)\])$') as is_distance,
        r_share.np <> '' and not regexp_matches(share_phrase, getvariable('empty_share')) as has_share_words,
        kind = 'percent' and r_share.np <> '' and regexp_matches(share_phrase, getvariable('base_phrase')) as has_base,
        r_in.np <> '' and purpose_word in ('in', 'for', 'on', 'into', 'to', 'toward', 'towards', 'at') and not regexp_matches(in_phrase, getvariable('aside_phrase'))
            and not list_contains(getvariable('place_list'), in_phrase) as has_purpose,
    from claim_frames
),
flagged as (
    select
        *,
        (kind = 'count' or kind = 'multiple' and not is_doubling or kind = 'rate' and not is_money) and noun_start is not null and not coalesce(has_light_noun, false) as is_counted,
        has_share_words and not is_distance as has_share,
        -- "3 percent of GDP" tells of what stands at it
        has_share_words and has_base as is_base_share,
    from begun
),
chosen as (
    select
        *,
        case
            when kind = 'duration' then case when l_level.np <> '' and not regexp_matches(l_level.tail, 'F|V|[ti]r*$|L.*t') and not list_contains(getvariable('closing_verbs'), left_verb) then 'level' end
            when is_counted and r_counted.np <> '' and length(r_counted.tail) + length(r_counted.np) >= coalesce(noun_words, 1) then 'counted'
            when kind = 'count' and has_share then 'share'
            when is_counted and noun_words between 1 and 6 and kind = 'count' then 'counted_noun'
            when kind = 'percent' and is_base_share and l_changed.np <> '' then 'changed'
            when kind = 'percent' and is_base_share and l_change.np <> '' then 'change'
            when kind = 'percent' and is_base_share and l_cause_to.np <> '' then 'cause_to'
            when kind = 'percent' and is_base_share and l_level.np <> '' then 'level'
            when kind in ('percent', 'percentage_point', 'count', 'multiple', 'measure') and has_share then 'share'
            when kind <> 'count' and has_change_right and r_change_of.np <> '' then 'change_of'
            when l_cause.np <> '' then 'cause'
            when l_cause_at.np <> '' and left_word = 'at' and (is_money or kind in ('percent', 'count')) and not is_counted then 'cause_at'
            -- "cut the cost of childcare in half"
            when l_cause_at.np <> '' and left_word = 'in' and kind = 'multiple' then 'cause_at'
            when l_changed.np <> '' then 'changed'
            when l_change.np <> '' then 'change'
            when l_cause_to.np <> '' and not is_counted then 'cause_to'
            when l_gapped.np <> '' and left_tags like '%y' then 'gapped'
            when right_word = 'off' and r_off.np <> '' and kind in ('percent', 'money') then 'off'
            -- "an increase of 9 in emissions"
            when is_change_of and l_of.np <> '' and has_purpose then 'change_in'
            when has_change_right and r_change_of.np = '' and l_level.np <> '' then 'level'
            when kind not in ('count', 'multiple') and r_head.np <> '' and not has_change_right and r_head.tail = ''
                and not (kind = 'measure' and right_word in ('north', 'south', 'east', 'west', 'nonstop', 'inland', 'offshore', 'upstream', 'downstream')) then 'attributive'
            when kind = 'percent' and r_head.tail = 'd' and right_word in ('more', 'fewer', 'less') then 'counted'
            when is_doubling and r_head.np <> '' then 'attributive'
            when is_doubling and regexp_matches(left_tags, 'n[hr]*$') and l_before.np <> '' then 'before'
            when is_money and has_purpose and list_contains(getvariable('spending_verbs'), left_verb) then 'money_in'
            when l_of.np <> '' and is_light_of and l_holder.np <> '' then 'holder'
            when l_of.np <> '' and (not is_change_of or regexp_matches(l_of.np, '^[dj]*n+n$')) then 'of'
            when l_worth.np <> '' then 'worth'
            -- "unemployment under four percent"
            when has_level_hedge and l_beside.np <> '' and kind in ('percent', 'money', 'rate', 'measure') then 'beside'
            when l_label.np <> '' then 'label'
            when has_share then 'share'
            when l_level.np <> '' and not is_doing then 'level'
            when is_money and has_purpose and r_in.tail not like '%F' then 'money_in'
            when is_money and r_purpose.np <> '' then 'purpose'
            when is_money and has_purpose then 'money_in'
            when kind = 'count' and r_counted.np <> '' and r_counted.tail = '' then 'counted'
            when kind in ('money', 'rate', 'measure', 'percent') and l_agent.np <> '' and not list_contains(getvariable('saying_verbs'), left_verb) then 'agent'
        end as frame,
    from flagged
),
final as (
    select
        claim_id, sentence_id, document_id, position, frame, left_verb, right_head,
        case frame
            when 'cause' then l_cause when 'changed' then l_changed when 'change' then l_change when 'cause_to' then l_cause_to when 'cause_at' then l_cause_at
            when 'gapped' then l_gapped when 'level' then l_level when 'of' then l_of when 'label' then l_label
            when 'before' then l_before when 'agent' then l_agent when 'holder' then l_holder when 'worth' then l_worth when 'beside' then l_beside
        end as found_left,
        case frame
            when 'counted' then r_counted when 'share' then r_share when 'change_of' then r_change_of when 'attributive' then r_counted
            when 'money_in' then r_in when 'purpose' then r_purpose when 'change_in' then r_in when 'off' then r_off
            when 'counted_noun' then case when right_word in ('or', 'and', 'of', ',') then {'tail': repeat('n', noun_words - 1), 'np': 'n'} else {'tail': '', 'np': repeat('n', noun_words)} end
        end as found_right,
    from chosen
    where frame is not null
)

from final
