-- grain: one row per sentence with a claim
-- scope: document
-- The tags of its words as one string, with the repairs that the neighbours ask for.
with
words as (
    select
        sentence_id,
        unnest(pieces) as piece,
        generate_subscripts(pieces, 1) as word_index,
    from masked_sentences
),
gathered as (
    select words.sentence_id, string_agg(tags.tag, '' order by words.word_index) as tags_0
    from words
    inner join subject_words as tags using (piece)
    group by words.sentence_id
),
verbs_told as (
    -- "insulin costs 9", "defaults cost the state 9" but "cut costs by 9"; "account for 9"; "to support them", "will plan it": a
    -- word that can be a verb is one there; so is a participle behind an auxiliary ("have seen premiums rise")
    select
        *,
        regexp_replace(
            regexp_replace(
                translate(
                    regexp_replace(
                        regexp_replace(
                            regexp_replace(tags_0, 'M((?:d?[jn]*n)?r?9)', 'L\1', 'g'), '([^dio])A([Ft]?r?9)', '\1L\2', 'g'
                        ),
                        '(hr*)V', '\1v', 'g'
                    ),
                    'MA', 'mn'
                ),
                '(tr?)m([drjnmVpD9])', '\1v\2', 'g'
            ),
            '([hpP]r?)m([dpjD9])', '\1v\2', 'g'
        ) as tags_1,
    from gathered
),
determiners_told as (
    -- "these costs" but "these are"
    -- ("to rebuild that bridge", "over that period": no relative word behind a preposition or a verb of purpose)
    select
        *,
        translate(
            regexp_replace(
                regexp_replace(tags_1, 'D([njmuVCKBrv])', 'd\1', 'g'), '([ioyFf]|9[xz]?tr?[vKB])Q(j*n)', '\1d\2', 'g'
            ),
            'DPQ', 'ppw'
        ) as tags_2,
    from verbs_told
),
nouns_told as (
    -- "the cut in", "a 9 cap on": after a determiner, "of", an adjective or a number a verb form before a function word is a
    -- noun; "a rising share", "in lost hours": before a noun it is an adjective; "a pay rise of"; "housing starts rose", "the 9
    -- note fell": a noun before the verb
    select
        *,
        regexp_replace(
            regexp_replace(
                regexp_replace(
                    regexp_replace(
                        regexp_replace(tags_2, '([nj9])[um]([CLBh])', '\1n\2', 'g'),
                        '([d9])V([LhCBvwo])|([do])V([,:]|$)', '\1\3n\2\4', 'g'
                    ),
                    '([djo])[vuCKBL]([ohwLCKBiftyFc,:9zx]|$)', '\1n\2', 'g'
                ),
                '([dj])[CKBL]([nm])|([ioF])C([nm])|(9)[KB]([jn])', '\1\3\5j\2\4\6', 'g'
            ),
            '([9n])[CKB](o)|(9)[CKB]([iF])', '\1\3n\2\4', 'g'
        ) as tags_3,
    from determiners_told
),
final as (
    select
        sentences.sentence_id,
        sentences.document_id,
        sentences.pieces,
        translate(tags_3, 'mu', 'nv') as tags,
    from nouns_told
    inner join masked_sentences as sentences using (sentence_id)
)

from final
