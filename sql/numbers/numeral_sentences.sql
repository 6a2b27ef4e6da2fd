-- grain: one row per sentence of speech that holds what looks like a numeral
-- scope: document
-- parts: the text cut before each numeral, each numeral closed by chr(2). What would read as another number is marked first,
-- without changing a length: "between one hundred and two hundred": "and" becomes "ænd", so that it does not read as one number.
with
-- "R5,5 million", "12,5%": a decimal comma; "43 621 hectares": a blank that groups
grouped as (
    select
        * replace (case
            when language = 'en' and contains(without_strikes, ',') and regexp_matches(without_strikes, cue('decimal_comma'))
                then regexp_replace(without_strikes, '(\d),(\d\d? ?(?:%|per ?cent|[mbtr]+illion))', '\1.\2', 'g')
            when language = 'en' and regexp_matches(without_strikes, cue('grouping_blank'))
                then regexp_replace(
                    regexp_replace(without_strikes, cue('grouping_blank_behind'), '\1' || chr(8239) || '\2', 'g'),
                    cue('grouping_blank_before'), '\1' || chr(8239) || '\2', 'g')
            else without_strikes
        end as without_strikes)
    from numeral_texts
),
plain as (
    select
        * exclude (without_strikes),
        -- a transcript in capitals has no names to tell by them
        case when language = 'en' and regexp_matches(without_strikes, '[A-Z]{2,} [A-Z]{2,} [A-Z]{2,}')
            and not regexp_matches(without_strikes, '[a-z]') then lower(without_strikes)
            when contains(without_strikes, 'etween ')
                then regexp_replace(without_strikes, '(\b[Bb]etween (?:[\pL-]+ ){1,6}?)and ', '\1ænd ')
            when list_contains(getvariable('marked_languages'), language) then replace(without_strikes, '_', '-')
            else without_strikes end as plain_text,
    from grouped
),
final as (
    select
        *,
        cut_at_numerals(language, plain_text) as parts,
    from plain
)

from final
