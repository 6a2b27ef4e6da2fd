"""What was fetched can be handed on as WARC and read back byte for byte."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from flows.fetch.fetch import Wanted, fetch_sources
from flows.fetch.warc import Archive
from tests.fetch.conftest import NOW, settings, source
from tests.fetch.site import Site


def test_every_answer_is_in_the_archive_with_its_decoded_body(site: Site, tmp_path: Path) -> None:
    page = b"<p>MS. ROE: We shipped 11 tonnes.</p>"
    site.page("/list", '<a href="/d/1">one</a> <a href="/d/2">two</a> <a href="/d/3">three</a>')
    site.page("/d/1", gzip.compress(page), headers={"Content-Encoding": "gzip"})
    site.page("/d/2", status=302, headers={"Location": "/d/1?moved"})
    site.page("/d/1?moved", b"moved")
    site.page("/d/3", b"half", declared=50)
    listing = source(site, "listing", "/list", limits={"tries": 1})
    path = tmp_path / "night.warc.gz"
    with Archive(path) as archive:
        for _ in archive.tee(fetch_sources([listing], Wanted(), {}, settings(site), lambda: NOW)):
            pass
    answers, requests = {}, []
    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            uri = (record.rec_headers.get_header("WARC-Target-URI") or "").removeprefix(site.root)
            if record.rec_type == "response":
                status = record.http_headers.get_statuscode()
                cut = record.rec_headers.get_header("WARC-Truncated")
                answers[uri] = (status, record.content_stream().read(), cut)
                assert record.rec_headers.get_header("WARC-Date") == "2026-11-23T04:30:00Z"
            elif record.rec_type == "request":
                requests.append(uri)
    assert answers.pop("/list")[0] == "200"
    assert answers == {
        "/robots.txt": ("404", b"no such page", None),
        "/d/1": ("200", page, None),
        "/d/2": ("302", b"", None),
        "/d/1?moved": ("200", b"moved", None),
        "/d/3": ("200", b"half", "disconnect"),
    }
    assert sorted(requests) == sorted([*answers, "/list"])
    with pytest.raises(FileExistsError):
        Archive(path)
