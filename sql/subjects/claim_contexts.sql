-- grain: one row per claim
-- scope: document
-- Whom the speaker cites for it, and whether it is asserted, planned, conditional, asked, denied or reported.
with
texts as (
    select
        masks.claim_id,
        masks.document_id,
        sentences.text as text,
        substr(text, 1, number_start) as before,
        substr(text, mask_end + 1) as after,
        -- the clause up to the number: from the last semicolon, dash or full stop on
        regexp_extract(before, '(?:^|[;:.!?] | - |-- )([^;]*?)$', 1) as clause_before,
        -- what opens its clause has its verb behind it: "40 clinics will open"
        case when regexp_matches(substr(text, 1, mask_start), '(?:^|[,;:.] |\b(?:[Aa]nd|[Bb]ut|that|because|think|believe) )$')
            then regexp_replace(regexp_extract(after, '^[^,;:.?!()]{0,70}'), getvariable('clause_opening') || '.*$', '')
                else '' end as clause_behind,
        regexp_replace(clause_before || ' ' || clause_behind, getvariable('modality_manners'), '', 'g') as clause,
    from claim_masks as masks
    inner join claim_sentences as sentences using (sentence_id)
),
cited as (
    -- a cheap look first: patterns that take words out are dear
    select
        *,
        case when contains(text, 'ccording to') or contains(text, ' by ')
            then trim(regexp_extract(text, getvariable('attribution_according'), 1)) end as according_to,
        case when contains(text, 'ased on ') then trim(regexp_extract(text, getvariable('attribution_based'), 1)) end as based_on,
        -- the last clause first: "the treasury says 40, the Court of Auditors expects 9"
        ltrim(regexp_extract(before, '[^,;:]*$')) as last_clause,
        case when regexp_matches(before, getvariable('attribution_hint')) then regexp_extract(
            case when regexp_matches(last_clause, getvariable('attribution_before')) then last_clause else before end,
            getvariable('attribution_before'), ['name', 'body']
        ) end as cited_before,
        case when contains(after, ',') and regexp_matches(after, getvariable('attribution_hint'))
            then regexp_extract(after, getvariable('attribution_behind'), ['name', 'body']) end as cited_behind,
    from texts
),
final as (
    select
        claim_id,
        document_id,
        coalesce(
            nullif(according_to, ''), nullif(based_on, ''),
            nullif(trim(cited_before.name || cited_before.body), ''), nullif(trim(cited_behind.name || cited_behind.body), '')
        ) as cited_as_said,
        regexp_replace(cited_as_said, getvariable('attribution_lead') || '| (?:who|and|that)$', '', 'g') as source_named,
        case when not regexp_matches(source_named, getvariable('attribution_nobody'))
            then nullif(source_named, '') end as attributed_to,
        case
            when regexp_matches(text, getvariable('modality_asked')) then 'asked'
            when regexp_matches(clause_before, getvariable('modality_denied'))
                and not regexp_matches(clause_before, getvariable('modality_not_denied')) then 'denied'
            when regexp_matches(clause, getvariable('modality_conditional')) then 'conditional'
            when attributed_to is not null or regexp_matches(clause, getvariable('modality_reported')) then 'reported'
            when regexp_matches(clause, getvariable('modality_planned')) then 'planned'
            else 'asserted'
        end as modality,
    from cited
)

from final
