-- grain: one row per claim that says enough to be compared with others
-- scope: warehouse
-- after: events
-- The key within which claims are compared: source, form, direction, unit, subject, place and counterpart. Where a subject
-- says little by itself ("people", "the share") and only the words around can tell, is_generic says so.
with
placed as (
    select
        keys.*,
        places.home_source,
        coalesce(
            keys.place,
            case when not places.is_occasion and len(places.title_places) = 1 then places.title_places[1] end,
            places.home_place,
            ''
        ) as place_key,
        case
            when keys.place is null and list_has_any(keys.subject_words, getvariable('counterpart_nouns'))
                then array_to_string(places.title_places, ' ')
            else ''
        end as counterpart,
        coalesce(documents.event_on, documents.published_on) as said_on,
        documents.event_id,
        documents.event_role,
        documents.language,
        documents.source,
        topics.topic_code,
    from staging.claim_keys as keys
    inner join documents using (document_id)
    inner join series_places as places using (document_id)
    left join sentence_topics as topics on topics.sentence_id = keys.sentence_id and topics.topic_rank = 1 and topics.is_sure
    where documents.duplicate_of is null
),
final as (
    select
        * exclude (place, counterpart, predicate),
        -- a number or time before the figure is no verb
        case when regexp_matches(predicate, '^\pL') then predicate else '' end as predicate,
        concat_ws('|', home_source, form, direction, unit_key, subject_key, place_key, coalesce(counterpart, '')) as series_key,
        len(list_filter(subject_words, lambda word: not list_contains(getvariable('weak_words'), word))) = 0 as is_generic,
    from placed
    where not is_vague and subject_key is not null
        and kind <> 'duration' and not (kind = 'count' and abs(value) <= 10)
        and not (kind = 'measure' and frame = 'attributive')
        and not list_contains(getvariable('empty_heads'), head)
)

from final
