"""What the tests of fetching share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest

from flows.fetch.client import Settings, user_agent
from flows.fetch.fetch import Event, Fetched, Known, Wanted, fetch_sources
from flows.fetch.source import SourceFile
from tests.fetch.site import Site, running_site

NOW = dt.datetime(2026, 11, 23, 4, 30)


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


@pytest.fixture
def other_site() -> Iterator[Site]:
    """A second host."""
    with running_site() as site:
        yield site


def source(site: Site, kind: str, path: str, **parts: object) -> SourceFile:
    """A source at the site, with no pause and quick tries."""
    told = {
        "name": "test",
        "index": {"kind": kind, "url": site.root + path},
        "documents": {"include": "/d/"},
        "pace": {"delay_seconds": 0},
        "limits": {"backoff_seconds": 0.01, "seconds": 5, "seconds_without_progress": 2},
    }
    for key, value in parts.items():
        told[key] = {**told.get(key, {}), **value} if isinstance(value, dict) else value  # type: ignore[dict-item]
    return SourceFile.model_validate(told)


def settings(*sites: Site) -> Settings:
    return Settings(user_agent("tests@example.org"), frozenset(("127.0.0.1", site.port) for site in sites))


Fetch = Callable[..., list[Event]]


@pytest.fixture
def fetch(site: Site) -> Fetch:
    """Fetches sources (of this site, unless other sites are allowed too) and returns all that came of it."""

    def fetch(
        *sources: SourceFile, wanted: Wanted | None = None, known: Known | None = None, also: tuple[Site, ...] = ()
    ) -> list[Event]:
        by_source = {source.name: known or {} for source in sources}
        return list(fetch_sources(sources, wanted or Wanted(), by_source, settings(site, *also), lambda: NOW))

    return fetch


def outcomes(events: list[Event]) -> dict[str, str]:
    """Outcome by path, of documents only."""
    quiet = {"index", "robots", "retried", "redirected"}
    return {e.origin.split("/", 3)[3]: e.outcome for e in events if isinstance(e, Fetched) and e.outcome not in quiet}


def only(events: list[Event], outcome: str) -> list[Fetched]:
    return [e for e in events if isinstance(e, Fetched) and e.outcome == outcome]
