-- grain: one row per distinct word, with the blanks before it, of sentences with a claim
-- scope: document
-- Each is tagged once: a mask, an abbreviation, the frames' own words, its commonest part of speech, else what it looks like.
with
pieces as (
    select distinct unnest(pieces) as piece from masked_sentences
),
trimmed as (
    select
        piece,
        ltrim(piece, ' "') as word,
        lower(word) as lower_word,
        regexp_replace(lower_word, '(.)''s?$', '\1') as bare_word,  -- o'clock keeps its apostrophe
    from pieces
),
final as (
    select
        trimmed.piece,
        trimmed.lower_word,
        coalesce(
            case ascii(trimmed.word) when 57344 then '9' when 57346 then 'z' when 57347 then 'x' end,
            case when trimmed.word = 'US' or regexp_matches(trimmed.word, '^(?:\pL\.)+') then 'n' end,
            tags.tag,
            case when trimmed.lower_word like '%''s' then 'j' end,
            bare.tag,
            case
                when regexp_matches(trimmed.word, '^[$]?\d') then '8'
                when not regexp_matches(trimmed.word, '\pL') then
                    case
                        when trimmed.word in (':', '-', '--') then ':'
                        when regexp_matches(trimmed.word, '^[,;().!?\[\]]') then ','
                        else '"'
                    end
                when regexp_matches(trimmed.word, '^\p{Lu}') then 'n'
                when trimmed.word like '%ly' then 'r'
                when trimmed.lower_word like 'co-%ing' or trimmed.lower_word like 're-%ing' then 'n'
                when trimmed.word like '%ing' or trimmed.word like '%ed' then 'V'
                -- "the start-up raised 9"
                when regexp_matches(trimmed.lower_word, '-(?:up|off|out|down|over|in|on|back|through)$') then 'n'
                when trimmed.word like '%-%' and trimmed.word not like '%s' then 'j'
                else 'n'
            end
        ) as tag,
        coalesce(
            alias.alias,
            lemma.lemma,
            case when tags.tag is null and bare.tag is null then regexp_replace(trimmed.bare_word, '([^siu''])s$', '\1')
                else trimmed.bare_word end
        ) as lemma,
    from trimmed
    left join lexicon.word_tag as tags on tags.word = trimmed.lower_word
    left join lexicon.word_tag as bare on bare.word = trimmed.bare_word
    left join lexicon.lemma as lemma on lemma.language = 'en' and lemma.word = trimmed.bare_word
    left join lexicon.subject_alias as alias on alias.language = 'en' and alias.phrase = coalesce(lemma.lemma, trimmed.bare_word)
)

from final
