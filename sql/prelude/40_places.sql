-- Names of places, the longest first, as one pattern with its edges.
set variable place_names = (
    select string_agg(literal(name), '|' order by length(name) desc, name) from lexicon.place where language = 'en'
);
set variable place_pattern = '\b(?:' || getvariable('place_names') || ')(?:\b|$)';
-- "in Ohio", "across the European Union": a place beside a number or its subject.
set variable place_after = '^(?: [^,;.:?!]{0,30})? (?:in|across|throughout|within) (?:the |all of |all )?(?:\pL+ern |central )?('
    || getvariable('place_names') || ')\b|^ (?:for|to|from|with|of) (?:the |all of |all )?(?:\pL+ern |central )?('
    || getvariable('place_names') || ')\b';
set variable place_opening = '^(?:And |But |So |Now,? |Today,? )?(?:[Ii]n|[Aa]cross|[Tt]hroughout) (?:the )?('
    || getvariable('place_names') || ')\b';
