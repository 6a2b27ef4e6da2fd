-- grain: one row per numeral
-- scope: document
-- All that was found beside each numeral, and the link to the next: what the words between them, without units, nouns and hedges,
-- say ("6 to 7", "6, or rather 5.7", "4.1 percent in May, up from 3.4").
with
-- one step a CTE: an alias that another alias uses is copied into it
measured as (
    select
        *,
        greatest(unit_end, coalesce(noun_end, 0)) - number_end as words_length,
        greatest(unit_end, coalesce(noun_end, 0), coalesce(rate_end, 0)) as words_end,
        coalesce(lead(number_start - hedge_start) over (partition by sentence_id order by span_index), 0) as next_hedge_length,
    from numeral_found
),
cut as (
    -- up to the hedge of the next: "from about 6 to about 5"
    select *, lower(trim(substr(gap, words_length + 1, greatest(0, length(gap) - words_length - next_hedge_length)))) as rest
    from measured
),
beside as (
    select
        *,
        length(rest) as rest_length,
        case when rest_length < 60 and (contains(rest, 'from') or contains(rest, 'than') or contains(rest, 'compared'))
            -- "4.1 percent in May, up from 3.4": what follows is what it was
            then regexp_extract(rest, cue('up_from'), 1) end as base_change,
        -- "6 percent last winter, or rather 5.7"
        contains(rest, 'r') and regexp_matches(rest, getvariable('far_correction')) as corrects_next,
        case when rest_length < 36 then case when contains(rest, '  ') then regexp_replace(rest, '\s+', ' ', 'g')
            else rest end end as words_to_next,
    from cut
),
final as (
    select
        beside.* exclude (text_to_next, rest, rest_length, words_length, next_hedge_length, base_change),
        case
            when contains(text_to_next, '[') and regexp_matches(text_to_next, getvariable('struck_before_bracket'))
                then 'official_correction'
            when words_to_next = '' then 'nothing'
            -- "narrowed to 3 percent of output from 4"
            when base_change <> '' then 'up_from'
            when words_to_next = ', from' or ends_with(words_to_next, ' from') and regexp_matches(words_to_next, '^[^,;:()]+ from$')
                then 'from'
            -- "14 of the index's 225 stocks", "two of the last five years"
            when noun_end is null and starts_with(words_to_next, 'of ') and regexp_matches(words_to_next, cue('of_the_close'))
                then 'part'
            -- "of 90 bridges, 17 are closed" lists nothing
            when links.link <> 'list' or noun_end is null then links.link
        end as link_next,
    from beside
    left join lexicon.number_link as links on links.language = beside.language and links.phrase = beside.words_to_next
        and links.link not in ('far_correction', 'echo')
)

from final
