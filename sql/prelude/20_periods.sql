-- Patterns for words that say for when a number holds, from lexicon.period_word. Each is a constant at run time.
create or replace macro period_words(tongue, wanted) as (
    select string_agg(distinct literal(word), '|' order by length(literal(word)) desc, literal(word))
    from lexicon.period_word
    where language = tongue and class = wanted
);

-- Typography that patterns need not know: no-break and thin spaces, curly quotes, dashes (a long one parts
-- clauses, as a colon does). Lengths do not change.
create or replace macro plain(text) as translate(text, chr(160) || chr(8201) || chr(8239) || chr(9) || chr(10) || chr(8217) || chr(8216) || chr(8220) || chr(8221) || chr(8211) || chr(8212), chr(32) || chr(32) || chr(32) || chr(32) || chr(32) || chr(39) || chr(39) || chr(34) || chr(34) || chr(45) || ':');

set variable period_lead_words = period_words('en', 'lead');
set variable period_back_words = period_words('en', 'back');
set variable period_ahead_words = period_words('en', 'ahead');
set variable period_ordinal_words = period_words('en', 'ordinal');
set variable period_season_words = period_words('en', 'season');
set variable period_day_words = period_words('en', 'day');
set variable period_weekday_words = period_words('en', 'weekday');
set variable period_unit_words = period_words('en', 'unit');
-- a month's name ends where it ends: Mayakovskaya is not in May
set variable period_month = '(?-i:(?:' || (
    select string_agg(distinct literal(word) || case when word like '%.' then '' else '\b' end, '|' order by literal(word) || case when word like '%.' then '' else '\b' end desc)
    from lexicon.period_word where language = 'en' and class = 'month'
) || '))';
set variable period_unit = '(?:' || getvariable('period_unit_words') || ')s?';
set variable period_count = '(?:' || period_words('en', 'number') || '|\d{1,3})';
set variable period_year = '(?:1[89]\d\d|20\d\d)';
set variable period_of_year = '(?: (?:of|in))? (?:the )?(?:(?:fiscal |calendar )?' || getvariable('period_year') || '|(?:this|last|next|that|the|current|previous) year)\b';
set variable period_day = '\d{1,2}(?:st|nd|rd|th)?\b';
set variable period_dated = getvariable('period_month') || '(?: (?:the )?' || getvariable('period_day') || ')?(?:,? (?:of )?' || getvariable('period_year') || '\b| (?:of )?(?:this|last|next) year)?';

-- The alternatives, the longest way of saying a thing first.
set variable period_same = '(?:the )?(?:same|corresponding) (?:period|time|month|quarter|day|week)(?: (?:of|in))?(?: (?:last year|the previous year|the year before|a year (?:ago|earlier|before)|(?:the )?' || getvariable('period_year') || '))';
set variable period_span = '(?:from |between )?(?:'
    || getvariable('period_dated') || ' ?(?:to|through|until|and|-) ?' || getvariable('period_dated')
    || '|(?:from |between )' || getvariable('period_year') || ' (?:to|through|until|and) ' || getvariable('period_year')
    || '|' || getvariable('period_year') || ' ?- ?(?:' || getvariable('period_year') || '|\d\d)\b)';
set variable period_part = '(?:the )?(?:(?:' || getvariable('period_ordinal_words') || '|last|final)(?: ' || getvariable('period_count') || ')? (?:months?|quarters?|weeks?|half)|Q[1-4]|H[12])(?:' || getvariable('period_of_year') || ')';
set variable period_relative = '(?:the |these |our )?(?:' || getvariable('period_back_words') || '|' || getvariable('period_ahead_words') || '|' || getvariable('period_ordinal_words')
    || ')(?: ' || getvariable('period_count') || '(?: and a half)?(?: to ' || getvariable('period_count') || '| or ' || getvariable('period_count') || ')?)?(?: full| straight| consecutive| fiscal| calendar| budget| financial| school| half)?(?: |-)(?:' || getvariable('period_unit') || '|' || getvariable('period_weekday_words') || '|' || getvariable('period_season_words') || '|half|fiscal year)\b(?: and a half\b)?';
set variable period_this = '(?:this|the current|that) (?:(?:fiscal|calendar|budget|financial|school|coming) )?(?:' || getvariable('period_unit') || '|' || getvariable('period_season_words') || ')\b';
set variable period_fiscal = '(?:the )?(?:fiscal years?|FY) ?(?:20)?\d\d(?:-(?:20)?\d\d)?\b';
set variable period_ago = '(?:' || getvariable('period_count') || '|just a) (?:short )?' || getvariable('period_unit') || ' (?:ago|earlier)\b';
set variable period_office = 'since (?:(?:I|we|he|she|they|the President|(?:President|Prime Minister|Joe) \pL+|\pL+) )?(?:(?:first )?took office|taking office|came (?:in)?to office|coming (?:in)?to office|(?:was|were|being) (?:elected|inaugurated)|inauguration|entering office|becoming president|taking power)\b';
set variable period_pattern = '(?i)\b(?:(?:' || getvariable('period_lead_words') || ') )?(?:just |only |early |late |mid-|(?:the )?(?:end|beginning|start|middle|month|year) of )?(?:the )?(?:'
    || getvariable('period_same') || '|' || getvariable('period_span') || '|' || getvariable('period_part') || '|' || getvariable('period_relative') || '|' || getvariable('period_this')
    || '|' || getvariable('period_fiscal') || '|(?:' || getvariable('period_season_words') || ')(?: of)? ' || getvariable('period_year') || '\b|' || getvariable('period_dated') || '|' || getvariable('period_day') || ' (?:of )?' || getvariable('period_month') || '(?:,? ' || getvariable('period_year') || '\b)?'
    || '|' || getvariable('period_ago') || '|' || getvariable('period_year') || '(?:''?s)?\b|(?:' || getvariable('period_day_words') || ')\b|(?:' || getvariable('period_weekday_words') || ')\b)|\b(?i:' || getvariable('period_office') || ')';
-- "a year", "per month", "annually": how often, not when.
set variable period_rate_pattern = '(?i)\b(?:an?|per|each|every) (?:single )?' || replace(getvariable('period_unit'), ')s?', ')') || '\b|\b(?:annually|per annum|per capita)\b|\b(?:year|quarter|month|week|day)[ -](?:on|over)[ -](?:year|quarter|month|week|day)\b';
-- A cheap look before the whole pattern: a sentence without any of these has no time expression.
set variable period_hint = '(?i)\b(?:' || getvariable('period_unit_words') || ')s?\b|\b(?:1[89]|20)\d\d|' || getvariable('period_month') || '|' || getvariable('period_weekday_words') || '|'
    || getvariable('period_day_words') || '|annually|quarterly|monthly|weekly|daily|per annum|per capita|office|half|FY|Q[1-4]|H[12]|' || getvariable('period_season_words') || '|same (?:period|time)';

-- Days as [first, last].
create or replace macro one_day(day) as [day, day];
create or replace macro month_of(y, m) as [make_date(y, m, 1), last_day(make_date(y, m, 1))];
create or replace macro months_of(y, m, n) as [make_date(y, m, 1), cast(last_day(cast(make_date(y, m, 1) + to_months(cast(n - 1 as int)) as date)) as date)];
create or replace macro year_of(y) as [make_date(y, 1, 1), make_date(y, 12, 31)];
create or replace macro fiscal_year_of(y) as [make_date(y - 1, 10, 1), make_date(y, 9, 30)];
-- n units of the calendar after a day (before it where n is negative).
create or replace macro moved(day, n, unit) as cast(day + case unit
    when 'day' then to_days(cast(n as int)) when 'week' then to_days(cast(7 * n as int)) when 'month' then to_months(cast(n as int))
    when 'quarter' then to_months(cast(3 * n as int)) when 'year' then to_months(cast(12 * n as int))
    when 'decade' then to_months(cast(120 * n as int)) when 'century' then to_months(cast(1200 * n as int)) end as date);
-- The last day with that weekday (1 Monday to 7 Sunday) up to and including a day.
create or replace macro weekday_before(day, weekday) as cast(day - cast((isodow(day) - weekday + 7) % 7 as int) as date);
-- The calendar's day, week, month, quarter, year or decade in which a day lies.
create or replace macro unit_of(day, unit) as [cast(date_trunc(unit, day) as date), cast(moved(cast(date_trunc(unit, day) as date), 1, unit) - 1 as date)];

-- What stands before a time expression: a word that looks ahead, or one that makes it a base of comparison.
set variable period_future = '(?i)(?:\b|'')(?:' || replace(period_words('en', 'future'), '''ll', 'll') || ')\b[^.;]*$';
set variable period_base_tail = '\b(?:' || period_words('en', 'base') || ') (?:(?:in|the|that|what|it|was|of|we|had|at|for|level|levels) ){0,4}(?:in |during |of )?(?:the )?(?:' || getvariable('period_same') || '|[^ ]+(?: [^ ]+){0,4})$';
