-- grain: one row per pair of linked claims, each pair both ways
-- scope: warehouse
-- A likely pair is judged with its neighbours: each third claim that goes with both speaks for it; each that goes with one and
-- clearly not with the other, of which it has not even the key, speaks against it. So a sentence that is half of one thing and
-- half of another does not chain them.
with
likely as (
    select claim_id, other_claim_id from likely_links
    union all
    select other_claim_id, claim_id from likely_links
),
apart as (
    select claim_id, other_claim_id
    from figure_scores
    anti join key_pairs
        on least(key_pairs.claim_id, key_pairs.other_claim_id) = least(figure_scores.claim_id, figure_scores.other_claim_id)
        and greatest(key_pairs.claim_id, key_pairs.other_claim_id) = greatest(figure_scores.claim_id, figure_scores.other_claim_id)
    where score < 0
),
unlikely as (
    select claim_id, other_claim_id from apart
    union all
    select other_claim_id, claim_id from apart
),
support as (
    select pairs.claim_id, pairs.other_claim_id, count(*) as thirds
    from likely_links as pairs
    inner join likely as one on one.claim_id = pairs.claim_id
    inner join likely as other on other.claim_id = one.other_claim_id and other.other_claim_id = pairs.other_claim_id
    group by all
),
conflicts as (
    select pairs.claim_id, pairs.other_claim_id, 1 as thirds
    from likely_links as pairs
    inner join likely as one on one.claim_id = pairs.claim_id
    inner join unlikely as other on other.claim_id = one.other_claim_id and other.other_claim_id = pairs.other_claim_id
    union all
    select pairs.claim_id, pairs.other_claim_id, 1 as thirds
    from likely_links as pairs
    inner join unlikely as one on one.claim_id = pairs.claim_id
    inner join likely as other on other.claim_id = one.other_claim_id and other.other_claim_id = pairs.other_claim_id
),
against as (
    select claim_id, other_claim_id, sum(thirds) as thirds from conflicts group by all
),
kept as (
    select pairs.claim_id, pairs.other_claim_id
    from likely_links as pairs
    left join support on support.claim_id = pairs.claim_id and support.other_claim_id = pairs.other_claim_id
    left join against on against.claim_id = pairs.claim_id and against.other_claim_id = pairs.other_claim_id
    where score + 0.5 * least(coalesce(support.thirds, -0.25), 4) - 0.5 * least(coalesce(against.thirds, 0), 4) >= 1.5
    union all
    select claim_id, other_claim_id from event_links
),
final as (
    select claim_id, other_claim_id from kept
    union
    select other_claim_id, claim_id from kept
    order by all
)

from final
