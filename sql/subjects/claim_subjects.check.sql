-- A claim has one row at most.
select claim_id, count(*) as rows from claim_subjects group by claim_id having count(*) > 1;
-- The subject lies in its sentence and is no number.
select claim_id from claim_subjects inner join sentences using (sentence_id)
where subject_start < 0 or subject_end <= subject_start or subject_end > length(sentences.text);
