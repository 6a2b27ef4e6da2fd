-- grain: one row per numeral
-- scope: document
-- Votes, ratios, odds and results of games that stand in words or signs; what two numbers tell together is in numeral_pairs.
with
final as (
    select
        mention_id,
        case
            -- a vote of 20 to 1, a ratio of 3 to 2
            when among(left_word, 'of was were is') and among(second_word, 'vote votes score ratio odds decision majority')
                and regexp_matches(after, '^ ?(?:-| to |-to-|:) ?\d') then 'score'
            -- ten-to-one, "a hundred to one"; "they lost 12-45 to France"
            when scale is null and starts_with(after, '-') then case when regexp_matches(after, '^-(?:to-(?:one|1)|all|love|nil)\b')
                or has_digits and unit is null and noun is null and regexp_matches(after, cue('score_behind'))
                and regexp_matches(before, cue('won_or_lost')) then 'score' end
            when starts_with(after, ' to ') and regexp_matches(after, cue('to_one')) and not list_contains(words_left[-3:], 'from')
                then 'score'
            -- Psalms 3:5, a ratio of 2:1
            when scale is null and has_digits and starts_with(after, ':') then case when regexp_matches(after, '^:\d{1,3}\b')
                then 'score' end
            -- "they went two up"
            when unit is null and noun is null and scale is null and not has_digits and value < 10
                and among(left_word, 'went go goes going were are')
                then case when regexp_matches(after, cue('up_or_down')) then 'score' end
            -- "88 for four"
            when has_digits and starts_with(after, ' for ') and unit is null and noun is null
                and among(left_word, 'were was are on at reached to made from') and regexp_matches(after, cue('for_wickets'))
                    then 'score'
            when left_word = 'for' and value < 10 and unit is null and noun is null
                and regexp_matches(before, '\b(?:were|was|are|on|at|reached|to|made|from) \d+ for $') then 'score'
            -- "took 5 for 32"
            when value < 11 and starts_with(after, ' for ') and unit is null and noun is null
                then case when regexp_matches(after, '^ for \d{1,3}(?:[.,;]|$| )') and regexp_matches(before, cue('bowled_tail'))
                    then 'score' end
            when left_word = 'for' and has_digits and unit is null and noun is null
                and regexp_matches(before, cue('bowled_for_tail')) then 'score'
            -- "England were 204 all out", "all out for 204"
            when has_digits and starts_with(after, ' all out') and unit is null then 'score'
            when left_word = 'for' and unit is null and noun is null and scale is null and regexp_matches(before, cue('all_out'))
                then 'score'
        end as score_rule,
    from numeral_surroundings
    where not among(form, 'idiom spoken_year time date telephone code acronym article')
)

from final
