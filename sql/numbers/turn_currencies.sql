-- grain: one row per turn and word for money that several countries use ("dollar", "pound"), where the country is known
-- scope: document
-- The country of the speaker's office, else of the source, else of the address. Titles name guests, so they decide nothing.
with
evidence as (
    select
        turns.turn_id,
        unnest([concat_ws(' ', turns.organisation, turns.role), replace(documents.source, '-', ' '),
            regexp_extract(documents.url, '^https?://[^/]+')]) as words,
        unnest([1, 2, 3]) as place_in_order,
    from turns
    inner join documents using (document_id)
    semi join numeral_spans using (turn_id)
),
named as (
    select turn_id, place_in_order, lower(regexp_extract(words, getvariable('currency_place_pattern'))) as place,
    from evidence
),
final as (
    select named.turn_id, places.currency_word, places.unit, any_value(named.place) as place,
    from named
    inner join lexicon.currency_place as places using (place)
    group by named.turn_id, named.place_in_order, places.currency_word, places.unit
    qualify row_number() over (partition by named.turn_id, places.currency_word order by named.place_in_order, places.unit) = 1
)

from final
