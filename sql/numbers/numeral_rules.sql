-- grain: one row per numeral
-- scope: document
-- What a numeral is there for: the first of these that fits, from what writing settles down to "it counts". Each rule's role and
-- the pattern that it is for stand in lexicon.numeral_rule; numeral_pairs has the last word, since a neighbour can decide.
with
final as (
    select
        mention_id,
        seen.sign,
        seen.is_after_from,
        seen.is_after_between,
        seen.is_after_move,
        coalesce(
            sign_rule,
            written_rule,
            case when form <> 'decade' then score_rule end,
            case when is_tied and form not in ('multiple', 'multiple_verb', 'decade') then case when age_rule = 'age'
                and ends_with(before, 'er-')
                then 'age' else 'name_prefix' end end,
            date_rule,
            -- 1600 Pennsylvania Avenue, 48 Rue des Martyrs
            case when seen.has_digits and is_before_capital and list_contains(right_roles, 'street_first')
                and (not is_amount or is_house_number) then 'street' end,
            case when seen.has_digits and is_before_capital and not has_plural
                and (not is_amount or is_house_number or regexp_matches(surface, '^\d+[A-Z]$'))
                and list_has_any(getvariable('street_words'), words_right[2:5]) then 'street' end,
            age_rule,
            age_aside_rule,
            title_rule,
            product_rule,
            bare_rule,
            code_rule,
            numbered_rule,
            time_rule,
            idiom_rule,
            case when seen.unit is not null then 'unit' end,
            group_rule,
            list_rule,
            label_rule,
            -- "France paid 60 percent, Spain 40"
            case when seen.has_digits and value < 100 and regexp_matches(after, '^(?:[.,;]|$)')
                and regexp_matches(before, cue('percent_echo'))
                then 'count' end,
            name_rule,
            pronoun_rule,
            'count'
        ) as own_rule,
    from numeral_surroundings as seen
    left join numeral_signs using (mention_id)
    left join numeral_written using (mention_id)
    left join numeral_scores using (mention_id)
    left join numeral_dates using (mention_id)
    left join numeral_times using (mention_id)
    left join numeral_ages using (mention_id)
    left join numeral_ages_aside using (mention_id)
    left join numeral_titles using (mention_id)
    left join numeral_products using (mention_id)
    left join numeral_codes using (mention_id)
    left join numeral_numbered using (mention_id)
    left join numeral_labels using (mention_id)
    left join numeral_bare using (mention_id)
    left join numeral_names using (mention_id)
    left join numeral_idioms using (mention_id)
    left join numeral_pronouns using (mention_id)
)

from final
