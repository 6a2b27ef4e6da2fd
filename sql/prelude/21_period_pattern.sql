-- The pattern of a time expression, from the alternatives of 20_periods.sql, and what stands before one.
set variable period_pattern = '(?i)\b' || getvariable('period_within') || '|\b(?:(?:' || getvariable('period_lead_words') || ') )?'
    || '(?:just |only |early |late |mid-|(?:the )?(?:end|beginning|start|middle|month|year) of )?(?:the )?(?:'
    || getvariable('period_same') || '|' || getvariable('period_ending') || '|' || getvariable('period_days')
    || '|' || getvariable('period_span') || '|' || getvariable('period_part')
    || '|' || getvariable('period_relative') || '|' || getvariable('period_this') || '|' || getvariable('period_fiscal')
    || '|(?:' || getvariable('period_season_words') || ')(?: of)? ' || getvariable('period_year') || '\b'
    || '|' || getvariable('period_dated')
    || '|' || getvariable('period_day') || ' (?:of )?' || getvariable('period_month') || '(?:,? '
    || getvariable('period_year') || '\b)?'
    || '|' || getvariable('period_ago') || '|' || getvariable('period_year') || '(?:''?s)?\b'
    || '|(?:' || getvariable('period_day_words') || ')\b|(?:' || getvariable('period_weekday_words') || ')\b)'
    || '|\b(?i:' || getvariable('period_office') || ')|\b(?i:(?:since|by|until|at|from) (?:' || getvariable('period_turn') || '))';
-- "a year", "per month", "annually": how often, not when.
set variable period_rate_pattern = '(?i)\b(?:an?|per|each|every) (?:single )?' || replace(getvariable('period_unit'), ')s?', ')')
    || '\b|\b(?:annually|per annum|per capita)\b|\b(?:year|quarter|month|week|day)[ -](?:on|over)[ -](?:year|quarter|month'
    || '|week|day)\b';
-- A cheap look before the whole pattern: a sentence without any of these has no time expression.
set variable period_hint = '(?i)\b(?:' || getvariable('period_unit_words') || ')s?\b|\b(?:1[89]|20)\d\d|'
    || getvariable('period_month') || '|' || getvariable('period_weekday_words') || '|' || getvariable('period_day_words')
    || '|New Year|annually|quarterly|monthly|weekly|daily|per annum|per capita|office|half|FY|Q[1-4]|H[12]|'
    || getvariable('period_season_words') || '|same (?:period|time)';

-- What stands before a time expression: a word that looks ahead, or one that makes it a base of comparison.
set variable period_future = '(?i)(?:\b|'')(?:' || replace(period_words('en', 'future'), '''ll', 'll') || ')\b(?:[^.;]|\.\d)*$';
set variable period_superlative = '\b(?:' || period_words('en', 'superlative')
    || '|(?:first|only|last|second|third) time|only one)\b[^,;.]{0,25}$';
set variable period_base_level = '\b(?:' || period_words('en', 'base_level')
    || ') (?:(?:its|the|that|what|it|was|of|in|levels?|average|figures?|previous) ){0,5}(?:in |of |during )?(?:the )?$';
set variable period_base_tail = '\b(?:' || period_words('en', 'base')
    || ') (?:(?:in|the|that|what|it|was|of|we|had|at|for|level|levels) ){0,4}(?:in |during |of )?(?:the )?(?:'
    || getvariable('period_same') || '|[^ ]+(?: [^ ]+){0,4})$';
