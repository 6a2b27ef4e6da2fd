-- grain: one row per figure that a publisher altered, added or removed, ready to read
-- scope: warehouse
-- as: view
with versions as (
    select document_id, version, content_sha256, fetched_at from documents
    union all
    select document_id, version, content_sha256, fetched_at from archive.documents
),
final as (
    select
        revisions.noticed_at,
        coalesce(now.title, now.origin) as title,
        now.source,
        revisions.change,
        revisions.value_before,
        revisions.value_after,
        revisions.quote_before,
        revisions.quote_after,
        claims.speaker,
        claims.attribution_doubt,
        claims.subject,
        claims.unit,
        coalesce(claims.proof_url, now.url) as page_url,
        -- the web archive leads to its copy nearest to that moment, if it has one
        case when regexp_matches(now.url, '^https?://') then
            'https://web.archive.org/web/' || strftime(before.fetched_at, '%Y%m%d%H%M%S') || '/' || now.url
        end as archived_before_url,
        'raw/' || left(before.content_sha256, 2) || '/' || before.content_sha256 as bytes_before,
        'raw/' || left(after.content_sha256, 2) || '/' || after.content_sha256 as bytes_after,
        before.fetched_at as fetched_before_at,
        revisions.from_version,
        revisions.to_version,
        revisions.document_id,
        revisions.claim_id,
    from claim_revisions as revisions
    inner join documents as now using (document_id)
    inner join versions as before on before.document_id = revisions.document_id and before.version = revisions.from_version
    inner join versions as after on after.document_id = revisions.document_id and after.version = revisions.to_version
    left join claims on claims.claim_id = revisions.claim_id
)
select * from final
