-- grain: one row per numeral
-- scope: document
-- Times of day without a sign of one: "dinner is at eight", "the 5.42 from Waterloo", "ten past twelve". A bare small number after
-- "at" is a time only where nothing in the clause stands at a level ("unemployment stood at ten").
with
final as (
    select
        mention_id,
        case
            -- "half past nine", "on 11/11", "the 26/11 attacks"
            when form = 'fraction' then case
                when starts_with(after, ' past ') then case when regexp_matches(after, '^ past ' || cue('hour')) then 'time' end
                when has_digits and regexp_matches(body, '^\d{1,2}/\d{1,2}$')
                    and (among(left_word, 'on since until before after') or list_contains(right_roles, 'event')) then 'date' end
            -- "at 0430 hours"; "one minute to midnight"
            when unit = 'h' and among(left_word, 'at by until from around before after')
                and regexp_matches(surface, '^(?:[01]\d|2[0-3])[0-5]\d$')
                then 'time'
            when unit = 'min' then case when regexp_matches(after,
                '(?i)^ minutes? (?:to|past|before|after) (?:midnight|noon|midday|' || cue('hour') || ')') then 'time' end
            when unit is not null or scale is not null then null
            when left_word = 'struck' and value <= 13 and noun is null then 'time'
            -- "the 5.42 from Waterloo"
            when has_digits and length(surface) < 6 and regexp_matches(surface, '^(?:1?\d|2[0-3])\.[0-5]\d$')
                and (regexp_matches(after, '^ (?:precisely|sharp|exactly)\b')
                or among(left_word, 'the our his her my their this that last first next')
                    and regexp_matches(after, cue('departure_behind'))
                or left_word in ('to', 'until') and regexp_matches(before, cue('moved_to'))) then 'time'
            -- "it is ten past twelve"
            when not has_digits and starts_with(after, ' past ')
                and regexp_matches(body, '^(?:five|ten|twenty|twenty-five|quarter|half)$')
                and regexp_matches(after, '^ past ' || cue('hour')) then 'time'
            when not has_digits and left_word = 'past' and among(second_word, 'five ten twenty twenty-five quarter half')
                then 'time'
            when not among(left_word, 'past to at by before after from until till around about') or value not between 1 and 2359
                then null
            -- "the court rose at 4.30", "the flight leaves at 1520"
            when left_word = 'at' and has_digits and regexp_matches(surface, '^\d{1,2}\.[0-5]\d$|^(?:[01]\d|2[0-3])[0-5]\d$')
                then case when noun is null and regexp_matches(after, cue('clause_behind'))
                    and not regexp_matches(before, cue('level_tail'))
                then 'time' end
            when value > 12 or not has_digits and value <> floor(value) then null
            when not has_plural and regexp_matches(before, cue('occasion_tail')) then 'time'
            -- "at five to nine"
            when among(left_word, 'at by until') and body in ('five', 'ten')
                and regexp_matches(after, '^ (?:to|past) ' || cue('hour')
                    || '(?:[.,;?!]|$| (?:in|on|that|this|when|she|he|we|they|I)\b)')
                and not regexp_matches(before, cue('level_tail')) then 'time'
            when left_word in ('past', 'to') and regexp_matches(before, cue('past_or_to')) then 'time'
            when noun is not null then null
            when regexp_matches(after, cue('day_part_behind')) then 'time'
            -- "open from 10 until 2", "just after eight"
            when left_word in ('until', 'till') or left_word = 'from' and among(right_word, 'until till') then 'time'
            when left_word in ('after', 'before') and among(second_word, 'just shortly soon long')
                and regexp_matches(after, '^(?:[.,;?!]|$)')
                then 'time'
            -- "stopped at about nine because"
            when among(left_word, 'about around just nearly almost') and second_word = 'at' and not has_digits
                and regexp_matches(after, '^ (?:because|when|as|while|that|and|but)\b')
                and not regexp_matches(before, cue('level_tail')) then 'time'
            when left_word in ('from', 'after') then null
            -- "tonight at six:"
            when left_word = 'at' and among(second_word, 'tonight today tomorrow yesterday news')
                and regexp_matches(after, '^(?:[.,;:?!]|$)')
                then 'time'
            -- "the news comes on at ten", but not "stood at ten"
            when left_word = 'at' and regexp_matches(after, cue('day_behind'))
                and not (has_digits and regexp_matches(after, '^[, ]'))
                and (among(second_word,
                    'gate door station square office hall court house airport school stadium theatre church park pub club')
                or not regexp_matches(before, cue('level_tail'))) then 'time'
            when regexp_matches(after, '^(?:[.,;?!]|$)') and regexp_matches(before, cue('meeting_tail')) then 'time'
        end as time_rule,
    from numeral_surroundings
    where not among(form, 'idiom spoken_year time date telephone code acronym ordinal article multiple multiple_verb')
)

from final
