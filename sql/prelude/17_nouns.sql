-- The singular of an English noun.
create or replace macro singular(noun) as case
    when regexp_matches(noun, '(series|species|news)$') then noun
    when noun = 'people' then 'person'
    when regexp_matches(noun, '\bwomen$') then regexp_replace(noun, 'women$', 'woman')
    when regexp_matches(noun, '(^|\W)children$') then regexp_replace(noun, 'children$', 'child')
    when regexp_matches(noun, 'men$') then regexp_replace(noun, 'men$', 'man')
    when regexp_matches(noun, '(?:wi|kni|li)ves$') then regexp_replace(noun, 'ves$', 'fe')
    when regexp_matches(noun, '(?:lea|loa|hal|cal|shel|wol|thie)ves$') then regexp_replace(noun, 'ves$', 'f')
    when regexp_matches(noun, '[^aeiou]ies$') then regexp_replace(noun, 'ies$', 'y')
    when regexp_matches(noun, '(ss|sh|ch|x|zz|virus|status)es$') then regexp_replace(noun, 'es$', '')
    when regexp_matches(noun, '[^siu]s$|^[A-Z]\w+[^aeiou][iu]s$|^Thais$') then noun[:-2]
    else noun
end;

-- What was inferred about a quantity, in words; null where nothing was.
create or replace macro quantity_doubt(unit_doubt, way, carried_scale, pair_before) as nullif(concat_ws('; ',
    unit_doubt,
    case way
        when 'chain' then 'unit said once for several numbers'
        when 'sentence' then 'unit taken from another number of the sentence'
        when 'before' then 'unit taken from the sentence before'
        when 'counted' then 'unit taken from the noun before'
        when 'document' then 'unit taken from further before'
    end,
    case when carried_scale is not null then 'scale taken from another number: '
        || cast(cast(carried_scale as bigint) as varchar) end,
    case when pair_before = 'restated' then 'a more exact figure for the number before, or a correction of it' end
), '');

-- How sure a reading is: said outright .95, said once for several numbers .9, inferred less the farther it was fetched.
create or replace macro quantity_confidence(way, doubt) as case
    when way in ('before', 'document') then 0.5
    when way = 'sentence' then 0.6
    when doubt is null then 0.95
    when way = 'chain' then 0.9
    else 0.75
end;
