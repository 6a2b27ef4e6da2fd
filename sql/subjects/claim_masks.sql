-- grain: one row per claim
-- scope: document
-- The stretch of the sentence that is the number: from its hedge and lead-in ("a total of about") to its unit's end. A count's
-- noun stays out, since it is the subject, but for one in a hyphen ("19-storey"); so does a hedge that is the verb ("exceeded").
with
starts as (
    select
        quantities.claim_id,
        quantities.sentence_id,
        quantities.document_id,
        quantities.number_start,
        quantities.number_end,
        quantities.surface_end,
        quantities.noun_start,
        -- "6 tonnes of carbon a year": carbon stays out too
        case when quantities.kind = 'rate' then
            nullif(regexp_extract(
                substr(text, quantities.number_end + 1, quantities.surface_end - quantities.number_end),
                '^( ?\S.*?) (?:of|in) [a-z]+(?: [a-z]+)? (?:an?|per|each|every) ', 1
            ), '')
        end as unit_part,
        sentences.text,
        case
            when regexp_matches(hedge, getvariable('hedge_verb')) then number_start
            else least(coalesce(hedge_start, number_start),
                number_start - cast(value < 0 and substr(text, number_start, 1) = '-' as int))
        end as hedged_start,
    from quantities
    inner join claim_sentences as sentences using (sentence_id)
),
led as (
    select
        *,
        hedged_start - length(regexp_extract(
            substr(text, greatest(hedged_start - 39, 1), least(hedged_start, 40)), getvariable('number_lead_tail')
        )) as mask_start,
    from starts
),
final as (
    select
        claim_id,
        sentence_id,
        document_id,
        number_start,
        surface_end,
        cast(mask_start as bigint) as mask_start,
        cast(case
            when unit_part is not null then number_end + length(unit_part)
            when noun_start is not null and substr(text, number_end + 1, 1) <> '-' then number_end
            else greatest(surface_end, number_end)
        end as bigint) as mask_end,
    from led
)

from final
