-- grain: one row per numeral
-- scope: document
-- All that the rules ask about a numeral, side by side: how it is written, the text and the words on both sides and what
-- lexicon word_role says of them, its unit, hedge, noun and rate. is_bare: none of these stands beside it; is_amount: 12,500,
-- 3 million, about 5, which name nothing.
with
final as (
    select
        contexts.mention_id, contexts.language, surface, before, after, body, form, value, contexts.scale, currency, has_digits,
        is_hyphenated, is_glued, words_left, words_right,
        units.unit, units.unit_kind, units.unit_text, units.unit_note, coalesce(units.is_ahead, false) as is_ahead,
        hedges.comparator,
        nouns.noun,
        coalesce(nouns.has_plural, false) as has_plural,
        rates.per,
        coalesce(words_left[-1], '') as left_word,
        coalesce(words_left[-2], '') as second_word,
        coalesce(words_right[1], '') as right_word,
        coalesce(at_left.roles, []) as left_roles,
        coalesce(at_second.roles, []) as second_roles,
        coalesce(at_right.roles, []) as right_roles,
        coalesce(at_noun.roles, []) as noun_roles,
        coalesce(spoken.tag, '') as left_tag,
        common.tag as noun_tag,
        coalesce(common.tag = 'v' or common.other_tag = 'v', false) as is_noun_or_verb,
        -- as written, without quotes and brackets before it
        ltrim(split_part(rtrim(before), ' ', -1), '"''`(') as previous_word,
        regexp_matches(after, '^ [A-Z]') as is_before_capital,
        regexp_matches(surface, '^[A-Z]') as is_capital,
        (contains(before, '"') or contains(before, '“')) and (contains(after, '"') or contains(after, '”')) as is_quoted,
        -- "group 34 of 1,250" is no label
        list_contains(coalesce(at_left.roles, []), 'loose_label') as is_after_loose,
        (list_contains(coalesce(at_left.roles, []), 'label') or has_digits
            and list_contains(coalesce(at_left.roles, []), 'spelled_label'))
            and not (list_contains(coalesce(at_left.roles, []), 'loose_label') and regexp_matches(after, '^ of \d')
                and regexp_matches(before, '\b[a-z]\S* *$')) as is_after_label,
        contexts.scale is not null or hedges.comparator is not null or regexp_matches(body, '\d[,\x{202f}]\d') as is_amount,
        -- "near 18 Harbour Street"
        hedges.comparator = '~' and contexts.scale is null and regexp_matches(surface, '^\d+$') as is_house_number,
        units.unit is null and nouns.noun is null and contexts.scale is null and hedges.comparator is null as is_bare,
        case when currency = '' and length(surface) = 4 and regexp_matches(body, '^\d{4}$') then value between case
            when list_contains(coalesce(at_left.roles, []), 'month')
                or list_contains(role_words('before_year'), coalesce(words_left[-1], '')) then 1000
            else 1800 end and 2150 else false end as is_yearish,
        -- "minus 3 percent", "-3 percent"
        case when coalesce(words_left[-1], '') in ('-', 'minus', 'negative')
            and regexp_matches(before, '(?i)(?:(?:^|[\s(])-|\b(?:minus|negative)[ -])$')
            and not regexp_matches(before, '(?i)(?:\bplus (?:or )?|[+±] ?/? ?)(?:minus|-) ?$') then -1 else 1 end as sign,
        list_has_any(words_left[-3:], getvariable('from_words')) as is_after_from,
        list_has_any(words_left[-3:], getvariable('between_words')) as is_after_between,
        -- "will go from seven to 10": a change, no range
        coalesce(words_left[-1] = 'from', false)
            and among(coalesce(words_left[-2], ''),
                'go goes going went gone move moves moved moving jump switch switched shift shifted') as is_after_move,
    from numeral_contexts as contexts
    left join numeral_units as units using (mention_id)
    left join numeral_hedges as hedges using (mention_id)
    left join numeral_nouns as nouns using (mention_id)
    left join numeral_rates as rates using (mention_id)
    left join lexicon.part_of_speech as spoken on spoken.word = words_left[-1] and spoken.language = contexts.language
    left join lexicon.part_of_speech as common on common.word = lower(nouns.noun) and common.language = contexts.language
    left join lexicon.word_roles as at_left on at_left.word = words_left[-1]
    left join lexicon.word_roles as at_second on at_second.word = words_left[-2]
    left join lexicon.word_roles as at_right on at_right.word = words_right[1]
    left join lexicon.word_roles as at_noun on at_noun.word = lower(nouns.noun)
)

from final
