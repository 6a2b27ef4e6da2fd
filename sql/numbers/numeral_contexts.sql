-- grain: one row per numeral
-- scope: document
-- The words on either side. words_right begins where a unit may begin: after a hyphen ("five-year"), "of a" ("half of a
-- percent"), a hedge ("10 or more years", "20-odd") and fillers ("three more years"); skipped is the number of pieces left out.
with
cut as (
    select
        spans.* exclude (gap, text_to_next),
        forms.* exclude (language, surface, idiom_role, multiple_value),
        -- what is settled by its form needs no neighbours
        form in ('idiom', 'ordinal', 'date', 'time', 'telephone', 'spoken_year', 'code', 'acronym') as is_settled,
        case when is_settled then [] else pieces_after(after) end as pieces_right,
        case when is_settled then [] else pieces_before(before) end as pieces_left,
        regexp_matches(after, '^-\pL') as is_hyphenated,
        regexp_matches(after, '^\pL') as is_glued,
    from numeral_spans as spans
    inner join numeral_values as forms using (language, surface)
),
worded as (
    select
        * exclude (pieces_left, is_settled),
        as_words(pieces_right) as all_right,
        as_words(pieces_left) as words_left,
    from cut
),
-- one step a CTE: an alias that another alias uses is copied into it, condition by condition
hedged as (
    select
        *,
        case
            when list_contains(getvariable('hedges_right'), all_right[1] || ' ' || all_right[2]) then 2
            when list_contains(getvariable('hedges_right'), all_right[1]) then 1
            else 0
        end as skipped_hedge,
    from worded
),
linked as (
    select
        *,
        nullif(array_to_string(all_right[1:skipped_hedge], ' '), '') as hedge_right_at_once,
        case
            when skipped_hedge > 0 then skipped_hedge
            when is_hyphenated then 1
            when all_right[1] = 'of' and (form in ('vague', 'fraction', 'several') or regexp_matches(body, '(?:couple|dozens?)$'))
            then case when all_right[2] in ('a', 'an') then 2 else 1 end
            -- "0.6 of a percentage point"
            when has_digits and value < 1 and all_right[1] = 'of' and all_right[2] in ('a', 'an') then 2
            when form = 'multiple' and all_right[1] in ('the', 'as') then 1
            -- "half a percentage point"
            when body = 'half' and all_right[1] in ('a', 'an') then 1
            else 0
        end as skipped_link,
    from hedged
),
filled as (
    select
        *,
        coalesce(list_contains(getvariable('filler_words'), all_right[skipped_link + 1]), false) as has_filler,
        has_filler and coalesce(list_contains(getvariable('filler_words'), all_right[skipped_link + 2]), false) as has_two,
    from linked
),
counted as (
    select *, skipped_link + cast(has_filler as int) + cast(has_two as int) as skipped from filled
),
final as (
    select
        * exclude (all_right, skipped_hedge, skipped_link, has_filler, has_two),
        all_right[skipped + 1 : skipped + 8] as words_right,
    from counted
)

from final
