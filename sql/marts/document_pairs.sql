-- grain: one row per pair of documents (left_id < right_id) that may be postings of one event, with what they share
-- scope: warehouse
with
speech as (
    select document_id, sum(char_end - char_start) as spoken
    from sentences
    where is_speech
    group by all
),

speakers_of as (
    select distinct document_id, lower(speaker_name) as speaker
    from turns
    where speaker_name is not null and speaker_kind <> 'journalist'
),

-- a page that is no transcript names people rather than letting them speak: by the beginning of their last name
named_in as (
    select b.document_id, left(b.band_hash, 4) as beginning
    from staging.document_bands as b
    anti join turns using (document_id)
    where band_feature(b.band) = 'name'
),

documents_of as (
    select
        d.document_id,
        coalesce(d.event_on, d.published_on) as day,
        host_of(d.url) as host,
        coalesce(d.language, '') as language,
        host || ' ' || language as place,
        coalesce(s.spoken, 0) as spoken,
        s.document_id is not null as has_turns,
        case when regexp_matches(d.url, '/\d{4,}(?:[/?#]|$)') then page_of(d.url) end as page,
    from documents as d
    left join speech as s using (document_id)
),

-- one page in several languages: an address with a number of its own
same_pages as (
    select a.document_id as left_id, b.document_id as right_id
    from documents_of as a
    inner join documents_of as b on a.page = b.page and a.document_id < b.document_id
    where a.language <> b.language
),

candidates as (
    select left_id, right_id from document_overlaps
    union
    from same_pages
),

same_speakers as (
    select c.left_id, c.right_id, count(distinct r.speaker) as speakers
    from (from candidates union select right_id, left_id from candidates) as c
    inner join speakers_of as r on r.document_id = c.right_id
    left join speakers_of as l on l.document_id = c.left_id and l.speaker = r.speaker
    left join named_in as n on n.document_id = c.left_id and n.beginning = left(split_part(r.speaker, ' ', -1), 4)
    where l.speaker is not null or n.beginning is not null
    group by all
),

compared as (
    select
        c.left_id,
        c.right_id,
        o.* exclude (left_id, right_id),
        coalesce(s.speakers, t.speakers, 0) as speakers,
        p.left_id is not null as is_same_address,
        abs(l.day - r.day) as days_apart,
        least(l.spoken, r.spoken) as spoken,
        l.host <> r.host as is_other_host,
        l.place as left_place,
        r.place as right_place,
        l.has_turns and r.has_turns as have_turns,
        -- one publisher's pages of one day are different events, unless they are in different languages
        l.host <> r.host or l.host = '' or (l.language <> r.language and l.language <> '' and r.language <> '') as may_be_same,
    from candidates as c
    left join document_overlaps as o on o.left_id = c.left_id and o.right_id = c.right_id
    left join same_speakers as s on s.left_id = c.left_id and s.right_id = c.right_id
    left join same_speakers as t on t.left_id = c.right_id and t.right_id = c.left_id
    left join same_pages as p on p.left_id = c.left_id and p.right_id = c.right_id
    inner join documents_of as l on l.document_id = c.left_id
    inner join documents_of as r on r.document_id = c.right_id
),

linked as (
    select
        *,
        -- forms that a house fills in again and again are alike, but days apart; a greeting is equal to any other
        coalesce(
            (bands >= 8 or shingles >= 8 and alike >= 0.8) and spoken >= 300 and (is_other_host or coalesce(days_apart <= 7, true)), false
        ) as is_same_text,
        coalesce(
            may_be_same
            and (
                (held >= 0.8 or shingles >= 4) and shingles >= 2 and held >= 0.3 and coalesce(days_apart <= 7, held >= 0.8)
                or fines >= 5 and fines_held >= 0.2 and speakers >= 1 and coalesce(days_apart <= 7, true)
            ),
            false
        ) as is_same_passage,
        coalesce(
            may_be_same
            and (
                days_apart = 0 and (names >= 5 and names_held >= 0.5 or names >= 4 and numbers >= 3 and numbers_held >= 0.5)
                or days_apart = 0 and not have_turns and speakers >= 1 and names >= 5 and names_held >= 0.4
                or days_apart between 1 and 3 and late_numbers >= 4 and late_numbers_alike >= 0.5 and speakers >= 1
            ),
            false
        ) as is_same_story,
    from compared
),

-- by its story alone a posting that may be of several of a publisher's events is of none: a digest, a day's news
stories as (
    select left_id as document_id, right_id as other_id, right_place as place from linked where is_same_story
    union all
    select right_id, left_id, left_place from linked where is_same_story
),

several as (
    select a.document_id, a.place
    from stories as a
    inner join stories as b on b.document_id = a.document_id and b.place = a.place and b.other_id > a.other_id
    anti join linked as l on l.left_id = a.other_id and l.right_id = b.other_id and (l.is_same_text or l.is_same_passage or l.is_same_story)
    group by all
),

final as (
    select l.* exclude (is_other_host, may_be_same, have_turns, spoken, left_place, right_place)
    from linked as l
    left join several as s on s.document_id = l.left_id and s.place = l.right_place
    left join several as t on t.document_id = l.right_id and t.place = l.left_place
    where l.is_same_text or l.is_same_passage or l.is_same_address
        or l.is_same_story and s.document_id is null and t.document_id is null
)

from final
