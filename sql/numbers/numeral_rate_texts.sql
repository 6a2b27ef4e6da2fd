-- grain: one row per numeral before what may be a rate
-- scope: document
-- Where a rate may begin: behind unit or noun, and behind what stands between ("6 tonnes of carbon a year"); rest are the words
-- from there, rest_pieces the same as written,
-- link_words how many of them are the link ("per", "a", "to the", none for "annually"; null: no rate).
with
places as (
    select
        mention_id,
        contexts.language,
        after,
        coalesce(unit_kind = 'money', false) as is_money,
        unit as money_unit,
        unit_text as money_text,
        coalesce(noun_length, unit_length, 0) as words_at,
    from numeral_contexts as contexts
    left join numeral_nouns as nouns using (mention_id)
    left join numeral_units as units using (mention_id)
),
passed as (
    select
        *,
        -- "6 tonnes of carbon a year", "$5 million in aid each year"; not "fell 4,000 feet in under a minute"
        words_at + case when regexp_matches(substr(after, words_at + 1, 16), cue('in_less_than')) then 0 else 1 end * length(rtrim(
            regexp_extract(substr(after, words_at + 1, 60), cue('of_what_a_year'), 1)
            || regexp_extract(substr(after, words_at + 1, 60), cue('for_what_per_year'), 1)
            -- "500 micrograms of soot per cubic metre"
            || regexp_extract(substr(after, words_at + 1, 60), cue('of_what_per_litre'), 1)
        )) as rest_at,
    from places
),
cut as (
    -- "a $5,000-a-year plan"
    select *, replace(substr(after, rest_at + 1, 40), '-a-', '-a ') as rest_text from passed
),
worded as (
    select *, pieces_after(rest_text) as rest_pieces, as_words(rest_pieces) as rest,
    from cut
    where regexp_matches(rest_text, cue('rate_link'))
        or starts_with(rest_text, ' to the ') and (is_money or regexp_matches(rest_text, cue('rate_to_the')))
),
linked as (
    select
        * exclude (words_at, after, rest_text),
        case
            -- "per every child"
            when rest[1] = 'per' and rest[2] in ('every', 'each', 'single') then 2
            when rest[1] = '/' or list_contains(role_words('rate_link'), rest[1]) then 1
            when rest[1] = '-' and rest[2] in ('per', 'a') or rest[1] = 'to' then 2
            -- "$7 billion annually"
            when ends_with(rest[1], 'ly') then 0
        end as link_words,
    from worded
),
final as (
    select *, rest[link_words] in ('per', '/') or rest[1] = 'per' as is_per from linked
)

from final
