-- grain: one row per pair of claims with one figure that may be about the same thing
-- scope: warehouse
-- score is the logarithm of the odds that they are. Its weights were fitted to pairs that a person had judged (docs/series.md): how
-- like the words around are says most, then the mouth, how soon one was said after the other, the words right beside the figure and
-- names that both have. Two places, two wholes of which it is a share, two periods and another outlook speak against it, and so do
-- figures that are said of everything: stretches of time, small counts, round counts.
with
compared as (
    select
        pairs.*,
        coalesce(abs(date_diff('day', one.said_on, other.said_on)), 400) as days_between,
        least(
            len(list_intersect(one.stems_before, other.stems_before)) + len(list_intersect(one.stems_behind, other.stems_behind)), 4
        ) as words_beside,
        coalesce(one.speaker_id = other.speaker_id, false) as is_same_speaker,
        one.outlook = other.outlook as is_same_outlook,
        coalesce(one.period_start <> other.period_start or one.period_end <> other.period_end, false) as is_other_period,
        one.place <> other.place as is_other_place,
        are_apart(one.places_beside, other.places_beside) as has_other_places,
        one.whole <> other.whole and '' not in (one.whole, other.whole) as is_other_whole,
        are_apart(one.subject_words, other.subject_words) as is_other_subject,
        one.is_repeated or other.is_repeated as is_repeated,
        one.is_round,
        one.kind,
        one.value,
        one.document_id,
        other.document_id as other_document_id,
        one.speaker_id,
        other.speaker_id as other_speaker_id,
    from figure_pairs as pairs
    inner join comparable_figures as one on one.claim_id = pairs.claim_id
    inner join comparable_figures as other on other.claim_id = pairs.other_claim_id
    left join claim_contrasts as meanings on meanings.claim_id = pairs.claim_id
    left join claim_contrasts as others on others.claim_id = pairs.other_claim_id
    where (one.direction = other.direction or '' in (one.direction, other.direction))
        and not are_contrary(coalesce(meanings.meanings, []), coalesce(others.meanings, []))
),
final as (
    select
        claim_id,
        other_claim_id,
        document_id,
        other_document_id,
        speaker_id,
        other_speaker_id,
        -- rounded, since sums in another order differ in the last digit, and equals must stay equal
        round(4.6 + 1.7 * ln(likeness + 0.01) + 1.6 * near_likeness - 0.62 * ln(1 + days_between / 30)
            + 0.5 * words_beside + 0.4 * least(shared_names, 2)
            + case when is_same_speaker then 1.4 else 0 end
            + case when is_same_outlook then 0.8 else 0 end
            - case when is_other_period then 1 else 0 end
            - case when has_other_places then 2.2 when is_other_place then 0.5 else 0 end
            - case when is_other_whole then 1 else 0 end
            - case when is_other_subject and kind = 'percent' then 2.5 when is_other_subject and is_repeated then 0.7 else 0 end
            - case when kind = 'duration' then 1 when kind in ('count', 'multiple') and abs(value) <= 12 then 0.8 else 0 end
            - case when kind = 'count' and is_round then 0.7 else 0 end, 6) as score,
    from compared
)

from final
