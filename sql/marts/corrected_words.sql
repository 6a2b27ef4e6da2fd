-- grain: one row per person's correction and place where its words stand; one with nulls where they stand nowhere
-- scope: warehouse
-- as: view
with final as (
    select
        corrections.field,
        coalesce(substr(documents.text, places.char_start + 1, places.char_end - places.char_start), corrections.anchor) as words,
        corrections.value as becomes,
        corrections.is_applied and places.note is null as is_applied,
        coalesce(places.note, corrections.note) as note,
        corrections.author,
        corrections.reason,
        corrections.made_on,
        coalesce(documents.title, documents.origin, corrections.origin) as title,
        documents.url as page_url,
        places.char_start,
        places.char_end,
        places.document_id,
        corrections.correction_id,
    from corrections
    left join correction_places as places using (correction_id)
    left join documents on documents.document_id = places.document_id
)
select * from final
