"""The run as plain functions: gather, read, derive, check, publish. `flows/run.py` wraps the same steps for Prefect."""

from __future__ import annotations

import datetime as dt
import json
import logging
import secrets
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from filelock import FileLock, Timeout

from flows import corrections, derive, durable, parquet, publish, standing
from flows.fingerprint import cleaner_fingerprint
from flows.gather import Gathered, gather
from flows.inputs import STAGED, BatchRead, Context, Input
from flows.intake import SENTENCES_A_CHUNK, Changes
from flows.ledger import Ledger, utc_now, utc_text
from flows.objects import Overtaken, Shelf, StoreError
from flows.pool import read_all
from flows.settings import Settings
from schemas import BY_NAME

BATCH_INPUTS = 32
BATCH_BYTES = 2_000_000
log = logging.getLogger("onrecord")


class NotPublished(Exception):
    """The run ended without a publication; the last good warehouse stays. The message says why and how to go on."""


@dataclass(slots=True)
class Asked:
    """What a run was asked to do."""

    paths: tuple[Path, ...] = ()
    sources: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    force: bool = False
    flow: str = "run"
    retried: tuple[str, ...] = ()  # hashes of bytes in quarantine that are to be read again, and nothing else


@dataclass(slots=True)
class Summary:
    """How a run ended."""

    run_id: str
    status: str = "nothing_new"
    release_id: str | None = None
    documents_new: int = 0
    documents_changed: int = 0
    documents_unchanged: int = 0
    documents_recomputed: int = 0
    quarantined: int = 0
    failed_sources: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    turns: int = 0
    sentences: int = 0
    claims: int = 0
    seconds: float = 0.0
    warehouse: str = ""

    def counts(self) -> dict[str, Any]:
        """What `runs.counts` says of the run."""
        names = ("documents_new", "documents_changed", "documents_unchanged", "documents_recomputed", "quarantined")
        return {name: getattr(self, name) for name in (*names, "turns", "sentences", "claims")}


Progress = Callable[[str, int, int], None]


def run(
    asked: Asked, settings: Settings, progress: Progress = lambda *_: None, now: Callable[[], dt.datetime] = utc_now
) -> Summary:
    """One whole run. Raises NotPublished where a check stops it or every source failed."""
    with Session(asked, settings, now) as session:
        session.gather(progress)
        if session.has_work:
            session.read_and_derive(progress)
        return session.publish(progress)


class Session:
    """One run's state between its steps: the lock on the warehouse, the ledger, the database in the making."""

    def __init__(self, asked: Asked, settings: Settings, now: Callable[[], dt.datetime] = utc_now) -> None:
        self.asked, self.settings, self.now = asked, settings, now
        settings.warehouse.mkdir(parents=True, exist_ok=True)
        self.lock = FileLock(settings.warehouse / ".lock")
        self.shelf = Shelf(settings.store, settings.warehouse) if settings.store else None
        self.started = now()
        self.summary = Summary(f"{self.started:%Y-%m-%dT%H-%M-%S}-{secrets.token_hex(3)}", warehouse=str(settings.warehouse))
        self.changes = Changes()
        self.gathered = Gathered()
        self.new: publish.NewDatabase | None = None
        self.done: list[dict[str, Any]] = []
        self.containers: dict[tuple[str, str, str], tuple[str, str, str]] = {}  # what came out of an archive -> the archive
        self.archives: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)  # their rows of `done`
        self.earlier: set[tuple[str, str]] = set()  # documents and bytes after which others were published
        self.numbers: dict[str, int] = {}  # where bytes stand in the ledger's order of reading, the last time that they came
        self.is_out_of_step = False  # the ledger tells of another database than the one that stands there
        self.quarantined_of: Counter[str] = Counter()  # by source, in this run
        self._waiting: list[dict[str, pa.Table]] = []  # parts that were read and are not derived yet
        self._waiting_sentences = self._taken_sentences = self._taken_inputs = 0
        self.left_out = 0  # documents outside the days asked for
        self._is_ended = False

    def __enter__(self) -> Session:
        try:
            self.lock.acquire(timeout=0)
        except Timeout:
            log.info("another run holds the warehouse; waiting up to %.0f s", self.settings.lock_seconds)
            try:
                self.lock.acquire(timeout=self.settings.lock_seconds)
            except Timeout as error:
                raise NotPublished(
                    f"another run still holds {self.settings.warehouse} after {self.settings.lock_seconds:.0f} s; "
                    "wait for it, or set ONRECORD_LOCK_SECONDS"
                ) from error
        self._pull()
        self.ledger = Ledger(self.settings.warehouse / "ledger.sqlite")
        try:
            self._begin()
        except standing.DatabaseBusy as error:
            self._leave()
            raise NotPublished(f"not published, the last good warehouse stays: {error}") from error
        except BaseException:
            self._leave()
            raise
        return self

    def _begin(self) -> None:
        doubt = durable.doubt(self.settings.warehouse)
        self.summary.notes += [doubt] if doubt else []
        for name in publish.remove_leftovers(self.settings.warehouse):
            log.info("removed what an earlier run left behind: %s", name)
        self._open_base()
        told = {"paths": [str(p) for p in self.asked.paths], "sources": list(self.asked.sources)}
        told |= {"since": self.asked.since, "until": self.asked.until, "force": self.asked.force}
        self.ledger.start(self.summary.run_id, self.asked.flow, told, self.started)
        self.cleaner = cleaner_fingerprint(self.settings)
        self.models = derive.models_fingerprint()
        self.folder = self.settings.work / self.summary.run_id
        self.folder.mkdir(parents=True)

    def _pull(self) -> None:
        """Where the warehouse is on an object store, this run goes on from what is published there."""
        try:
            if self.shelf and self.shelf.pull():
                log.info("the warehouse was brought here from the object store")
        except StoreError:
            self.lock.release()
            raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if self.new is not None:
            self.new.close()
        if not self._is_ended:
            self.end("failed")
        shutil.rmtree(self.folder, ignore_errors=True)
        self._leave()

    def _leave(self) -> None:
        self.ledger.close()
        self.lock.release()

    def _open_base(self) -> None:
        """Finds what stands there, and makes the ledger agree with it: after a kill, a restore or a loss it may not."""
        state = standing.published(self.settings.database)
        if state is not None and self.ledger.settle_interrupted(state.run_id, state.release_id, self.started):
            log.info("the run %s was killed just after it had published; its release stands", state.run_id)
        if self.ledger.standing() != (state.release_id if state else None):
            self.ledger.forget_progress()
            self.is_out_of_step = True
        self.base = state if standing.is_current(state, self.settings.database) else None
        if self.base is None and self.settings.database.exists():
            self.summary.notes.append(
                "the database that stood there is of another version of onrecord, or damaged: it is built anew from the raw bytes"
            )

    @cached_property
    def standing(self) -> dict[str, str]:
        """The hash of the bytes that each published document was made of."""
        if self.base is None:
            return {}
        with duckdb.connect(str(self.settings.database), read_only=True) as connection:
            return dict(connection.execute("select document_id, content_sha256 from documents").fetchall())

    def _has_new_evidence(self) -> bool:
        """Whether bytes are in quarantine that the published database does not say so of."""
        key = "stage, origin, content_sha256, reason"
        noted = self.ledger.rows(f"select {key} from quarantine where resolved_at is null and content_sha256 is not null")
        if not noted or self.base is None:
            return bool(noted)
        with duckdb.connect(str(self.settings.database), read_only=True) as connection:
            told = set(connection.execute(f"select {key} from quarantine").fetchall())
        return any(tuple(row) not in told for row in noted)

    @property
    def has_work(self) -> bool:
        """Whether anything is to be read, or derived again."""
        return bool(self.gathered.inputs) or self._models_changed

    @property
    def _models_changed(self) -> bool:
        return self.base is not None and self.base.models != self.models

    def gather(self, progress: Progress) -> None:
        """Reads files and fetches sources; keeps the bytes; leaves out what was read before with the same code."""
        self.gathered = gather(self, progress)
        self.summary.quarantined += len(self.gathered.quarantine)
        self.quarantined_of.update(row["source"] for row in self.gathered.quarantine)
        self.summary.failed_sources = self.gathered.failed_sources
        self.summary.notes += self.gathered.notes
        self.summary.documents_unchanged += self.gathered.unchanged

    def batches(self) -> list[list[Input]]:
        """The inputs in batches of about equal work, in a fixed order."""
        batches: list[list[Input]] = []
        size = BATCH_BYTES
        for one in self.gathered.inputs:
            if size >= BATCH_BYTES or len(batches[-1]) >= BATCH_INPUTS:
                batches.append([])
                size = 0
            batches[-1].append(one)
            size += self.gathered.sizes[one.content_sha256]
        return batches

    def context(self) -> Context:
        """What every batch of this run needs."""
        return Context(
            raw=self.settings.raw,
            people=self.settings.people,
            cleaner=self.cleaner,
            parts=self.folder / "parts",
            limits=self.settings.limits,
            corrections=tuple(corrections.load()),
            forgotten=self.ledger.forgotten(),
        )

    def read_and_derive(self, progress: Progress) -> None:
        """Cleans and segments in worker processes; derives each batch's tables as it arrives."""
        reading = read_all(self.batches(), self.context(), self.settings.workers)
        self.open_database().intake.prepare()  # while the workers' process loads
        done, given = 0, len(self.gathered.inputs)
        for batch in reading:
            done += len(batch.outcomes)
            self.take(batch, given - done)
            progress("read", done, given)
        self.flush()

    def open_database(self) -> publish.NewDatabase:
        """The database of the next release; made when it is first asked for."""
        if self.new is None:
            self.new = publish.NewDatabase(self.settings.database, self.folder, self.settings.memory)
        return self.new

    def take(self, batch: BatchRead, left: int) -> None:
        """Takes in what a batch read; derives when enough has come together. `left` inputs come before the next `flush`: where
        these promise little, they go along, since each round of the models has a price of its own.
        """
        for outcome in batch.outcomes:
            self._note(outcome)
        for folder in batch.parts:
            part = {}
            for table in STAGED:
                with pa.memory_map(f"{folder}/{table}.arrow") as source:
                    part[table] = pa.ipc.open_file(source).read_all()
            self._waiting.append(part)
            self._waiting_sentences += part["sentences"].num_rows
            self._taken_sentences += part["sentences"].num_rows
        self._taken_inputs += len(batch.outcomes)
        to_come = left * self._taken_sentences / max(1, self._taken_inputs)
        enough = SENTENCES_A_CHUNK * (1 if not left or to_come > SENTENCES_A_CHUNK / 2 else 2)
        if self._waiting_sentences >= enough:
            self.flush()

    def flush(self) -> None:
        """Derives what has come together since the last time."""
        waiting, self._waiting, self._waiting_sentences = self._waiting, [], 0
        for group in _without_repeats(waiting):
            part = {table: pa.concat_tables([p[table] for p in group]) for table in STAGED}
            assert self.new is not None
            self.new.intake.add(part, self.asked.force, self.cleaner, self.changes, self.earlier)

    def _note(self, outcome: Any) -> None:
        one: Input = outcome.input
        rows = [
            row
            | {
                "run_id": self.summary.run_id,
                "source": one.source,
                "content_sha256": one.content_sha256,
                "first_seen_at": utc_text(self.started),
                "cleaner": self.cleaner,
            }
            for row in outcome.quarantined
        ]
        if one.number is not None:
            for document in outcome.documents:
                if self.numbers.get(self.standing.get(document, ""), 0) > one.number:
                    self.earlier.add((document, one.content_sha256))
        self.ledger.resolve([(one.source, one.origin)], self.started)
        if rows:
            self.ledger.quarantined(rows)
            self.summary.quarantined += len(rows)
            self.quarantined_of[one.source] += len(rows)
        self.left_out += outcome.left_out
        archive = self.containers.get((one.source, one.origin, one.content_sha256))
        for row in self.archives[archive] if archive else ():
            row["documents"] += len(outcome.documents)
            row["cleaner"] = None if outcome.left_out else row["cleaner"]
        self.done.append(
            {
                "cleaner": None if outcome.left_out else self.cleaner,  # outside the days asked for: a wider run reads it
                "documents": len(outcome.documents),
                "is_new": not one.is_again,
                "quarantined": len(rows),
                "source": one.source,
                "origin": one.origin,
                "content_sha256": one.content_sha256,
            }
        )

    def publish(self, progress: Progress) -> Summary:
        """Publishes what is new, or finds that nothing is."""
        self._check_sources()
        if not self.has_work and not self._has_new_evidence():
            return self.end("nothing_new")
        database = self.open_database()
        if self._models_changed and not database.is_rebuilt:
            self.ledger.resolve_stage("derive", self.started)
            for _ in database.intake.derive_again(self.changes):
                progress("derive", 0, 0)
        self._count_changes()
        rebuilt_whole = database.is_rebuilt or self._models_changed
        if not (self.changes.touched or rebuilt_whole or self.changes.broken or self._has_new_evidence()):
            self._note_done()
            return self.end("nothing_new")
        return self.publish_database(database, progress)

    def publish_database(self, database: publish.NewDatabase, progress: Progress = lambda *_: None) -> Summary:
        """Runs the models over the whole, checks, writes Parquet and swaps. Raises NotPublished where a check stops it."""
        summary = self.summary
        progress("derive", 0, 0)
        database.load_ledger({"configured_sources": self.gathered.configured})
        corrected = corrections.rows(corrections.load(), database.corrections_met())
        database.load_ledger({"corrections": [row.model_dump() for row in corrected]})
        try:
            database.finish(self.changes, self.settings.largest_loss)
            progress("check", 0, 0)
            database.check(self.settings.largest_loss)
        except publish.CheckFailed as error:
            self._quarantine_broken()
            self.end("failed")
            raise NotPublished(f"not published, the last good warehouse stays. These checks failed:\n{error}") from error
        self._count_changes()
        self.ledger.resolve_stage("publish", self.started)
        self._quarantine_broken()
        database.describe()
        summary.release_id = database.release(summary.run_id, self.cleaner, self.models, self.now())
        self._size_up(database)
        database.load_ledger(self._ledger_rows())
        progress("publish", 0, 0)
        partitions = self.changes.partitions
        database.export(self.settings.warehouse / "parquet", partitions, summary.release_id)
        self.ledger.intend(summary.run_id, self.done)
        database.seal()
        if self.shelf:
            self._publish_in_store(self.shelf, database.path)
        database.swap(self.settings.database)
        if self.shelf:
            self.shelf.hold_state()
        self.new = None
        self.ledger.settle(summary.run_id, summary.release_id)
        summary = self.end("published")
        parquet.remove_leftovers(self.settings.warehouse)
        return summary

    def _publish_in_store(self, shelf: Shelf, database: Path) -> None:
        assert self.summary.release_id is not None
        try:
            shelf.publish(database, self.ledger.path, self.summary.release_id, self.summary.run_id, self.now())
        except Overtaken as error:
            raise NotPublished(f"not published: {error}") from error
        except StoreError as error:
            raise NotPublished(f"not published, the last good warehouse stays: {error}; run again") from error

    def _keep_ledger_in_store(self, shelf: Shelf) -> None:
        """What happened stands in the store too. Where it cannot, the run's result counts all the same."""
        try:
            shelf.keep_ledger(self.ledger.path, self.summary.run_id)
            shelf.hold_state()
        except StoreError as error:
            log.warning("the notes of this run stay on this machine: %s", error)

    def _check_sources(self) -> None:
        """Raises NotPublished where no source could be read, or one is outside the limits that its file sets."""
        if self.gathered.all_failed:
            raise NotPublished("; ".join(self.gathered.notes) or "every source failed")
        wrong = [f"source {one.source}: {one.message}" for one in self.gathered.volume if one.stops_publication]
        for name, most in self.gathered.quarantined_at_most.items():
            if self.quarantined_of[name] > most:
                wrong.append(f"source {name}: {self.quarantined_of[name]} documents in quarantine, at most {most} are expected")
        if wrong:
            raise NotPublished(
                f"not published, the last good warehouse stays: {'; '.join(wrong)}; correct [expect] in the source's file if "
                "that is right, and run again"
            )

    def _quarantine_broken(self) -> None:
        if self.changes.broken:
            told = {"run_id": self.summary.run_id, "first_seen_at": utc_text(self.started), "cleaner": self.cleaner}
            self.ledger.quarantined([row | told for row in self.changes.broken])
            self.summary.quarantined += len(self.changes.broken)

    def _count_changes(self) -> None:
        summary, changes = self.summary, self.changes
        summary.documents_new, summary.documents_changed = changes.new, changes.changed
        summary.documents_recomputed = changes.recomputed
        summary.documents_unchanged = self.gathered.unchanged + changes.unchanged

    def _size_up(self, database: publish.NewDatabase) -> None:
        count = "select (select count(*) from turns), (select count(*) from sentences), (select count(*) from numeric_claims)"
        [(self.summary.turns, self.summary.sentences, self.summary.claims)] = database.connection.execute(count).fetchall()

    def _note_done(self) -> None:
        """Nothing was published, since what was read said nothing new: it need not be read again."""
        self.ledger.intend(self.summary.run_id, self.done)
        self.ledger.settle(self.summary.run_id, self.base.release_id if self.base else None)

    def end(self, status: str) -> Summary:
        """Notes in the ledger how the run ended."""
        self.summary.status = status
        if self.left_out:
            self.summary.notes.append(f"{self.left_out:,} documents lie outside the days asked for, and are left out")
        self.summary.seconds = (self.now() - self.started).total_seconds()
        self.ledger.finish(self.summary.run_id, status, self.summary.counts(), self.summary.release_id, self.now())
        if status == "nothing_new" and self.base is not None:
            self.ledger.stands(self.base.release_id)
        self._is_ended = True
        if self.shelf:
            self._keep_ledger_in_store(self.shelf)
        return self.summary

    def _ledger_rows(self) -> dict[str, list[dict[str, Any]]]:
        """runs, fetches and quarantine as the ledger has them; this run as the one that publishes."""
        rows: dict[str, list[dict[str, Any]]] = {}
        for name, query in (
            ("runs", "select * from runs"),
            ("fetches", "select * from fetches order by rowid"),
            ("quarantine", "select * from quarantine where resolved_at is null"),
        ):
            columns = BY_NAME[name].columns()
            rows[name] = [{c.name: _typed(row[c.name], c.python_type) for c in columns} for row in self.ledger.rows(query)]
        for row in rows["runs"]:
            if row["run_id"] == self.summary.run_id:
                row |= {"status": "published", "finished_at": self.now(), "release_id": self.summary.release_id}
                row["counts"] = json.dumps(self.summary.counts())
        return rows


def _typed(value: Any, wanted: Any) -> Any:
    return dt.datetime.fromisoformat(value) if wanted is dt.datetime and value is not None else value


def _without_repeats(parts: Iterable[dict[str, pa.Table]]) -> Iterator[list[dict[str, pa.Table]]]:
    """Groups of parts in which a document stands once: its next version must find the one before in place."""
    group: list[dict[str, pa.Table]] = []
    seen: set[str] = set()
    for part in parts:
        ids = set(part["documents"]["document_id"].to_pylist())
        if group and ids & seen:
            yield group
            group, seen = [], set()
        group.append(part)
        seen |= ids
    if group:
        yield group
