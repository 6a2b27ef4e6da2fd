-- grain: one row per number without a unit whose noun was named before it
-- scope: document
-- "the number of asylum seekers fell from 12,400 to 9,000"
with
final as (
    select mention_id, singular(counted_noun) as noun_lemma
    from numeral_amounts as amounts
    where is_taker and takes_unit and counted_noun <> '' and not is_pronoun
        and counted_noun not in (select key from lexicon.unit_key where unit_key.language = amounts.language)
)

from final
