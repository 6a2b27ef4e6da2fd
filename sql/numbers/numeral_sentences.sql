-- grain: one row per sentence of speech that holds what looks like a numeral
-- scope: document
-- parts: the text cut before each numeral, each numeral closed by chr(2). Texts are evened out without changing a length:
-- typographic quotes and dashes become plain ones, no-break blanks stay only where they group digits, strike-out marks
-- and their brackets become blanks; "between one hundred and two hundred": "and" becomes "ænd", so that it does not read as one
-- number.
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
                    '<s>', '~~ '), '</s>', '~~  '), '<del>', '~~   '), '</del>', '~~    '), '<strike>', '~~      '), '</strike>',
                        '~~       ')
            else with_plain_blanks end as with_plain_strikes,
    from blanks
),
strikes as (
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
),
-- "R5,5 million", "12,5%", "43 621 hectares": a decimal comma, a blank that groups
commas as (
    select
        * replace (
            case when language = 'en' and contains(without_strikes, ',')
                and regexp_matches(without_strikes, '\d,\d\d? ?(?:%|per ?c|[mbtr]+illion)')
                then regexp_replace(without_strikes, '(\d),(\d\d? ?(?:%|per ?cent|[mbtr]+illion))', '\1.\2', 'g')
            -- "43 621 hectares"
            when language = 'en' and regexp_matches(without_strikes,
                '(?:^|[a-z(R]) ?[1-9]\d?\d? \d{3}(?: [a-z]{4,}| [A-Z]{2}\b| ha\b|[,.;)]| to | and |$)')
                then regexp_replace(regexp_replace(without_strikes,
                    '((?:from|to|of|is|was|are|were|about|than|only|over|nearly|almost|around) [1-9]\d?\d?) (\d{3}(?:[,.;)]| to | and |$))', '\1' || chr(8239) || '\2', 'g'), '((?:^|[a-z(R]) ?[1-9]\d?\d?) (\d{3} (?:[a-z]{4,}|[A-Z]{2}\b|ha\b))', '\1' || chr(8239) || '\2', 'g')
            else without_strikes end as without_strikes
        )
    from strikes
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
    from commas
),
final as (
    select
        *,
        cut_at_numerals(language, plain_text) as parts,
    from plain
)

from final
