-- grain: one row per numeral
-- scope: document
-- What else has a number in its name, even beside a unit or a noun: titles in quotation marks, films and bands, races, calibres,
-- versions, schemes, 7-Eleven.
with
final as (
    select
        mention_id,
        case
            -- "at 14,000 Feet, the shop", "in The 39 Steps"
            when has_digits and unit_kind in ('duration', 'measure') and currency = ''
                and regexp_matches(unit_text, cue('capital_unit'))
                and (among(left_word, 'at the called') or regexp_matches(before, '(?:^|[a-z,;] )$')) then 'before_name'
            -- "50 Cent was due"
            when has_digits and unit_text = 'Cent' then 'before_name'
            when is_quoted and regexp_matches(before, cue('title_open')) and regexp_matches(after, cue('title_close'))
                and (regexp_matches(after, '^[ -](?:\w+ )?[A-Z]') or regexp_matches(before, '["“][^"“]*[A-Z]')) then 'quoted'
            -- China's "two sessions", the "six-day war"
            when is_quoted and regexp_matches(before, '(?:\b[Tt]he|''s|\ban?|\bits|\btheir|so-called|dubbed) ["“]$')
                and regexp_matches(after, '^[ -][a-z-]+(?: [a-z-]+)?["”]') then 'quoted'
            -- "its older 737 jets"
            -- "Boeing 737 Max jets"
            when has_digits and regexp_matches(body, '^7[0-8]7$') and regexp_matches(after, '^ M(?:AX|ax)\b') then 'name_prefix'
            when has_digits and comparator is null and regexp_matches(body, '^7[0-8]7$')
                and among(right_word, 'jet jets plane planes aircraft airliner airliners fleet fleets freighter freighters')
                    then 'name_prefix'
            -- "the 400 metres hurdles"
            when unit = 'm' and regexp_matches(after, cue('race_behind')) then 'name_prefix'
            -- "the film 300", "the band 10cc"
            when has_digits and scale is null and comparator is null and noun is null and currency = ''
                and (unit is null or is_glued)
                and list_contains(left_roles, 'work') and not regexp_matches(after, '^,? (?:of|out|or|to|and)\b|^-')
                    then 'after_name'
            -- "ran the 200m in 21 seconds", "the women's 4,000m final"
            when (unit = 'm' or unit is null and noun is null and form = 'abbreviated' and currency = ''
                and ends_with(surface, 'm')) and has_digits
                and (left_word = 'the' or among(left_word, 'women''s men''s girls'' boys'' mixed'))
                then case when among(regexp_replace(surface, '[,m]', '', 'g'),
                    '50 60 80 100 200 400 600 800 1000 1500 3000 4000 5000 10000')
                and not among(right_word, 'high tall deep wide long') and (is_glued or form = 'abbreviated') then 'name_prefix' end
            when form = 'abbreviated' then case
                when surface = '3M' and noun is null and regexp_matches(after, '^(?:''s|,? [a-z])') then 'name_prefix'
                when surface in ('4K', '8K')
                    and (regexp_matches(after, cue('screen_behind')) or among(left_word, 'in at true native') and noun is null)
                    then 'name_prefix' end
            -- 1080p
            when is_glued and unit_text = 'p'
                then case when among(body, '240 360 480 720 1080 1440 2160 4320') then 'name_prefix' end
            -- "a 9mm pistol", "a .22 rifle", "he used a .45"
            when unit = 'mm' then case when regexp_matches(after, cue('calibre_behind')) then 'name_prefix' end
            when starts_with(surface, '.') and unit is null then case
                when among(right_word, 'rifle pistol handgun revolver calibre caliber')
                or among(left_word, 'a an the his her') and length(surface) = 3 then 'name_prefix' end
            -- "the 24-hour news cycle"
            when unit = 'h' and is_hyphenated and value = 24 then case when regexp_matches(after, cue('round_the_clock'))
                then 'hyphen_name' end
            -- the 11 plus
            when body = '11' and left_word = 'the' then case when regexp_matches(after, '^[ -]plus\b') then 'name_prefix' end
            when starts_with(after, '+ ') and has_digits then case when regexp_matches(after, cue('scheme_behind'))
                then 'name_prefix' end
            when has_digits and currency = '' and ends_with(body, '.0')
                and regexp_matches(previous_word, '^[A-Z]{2,}\w*$|^(?:Bluetooth|Industry|Web|Wi-Fi)$') and unit is null
                    then 'after_name'
            when unit = '1' and is_glued and starts_with(after, 'X') and (value >= 100 or regexp_matches(previous_word, '^[A-Z]'))
                then 'name_prefix'
            when unit is not null or scale is not null then null
            -- 7-Eleven, form 8-K, the P5+1
            when is_hyphenated then case when currency = '' and (has_digits or value = 1 or is_capital)
                and regexp_matches(after, '^-[A-Z](?:[a-z]|\b)') then 'name_prefix' end
            when ends_with(before, '-') then case when not has_digits and is_capital and regexp_matches(before, '\d-$')
                then 'name_prefix' end
            when ends_with(before, '+') then case when has_digits and regexp_matches(before, '\b[A-Z]\w*\+$') then 'name_prefix' end
        end as product_rule,
    from numeral_surroundings
    where not among(form, 'idiom spoken_year time date telephone code acronym ordinal article decade')
)

from final
