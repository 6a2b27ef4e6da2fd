-- grain: one row per numeral
-- scope: document
-- Figures with nothing beside them that could be counted: a title in quotation marks ("24"), a formula, a move of chess, a mark
-- ("got a 9 in maths"), a line or class known by its number ("the 138 and 139"), a clue ("3 across").
with
final as (
    select
        mention_id,
        case
            when not has_digits or currency <> '' or scale is not null then null
            when regexp_matches(after, '^ ?[+=×] ?\d') or regexp_matches(before, '\d ?[+=×] ?$') then 'formula'
            when unit is not null or noun is not null or form <> 'cardinal' then null
            when regexp_matches(after, '^["”\d ,+=x*-]') and regexp_matches(before, '["“][\d ,+=x*-]*$') and regexp_matches(after, '^[\d ,+=x*-]*[,.]?["”]') then 'quoted'
            -- "15. Nxf7", "14...Qd7"
            when starts_with(after, '.') then case when regexp_matches(after, '^\.{1,3} ?(?:[KQRBN][a-h1-8x][a-h1-8x]|[a-h]x?[a-h]?[1-8]\b|O-O)') then 'list_number' end
            when comparator is not null or value >= 2000 then null
            when left_word in ('a', 'an') then case when not regexp_matches(after, '^ (?:to|or|and) \d|^ ?[%-]') then 'label' end
            when left_word = 'the' and second_word <> 'of' and value > 12 then case when regexp_matches(after, '^(?:[.;]|, \d|$| (?:is|was|to|from|has|had|will|and \d|or \d))') then 'label' end
            when right_word = 'across' and value < 60 then case when not regexp_matches(after, '^ across (?:the|all|our|its|their|a|this|that)\b') then 'label' end
        end as bare_rule,
    from numeral_surroundings
)

from final
