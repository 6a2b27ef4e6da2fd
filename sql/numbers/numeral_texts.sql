-- grain: one row per sentence of speech that holds what looks like a numeral
-- scope: document
-- Its text evened out without changing a length: typographic quotes and dashes become plain ones, no-break blanks stay only where
-- they group digits, strike-out marks and their brackets become blanks.
with
spoken as (
    select
        sentences.document_id, sentences.turn_id, sentences.sentence_id, sentences.sentence_index, sentences.text,
        split_part(coalesce(documents.language, 'en'), '-', 1) as language,
        -- plain quotes, dashes and line ends, where there are others
        case when strlen(sentences.text) = length(sentences.text) and not contains(sentences.text, chr(10))
            and not contains(sentences.text, chr(9)) then sentences.text
            else translate(sentences.text, '’‘ʼ´‑–−' || chr(10) || chr(9), '''''''''---  ') end as with_plain_marks,
    from sentences
    inner join documents using (document_id)
    where sentences.is_speech and has_numeral(split_part(coalesce(documents.language, 'en'), '-', 1), sentences.text)
),
blanks as (
    select
        * exclude (with_plain_marks),
        case when strlen(with_plain_marks) > length(with_plain_marks)
            and regexp_matches(with_plain_marks, '[\x{a0}\x{2009}\x{202f}]')
            then regexp_replace(regexp_replace(regexp_replace(with_plain_marks, '[\x{a0}\x{2009}\x{202f}]', chr(8239), 'g'),
                '\x{202f}(\D|$)', ' \1', 'g'), '(^|\D)\x{202f}', '\1 ', 'g')
            else with_plain_marks end as with_plain_blanks,
    from spoken
),
-- an official correction strikes with ~~ ~~ or a tag, and may escape the bracket behind: ~~16~~ [17], <s>16</s> \[17\]
tags as (
    select
        * exclude (with_plain_blanks),
        case
            when contains(with_plain_blanks, '</') and regexp_matches(with_plain_blanks, getvariable('strike_tag'))
                then replace(replace(replace(replace(replace(replace(with_plain_blanks,
                    '<s>', '~~ '), '</s>', '~~  '), '<del>', '~~   '), '</del>', '~~    '), '<strike>', '~~      '),
                    '</strike>', '~~       ')
            else with_plain_blanks
        end as with_plain_strikes,
    from blanks
),
final as (
    select
        * exclude (with_plain_strikes),
        case
            -- "Shs.10,000/-"; the decimal point of old print, £46·4 million
            when contains(with_plain_strikes, '/-') or contains(with_plain_strikes, '·')
                then regexp_replace(regexp_replace(with_plain_strikes, '(\d)/-', '\1  ', 'g'), '(\d)·(\d)', '\1.\2', 'g')
            when contains(with_plain_strikes, '~~') then translate(with_plain_strikes, '~[]' || chr(92), '    ')
            -- the Congressional Record's 5\1/2\
            when contains(with_plain_strikes, chr(92)) then regexp_replace(with_plain_strikes, '(\d)\\(\d/\d+)\\', '\1 \2 ', 'g')
            else with_plain_strikes end as without_strikes,
    from tags
)

from final
