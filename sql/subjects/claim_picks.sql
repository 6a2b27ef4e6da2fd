-- grain: one row per claim with a pattern that fits
-- scope: document
-- What the chosen frame found, left or right of the number.
with
final as (
    select
        claim_id,
        sentence_id,
        frames.document_id,
        position,
        choices.frame,
        left_verb,
        right_head,
        case choices.frame
            when 'cause' then l_cause
            when 'changed' then l_changed
            when 'change' then l_change
            when 'cause_to' then l_cause_to
            when 'cause_at' then l_cause_at
            when 'gapped' then l_gapped
            when 'level' then l_level
            when 'of' then l_of
            when 'label' then l_label
            when 'before' then l_before
            when 'agent' then l_agent
            when 'holder' then l_holder
            when 'worth' then l_worth
            when 'beside' then l_beside
            when 'expected' then l_expected
            when 'costing' then l_costing
            when 'giving' then l_giving
            when 'trailing' then l_trailing
            when 'with' then l_with
        end as found_left,
        case choices.frame
            when 'counted' then
                case
                    -- behind a plural there is no more of the noun: "40 companies work in Ohio"
                    when (noun like '%s' or noun = 'people') and length(r_head.tail) + length(r_head.np) > noun_words
                        and not contains(counted_phrase, ''' ')
                        then {'tail': '', 'np': repeat('n', noun_words)}
                    when regexp_matches(counted_phrase, getvariable('aside_tail')) then r_head
                    else r_counted
                end
            when 'share' then r_share
            when 'change_of' then r_change_of
            when 'attributive' then r_counted
            when 'money_in' then r_in
            when 'purpose' then r_purpose
            when 'change_in' then r_in
            when 'off' then r_off
            when 'spent' then r_spent
            when 'counted_noun' then
                case when right_word in ('or', 'and', 'of', ',') then {'tail': repeat('n', noun_words - 1), 'np': 'n'}
                    else {'tail': '', 'np': repeat('n', noun_words)} end
        end as found_right,
    from claim_frames as frames
    inner join claim_words using (claim_id)
    inner join claim_choices as choices using (claim_id)
)

from final
