-- Patterns for words that say for when a number holds, from lexicon.period_word. Each is a constant at run time.
create or replace macro period_words(tongue, wanted) as (
    select string_agg(distinct literal(word), '|' order by length(literal(word)) desc, literal(word))
    from lexicon.period_word
    where language = tongue and class = wanted
);

-- Typography that patterns need not know: no-break and thin spaces, curly quotes, dashes (a long one parts
-- clauses, as a colon does). Lengths do not change.
create or replace macro plain(text) as translate(
    text,
    chr(160) || chr(8201) || chr(8239) || chr(9) || chr(10) || chr(8217) || chr(8216) || chr(8220) || chr(8221)
        || chr(8211) || chr(8212),
    chr(32) || chr(32) || chr(32) || chr(32) || chr(32) || chr(39) || chr(39) || chr(34) || chr(34) || chr(45) || ':'
);

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
    select string_agg(ended, '|' order by ended desc)
    from (
        select distinct literal(word) || case when word like '%.' then '' else '\b' end as ended
        from lexicon.period_word where language = 'en' and class = 'month'
    )
) || '))';
set variable period_unit = '(?:' || getvariable('period_unit_words') || ')s?';
set variable period_count = '(?:' || period_words('en', 'number') || '|\d{1,3})';
set variable period_year = '(?:1[89]\d\d|20\d\d)';
set variable period_of_year = '(?: (?:of|in))? (?:the )?(?:(?:fiscal |calendar )?' || getvariable('period_year')
    || '|(?:this|last|next|that|the|current|previous) year)\b';
set variable period_day = '\d{1,2}(?:st|nd|rd|th)?\b';
set variable period_dated = getvariable('period_month') || '(?: (?:the )?' || getvariable('period_day') || ')?(?:,? (?:of )?'
    || getvariable('period_year') || '\b| (?:of )?(?:this|last|next) year)?';

-- The alternatives, the longest way of saying a thing first.
set variable period_same = '(?:the )?(?:same|corresponding) (?:period|time|month|quarter|day|week)(?: (?:of|in))?'
    || '(?: (?:last year|the previous year|the year before|a year (?:ago|earlier|before)|(?:the )?'
    || getvariable('period_year') || '))';
set variable period_span = '(?:from |between )?(?:'
    || getvariable('period_dated') || ' ?(?:to|through|until|and|-) ?' || getvariable('period_dated')
    || '|' || getvariable('period_year') || ' (?:to|through|until|and) ' || getvariable('period_year')
    || '|' || getvariable('period_year') || ' ?- ?(?:' || getvariable('period_year') || '|\d\d)\b)';
-- "the three months to December", "the week ended March 5": so long, up to and with that day or month
set variable period_ending = '(?:the )?(?:' || getvariable('period_count')
    || ' )?(?:financial |fiscal )?(?:months?|weeks?|quarters?|years?)'
    || ' (?:that |which )?(?:to|ending|ended|through)(?: in| on)? (?:the end of )?' || getvariable('period_dated');
-- "5, 6 and 7 September 2012", "5 to 7 September", "March 3-5"
set variable period_days = '\d{1,2}(?:, ?\d{1,2})* ?(?:and|to|-) ?\d{1,2} ' || getvariable('period_month')
    || '(?:,? ' || getvariable('period_year') || '\b)?|' || getvariable('period_month') || ' \d{1,2} ?- ?\d{1,2}\b(?:,? '
    || getvariable('period_year') || '\b)?';
-- "the beginning of the year", "the New Year"
set variable period_turn = '(?:the )?(?:start|beginning|end|middle) of (?:the|this) (?:year|quarter|month|week|decade|century)\b'
    || '|(?-i:(?:the )?New Year)\b';
set variable period_part = '(?:the )?(?:(?:' || getvariable('period_ordinal_words')
    || '|last|final)(?: ' || getvariable('period_count') || ')? (?:months?|quarters?|weeks?|half)|Q[1-4]|H[12])(?:'
    || getvariable('period_of_year') || ')';
set variable period_relative = '(?:the |these |our )?(?:' || getvariable('period_back_words')
    || '|' || getvariable('period_ahead_words') || '|' || getvariable('period_ordinal_words') || ')(?: '
    || getvariable('period_count') || '(?: and a half)?(?: to '
    || getvariable('period_count') || '| or ' || getvariable('period_count') || ')?)?'
    || '(?: full| straight| consecutive| fiscal| calendar| budget| financial| school| half)?(?: |-)(?:'
    || getvariable('period_unit') || '|' || getvariable('period_weekday_words') || '|' || getvariable('period_season_words')
    || '|half|fiscal year)\b(?: and a half\b)?';
set variable period_this = '(?:this|the current|that) (?:(?:fiscal|calendar|budget|financial|school|coming) )?(?:'
    || getvariable('period_unit') || '|' || getvariable('period_season_words') || ')\b';
set variable period_fiscal = '(?:the )?(?:fiscal years?|FY) ?''?(?:20)?\d\d(?:-(?:20)?\d\d)?\b';
set variable period_ago = '(?:' || getvariable('period_count') || '|just a) (?:short )?' || getvariable('period_unit')
    || '(?: or so)? (?:ago|earlier)\b';
-- "within five years"
set variable period_within = 'within ' || getvariable('period_count') || ' ' || getvariable('period_unit') || '\b';
set variable period_office = 'since (?:(?:I|we|he|she|they|the President|(?:President|Prime Minister|Joe) \pL+|\pL+) )?'
    || '(?:(?:first )?took office|taking office|came (?:in)?to office|coming (?:in)?to office'
    || '|(?:was|were|being) (?:elected|inaugurated)|inauguration|entering office|becoming president|taking power)\b';
