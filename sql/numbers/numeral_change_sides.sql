-- grain: one row per numeral
-- scope: document
-- Where a word of direction may stand beside a numeral: the words before its hedge, the nearest first ("up to 5" tells of no rise),
-- those behind its unit, turns of phrase that hold one; and what the number is, which decides whether such a word is meant.
-- word_at, block_at: the places of the first word of direction and of the first that no direction reaches across.
with
sides as (
    select
        contexts.mention_id,
        contexts.language,
        -- "fell by half, from 5 to 2.5": what stands before the comma counts
        case
            when words_left[-1] = 'from' and words_left[-2] = ',' then ['from'] || list_reverse(words_left)[3 : 10]
            -- "cut the price of the larger model by $50": before "by" the verb may stand far off
            else list_reverse(words_left)[1 + coalesce(hedge_words, 0) :
                case when words_left[-1 - coalesce(hedge_words, 0)] = 'by' then 12 else 8 end]
        end as words_before,
        words_right[coalesce(unit_words, 0) + 1 :] as rest,
        units.mention_id is not null as has_unit,
        coalesce(unit_kind = 'duration', false) as is_span,
        coalesce(unit_kind = 'money', false) as is_money,
        coalesce(unit_kind = 'money' and contexts.scale >= 1e6, false) as is_large_money,
        coalesce(unit_kind in ('percent', 'percentage_point') or noun = 'points', false) as is_percent,
        coalesce(unit_kind in ('duration', 'measure'), false) and is_hyphenated as is_attribute,
        form = 'multiple' as is_multiplied,
        -- "cut child poverty in half"
        body = 'half' and words_left[-1] = 'in' and regexp_matches(before, cue('reduced_in')) as is_reduced,
        coalesce(unit_kind = 'measure', false) as is_measure,
        coalesce(unit_kind in ('measure') and regexp_matches(substr(after, unit_length + 1, 30), '^ [a-z]+ by '), false) as is_size,
        -- "three fallen soldiers": the word is part of what is counted
        coalesce(noun_length > length(pieces_right[1]) and words_right[1] not in ('more', 'fewer', 'less'), false) as is_in_noun,
        -- "fell below 1 billion": where it came to, not by how much
        coalesce(regexp_matches(hedge_left, '(?:below|above|under|past|beyond)$'), false) as is_passed,
        form = 'multiple' and body like '% times' as is_multiple,
        coalesce(noun = 'times', false) as is_count_of_times,
        lower(noun) as counted_noun,
        coalesce(starts_with(substr(after, noun_length + 1, 4), ' by '), false) as is_before_by,
        -- "closed 23 points higher"
        case when noun not in ('way', 'times') then regexp_extract(substr(after, noun_length + 1, 20), cue('direction_behind'), 1)
        end as noun_direction,
        case
            when units.mention_id is null then ''
            -- "an increase in funding of $5 million", "grew at an annual rate of 3 percent"
            when words_left[-1] = 'of' or hedge_words > 0
                then lower(regexp_extract(before, cue('change_in'), 1)) || lower(regexp_extract(before, cue('change_at_rate'), 1))
            -- "grew at a 3 percent pace"
            when words_left[-1] in ('a', 'an') and words_left[-2] = 'at' and regexp_matches(after, cue('rate_behind'))
                then words_left[-3]
            else ''
        end as rate_word,
        -- "18,000 more people than", "200 million less than last year"
        regexp_extract(after, cue('compared_behind'), 1) as compared_word,
    from numeral_contexts as contexts
    left join numeral_units as units using (mention_id)
    left join numeral_hedges as hedges using (mention_id)
    left join numeral_nouns as nouns using (mention_id)
),
cleared as (
    select
        * exclude (words_before),
        -- "reduced prices by up to about 40 cents": up is no direction here; "up by even half a percent"
        case
            when words_before[1] = 'to' and words_before[2] = 'up'
                and not coalesce(list_contains(getvariable('moving_words'), words_before[3]), false) then words_before[3 :]
            when list_contains(role_words('step_filler'), words_before[1]) then words_before[2 :]
            else words_before
        end as backwards,
    from sides
),
final as (
    select
        *,
        list_position(list_transform(backwards, lambda word: list_contains(getvariable('direction_words'), word)), true) as word_at,
        -- "cut the rate for everybody by a third": before "by" the verb may stand farther off
        list_position(list_transform(backwards, lambda word: list_contains(getvariable('direction_blocks'), word)
            and not (backwards[1] in ('by', 'to') and list_contains(getvariable('near_prepositions'), word))), true) as block_at,
    from cleared
)

from final
