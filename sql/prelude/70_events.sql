-- What a band of staging.document_bands is (flows/segment/signature.py numbers them).
create or replace macro band_feature(band) as
    case
        when band < 1000 then 'band'
        when band < 1500 then 'shingle'
        when band < 2000 then 'fine'
        when band < 3000 then 'name'
        else 'number'
    end;
create or replace macro host_of(url) as coalesce(regexp_extract(url, '^https?://(?:www\.)?([^/]+)', 1), '');

-- A page's address without what tells its language or form: the same for "en.site.example/news/76450/print" and
-- "site.example/news/76450".
create or replace macro page_of(url) as
    regexp_replace(
        regexp_replace(url, '^https?://(?:www\.)?(?:[a-z]{2}\.)?|[?#].*$|/(?:print/?)?$', '', 'g'),
        '/(?:[a-z]{2}|[a-z]{2}-[a-z]{2}|eng|rus)/', '/', 'g'
    );

-- Houses that publish what was said in them: governments, parliaments, international organisations.
set variable official_host = '(?:^|\.)(?:gov|mil|int|gob|gouv|president|government|parliament|parl|kremlin|premier|mfa'
    || '|bundestag|bundesregierung)(?:\.|$)|europa\.eu$|parliament|senate\.';
