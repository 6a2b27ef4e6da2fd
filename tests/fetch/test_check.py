"""Trying a source shows what would be got, asks for little, and says what is wrong."""

from __future__ import annotations

from pathlib import Path

from flows.fetch.check import check_source
from flows.fetch.source import SourceFile
from tests.fetch.conftest import NOW, settings, source
from tests.fetch.site import Site


def test_a_few_documents_of_a_good_source_are_shown(site: Site) -> None:
    site.page("/list", "".join(f'<a href="/d/{n}">Sitting {n}</a>' for n in range(20)))
    for n in range(20):
        site.page(f"/d/{n}", b"<p>MS. ROE: Yes.</p>")
    check = check_source(source(site, "listing", "/list"), settings(site), lambda: NOW)
    assert check.is_good and check.named == 20
    assert sorted((one.outcome, one.title) for one in check.tried) == [("document", f"Sitting {n}") for n in range(3)]
    assert [one.outcome for one in check.trail] == ["robots", "index"]
    assert len(site.requests) == 5


def test_what_is_wrong_with_a_source_is_told(site: Site) -> None:
    site.page("/list", '<a href="/d/1">one</a>')
    check = check_source(source(site, "listing", "/list"), settings(site), lambda: NOW)
    assert check.problems == [f"{site.root}/d/1: status 404 Not Found"]
    misread = check_source(source(site, "listing", "/list", documents={"include": "/sittings/"}), settings(site), lambda: NOW)
    assert misread.problems == ["the index names no document that documents.include takes"]
    assert "no feed" in check_source(source(site, "feed", "/list"), settings(site), lambda: NOW).problems[0]


def test_a_folder_is_tried_too(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("MS. ROE: Yes.")
    folder = SourceFile.model_validate({"name": "s", "index": {"kind": "folder", "path": str(tmp_path)}})
    check = check_source(folder, settings(), lambda: NOW)
    assert check.is_good and [file.origin for file in check.files] == ["a.md"]
