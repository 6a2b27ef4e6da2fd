-- grain: one row per numeral with a word of direction before it
-- scope: document
-- The nearest word of direction within six ("rose by 5", "cut the deficit by $1.7 trillion", "an increase of 5"), unless a mark or
-- another clause's word stands in between, or the word says something else ("set up 15 hubs").
with
chosen as (
    select
        mention_id,
        language,
        case
            when is_reduced then 'cut'
            -- "BHP put on 61 cents"
            when is_put_on then 'added'
            when is_given_up then 'lost'
            -- "raises two objections"
            when list_contains(role_words('raised_noun'), counted_noun) and starts_with(nearest, 'rais') then null
            when rate_word <> '' then rate_word
            -- "cut bacterial growth by 90 percent": the verb, not the noun
            when nearest = 'by' and word_at = 2 and list_contains(role_words('direction_noun'), second) and verb is not null
                then verb
            when is_count_of_times and not list_has_any(backwards[1:2], ['by']) then null
            -- "the firm lost 734 million euros", "lost 9,400 hours": what is gone, not what fell
            when is_lost and (is_large_money or is_span) then null
            -- "raised the price of more than 100 drugs by 5 percent"
            when not has_unit and nearest = 'of' and is_before_by then null
            when word_at is null or block_at < word_at then null
            -- "will increase over the next four years"
            when is_span and list_has_any(between_words, getvariable('span_words')) then null
            -- "widen a 26-mile stretch", "the 256GB model by $50": the size of what is changed
            when is_attribute or is_size then null
            -- "sank 50 miles off the coast"
            when is_measure and word_at = 1 and list_contains(role_words('compass'), rest[1]) then null
            -- "lift 900,000 people out of poverty", "lost five straight games"
            when not has_unit and word_at = 1 and starts_with(word, 'lift') then null
            when is_lost and list_contains(role_words('lost_noun'), counted_noun) then null
            -- "have come down five months in a row"
            when is_in_a_row then null
            -- "were off 1.4 percent", not "get off 5 minutes early"
            when word = 'off' and not (word_at = 1 and is_percent) then null
            -- "lifted the ceiling three times"
            when is_multiple and word_at > 1 and not is_by then null
            -- "raised $5 million from investors"
            when is_money and word_at = 1 and regexp_matches(nearest, '^rais') then null
            -- "use up the 7 billion"
            when word in ('up', 'down') and word_at > 1 and not list_contains(role_words('after_up'), nearest)
                and second is distinct from 'average' and second is distinct from 'factor' then null
            -- "it made up $88 billion", "set up 15 hubs", "shot down 17 drones"
            when is_part_of_verb and not is_market_report then null
            -- "increase cooperation among our two governments": too far to be what rose
            when word_at > 3 and not has_unit and not list_has_any(between_words, ['by', 'to', 'of', 'from']) then null
            else word
        end as change_word,
        is_result, is_step, is_start,
    from numeral_change_words
),
final as (
    select mention_id, change, change_word, is_result, is_step, is_start
    from chosen
    inner join lexicon.direction on direction.word = change_word and side <> 'right' and direction.language = chosen.language
)

from final
