-- grain: one row per pair of claims that two postings of one event have in common
-- scope: warehouse
-- after: events
-- Translations change the words, so these are aligned without them: the same figure in the same mouth, by how often it was said
-- before; where one posting has it more often, only in words that agree. Then what stands between two figures so aligned,
-- whatever it says. "$50 billion a year" may be another's "$50 billion": the unit is compared without what it is divided by.
with
postings as (
    select document_id, event_id
    from documents
    where duplicate_of is null
    qualify count(*) over (partition by event_id) > 1 and event_id is not null
),
claims as (
    select
        numeric_claims.claim_id,
        numeric_claims.document_id,
        postings.event_id,
        numeric_claims.kind,
        case
            when numeric_claims.kind = 'count' then 'count'
            else coalesce(split_part(numeric_claims.unit, '/', 1), numeric_claims.kind)
        end as unit_key,
        coalesce(numeric_claims.value, numeric_claims.value_low, numeric_claims.value_high) as value,
        coalesce(turns.speaker_name, '') as speaker,
        regexp_extract_all(lower(replace(numeric_claims.quote, numeric_claims.surface, '')), '\pL{5,}') as words,
        row_number() over (partition by numeric_claims.document_id order by numeric_claims.char_start) as place_in_document,
    from numeric_claims
    inner join postings on postings.document_id = numeric_claims.document_id
    inner join turns on turns.turn_id = numeric_claims.turn_id
),
said as (
    select
        *,
        row_number() over (partition by document_id, speaker, unit_key, value order by place_in_document) as time_said,
        count(*) over (partition by document_id, speaker, unit_key, value) as times_said,
        count(*) over (partition by document_id, unit_key, value) as times_in_document,
    from claims
    where value is not null and not (kind = 'count' and abs(value) <= 3)
),
same_figure as (
    select one.*, other.claim_id as other_claim_id, other.document_id as other_document_id, other.place_in_document as other_place
    from said as one
    inner join said as other
        on other.event_id = one.event_id and other.unit_key = one.unit_key and other.value = one.value
        and other.document_id > one.document_id and other.time_said = one.time_said
    where case
        when '' in (one.speaker, other.speaker) then one.times_in_document = 1 and other.times_in_document = 1
        when one.speaker <> other.speaker then false
        when one.times_said = other.times_said then true
        else len(list_intersect(one.words, other.words)) >= 2
    end
),
between_two as (
    select one.claim_id, other.claim_id as other_claim_id
    from same_figure as before
    inner join same_figure as behind
        on behind.document_id = before.document_id and behind.other_document_id = before.other_document_id
        and behind.place_in_document = before.place_in_document + 2 and behind.other_place = before.other_place + 2
    inner join claims as one on one.document_id = before.document_id and one.place_in_document = before.place_in_document + 1
    inner join claims as other on other.document_id = before.other_document_id and other.place_in_document = before.other_place + 1
    where one.kind = other.kind
),
final as (
    select claim_id, other_claim_id from same_figure
    union
    select claim_id, other_claim_id from between_two
)

from final
