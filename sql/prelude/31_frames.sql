-- The frames: what may stand beside a number, over the tag letters of 30_subjects.sql. Left of the number each has groups for what
-- leads in, the subject, and what stands between it and the number. A subject that would begin inside a longer phrase is none.

-- Noun phrases: one without prepositions, one with up to three, one that may hold "for", and one left of its verb, which may
-- hold numbers and a coordination ("the yield on the 10-year note", "costs and prices"). Participles stand before the noun only:
-- behind it they open a clause ("students receiving aid").
set variable np_core = '(?:j[c,]j|r?j)*(?:r?V(?:j[c,]j|[jV])*)?n(?:j*n)*';
set variable np_base = '(?:d*' || getvariable('np_core') || ')';
set variable np = '(?:' || getvariable('np_base') || '(?:[oi]' || getvariable('np_base') || '){0,3})';
set variable np_for = '(?:' || getvariable('np_base') || '(?:[oiF]' || getvariable('np_base') || '){0,3})';
-- "the FTSE 100", "earnings per share"
set variable np_subject = '(?:' || getvariable('np_base') || '8?(?:[xz]n)?)';
set variable np_left = '(?:' || getvariable('np_subject') || '(?:[oiFtfa](?:d*9)?' || getvariable('np_subject') || '){0,4}'
    || '(?:c' || getvariable('np_subject') || ')?)';
-- The same behind a number, where another number may stand in it ("to buy 40 buses").
set variable np_right = '(?:d*(?:j?9)?' || getvariable('np_core') || '(?:[oi]' || getvariable('np_base') || '){0,2})';
-- With one phrase more at most ("an investment in roads").
set variable np_short = '(?:' || getvariable('np_base') || '(?:[oi]' || getvariable('np_base') || ')?)';
-- What may stand between a subject and its verb: a participle ("funding involved", "prices paid by farmers"), a clause between
-- commas ("inflation, which strips out food, eased"), adverbs, times, an auxiliary, a relative word.
set variable np_gap = '9?(?:r?V(?:[iytF]' || getvariable('np_base')
    || '){0,2}|r)?(?:,[wVi][^,:9]{1,16}(?:9[^,:9]{0,12})?,)?(?:,?[iof]?d?r?z,?|r)*,?w?[hr]*';
-- Where a subject may begin: not behind a preposition, a determiner or an adjective; behind a noun only with a determiner of
-- its own ("told reporters the price rose").
set variable np_start = '(^9?c?|[^oiFcdjnfty9]c?|n)';
set variable np_opening = getvariable('np_start') || '(' || getvariable('np_left') || ')';

-- "from 9 in May to", "from 9 of output in the 2019 budget to"
set variable from_to = 'f9(?:[iof]' || getvariable('np_base') || '|z(?:' || getvariable('np_core') || ')?)*t';
-- Somebody moves it.
-- "cut costs by 9", "the price we pay by 9"
set variable frame_cause = '([KBvVC]r*)(' || getvariable('np_for') || ')((?:pr?v)?[,r]*y)$';
-- "raise wages to 9"
set variable frame_cause_to = '([KBC]r*)(' || getvariable('np_for') || ')((?:pr?v)?(?:t|f|' || getvariable('from_to') || '))$';
set variable frame_cause_at = '([KBvVL]r*)(' || getvariable('np_for') || ')(i)$';                  -- "values the firm at 9"
-- It moves: "exports rose by 9", "taxes were cut by 9", "exports by 9, imports by 9", "exports doubled".
set variable frame_change = getvariable('np_opening') || '(' || getvariable('np_gap')
    || '(?:Lr?nt[hLr]*|[Lhv][hrLVj]*t[hLr]*|L[rh]*|v)?[CB]+r*(?:d?r,?)?(?:[tyif]|' || getvariable('from_to') || '|9z?[ty])?r*)$';
set variable frame_changed = getvariable('np_opening') || '(' || getvariable('np_gap')
    || '[hL][hrLV]*(?:t[hL]*)?[KBC]+r*(?:[tyif]|' || getvariable('from_to') || '|9z?[ty])?r*)$';
set variable frame_gapped = '(9.*[c,])(' || getvariable('np_short') || ')(,?y)$';
set variable frame_before = getvariable('np_opening') || '([hr]*)$';
-- It is so much: "unemployment is at 9", "the missile has a range of 9", "Acme is investing 9".
set variable frame_level = getvariable('np_opening') || '(' || getvariable('np_gap')
    || 'L[hrLVKBCW]*(?:n?t[hr]*L[hrLV]*)?(?:r?j,?[it]|[irtFfo]|W[it]?|' || getvariable('np_base') || 'y)?r*)$';
set variable frame_holder = getvariable('np_opening') || '(' || getvariable('np_gap') || '[hvVLCB]r*[iFt]?d*[jnV]*no)$';
set variable frame_agent = getvariable('np_opening') || '(' || getvariable('np_gap') || '[vVLK][rVi]*)$';
-- "Rates fell for a third month, averaging 9": the last clause has the first one's subject.
set variable frame_trailing = '^((?:z,?|[rc],?)?)(' || getvariable('np_left')
    || ')([hr]*[LhvVCKB][^,:9w]*(?:9[^,:9w]*)?,r?[LCBVvK]r*(?:[tyi]r*)?)$';
-- "with exports falling by 9", "with annual sales exceeding 9"
set variable frame_with = '(i)(' || getvariable('np_short') || ')([LCBv]r*[tyi]?r*)$';
-- "expects the harvest to reach 9", "let debt rise to 9"
set variable frame_expected = '([vVKhL]r*)(' || getvariable('np_for') || ')(t[hr]*[LCB]r*[tyi]?r*)$';
-- "costs the state 9": what costs it; "lent farmers 9": whom.
set variable frame_costing = getvariable('np_opening') || '(' || getvariable('np_gap') || '[vVLK]r*' || getvariable('np_base')
    || ')$';
set variable frame_giving = '([vVKL]r*)(' || getvariable('np_base') || ')()$';
-- No verb stands between: "an investment of 9", "jewels worth 9", "unemployment under 9", "Unemployment: 9".
set variable frame_of = '(^|[^odj])(' || getvariable('np_short') || ')(o)$';
set variable frame_worth = '(^|[^djnV])(' || getvariable('np_base') || '(?:[oi]' || getvariable('np_base') || ')?)(,?W[it]?r*)$';
set variable frame_beside = '(^|[^odjnrV])((?:d*(?:j[c,]j|j)*n(?:j*n)*)(?:[oiF]' || getvariable('np_base') || ')?)()$';
set variable frame_label = '(^|[^oiFcd])(' || getvariable('np') || ')(:)$';

-- Right of the number, what leads in and the subject.
set variable frame_share = '^(,?x?r?[LW]?o)(' || getvariable('np_right') || ')';                   -- "9 of Americans"
-- "9 new jobs in steel"
set variable frame_counted = '^(d*)(' || getvariable('np_core') || '(?:[oi]' || getvariable('np_base') || ')?)';
set variable frame_head = '^(d*)(' || getvariable('np_core') || ')()';                             -- "9 tariff"
-- "9 increase in exports"
set variable frame_change_of = '^(d*' || getvariable('np_core') || '[oiF])(' || getvariable('np') || ')';
set variable frame_in = '^((?:x|,?z,?|i9|r)?[iFtf])(' || getvariable('np_right') || ')';            -- "9 in five years for roads"
set variable frame_off = '^(io?)(' || getvariable('np') || ')';                                    -- "cut 9 off the price"
-- "9 has been set aside for roads"
set variable frame_spent = '^((?:x|,?z,?)?[hLrz]+[VvK][rz]*[iFt])(' || getvariable('np_right') || ')';
-- "9 to build roads"
set variable frame_purpose = '^((?:x|,?z,?|i9)?[tF]r?(?:[vVKBC]c)?[vVKBC]r?)(' || getvariable('np_right') || ')';
