-- grain: one row per number or time expression that a sentence is masked by
-- scope: document
-- Of two that overlap the first stays. number_index counts the numbers of a sentence; mark_start and mark say what they become:
-- U+E000 and then U+E001 for a number, U+E002 for a time, U+E003 for a rate ("a year").
with
spans as (
    select sentence_id, document_id, claim_id, mask_start as span_start, mask_end as span_end, chr(57345) as mark
    from claim_masks
    union all
    select sentence_id, document_id, null, phrase_start, phrase_end, case kind when 'rate' then chr(57347) else chr(57346) end
    from period_phrases
),
apart as (
    select
        *,
        coalesce(max(span_end) over (
            partition by sentence_id order by span_start, span_end desc, mark, claim_id rows between unbounded preceding
                and 1 preceding
        ), 0) as reached,
    from spans
),
final as (
    select
        * exclude (reached),
        case when claim_id is null then mark else chr(57344) end as mark_start,
        coalesce(lag(span_end) over in_order, 0) as span_before,
        count(claim_id) over in_order as number_index,
    from apart
    where span_start >= reached
    window in_order as (partition by sentence_id order by span_start)
)

from final
