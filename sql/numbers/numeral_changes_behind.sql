-- grain: one row per numeral with a word of direction just behind it
-- scope: document
-- "5 percent higher", "a 5 percent drop", "18,000 more people than last year"; not "80 years down the road", "a $500 down payment".
with
chosen as (
    select
        mention_id,
        language,
        case
            when is_attribute then null
            when compared_word <> '' then compared_word
            when noun_direction <> '' then noun_direction
            when is_in_noun then null
            -- "200 mm had fallen": rain
            when is_measure and rest[1] in ('fell', 'fallen', 'had', 'has') then null
            when rest[1] = 'more' and rest[2] = 'likely' then null
            -- "took 12 seconds off the average"
            when has_unit and not is_measure and rest[1] = 'off' and list_has_any(backwards[1:3], role_words('take_off_verb'))
                then 'lower'
            when list_contains(role_words('size_comparative'), rest[1]) and not (has_unit and rest[2] = 'than') then null
            -- "13 straight hikes": what is counted
            when not has_unit and not is_multiplied and rest[1] = counted_noun then null
            when rest[1] not in ('up', 'down') or list_contains(role_words('behind_up'), coalesce(rest[2], '.')) then rest[1]
        end as word,
        case
            when has_unit and not is_attribute and not (is_measure and rest[2] in ('fell', 'fallen'))
                and not list_contains(getvariable('direction_blocks'), rest[1])
                and rest[1] not in ('to', 'on', 'by', 'from', 'of', 'the') then rest[2]
        end as second_word,
    from numeral_change_sides
),
final as (
    select mention_id, coalesce(at_word.change, at_second.change) as change
    from chosen
    left join lexicon.direction as at_word
        on at_word.word = chosen.word and at_word.side <> 'left' and at_word.language = chosen.language
    left join lexicon.direction as at_second
        on at_second.word = chosen.second_word and at_second.side <> 'left' and at_second.language = chosen.language
    where coalesce(at_word.change, at_second.change) is not null
)

from final
