"""Nights from the servers to the published database: nothing lost, nothing twice, nothing asked for that is held."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import io
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner, Result
from warcio.archiveiterator import ArchiveIterator

from flows.cli import app
from flows.deployments import batches_of
from flows.fetch.source import load_sources
from flows.nightly import indexes_read_once
from tests.fetch.office import Office, sitting
from tests.fetch.office import describe as source_file
from tests.fetch.site import Reply, Request, running_site

Night = Callable[..., Result]

@pytest.fixture
def office() -> Iterator[Office]:
    with running_site() as site:
        yield Office(site)


@pytest.fixture
def describe(tmp_path: Path, office: Office) -> Callable[..., None]:
    """Writes a source's file."""

    def describe(name: str, kind: str, path: str, include: str = "/d/", more: str = "") -> None:
        source_file(tmp_path / "sources", office.site, name, kind, path, include, more)

    return describe


@pytest.fixture
def night(tmp_path: Path, office: Office, monkeypatch: pytest.MonkeyPatch) -> Night:
    """`onrecord run` over the named sources, into the test's warehouse; the site's record of requests begins anew."""
    monkeypatch.setenv("ONRECORD_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("ONRECORD_ALLOW_HOSTS", office.site.host)
    monkeypatch.delenv("PREFECT_API_URL", raising=False)

    def night(*sources: str, options: tuple[str, ...] = ()) -> Result:
        office.site.requests.clear()
        named = [part for name in sources for part in ("--source", name)]
        return CliRunner().invoke(app, ["run", *named, "--warehouse", str(tmp_path / "warehouse"), *options])

    return night


@pytest.fixture
def ask(tmp_path: Path) -> Callable[..., list[tuple[Any, ...]]]:
    """Asks the published database."""

    def ask(query: str, *arguments: Any) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(tmp_path / "warehouse" / "onrecord.duckdb"), read_only=True) as connection:
            return connection.execute(query, list(arguments)).fetchall()

    return ask


@pytest.fixture
def noted(tmp_path: Path) -> Callable[..., list[tuple[Any, ...]]]:
    """Asks the ledger beside the database."""

    def noted(query: str) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(tmp_path / "warehouse" / "ledger.sqlite")
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    return noted


def ended(result: Result, code: int = 0) -> str:
    """What the run said; it must have ended with that code, and not by an error that nobody foresaw."""
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    assert result.exit_code == code, result.output
    return result.output


FAULTS = (
    Reply(b"busy", 503, {"Retry-After": "0"}),
    Reply(b"", declared=50, is_reset=True),
    Reply(b"<html><title>Press", declared=500),
    Reply(gzip.compress(b"\0" * 60_000_000), headers={"Content-Encoding": "gzip"}),
    Reply(b"", 302, {"Location": "http://169.254.169.254/latest/meta-data"}),
    Reply(b"", 302, {"Location": "file:///etc/passwd"}),
)


def test_nights_with_faults(office: Office, describe: Any, night: Night, ask: Any, noted: Any, tmp_path: Path) -> None:
    """Of sixty pages ten fail in some way: all stand there in the end, once, and the nights after ask for what changed."""
    listed, fed, mapped = list(range(40)), list(range(40, 50)), list(range(50, 60))
    office.listing("/list", listed[:20], "/list?page=2")
    office.listing("/list?page=2", listed[20:])
    office.feed("/feed", {n: f"{n - 38:02d} Mar 2026 10:00:00 GMT" for n in fed})
    office.sitemap("/sitemap.xml", mapped)
    paths = {n: f"/{'d' if n < 40 else 'f' if n < 50 else 's'}/{n}" for n in range(60)}
    for n, path in paths.items():
        office.put(path, sitting(n, day="2025-05-05" if n >= 40 else ""))
    for n, fault in zip((3, 13, 23, 33, 43, 53), FAULTS, strict=True):
        office.once[paths[n]] = fault
    office.always[paths[8]] = Reply(b"broken", 500)
    office.always[paths[18]] = Reply(b"gone", 410)
    office.always[paths[28]] = Reply(b"no such page", 404)
    office.site.page("/robots.txt", f"User-agent: *\nDisallow: {paths[38]}\n")
    describe("listed", "listing", "/list", r"/d/\d+$")
    describe("fed", "feed", "/feed", "/f/")
    describe("mapped", "sitemap", "/sitemap.xml", "/s/")
    sources = ("listed", "fed", "mapped")
    database = tmp_path / "warehouse" / "onrecord.duckdb"

    output = ended(night(*sources))
    late = {8, 18, 28, 33, 38, 43, 53}  # a bomb and a forbidden redirect are not tried again in the same night
    held = {origin for (origin,) in ask("select origin from documents")}
    assert held == {office.site.root + paths[n] for n in paths if n not in late}
    assert f"{60 - len(late)} new" in output and f"{len(late)} quarantined" in output
    reasons = dict(ask("select origin, reason from quarantine where stage = 'fetch'"))
    told = {n: reasons[office.site.root + paths[n]] for n in late}
    assert len(reasons) == len(late)
    for n, word in {8: "500", 18: "410", 28: "404", 33: "large", 38: "robots.txt", 43: "169.254.169.254", 53: "file:"}.items():
        assert word in told[n], told
    assert not ask("select * from fetches where status is not null and (origin like '%169.254%' or origin like 'file:%')")

    # what the table of fetches, the sources and the documents say
    assert ask("select count(*) from fetches where outcome like 'retried%'") == [(4,)]  # three faults that pass, one that stays
    (row,) = ask("select status, bytes, content_sha256, outcome from fetches where origin = ?", office.site.root + paths[1])
    body = office.bodies[paths[1]]
    assert row == (200, len(body), hashlib.sha256(body).hexdigest(), "document")
    assert ask("select name, documents, licence, title from sources where name in ('fed', 'listed') order by 1") == [
        ("fed", 9, "CC-BY-4.0", "Harbour office, fed"),
        ("listed", 35, "CC-BY-4.0", "Harbour office, listed"),
    ]
    (document,) = ask("select url, licence, published_on::varchar from documents where origin = ?", office.site.root + paths[45])
    assert document == (office.site.root + paths[45], "CC-BY-4.0", "2026-03-07")  # the index's day, not the page's
    (proof,) = ask(
        "select proof_url from claims inner join documents using (document_id) where documents.url = ? limit 1", document[0]
    )
    assert proof[0].startswith(document[0] + "#:~:text=")
    assert ask("select distinct published_on::varchar from documents where source = 'mapped'") == [("2025-05-05",)]  # never lastmod

    # the second night: what failed comes, what is gone and what is held does not
    del office.always[paths[8]]
    ended(night(*sources))
    arrived = {n for n in paths if (office.site.root + paths[n],) in ask("select origin from documents")}
    assert set(paths) - arrived == {18, 28, 38}
    assert ask("select count(*), count(distinct document_id), count(distinct origin) from documents") == [(57, 57, 57)]
    assert not {paths[18], paths[28], paths[38]} & set(office.asked())
    statuses = noted("select status from fetches where run_id = (select max(run_id) from fetches) and outcome = 'not_modified'")
    assert Counter(statuses) == {(304,): 53}
    assert {o for (o,) in ask("select origin from quarantine")} == {office.site.root + paths[n] for n in (18, 28, 38)}

    # the third: nothing is new, and the file is the same to the byte
    before = database.read_bytes()
    assert "nothing new" in ended(night(*sources))
    assert database.read_bytes() == before
    assert Counter(office.asked("/d/"))[paths[1]] == 1

    # a figure is altered in one page, furniture and comments in two others
    turns = "select turn_id from turns where document_id = (select document_id from documents where origin = ?) order by turn_index"
    was = [t for (t,) in ask(turns, office.site.root + paths[5])]
    office.put(paths[5], sitting(5, figure=999))
    office.put(paths[6], sitting(6, related="Quite another link", comments="Two"))
    office.put(paths[7], sitting(7, comments="Three, with 12,000 tonnes,"))
    output = ended(night(*sources))
    assert "0 new, 1 changed" in output
    revisions = ask(
        "select change, value_before, value_after, from_version, to_version, quote_before, quote_after from claim_revisions"
    )
    ((*revision, before_quote, after_quote),) = revisions
    assert revision == ["altered", 105, 999, 1, 2]
    assert "105 tonnes" in before_quote and "999 tonnes" in after_quote
    assert ask("select origin from documents where version > 1") == [(office.site.root + paths[5],)]
    now = [t for (t,) in ask(turns, office.site.root + paths[5])]
    assert len(was) == len(now) == 3 and [a == b for a, b in zip(was, now, strict=True)] == [False, True, True]
    assert ask("select new_id from redirects where old_id = ?", was[0]) == [(now[0],)]

    # a page that goes back to its first words is a version more
    office.put(paths[5], sitting(5))
    assert "0 new, 1 changed" in ended(night(*sources))
    assert ask("select version from documents where origin = ?", office.site.root + paths[5]) == [(3,)]
    assert ask("select value_before, value_after from claim_revisions order by to_version") == [(105, 999), (999, 105)]
    assert [t for (t,) in ask(turns, office.site.root + paths[5])] == was

    # a night of only 403s: all is kept, and the run says why
    before = database.read_bytes()
    for path in [*office.bodies, "/robots.txt"]:
        office.site.page(path, b"Forbidden", status=403)
    output = ended(night(*sources), code=1)
    assert "403" in output and database.read_bytes() == before
    assert noted("select status from runs order by started_at desc limit 1") == [("failed",)]


def test_a_source_that_fails_does_not_stop_the_other_and_what_came_is_dated_by_its_index(
    office: Office, describe: Any, night: Night, ask: Any, noted: Any
) -> None:
    """Days asked for are the index's, else the page's; what lay outside them comes with a later run over other days."""
    office.feed("/feed", {1: "01 Mar 2026 10:00:00 GMT", 2: "05 Mar 2026 23:30:00 GMT", 3: "09 Mar 2026 10:00:00 GMT"})
    office.listing("/list", [4, 5, 6])
    for n in (1, 2, 3):
        office.put(f"/f/{n}", sitting(n, day="2024-01-01"))
    for n, day in {4: "2026-03-01", 5: "2026-03-05", 6: "2026-03-09"}.items():
        office.put(f"/d/{n}", sitting(n, day=day))
    describe("fed", "feed", "/feed", "/f/")
    describe("listed", "listing", "/list")
    describe("broken", "listing", "/nothing")
    output = ended(night("fed", "listed", "broken", options=("--since", "2026-03-05", "--until", "2026-03-05")))
    assert "source broken failed" in output and "404" in output
    assert {o.rpartition("/")[2] for (o,) in ask("select origin from documents")} == {"2", "5"}
    assert ask("select distinct published_on::varchar from documents") == [("2026-03-05",)]
    assert not office.asked("/f/1") and not office.asked("/f/3")
    assert ("source:broken",) in ask("select origin from quarantine")

    output = ended(night("fed", "listed"))
    assert {o.rpartition("/")[2] for (o,) in ask("select origin from documents")} == set("123456")
    assert "4 new" in output
    assert "nothing new" in ended(night("fed", "listed"))
    output = ended(night("listed", options=("--force",)))
    assert "0 new, 0 changed" in output and "3 recomputed" in output


def test_a_backfill_reads_an_index_once_and_publishes_each_month(
    office: Office, describe: Any, night: Night, ask: Any, noted: Any
) -> None:
    """At 15 s a page, a long listing read again for each month would keep a backfill of years from ever ending."""
    days = {6: "2026-04-01", 5: "2026-03-31", 4: "2026-03-01", 3: "2026-02-14", 2: "2026-01-31", 1: "2026-01-01", 0: "2025-12-31"}
    pages = ["/list", *(f"/list?page={n}" for n in range(2, 9))]
    for (n, day), path, following in zip(days.items(), pages, pages[1:], strict=False):
        more = f'<a rel="next" href="{following}">older</a>'
        office.put(path, f'<ul><li><a href="/d/{n}">Press conference</a> <time datetime="{day}">{day}</time></li></ul>{more}')
        office.put(f"/d/{n}", sitting(n))
    describe("listed", "listing", "/list")
    asked: Counter[str] = Counter()

    def backfill() -> list[set[int]]:
        """Carries out the batches as the flow does; tells what was published after each."""
        stood = []
        asked.clear()
        with indexes_read_once():
            for batch in batches_of(["listed"], dt.date(2026, 1, 1), dt.date(2026, 3, 31), load_sources()):
                ended(night(*batch.sources, options=("--since", str(batch.since), "--until", str(batch.until))))
                asked.update(office.asked())
                stood.append({int(origin.rpartition("/")[2]) for (origin,) in ask("select origin from documents")})
        return stood

    assert backfill() == [{1, 2}, {1, 2, 3}, {1, 2, 3, 4, 5}]
    assert asked == dict.fromkeys((*pages[:7], *(f"/d/{n}" for n in range(1, 6))), 1) | {"/robots.txt": 3}
    # each row of the table of fetches is an answer that came in that run, and in no other
    counts = "count(*), count(distinct origin), count(distinct run_id)"
    assert noted(f"select {counts} from fetches where outcome like 'index%'") == [(7, 7, 1)]

    # started again it reads the index anew, takes in what is named by now, and nothing twice
    office.put("/d/7", sitting(7))
    first = office.bodies["/list"].decode()
    office.put("/list", first.replace("</ul>", '<li><a href="/d/7">Late</a> <time>2026-03-05</time></li></ul>'))
    assert backfill() == [{1, 2, 3, 4, 5}, {1, 2, 3, 4, 5}, {1, 2, 3, 4, 5, 7}] and asked["/list"] == 1
    assert ask("select count(*), max(version) from documents") == [(6, 1)]


def test_limits_of_a_source_stop_publication_only_where_its_file_says_so(
    office: Office, describe: Any, night: Night, ask: Any, noted: Any, tmp_path: Path
) -> None:
    office.feed("/feed", {n: f"{n:02d} Mar 2026 10:00:00 GMT" for n in (1, 2, 3)})
    for n in (1, 2, 3):
        office.put(f"/f/{n}", sitting(n))
    database = tmp_path / "warehouse" / "onrecord.duckdb"
    describe("fed", "feed", "/feed", "/f/", more="expect = {documents_per_week = [10, 20], fail = true}")
    output = ended(night("fed"), code=1)
    assert "3.0 documents a week" in output and "expected 10 to 20" in output and not database.exists()

    office.always["/f/2"] = Reply(b"Forbidden", 403)
    office.put("/f/3", sitting(3, figure=777))
    # what the stopped run received was not lost, and is not asked for again at once
    describe("fed", "feed", "/feed", "/f/", more="expect = {documents_per_week = [10, 20], quarantined_at_most = 0}")
    output = ended(night("fed"))
    assert "note: source fed: 3.0 documents a week" in output and not office.asked("/f/")
    assert ask("select count(*) from documents") == [(3,)]

    output = ended(night("fed"), code=1)
    assert "1 documents in quarantine, at most 0" in output
    assert ask("select max(version) from documents") == [(1,)]


def test_a_run_that_is_killed_goes_on_without_asking_again(
    office: Office, describe: Any, night: Night, ask: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came is in the ledger at once: the next run reads it, though its index has meanwhile forgotten one of the pages."""
    office.listing("/list", list(range(12)))
    for n in range(12):
        office.put(f"/d/{n}", sitting(n))
    describe("listed", "listing", "/list")

    def killed(request: Request) -> Reply:
        with sqlite3.connect(tmp_path / "warehouse" / "ledger.sqlite") as ledger:  # an answer under way is in no ledger yet
            for _ in range(600):
                if ledger.execute("select count(*) from fetches where origin like '%/d/%'").fetchone()[0] >= 9:
                    break
                time.sleep(0.05)
        os.kill(runner.pid, signal.SIGKILL)
        return Reply(b"", 503)

    office.site.pages["/d/9"] = killed
    command = [sys.executable, "-m", "flows.cli", "run", "--source", "listed", "--warehouse", str(tmp_path / "warehouse")]
    runner = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert runner.wait(60) == -signal.SIGKILL
    first = set(office.asked("/d/"))
    assert len(first) >= 8

    office.listing("/list", list(range(1, 12)))  # the first page is named no more
    office.put("/d/9", sitting(9))
    ended(night("listed"))
    assert {o.rpartition("/")[2] for (o,) in ask("select origin from documents")} == {str(n) for n in range(12)}
    assert ask("select count(*), count(distinct origin) from documents") == [(12, 12)]
    assert len(office.asked("/d/")) <= 12 - 5  # those under way when it was killed may be asked again, no other
    assert "/d/0" not in office.asked()


def test_previews_and_walls_are_no_documents_and_all_answers_can_be_archived(
    office: Office, describe: Any, night: Night, ask: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.listing("/list", [1, 2, 3])
    office.put("/d/1", sitting(1))
    paid = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    office.put("/d/2", sitting(2, head=paid))
    office.put("/d/3", "<html><head><title>Log in</title></head><form><input type='password'></form></html>")
    describe("listed", "listing", "/list")
    monkeypatch.setenv("ONRECORD_WARC", str(tmp_path / "warc"))
    ended(night("listed"))
    assert ask("select origin from documents") == [(office.site.root + "/d/1",)]
    reasons = {o.rpartition("/")[2]: r for o, r in ask("select origin, reason from quarantine")}
    assert "preview" in reasons["2"] and "login wall" in reasons["3"]

    (archive,) = (tmp_path / "warc").glob("*.warc.gz")
    assert set(in_archive(archive)) == {office.site.root + path for path in ("/robots.txt", "/list", "/d/1", "/d/2", "/d/3")}


def in_archive(archive: Path) -> dict[str, tuple[str, bytes]]:
    """Address -> status and body of the responses in a WARC, as warcio reads them."""
    with archive.open("rb") as file:
        return {
            record.rec_headers.get_header("WARC-Target-URI"): (record.http_headers.get_statuscode(), record.content_stream().read())
            for record in ArchiveIterator(file, check_digests="raise")
            if record.rec_type == "response"
        }


def test_what_was_fetched_can_be_exported_for_others_to_check(
    office: Office, describe: Any, night: Night, ask: Any, tmp_path: Path
) -> None:
    """An archive made of the kept bytes, of nights long past too: another reader, and ours on another machine, see the same."""
    office.listing("/list", [1, 2, 3])
    for n in (1, 2):
        office.put(f"/d/{n}", sitting(n))
    office.put("/moved", sitting(3))
    office.always["/d/3"] = Reply(b"", 302, {"Location": "/moved"})
    office.bodies["/d/3"] = b""
    office.site.pages["/d/3"] = office.site.pages["/d/1"]
    describe("listed", "listing", "/list")
    ended(night("listed"))
    office.put("/d/2", sitting(2, figure=777))
    ended(night("listed"))
    warehouse = ("--warehouse", str(tmp_path / "warehouse"))
    ended(CliRunner().invoke(app, ["export", str(tmp_path / "out"), "--warc", *warehouse]))
    archive = tmp_path / "out" / "fetches.warc.gz"
    kept = in_archive(archive)
    root = office.site.root
    assert kept[f"{root}/d/1"] == ("200", office.bodies["/d/1"]) and kept[f"{root}/d/2"] == ("200", office.bodies["/d/2"])
    assert kept[f"{root}/moved"] == ("200", office.bodies["/moved"]) and kept[f"{root}/d/3"][0] == "302"

    ended(CliRunner().invoke(app, ["run", str(archive), "--warehouse", str(tmp_path / "other")]))
    with duckdb.connect(str(tmp_path / "other" / "onrecord.duckdb"), read_only=True) as connection:
        theirs = connection.execute("select url, text, content_sha256 from documents where url like '%/d/%' order by 1").fetchall()
    ours = ask("select url, text, content_sha256 from documents where url like '%/d/%' order by 1")
    assert len(ours) == 2 and theirs == ours


def test_an_archive_that_a_killed_run_received_is_opened_by_the_next(
    office: Office, describe: Any, night: Night, ask: Any, noted: Any, tmp_path: Path
) -> None:
    """Its members are read though the server would only say that nothing has changed; then it is done, and not opened again."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for n in (1, 2):
            archive.writestr(f"sittings/{n}.html", sitting(n))
    office.put("/all.zip", packed.getvalue())
    describe("packed", "archive", "/all.zip", "all")
    ended(night("packed"))
    assert ask("select count(*) from documents") == [(2,)]
    database = tmp_path / "warehouse" / "onrecord.duckdb"
    ledger = sqlite3.connect(tmp_path / "warehouse" / "ledger.sqlite")
    with ledger:  # as a run leaves it that is killed when the archive has come, and before its members are noted
        ledger.execute("delete from inputs where origin not like '%.zip'")
        ledger.execute("update inputs set cleaner = null, documents = 0")
        ledger.execute("update runs set status = 'running', release_id = null")
    ledger.close()
    database.unlink()
    output = ended(night("packed"))
    assert "2 new" in output and ask("select count(*) from documents") == [(2,)]
    assert noted("select count(*) from inputs where cleaner is null") == [(0,)]
    assert noted("select documents from inputs where origin like '%.zip'") == [(2,)]
    assert "nothing new" in ended(night("packed"))
