"""What feeds, sitemaps, listings and archives name is fetched, once, and dated by what they state."""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
import json

import pytest

from flows.fetch.fetch import SourceFailed, SourceRead, Wanted
from flows.fetch.indexes import IndexUnreadable, read
from flows.fetch.source import SourceFile
from tests.fetch.conftest import Fetch, only, outcomes, source
from tests.fetch.site import Site

PAGE = "<html><body><p>MS. ROE: We shipped %d tonnes.</p></body></html>"


def rss(site: Site, items: list[tuple[str, str]]) -> str:
    entries = "".join(
        f"<item><title>Briefing {n}</title><link>{site.root}{path}</link><pubDate>{date}</pubDate></item>"
        for n, (path, date) in enumerate(items)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title><language>en</language>{entries}</channel></rss>'


def documents(site: Site, *names: str) -> None:
    for number, name in enumerate(names):
        site.page(f"/d/{name}", PAGE % number)


def test_a_feeds_documents_come_with_its_title_language_and_day(site: Site, fetch: Fetch) -> None:
    documents(site, "1", "2")
    site.page("/feed", rss(site, [("/d/1", "Thu, 13 Mar 2025 23:30:00 -0400"), ("/d/2?utm_source=rss#top", "not a date")]))
    events = fetch(source(site, "feed", "/feed"))
    first, second = only(events, "document")
    assert (first.title, first.language, first.published_on) == ("Briefing 0", "en", dt.date(2025, 3, 13))
    assert (second.origin, second.published_on) == (f"{site.root}/d/2", None)
    assert first.content == site.pages["/d/1"].body  # type: ignore[union-attr]
    assert isinstance(events[-1], SourceRead) and events[-1].named == 2


def test_atom_updated_is_no_day_of_publication(site: Site, fetch: Fetch) -> None:
    documents(site, "1", "2")
    site.page(
        "/atom",
        f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>
        <entry><title>a</title><id>a</id><link href="{site.root}/d/1"/><updated>2026-01-02T03:04:05Z</updated>
        <published>2025-03-13T10:00:00+03:00</published></entry>
        <entry><title>b</title><id>b</id><link href="/d/2"/><updated>2026-01-02T03:04:05Z</updated></entry></feed>""",
    )
    got = {f.origin.rpartition("/")[2]: f.published_on for f in only(fetch(source(site, "feed", "/atom")), "document")}
    assert got == {"1": dt.date(2025, 3, 13), "2": None}


def test_json_feeds_are_followed_to_their_next_page(site: Site, fetch: Fetch) -> None:
    documents(site, "1", "2")
    head = {"version": "https://jsonfeed.org/version/1.1", "title": "t", "language": "en"}
    item = {"id": "1", "url": f"{site.root}/d/1", "date_published": "2025-03-13T10:00:00Z"}
    site.page("/feed.json", json.dumps(head | {"next_url": f"{site.root}/2.json", "items": [item]}))
    site.page("/2.json", json.dumps(head | {"items": [{"id": "2", "url": f"{site.root}/d/2"}]}))
    assert outcomes(fetch(source(site, "feed", "/feed.json"))) == {"d/1": "document", "d/2": "document"}


def test_sitemap_indexes_and_gz_are_read_and_lastmod_is_no_date(site: Site, fetch: Fetch) -> None:
    documents(site, "1", "2", "3")
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    site.page(
        "/sitemap.xml",
        f"<sitemapindex {space}><sitemap><loc>{site.root}/a.xml</loc></sitemap>"
        f"<sitemap><loc><![CDATA[{site.root}/b.xml.gz]]></loc></sitemap></sitemapindex>",
    )
    site.page(
        "/a.xml",
        f"<urlset {space}><url><loc>{site.root}/d/1</loc><lastmod>2026-05-05</lastmod></url>"
        f"<url><loc>{site.root}/about</loc></url></urlset>",
    )
    news = "<news:news><news:publication_date>2025-03-13</news:publication_date><news:title>T</news:title></news:news>"
    packed = f"<urlset {space}><url><loc>{site.root}/d/2</loc>{news}</url><url><loc>{site.root}/d/1</loc></url></urlset>"
    site.page("/b.xml.gz", gzip.compress(packed.encode()), headers={"Content-Type": "application/gzip"})
    events = fetch(source(site, "sitemap", "/sitemap.xml"))
    got = {f.origin.rpartition("/")[2]: (f.published_on, f.title) for f in only(events, "document")}
    assert got == {"1": (None, None), "2": (dt.date(2025, 3, 13), "T")}
    assert not site.asked("/about")


def test_a_listing_is_followed_page_by_page_and_dates_stand_beside_their_links(site: Site, fetch: Fetch) -> None:
    documents(site, "1", "2", "3")
    site.page(
        "/list",
        """<html lang="en"><link rel="stylesheet" href="/d/x.css"><ul>
        <li><a href="d/1"><img></a> <a href="d/1">On steel</a> <time datetime="2025-03-13">yesterday</time></li>
        <li><a href="d/2">On grain</a></li></ul><a rel="next" href="list?page=2">more</a></html>""",
    )
    site.page("/list?page=2", '<html><a href="/d/3">On oil</a> <a href="/d/1">again</a> <a rel="next" href="/list">loop</a></html>')
    got = {
        f.origin.rpartition("/")[2]: (f.title, f.published_on)
        for f in only(fetch(source(site, "listing", "/list", documents={"include": r"/d/\d$"})), "document")
    }
    assert got == {"1": ("On steel", dt.date(2025, 3, 13)), "2": ("On grain", None), "3": ("On oil", None)}
    assert len(site.asked("/d/1")) == len(site.asked("/list")) == 1


def test_the_substack_archive_is_read_to_its_end_and_previews_stay_previews(site: Site, fetch: Fetch) -> None:
    for name in ("p/one", "p/two"):
        site.page(f"/{name}", PAGE % 1)
    told = [("one", "2025-03-13T20:00:00.000Z", "everyone"), ("two", "2025-03-12T20:00:00.000Z", "only_paid")]
    posts = [{"canonical_url": f"{site.root}/p/{n}", "title": n, "post_date": day, "audience": to} for n, day, to in told]
    site.page("/api/v1/archive?sort=new&offset=0&limit=50", json.dumps(posts))
    site.page("/api/v1/archive?sort=new&offset=2&limit=50", "[]")
    events = fetch(source(site, "substack", "/archive", documents={"include": "/p/"}))
    assert outcomes(events) == {"p/one": "document", "p/two": "preview"}
    assert only(events, "preview")[0].is_quarantined


def test_since_and_until_are_inclusive_and_undated_documents_are_left_to_the_page(site: Site, fetch: Fetch) -> None:
    documents(site, "1", "2", "3", "4", "5")
    days = ["Tue, 11 Mar 2025", "Wed, 12 Mar 2025", "Thu, 13 Mar 2025", "Fri, 14 Mar 2025", ""]
    site.page("/feed", rss(site, [(f"/d/{n + 1}", f"{d} 12:00:00 GMT" if d else "") for n, d in enumerate(days)]))
    events = fetch(source(site, "feed", "/feed"), wanted=Wanted(dt.date(2025, 3, 12), dt.date(2025, 3, 13)))
    assert set(outcomes(events)) == {"d/2", "d/3", "d/5"}


def test_an_index_that_is_something_else_makes_the_source_fail(site: Site, fetch: Fetch) -> None:
    site.page("/feed", "<html><head><title>Welcome</title></head><body>home</body></html>")
    site.page("/sitemap", "<html><head><title>Welcome</title></head><body>home</body></html>")
    for kind in ("feed", "sitemap"):
        failed = fetch(source(site, kind, f"/{kind}"))[-1]
        assert isinstance(failed, SourceFailed) and "a page titled 'Welcome'" in failed.reason


def test_an_empty_index_is_read_and_says_that_it_was_empty(site: Site, fetch: Fetch) -> None:
    site.page("/feed", rss(site, []))
    read = fetch(source(site, "feed", "/feed"))[-1]
    assert isinstance(read, SourceRead) and read.named == 0
    assert read.notes == ("the index was read and names no documents",)


def test_one_sitemap_that_fails_does_not_take_the_others_along(site: Site, fetch: Fetch) -> None:
    documents(site, "1")
    site.page(
        "/sitemap.xml",
        f"<sitemapindex><sitemap><loc>{site.root}/gone.xml</loc></sitemap>"
        f"<sitemap><loc>{site.root}/a.xml</loc></sitemap></sitemapindex>",
    )
    site.page("/a.xml", f"<urlset><url><loc>{site.root}/d/1</loc></url></urlset>")
    events = fetch(source(site, "sitemap", "/sitemap.xml"))
    assert outcomes(events) == {"gone.xml": "failed", "d/1": "document"}
    assert isinstance(events[-1], SourceRead) and "gone.xml" in events[-1].notes[0]


def test_a_malformed_feed_gives_what_can_be_read_and_says_so(site: Site, fetch: Fetch) -> None:
    documents(site, "1", "2?a=1&b=2")
    whole = rss(site, [("/d/1", ""), ("/d/2", "")])
    lone = whole.replace("/d/2<", "/d/2?a=1&b=2<").replace("Briefing 0", "<![CDATA[Q&A]]>")
    site.page("/lone", lone)
    events = fetch(source(site, "feed", "/lone"))
    assert outcomes(events) == {"d/1": "document", "d/2?a=1&b=2": "document"}
    assert next(f.title for f in only(events, "document") if f.origin.endswith("/1")) == "Q&A"
    assert "malformed" in (only(events, "index")[0].reason or "")
    site.page("/cut", whole[: whole.index("<item><title>Briefing 1") + 30])
    events = fetch(source(site, "feed", "/cut"))
    assert outcomes(events) == {"d/1": "document"} and "malformed" in events[-1].notes[0]  # type: ignore[union-attr]


def test_a_feed_in_another_encoding_is_read(site: Site, fetch: Fetch) -> None:
    documents(site, "1")
    text = rss(site, [("/d/1", "")]).replace("Briefing 0", "Брифинг").partition("?>")[2]
    site.page("/feed", text.encode("windows-1251"), headers={"Content-Type": "text/xml; charset=windows-1251"})
    site.page("/odd", text.encode(), headers={"Content-Type": "text/xml; charset=no-such"})
    for path in ("/feed", "/odd"):
        assert only(fetch(source(site, "feed", path)), "document")[0].title == "Брифинг"


HOSTILE = {
    "nested": b"<rss version='2.0'><channel>" + b"<item>" * 100_000,
    "unclosed": b"<rss version='2.0'><channel><title>" + b"<a " * 300_000,
    "ampersands": b"<rss version='2.0'><channel><title>" + b"&" * 1_000_000,
    "cdata": b"<rss version='2.0'><channel><title>" + b"&<![CDATA[" * 100_000,
    "laughs": b'<!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, (b"&a%d;" % (n - 1) if n else b"&a;") * 10) for n in range(10))
    + b']><rss version="2.0"><channel><title>&a9;</title></channel></rss>',
    "file": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item><title>&a;</title>'
    b"<link>http://example.org/d/1</link></item></channel></rss>",
    "brackets": b"[" * 1_000_000,
    "digits": b"<rss version='2.0'><channel><item><link>http://example.org/d/1</link><pubDate>"
    + b"1a" * 500_000
    + b"</pubDate></item></channel></rss>",
    "links": b"<html><div>" + b"<a href='/x'>z</a>" * 20_000 + b"<p><a href='/d/1'>z</a></p>" * 2_000,
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", ["feed", "sitemap", "listing"])
@pytest.mark.timeout(60)
def test_a_hostile_index_costs_bounded_time_and_gives_nothing_away(name: str, kind: str) -> None:
    told = {"name": "a", "index": {"kind": kind, "url": "http://example.org/"}, "documents": {"include": "/d/"}}
    with contextlib.suppress(IndexUnreadable):
        page = read(SourceFile.model_validate(told), "http://example.org/", HOSTILE[name])
        assert len(page.entries) <= 1
        assert "root:" not in str(page) and "haha" not in str(page)
