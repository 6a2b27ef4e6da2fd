-- grain: one row per topic of the scheme
-- scope: warehouse
with
    final as (
        -- the row 'none' only weighs what speaks for no topic at all
        select topic_code, topic, scheme, description
        from lexicon.topic_code
        where topic_code <> 'none'
    )
from final
