-- grain: one row per pair of documents (left_id < right_id) that have a telling feature in common
-- scope: warehouse
-- How much of each kind they share: a count, and its share of the smaller one's (held) or of the larger one's (alike).
with
hosts as (
    select
        document_id,
        host_of(url) as host,
        coalesce(language, '') as language,
    from documents
),

sizes as (
    select
        document_id,
        band_feature(band) as feature,
        count(*) as size,
    from staging.document_bands
    group by all
),

placed as (
    select features.*, hosts.host, hosts.language, sizes.size
    from document_features as features
    inner join hosts using (document_id)
    inner join sizes using (document_id, feature)
),

-- as of its own day, and numbers as of the days around it
looked_up as (
    select *, unnest(case when feature = 'number' then [-3, -2, -1, 0, 1, 2, 3] else [0] end) as days_off
    from placed
),

-- specific: a number of more digits than one and some noughts, not 40 or 2,000, which stand in any speech
shared as (
    select
        a.document_id as left_id,
        b.document_id as right_id,
        if(b.days_off = 0, b.feature, 'number of another day') as feature,
        any_value(a.size) as left_size,
        any_value(b.size) as right_size,
        count(*) as common,
        count(*) filter (length(b.band_hash) >= 3 and length(regexp_replace(b.band_hash, '[^1-9]', '', 'g')) >= 2) as specific,
    from placed as a
    inner join (select *, compared_on + days_off as looked_up_on from looked_up) as b
        on a.feature = b.feature
        and a.place = b.place
        and a.band_hash = b.band_hash
        and a.compared_on is not distinct from b.looked_up_on
        and a.document_id < b.document_id
        -- one publisher's pages of one time name the same people and figures; only equal text makes them one event
        and (
            a.compared_on is null or a.host <> b.host or a.host = ''
            or (a.language <> b.language and '' not in (a.language, b.language))
        )
    group by all
),

final as (
    select
        left_id,
        right_id,
        coalesce(max(common) filter (feature = 'band'), 0) as bands,
        coalesce(max(common) filter (feature = 'shingle'), 0) as shingles,
        coalesce(max(common / least(left_size, right_size)) filter (feature = 'shingle'), 0) as held,
        coalesce(max(common / greatest(left_size, right_size)) filter (feature = 'shingle'), 0) as alike,
        coalesce(max(common) filter (feature = 'fine'), 0) as fines,
        coalesce(max(common / least(left_size, right_size)) filter (feature = 'fine'), 0) as fines_held,
        coalesce(max(common) filter (feature = 'name'), 0) as names,
        coalesce(max(common / least(left_size, right_size)) filter (feature = 'name'), 0) as names_held,
        coalesce(max(common) filter (feature = 'number'), 0) as numbers,
        coalesce(max(common / least(left_size, right_size)) filter (feature = 'number'), 0) as numbers_held,
        coalesce(max(specific) filter (feature = 'number of another day'), 0) as late_numbers,
        coalesce(max(common / greatest(left_size, right_size)) filter (feature = 'number of another day'), 0) as late_numbers_alike,
    from shared
    group by all
)

from final
