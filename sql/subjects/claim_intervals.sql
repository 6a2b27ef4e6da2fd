-- grain: one row per claim with a value
-- scope: document
-- What the words commit to. "50 billion" is said to its last digit that is no padding zero: 49.5 to 50.5 would be rounded so.
with
middles as (
    select
        claim_id,
        quantities.document_id,
        coalesce(corrected.comparator, quantities.comparator) as comparator,
        coalesce(corrected.value_low, quantities.value_low) as value_low,
        coalesce(corrected.value_high, quantities.value_high) as value_high,
        coalesce(
            corrected.value, quantities.value, (quantities.value_low + quantities.value_high) / 2,
            quantities.value_low, quantities.value_high
        ) as value,
    from quantities
    left join corrected_values as corrected using (claim_id)
),
scaled as (
    select *, case when value = 0 then 1 else pow(10, floor(log10(abs(value)))) end as lead
    from middles
    where value is not null
),
rounded as (
    select
        *,
        case
            when abs(value / lead - round(value / lead)) < 1e-6 then 0
            when abs(value / lead * 10 - round(value / lead * 10)) < 1e-6 then 1
            when abs(value / lead * 100 - round(value / lead * 100)) < 1e-6 then 2
            when abs(value / lead * 1000 - round(value / lead * 1000)) < 1e-6 then 3
            else 5
        end as digits,
        0.5 * lead / pow(10, digits) as half,
    from scaled
),
final as (
    select
        claim_id,
        document_id,
        value,
        digits + 1 as significant_digits,
        case comparator
            when 'range' then least(value_low, value)
            when '=' then value - half
            when '~' then least(value - half, coalesce(value_low, value))
            when '<' then coalesce(value_low, value * 0.85) when '<=' then coalesce(value_low, least(0, value)) else value
        end as interval_low,
        case comparator
            when 'range' then greatest(value_high, value)
            when '=' then value + half
            when '~' then greatest(value + half, coalesce(value_high, value))
            when '>' then coalesce(value_high, value * 1.2) when '>=' then coalesce(value_high, 1e300) else value
        end as interval_high,
    from rounded
)

from final
