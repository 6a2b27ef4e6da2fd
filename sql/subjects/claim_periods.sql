-- grain: one row per claim whose sentence says for when it holds
-- scope: document
-- The time expression with the least distance, where another number in between or the end of a clause counts as far.
with
pairs as (
    select
        quantities.claim_id,
        quantities.document_id,
        places.phrase,
        places.phrase_start,
        places.looks_ahead,
        places.is_base,
        places.is_possessive,
        phrase_start >= quantities.surface_end as is_behind,
        phrase_start < 8 as is_opening,
        case
            when is_behind then substr(sentences.text, quantities.surface_end + 1, places.phrase_start - quantities.surface_end)
            else substr(sentences.text, places.phrase_end + 1, greatest(quantities.number_start - places.phrase_end, 0))
        end as between_text,
        phrase_start < quantities.number_end and phrase_end > quantities.number_start as is_around,
        regexp_matches(
            lower(places.phrase), '^(?:today|tonight|tomorrow|yesterday|' || lower(getvariable('period_weekday_words')) || ')$'
        ) as is_day,
    from quantities
    inner join period_places as places using (sentence_id)
    inner join claim_sentences as sentences using (sentence_id)
    where not places.is_name
),
ranked as (
    select
        *,
        case when is_around then 0 else
            length(between_text)
            -- what opens the sentence holds across a dash: "This year alone, states have enacted - not just proposed - 28 laws"
            + case when regexp_matches(between_text, '[;]|[.?!] +["(A-Z]') then 200
                when regexp_matches(between_text, '[:]| - |--') then case when is_opening then 60 else 200 end
                when contains(between_text, '(') then 100 else 0 end
            -- "in March it was 2,500, now it is 9", "last week we announced that 9 doses will arrive"
            + case when not is_behind
                and regexp_matches(between_text, '\b(?:now|currently|(?:announced|said|told \w+|learned) that)\b')
                then 200 else 0 end
            -- "up from 58 percent in a poll in June", "from 58 percent in June to 70": the other number's
            + case when is_behind and regexp_matches(between_text, '\b(?:from|than|versus|compared (?:to|with)) [^,]*\d')
                or not is_behind and regexp_matches(between_text, '^ (?:up |down )?to $') then 200 else 0 end
            -- "has 450, and the work ends in May", "costs 9 and is to start in 2031"
            + case when is_behind and regexp_matches(
                between_text,
                ', (?:and|but) (?:the|it|he|she|we|they|this|that|I|you)\b'
                || '|\band (?:will|to|expects?|wants?|plans?|hopes?|aims?|is|are|was|were|has|have|had)\b'
            ) then 200 else 0 end
            -- "on the success of last year's conference"
            + case when is_possessive and is_behind then 200 else 0 end
            + case when regexp_matches(between_text, '[$]?\d') then case when is_behind then 60 else 25 end else 0 end
            + case when regexp_matches(between_text, ',.*\b(?:and|but|while|which|who)\b') then 40 else 0 end
            + case when is_day then 30 else 0 end
            + case when is_behind then 0 else 15 end
        end as distance,
    from pairs
    -- a base of comparison is the period of the number that it stands right behind: "from $47.8 billion in March"
    where not is_base or is_behind and trim(between_text) = '' and not regexp_matches(phrase, '^[Ff]rom ')
    qualify row_number() over (partition by claim_id order by distance, phrase_start) = 1
),
final as (
    select
        ranked.claim_id,
        ranked.document_id,
        ranked.phrase as period_text,
        dates.period_start,
        dates.period_end,
        ranked.distance,
        not ranked.is_behind as is_before,
    from ranked
    inner join documents using (document_id)
    left join period_dates as dates
        on dates.phrase = ranked.phrase and dates.looks_ahead = ranked.looks_ahead
        and dates.said_on = coalesce(documents.event_on, documents.published_on)
    where ranked.distance < 200
)

from final
