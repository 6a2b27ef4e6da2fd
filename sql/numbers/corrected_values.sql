-- grain: one row per claim whose number a person corrected
-- scope: document
-- The words of a correction (corrections/README.md) must meet exactly one claim. Hedges and bounds that were said hold for the
-- right number too, in proportion; a range becomes the one number. The doubt names the correction, and what was read before.
with
met as (
    select
        quantities.*,
        places.correction_id,
        places.value as corrected,
        count(*) over (partition by places.correction_id, places.document_id) as claims_met,
        count(*) over (partition by quantities.claim_id) as corrections_met,
    from correction_places as places
    inner join quantities on quantities.document_id = places.document_id
    inner join sentences
        on sentences.sentence_id = quantities.sentence_id
        and sentences.char_start + quantities.surface_start < places.char_end
        and places.char_start < sentences.char_start + quantities.surface_end
    where places.field = 'value' and places.note is null
),
final as (
    select
        claim_id,
        correction_id,
        corrected as value,
        coalesce(comparator <> 'range' and value * corrected > 0, false) as is_bound_kept,
        case when is_bound_kept then comparator else '=' end as comparator,
        case when is_bound_kept then tidy(value_low / value * corrected) else corrected end as value_low,
        case when is_bound_kept then tidy(value_high / value * corrected) else corrected end as value_high,
        concat_ws('; ', doubt, 'a person corrected the number (correction ' || correction_id || '); read from the words: '
            || coalesce(printf('%g', value), printf('%g to %g', value_low, value_high))) as doubt,
        least(confidence, 0.9) as confidence,
    from met
    where claims_met = 1 and corrections_met = 1
)

from final
