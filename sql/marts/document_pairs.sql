-- grain: one row per pair of documents (left_id < right_id) that may be postings of one event, with what they share
-- scope: warehouse
with
linked as (
    select
        *,
        -- forms that a house fills in again and again are alike, but days apart; a greeting is equal to any other
        coalesce(
            (bands >= 8 or shingles >= 8 and alike >= 0.8) and spoken >= 300
                and (is_other_host or coalesce(days_apart <= 7, true)),
            false
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
    from document_likenesses
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
    anti join linked as l
        on l.left_id = a.other_id and l.right_id = b.other_id and (l.is_same_text or l.is_same_passage or l.is_same_story)
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
