-- Every claim rests on a mention that points back at it.
select numeric_claims.claim_id
from numeric_claims
left join numeric_mentions on numeric_mentions.mention_id = numeric_claims.mention_id
    and numeric_mentions.claim_id = numeric_claims.claim_id
where numeric_mentions.mention_id is null;

-- No mention outside speech.
select mention_id
from numeric_mentions
inner join sentences using (sentence_id)
where not sentences.is_speech;

-- No two mentions overlap.
select left_one.mention_id
from numeric_mentions as left_one
inner join numeric_mentions as right_one
    on left_one.sentence_id = right_one.sentence_id
    and left_one.char_start < right_one.char_start
    and left_one.char_end > right_one.char_start;
