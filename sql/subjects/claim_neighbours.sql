-- grain: one row per sentence with a claim, in languages that have frames for subjects
-- scope: document
-- What was said right before and after it in the same turn: 150 characters of each of two sentences.
with
placed as (
    select
        sentence_id,
        document_id,
        concat_ws(' ',
            right(lag(text, 2) over in_turn, 150), right(lag(text) over in_turn, 150),
            left(lead(text) over in_turn, 150), left(lead(text, 2) over in_turn, 150)
        ) as around,
    from sentences
    where is_speech
    window in_turn as (partition by turn_id order by sentence_index)
),
final as (
    select placed.sentence_id, placed.document_id, plain(placed.around) as around
    from placed
    inner join claim_sentences using (sentence_id)
)

from final
