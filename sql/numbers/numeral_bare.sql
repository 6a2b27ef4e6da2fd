-- grain: one row per numeral
-- scope: document
-- Figures with nothing beside them that could be counted: a title in quotation marks ("24"), a formula, a move of chess, a mark
-- ("got a 9 in maths"), a line or class known by its number ("the 138 and 139"), a clue ("3 across").
with
final as (
    select
        mention_id,
        case
            when scale is null and starts_with(after, ' of ')
                and among(words_right[2], 'hearts clubs diamonds spades swords cups wands pentacles')
                or regexp_matches(after, '^[♠♥♦♣]') then 'before_name'
            when not has_digits and form = 'cardinal'
                and (starts_with(after, '''s ') or before = '' and noun is null and scale is null and value > 1
                    and right_word in ('is', 'was'))
                then 'one_alone'
            -- "45 plus two"
            when unit is null and noun is null and currency = ''
                and (regexp_matches(after, '^ plus (?:\d|one|two|three|four|five|six)\b') or regexp_matches(before, '\b\d+ plus $'))
                    then 'formula'
            when not has_digits then case when form = 'cardinal' and left_word = 'a' and unit is null and noun is null
                and scale is null
                and not regexp_matches(after, '^ ?-|^ (?:to|or|and) ') then 'one_alone' end
            when currency <> '' or scale is not null then null
            -- "dial *67"
            when ends_with(before, ' *') then 'telephone'
            -- 46°30'
            when starts_with(after, '°') and regexp_matches(after, '^° ?\d') or ends_with(before, '°') then 'code'
            when value < 10 and (regexp_matches(after, '^,\d\b') or regexp_matches(before, '\b\d,$')) then 'formula'
            when regexp_matches(after, '^ ?[+=×] ?\d') or regexp_matches(before, '\d ?[+=×] ?$') then 'formula'
            when unit is not null or noun is not null or form <> 'cardinal' then null
            -- QQ 12 34 56 C
            when not is_amount and (regexp_matches(before, '\d $') or regexp_matches(after, '^ \d\d? \d{2}(?:[.,;?!]|$| [a-z])'))
                then 'code'
            when regexp_matches(after, '^["”\d ,+=x*-]') and regexp_matches(before, '["“][\d ,+=x*-]*$')
                and regexp_matches(after, '^[\d ,+=x*-]*[,.]?["”]') then 'quoted'
            -- "15. Nxf7", "14...Qd7"
            when starts_with(after, '.') then case when regexp_matches(after, cue('chess_move')) then 'list_number' end
            when comparator is not null or value >= 2000 then null
            when left_word in ('a', 'an') then case when not regexp_matches(after, '^ (?:to|or|and) \d|^ ?[%-]') then 'label' end
            when left_word = 'the' and second_word <> 'of' and value > 12
                then case when regexp_matches(after, '^(?:[.;,]|$| (?:is|was|to|from|has|had|will|and \d|or \d))') then 'label' end
            -- "238 is what you get"
            when (before = '' or regexp_matches(before, '[;:] $')) and among(right_word, 'is was has had') then 'label'
            when right_word = 'across' and value < 60 then case
                when not regexp_matches(after, '^ across (?:the|all|our|its|their|a|this|that)\b')
                then 'label' end
        end as bare_rule,
        -- "tab 14", "squawked 7700", "the house at 193": no word before it leads to an amount
        coalesce(currency = '' and form = 'cardinal' and unit is null and noun is null and not is_amount and per is null
            and not (has_digits and value < 1)
            and case when language = 'en' then regexp_matches(left_word, '^[a-z]')
                and regexp_matches(body, cue('small_number'))
                else regexp_matches(left_word, '^\pL') and regexp_matches(body, '^\d{1,4}(?:\.\d+)?$|^\pL+$') end
            and left_tag not in ('v', 'V')
                and not regexp_matches(after, '^ (?:out )?of (?:\d|the|them|these|those|which|whom|us)')
                and not list_contains(left_roles, 'before_figure') and not list_contains(left_roles, 'level_noun')
            and not (left_word = 'the' and regexp_matches(after, cue('relative_behind')))
            and not (left_word = 'at' and regexp_matches(before, cue('level_tail'))), false) as is_unlicensed,
    from numeral_surroundings
)

from final
