-- grain: one row per numeral without a unit that counts a noun
-- scope: document
-- The classes of the words behind are read as a noun phrase: modifiers up to the last of the first plurals ("two hundred newly
-- built homes", "60 new and updated actions"); for one, or where there is no plural, the last noun ("one young man", "30
-- aircraft").
with
words as (
    select
        mention_id, language, unnest(phrase) as word, generate_subscripts(phrase, 1) as place,
        phrase[1] = '-' and not among(phrase[2], 'and or') as is_cut_off,
    from numeral_noun_phrases
),
classed as (
    select
        mention_id,
        -- "45,000 full- and part-time staff", but not "three - health care, energy and pensions"
        string_agg(case when is_cut_off and place = 1 then 'x' else coalesce(class, 'x') end, '' order by place) as word_classes,
        list(lemma order by place) as lemmas,
    from words
    left join numeral_noun_classes using (language, word)
    group by mention_id
),
read as (
    select
        phrases.*,
        lemmas,
        -- "four of the first seven holes", but "one family nine times"
        replace(word_classes, 'd', case when of_words = 1 then 'a' else 'x' end) as classes,
        length(regexp_extract(classes, '^(?:[anN]*?(?:ca+[anN]*?){0,2}|a[anN]*?(?:c[anN]+?){1,2})(?:v|p+)')) as plural_at,
        length(regexp_extract(classes, '^[aN]*(?:ca+)?(?:n+|N)')) as singular_at,
    from numeral_noun_phrases as phrases
    inner join classed using (mention_id)
),
heads as (
    select
        *,
        case
            when is_hyphenated then cast(classes[1] in ('n', 'N', 'p', 'a') as int)
            -- "one wonders": what ends in s behind one is a verb
            when abs(value) = 1 and passed = 0 then singular_at
            -- "half of our budget goes"
            when form = 'fraction' and regexp_matches(classes, '^[aN]*n+v') then singular_at
            when plural_at > 0 then plural_at
            else singular_at
        end as head_at,
    from read
),
final as (
    select
        mention_id,
        phrase[head_at] as noun,
        lemmas[head_at] as noun_lemma,
        plural_at > 0 as has_plural,
        length_of(pieces_right, noun_from + head_at) as noun_length,
    from heads
    where head_at > 0
)

from final
