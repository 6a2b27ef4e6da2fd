-- grain: one row per pair of documents (left_id < right_id) that are worth comparing, with what they share
-- scope: warehouse
with
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

-- one page in several languages: an address with a number of its own
same_pages as (
    select a.document_id as left_id, b.document_id as right_id
    from document_traits as a
    inner join document_traits as b on a.page = b.page and a.document_id < b.document_id
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

final as (
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
    inner join document_traits as l on l.document_id = c.left_id
    inner join document_traits as r on r.document_id = c.right_id
)

from final
