-- grain: one row per source that is configured or has documents
-- scope: warehouse
with held as (
    select
        source,
        count(*) as documents,
        min(published_on) as first_published_on,
        max(published_on) as last_published_on,
        max(fetched_at) as last_fetched_at,
        mode(licence) as licence,
    from documents
    group by source
),
final as (
    select
        coalesce(c.name, h.source) as name,
        coalesce(c.title, case when h.source = 'local' then 'Files given on the command line' end) as title,
        c.homepage,
        coalesce(c.licence, h.licence) as licence,
        c.language,
        coalesce(h.documents, 0) as documents,
        h.first_published_on,
        h.last_published_on,
        h.last_fetched_at,
    from staging.configured_sources as c
    full join held as h on h.source = c.name
)
select * from final
order by name
