-- grain: one row per numeral
-- scope: document
-- What the way a numeral is written settles, whatever it might count: its form, what is tied to it by a hyphen, a point or a
-- stroke, words that multiply, ordinals, ratios. Null where that says nothing.
with
final as (
    select
        mention_id,
        case
            when among(form, 'idiom spoken_year time date telephone code acronym') then form
            -- SVC-217; 2:18-mn-2873
            when contains(surface, '-') and length(currency) = 3 and regexp_matches(surface, '^[A-Z]{3}-') or form = 'cardinal'
                and not has_digits
                and among(body, 'mn mln mil bn bln tn tln trn') then 'code'
            -- "Levi's 501s", "plot 44's hedge"
            when has_digits and currency = '' and ends_with(surface, 's') and not is_after_label and not ends_with(before, '-')
                and regexp_matches(surface, '^\d+[1-9]''?s$') then 'after_name'
            -- class of '21, FY'26, fiscal year `26
            when case when ends_with(before, '''') or ends_with(before, '`') then regexp_matches(before, '(?:^|\W|FY)[''`]$')
                and regexp_matches(body, '^\d\d$') else false end then 'short_year'
            when case when ends_with(before, ' ') or before = '' then false else currency = ''
                and regexp_matches(before, '(?:https?:|www\.)\S*$|[/=%_&?]\S{0,30}[/=%_&?-]$|[/=_&?#]$') end then 'address'
            when form = 'article' and left_word = 'than' then case when among(words_right[2], 'ago earlier before prior')
                then 'ago' end
            -- "double-barrelled", "a triple murder": a kind, nothing is multiplied; "once, twice"
            when form in ('multiple', 'multiple_verb') then case
                when is_hyphenated and not has_digits and form = 'multiple' then 'hyphen_name'
                -- "You Only Live Twice"
                when regexp_matches(surface, '^[A-Z]') and regexp_matches(before, '[A-Z]\w+ $') then 'after_name'
                when left_word = 'once' or second_word = 'once' and left_word in (',', 'or') then 'idiom'
                when body in ('double', 'triple', 'quadruple')
                    and among(left_word, 'a an the this that of with no under his her their our its my in by from on sold')
                    and starts_with(after, ' ') and regexp_matches(right_word, '^[a-z]')
                    and not list_contains(getvariable('direction_words'), right_word)
                        and not list_contains(getvariable('stop_words'), right_word)
                        then 'hyphen_name'
                else 'multiple' end
            when language <> 'en' and value = 1 and not has_digits and form = 'cardinal' and scale is null then 'one_alone'
            -- "am 27. September", "zum 86. Geburtstag"
            when language <> 'en' and has_digits and value < 1000 and list_contains(getvariable('point_ordinals'), language)
                then case when regexp_matches(after, '^\. ?\pL') then 'ordinal' end
            -- "$4.95 a dozen"
            when body = 'a dozen' and noun is null and regexp_matches(before, cue('money_tail')) then 'per_scale'
            when left_word = 'per' and among(body, 'million billion thousand hundred 100,000 1,000 1000 10,000') then 'per_scale'
            when has_digits and among(right_word, 'generation') and not has_plural and currency = '' then 'generation'
            when starts_with(after, 'G') and regexp_matches(body, '^[2-6]$') and regexp_matches(after, '^G\b') then 'generation'
            -- "a third straight month": which one
            when form = 'fraction' and unit is not null
                and regexp_matches(body, '^an? (?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)$')
                and not regexp_matches(after, '^-?(?: [\w''-]+)? of\b') then 'ordinal'
            when form = 'ordinal' then 'ordinal'
            when has_digits and regexp_matches(after, '^(?: |<sup>)(?:st|nd|rd|th)\b') then 'ordinal'
            -- "Estadio 1° de Mayo"
            when has_digits and regexp_matches(after, '^[°ºª] d[eao]s? ') then 'ordinal'
            -- "the fund[1]": the number of a note
            when ends_with(before, '[') and starts_with(after, ']') then case when regexp_matches(body, '^\d{1,3}$')
                and regexp_matches(before, '(?:[^\s\d\[]|[a-z.,] )\[$') then 'note_number' end
        end as written_rule,
        -- COVID-19, item#5, Q1. 5, 12:30, U.S. 5: tied to letters by a hyphen, a point, a stroke
        coalesce(currency = '' and (has_digits or language = 'en')
            and (regexp_matches(before, '[-#/@_.:]$|[-.PD] $') and regexp_matches(before, cue('tied_by'))
                or regexp_matches(before, '\pL$') and has_digits)
            and not regexp_matches(before, '(?i)\b(?:minus|negative|sub|now|to|over|under|than|-)-$'), false) as is_tied,
    from numeral_surroundings
)

from final
