-- grain: one row per series
-- scope: warehouse
-- Called by what most of its claims say that they are about; where few say it, by the words beside their figures.
with
final as (
    select
        claims.series_id,
        coalesce(
            case when count(claims.subject) * 4 >= count(*) then mode(lower(claims.subject) order by lower(claims.subject)) end,
            any_value(series_words.words), 'not named'
        ) as subject,
        mode(claims.unit order by claims.unit) filter (claims.kind <> 'count') as unit,
        mode(claims.kind order by claims.kind) as kind,
        count(*) as claims,
        count(distinct claims.document_id) as documents,
        count(distinct turns.speaker_id) as speakers,
        min(claims.said_on) as first_said_on,
        max(claims.said_on) as last_said_on,
    from series_claims as claims
    left join turns using (turn_id)
    left join series_words on series_words.series_id = claims.series_id
    group by claims.series_id
)

from final
