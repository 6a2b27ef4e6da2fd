"""Nights: everything arrives in the end, once, politely; the next night asks only for what changed; refusals are told."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from itertools import pairwise

import pytest

from flows.fetch import indexes
from flows.fetch.fetch import Event, Fetched, Held, Pages, SourceFailed, SourceRead, Wanted, fetch_sources
from flows.fetch.source import SourceFile
from tests.fetch.conftest import NOW, Fetch, only, outcomes, settings, source
from tests.fetch.site import Reply, Request, Site

DOCUMENTS = 200


def page(number: int, figure: int = 1) -> bytes:
    return f"<html><title>Sitting {number}</title><p>MS. ROE: We shipped {number * 10 + figure} tonnes.</p></html>".encode()


def remembered(*nights: list[Event]) -> dict[str, Held]:
    """What a ledger knows after some nights."""
    known: dict[str, Held] = {}
    for event in (e for night in nights for e in night if isinstance(e, Fetched)):
        if event.outcome in ("document", "unchanged"):
            known[event.origin] = Held(event.content_sha256, event.etag, event.last_modified, event.published_on)
        elif event.outcome in ("gone", "failed") and event.origin not in known:
            known[event.origin] = Held(is_gone=event.outcome == "gone", has_failed=event.outcome == "failed")
    return known


class Archive:
    """A site with many sittings, a tenth of which answer with some fault the first time."""

    FAULTS = (
        Reply(b"busy", 503, {"Retry-After": "0"}),
        Reply(b"broken", 500),
        Reply(b"", declared=50, is_reset=True),
        Reply(b"<html><title>Sitting", declared=500),
        Reply(b"x" * 500, declared=300),
        Reply(b"no gzip", headers={"Content-Encoding": "gzip"}),
    )

    def __init__(self, site: Site) -> None:
        self.site = site
        self.figures: dict[int, int] = {}
        self.seen: Counter[int] = Counter()
        per_page = 50
        for start in range(0, DOCUMENTS, per_page):
            links = "".join(f'<li><a href="/d/{n}">Sitting {n}</a></li>' for n in range(start, start + per_page))
            following = start + per_page
            more = f'<a rel="next" href="/list?from={following}">more</a>' if following < DOCUMENTS else ""
            site.page("/list" + (f"?from={start}" if start else ""), f"<html><ul>{links}</ul>{more}</html>")
        for number in range(DOCUMENTS):
            site.pages[f"/d/{number}"] = self.reply
        site.page("/robots.txt", "User-agent: *\nDisallow: /admin\n")

    def reply(self, request: Request) -> Reply:
        number = int(request.path.rpartition("/")[2])
        self.seen[number] += 1
        if number % 10 == 3 and self.seen[number] == 1:
            return self.FAULTS[number // 10 % len(self.FAULTS)]
        body = page(number, self.figures.get(number, 1))
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if request.headers.get("if-none-match") == tag:
            return Reply(b"", 304, {"ETag": tag})
        return Reply(body, headers={"ETag": tag})


def test_every_document_arrives_once_though_a_tenth_fail_at_first(site: Site, fetch: Fetch) -> None:
    archive = Archive(site)
    listing = source(site, "listing", "/list", documents={"include": r"/d/\d+$"}, pace={"delay_seconds": 0.002})
    first = fetch(listing)
    documents = only(first, "document")
    assert {d.origin: d.content for d in documents} == {f"{site.root}/d/{n}": page(n) for n in range(DOCUMENTS)}
    assert len(documents) == DOCUMENTS and len(only(first, "retried")) == DOCUMENTS // 10
    assert site.most_at_once == 1 and min(b.at - a.at for a, b in pairwise(site.requests)) >= 0.002

    site.requests.clear()
    archive.figures[17] = 5
    second = fetch(listing, known=remembered(first))
    assert Counter(outcomes(second).values()) == {"not_modified": DOCUMENTS - 1, "document": 1}
    assert [d.content for d in only(second, "document")] == [page(17, 5)]


def test_without_validators_the_same_bytes_are_unchanged(site: Site, fetch: Fetch) -> None:
    site.page("/list", '<a href="/d/1">one</a>')
    site.page("/d/1", page(1))
    listing = source(site, "listing", "/list")
    assert outcomes(fetch(listing, known=remembered(fetch(listing)))) == {"d/1": "unchanged"}


def test_a_night_of_refusals_fails_and_says_why(site: Site, fetch: Fetch) -> None:
    Archive(site)
    listing = source(site, "listing", "/list")
    known = remembered(fetch(listing))
    for path in site.pages:
        site.page(path, b"Forbidden", status=403)
    events = fetch(listing, known=known)
    assert isinstance(events[-1], SourceFailed) and "403 Forbidden" in events[-1].reason
    assert outcomes(events) == {"list": "failed"}
    assert only(events, "failed")[0].content == b"Forbidden"


def test_a_host_that_refuses_every_document_is_left_alone(site: Site, fetch: Fetch) -> None:
    Archive(site)
    for number in range(DOCUMENTS):
        site.page(f"/d/{number}", b"Forbidden", status=403)
    events = fetch(source(site, "listing", "/list", limits={"failures_in_a_row": 10}))
    assert isinstance(events[-1], SourceFailed) and "403 Forbidden" in events[-1].reason
    assert 10 <= len(only(events, "failed")) <= 15  # those that were under way are told too
    assert len([r for r in site.requests if r.path.startswith("/d/")]) <= 15


def test_documents_that_failed_before_do_not_hold_up_new_ones(site: Site, fetch: Fetch) -> None:
    Archive(site)
    for number in range(30):
        site.page(f"/d/{number}", b"Forbidden", status=403)
    listing = source(site, "listing", "/list", limits={"failures_in_a_row": 30}, documents={"include": r"/d/\d+$"})
    known = {f"{site.root}/d/{number}": Held(has_failed=True) for number in range(30)}
    events = fetch(listing, known=known)
    assert Counter(outcomes(events).values()) == {"document": DOCUMENTS - 30, "failed": 30}
    first_failure = next(i for i, r in enumerate(site.requests) if r.path in {f"/d/{n}" for n in range(30)})
    assert first_failure > DOCUMENTS - 30


def test_what_is_gone_is_told_once_and_not_asked_again(site: Site, fetch: Fetch) -> None:
    site.page("/list", '<a href="/d/1">one</a> <a href="/d/2">two</a>')
    site.page("/d/2", b"gone", status=410)
    listing = source(site, "listing", "/list")
    first = fetch(listing)
    assert outcomes(first) == {"d/1": "gone", "d/2": "gone"} and all(f.is_quarantined for f in only(first, "gone"))
    site.requests.clear()
    assert outcomes(fetch(listing, known=remembered(first))) == {}
    assert not site.asked("/d/1") and not site.asked("/d/2")
    assert outcomes(fetch(listing, known=remembered(first), wanted=Wanted(is_forced=True))) == {"d/1": "gone", "d/2": "gone"}


def test_what_an_interrupted_run_has_fetched_is_not_asked_again(site: Site, fetch: Fetch) -> None:
    site.page("/list", '<a href="/d/1">one</a> <a href="/d/2">two</a>')
    site.page("/d/2", page(2))
    listing = source(site, "listing", "/list")
    known = {f"{site.root}/d/1": Held("0" * 64, is_fresh=True)}
    assert outcomes(fetch(listing, known=known)) == {"d/1": "held", "d/2": "document"}
    assert not site.asked("/d/1")


def test_old_documents_are_not_asked_again_where_the_source_says_so(site: Site, fetch: Fetch) -> None:
    days = ("2026-11-20", "2026-01-20")
    site.page("/list", "".join(f'<p><a href="/d/{n}">x</a><time datetime="{d}"></time></p>' for n, d in enumerate(days, 1)))
    for n in (1, 2):
        site.page(f"/d/{n}", page(n))
    listing = source(site, "listing", "/list", documents={"revisit_days": 30})
    first = fetch(listing)
    assert outcomes(first) == {"d/1": "document", "d/2": "document"}
    assert outcomes(fetch(listing, known=remembered(first))) == {"d/1": "unchanged"}


def test_a_login_wall_and_a_home_page_are_no_documents(site: Site, fetch: Fetch) -> None:
    site.page("/list", "".join(f'<a href="/d/{n}">x</a>' for n in range(6)))
    site.page("/d/0", status=302, headers={"Location": "/login?next=/d/0"})
    site.page("/login?next=/d/0", "<html><title>Welcome</title></html>")
    site.page("/d/1", "<html><head><title>Please log in | Office</title></head><form><input type='password'></form></html>")
    site.page("/d/2", status=301, headers={"Location": "/"})
    site.page("/", "<html><title>Home</title></html>")
    site.page("/d/3", f'<html><head><link rel="canonical" href="{site.root}/"></head><body>News</body></html>')
    site.page("/d/4", b"")
    body = page(5).replace(b"</title>", b'</title><link rel="canonical" href="https://x.org/d/5"><input type=password>')
    site.page("/d/5", body + b"We log in every sitting.")
    events = fetch(source(site, "listing", "/list"))
    assert outcomes(events) == {f"d/{n}": "failed" for n in range(5)} | {"d/5": "document"}
    reasons = [f.reason or "" for f in sorted(only(events, "failed"), key=lambda f: f.origin)]
    assert [r.partition(" with")[0] for r in reasons] == ["a login wall"] * 2 + ["a home page"] * 2 + ["an empty answer"]


@pytest.mark.parametrize(
    ("title", "outcome"),
    [
        *((title, "failed") for title in ("503 Service Unavailable", "Error 404", "404: Not Found", "Access Denied")),
        *((title, "failed") for title in ("Just a moment...", "Attention Required! | Cloudflare", "502 Bad Gateway")),
        *((title, "document") for title in ("Conflict", "Gone", "500 schools not found", "On forbidden zones", "404", "Error")),
    ],
)
def test_an_error_with_status_200_is_no_document(site: Site, fetch: Fetch, title: str, outcome: str) -> None:
    """A guard's page kept as a version of a sitting would look like words that the publisher took back."""
    site.page("/list", '<a href="/d/1">one</a>')
    site.page("/d/1", f"<html><head><title>\n {title} </title></head><body><h1>{title}</h1><p>Try again later.</p></body></html>")
    assert outcomes(fetch(source(site, "listing", "/list"))) == {"d/1": outcome}


def test_a_page_that_says_it_is_not_free_is_a_preview(site: Site, fetch: Fetch) -> None:
    site.page("/list", '<a href="/d/1">one</a>')
    site.page("/d/1", '<html><script type="application/ld+json">{"isAccessibleForFree": false}</script>Subscribe</html>')
    assert outcomes(fetch(source(site, "listing", "/list"))) == {"d/1": "preview"}


def test_two_addresses_that_lead_to_one_page_give_one_document(site: Site, fetch: Fetch) -> None:
    site.page("/list", '<a href="/d/old">one</a> <a href="/d/new">two</a> <a href="/d/a">three</a> <a href="/d/b">four</a>')
    site.page("/d/old", status=301, headers={"Location": "/d/new"})
    site.page("/d/a", status=301, headers={"Location": "/d/c"})
    site.page("/d/b", status=301, headers={"Location": "/d/c"})
    site.page("/d/new", page(1))
    site.page("/d/c", page(2))
    events = fetch(source(site, "listing", "/list"))
    assert sorted(f.url or "" for f in only(events, "document")) == [f"{site.root}/d/c", f"{site.root}/d/new"]
    assert outcomes(events)["d/old"] == "duplicate" and len(only(events, "duplicate")) == 2


def test_an_index_behind_a_login_wall_is_not_an_empty_index(site: Site, fetch: Fetch) -> None:
    site.page("/list", "<html><title>Sign in</title><input type=password></html>")
    failed = fetch(source(site, "listing", "/list"))[-1]
    assert isinstance(failed, SourceFailed) and "login wall" in failed.reason


def test_a_source_that_fails_does_not_stop_the_others(site: Site, other_site: Site, fetch: Fetch) -> None:
    site.page("/list", '<a href="/d/1">one</a>')
    site.page("/d/1", page(1))
    events = fetch(source(site, "listing", "/list", name="good"), source(other_site, "feed", "/", name="bad"), also=(other_site,))
    ended = {e.source: type(e) for e in events if isinstance(e, SourceRead | SourceFailed)}
    assert ended == {"good": SourceRead, "bad": SourceFailed}
    assert outcomes(events)["d/1"] == "document"


def test_a_page_of_an_index_that_could_not_be_read_is_asked_for_again_by_the_next_month(site: Site, fetch: Fetch) -> None:
    pages: Pages = {}
    listed = source(site, "listing", "/list", limits={"tries": 1})
    wanted = Wanted(since=dt.date(2026, 1, 1), pages=pages)
    assert isinstance(fetch(listed, wanted=wanted)[-1], SourceFailed) and not pages
    site.page("/list", '<a href="/d/1">one</a><a rel="next" href="/older">older</a>')
    site.page("/d/1", page(1))
    site.page("/d/2", page(2))
    assert list(outcomes(fetch(listed, wanted=wanted))) == ["older", "d/1"]
    site.page("/older", '<a href="/d/2">two</a>')
    for _ in range(2):
        events = fetch(listed, wanted=wanted)
        assert list(outcomes(events)) == ["d/1", "d/2"]
        assert events[-1] == SourceRead("test", 2, (None, None))
    assert (len(site.asked("/list")), len(site.asked("/older"))) == (2, 2)


def test_a_source_out_of_reach_in_a_later_month_fails_though_its_index_is_kept(site: Site, fetch: Fetch) -> None:
    """Else a month of which nothing came would pass for one that was read."""
    listed, wanted = source(site, "listing", "/list"), Wanted(pages={})
    site.page("/list", '<a href="/d/1">one</a>')
    site.page("/d/1", b"Forbidden", status=403)
    for asked in (1, 2):  # the second time to see whether the index still stands: it does, and only the document fails
        assert isinstance(fetch(listed, wanted=wanted)[-1], SourceRead) and len(site.asked("/list")) == asked
    site.page("/list", b"Forbidden", status=403)
    events = fetch(listed, wanted=wanted)
    assert isinstance(events[-1], SourceFailed) and "its index" in events[-1].reason and outcomes(events)["d/1"] == "failed"
    site.page("/all.zip", b"broken", status=500)
    alone = fetch(source(site, "archive", "/all.zip", limits={"tries": 1}), wanted=wanted)  # its own index: never kept
    assert isinstance(alone[-1], SourceRead) and outcomes(alone) == {"all.zip": "failed"}


def test_of_a_boundless_index_a_bounded_part_is_kept(site: Site, fetch: Fetch, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a calendar that links to the next month for ever would fill the memory between the months of a backfill."""
    monkeypatch.setattr("flows.fetch.fetch.MOST_KEPT", 5)
    for n in range(6):
        site.page(f"/list/{n}", f'<a href="/d/{n}">one</a>' + (f'<a rel="next" href="/list/{n + 1}">older</a>' if n < 5 else ""))
        site.page(f"/d/{n}", page(n))
    pages: Pages = {}
    for _ in range(2):
        events = fetch(source(site, "listing", "/list/0"), wanted=Wanted(pages=pages))
        assert len(outcomes(events)) == 6 and len(pages) == 2
    assert [len(site.asked(f"/list/{n}")) for n in range(6)] == [1, 1, 2, 2, 2, 2]


NO_ADDRESSES = ("http://[crosstalk]/d/1", "http://[/d/2", "http://x\u2100y/d/3", "http://x:port/d/4", "http://x/\ud800/d/5")


@pytest.mark.parametrize("kind", ["feed", "json", "sitemap", "listing", "substack"])
def test_what_is_no_address_costs_its_own_row_and_not_the_night(site: Site, fetch: Fetch, kind: str) -> None:
    """In an index, as its next page, in a Link header, as the address that a page gives itself."""
    listed = [*NO_ADDRESSES, site.page("/d/9", page(9).replace(b"</title>", b'</title><link rel=canonical href="http://[x/">'))]
    told = [address.encode("utf-8", "replace").decode() for address in listed]
    links = "".join(f'<a href="{address}">x</a>' for address in told) + '<a rel="next" href="http://[next/">next</a>'
    items = "".join(f"<item><link>{address}</link></item>" for address in told)
    posts = [{"canonical_url": address, "post_date": "2026-01-01"} for address in listed]
    index = {
        "feed": f"<rss version='2.0'><channel>{items}</channel></rss>",
        "json": json.dumps({"version": "https://jsonfeed.org/version/1", "items": [{"url": a} for a in listed], "next_url": "//["}),
        "sitemap": "\n".join(told),
        "listing": f"<html>{links}</html>",
        "substack": json.dumps(posts),
    }[kind]
    root = "/api/v1/archive?sort=new&offset={}&limit=" if kind == "substack" else "/index"
    paths = [f"{root.format(n)}{indexes.SUBSTACK_PAGE}" for n in (0, 6)] if kind == "substack" else [root]
    for path, body in zip(paths, (index, "[]"), strict=False):
        site.page(path, body, headers={"Link": '<http://[crosstalk]/>; rel="next"'})
    events = fetch(source(site, "feed" if kind == "json" else kind, "/" if kind == "substack" else "/index"))
    assert [event.reason for event in events if isinstance(event, SourceFailed)] == []
    assert [found.origin for found in only(events, "document")] == [site.root + "/d/9"]
    assert len(only(events, "refused")) + len(only(events, "failed")) >= 3


def test_an_error_that_nobody_foresaw_ends_its_source_and_no_other(
    site: Site, other_site: Site, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in (site, other_site):
        one.page("/list", '<a href="/d/1">x</a>')
        one.page("/d/1", page(1))
    read = indexes.read

    def broken(told: SourceFile, *arguments: str) -> indexes.Page:
        return read(told, *arguments) if told.name == "b" else 1 / 0  # type: ignore[return-value, arg-type]

    monkeypatch.setattr(indexes, "read", broken)
    events = fetch(source(site, "listing", "/list", name="a"), source(other_site, "listing", "/list", name="b"), also=(other_site,))
    (failed,) = [event for event in events if isinstance(event, SourceFailed)]
    assert failed.source == "a" and "ZeroDivisionError" in failed.reason
    assert [found.source for found in only(events, "document")] == ["b"]


def test_a_forbidden_source_is_never_asked(site: Site, fetch: Fetch) -> None:
    failed = fetch(source(site, "listing", "/list", forbidden="its terms say no"))[-1]
    assert isinstance(failed, SourceFailed) and "its terms say no" in failed.reason
    assert site.requests == []


def test_a_document_that_an_index_puts_at_a_private_address_is_refused(site: Site, other_site: Site, fetch: Fetch) -> None:
    site.page("/list", f'<a href="{other_site.root}/d/1">x</a> <a href="file:///d/2">y</a> <a href="/d/3">z</a>')
    site.page("/d/3", page(3))
    events = fetch(source(site, "listing", "/list"))
    assert sorted(outcomes(events).values()) == ["document", "refused", "refused"]
    assert other_site.requests == []


def test_the_day_in_an_address_is_enough_for_since(site: Site, fetch: Fetch) -> None:
    names = ["debates2025-03-12a.xml", "debates2025-03-13a.xml", "debates2025-03-14a.xml"]
    site.page("/pwdata/", "".join(f'<a href="{name}">{name}</a>' for name in names))
    for name in names:
        site.page(f"/pwdata/{name}", b"<publicwhip/>")
    hansard = source(site, "listing", "/pwdata/", documents={"include": r"\.xml$", "day": r"debates(\d{4}-\d\d-\d\d)"})
    events = fetch(hansard, wanted=Wanted(dt.date(2025, 3, 13), dt.date(2025, 3, 13)))
    assert outcomes(events) == {"pwdata/debates2025-03-13a.xml": "document"}
    assert only(events, "document")[0].published_on is None  # an address is no statement of publication


def test_an_address_may_be_asked_for_as_another(site: Site, fetch: Fetch) -> None:
    site.page("/list", '<a href="/app/details/CREC-2025-03-13">13 March</a>')
    site.page("/content/CREC-2025-03-13.zip", b"PK")
    rewritten = {"include": r"/app/details/(CREC-\d{4}-\d\d-\d\d)$", "fetch_as": site.root + r"/content/\1.zip"}
    assert outcomes(fetch(source(site, "listing", "/list", documents=rewritten))) == {"content/CREC-2025-03-13.zip": "document"}


def test_a_run_may_take_a_share_of_what_is_new(site: Site, fetch: Fetch) -> None:
    Archive(site)
    listing = source(site, "listing", "/list", documents={"include": r"/d/\d+$", "per_run": 5})
    first = fetch(listing)
    assert len(only(first, "document")) == 5
    second = fetch(listing, known=remembered(first))
    assert {f.origin for f in only(second, "document")}.isdisjoint(f.origin for f in only(first, "document"))


def test_stopping_early_stops_asking(site: Site) -> None:
    Archive(site)
    listing = source(site, "listing", "/list", pace={"delay_seconds": 0.01})
    events = fetch_sources([listing], Wanted(), {}, settings(site), lambda: NOW)
    for event in events:
        if isinstance(event, Fetched) and event.outcome == "document":
            break
    events.close()  # type: ignore[attr-defined]
    asked = len(site.requests)
    assert asked < DOCUMENTS / 2
    with pytest.raises(StopIteration):
        next(events)
    assert len(site.requests) == asked


def test_an_archive_is_one_file(site: Site, fetch: Fetch) -> None:
    site.page("/parla.zip", b"PK bytes")
    archive = SourceFile.model_validate({"name": "a", "index": {"kind": "archive", "url": f"{site.root}/parla.zip"}})
    (document,) = only(fetch(archive), "document")
    assert (document.origin, document.content) == (f"{site.root}/parla.zip", b"PK bytes")


def test_sources_that_share_a_host_keep_to_the_gentler_pace(site: Site, fetch: Fetch) -> None:
    site.page("/one", "".join(f'<a href="/d/{n}">x</a>' for n in range(3)))
    site.page("/two", "".join(f'<a href="/e/{n}">x</a>' for n in range(3)))
    for n in range(3):
        site.page(f"/d/{n}", page(n))
        site.page(f"/e/{n}", page(n))
    gentle = source(site, "listing", "/one", name="gentle", pace={"delay_seconds": 0.1})
    hasty = source(site, "listing", "/two", name="hasty", documents={"include": "/e/"}, pace={"concurrency": 8})
    events = fetch(gentle, hasty)
    assert len(only(events, "document")) == 6
    later = [r for r in site.requests if r.at > site.asked("/one")[0].at]
    assert min(b.at - a.at for a, b in pairwise(later)) >= 0.099


def test_304_without_anything_held_is_no_document(site: Site, fetch: Fetch) -> None:
    site.page("/list", '<a href="/d/1">one</a>')
    site.page("/d/1", status=304)
    assert outcomes(fetch(source(site, "listing", "/list"))) == {"d/1": "failed"}
