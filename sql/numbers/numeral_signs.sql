-- grain: one row per numeral of a language that has signs in lexicon numeral_sign, where one of them fits
-- scope: document
-- What a language says beside a number in its own turns, as rows: what it is there for (sign_rule: a rule of numeral_rule; names
-- and labels only where no unit stands behind it), by what it is said (sign_per), which way it went (sign_change), and that a word
-- of many is one here (is_one: "более тысячи").
with
marked_numbers as (
    select
        mention_id,
        numeral_spans.language,
        ' ' || before || '<' || surface || '>' || after || ' ' as words,
        units.unit is null as is_without_unit,
        -- "в школе 800 учеников"
        known.word is not null or coalesce(lemmas.is_many, false) as has_known_noun,
    from numeral_spans
    left join numeral_units as units using (mention_id)
    left join numeral_nouns as nouns using (mention_id)
    left join numeral_lemmas as lemmas using (mention_id)
    left join lexicon.counted_word as known on known.language = numeral_spans.language and known.word = lower(nouns.noun)
    where list_contains(getvariable('sign_languages'), numeral_spans.language)
),
-- materialized: the filter behind would else ask every sign twice
signs as materialized (
    select
        mention_id,
        case
            when has_sign(language, 'idiom', words) then 'idiom'
            when is_without_unit and has_sign(language, 'telephone', words) then 'telephone'
            when is_without_unit and has_sign(language, 'list_number', words) then 'list_number'
            when has_sign(language, 'quoted', words) then 'quoted'
            when has_sign(language, 'time', words) then 'time'
            when has_sign(language, 'year', words) then 'year'
            when has_sign(language, 'month_day', words) then 'month_day'
            when has_sign(language, 'age', words) then 'age'
            when is_without_unit and has_sign(language, 'score', words) then 'score'
            when is_without_unit and has_sign(language, 'street', words) then 'street'
            when is_without_unit and has_sign(language, 'label', words) then 'label'
            when is_without_unit and not has_known_noun and has_sign(language, 'loose_label', words) then 'label'
            when is_without_unit and has_sign(language, 'name_prefix', words) then 'name_prefix'
            when is_without_unit and not has_known_noun and has_sign(language, 'after_name', words) then 'after_name'
            when is_without_unit and has_sign(language, 'group_name', words) then 'group_name'
            when has_sign(language, 'hyphen_name', words) then 'hyphen_name'
            when has_sign(language, 'ordinal', words) then 'ordinal'
            when has_sign(language, 'per_scale', words) then 'per_scale'
            when is_without_unit and has_sign(language, 'one_alone', words) then 'one_alone'
        end as sign_rule,
        case
            when has_sign(language, 'per a', words) then 'a'
            when has_sign(language, 'per mo', words) then 'mo'
            when has_sign(language, 'per wk', words) then 'wk'
            when has_sign(language, 'per d', words) then 'd'
            when has_sign(language, 'per h', words) then 'h'
            when has_sign(language, 'per USD', words) then 'USD'
            when has_sign(language, 'per EUR', words) then 'EUR'
        end as sign_per,
        case when has_sign(language, 'up', words) then 'up' when has_sign(language, 'down', words) then 'down' end as sign_change,
        has_sign(language, 'one', words) as is_one,
    from marked_numbers
),
final as (
    from signs
    where coalesce(sign_rule, sign_per, sign_change) is not null or is_one
)

from final
