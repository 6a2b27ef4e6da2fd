-- grain: one row per numeral in a sentence of speech
-- scope: document
-- The second number of a range, sum or share and a struck or corrected number belong to their partner's claim.
with
claimed as (
    select mention_id, mention_id as claimed_by from quantities
    union all
    select next_id as mention_id, mention_id as claimed_by from numeral_pairs where pair in ('range', 'sum', 'share')
    union all
    select second.next_id as mention_id, first.mention_id as claimed_by
    from numeral_pairs as first inner join numeral_pairs as second on second.mention_id = first.next_id
    where first.pair = 'sum' and second.pair = 'sum'
    union all
    select mention_id, next_id as claimed_by from numeral_pairs where pair = 'correction'
),
owners as (
    -- a part of a sum may stand in one, too: only what is a claim owns
    select mention_id,
        min(claimed_by) as claimed_by from claimed where claimed_by in (select mention_id from quantities) group by mention_id
),
final as (
    select
        spans.mention_id,
        spans.sentence_id,
        spans.turn_id,
        spans.document_id,
        sentences.version,
        substr(sentences.text, spans.number_start + 1, spans.number_end - spans.number_start) as surface,
        sentences.char_start + spans.number_start as char_start,
        sentences.char_start + spans.number_end as char_end,
        case when pairs.rule <> 'idiom' then forms.value * details.factor end as value,
        case when bare.is_unlicensed and rules.role = 'quantity' and owners.mention_id is null then 'identifier'
            else coalesce(forms.idiom_role, rules.role) end as mention_role,
        quantities.claim_id,
    from numeral_spans as spans
    inner join numeral_values as forms using (language, surface)
    inner join numeral_details as details using (mention_id)
    inner join numeral_pairs as pairs using (mention_id)
    inner join lexicon.numeral_rule as rules on rules.rule = pairs.rule
    inner join sentences on sentences.sentence_id = spans.sentence_id
    left join numeral_bare as bare using (mention_id)
    left join owners using (mention_id)
    left join quantities on quantities.mention_id = owners.claimed_by
)

from final
