-- grain: one row per numeral with a word of direction beside it
-- scope: document
-- On the left, before the hedge ("up to 5" tells of no rise), the nearest word of direction within six, unless a mark or another clause's word stands in between ("rose by 5",
-- "cut the deficit by $1.7 trillion", "an increase of 5"); else just behind ("5 percent higher", "a 5 percent drop").
with
sides as (
    select
        contexts.mention_id,
        contexts.language,
        -- "fell by half, from 5 to 2.5": what stands before the comma counts
        case when contexts.words_left[-1] = 'from' and contexts.words_left[-2] = ',' then ['from'] || list_reverse(contexts.words_left)[3 : 10]
            else list_reverse(contexts.words_left)[1 + coalesce(hedges.hedge_words, 0) : case when contexts.words_left[-1 - coalesce(hedges.hedge_words, 0)] = 'by' then 12 else 8 end] end as backwards,
        contexts.words_right[coalesce(units.unit_words, 0) + 1 :] as rest,
        units.mention_id is not null as has_unit,
        coalesce(units.unit_kind = 'duration', false) as is_span,
        coalesce(units.unit_kind = 'money', false) as is_money,
        coalesce(units.unit_kind in ('percent', 'percentage_point') or nouns.noun = 'points', false) as is_percent,
        coalesce(units.unit_kind in ('duration', 'measure'), false) and contexts.is_hyphenated as is_attribute,
        contexts.form = 'multiple' and contexts.body like '% times' as is_multiple,
        -- "closed 23 points higher"
        case when nouns.noun not in ('way', 'times') then regexp_extract(substr(contexts.after, nouns.noun_length + 1, 20), '^ (higher|lower|up|down|more|fewer|less)(?:[.,;]|$| (?:from|on|by|than|over|compared|in|at|this|last|since|year|versus|against|after|when)\b)', 1) end as noun_direction,
        contexts.is_hyphenated,
        coalesce(nouns.noun = 'times', false) as is_count_of_times,
        lower(nouns.noun) as counted_noun,
        coalesce(units.unit_kind = 'money' and contexts.scale >= 1e6, false) as is_large_money,
        coalesce(starts_with(substr(contexts.after, nouns.noun_length + 1, 4), ' by '), false) as is_before_by,
        contexts.form = 'multiple' as is_multiplied,
        contexts.body = 'half' and contexts.words_left[-1] = 'in' and regexp_matches(contexts.before, cue('reduced_in')) as is_reduced,
        coalesce(units.unit_kind = 'measure', false) as is_measure,
        coalesce(units.unit_kind = 'measure' and regexp_matches(substr(contexts.after, units.unit_length + 1, 30), '^ [a-z]+ by '), false) as is_size,
        -- "three fallen soldiers": the word is part of what is counted
        coalesce(nouns.noun_length > length(contexts.pieces_right[1]) and contexts.words_right[1] not in ('more', 'fewer', 'less'), false) as is_in_noun,
        -- "fell below 1 billion": where it came to, not by how much
        coalesce(regexp_matches(hedges.hedge_left, '(?:below|above|under|past|beyond)$'), false) as is_passed,
        case when units.mention_id is null then '' when contexts.words_left[-1] = 'of' or hedges.hedge_words > 0
            then lower(regexp_extract(contexts.before, '(?i)\b(increase|rise|drop|fall|decline|cut|reduction|growth|jump|surge|decrease|gain|loss)s? in (?:[\w''-]+ ){1,5}of (?:[a-z]+ ){0,3}$', 1))
            || lower(regexp_extract(contexts.before, '(?i)\b(\w+) at an? (?:[\w''-]+ ){0,3}(?:rate|pace|clip) of (?:[a-z]+ ){0,3}$', 1))
            when contexts.words_left[-1] in ('a', 'an') and contexts.words_left[-2] = 'at' and regexp_matches(contexts.after, '^[ %a-z-]* (?:pace|rate|clip)\b') then contexts.words_left[-3] else '' end as rate_word,
        -- "18,000 more people than", "200 million less than last year"
        regexp_extract(contexts.after, '^ (more|fewer|less|higher|lower)\b(?:[^.;]*\bthan (?:an? |last |in |during |the (?:year|month|previous|same|quarter)|now|today|before|this |it was|\d{4})| than (?:planned|expected|forecast|needed|before|previously|projected|usual|normal))', 1) as compared_word,
    from numeral_contexts as contexts
    left join numeral_units as units using (mention_id)
    left join numeral_hedges as hedges using (mention_id)
    left join numeral_nouns as nouns using (mention_id)
),
-- "reduced prices by up to about 40 cents": up is no direction here; "up by even half a percent"
cleared as (
    select * replace (
        case when backwards[1] = 'to' and backwards[2] = 'up' and not coalesce(list_contains(getvariable('moving_words'), backwards[3]), false)
            then backwards[3 :] when backwards[1] in ('even', 'just', 'only', 'another', 'further') then backwards[2 :] else backwards end as backwards
    )
    from sides
),
located as (
    select
        mention_id,
        language,
        backwards,
        list_position(list_transform(backwards, lambda word: list_contains(getvariable('direction_words'), word)), true) as word_at,
        list_position(list_transform(backwards[3:6], lambda word: list_contains(getvariable('direction_words'), word)), true) as verb_at,
        -- "cut the rate for everybody by a third": before "by" the verb may stand farther off
        list_position(list_transform(backwards, lambda word: list_contains(getvariable('direction_blocks'), word)
            and not (backwards[1] in ('by', 'to') and list_contains(getvariable('near_prepositions'), word))), true) as block_at,
        case
            -- "cut child poverty in half"
            when is_reduced then 'cut'
            -- "BHP put on 61 cents"
            when has_unit and backwards[1] = 'on' and backwards[2] in ('put', 'puts', 'putting') then 'added'
            when has_unit and backwards[1] = 'up' and backwards[2] in ('gave', 'gives', 'giving') then 'lost'
            -- "raises two objections"
            when counted_noun in ('objections', 'questions', 'concerns', 'issues', 'points', 'matters', 'doubts', 'eyebrows', 'children') and starts_with(backwards[1], 'rais') then null
            -- "an increase in funding of $5 million", "grew at an annual rate of 3 percent"
            when rate_word <> '' then rate_word
            -- "cut bacterial growth by 90 percent": the verb, not the noun
            when backwards[1] = 'by' and word_at = 2 and backwards[2] in ('growth', 'increase', 'increases', 'rise', 'rises', 'decline', 'loss', 'losses', 'gains', 'drop') and verb_at > 0 then backwards[2 + verb_at]
            when is_count_of_times and not list_has_any(backwards[1:2], ['by']) then null
            -- "the firm lost 734 million euros", "lost 9,400 hours": what is gone, not what fell
            when word_at = 1 and backwards[1] in ('lost', 'lose', 'loses', 'losing') and (is_large_money or is_span) then null
            -- "raised the price of more than 100 drugs by 5 percent"
            when not has_unit and backwards[1] = 'of' and is_before_by then null
            when word_at is null or block_at < word_at then null
            -- "will increase over the next four years"
            when is_span and list_has_any(backwards[1:word_at], getvariable('span_words')) then null
            -- "widen a 26-mile stretch", "the 256GB model by $50": the size of what is changed
            when is_attribute or is_size then null
            -- "sank 50 miles off the coast"
            when is_measure and word_at = 1 and rest[1] in ('off', 'from', 'away', 'north', 'south', 'east', 'west', 'northeast', 'northwest', 'southeast', 'southwest', 'inland', 'offshore') then null
            -- "were off 1.4 percent", not "get off 5 minutes early"
            when backwards[word_at] = 'off' and not (word_at = 1 and is_percent) then null
            -- "lifted the ceiling three times"
            when is_multiple and word_at > 1 and not list_has_any(backwards[1:word_at], ['by']) then null
            -- "raised $5 million from investors"
            when is_money and word_at = 1 and regexp_matches(backwards[1], '^rais') then null
            -- "use up the 7 billion"
            when backwards[word_at] in ('up', 'down') and word_at > 1 and backwards[1] not in ('by', 'to', 'from', 'another', 'some', 'a', 'an') and backwards[2] is distinct from 'factor' and backwards[2] is distinct from 'average' then null
            -- "it made up $88 billion", "set up 15 hubs", "shot down 17 drones"
            when backwards[word_at] = 'up' and not (is_percent and regexp_matches(backwards[word_at + 1], '^(?:clos|end|open|com|turn)')) and list_contains(getvariable('up_verbs'), backwards[word_at + 1]) then null
            when backwards[word_at] = 'down' and not (is_percent and regexp_matches(backwards[word_at + 1], '^(?:clos|end|open|com|turn)')) and list_contains(getvariable('down_verbs'), backwards[word_at + 1]) then null
            -- "increase cooperation among our two governments": too far to be what rose
            when word_at > 3 and not has_unit and not list_has_any(backwards[1:word_at], ['by', 'to', 'of', 'from']) then null
            else backwards[word_at]
        end as left_word,
        list_has_any(backwards[1:word_at], ['to']) as is_result,
        -- "rose 45 cents to $71": by how much, not from where
        word_at = 1 and not is_passed or list_has_any(backwards[1:word_at], ['by']) or coalesce(backwards[2] in ('put', 'puts', 'putting', 'gave', 'gives', 'giving') and backwards[1] in ('on', 'up'), false) as is_step,
        -- not "80 years down the road", "a $500 down payment"
        case when is_attribute then null when compared_word <> '' then compared_word when noun_direction <> '' then noun_direction when is_in_noun then null when rest[1] = 'more' and rest[2] = 'likely' then null
            -- "took 12 seconds off the average"
            when has_unit and rest[1] = 'off' and list_has_any(backwards[1:3], ['taken', 'took', 'take', 'taking', 'knocked', 'knock', 'shaved', 'shave', 'shaving', 'wiped', 'wipe', 'wiping', 'cut', 'cutting']) then 'lower'
            when rest[1] in ('bigger', 'larger', 'smaller', 'faster', 'slower', 'greater') and not (has_unit and rest[2] = 'than') then null
            -- "13 straight hikes": what is counted
            when not has_unit and not is_multiplied and rest[1] = counted_noun then null when rest[1] not in ('up', 'down') or coalesce(rest[2], '.') in ('from', 'on', 'by', ',', '.', ';', 'over', 'compared', 'versus', 'year-on-year', 'this', 'last', 'since') then rest[1] end as right_word,
        case when has_unit and not is_attribute and list_contains(getvariable('direction_words'), rest[2]) and not list_contains(getvariable('direction_blocks'), rest[1])
            and rest[1] not in ('to', 'on', 'by', 'from', 'of', 'the') then rest[2] end as right_second,
    from cleared
),
final as (
    select
        located.mention_id,
        coalesce(on_left.change, on_right.change, on_second.change) as change,
        on_left.word as change_word,
        on_left.word is not null and is_result as is_result,
        on_left.word is not null and coalesce(is_step, false) as is_step,
        -- "down from 43": what it was does not change
        backwards[1] = 'from' or among(backwards[1], 'the a an its') and backwards[2] = 'from' as is_start,
    from located
    left join lexicon.direction as on_left on on_left.word = located.left_word and on_left.side <> 'right' and on_left.language = located.language
    left join lexicon.direction as on_right on on_right.word = located.right_word and on_right.side <> 'left' and on_right.language = located.language
    left join lexicon.direction as on_second on on_second.word = located.right_second and on_second.side <> 'left' and on_second.language = located.language
    where coalesce(on_left.word, on_right.word, on_second.word) is not null
)

from final
