"""A source is one file: what is shipped can be read, what is wrong is told with file, key and what to do."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from flows.fetch.source import SHIPPED, SourceError, SourceFile, load_source, load_sources
from flows.fetch.volume import volume

WHOLE = """
name = "example"
title = "Example"
homepage = "http://example.org/"
licence = "CC-BY-4.0"
language = "en"
[index]
kind = "listing"
url = "http://example.org/transcripts"
[documents]
include = "/transcripts/\\\\d+$"
[pace]
delay_seconds = 15.0
concurrency = 1
[expect]
documents_per_week = [1, 80]
fail = true
"""


def written(folder: Path, text: str, name: str = "example.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_the_file_of_the_contract_is_read(tmp_path: Path) -> None:
    source = load_source(written(tmp_path, WHOLE))
    assert (source.name, source.index.kind, source.pace.delay_seconds, source.pace.concurrency) == (
        "example",
        "listing",
        15.0,
        1,
    )
    assert source.documents.admits("http://example.org/transcripts/7") and not source.documents.admits("http://example.org/about")
    assert source.expect.documents_per_week == (1, 80) and source.expect.fail and source.enabled


def test_a_name_and_an_index_are_enough(tmp_path: Path) -> None:
    source = load_source(written(tmp_path, 'name = "a"\nindex = {kind = "feed", url = "https://example.org/feed"}'))
    assert source.documents.admits("https://example.org/anything")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('language = "en"', 'langauge = "en"'), "langauge: no such key"),
        (('name = "example"', 'name = "Example News"'), "name: is 'Example News', may hold a-z, 0-9 and - only"),
        (('kind = "listing"', 'kind = "list"'), "index.kind: is 'list', must be 'feed', 'sitemap'"),
        (('url = "http', 'url = "ftp'), "index.url: must be a web address"),
        (('url = "http://example.org/transcripts"', 'path = "x"'), 'index: kind = "listing" needs url and takes no path'),
        (('include = "', 'include = "('), "documents.include: is no regular expression"),
        (("include", "exclude"), "a listing links to much else: documents.include must say"),
        (
            ("delay_seconds = 15.0", "delay_seconds = -1"),
            "pace.delay_seconds: Input should be greater than or equal to 0, but it is -1",
        ),
        (("[1, 80]", "[80, 1]"), "expect: documents_per_week is [least, most]"),
        (('name = "example"', ""), "name: is missing; add it"),
        (("[index]", "[index"), "is no TOML"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_key(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    path = written(tmp_path, WHOLE.replace(*change))
    with pytest.raises(SourceError) as error:
        load_source(path)
    assert str(error.value).startswith(str(path)) and told in str(error.value)


def test_ones_own_files_are_added_and_replace_shipped_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, WHOLE)
    written(tmp_path, WHOLE.replace('"example"', '"whitehouse"'), "mine.toml")
    monkeypatch.setenv("ONRECORD_SOURCES", str(tmp_path))
    sources = load_sources()
    assert sources["example"].enabled and sources["whitehouse"].title == "Example" and "kremlin-en" in sources
    monkeypatch.setenv("ONRECORD_SOURCES", str(tmp_path / "missing"))
    with pytest.raises(SourceError, match="ONRECORD_SOURCES"):
        load_sources()


def test_two_files_cannot_share_a_name(tmp_path: Path) -> None:
    written(tmp_path, WHOLE)
    written(tmp_path, WHOLE, "other.toml")
    with pytest.raises(SourceError, match=r"'example' is example\.toml's already"):
        load_sources([tmp_path])


def test_a_folder_is_relative_to_its_file(tmp_path: Path) -> None:
    source = load_source(written(tmp_path, 'name = "a"\nindex = {kind = "folder", path = "saved"}'))
    assert source.index.path == tmp_path / "saved"


def test_shipped_sources_are_read_and_only_the_samples_are_switched_on() -> None:
    """A newcomer's first run must not go to the network."""
    sources = load_sources([SHIPPED])
    assert [name for name, source in sources.items() if source.enabled] == ["samples"]
    wanted = {
        "karlof1",
        "kremlin-en",
        "whitehouse",
        "state-gov",
        "congressional-record",
        "uk-hansard",
        "canada-hansard",
        "parlamint",
    }
    assert wanted <= set(sources)
    for source in sources.values():
        assert source.licence != "not stated" and source.attribution and source.title, source.name
        assert not source.is_live or source.pace.delay_seconds >= 5, source.name
    assert {path.stem for path in SHIPPED.glob("*.toml")} == set(sources)


@pytest.mark.parametrize(
    ("name", "documents", "others"),
    [
        (
            "kremlin-en",
            ["http://en.kremlin.ru/events/president/transcripts/76450", "http://en.kremlin.ru/events/president/news/76451"],
            [
                "http://en.kremlin.ru/events/president/transcripts/page/2",
                "http://en.kremlin.ru/events/president/news/76451/photos",
            ],
        ),
        ("karlof1", ["https://karlof1.substack.com/p/a-title-of-1-post"], ["https://karlof1.substack.com/p/a-title/comments"]),
        (
            "state-gov",
            [
                "https://www.state.gov/briefings/department-press-briefing-march-13-2025/",
                "https://www.state.gov/releases/office-of-the-spokesperson/2025/03/department-press-briefing-march-13-2025/",
            ],
            ["https://www.state.gov/department-press-briefings/"],
        ),
        (
            "uk-hansard",
            ["https://www.theyworkforyou.com/pwdata/scrapedxml/debates/debates2025-03-13a.xml"],
            ["https://www.theyworkforyou.com/pwdata/scrapedxml/debates/changedates.txt"],
        ),
        (
            "canada-hansard",
            ["https://www.ourcommons.ca/Content/House/451/Debates/021/HAN021-E.XML"],
            ["https://www.ourcommons.ca/Content/House/451/Debates/021/HAN021-F.XML"],
        ),
        ("samples", ["briefings/a.md"], ["golden/a.csv", "later/briefings/a.md", "README.md"]),
    ],
)
def test_shipped_patterns_tell_documents_from_the_rest(name: str, documents: list[str], others: list[str]) -> None:
    source = load_sources([SHIPPED])[name]
    assert all(source.documents.admits(address) for address in documents)
    assert not any(source.documents.admits(address) for address in others)


def test_the_days_package_stands_for_the_congressional_record_of_a_day() -> None:
    documents = load_sources([SHIPPED])["congressional-record"].documents
    address = "https://www.govinfo.gov/app/details/CREC-2025-03-13"
    assert documents.asked_for_as(address) == "https://www.govinfo.gov/content/pkg/CREC-2025-03-13.zip"
    assert documents.day_in(address) == "2025-03-13"


def expecting(least: float, most: float, fail: bool = False) -> SourceFile:
    expect = {"documents_per_week": [least, most], "fail": fail}
    return SourceFile.model_validate({"name": "a", "index": {"kind": "feed", "url": "http://x.org"}, "expect": expect})


TODAY = dt.date(2026, 11, 23)


def days_ago(*numbers: int) -> list[dt.date | None]:
    return [TODAY - dt.timedelta(days=number) for number in numbers]


def test_a_volume_in_its_range_finds_nothing() -> None:
    assert volume(expecting(1, 5), days_ago(0, 5, 8, 13), TODAY) == []
    assert volume(expecting(1, 5), [None, None], TODAY) == []
    assert volume(expecting(1, 500), days_ago(*range(1000)), TODAY) == []


@pytest.mark.parametrize("fail", [True, False])
def test_a_volume_outside_its_range_is_told_and_may_stop_publication(fail: bool) -> None:
    (much,) = volume(expecting(1, 5, fail), days_ago(*[1] * 9), TODAY)
    assert much.message == "9.0 documents a week (9 documents named over 1.0 weeks), expected 1 to 5"
    assert much.stops_publication is fail
    (none,) = volume(expecting(1, 5, fail), [], TODAY)
    assert "no documents named" in none.message and none.stops_publication is fail


def test_a_source_that_went_quiet_is_told_but_stops_nothing() -> None:
    (quiet,) = volume(expecting(1, 5, fail=True), days_ago(100, 101), TODAY)
    assert quiet.message.startswith("nothing new for 100 days") and not quiet.stops_publication


def keys(model: type[BaseModel]) -> set[str]:
    found = set()
    for name, field in model.model_fields.items():
        part = field.annotation
        found |= keys(part) if isinstance(part, type) and issubclass(part, BaseModel) else {name}
    return found


def test_the_documentation_shows_every_key_in_a_file_that_can_be_read(tmp_path: Path) -> None:
    text = (SHIPPED.parent.parent / "docs" / "sources.md").read_text("utf-8")
    whole = text.partition("```toml")[2].partition("```")[0]
    assert load_source(written(tmp_path, whole)).name == "kremlin-en"
    shown = set(re.findall(r"^(\w+) = ", whole, re.M))
    assert keys(SourceFile) - shown == {"path", "forbidden", "note"}  # told in the text
    assert all(f"`{word}`" in text or f"{word} =" in text for word in ("path", "forbidden"))
    assert all(f"`{path.stem}`" in text for path in SHIPPED.glob("*.toml"))
