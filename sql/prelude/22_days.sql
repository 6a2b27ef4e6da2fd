-- Days as [first, last].
create or replace macro one_day(day) as [day, day];
create or replace macro month_of(y, m) as [make_date(y, m, 1), last_day(make_date(y, m, 1))];
create or replace macro months_of(y, m, n) as [
    make_date(y, m, 1), cast(last_day(cast(make_date(y, m, 1) + to_months(cast(n - 1 as int)) as date)) as date)
];
create or replace macro year_of(y) as [make_date(y, 1, 1), make_date(y, 12, 31)];
create or replace macro fiscal_year_of(y) as [make_date(y - 1, 10, 1), make_date(y, 9, 30)];
-- n units of the calendar after a day (before it where n is negative).
create or replace macro moved(day, n, unit) as cast(day + case unit
    when 'day' then to_days(cast(n as int))
    when 'week' then to_days(cast(7 * n as int))
    when 'month' then to_months(cast(n as int))
    when 'quarter' then to_months(cast(3 * n as int))
    when 'year' then to_months(cast(12 * n as int))
    when 'decade' then to_months(cast(120 * n as int))
    when 'century' then to_months(cast(1200 * n as int))
end as date);
-- The last day with that weekday (1 Monday to 7 Sunday) up to and including a day.
create or replace macro weekday_before(day, weekday) as cast(day - cast((isodow(day) - weekday + 7) % 7 as int) as date);
-- The calendar's day, week, month, quarter, year or decade in which a day lies.
create or replace macro unit_of(day, unit) as [
    cast(date_trunc(unit, day) as date), cast(moved(cast(date_trunc(unit, day) as date), 1, unit) - 1 as date)
];
