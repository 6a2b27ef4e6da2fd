-- ranks count from 1 without a gap, and a likelier topic never stands behind
select sentence_id, 'ranks' as wrong
from sentence_topics
group by sentence_id
having max(topic_rank) <> count(*) or min(topic_rank) <> 1;

select sentence_id, 'order' as wrong
from sentence_topics
qualify score > lag(score) over (partition by sentence_id order by topic_rank);

-- nobody should believe a topic for which nothing was said
select sentence_id, 'no evidence' as wrong from sentence_topics where len(evidence) = 0;

select sentence_id, 'no speech' as wrong
from sentence_topics
join sentences using (sentence_id)
where not sentences.is_speech;
