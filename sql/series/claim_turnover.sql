-- grain: one row per claim that stands in one of two versions of a document that follow each other and not in the other
-- scope: warehouse
-- Claims keep their ids while their words stay. is_new: it came with the later version; else it went with the earlier one.
with
versions as (
    select document_id, version, fetched_at from documents
    union all
    select document_id, version, fetched_at from archive.documents
),
steps as (
    select
        document_id,
        version as to_version,
        lag(version) over (partition by document_id order by version) as from_version,
        fetched_at as noticed_at,
    from versions
    qualify from_version is not null
),
claims as (
    select document_id, version, claim_id, kind, unit, surface, value, value_low, value_high, quote from numeric_claims
    where document_id in (select document_id from archive.documents)
    union all
    select document_id, version, claim_id, kind, unit, surface, value, value_low, value_high, quote from archive.numeric_claims
),
final as (
    select
        steps.*,
        claims.* exclude (document_id, version),
        string_split(lower(quote), ' ') as words,
        claims.version = steps.to_version as is_new,
    from steps
    inner join claims
        on claims.document_id = steps.document_id and claims.version in (steps.from_version, steps.to_version)
    anti join claims as kept
        on kept.document_id = steps.document_id and kept.claim_id = claims.claim_id
        and kept.version in (steps.from_version, steps.to_version) and kept.version <> claims.version
)

from final
