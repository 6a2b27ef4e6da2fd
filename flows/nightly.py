"""Live sources in a run: what came is kept and listed for reading, every answer noted as what it is."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Iterator
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from flows.clean.cleaned import Hints
from flows.fetch.client import Settings as ClientSettings
from flows.fetch.fetch import Event, Fetched, Held, Pages, SourceFailed, SourceRead, Wanted, fetch_sources
from flows.fetch.source import SourceFile
from flows.fetch.warc import Archive

if TYPE_CHECKING:
    from flows.gather import _Gathering

FRESH = dt.timedelta(days=1)  # what an interrupted run received is not asked for again for so long

_PAGES: ContextVar[Pages | None] = ContextVar("pages", default=None)  # no parameter of a run: Prefect would send it to the server


@contextlib.contextmanager
def indexes_read_once() -> Iterator[None]:
    """Runs within it ask for no page of an index that one before them has read. For a backfill, which is a run a month."""
    token = _PAGES.set({})
    try:
        yield
    finally:
        _PAGES.reset(token)


def fetch_live(gathering: _Gathering, sources: list[SourceFile]) -> None:
    """Fetches the sources; lists their documents for reading. A source that fails does not stop the others.

    Each answer is in the ledger before the next is taken, so that a run that is killed need not ask again.
    """
    by_name = {source.name: source for source in sources}
    for source in sources:
        _pending(gathering, source)
    with _events(gathering, sources) as events:
        for event in events:
            if isinstance(event, SourceFailed):
                gathering.found.failed_sources.append(event.source)
                gathering.found.notes.append(f"source {event.source} failed: {event.reason}")
                gathering._quarantine("fetch", event.source, f"source:{event.source}", None, "source failed", event.reason)
            elif isinstance(event, SourceRead):
                gathering.found.notes += [f"source {event.source}: {note}" for note in event.notes]
                gathering.ledger.resolve_fetch(event.source, f"source:{event.source}", gathering.session.started)
                gathering.arrived(by_name[event.source], event.dates)
            else:
                _take(gathering, event, by_name[event.source])
            gathering._note()


@contextlib.contextmanager
def _events(gathering: _Gathering, sources: list[SourceFile]) -> Iterator[Iterator[Event]]:
    """What comes of asking; written as an archive too where ONRECORD_WARC names a folder. Leaving it ends all waiting."""
    asked, session = gathering.asked, gathering.session
    wanted = Wanted(asked.since, asked.until, asked.force, _PAGES.get())
    known = {source.name: _known(gathering, source.name) for source in sources}
    with contextlib.ExitStack() as stack:
        events = fetch_sources(sources, wanted, known, ClientSettings.from_environment(), session.now)
        stack.callback(events.close)  # type: ignore[attr-defined]
        folder = session.settings.warc
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            archive = stack.enter_context(Archive(folder / f"{session.summary.run_id}.warc.gz"))
            events = archive.tee(events)
        yield events


def _take(gathering: _Gathering, answer: Fetched, source: SourceFile) -> None:
    digest = answer.content_sha256
    size = len(answer.content) if answer.content is not None else None
    outcome = f"{answer.outcome}: {answer.reason}" if answer.reason else answer.outcome
    if answer.outcome == "document" and answer.content is not None and digest is not None:
        hints = Hints(
            origin=answer.origin,
            source=source.name,
            media_type=answer.media_type,
            url=answer.url or answer.origin,
            title=answer.title,
            language=answer.language,
            published_on=answer.published_on,
        )
        gathering._take(answer.content, digest, hints, source.name, answer.fetched_at, source)
    elif answer.outcome in ("unchanged", "not_modified", "held"):
        _unchanged(gathering, answer, source)
    elif answer.content is not None:
        gathering.store.put(answer.content)  # what came instead is evidence too
    if answer.is_quarantined:
        gathering.ledger.resolve_fetch(source.name, answer.origin, gathering.session.started)  # one row: why it failed this time
        reason = f"status {answer.status}" if answer.status and answer.status >= 400 else (answer.reason or answer.outcome)
        gathering._quarantine("fetch", source.name, answer.origin, None, f"{answer.outcome}: {reason}", answer.reason)
    elif answer.outcome in ("document", "unchanged", "not_modified", "index", "duplicate"):
        gathering.ledger.resolve_fetch(source.name, answer.origin, gathering.session.started)
    gathering._fetch(
        answer.origin, source.name, answer.fetched_at, answer.status, digest, size, outcome, answer.headers, answer.published_on
    )


def _unchanged(gathering: _Gathering, answer: Fetched, source: SourceFile) -> None:
    """What is held still stands: read again only if that is asked for, other code made it, or no run ended since it came."""
    held = gathering.ledger.rows(
        "select * from inputs where source = ? and origin = ? order by fetched_at desc limit 1", source.name, answer.origin
    )
    if held and held[0]["cleaner"] == gathering.session.cleaner and not gathering.asked.force:
        gathering.found.unchanged += held[0]["documents"]
    elif held:
        gathering.read_held(held[0], source)


def _pending(gathering: _Gathering, source: SourceFile) -> None:
    """What came, but was in no publication yet: read now, whether or not the index still names it."""
    latest = "select max(fetched_at) from inputs as other where other.source = i.source and other.origin = i.origin"
    rows = gathering.ledger.rows(
        f"select * from inputs as i where source = ? and cleaner is null and fetched_at = ({latest})", source.name
    )
    for row in rows:
        gathering.read_held(row, source)


def _known(gathering: _Gathering, name: str) -> dict[str, Held]:
    """What earlier runs know of a source's addresses, from the ledger."""
    last: dict[str, dict[str, Any]] = {}
    for row in gathering.ledger.rows(
        "select f.*, r.status as run_status from fetches as f left join runs as r using (run_id) where source = ? order by f.rowid",
        name,
    ):
        outcome = row["outcome"].partition(":")[0]
        told = last.setdefault(row["origin"], {})
        if outcome in ("document", "unchanged", "not_modified"):
            headers = json.loads(row["headers"] or "{}")
            before = {} if outcome == "document" else told  # a new version without validators has none
            told["content_sha256"] = row["content_sha256"] or told.get("content_sha256")
            told["etag"] = headers.get("etag") or before.get("etag")
            told["last_modified"] = headers.get("last-modified") or before.get("last_modified")
            told["published_on"] = dt.date.fromisoformat(row["published_on"]) if row["published_on"] else told.get("published_on")
            told["has_failed"] = told["is_gone"] = False
            age = gathering.session.now() - dt.datetime.fromisoformat(row["fetched_at"])
            told["is_fresh"] = row["run_status"] in ("running", "crashed", "failed") and age < FRESH
        elif outcome in ("failed", "refused", "gone"):
            told["has_failed"] = True
            told["is_gone"] = outcome == "gone"
    pending = {
        (row["origin"], row["content_sha256"])
        for row in gathering.ledger.inputs("source = ? and cleaner is null", name)
        if gathering.store.size(row["content_sha256"]) is not None
    }
    for origin, told in last.items():
        told["is_fresh"] = told.get("is_fresh", False) and (origin, told.get("content_sha256")) in pending
    for origin in gathering.forgotten:
        last[origin] = {"is_gone": True}
    return {origin: Held(**told) for origin, told in last.items()}
