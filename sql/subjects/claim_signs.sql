-- grain: one row per claim whose number stands as one word of its sentence
-- scope: document
-- What the choice between frames asks beside the number.
with
-- one step a CTE: an alias that another alias uses is copied into it, condition by condition
begun as (
    select
        claim_id,
        frames.document_id,
        kind,
        noun_start,
        -- behind a noun, only what has a determiner of its own begins there
        l_change.np <> '' and (l_change.opening <> 'n' or l_change.np like 'd%') as has_change,
        l_changed.np <> '' and (l_changed.opening <> 'n' or l_changed.np like 'd%') as has_changed,
        l_level.np <> '' and (l_level.opening <> 'n' or l_level.np like 'd%') as has_level,
        l_holder.np <> '' and (l_holder.opening <> 'n' or l_holder.np like 'd%') as has_holder,
        l_agent.np <> '' and (l_agent.opening <> 'n' or l_agent.np like 'd%') as has_agent,
        l_before.np <> '' and (l_before.opening <> 'n' or l_before.np like 'd%') as has_before,
        l_costing.np <> '' and (l_costing.opening <> 'n' or l_costing.np like 'd%')
            and list_contains(getvariable('costing_verbs'), giving_verb)
            and giving_verb not like '%ing' as has_costing,
        l_giving.np <> '' and (has_estimate or list_contains(getvariable('giving_verbs'), giving_verb)) as has_giving,
        l_expected.np <> '' and list_contains(getvariable('expecting_verbs'), expecting_verb) as has_expected,
        l_of.np <> '' and (l_of.opening <> 'n' or l_of.np like 'd%') as has_of,
        with_word = 'with' and left_verb like '%ing' as has_with,
        l_trailing.np <> '' and left_verb like '%ing' as has_trailing,
        list_contains(getvariable('change_nouns'), right_head) as has_change_right,
        kind = 'money' or kind = 'rate' and regexp_matches(unit, '^[A-Z]{3}/') as is_money,
        kind = 'money' and has_ing_left as is_doing,
        kind = 'multiple' and regexp_matches(surface, getvariable('doubling_surface')) as is_doubling,
        -- "lost 12 points": what lost them
        noun_words = 1 and list_contains(getvariable('light_nouns'), noun)
            and not list_contains(getvariable('countable_nouns'), noun) as has_light_noun,
        list_contains(getvariable('dimension_nouns'), of_head) and regexp_matches(l_of.np, '^[dj]*n$') as is_dimension_of,
        list_contains(getvariable('light_nouns'), of_head) or is_dimension_of as is_light_of,
        list_contains(getvariable('change_nouns'), of_head) as is_change_of,
        -- "a sentence of 18 months" but "at the age of 50 years"
        regexp_matches(l_of.np, '^[dj]*n+$') and not list_contains(getvariable('span_heads'), of_head) as is_lasting_of,
        kind = 'duration' and regexp_matches(share_phrase, getvariable('aside_phrase')) as is_aside_share,
        -- "within 40 million miles of Earth"
        kind = 'measure' and is_share_name
            and regexp_matches(unit, '^(?:[kcmdnu]?m|\[(?:mi_i|ft_i|yd_i|nmi_i|ly)\])$') as is_distance,
        r_spent.np <> '' and list_contains(getvariable('spending_verbs'), spent_verb)
            and not regexp_matches(spent_phrase, getvariable('aside_phrase'))
            and not list_contains(getvariable('place_list'), spent_phrase) as has_spent,
        r_share.np <> '' and not regexp_matches(share_phrase, getvariable('empty_share')) as has_share_words,
        kind = 'percent' and r_share.np <> '' and regexp_matches(share_phrase, getvariable('base_phrase')) as has_base,
        r_in.np <> '' and (purpose_word in ('in', 'for', 'on', 'into', 'to', 'toward', 'towards', 'at')
                or purpose_word = 'from' and list_contains(getvariable('taking_verbs'), left_verb))
            and not regexp_matches(in_phrase, getvariable('aside_phrase'))
            and not list_contains(getvariable('place_list'), in_phrase) as has_purpose,
    from claim_frames as frames
    inner join claim_words using (claim_id)
),
final as (
    select
        * exclude (kind, noun_start),
        (kind = 'count' or kind = 'multiple' and not is_doubling or kind = 'rate' and not is_money)
            and noun_start is not null and not coalesce(has_light_noun, false) as is_counted,
        has_share_words and not is_distance as has_share,
        -- "3 percent of GDP" tells of what stands at it
        has_share_words and has_base as is_base_share,
    from begun
)

from final
