-- grain: one row per claim with a pattern that fits
-- scope: document
-- The first frame that fits, by what stands nearest and says most.
with
chosen as (
    select
        claim_id,
        frames.document_id,
        case
            when kind = 'duration' and is_hyphenated and r_head.np <> '' and r_head.tail = '' and right_head <> 'average'
                then 'attributive'
            -- "life expectancy has risen to 82 years", "raise the retirement age by two years"
            when kind = 'duration' and has_change and regexp_matches(l_change.tail, '[fty]r*$') then 'change'
            when kind = 'duration' and has_changed and regexp_matches(l_changed.tail, '[fty]r*$') then 'changed'
            when kind = 'duration' and regexp_matches(l_cause.opening, '^[KB]') then 'cause'
            -- "a sentence of 18 months", "two hours of charging"
            when kind = 'duration' and has_of and is_lasting_of and not is_light_of and not is_change_of then 'of'
            when kind = 'duration' and has_share and not is_aside_share and left_word <> 'within' then 'share'
            when kind = 'duration' then
                case when has_level and not regexp_matches(l_level.tail, 'F|V|[ti]r*$|L.*t')
                    and not list_contains(getvariable('closing_verbs'), left_verb) then 'level' end
            when is_counted and r_counted.np <> '' and length(r_counted.tail) + length(r_counted.np) >= coalesce(noun_words, 1)
                then 'counted'
            when kind = 'count' and has_share then 'share'
            when is_counted and noun_words between 1 and 6 and kind = 'count' then 'counted_noun'
            when kind = 'percent' and is_base_share and has_changed then 'changed'
            when kind = 'percent' and is_base_share and has_change then 'change'
            when kind = 'percent' and is_base_share and l_cause_to.np <> '' then 'cause_to'
            when kind = 'percent' and is_base_share and has_level then 'level'
            when kind in ('percent', 'percentage_point', 'count', 'multiple', 'measure') and has_share then 'share'
            when kind <> 'count' and has_change_right and r_change_of.np <> '' then 'change_of'
            when l_cause.np <> '' then 'cause'
            when l_cause_at.np <> '' and left_word = 'at' and (is_money or kind in ('percent', 'count')) and not is_counted
                then 'cause_at'
            -- "cut the cost of childcare in half"
            when l_cause_at.np <> '' and left_word = 'in' and kind = 'multiple' then 'cause_at'
            when has_changed then 'changed'
            when has_change then 'change'
            when l_cause_to.np <> '' and not is_counted then 'cause_to'
            when has_expected and not is_counted then 'expected'
            when l_gapped.np <> '' and left_tags like '%y' then 'gapped'
            when right_word = 'off' and r_off.np <> '' and kind in ('percent', 'money') then 'off'
            -- "an increase of 9 in emissions"
            when is_change_of and has_of and has_purpose then 'change_in'
            when has_change_right and r_change_of.np = '' and has_level then 'level'
            when kind not in ('count', 'multiple') and r_head.np <> '' and not has_change_right and r_head.tail = ''
                and not (kind = 'measure' and list_contains(getvariable('bearings'), right_word)) then 'attributive'
            when kind in ('percent', 'multiple') and r_head.tail = 'd' and right_word in ('more', 'fewer', 'less') then 'counted'
            -- "a 20 times greater risk"
            when kind in ('percent', 'multiple') and regexp_matches(r_head.np, '^jj*n')
                and right_word in ('greater', 'higher', 'larger', 'bigger', 'lower', 'smaller', 'faster') then 'counted'
            when is_doubling and r_head.np <> '' then 'attributive'
            when is_doubling and regexp_matches(left_tags, 'n[hr]*$') and has_before then 'before'
            when is_money and has_purpose and list_contains(getvariable('spending_verbs'), left_verb) then 'money_in'
            when is_money and has_spent then 'spent'
            when has_of and is_light_of and has_holder then 'holder'
            when has_of and not is_dimension_of and (not is_change_of or regexp_matches(l_of.np, '^[dj]*n+n$')) then 'of'
            when l_worth.np <> '' then 'worth'
            when is_money and has_costing then 'costing'
            when has_with and not is_counted then 'with'
            -- "unemployment under four percent"
            when has_level_hedge and l_beside.np <> '' and kind in ('percent', 'money', 'rate', 'measure') then 'beside'
            when l_label.np <> '' then 'label'
            when has_share then 'share'
            when has_level and not is_doing then 'level'
            when is_money and has_purpose and r_in.tail not like '%F' then 'money_in'
            when is_money and r_purpose.np <> '' then 'purpose'
            when is_money and has_purpose then 'money_in'
            when kind = 'count' and r_counted.np <> '' and r_counted.tail = '' then 'counted'
            when is_money and has_giving then 'giving'
            when kind not in ('duration', 'multiple') and has_trailing then 'trailing'
            when kind in ('money', 'rate', 'measure', 'percent') and has_agent
                and not list_contains(getvariable('saying_verbs'), left_verb) then 'agent'
        end as frame,
    from claim_frames as frames
    inner join claim_words using (claim_id)
    inner join claim_signs using (claim_id)
),
final as (
    select * from chosen where frame is not null
)

from final
