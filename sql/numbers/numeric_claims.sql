-- grain: one row per claim
-- scope: document
with
stated as (
    select quantities.* replace (
        coalesce(corrected.value, quantities.value) as value,
        coalesce(corrected.comparator, quantities.comparator) as comparator,
        coalesce(corrected.value_low, quantities.value_low) as value_low,
        coalesce(corrected.value_high, quantities.value_high) as value_high,
        case when quantities.value_corrected is not null
            then coalesce(corrected.value, quantities.value_corrected) end as value_corrected,
        coalesce(corrected.confidence, quantities.confidence) as confidence,
        coalesce(corrected.doubt, quantities.doubt) as doubt
    )
    from quantities
    left join corrected_values as corrected using (claim_id)
),
final as (
    select
        stated.claim_id,
        stated.mention_id,
        stated.sentence_id,
        stated.turn_id,
        stated.document_id,
        sentences.version,
        turns.speaker_id,
        coalesce(documents.event_on, documents.published_on) as said_on,
        sentences.text as quote,
        stated.surface,
        sentences.char_start + stated.surface_start as char_start,
        sentences.char_start + stated.surface_end as char_end,
        stated.value,
        case  -- "more than 40 below zero" lies below -40
            when stated.value < 0 and stated.value_low is null then replace(stated.comparator, '>', '<')
            when stated.value < 0 and stated.value_high is null then replace(stated.comparator, '<', '>')
            else stated.comparator
        end as comparator,
        stated.value_low,
        stated.value_high,
        stated.kind,
        stated.unit,
        stated.unit_text,
        substr(sentences.text, subjects.subject_start + 1, subjects.subject_end - subjects.subject_start) as subject,
        sentences.char_start + subjects.subject_start as subject_start,
        sentences.char_start + subjects.subject_end as subject_end,
        stated.change,
        stated.change_from,
        periods.period_text,
        periods.period_start,
        periods.period_end,
        places.place,
        contexts.attributed_to,
        coalesce(contexts.modality, 'asserted') as modality,
        stated.value_spoken,
        stated.value_corrected,
        stated.confidence,
        stated.doubt,
    from stated
    inner join sentences using (sentence_id)
    inner join turns on turns.turn_id = stated.turn_id
    inner join documents on documents.document_id = stated.document_id
    left join claim_subjects as subjects using (claim_id)
    left join claim_periods as periods using (claim_id)
    left join claim_places as places using (claim_id)
    left join claim_contexts as contexts using (claim_id)
)

from final
