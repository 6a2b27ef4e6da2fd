-- grain: one row per numeral
-- scope: document
-- Numbers in a row ("5, 6 and 7"): chain is the same for all that are linked, first_rule what its first is there for; the links
-- farther off; and the next numeral that counts, with whether it corrects what stood before.
with
linked as (
    select
        mention_id, sentence_id, span_index, own_rule, own_unit,
        own_rule in ('unit', 'fraction', 'count', 'multiple') as is_amount,
        lag(link_next) over sentence as link_before,
        lag(link_next, 2) over sentence as link_two_before,
        lag(link_next, 3) over sentence as link_three_before,
        lead(link_next, 2) over sentence as link_two_after,
        lag(change_word) over sentence as change_before,
        lag(change, 2) over sentence as said_two_before,
        lag(words_to_next, 2) over sentence as words_two_before,
        coalesce(lag(corrects_next) over sentence, false) as is_corrector,
    from numeral_details
    window sentence as (partition by sentence_id order by span_index)
),
chained as (
    select
        * exclude (own_unit, is_amount, is_corrector),
        first_value(case when is_amount then mention_id end ignore nulls) over ahead as next_amount_id,
        first_value(case when is_amount then is_corrector end ignore nulls) over ahead as has_corrector,
        first_value(case when is_amount then coalesce(own_unit, '') end ignore nulls) over ahead as next_amount_unit,
        sum(case
            when link_before in ('dash', 'to', 'result', 'and', 'or', 'list', 'hanging', 'part') then 0
            when link_before in ('correction', 'official_correction', 'up_from') then 0
            when link_before = 'from' and change_before is not null then 0
            else 1
        end) over sentence as chain,
    from linked
    window
        sentence as (partition by sentence_id order by span_index),
        ahead as (partition by sentence_id order by span_index rows between 1 following and unbounded following)
),
final as (
    select
        * exclude (sentence_id, span_index, own_rule),
        first_value(own_rule) over (partition by sentence_id, chain order by span_index) as first_rule,
    from chained
)

from final
