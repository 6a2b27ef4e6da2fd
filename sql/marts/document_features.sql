-- grain: one row per document and feature by which it is compared with others
-- scope: warehouse
-- Of text only what few documents share, for what many share tells nothing: a house's own phrases, its daily business.
-- Names are compared within a day, numbers within three days, text anywhere: compared_on is what must be equal.
with
features as (
    select
        document_id,
        band_hash,
        band_feature(band) as feature,
        if(band < 1000, band, 0) as place,
    from staging.document_bands
),

telling as (
    select feature, place, band_hash
    from features
    where feature not in ('name', 'number')
    group by all
    having count(*) between 2 and least(100, greatest(30, (select count(*) // 10 from documents)))
),

days as (
    select document_id, coalesce(event_on, published_on) as day
    from documents
),

final as (
    select features.document_id, features.feature, features.place, features.band_hash, null::date as compared_on
    from features
    semi join telling using (feature, place, band_hash)
    union all
    select features.document_id, features.feature, 0, features.band_hash, days.day
    from features
    inner join days using (document_id)
    where features.feature in ('name', 'number') and days.day is not null
)

from final
