"""The ledger beside the database: what was run, asked for, received and refused, whether or not anything was published.

SQLite, because it survives a kill at any moment. What it holds is copied into the database by each publication.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

TABLES = """
create table if not exists runs (
    run_id text primary key, flow text not null, parameters text not null, started_at text not null, finished_at text,
    status text not null, counts text not null default '{}', release_id text
);
create table if not exists fetches (
    run_id text not null, origin text not null, source text, fetched_at text not null, status integer, content_sha256 text,
    bytes integer, headers text, outcome text not null, published_on text
);
create index if not exists fetches_by_origin on fetches (source, origin);
create table if not exists quarantine (
    run_id text not null, stage text not null, source text, origin text not null, content_sha256 text, reason text not null,
    detail text, first_seen_at text not null, tries integer not null default 1, resolved_at text,
    cleaner text
);
create index if not exists quarantine_by_origin on quarantine (source, origin);
create table if not exists inputs (
    source text not null, origin text not null, content_sha256 text not null, hints text not null, fetched_at text not null,
    cleaner text, documents integer not null default 0, quarantined integer not null default 0, release_id text,
    primary key (source, origin, content_sha256)
);
create table if not exists reads (
    number integer primary key, run_id text not null, source text not null, origin text not null, content_sha256 text not null,
    fetched_at text not null
);
create index if not exists reads_by_origin on reads (source, origin, number);
create table if not exists unsettled (
    run_id text not null, source text not null, origin text not null, content_sha256 text not null, cleaner text,
    documents integer not null, quarantined integer not null, is_new integer not null
);
create table if not exists state (name text primary key, value text);
create table if not exists forgetting (origin text not null, content_sha256 text not null);
create table if not exists forgotten (origin text not null, document_id text, reason text, forgotten_at text not null);
"""


def utc_now() -> dt.datetime:
    """Now, in UTC, without a zone: as the ledger and the database hold moments."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None)


def utc_text(moment: dt.datetime) -> str:
    """A moment as the ledger writes it: UTC, microseconds, no zone."""
    if moment.tzinfo is not None:
        moment = moment.astimezone(dt.UTC).replace(tzinfo=None)
    return moment.isoformat(sep=" ", timespec="microseconds")


class Ledger:
    """The ledger of one warehouse. Every method is one transaction."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.connection = sqlite3.connect(path, timeout=60, isolation_level=None, check_same_thread=False)
        self.connection.row_factory = sqlite3.Row
        try:
            self.connection.execute("pragma journal_mode = wal")
            self.connection.execute("pragma synchronous = normal")
            self.connection.executescript(TABLES)
            self._begin_reads()
        except sqlite3.OperationalError as error:  # a full disk, missing rights
            raise sqlite3.OperationalError(f"{path}: {error}") from error
        except sqlite3.DatabaseError as error:
            raise sqlite3.DatabaseError(
                f"the ledger {path} is damaged ({error}): put back a copy of it (docs/recovery.md), or, if there is none, move it "
                "away; runs begin a new one, and what stands published stays"
            ) from error

    @classmethod
    def to_read(cls, path: Path) -> Ledger:
        """The ledger where it may not be written: on a snapshot, a full disk or in somebody else's folder."""
        try:
            return cls(path)
        except sqlite3.OperationalError:
            ledger = cls.__new__(cls)
            ledger.path = path
            ledger.connection = sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)
            ledger.connection.row_factory = sqlite3.Row
            return ledger

    def close(self) -> None:
        self.connection.close()

    def start(self, run_id: str, flow: str, parameters: dict[str, Any], now: dt.datetime) -> None:
        """Notes that a run begins; a run that is noted as running still was killed, since only one runs at a time."""
        self.connection.execute("update runs set status = 'crashed' where status = 'running'")
        self.connection.execute(
            "insert into runs (run_id, flow, parameters, started_at, status) values (?, ?, ?, ?, 'running')",
            (run_id, flow, json.dumps(parameters, default=str, sort_keys=True), utc_text(now)),
        )

    def finish(self, run_id: str, status: str, counts: dict[str, Any], release_id: str | None, now: dt.datetime) -> None:
        """Notes how a run ended."""
        self.connection.execute(
            "update runs set status = ?, counts = ?, release_id = ?, finished_at = ? where run_id = ?",
            (status, json.dumps(counts), release_id, utc_text(now), run_id),
        )

    def fetched(self, rows: Iterable[dict[str, Any]]) -> None:
        """Notes requests made and files read; keys are the table's columns."""
        self._insert(
            "insert into fetches values (:run_id, :origin, :source, :fetched_at, :status, :content_sha256, :bytes, :headers,"
            " :outcome, :published_on)",
            rows,
        )

    def quarantined(self, rows: Iterable[dict[str, Any]]) -> None:
        """Notes what could not be used; what was noted before counts a try."""
        with self.connection:
            self.connection.execute("begin")
            for row in rows:
                cursor = self.connection.execute(
                    "update quarantine set tries = tries + 1, detail = :detail, resolved_at = null, cleaner = :cleaner"
                    " where stage = :stage and source is :source and origin = :origin and content_sha256 is :content_sha256"
                    " and reason = :reason",
                    row,
                )
                if cursor.rowcount == 0:
                    self.connection.execute(
                        "insert into quarantine (run_id, stage, source, origin, content_sha256, reason, detail, first_seen_at,"
                        " cleaner) values (:run_id, :stage, :source, :origin, :content_sha256, :reason, :detail,"
                        " :first_seen_at, :cleaner)",
                        row,
                    )

    def resolve(self, inputs: Iterable[tuple[str, str]], now: dt.datetime) -> None:
        """Takes out of quarantine what an input (source, origin), its records and its earlier bytes were refused for."""
        self._insert(
            "update quarantine set resolved_at = :now where resolved_at is null and"
            " (source = :source and (origin = :origin or substr(origin, 1, length(:origin) + 1) = :origin || '#')"
            " or content_sha256 in (select content_sha256 from inputs where source = :source and origin = :origin)"
            " and not exists (select 1 from inputs as i where i.source = quarantine.source and i.origin = quarantine.origin))",
            [{"now": utc_text(now), "source": source, "origin": origin} for source, origin in inputs],
        )

    def resolve_stage(self, stage: str, now: dt.datetime) -> None:
        """Takes out of quarantine what a stage that is gone through anew had refused; what it refuses again comes back."""
        self.connection.execute(
            "update quarantine set resolved_at = ? where stage = ? and resolved_at is null", (utc_text(now), stage)
        )

    def resolve_fetch(self, source: str, origin: str, now: dt.datetime) -> None:
        """An address that could not be fetched has answered; what its bytes are refused for stays."""
        self.connection.execute(
            "update quarantine set resolved_at = ? where stage = 'fetch' and source = ? and origin = ? and resolved_at is null",
            (utc_text(now), source, origin),
        )

    def received(self, rows: Iterable[dict[str, Any]]) -> None:
        """Notes inputs before they are read: where their bytes are and what was known of them."""
        self._insert(
            "insert into inputs (source, origin, content_sha256, hints, fetched_at) values"
            " (:source, :origin, :content_sha256, :hints, :fetched_at)"
            " on conflict (source, origin, content_sha256) do update set hints = excluded.hints,"
            " fetched_at = excluded.fetched_at",
            rows,
        )

    def intend(self, run_id: str, rows: Iterable[dict[str, Any]]) -> None:
        """Notes, before the database takes its place, what it will hold: inputs that are wholly in it (or in quarantine).

        On the disk when this returns: if the run is killed after the swap, the next one knows what became of it.
        """
        self.connection.execute("pragma synchronous = full")
        try:
            with self.connection:
                self.connection.execute("begin")
                self.connection.execute("delete from unsettled")
                self.connection.executemany(
                    "insert into unsettled values (:run_id, :source, :origin, :content_sha256, :cleaner, :documents, :quarantined,"
                    " :is_new)",
                    [row | {"run_id": run_id} for row in rows],
                )
        finally:
            self.connection.execute("pragma synchronous = normal")

    def settle(self, run_id: str, release_id: str | None) -> None:
        """What was intended has happened: the release that stands is that one, and holds these inputs."""
        with self.connection:
            self.connection.execute("begin")
            self.connection.execute(
                "update inputs as i set cleaner = u.cleaner, documents = u.documents, quarantined = u.quarantined,"
                " release_id = coalesce(?, i.release_id) from unsettled as u where u.run_id = ? and u.source = i.source"
                " and u.origin = i.origin and u.content_sha256 = i.content_sha256",
                (release_id, run_id),
            )
            self.connection.execute(  # bytes that were read last at their origin already are no news
                "insert into reads (run_id, source, origin, content_sha256, fetched_at)"
                " select u.run_id, u.source, u.origin, u.content_sha256, i.fetched_at from unsettled as u"
                " inner join inputs as i using (source, origin, content_sha256)"
                " where u.run_id = ? and u.is_new and (u.documents or u.quarantined) and u.content_sha256 is not"
                " (select r.content_sha256 from reads as r where r.source = u.source and r.origin = u.origin"
                " order by r.number desc limit 1) order by u.rowid",
                (run_id,),
            )
            self.connection.execute("delete from unsettled")
            self._stands(release_id)

    def stands(self, release_id: str | None) -> None:
        """Notes which release the ledger's progress is about."""
        with self.connection:
            self._stands(release_id)

    def standing(self) -> str | None:
        """The release that the ledger's progress is about."""
        noted = self.rows("select value from state where name = 'release'")
        if noted:
            return noted[0]["value"]
        last = self.rows("select release_id from runs where status = 'published' order by started_at desc limit 1")
        return last[0]["release_id"] if last else None

    def settle_interrupted(self, run_id: str, release_id: str, now: dt.datetime) -> bool:
        """Settles a run that was killed between its swap and its last note: its release stands. True if it was so."""
        if not self.rows("select 1 from runs where run_id = ? and status <> 'published'", run_id):
            self.connection.execute("delete from unsettled")
            return False
        self.settle(run_id, release_id)
        self.connection.execute(
            "update runs set status = 'published', release_id = ?, finished_at = ? where run_id = ?",
            (release_id, utc_text(now), run_id),
        )
        return True

    def reads(self) -> list[sqlite3.Row]:
        """Every input that was read, version by version in the order in which they came, with all that was known of it."""
        return self.rows(
            "select r.number, r.source, r.origin, r.content_sha256, r.fetched_at, i.hints from reads as r"
            " inner join inputs as i using (source, origin, content_sha256) order by r.number"
        )

    def _stands(self, release_id: str | None) -> None:
        self.connection.execute(
            "insert into state values ('release', ?) on conflict (name) do update set value = excluded.value", (release_id,)
        )

    def _begin_reads(self) -> None:
        """A ledger of an earlier version has no order of reading: the order in which the bytes came stands in for it."""
        held = "from inputs where (documents or quarantined) and not exists (select 1 from reads)"
        if self.rows(f"select 1 {held} limit 1"):
            self.connection.execute(
                "insert into reads (run_id, source, origin, content_sha256, fetched_at)"
                f" select 'unknown', source, origin, content_sha256, fetched_at {held} order by fetched_at, rowid"
            )

    def successes(self) -> dict[str, dt.datetime]:
        """When each source last answered as it should (UTC): with its index, or a document, new or as it was."""
        rows = self.rows(
            "select source, max(fetched_at) as at from fetches where source is not null and (outcome like 'index%' or outcome like"
            " 'archive:%' or outcome in ('document', 'unchanged', 'not_modified', 'held', 'duplicate')) group by source"
        )
        return {row["source"]: dt.datetime.fromisoformat(row["at"]) for row in rows}

    def forget_progress(self) -> None:
        """What was read must be read again: the database that it went into is not the one that stands there."""
        self.connection.execute("update inputs set cleaner = null")

    def forgotten(self) -> frozenset[str]:
        """Origins, addresses and ids of documents that must not come back."""
        rows = self.rows("select origin, document_id from forgotten")
        return frozenset(name for row in rows for name in row if name is not None)

    def forget(
        self, origin: str, names: Iterable[str], documents: list[str], digests: list[str], reason: str | None, now: dt.datetime
    ) -> set[str]:
        """Sets the tombstones and deletes what is noted of the names; returns all bytes that are still to be removed."""
        self.connection.execute("pragma secure_delete = on")
        with self.connection:
            self.connection.execute("begin")
            self.connection.execute("delete from forgotten where origin = ?", (origin,))
            tombstones = [(name, None) for name in names] + [(origin, document) for document in documents]
            self.connection.executemany(
                "insert into forgotten (origin, document_id, reason, forgotten_at) values (?, ?, ?, ?)",
                [(name, document, reason, utc_text(now)) for name, document in tombstones],
            )
            self.connection.executemany("insert into forgetting values (?, ?)", [(origin, digest) for digest in digests])
            for table in ("inputs", "reads", "fetches", "quarantine"):
                self.connection.executemany(f"delete from {table} where origin = ?", [(name,) for name in names])
        return {row["content_sha256"] for row in self.rows("select content_sha256 from forgetting where origin = ?", origin)}

    def bytes_forgotten(self, origin: str) -> None:
        """All of the origin's bytes are gone, or stay for others' sake."""
        self.connection.execute("delete from forgetting where origin = ?", (origin,))
        self.compact()

    def unforget(self, origin: str) -> bool:
        """Takes the tombstones of an origin away; False where there were none."""
        return self.connection.execute("delete from forgotten where origin = ?", (origin,)).rowcount > 0

    def compact(self) -> None:
        """Writes the ledger anew, without what was deleted."""
        self.connection.execute("vacuum")
        self.connection.execute("pragma wal_checkpoint(truncate)")

    def inputs(self, where: str = "true", *arguments: Any) -> Iterator[sqlite3.Row]:
        """The rows of `inputs` for which an SQL condition holds."""
        yield from self.connection.execute(f"select * from inputs where {where}", arguments)

    def rows(self, query: str, *arguments: Any) -> list[sqlite3.Row]:
        """What a query answers."""
        return self.connection.execute(query, arguments).fetchall()

    def _insert(self, statement: str, rows: Iterable[dict[str, Any]]) -> None:
        with self.connection:
            self.connection.execute("begin")
            self.connection.executemany(statement, rows)
