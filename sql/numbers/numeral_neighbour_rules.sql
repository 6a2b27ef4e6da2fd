-- grain: one row per numeral
-- scope: document
-- What it is there for in the end: its own rule, unless a neighbour decides ("March 20-24", "one or two", "won 21-14",
-- "all three- and four-year-olds").
with
asked as (
    select
        *,
        own_rule = 'count' and own_unit is null and scale is null as is_count,
        own_rule = 'count' and own_unit is null and noun is null as is_plain,
        value >= next_value and next_unit is null as falls_to_next,
        value_before >= value and unit_before is null as falls_from_last,
        link_next in ('list', 'hanging', 'or', 'to', 'dash', 'and') as is_in_row,
        change_word is null or list_contains(role_words('game_word'), change_word) and has_digits as is_told_as_score,
        change_before is null or list_contains(role_words('game_word'), change_before) and has_digits as was_told_as_score,
        -- what the numbers of a row have in common with its first
        link_before in ('dash', 'to', 'list', 'and', 'or')
            and first_rule in ('month_day', 'date', 'year', 'time', 'age', 'after_name', 'name_prefix', 'quoted', 'label',
                'abbreviated_label', 'score', 'telephone', 'code') as goes_on,
    from numeral_neighbours
),
scored as (
    select
        *,
        is_count and has_digits and comparator is null as is_figure,
        is_count and noun is null and comparator is null as is_nothing_measured,
        -- "lost 6-7, 6-4, 3-6"
        link_next = 'dash' and next_unit is null and next_noun is null
            and (link_after_next = 'list' and link_two_after = 'dash'
                or link_before = 'list' and link_two_before = 'dash') as opens_set,
        link_before = 'dash' and unit_before is null
            and (link_next = 'list' and link_after_next = 'dash'
                or link_two_before = 'list' and link_three_before = 'dash') as closes_set,
    from asked
),
ruled as (
    select
        mention_id,
        case
            -- "March 20-24", "Years 9, 10, 11 and 12": the others are what the first is
            when goes_on and (own_unit is null or first_rule = 'age' and own_unit = 'a') and not has_plural
                -- "in 1961, two, or three"
                and (has_digits or first_rule = 'label' or first_rule = 'year' and value < 10 and noun is null)
                and (first_rule <> 'year' or value < 2151) and own_rule in ('count', 'unit', 'list_number', 'name_prefix', 'age')
                and comparator is null and scale is null and value < 10000 then first_rule
            -- "Type <s>2</s> [1] diabetes"
            when link_before = 'official_correction' and own_unit is null
                and rule_before not in ('unit', 'fraction', 'count', 'multiple') then rule_before
            when own_rule = 'one_alone' and link_next in ('dash', 'to', 'or') and own_rule_next in ('count', 'unit') then 'count'
            -- "won 21-14": no range falls
            when is_figure and ((link_next = 'dash' or words_to_next = '-to-') and falls_to_next
                or (link_before = 'dash' or words_before = '-to-') and falls_from_last) then 'score'
            when is_figure and noun is null and value < 31 and (opens_set or closes_set) then 'score'
            -- "by three votes to two"
            when is_count and link_next = 'to' and falls_to_next and next_noun is null
                and list_contains(role_words('score_noun'), noun) then 'score'
            when is_plain and scale is null and link_before = 'to' and value_before >= value
                and list_contains(role_words('score_noun'), noun_before) then 'score'
            -- "passed 218 to 207", "by 3 to 2": falls, and nothing is measured
            when is_nothing_measured and is_told_as_score and not is_after_from
                and link_next = 'to' and falls_to_next and next_noun is null and own_rule_next = 'count' then 'score'
            when is_nothing_measured and is_told_as_score and (change_word is null or not is_after_from)
                and link_before = 'to' and falls_from_last and rule_before = 'count' and noun_before is null
                and was_told_as_score and not was_after_from then 'score'
            -- "all three- and four-year-olds"
            when own_rule_next = 'age' and is_in_row and is_plain then 'age'
            -- 70–80-е годы
            when own_rule_next in ('ordinal', 'decade') and link_next = 'dash' and is_plain then own_rule_next
            -- "between 8 and 12 July", "4-9 August"
            when own_rule_next = 'month_day' and link_next in ('dash', 'and', 'to', 'or', 'list') and is_plain and scale is null
                and has_digits and value between 1 and 31 then 'month_day'
            -- "21-27 St Katharine's Street"
            when own_rule_next = 'street' and link_next = 'dash' and own_rule = 'count' then 'street'
            when own_rule_next = 'year' and link_next in ('dash', 'and', 'to', 'or') and own_rule = 'count'
                and value between 1500 and 2100 then 'year'
            else own_rule
        end as rule,
    from scored
),
final as (
    select *, rule in ('unit', 'fraction', 'count', 'multiple') as is_quantity from ruled
)

from final
