-- What is in a time expression, in small letters and without commas.
set variable period_opening = '^((?:' || getvariable('period_lead_words') || ') )?'
    || '((?:just |only )*(?:early |late |mid-|(?:the )?(?:end|beginning|start|middle) of )?)';
set variable period_counted = '(?:' || getvariable('period_back_words') || '|' || getvariable('period_ahead_words')
    || '|' || getvariable('period_ordinal_words') || ') (' || getvariable('period_count') || ')(?: and a half)? ';
set variable period_counted_ago = '\b(' || getvariable('period_count') || ') (?:short )?' || getvariable('period_unit')
    || '(?: or so)? (?:ago|earlier)$';
set variable period_counted_to = '\b(' || getvariable('period_count')
    || ')? ?(?:financial |fiscal )?(?:months?|weeks?|quarters?|years?)'
    || ' (?:that |which )?(to|ending|ended|through)\b';
set variable period_is_span = '^(?:.*(?:from|between) .*(?:to|through|until|and) |.*(?:\d{4}|[a-z]) ?- ?\d{2,4}$'
    || '|.*\d{4} (?:to|through|until|and) \d{4}$)';

-- A year or a day that is part of a name: "Act of 2022", "Agenda 2030", "the 2021 budget", "the September 11th Memorial".
set variable period_named_before = '(?:^|[^.?!] )\pL*(?:Act|Plan|Law|Agenda|Vision|Code|Order|Strategy|Olympics|Cup|Constitution'
    || '|Resolution|Compact|Project|Covenant|Amendments?)s?,? $';
set variable period_named_after = '^ (?:\pL+ )?(?:[A-Z][a-z]+|election|elections|census|budget|campaign|level|levels|season|report'
    || '|edition|model|deal|agreement|law)\b';
-- "May I ask", "May God bless you".
set variable period_may_after = '^ (?:I|we|you|he|she|they|it|this|that|the|there|all|your|our|his|her|God|peace|Allah|every|each'
    || '|no'
    || '|these|those)\b';
-- "a poll published on Wednesday": when it came out, not when it holds.
set variable period_published = '\b(?:polls?|reports?|study|studies|surveys?|figures|data|estimates?|interview|article|letter)'
    || ' (?:\pL+ )?(?:published|released|issued) $';
