-- grain: one row per claim with a value
-- scope: document
-- What makes it comparable with others. Without a subject only the figure and the words around it can be compared.
with
stems as (
    select
        claim_id,
        coalesce(list(stem order by stem) filter (is_near), []) as context,
        coalesce(list(stem order by stem) filter (not is_near), []) as surroundings,
    from claim_stems
    group by claim_id
),
joined as (
    select
        quantities.claim_id,
        quantities.sentence_id,
        quantities.document_id,
        subjects.frame, subjects.subject_start, subjects.subject_end, subjects.change_kind,
        quantities.kind,
        quantities.unit,
        quantities.change,
        quantities.surface,
        coalesce(lemmas.subject_words, []) as lemmas,
        lemmas.head,
        intervals.value, intervals.interval_low, intervals.interval_high,
        sentences.text as text,
        stems.context, stems.surroundings,
        masks.mask_start,
        masks.mask_end,
        places.place,
        contexts.modality,
        periods.period_start, periods.period_end,
        coalesce(predicate.class, predicate_lemma.lemma, subjects.predicate, '') as predicate_class,
        direction.change as change_said,
    from quantities
    inner join claim_intervals as intervals using (claim_id)
    inner join claim_sentences as sentences on sentences.sentence_id = quantities.sentence_id
    left join stems on stems.claim_id = quantities.claim_id
    inner join claim_contexts as contexts using (claim_id)
    inner join claim_masks as masks using (claim_id)
    left join subject_lemmas as lemmas using (claim_id)
    left join claim_subjects as subjects on subjects.claim_id = lemmas.claim_id
    left join claim_places as places on places.claim_id = quantities.claim_id
    left join claim_periods as periods on periods.claim_id = quantities.claim_id
    left join lexicon.predicate as predicate on predicate.language = 'en' and predicate.word = subjects.predicate
    left join lexicon.lemma as predicate_lemma on predicate_lemma.language = 'en' and predicate_lemma.word = subjects.predicate
    left join (
        select word, any_value(change order by change) as change from lexicon.direction group by word
    ) as direction on direction.word = subjects.change_word
),
final as (
    select
        claim_id,
        document_id,
        sentence_id,
        substr(text, subject_start + 1, subject_end - subject_start) as subject,
        nullif(array_to_string(lemmas, ' '), '') as subject_key,
        lemmas as subject_words,
        head,
        frame,
        case when change_kind = 'by' then 'change' when frame = 'share' and kind in ('percent', 'multiple') then 'share'
            else 'level' end as form,
        case when change_kind = 'by' then coalesce(change_said, change, '') when frame is null then coalesce(change, '')
            else '' end as direction,
        kind,
        case when kind = 'count' then 'count' else coalesce(unit, kind) end as unit_key,
        case when frame in ('counted', 'money_in', 'attributive', 'share', 'purpose', 'agent', 'spent') then predicate_class
            else '' end as predicate,
        place,
        case when modality in ('planned', 'conditional', 'denied') then modality else 'outturn' end as outlook,
        modality,
        period_start,
        period_end,
        value,
        interval_low,
        interval_high,
        regexp_matches(surface, getvariable('vague_surface')) or substr(text, mask_end + 1, 2) in ('-,', '- ') as is_vague,
        coalesce(context, []) as context,
        coalesce(surroundings, []) as surroundings,
    from joined
)

from final
