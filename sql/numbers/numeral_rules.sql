-- grain: one row per numeral
-- scope: document
-- What a numeral is there for: the first rule that fits. Each rule's role and the pattern that it is for stand in
-- lexicon.numeral_rule.
with
seen as (
    select
        contexts.*,
        units.unit, units.unit_kind, units.unit_text, units.unit_note, units.is_ahead,
        hedges.comparator,
        nouns.noun,
        coalesce(nouns.has_plural, false) as has_plural,
        regexp_matches(after, '^ [A-Z]') as is_before_capital,
        -- 12,500 or 3 million names nothing
        scale is not null or regexp_matches(body, '\d[,\x{202f}]\d') or hedges.comparator is not null as is_amount,
        rates.per,
        -- what lexicon word_role says of the two words before and of the word behind
        coalesce(at_left.roles, []) as left_roles,
        coalesce(at_second.roles, []) as second_roles,
        coalesce(at_right.roles, []) as right_roles,
        coalesce(at_noun.roles, []) as noun_roles,
        coalesce(words_left[-1], '') as left_word,
        regexp_extract(before, '["''`(]*(\S+)\s*$', 1) as previous_word,
        coalesce(spoken.tag, '') as left_tag,
        coalesce(words_right[1], '') as right_word,
        regexp_matches(body, '^\d{4}$') and not contains(surface, ' ') and currency = ''
            and value between case when list_contains(left_roles, 'month') or left_word in ('in', 'since', 'until', 'between', 'and', 'from', 'year', 'the', 'to', 'of', ',', 'by', 'to', 'before', 'after', 'until') then 1000 else 1800 end and 2150 as is_yearish,
    from numeral_contexts as contexts
    left join numeral_units as units using (mention_id)
    left join numeral_hedges as hedges using (mention_id)
    left join numeral_nouns as nouns using (mention_id)
    left join numeral_rates as rates using (mention_id)
    left join lexicon.part_of_speech as spoken on spoken.word = words_left[-1] and spoken.language = contexts.language
    left join lexicon.word_roles as at_left on at_left.word = words_left[-1]
    left join lexicon.word_roles as at_second on at_second.word = words_left[-2]
    left join lexicon.word_roles as at_right on at_right.word = words_right[1]
    left join lexicon.word_roles as at_noun on at_noun.word = lower(nouns.noun)
),
-- Rules that few numerals come near. Each stands behind a cheap question: a condition of a case is asked of every row, what
-- stands behind "then" only of those that said yes.
rare as (
    select
        *,
        case
            when form in ('ordinal', 'idiom', 'article', 'decade', 'date', 'time', 'spoken_year', 'acronym') then null
            -- "the fund[1]": the number of a note
            when starts_with(after, ']') then case when regexp_matches(body, '^\d{1,3}$') and regexp_matches(before, '[\pL.,;:)”]\[$') then 'note_number' end
            -- "the census of 1841 lists him"
            when is_yearish then case when left_word = 'of' and list_contains(second_roles, 'year_event') and unit is null then 'year' end
            -- "half past nine", "on 11/11"
            when form = 'fraction' and regexp_matches(after, '^ past (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\b') then 'time'
            when form = 'fraction' and has_digits and left_word in ('on', 'since', 'until', 'before', 'after') and regexp_matches(body, '^\d{1,2}/\d{1,2}$') then 'date'
            -- "the 1-800 number"
            when is_hyphenated is false and starts_with(after, '-8') and body = '1' then case when regexp_matches(after, '^-8(?:00|66|77|88)\b') then 'telephone' end
            when body in ('800', '866', '877', '888') and ends_with(before, '1-') then 'telephone'
            -- "at 0430 hours"
            when unit = 'h' and left_word in ('at', 'by', 'until', 'from', 'around', 'before', 'after') and regexp_matches(surface, '^(?:[01]\d|2[0-3])[0-5]\d$') then 'time'
            -- "the film 300", "the band 10cc"
            when has_digits and list_contains(left_roles, 'work') and scale is null and comparator is null and noun is null and (unit is null or is_glued) and currency = '' and not regexp_matches(after, '^,? (?:of|out|or|to|and)\b|^-') then 'after_name'
            -- "a third straight month": which one
            when form = 'fraction' then case when unit is not null and regexp_matches(body, '^an? (?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)$')
                and not regexp_matches(after, '^-?(?: \pL+)? of\b') then 'ordinal' end
            -- GK 994T
            when form = 'abbreviated' then case when regexp_matches(surface, '^\d+[a-z]$') and currency = '' and list_contains(left_roles, 'label') and regexp_matches(after, '^-\d') then 'code'
                when surface = '3M' and noun is null and regexp_matches(after, '^(?:''s|,? [a-z])') then 'name_prefix'
                when surface in ('4K', '8K') and regexp_matches(after, '(?i)^ (?:tele|tv|ultra|video|screen|display|camera|resolution|movie|film|stream|monitor|content|upscal|picture|footage|blu)') then 'name_prefix'
                when currency = '' and regexp_matches(surface, '^\d+[A-Z]$') and (surface like '%T' or list_contains(left_roles, 'label') or regexp_matches(before, '\b[A-Z]{1,4} $')) then 'code' end
            -- "I agree a hundred percent", "give 110 percent", "not in a million years", "the whole nine yards"
            when unit = '%' and value in (100, 110) and not coalesce(is_ahead, false) then case
                when regexp_matches(before, '(?i)\bagree[ds]?\b[^.,;]{0,24}$|\b(?:give|gives|gave|giving|given) (?:it |you |them |us )?$')
                    or regexp_matches(after, '(?i)^ ?(?:%|per ?cent) (?:agree|sure|right|wrong|correct|certain|behind|with you|in agreement|convinced|confident|committed|clear|serious|supportive|on board|honest|true)\b') then 'idiom' end
            -- "she has been through it a hundred times", but not "a hundred times more"
            when unit = '1' and body in ('a hundred', 'a thousand', 'a million', 'a billion') then case when not regexp_matches(after, '^ times (?:more|less|as|the|that|its|their|what|over|\pL+er)\b') then 'idiom' end
            -- "a 9mm pistol"
            when unit = 'mm' then case when regexp_matches(after, '^ ?mm (?:[A-Z]\w+|casing|weapon|pistol|handgun|rifle|rounds?|gun|cannon|shells?|bullets?|cartridges?|ammunition|calib)') then 'name_prefix' end
            when unit = 'a' and left_word = 'in' and scale = 1e6 and words_left[-2] in ('not', 'never') or unit = '[yd_i]' and left_word = 'whole' then 'idiom'
            -- "one minute to midnight", "the 24-hour news cycle", "older than his 35 years"
            when unit = 'min' and regexp_matches(after, '^ minutes? (?:to|past|before|after) (?:midnight|noon|midday|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\b') then 'time'
            when unit = 'h' and is_hyphenated and value = 24 then case when regexp_matches(after, '^-hour (?:news|cycle|clock|service|care|shop|supermarket|store|coverage|hotline|helpline|surveillance|guard|watch|protection|operation|emergency|city|culture|economy|society|rolling|format)') then 'hyphen_name' end
            when unit = 'a' and left_word in ('his', 'her', 'their') and words_left[-2] = 'than' then 'age'
            -- seat 4C, but 41.2C
            when unit is not null then case when is_glued and unit_text in ('C', 'F', 'c', 'f') then case
                when left_word in ('is', 'was') and list_contains(second_roles, 'label') then 'label'
                when unit_text in ('c', 'f') or not regexp_matches(body, '\d{2}|\.') or before = '' then 'glued'
                when list_contains(left_roles, 'label') or list_contains(left_roles, 'model') or regexp_matches(previous_word, '^[A-Z]') then 'label' end end
            when currency = 'r' then 'acronym'
            -- call 911
            when body in ('911', '999', '112', '988', '311') then case when list_contains(left_roles, 'call') or list_contains(right_roles, 'call') or left_word in (',', 'is') and list_contains(second_roles, 'call') then 'telephone' end
            when scale is not null then null
            -- "a girl of 17", "a boy of six"
            when left_word = 'of' then case when value between 1 and 110 and list_contains(second_roles, 'child')
                and (not has_plural and (has_digits or noun is null) or has_digits and regexp_matches(after, '^ \pL+ing\b')) then 'age' end
            -- 7-Eleven, form 8-K, the P5+1
            when is_hyphenated then case
                when currency = '' and (has_digits or value = 1) and regexp_matches(after, '^-[A-Z](?:[a-z]|\b)') then 'name_prefix'
                when regexp_matches(after, '^-something\b') then 'age'
                -- docket 18-cv-2210
                when has_digits and currency = '' and regexp_matches(after, '^-[a-z]{1,4}-\d') and not regexp_matches(after, '^-(?:to|or|and|by|in)-') then 'code' end
            when ends_with(before, '-') then case when not has_digits and regexp_matches(surface, '^[A-Z]') and regexp_matches(before, '\d-$') then 'name_prefix' end
            when ends_with(before, '+') then case when has_digits and regexp_matches(before, '\b[A-Z]\w*\+$') then 'name_prefix' end
            -- half past six, at 3 in the morning, "let us meet at 4"; "At 16 she left school"
            when left_word in ('past', 'to', 'at', 'by', 'until', 'till', 'around', 'about') and value between 1 and 2359 then case
                -- "the court rose at 4.30", "the flight leaves at 1520"
                when left_word = 'at' and has_digits and regexp_matches(surface, '^\d{1,2}\.[0-5]\d$|^(?:[01]\d|2[0-3])[0-5]\d$') then case when noun is null and unit is null and regexp_matches(after, '^(?:[.,;?!]|$)') and not regexp_matches(before, getvariable('level_tail')) then 'time' end
                when value > 12 then null
                when not has_plural and regexp_matches(before, '(?i)\b(?:dinner|lunch|breakfast|news|film|curtain|lights out|checkout|check-in|bedtime|tea|supper|mass|ceremony|match|race|funeral|wedding|party|debate|briefing|curfew|kick-off|doors|class|meeting|service|show|hearing|vote|train|bus|flight) (?:is|was|are|were|will be) at $') then 'time'
                -- "at five to nine"
                when not has_digits and left_word in ('at', 'by', 'until') and regexp_matches(after, '^ (?:to|past) (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:[.,;?!]|$| (?:in|on|that|this|when|she|he|we|they|I)\b)')
                    and body in ('five', 'ten') and not regexp_matches(before, getvariable('level_tail')) then 'time'
                when regexp_matches(before, '(?i)\b(?:half|quarter|minutes|(?:at|by|until) (?:five|ten|twenty)) (?:past|to) $') then 'time'
                when noun is not null then null
                when regexp_matches(after, '^ (?:in the (?:morning|afternoon|evening)|at night|tonight|tomorrow|this (?:morning|afternoon|evening)|sharp|on the dot|on the nose)\b') then 'time'
                -- "the news comes on at ten", but not "stood at ten"
                when left_word = 'at' and regexp_matches(after, case when has_digits then '^(?:[.;?!]|$)' else '^(?:[.,;?!]|$| (?:but|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|every|each|until)\b)' end)
                    and not regexp_matches(before, getvariable('level_tail')) then 'time'
                when regexp_matches(after, '^(?:[.,;?!]|$)')
                    and regexp_matches(before, '(?i)\b(?:meet|start|begin|arrive|wake|leave|depart|reconvene|resume|adjourn)(?:s|ing)?(?: \pL+){0,3} (?:at|by|until|till) $') then 'time'
            end
            when left_word = 'struck' then case when value <= 12 and noun is null then 'time' end
            -- "a .22 rifle"
            when starts_with(surface, '.') and right_word in ('rifle', 'pistol', 'handgun', 'revolver', 'calibre', 'caliber') then 'name_prefix'
            when noun is not null then null
            -- "he doesn't look a day over forty", "US 101", "went two up", "a hundred to one"
            when left_word in ('over', 'under') and words_left[-2] = 'day' then 'age'
            when previous_word = 'US' and left_word = 'us' and has_digits and value < 1000 then 'label'
            when left_word in ('went', 'go', 'goes', 'going', 'were', 'are') and not has_digits and value < 10 and regexp_matches(after, '^ (?:up|down|nil|ahead)(?:[.,;]|$| (?:at|before|after|in|with|when|and|through|inside)\b)') then 'score'
            -- "the 747 took off"
            when left_word in ('the', 'a', 'old') and regexp_matches(body, '^7[0-8]7$') then 'label'
            -- "at booth 212", "see note 12", "quote reference 55102"
            when has_digits and left_tag = 'n' and words_left[-2] in ('at', 'on', 'see', 'quote', 'under', 'from', 'to', 'in', 'outside', 'near', 'by') and comparator is null and regexp_matches(body, '^\d{1,6}$')
                and regexp_matches(after, '^(?:[.,;:)?!]|$)') and not list_contains(left_roles, 'level_noun') then 'label'
            -- "text HELP to 60606", "it takes two"
            when left_word = 'to' then case when regexp_matches(body, '^\d{5,6}$') and regexp_matches(before, '\b(?:[Tt]ext|[Tt]exted|[Tt]exting|SMS) (?:[A-Z"'']+ )?to $') then 'telephone' end
            when left_word = 'takes' then case when body = 'two' and regexp_matches(after, '^(?:[.,;!?]|$| to \pL)') then 'idiom' end
            -- "he used a .45", "did a 180", "a full 360"
            when left_word in ('a', 'an', 'the', 'his', 'her', 'full', 'complete') then case
                when regexp_matches(surface, '^\.\d\d$') then 'name_prefix'
                when body in ('180', '360') and left_word in ('a', 'full', 'complete') then 'idiom' end
            when left_word in ('take', 'me', 'him', 'us') then case when body = 'five' and regexp_matches(before, '(?i)\b(?:take|give (?:me|him|us)) $') then 'idiom' end
            -- "the ZIP code is 90210", "his room number was 1408"
            when left_word in ('is', 'was') then case when regexp_matches(body, '^\d+$')
                and regexp_matches(before, getvariable('code_tail')) then 'code' end
            -- "the hotline, 988, is open"
            when left_word = ',' then case when regexp_matches(body, '^\d{3,}$') and list_contains(second_roles, 'call') and starts_with(after, ',') then 'telephone' end
            -- "England were all out for 204"
            when left_word = 'for' then case when regexp_matches(before, '(?i)\b(?:(?:all|bowled|skittled) out|dismissed|declared|restricted to) for $') then 'score' end
        end as rare_rule,
        -- "Five Guys opened", "One Direction broke up", "Three Mile Island"; "the film 12 Angry Men": a title, not "Two Senators voted"
        case when (scale is null or regexp_matches(surface, '^(?:[A-Z]\w+ )?(?:Hundred|Thousand)$')) and currency = '' and value <= 1001 and (value <= 101 or not has_digits) and comparator is null and (is_before_capital or is_hyphenated or unit = '%') and form in ('cardinal', 'fraction') and (regexp_matches(surface, '^[A-Z]') or list_contains(left_roles, 'work') or left_word in ('in', 'is', 'was', 'called') and list_contains(second_roles, 'work') or left_word = 's' or ends_with(left_word, '''s')) then case
            when not has_digits and regexp_matches(after, '^ [A-Z][a-z]+''s\b') then 'before_name'
            -- "Five Guys employees", "Twelve Tribes is a sect"
            when form = 'cardinal' and not has_digits and value <> 1 and before = '' and regexp_matches(after, '^ [A-Z][a-z]+s (?:[A-Z]\w+ )*(?:is|was|has)\b') then 'before_name'
            when form = 'cardinal' and not has_digits and before = '' and regexp_matches(after, '^ [A-Z][a-z]+s [a-z]{3,}[^sui'']s\b') and not regexp_matches(after, '^ \w+ (?:always|sometimes|towards|besides|perhaps|nowadays|does)\b') then 'before_name'
            when has_digits and (left_word = 's' or ends_with(left_word, '''s')) then case when unit_kind = 'duration' and regexp_matches(unit_text, '^[A-Z]') then 'before_name' end
            when unit_kind = 'percent' then case when list_contains(left_roles, 'work') and regexp_matches(after, '^(?:%| percent) [A-Z]') then 'before_name' end
            when unit is not null then case when regexp_matches(after, '^[ -][A-Z][a-z]+ [A-Z][a-z]') or (has_digits or unit_kind in ('duration', 'measure')) and regexp_matches(unit_text, '^[A-Z][a-z]') then 'before_name' end
            when not regexp_matches(noun, '^[A-Z][a-z]') or not regexp_matches(after, '^ [A-Z][a-z]') then null
            when list_contains(noun_roles, 'capital_noun') or regexp_matches(noun, getvariable('people_ending')) then null
            when value <> 1 then case when has_plural or not has_digits and not list_contains(noun_roles, 'plural_like') then 'before_name' end
            when common.tag = 'n' then 'before_name'
        end end as title_rule,
        -- "Error 404 is all they saw": a noun that opens a sentence, and no verb between it and the figures; "At 16 she left"
        case when has_digits and length(before) < length(previous_word) + 4 then case
            when noun is null and left_word in ('at', 'by') and value between 1 and 110 and regexp_matches(after, '^,? (?:s?he|I|we|they)\b|^, (?:just |only )?[A-Z]') then 'age'
            when unit is null and list_contains(left_roles, 'label') and not list_contains(left_roles, 'loose_label') and regexp_matches(before, '^[A-Z]') then 'label'
            when unit is null and left_tag in ('n', '') and regexp_matches(before, '^["''(]*(?:[A-Z][\w-]*\w|[a-z]?[A-Z]+\w*) $')
                and not list_contains(getvariable('stop_words'), left_word) and not regexp_matches(after, '^,?(?: of| out of| more| percent)\b') then 'after_name'
        end end as opening_rule,
    from seen
    left join lexicon.part_of_speech as common on common.word = lower(noun) and common.language = seen.language
),
final as (
    select
        mention_id,
        -- "minus 3 percent", "-3 percent"
        case when regexp_matches(before, '(?i)(?:(?:^|[\s(])-|\b(?:minus|negative)[ -])$') and not regexp_matches(before, '(?i)(?:\bplus (?:or )?|[+±] ?/? ?)(?:minus|-) ?$') then -1 else 1 end as sign,
        list_has_any(words_left[-3:], getvariable('from_words')) as is_after_from,
        list_has_any(words_left[-3:], getvariable('between_words')) as is_after_between,
        case
            when form in ('idiom', 'spoken_year', 'time', 'date', 'telephone', 'code', 'acronym') then form
            -- class of '21, FY'26, fiscal year `26
            when case when ends_with(before, '''') or ends_with(before, '`') then regexp_matches(before, '(?:^|\W|FY)[''`]$') and regexp_matches(body, '^\d\d$') else false end then 'short_year'
            when case when ends_with(before, ' ') or before = '' then false else currency = '' and regexp_matches(before, '(?:https?:|www\.)\S*$|[/=%_&?]\S{0,30}[/=%_&?-]$|[/=_&?#]$') end then 'address'
            when form = 'article' and left_word = 'than' and regexp_matches(after, '^ \pL+ (?:ago|earlier|before|prior)\b') then 'ago'
            -- "double-barrelled", "a triple murder": a kind, nothing is multiplied
            when form in ('multiple', 'multiple_verb') then case
                when is_hyphenated and not has_digits and form = 'multiple' then 'hyphen_name'
                -- "once, twice"
                when left_word = 'once' or left_word in (',', 'or') and words_left[-2] = 'once' then 'idiom'
                when body in ('double', 'triple', 'quadruple') and left_word in ('a', 'an', 'the', 'this', 'that') and regexp_matches(after, '^ \pL')
                    and not list_contains(getvariable('direction_words'), right_word) and not list_contains(getvariable('stop_words'), right_word) then 'hyphen_name'
                else 'multiple' end
            when value = 1 and not has_digits and form = 'cardinal' and language <> 'en' and scale is null then 'one_alone'
            -- "am 27. September", "zum 86. Geburtstag"
            when has_digits and list_contains(getvariable('point_ordinals'), language) and regexp_matches(after, '^\. ?\pL') and value < 1000 then 'ordinal'
            when language <> 'en' and is_yearish and unit in ('a', 'um') then 'year'
            -- a vote of 20 to 1, a ratio of 3 to 2, ten-to-one
            when case when left_word in ('of', 'was', 'were', 'is') then regexp_matches(after, '^ ?(?:-| to |-to-|:) ?\d')
                and regexp_matches(before, '(?i)\b(?:vote|votes|score|ratio|odds|decision|majority) (?:of|was|were|is) $') else false end then 'score'
            when scale is null and regexp_matches(after, '^-(?:to-(?:one|1)|all|love|nil)\b') then 'score'
            when regexp_matches(after, '^ to (?:one|1)\b') and regexp_matches(after, '^ to (?:one|1)(?:[.,;:!?]|$| (?:that|against|on|odds|favou?rite|shot|chance|outsider|he|she|it|they|we|you|ratio|vote|margin|majority|decision)\b)') and not list_contains(words_left[-3:], 'from') then 'score'
            -- Psalms 3:5, a ratio of 2:1
            when scale is null and has_digits and regexp_matches(after, '^:\d{1,3}\b') then 'score'
            -- the under-21 team
            when case when ends_with(before, 'er-') then unit is null and value < 100 and regexp_matches(before, '\b(?:[Uu]nder|[Oo]ver)-$') else false end then 'age'
            when left_word = 'per' and body in ('million', 'billion', 'thousand', 'hundred', '100,000', '1,000', '1000', '10,000') then 'per_scale'
            when regexp_matches(body, '^[2-6]$') and regexp_matches(after, '^G\b') then 'generation'
            -- "people in their 60s"
            when form = 'decade' and value between 10 and 110 and left_word in ('his', 'her', 'their', 'my', 'our', 'your') then 'age'
            when form = 'decade' and (value between 1000 and 2100 or (value between 10 and 90 and left_word not in ('his', 'her', 'their'))) then 'decade'
            when form = 'ordinal' or has_digits and regexp_matches(after, '^ (?:st|nd|rd|th)\b') then 'ordinal'
            when currency = '' and (has_digits or language = 'en') and not regexp_matches(before, '(?i)\b(?:minus|negative|sub|now|to|over|under|than|-)-$')
                and regexp_matches(before, '(?:\pL-|[#/@_]|\d[.:]|\pL[.:]|S ?& ?P |\b[A-Z]\. ?|(?i:covid) ?- ?)$') then 'name_prefix'
            when regexp_matches(body, '^(?:1[5-9]|20)\d\d''?s$') then 'decade'
            when (right_word in ('am', 'pm', 'a.m', 'p.m', 'a.m.', 'p.m.', 'o''clock', 'oclock', 'gmt', 'et', 'est') or regexp_matches(after, '^ ?(?:[ap]\. ?m\b|o.? ?clock\b)|^ (?:local time|hours (?:GMT|UTC|local)|Zulu)\b')) then 'time'
            when has_digits and value between 1 and 31 and unit is null and scale is null
                and ((list_contains(left_roles, 'month') or (left_word = '.' and list_contains(second_roles, 'month')))
                    or list_contains(right_roles, 'month')) then 'month_day'
            when has_digits and (not is_amount or regexp_matches(surface, '^\d+[A-Z]$')) and is_before_capital and not has_plural and list_has_any(getvariable('street_words'), words_right[2:5]) then 'street'
            when is_yearish and value between 1900 and 2035 and unit = 'a' and regexp_matches(after, '^ (?:\pL+ )?year\b') then 'year'
            -- "in 1971 dollars"
            when is_yearish and value between 1900 and 2035 and unit_kind = 'money' and not is_ahead and left_word in ('in', 'constant') then 'year'
            when is_yearish and unit is null and (not has_plural or value between 1900 and 2035 and value % 100 <> 0
                or list_contains(left_roles, 'month') or left_word in ('in', 'since', 'year')) then 'year'
            when has_digits and unit is null and value between 1 and 115 and scale is null
                and (left_word in ('aged', 'age', 'ages') or (left_word = 'of' and words_left[-2] in ('age', 'ages'))
                    -- "people over 65"
                    or (not has_plural and (noun is null or value < 20) and value between 3 and 110 and left_word in ('over', 'under', 'above', 'below') and list_contains(second_roles, 'aged'))
                    -- "the 18-to-24s hardly vote"
                    or regexp_matches(after, '^-to-\d\ds\b')
                    -- "aged between 17 and 63"
                    or (left_word in ('between', 'from', 'over', 'under', 'about', 'around') and words_left[-2] in ('aged', 'ages', 'age'))
                    -- ", 45," behind a name; "a man, 34,"
                    or (left_word = ',' and right_word in (',', '.') and (regexp_matches(before, '[A-Z]\w+, $') and right_word = ',' or list_contains(second_roles, 'person')))) then 'age'
            when title_rule is not null then title_rule
            when opening_rule in ('age', 'label') and unit is null and scale is null and comparator is null then opening_rule
            when rare_rule is not null then rare_rule
            when not has_digits and unit is null and not has_plural and value < 18 and scale is null and left_word in ('under', 'over') and list_contains(second_roles, 'aged') then 'age'
            when not has_digits and unit is null and noun is null and value < 100 and scale is null and (left_word in ('aged', 'age') or left_word = 'of' and words_left[-2] in ('age', 'ages')) then 'age'
            -- "who is 24", "when I was three"
            when unit is null and noun is null and value between 1 and 110 and scale is null and list_contains(getvariable('age_words'), words_left[-2] || ' ' || left_word)
                and not regexp_matches(after, '^(?: percent|%| out| of)') then 'age'
            -- "the late singer, 81, wept", "turned 100 in June", "Anna Berg (34)", "became a father at 50"
            when unit is null and noun is null and scale is null and comparator is null and value between 1 and 110 and left_word in (',', '(', 'turned', 'turns', 'now', 'both', 'just', 'only', 'at', 'i''m', 'he''s', 'she''s') and case left_word
                when ',' then has_digits and value >= 5 and regexp_matches(after, '^(?: and \d{1,2})?, (?:[^itd]|t[^h]|the |i[^n]|d[^o])') and regexp_matches(before, getvariable('person_phrase'))
                when '(' then has_digits and value >= 10 and starts_with(after, ')') and regexp_matches(before, '[A-Z]\w+ \($')
                when 'at' then words_left[-2] = ',' and has_digits and starts_with(after, ',') or (has_digits or value > 12) and regexp_matches(after, '^(?:[.,;!?]|$| (?:of|in|from|after|with|when|while|and)\b)') and regexp_matches(before, getvariable('life_tail'))
                when 'turned' then regexp_matches(after, getvariable('age_close'))
                when 'turns' then regexp_matches(after, getvariable('age_close'))
                when 'just' then words_left[-2] in ('aged', 'age')
                when 'only' then words_left[-2] in ('aged', 'age')
                when 'now' then words_left[-2] = ',' and regexp_matches(after, '^[,.;)]')
                when 'both' then words_left[-2] = ',' and regexp_matches(after, '^[,.;)]')
                else regexp_matches(after, '^(?:[.,;!?"]|$| (?:and|now|but|so|today)\b)') end then 'age'
            -- "the bride was 19"
            when left_word in ('was', 'is', 'were') and list_contains(second_roles, 'person') and unit is null and noun is null and scale is null and comparator is null and value between 1 and 110 and regexp_matches(after, '^(?:[.,;]|$| (?:and|when|at)\b)') then 'age'
            -- "the oldest victim was 94"
            when left_word in ('was', 'is', 'were', 'are', 'only', 'just', 'barely') and unit is null and noun is null and scale is null and value between 1 and 115 and regexp_matches(before, '(?i)\b(?:oldest|youngest|eldest)\b[^.,;]{0,30} (?:is|was|were|are)(?: only| just| barely)? $') then 'age'
            when unit_note = 'age' and regexp_matches(after, '^-') then 'age'
            -- "items 6F through 6K and 6M"
            when form = 'abbreviated' and currency = '' and regexp_matches(surface, '^\d{1,2}[A-Z]$') and regexp_matches(before, '(?:\b\d+[A-Z],? (?:and|to|or|through)?|\b[Ii]tems?) ?$') then 'item_letter'
            -- "she will one day return"
            when surface in ('one', 'One') and right_word = 'day' and comparator is null and per is null and not regexp_matches(after, '^ day (?:before|after|ago|later|earlier|of|or|longer|more)\b')
                and not list_contains(left_roles, 'before_one_day') then 'one_alone'
            when body = 'half' and unit = 'a' and is_hyphenated and left_word in ('the', 'first', 'second', 'last', 'this', 'its', 'full') then 'bare_fraction'
            when unit is not null then 'unit'
            when case when has_digits then regexp_matches(before, '\b(?:K|[Kk]indergarten)(?: ?- ?|-| through | to )$') else false end then 'school_years'
            when has_digits and left_word in ('fortune', 'forbes') then 'label'
            when case when left_word in ('of', 'the') then regexp_matches(before, '\b(?:Gang|Group|Council|Committee|Band) of (?:the )?$') else false end then 'group_name'
            when not has_digits and scale is null and value < 20 and comparator is null and list_contains(left_roles, 'spelled_label')
                and (not has_plural or not list_contains(left_roles, 'loose_spelled') or regexp_matches(after, '^ of ')) then 'label'
            -- "the threat level was raised to four"
            when left_word in ('to', 'at') and noun is null and scale is null and value < 13 and regexp_matches(before, '(?i)\b(?:threat|alert|alarm|warning|danger|terror|hazard|readiness) (?:level|status|state)\b[^.,;]{0,24} (?:to|at) $') then 'label'
            when not has_digits and unit is null and noun is null and value between 1900 and 2099 and left_word in ('lord', 'in', 'since', 'year', 'until') then 'year'
            -- "20- — 2014", "two — it's been two weeks": cut off and begun again
            when unit is null and noun is null and (regexp_matches(after, '^- ?—') or regexp_matches(after, '^ ?—') and contains(lower(substr(after, 1, 32)), ' ' || body))
            then 'false_start'
            when unit is null and noun is null and left_word = 'number' and not has_digits then 'list_number'
            when form = 'vague' and body = 'scores' and not regexp_matches(after, '^ (?:of|more|others|were (?:\pL+ )?\pL+ed)\b') then 'scores'
            -- "First, ... And, two, ...": an enumeration
            when not has_digits and form = 'cardinal' and unit is null and noun is null and regexp_matches(before, '(?i)^(?:and|so|but|number)?,? ?$') and regexp_matches(after, '^[,:]') then 'list_number'
            when regexp_matches(body, '^0\d') and unit is null then 'leading_zero'
            when has_digits and list_contains(left_roles, 'label') and (not has_plural or regexp_matches(after, '^ of the ') and comparator is null) and scale is null
                -- "it should be under 140"
                and not (left_word = 'under' and (value > 23 or words_left[-2] in ('be', 'is', 'was', 'are', 'were', 'well', 'just', 'still', 'keep', 'kept', 'remain', 'remained', 'fell', 'fall', 'to', 'at'))) then 'label'
            -- "Schedule 1 amendments", "sections 282 and 283 of the Clocks Act"
            when has_digits and scale is null and comparator is null and value < 10000 and currency = '' and regexp_matches(previous_word, '^[A-Z]')
                and list_contains(left_roles, 'label') and not list_contains(left_roles, 'loose_label') then 'label'
            when has_digits and scale is null and comparator is null and regexp_matches(before, '(?i)\b(?:sections|section\(s\)|articles|paragraphs|items|schedules|clauses|chapters|pages|regulations|rules|parts|subsections|amendments|numbers|nos\.?) [\d, ()a-z]{1,20}(?:and|to|or|through|,) $|section\(s\) $') then 'label'
            when has_digits and left_word = '.' and list_contains(second_roles, 'abbreviation') then 'abbreviated_label'
            -- "France paid 60 percent, Spain 40"
            when has_digits and value < 100 and regexp_matches(before, '(?i-s:percent|per cent|%)[^.;]*, (?:and )?(?-i:[A-Z])\w+ $') and regexp_matches(after, '^(?:[.,;]|$)') then 'count'
            -- "in 793"
            when left_word = 'in' and noun is null and regexp_matches(surface, '^[1-9]\d\d$') and comparator is null and regexp_matches(after, '^(?:[.,;]|$| (?:AD|BC|BCE|CE|the|a|when|by)\b)') and not regexp_matches(before, '(?i)(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|chances?|odds|person|people|every) in $') then 'year'
            -- "Ocean's 8 opened"
            when has_digits and noun is null and not is_amount and regexp_matches(previous_word, '^[A-Z]\w*''s$') and regexp_matches(after, '^ (?:is|was|has|had|will|\pL+ed|began|won)\b') then 'after_name'
            when has_digits and regexp_matches(previous_word, '^(?:[A-Z]\w*|[a-z][A-Z]\w+)$') and (length(before) > length(previous_word) + 1 or regexp_matches(previous_word, '^[A-Z]{2,}$')) and not has_plural
                and not is_amount and not list_contains(getvariable('stop_words'), lower(previous_word)) then 'after_name'
            when opening_rule = 'after_name' and not has_plural and not is_amount then 'after_name'
            when has_digits and list_contains(left_roles, 'model') and not is_amount then 'label'
            when has_digits and is_before_capital and not has_plural and not regexp_matches(after, '^ [A-Z]{3,}') and not is_amount then 'before_name'
            when not has_digits and scale is null and regexp_matches(surface, '^[A-Z]') and regexp_matches(before, '(?:[\pL,]|\b(?:Mr|Mrs|Ms|Dr)\.) $') and is_before_capital then 'spelled_name'
            -- 501(c), 7(1), 1128B(3)
            when has_digits and scale is null and regexp_matches(after, '^[A-Z]{0,2}\([0-9a-z]{1,4}\)') then 'name_prefix'
            -- not "a 19,000-seat arena"
            when is_hyphenated and list_contains(right_roles, 'hyphen') and value <= 64 then 'hyphen_name'
            when not has_digits and regexp_matches(surface, '^[A-Z]') and regexp_matches(previous_word, '^[A-Z][\w'']*$') and not has_plural
                and length(before) > length(previous_word) + 1 and regexp_matches(after, '^(?: [a-z]|[^ \w]|$)') then 'spelled_name'
            when not has_digits and regexp_matches(surface, '^[A-Z]') and regexp_matches(previous_word, '^[A-Z]{2,}$') and not has_plural and scale is null and regexp_matches(after, '^(?: [a-z]|[^ \w]|$)') then 'spelled_name'
            -- "a copy of Seventeen magazine"
            when not has_digits and scale is null and regexp_matches(surface, '^[A-Z][a-z]') and regexp_matches(before, '[a-z,] $') then 'spelled_name'
            -- "the 457 visa": no plural, so it names a kind
            when has_digits and left_word = 'the' and noun is not null and not has_plural and not is_amount and not is_hyphenated and value >= 100
                and regexp_matches(body, '^\d+$') and not list_contains(getvariable('plural_like'), noun) then 'before_name'
            when regexp_matches(body, '^\d{6,}$') and noun is null and value % 100 <> 0 and currency = '' then 'code'
            when is_glued and scale is null then 'glued'
            -- "(2024); 4. Michigan"
            when has_digits and regexp_matches(before, '; $') and regexp_matches(after, '^\. ') and value < 100 then 'list_number'
            when has_digits and regexp_matches(before, '^\(?$|\($') and regexp_matches(after, '^[.)]|^/ ?[A-Z]|^ ?[•–-] |^  +[A-Z]') and not has_plural and value < 200 then 'list_number'
            -- "the two agreed", "those three"
            when form = 'cardinal' and not has_digits and scale is null and value < 13 and noun is null and comparator is null
                and (left_word in ('the', 'these', 'those') or left_word in ('other', 'top', 'first', 'last', 'next', 'final', 'remaining', 'latter') and value < 5 and regexp_matches(after, '^(?:[.;?!]|$| [a-z])') and not regexp_matches(after, '^ (?:to|or|and|and a half) ')
                        and words_left[-2] in ('the', 'these', 'those', 'our', 'their', 'its', 'my', 'his', 'her', 's')
                    or left_word in ('you', 'us') or left_word = 'top' and ends_with(words_left[-2], '''s')) then 'one_alone'
            -- text read by a machine: "1 will answer"
            when surface = '1' and regexp_matches(after, '^ (?:am|was|have|had|will|would|do|did|think|thank|know|believe|hope|wish|want|beg|shall|should|could|can|may|must|said|say|understand|agree|support|urge|ask|appreciate|also|now|rise|stand)\b') then 'one_alone'
            when body = 'one' and regexp_matches(after, '^ of \pL') then 'one_of'
            -- "one thing", "one step ahead", "any one table", "as one observer put it": nothing is counted
            when body = 'one' and coalesce(comparator, '>') = '>' and per is null and (list_contains(noun_roles, 'one_noun') and not has_plural or left_word = 'any' or left_word = 'as' and regexp_matches(after, '^ (?:\pL+ ){1,3}(?:put|puts|said|says|noted|told|wrote|called|recalled)\b')) then 'one_alone'
            when body = 'one' and (noun is null or regexp_matches(after, '^ \pL+ at a time\b')) then 'one_alone'
            when form = 'fraction' and regexp_matches(body, '^(?:a |one )?(quarter|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|half)s?$')
                and not regexp_matches(after, '^(?:-?\pL+)? of\b|^ (?:a|the|an)\b|^[.,;?!]') and comparator is null and left_word <> 'by' then 'bare_fraction'
            -- "the first three quarters", "for the half-year"
            when form = 'fraction' and body = 'three quarters' and left_word in ('first', 'last', 'next', 'past', 'previous', 'final', 'other', 'these', 'those') then 'bare_fraction'
            when form = 'fraction' and body = 'half' and left_word in ('second', 'first', 'this', 'that', 'latter', 'northern', 'southern', 'eastern', 'western', 'upper', 'lower', 'other') then 'bare_fraction'
            when form = 'fraction' then 'fraction'
            else 'count'
        end as own_rule,
    from rare
)

from final
