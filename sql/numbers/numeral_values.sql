-- grain: one row per distinct numeral as written
-- scope: document
-- Words are folded from left to right: total holds closed groups, open the group being read, decimal the weight of the next
-- digit after "point", last the last scale, glue is set by "and". "four and a half billion": 4, glue, 4.5, closed at 1e9.
with
folded as (
    select
        language,
        surface,
        list_reduce(list({'class': class, 'value': value} order by word_index), lambda a, x: case
            when x.class in ('small', 'ordinal') and a.decimal > 0
            then {'total': a.total, 'open': a.open + x.value * a.decimal, 'decimal': a.decimal / 10, 'last': a.last, 'glue': 0.0}
            when x.class in ('small', 'ordinal', 'couple', 'glyph')
            then {'total': a.total, 'open': a.open + x.value, 'decimal': 0.0, 'last': a.last, 'glue': 0.0}
            when x.class = 'part' and a.glue > 0 and a.open = 0
            then {'total': a.total + x.value * a.last, 'open': 0.0, 'decimal': 0.0, 'last': a.last, 'glue': 0.0}
            when x.class = 'part' and a.glue > 0
            then {'total': a.total, 'open': a.open + x.value, 'decimal': 0.0, 'last': a.last, 'glue': 0.0}
            when x.class in ('part', 'share', 'hundred')
            then {'total': a.total, 'open': case when a.open = 0 then 1
                else a.open end * x.value, 'decimal': 0.0, 'last': x.value, 'glue': 0.0}
            when x.class in ('scale', 'abbrev') and a.open = 0 and a.total > 0
            then {'total': a.total * x.value, 'open': 0.0, 'decimal': 0.0, 'last': a.last * x.value, 'glue': 0.0}
            -- "eleven lakh two hundred crore": a larger scale multiplies all before it
            when x.class in ('scale', 'abbrev') and a.total > 0 and x.value > a.last
            then {'total': (a.total + a.open) * x.value, 'open': 0.0, 'decimal': 0.0, 'last': x.value, 'glue': 0.0}
            when x.class in ('scale', 'abbrev')
            then {'total': a.total + case when a.open = 0 then 1
                else a.open end * x.value, 'open': 0.0, 'decimal': 0.0, 'last': x.value, 'glue': 0.0}
            when x.class = 'point'
            then {'total': a.total, 'open': a.open, 'decimal': 0.1, 'last': a.last, 'glue': 0.0}
            when x.class in ('and', 'conjunction')
            then {'total': a.total, 'open': a.open, 'decimal': 0.0, 'last': a.last, 'glue': 1.0}
            else a
        end, {'total': 0.0::double, 'open': 0.0::double, 'decimal': 0.0::double, 'last': 1.0::double, 'glue': 0.0::double}) as fold,
        list(value order by word_index) filter (class in ('small', 'part')) as numbers,
        list(value order by word_index) filter (class = 'vague') as vague,
        max(value) filter (class in ('scale', 'abbrev', 'hundred')) as scale,
        bool_or(class in ('and', 'conjunction')) as has_and,
    from numeral_words
    group by language, surface
),
final as (
    select
        forms.*,
        fold.total + fold.open as magnitude,
        case
            when form = 'vague' and has_and then list_max(vague)
            when form = 'vague' then list_product(vague)
            when form = 'several' then 3 * coalesce(scale, 1)
            when form in ('one_or_two', 'article') then 1
            -- "a year and a half", "two years and a half"
            when form = 'one_and_half' then greatest(magnitude, 1.5)
            when form in ('multiple', 'multiple_verb') then cast(multiple_value as double)
            -- "one in a hundred"
            when form = 'fraction' and contains(body, ' in a ') then numbers[1] / scale
            when form = 'fraction' and regexp_matches(body, '[/⁄]|' || getvariable('ratio_pattern'))
            then coalesce(list_sum(numbers[1:len(numbers) - 2]), 0) + numbers[-2] / nullif(numbers[-1], 0)
            when form in ('time', 'date', 'telephone', 'code', 'acronym') then null
            else magnitude
        end * case when is_negative then -1 else 1 end as value,
        case
            when form = 'several' then 9 * coalesce(scale, 1)
            when form = 'one_or_two' then 2
        end as value_to,
        -- "tens or hundreds of thousands": what is said once for both
        case when form = 'vague' then case when len(vague) > 1 and not has_and then vague[-1] end when form = 'fraction'
            and contains(body, ' in a ') then null else scale end as scale,
    from numeral_forms as forms
    left join folded using (language, surface)
)

from final
