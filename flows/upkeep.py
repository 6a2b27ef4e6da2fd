"""What is done to a warehouse beside runs: a document forgotten everywhere, and room made without touching what is needed."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from flows import parquet, publish
from flows.gather import configured_sources
from flows.ledger import Ledger, utc_now, utc_text
from flows.pipeline import Asked, NotPublished, Session
from flows.settings import Settings
from flows.store import HALF_WRITTEN, RawStore

COMPACT_FROM = 0.25  # share of the database file that must be free before it is written anew


class NothingHeld(Exception):
    """Nothing is held of what should be forgotten."""


@dataclass(slots=True)
class Forgotten:
    """What was removed of an origin, and what could not be."""

    documents: int = 0
    files: int = 0
    kept: list[str] = field(default_factory=list)  # raw files that others need, and why


@dataclass(slots=True)
class Vacuumed:
    """What a vacuum removed."""

    files: int = 0
    bytes: int = 0
    is_compacted: bool = False
    left_over: list[str] = field(default_factory=list)


def forget(origin: str, reason: str | None, settings: Settings, now: Callable[[], dt.datetime] = utc_now) -> Forgotten:
    """Removes a document everywhere: every version, its rows, its Parquet, its bytes, what the ledger says of it.

    `origin` is a document's origin, its address or its id. A tombstone stays, so that no run takes it in again. Killed on
    the way it can simply be said again. Raises NothingHeld where nothing is held of it, NotPublished where the warehouse is
    busy or a check fails.
    """
    with Session(Asked(flow="forget"), settings, now) as session:
        if session.base is None or session.is_out_of_step:
            raise NotPublished("the database is missing, damaged or restored; `onrecord run` mends that first")
        told = Forgotten()
        names, documents, digests = _of_origin(origin, session)
        if not digests and not session.ledger.rows("select 1 from forgotten where origin = ?", origin):
            raise NothingHeld(f'nothing is held of {origin}; `onrecord query "select origin from documents"` shows what is')
        digests |= session.ledger.forget(origin, names, sorted(documents), sorted(digests), reason, now())
        if documents:
            _publish_without(documents, session)
        else:
            session.end("nothing_new")
        needed = _needed(session.ledger, settings.database)
        for digest in sorted(digests):
            _remove_bytes(digest, digest in needed, settings.raw, told)
        (settings.warehouse / "report.html").unlink(missing_ok=True)  # it quotes; `onrecord report` makes it again
        session.ledger.bytes_forgotten(origin)
        told.documents = len(documents)
        return told


def allow_again(origin: str, settings: Settings) -> bool:
    """Takes the tombstone away, so that the next run may take the origin in again. False where there was none."""
    with Session(Asked(flow="forget"), settings) as session:
        session.end("nothing_new")
        return session.ledger.unforget(origin)


def vacuum(settings: Settings, keep_days: float | None, now: Callable[[], dt.datetime] = utc_now) -> Vacuumed:
    """Makes room: left-overs, and bytes that no row needs.

    Without `keep_days` only bytes that nothing names go. With it also those on which no published version rests, which are
    not waiting to be read and not in quarantine, and which came before so many days: pages that differed in furniture alone,
    indexes, answers in place of documents. What a published row needs is never removed, whatever its age.
    Raises NotPublished where the warehouse is busy, or is not as its last run left it.
    """
    with Session(Asked(flow="vacuum"), settings, now) as session:
        if session.base is None or session.is_out_of_step:
            raise NotPublished("the database is missing, damaged or restored; `onrecord run` mends that first")
        told = Vacuumed()
        needed = _needed(session.ledger, settings.database) | _noted(session.ledger, keep_days, now())
        for path in sorted(settings.raw.glob("*/*")):
            if path.parent.name != HALF_WRITTEN and path.name not in needed:
                told.files += 1
                told.bytes += path.stat().st_size
                path.unlink()
        told.left_over = parquet.remove_leftovers(settings.warehouse)
        if _free_share(settings.database) >= COMPACT_FROM:
            before = settings.database.stat().st_size
            _publish_without(set(), session)
            told.bytes += max(0, before - settings.database.stat().st_size)
            told.is_compacted = True
        else:
            session.end("nothing_new")
        session.ledger.compact()
        return told


def _of_origin(origin: str, session: Session) -> tuple[set[str], set[str], set[str]]:
    """All names of what the origin names, its documents, and the hashes of all bytes that came from it."""
    with duckdb.connect(str(session.settings.database), read_only=True) as connection:
        rows = connection.execute(
            "select document_id, content_sha256, origin, url from history.documents where $1 in (origin, url, document_id)",
            [origin],
        ).fetchall()
        names = {name for _, _, *both in rows for name in both if name}
        shared = connection.execute(  # the records of one file have its name in common: it must not go with one of them
            "select unnest([origin, url]) from history.documents where document_id not in (select unnest(?::varchar[]))",
            [[document for document, *_ in rows]],
        ).fetchall()
    names = names - {name for (name,) in shared} | {origin}
    digests = {digest for _, digest, *_ in rows}
    for name in names:
        noted = session.ledger.rows(
            "select content_sha256 from inputs where origin = ?1 union select content_sha256 from quarantine where origin = ?1"
            " union select content_sha256 from fetches where origin = ?1",
            name,
        )
        digests |= {row["content_sha256"] for row in noted if row["content_sha256"]}
    return names, {document for document, *_ in rows}, digests


def _publish_without(documents: set[str], session: Session) -> None:
    """Publishes a new database, written from nothing, in which the documents never were: no deleted block holds them."""
    settings = session.settings
    new = session.new = publish.NewDatabase(settings.database, session.folder, settings.memory, is_fresh=True)
    new.copy_from_published(documents, session.changes)
    session.gathered.configured = configured_sources()
    session.settings = dataclasses.replace(settings, largest_loss=1.0)  # what is lost is lost on purpose
    base = session.base
    assert base is not None
    session.cleaner, session.models = base.cleaner, base.models
    session.publish_database(new)


def _needed(ledger: Ledger, database: Path) -> set[str]:
    """Hashes of the bytes on which published rows rest, which wait to be read, or which are in quarantine."""
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute(
            "select content_sha256 from history.documents union "
            "select content_sha256 from quarantine where content_sha256 is not null"
        ).fetchall()
    waiting = ledger.rows(
        "select content_sha256 from inputs where cleaner is null union"
        " select content_sha256 from quarantine where resolved_at is null and content_sha256 is not null"
    )
    return {row[0] for row in rows} | {row["content_sha256"] for row in waiting}


def _noted(ledger: Ledger, keep_days: float | None, now: dt.datetime) -> set[str]:
    """Hashes of bytes that the ledger names, or names as having come within so many days."""
    since = utc_text(now - dt.timedelta(days=keep_days)) if keep_days is not None else ""
    rows: Iterable[tuple[str]] = ledger.rows(
        "select content_sha256 from inputs where fetched_at >= ?1 union select content_sha256 from reads where fetched_at >= ?1"
        " union select content_sha256 from fetches where fetched_at >= ?1 and content_sha256 is not null"
        " union select content_sha256 from quarantine where first_seen_at >= ?1 and content_sha256 is not null",
        since,
    )
    return {row[0] for row in rows}


def _remove_bytes(digest: str, is_needed: bool, raw: Path, told: Forgotten) -> None:
    path = RawStore(raw).path(digest)
    if not path.exists():
        return
    if is_needed:
        told.kept.append(f"{digest}: other documents rest on these bytes, which still hold its words")
    else:
        path.unlink()
        told.files += 1


def _free_share(database: Path) -> float:
    with duckdb.connect(str(database), read_only=True) as connection:
        row = connection.execute("select free_blocks / total_blocks from pragma_database_size()").fetchone()
    return float(row[0]) if row and row[0] is not None else 0.0
