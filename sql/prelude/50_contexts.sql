-- Whose word a number is, and how it is put: built from attribution_verb, attribution_source and modality.
create or replace macro modality_words(tongue, wanted) as (
    select string_agg(literal(phrase), '|' order by length(phrase) desc, phrase)
    from lexicon.modality
    where language = tongue and modality = wanted
);
set variable attribution_verbs = (
    select string_agg(verb, '|' order by length(verb) desc, verb) from lexicon.attribution_verb where language = 'en'
);
set variable attribution_sources = (select string_agg(distinct noun, '|') from lexicon.attribution_source where language = 'en');
-- A cheap look before the patterns below: one of the verbs stands there.
set variable attribution_hint = '\b(?:' || getvariable('attribution_verbs') || ')\b';
-- A name in capitals or a kind of source, with what stands before and in it.
set variable source_phrase = '(?:(?:[Tt]he|[Aa]n?|[Oo]ur|[Tt]heir|[Mm]any|[Mm]ost|[Ss]ome|[Rr]ecent|[Nn]ew|[Oo]fficial'
    || '|[Ii]ndependent|[Oo]utside|[Ll]atest) )*'
    || '(?:(?:[A-Z][\pL\d&.''-]*|\d{4}|[A-Z]{2,})(?: (?:of|for|on|at|and|the|&|[A-Z][\pL\d&.''-]*))*(?: \([A-Z]+\))? ?)?'
    || '(?:(?:\pL+ ){0,2}(?:' || getvariable('attribution_sources') || ')'
    || '(?: (?:from|by|of) (?:the )?[A-Z][\pL''-]*(?: (?:of|for|and|[A-Z][\pL''-]*))*)?)?';
-- A body without a capital: "the electoral commission"; with verbs that are no nouns ("these projects").
set variable body_verbs = (
    select string_agg(verb, '|' order by length(verb) desc, verb)
    from lexicon.attribution_verb
    where language = 'en'
        and verb not in (select word from lexicon.part_of_speech where language = 'en' and 'n' in (tag, other_tag))
);
set variable source_body = '[Tt]he (?:[\pL''-]+ ){0,3}[\pL''-]+';
-- What opens the clause behind a source's name, or ends it.
set variable source_end = '- |$| (?:that|which|in|is|are|was|were|has|have|had|would|will|released|published|conducted|there'
    || '|we|it)\b';
set variable attribution_according = '(?:[Aa]ccording to|[Aa]s reported by|[Aa]s estimated by) '
    || '((?:(?:the|a|an|our|their|his|her|your) )?(?:(?:[A-Z]\.)+|[^,;:.()-]){2,60}?)(?:[,;:.()]| '
    || getvariable('source_end') || ')';
-- what is done is also based on needs and on decisions: here only a kind of source counts
set variable attribution_based = '(?:^|[,;:] )[Bb]ased on (' || getvariable('source_phrase') || ')(?:[,;:()]|\.(?:$| +[A-Z])| - |$'
    || '| (?:that|which|in|released|published|conducted|there|we|it)\b)';
-- "The IMF said last week that 9 …", "Reports from Homs suggest that 9 …", "The union says 9 …"
set variable attribution_before = '(?:(?:^|[,;:.-] |\b(?:and|but|that|as|what|because|when) )('
    || getvariable('source_phrase') || ')'
    || ' (?:(?:has|have|had|also|recently|just|now|even|already|still) ){0,2}(?:' || getvariable('attribution_verbs') || ')\b'
    || '|(?:^|[,;:] |\b(?:and|but) )(' || getvariable('source_body') || ') (?:has |have |also )?(?:' || getvariable('body_verbs')
        || ')\b)'
    || '(?: (?:that|us|me|this|in|on|last|week|year|month|yesterday|today|him|her|reporters|\pL+day)){0,4}[,: ]';
-- "…, the IMF says", "…, the electoral commission said on Monday."
set variable attribution_behind = ',"? (?:as )?(?:(' || getvariable('source_phrase') || ') (?:' || getvariable('attribution_verbs')
    || ')\b'
    || '|(' || getvariable('source_body') || ') (?:' || getvariable('body_verbs')
        || ')(?:[.,;]|$| (?:on|in|last|this|yesterday|today)\b))';
set variable modality_planned = '(?i)(?:\b|'')(?:' || replace(modality_words('en', 'planned'), '''ll', 'll') || ')\b';
-- May is a month
set variable modality_conditional = '(?i)\b(?:' || replace(modality_words('en', 'conditional'), 'may', '(?-i:may)') || ')\b';
-- "I would like to thank", "it should come as no surprise": manners, no condition
set variable modality_manners = '(?i)\b(?:I|we)(?: would|''d| should) (?:just |also |really )?(?:like|love|say|add|argue|note'
    || '|point|want|ask|hope|think|mention)\b'
    || '|\bwant to (?:just |also )?(?:make (?:it|sure)|be clear|say|thank|emphasi[sz]e|stress|note|point|mention|begin|start)\b'
    || '|\byou (?:might|may|would) (?:know|recall|remember|think|have seen|have heard)\b'
    || '|\bshould (?:be no|come as no|be (?:noted|said|mentioned|stressed|added|remembered|clear))\b|\bif (?:you|I) (?:will|may'
        || '|might|could|look|think|go|know|recall|remember)\b|\bas if\b';
set variable modality_denied = '(?i)(?:\b(?:' || replace(modality_words('en', 'denied'), 'n''t', 'cannot')
    || ')\b|n''t\b)[^,;:.-]{0,40}$';
set variable modality_not_denied = '(?i)\b(?:not|n''t) (?:only|just|less|more|fewer|to mention|until|since)\b[^,;:.]{0,40}$'
    || '|\bwhether or not\b|\bif not\b';
set variable modality_reported = '(?i)\b(?:' || modality_words('en', 'reported') || ')\b';
-- Where the clause that a number opens gives way to another.
set variable clause_opening = ' (?:who|which|that|they|we|he|she|it|I|you|before|after|until|when|if|because|so|where)\b';
-- A question by its mark, or put in writing: "asked the Minister what proportion …".
set variable modality_asked = '[?]["'')\]]*\s*$|^(?:[Aa]sked|To ask) the \p{Lu}';
create or replace macro attribution_words(wanted) as (
    select string_agg(word, '|' order by length(word) desc, word)
    from lexicon.attribution_stop
    where language = 'en' and class = wanted
);
set variable attribution_lead = '^(?i:(?:' || attribution_words('lead') || ') )+';
-- nobody: a pronoun or a single letter alone, a clause or a question at the head, or the speaker in company
set variable attribution_nobody = '^(?i:' || attribution_words('alone') || '|\pL)$|^(?i:' || attribution_words('head') || ')(?: |$)'
    || '|(?: |^)(?i:' || attribution_words('within') || ')(?: |$)';
