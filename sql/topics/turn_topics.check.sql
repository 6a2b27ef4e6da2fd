-- ranks count from 1 without a gap, and a likelier topic never stands behind
select turn_id, 'ranks' as wrong
from turn_topics
group by turn_id
having max(topic_rank) <> count(*) or min(topic_rank) <> 1;

select turn_id, 'order' as wrong
from turn_topics
qualify score > lag(score) over (partition by turn_id order by topic_rank);

-- nobody should believe a topic for which nothing was said
select turn_id, 'no evidence' as wrong from turn_topics where len(evidence) = 0;

select turn_id, 'no speech' as wrong
from turn_topics
where not exists (from sentences where sentences.turn_id = turn_topics.turn_id and sentences.is_speech);
