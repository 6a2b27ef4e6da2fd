-- grain: one row per pair of differing figures, ready to read: candidates for a person to check, no more
-- scope: warehouse
-- as: view
with final as (
    select
        series.subject,
        a.speaker,
        a.said_on,
        a.surface,
        b.speaker as other_speaker,
        b.said_on as other_said_on,
        b.surface as other_surface,
        pairs.reason,
        pairs.confidence,
        pairs.days_between,
        pairs.gap,
        a.unit,
        a.value,
        b.value as other_value,
        a.quote,
        b.quote as other_quote,
        a.attribution_doubt,
        b.attribution_doubt as other_attribution_doubt,
        a.attributed_to,
        b.attributed_to as other_attributed_to,
        coalesce(a.title, a.origin) as title,
        coalesce(b.title, b.origin) as other_title,
        a.proof_url,
        b.proof_url as other_proof_url,
        pairs.claim_id,
        pairs.other_claim_id,
        pairs.series_id,
    from claim_differences as pairs
    inner join claim_series as series using (series_id)
    inner join claims as a on a.claim_id = pairs.claim_id
    inner join claims as b on b.claim_id = pairs.other_claim_id
)
select * from final
