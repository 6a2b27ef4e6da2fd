-- A range has both its bounds and no value; anything else has a value.
select claim_id, comparator, value, value_low, value_high
from numeric_claims
where (comparator = 'range') <> (value is null)
    or (comparator = 'range' and (value_low is null or value_high is null));

-- An exact value is its own bounds; an open bound is open on the side that the comparator says.
select claim_id, comparator, value, value_low, value_high
from numeric_claims
where (comparator = '=' and (value_low is distinct from value or value_high is distinct from value))
    or (comparator in ('>', '>=') and value_low is null)
    or (comparator in ('<', '<=') and value_high is null);

-- The surface stands at its offsets.
select claim_id, surface
from numeric_claims
inner join sentences using (sentence_id)
where substr(sentences.text, numeric_claims.char_start - sentences.char_start + 1,
    numeric_claims.char_end - numeric_claims.char_start) <> surface;

-- A correction has both sides, and its value is the corrected one.
select claim_id, value, value_spoken, value_corrected
from numeric_claims
where (value_spoken is null) <> (value_corrected is null) or value_corrected <> value;

-- What was inferred is said, and is never as sure as what was not.
select claim_id, doubt, confidence
from numeric_claims
where doubt is not null and confidence > 0.9;
