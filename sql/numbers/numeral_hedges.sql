-- grain: one row per numeral with a hedge beside it
-- scope: document
-- "more than 50", "50 or so": where there is one on each side, the one behind the number decides.
with
final as (
    select
        mention_id,
        before.phrase as hedge_left,
        before.hedge_length,
        before.hedge_words,
        behind.phrase as hedge_right,
        coalesce(behind.comparator, before.comparator) as comparator,
        cast(case when behind.phrase is null then before.low_factor else behind.low_factor end as double) as low_factor,
        cast(case when behind.phrase is null then before.high_factor else behind.high_factor end as double) as high_factor,
    from numeral_hedges_before as before
    full join numeral_hedges_behind as behind using (mention_id)
)

from final
