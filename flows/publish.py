"""A new database beside the old one: rows in, models run, checks passed, then one atomic swap.

The new database begins as a copy of the published one, so that a night's work is as large as what changed. Until the swap
nothing that readers see is touched; whatever a killed run leaves lies in `.work/` and is removed by the next one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from flows import checks, derive, durable
from flows.redirect import redirects_of
from flows.store import HALF_WRITTEN
from schemas import BY_NAME, SCHEMA_VERSION, TABLES, Row

READ_TABLES = ("documents", "blocks", "turns", "sentences", "document_bands", "correction_places")
DERIVED_TABLES = ("numeric_mentions", "numeric_claims", "sentence_topics", "turn_topics", "claim_keys")
PARTITIONED = (
    "documents",
    "blocks",
    "turns",
    "sentences",
    "numeric_mentions",
    "numeric_claims",
    "sentence_topics",
    "turn_topics",
)
IDS = {  # that others cite
    "blocks": "block_id",
    "turns": "turn_id",
    "sentences": "sentence_id",
    "numeric_mentions": "mention_id",
    "numeric_claims": "claim_id",
}
LEADING = {"turns": "turn", "sentences": "sentence", "blocks": "block", "numeric_mentions": "mention"}  # table -> kind of redirect
BESIDE = 40  # characters beside a mention by which it is found again
NEVER_EMPTIED = ("documents", "turns", "sentences", "speakers", "topics", "numeric_mentions", "numeric_claims", "sources")
MENDING_ROUNDS = 5
FEW = 10  # documents that a run may give back whatever share of it they are
SENTENCES_A_CHUNK = 100_000  # that models run over at once: each round of them costs 1.6 processor seconds, whatever it holds
CURRENT_WORDS = ("document_id", "version", "content_sha256", "transcript_sha256", "cleaner", "source", "origin")

log = logging.getLogger("onrecord")
Earlier = Set[tuple[str, str]]  # (document_id, content_sha256)


class CheckFailed(Exception):
    """A check stopped the publication; the message says which, shows rows and how to go on."""


class DatabaseBusy(Exception):
    """The published database is there and whole, but cannot be read now."""


@dataclass(frozen=True, slots=True)
class Published:
    """The state that readers see."""

    release_id: str
    schema_version: int
    cleaner: str
    models: str
    run_id: str


@dataclass(slots=True)
class Changes:
    """What a run changes: counted for the summary."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    recomputed: int = 0
    derived: int = 0  # not read again, but the models were run over them again
    broken: list[dict[str, Any]] = field(default_factory=list)  # rows of quarantine, from models' rows that break their schema
    partitions: set[tuple[str, str]] = field(default_factory=set)
    documents: dict[str, str] = field(default_factory=dict)  # document_id -> what became of it last: new, changed, recomputed
    withdrawn: set[str] = field(default_factory=set)  # documents that went back to what stood before

    def give_back(self, document: str) -> None:
        """A document goes back to what stood before: it counts as none of what this run changed."""
        action = self.documents.get(document)
        if action is not None and document not in self.withdrawn:
            setattr(self, action, getattr(self, action) - 1)
        self.withdrawn.add(document)

    @property
    def touched(self) -> int:
        return self.new + self.changed + self.recomputed


def published(database: Path) -> Published | None:
    """The release that stands there; None without a database or with one that cannot be used.

    Raises DatabaseBusy where another program holds it for writing, or where it may not be read.
    """
    if not database.exists():
        return None
    remove_stray_wal(database)
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            row = connection.execute("select release_id, schema_version, cleaner, models, run_id from release").fetchone()
    except duckdb.Error as error:
        _raise_if_busy(error, database)
        return None
    return Published(*row) if row else None


def remove_stray_wal(database: Path) -> None:
    """A .wal beside the published file is another file's, or a killed writer's: with it opening fails, or shows foreign rows.

    Raises DatabaseBusy where the writer is alive.
    """
    wal = database.with_name(database.name + ".wal")
    if not wal.exists():  # nor asked to go: a warehouse that may only be read refuses even that
        return
    if database.exists():
        try:
            duckdb.connect(str(database), read_only=True).close()
        except duckdb.Error as error:  # what is wrong with it goes with the .wal
            _raise_if_busy(error, database)
    wal.unlink(missing_ok=True)


def _raise_if_busy(error: duckdb.Error, database: Path) -> None:
    told = str(error).lower()
    if isinstance(error, duckdb.IOException) and ("lock" in told or "permission" in told):
        raise DatabaseBusy(
            f"{database} is held by another program, or may not be read; close what has it open for writing: {error}"
        ) from error


def is_current(state: Published | None, database: Path) -> bool:
    """Whether the database that stands has the tables of this code, so that a run may go on from it."""
    if state is None or state.schema_version != SCHEMA_VERSION:
        return False
    stored = [table for table in TABLES if not table.is_view]
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute("select schema_name, table_name, column_name, data_type from duckdb_columns()").fetchall()
    has = {(schema, table, column, type.lower()) for schema, table, column, type in rows}
    places = [(t, t.schema_name) for t in stored] + [(t, "archive") for t in stored if t.versioned]
    return all((place, t.table, c.name, c.sql_type) in has for t, place in places for c in t.columns())


class NewDatabase:
    """The database of the next release while it is made."""

    def __init__(self, database: Path, folder: Path, memory: str, threads: int | None = None, is_fresh: bool = False) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.published_path = database
        self.path = folder / "onrecord.duckdb"
        self.folder = folder
        state = published(database)
        self.base = state if is_current(state, database) else None
        self.is_rebuilt = self.base is None
        if not self.is_rebuilt and not is_fresh:
            shutil.copyfile(database, self.path)
        self.connection = derive.connect(self.path, memory, threads)
        self.connection.execute(f"set temp_directory = '{str(folder / 'spill').replace(chr(39), chr(39) * 2)}'")
        derive.create_tables(self.connection)
        self.connection.execute("attach ':memory:' as batch")
        self._is_prepared = False
        self._written: list[Path] = []  # files of this release beside the database
        self.catalog = self.path.stem

    def close(self) -> None:
        self.connection.close()

    # Rows in

    def copy_from_published(self, without: set[str], changes: Changes) -> None:
        """Copies what is published into this database, made `is_fresh`, but for the documents in `without`, with all their
        versions and ids: not even a deleted block of the file holds them.
        """
        run = self.connection.execute
        made = {model.name for model in derive.models() if model.scope == "warehouse"}
        made |= {*checks.LEDGER_TABLES, "release", "corrections", "configured_sources"}
        self._attach_before()
        run("create temp table without as select unnest(?::varchar[]) as document_id", [sorted(without)])
        run("create temp table ids as select document_id as id from without")
        for name, key in IDS.items():
            for schema in ("main", "archive"):
                run(f"insert into ids select {key} from before.{schema}.{name} semi join without using (document_id)")
        where = {"redirects": "old_id not in (select id from ids) and coalesce(new_id, '') not in (select id from ids)"}
        for table in TABLES:
            if table.is_view or table.table in made:
                continue
            columns = ", ".join(table.column_names())
            condition = where.get(table.table, "document_id not in (select document_id from without)")
            for place in (table.qualified(), *([f"archive.{table.table}"] if table.versioned else [])):
                run(f"insert into {place} ({columns}) select {columns} from before.{place} where {condition} order by rowid")
        touched = f"select distinct {_PARTITION} from before.main.documents semi join without using (document_id)"
        changes.partitions |= {(source, month) for source, month in run(touched).fetchall()}
        run("drop table without; drop table ids; detach before")

    def add(
        self, part: dict[str, pa.Table], is_forced: bool, cleaner: str, changes: Changes, earlier: Earlier = frozenset()
    ) -> None:
        """Adds what a batch read: decides what is new, changed or the same as what stands, and derives what is not the same.

        A document read again from the same bytes keeps its version; other bytes with the same words make none, and what
        stands stays that of the first bytes. `earlier` are documents and bytes after which others were published: they
        say something new only of documents that still stand on them.
        """
        decided = self._decide(part["documents"], is_forced, cleaner, changes, earlier)
        wanted = [row for row in decided if row["action"] != "unchanged"]
        if not wanted:
            return
        for piece in self._derived(wanted, partial(self._stage, part), changes):
            self._supersede(piece)
            self._take_in(READ_TABLES + DERIVED_TABLES)

    def derive_again(self, changes: Changes) -> Iterator[int]:
        """Runs the document models again over everything that stands, chunk by chunk; yields documents done."""
        for schema in ("main", "archive"):
            versions = self.connection.execute(
                f"select document_id, version, count(*) from {schema}.sentences group by all order by 1, 2"
            ).fetchall()
            for chunk in _chunks(versions):
                for document, _ in chunk:
                    if document not in changes.documents:
                        changes.documents[document] = "derived"
                        changes.derived += 1
                tables = DERIVED_TABLES if schema == "main" else ("numeric_mentions", "numeric_claims")
                for _ in self._derived(chunk, partial(self._stage_again, schema), changes):
                    self._take_in(tables, schema)
                yield len(chunk)

    def _derived(self, wanted: list[Any], stage: Callable[[list[Any]], None], changes: Changes) -> Iterator[list[Any]]:
        """Stages and derives documents; yields those that lie derived in the database `batch`, to be taken in.

        They come in one piece, or in several where a model fails: the document that it fails on goes to quarantine, and
        what stood of it before stays. Raises ModelError where that befalls so many that the model itself is at fault.
        """
        stage(wanted)
        before = len(changes.broken)
        try:
            self._derive(changes)
        except derive.ModelError as error:
            del changes.broken[before:]
            if len(wanted) > 1:
                half = len(wanted) // 2
                yield from self._derived(wanted[:half], stage, changes)
                yield from self._derived(wanted[half:], stage, changes)
                return
            self._refuse(error, changes)
            return
        yield wanted

    def _refuse(self, error: derive.ModelError, changes: Changes) -> None:
        """Notes that the one document in the database `batch` cannot be derived."""
        row = self.connection.execute("select document_id, origin, source, content_sha256 from batch.documents").fetchone()
        assert row is not None
        changes.give_back(row[0])
        if len(changes.withdrawn) > FEW:
            raise error
        place = dict(zip(("origin", "source", "content_sha256"), row[1:], strict=True))
        changes.broken.append({"stage": "derive", **place, "reason": "a model fails on it", "detail": str(error)[:4000]})

    def _decide(
        self, documents: pa.Table, is_forced: bool, cleaner: str, changes: Changes, earlier: Earlier
    ) -> list[dict[str, Any]]:
        self.connection.register("incoming", documents.select(list(CURRENT_WORDS)))
        self.connection.execute("create or replace temp table earlier (document_id varchar, content_sha256 varchar)")
        if earlier:
            columns = [list(column) for column in zip(*earlier, strict=True)]
            self.connection.execute("insert into earlier select unnest(?), unnest(?)", columns)
        rows = self.connection.execute(
            """
            select
                i.document_id, i.source, c.version as current_version, coalesce(c.version, 0) + case
                    when c.version is null then 1
                    when c.transcript_sha256 = i.transcript_sha256 or c.content_sha256 = i.content_sha256 then 0
                    else 1
                end as version,
                case
                    when c.version is null then 'new'
                    when c.content_sha256 <> i.content_sha256
                        and (c.transcript_sha256 = i.transcript_sha256 or e.document_id is not null) then 'unchanged'
                    when c.content_sha256 <> i.content_sha256 then 'changed'
                    when c.cleaner <> $cleaner or $forced or c.transcript_sha256 <> i.transcript_sha256 then 'recomputed'
                    else 'unchanged'
                end as action
            from incoming as i
            left join documents as c on c.document_id = i.document_id
            left join earlier as e on e.document_id = i.document_id and e.content_sha256 = i.content_sha256
            order by i.document_id
            """,
            {"cleaner": cleaner, "forced": is_forced},
        ).fetchall()
        self.connection.unregister("incoming")
        decided = [dict(zip(("document_id", "source", "current_version", "version", "action"), row, strict=True)) for row in rows]
        for row in decided:
            if row["action"] != "unchanged":
                changes.documents[row["document_id"]] = row["action"]
            elif row["document_id"] in changes.documents:
                continue
            setattr(changes, row["action"], getattr(changes, row["action"]) + 1)
        return decided

    def _stage(self, part: dict[str, pa.Table], wanted: list[dict[str, Any]]) -> None:
        """The wanted documents' rows as the tables of the database `batch`, with their versions."""
        run = self.connection.execute
        run("create or replace table batch.wanted (document_id varchar, version bigint, action varchar)")
        run(
            "insert into batch.wanted select unnest(?), unnest(?), unnest(?)",
            [[w[k] for w in wanted] for k in ("document_id", "version", "action")],
        )
        for table in READ_TABLES:
            self.connection.register("incoming", part[table])
            has_version = "version" in BY_NAME[table].column_names()
            version = "replace (w.version as version)" if has_version else ""
            run(
                f"create or replace table batch.{table} as select i.* {version} "
                "from incoming as i inner join batch.wanted as w using (document_id)"
            )
            self.connection.unregister("incoming")
        run(  # when its bytes came does not change when they are read again
            f"update batch.documents as b set fetched_at = c.fetched_at from {self.catalog}.main.documents as c "
            "where c.document_id = b.document_id and c.version = b.version and c.content_sha256 = b.content_sha256"
        )

    def _stage_again(self, schema: str, chunk: list[tuple[str, int]]) -> None:
        run = self.connection.execute
        run("create or replace table batch.wanted (document_id varchar, version bigint, action varchar)")
        run("insert into batch.wanted select unnest(?), unnest(?), 'recomputed'", [[c[0] for c in chunk], [c[1] for c in chunk]])
        for table in ("documents", "blocks", "turns", "sentences", "correction_places"):
            run(
                f"create or replace table batch.{table} as select s.* from {self.catalog}.{schema}.{table} as s "
                "inner join batch.wanted as w using (document_id, version)"
            )

    def _supersede(self, wanted: list[dict[str, Any]]) -> None:
        """Moves the rows of versions that are no longer current to the archive; notes where their ids lead."""
        run = self.connection.execute
        changed = [w["document_id"] for w in wanted if w["action"] == "changed"]
        old = {t: self._spans(f"main.{t}", changed) for t in LEADING} if changed else {}
        for table in TABLES:
            if table.versioned and changed:
                columns = ", ".join(table.column_names())
                run(
                    f"insert into archive.{table.table} ({columns}) select {columns} from main.{table.table} "
                    "where document_id in (select unnest(?))",
                    [changed],
                )
        again = [w["document_id"] for w in wanted if w["action"] != "new"]
        if again:
            for name in READ_TABLES + DERIVED_TABLES:
                run(f"delete from {BY_NAME[name].qualified()} where document_id in (select unnest(?))", [again])
        if changed:
            new = {t: self._spans(f"batch.{t}", changed) for t in LEADING}
            since = dict(run("select document_id, fetched_at from batch.documents").fetchall())
            rows = [r for t in old for r in redirects_of(LEADING[t], old[t], new[t], since)]
            self._insert_rows(BY_NAME["redirects"], rows, "old_id")

    def _spans(self, table: str, documents: list[str]) -> list[tuple[str, str, str]]:
        kind = LEADING[table.rpartition(".")[2]]
        schema = f"{self.catalog}.{table}" if table.startswith("main.") else table
        of_document = f"inner join {schema.rpartition('.')[0]}.documents as d using (document_id)"
        match kind:
            case "block":
                text = f"substr(d.text, t.char_start + 1, t.char_end - t.char_start) from {schema} as t {of_document}"
            case "mention":  # two figures are alike in the words beside them
                first = f"greatest(t.char_start - {BESIDE}, 0)"
                text = f"substr(d.text, {first} + 1, t.char_end + {BESIDE} - {first}) from {schema} as t {of_document}"
            case _:
                text = f"t.text from {schema} as t"
        query = (
            f"select t.document_id, t.{kind}_id, {text} where document_id in (select unnest(?)) "
            "order by t.document_id, t.char_start"
        )
        return self.connection.execute(query, [documents]).fetchall()

    def _insert_rows(self, table: type[Row], rows: list[dict[str, Any]], key: str) -> None:
        if rows:
            self.connection.register("incoming", table.arrow(rows))
            self.connection.execute(f"delete from {table.qualified()} where {key} in (select {key} from incoming)")
            self.connection.execute(f"insert into {table.qualified()} select distinct on ({key}) * from incoming")
            self.connection.unregister("incoming")

    # Models

    def _derive(self, changes: Changes) -> None:
        """Runs the document models in the database `batch`; rows that break their schema go to quarantine."""
        self.prepare()
        derive.models_in(self.connection, "batch")
        try:
            derive.create_tables(self.connection, DERIVED_TABLES)

            def weed(connection: duckdb.DuckDBPyConnection, model: derive.Model) -> None:
                for failure in checks.of_rows(connection, model.schema) if model.schema else ():
                    self._take_out(failure, changes, connection)

            derive.run_together(self.connection, "document", "batch", weed)
            self._weed(changes)
            changes.partitions |= {tuple(row) for row in self.connection.execute(f"select {_PARTITION} from documents").fetchall()}  # type: ignore[misc]
        finally:
            self.connection.execute(f"use {self.catalog}")

    def prepare(self) -> None:
        """Loads models and lexicons once, the latter beside both databases: what is published holds none of them."""
        if not self._is_prepared:
            derive.models()
            derive.prepare_apart(self.connection)
            self._is_prepared = True

    def _weed(self, changes: Changes) -> None:
        """Takes out of the batch what breaks a rule: first the rows, then, where that does not mend it, all of the document's."""
        self._tidy()
        for is_last in (False, True):
            found = [f for f in checks.failures(self.connection, DERIVED_TABLES) if f.table in DERIVED_TABLES]
            for failure in found:
                if is_last:
                    self._take_out_documents(failure, changes)
                else:
                    self._take_out(failure, changes, self.connection)
            if not found:
                return
            self._tidy()

    def _take_out(self, failure: checks.Failure, changes: Changes, connection: duckdb.DuckDBPyConnection) -> None:
        """Deletes the rows that break a rule, with a row of quarantine for each document that had any."""
        assert failure.table is not None
        changes.broken += self._evidence(failure, connection)
        connection.execute(f"delete from {BY_NAME[failure.table].qualified()} as t where {failure.condition}")

    def _take_out_documents(self, failure: checks.Failure, changes: Changes) -> None:
        """Deletes all that was derived of the documents with rows that break a rule."""
        assert failure.table is not None
        changes.broken += self._evidence(failure, self.connection)
        broken = f"select document_id from {BY_NAME[failure.table].qualified()} as t where {failure.condition}"
        documents = [row[0] for row in self.connection.execute(broken).fetchall()]
        for name in DERIVED_TABLES:
            self.connection.execute(
                f"delete from {BY_NAME[name].qualified()} where document_id in (select unnest(?))", [documents]
            )

    def _evidence(self, failure: checks.Failure, connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
        """Rows of quarantine: one for each document with rows that break the rule, with one of these rows."""
        assert failure.table is not None
        table = BY_NAME[failure.table]
        rows = connection.execute(
            "select d.origin, d.source, d.content_sha256, count(*), min(to_json(t)::varchar) "
            f"from (from {table.qualified()} as t where {failure.condition}) as t inner join documents as d using (document_id) "
            "group by all order by all"
        ).fetchall()
        return [
            {
                "stage": "derive",
                "origin": origin,
                "source": source,
                "content_sha256": digest,
                "reason": f"rows break a rule: {failure.rule}"[:300],
                "detail": f"{count} rows of {table.table} were taken out, such as {row}; {failure.detail}"[:4000],
            }
            for origin, source, digest, count, row in rows
        ]

    def _tidy(self) -> None:
        """After rows were taken out: no claim without its mention, no key without its claim."""
        run = self.connection.execute
        run("delete from numeric_claims where mention_id not in (select mention_id from numeric_mentions)")
        run("update numeric_mentions set claim_id = null where claim_id not in (select claim_id from numeric_claims)")
        run("delete from staging.claim_keys where claim_id not in (select claim_id from numeric_claims)")

    def _take_in(self, tables: Iterable[str], schema: str = "main") -> None:
        """Takes what lies in the database `batch` into the tables of the same names, several at a time."""
        statements = []
        for name in tables:
            table = BY_NAME[name]
            columns = ", ".join(table.column_names())
            made = f"batch.{table.qualified()}" if name in DERIVED_TABLES else f"batch.{name}"
            target = f"{table.schema_name if schema == 'main' else schema}.{name}"
            statement = f"insert into {target} ({columns}) select {columns} from {made}"
            if schema != "main" or name in DERIVED_TABLES:
                version = "and t.version = w.version" if "version" in table.column_names() else ""
                statement = (
                    f"delete from {target} as t using batch.wanted as w where t.document_id = w.document_id {version}; {statement}"
                )
            statements.append(statement)
        self._run_side_by_side(statements)

    def _run_side_by_side(self, statements: list[str]) -> None:
        """Runs statements that touch different tables, as many at a time as there are cores, each over a connection of its own."""

        def run(statement: str) -> None:
            with self.connection.cursor() as connection:
                connection.execute(statement)

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(run, statements))

    def derive_warehouse(self) -> None:
        """Runs the models over all current rows; what they say of documents is written into documents."""
        self.prepare()
        derive.models_in(self.connection, self.catalog)

        def note_events(connection: duckdb.DuckDBPyConnection, model: derive.Model) -> None:
            if model.name == "events":
                _write_events(connection)

        # each in a transaction of its own: of a table not yet committed DuckDB knows no sizes, and joins in a bad order
        derive.run_together(self.connection, "warehouse", self.catalog, note_events)
        self.connection.execute(  # claims that went lead on to those that stand in their place
            "delete from redirects where kind = 'claim' and old_id in (select old_claim_id from claim_moves)"
        )
        self.connection.execute(
            "insert into redirects select distinct on (old_claim_id) old_claim_id, new_claim_id, 'claim', "
            "case when new_claim_id is null then 'removed' when is_same then 'moved' else 'altered' end, noticed_at "
            "from claim_moves where old_claim_id is not null and old_claim_id not in (select claim_id from numeric_claims) "
            "order by old_claim_id, to_version desc"
        )
        for name, key in IDS.items():
            # words that came back have their ids again, and those lead nowhere else
            self.connection.execute(f"delete from redirects where old_id in (select {key} from {name})")
        for model in derive.models():
            if model.scope == "warehouse" and model.schema is None and not model.is_view:
                self.connection.execute(f"drop table if exists {model.name}")
        self.connection.execute(f"use {self.catalog}")

    def load_ledger(self, rows: dict[str, list[dict[str, Any]]]) -> None:
        """Replaces what the ledger and the configuration say: runs, fetches, quarantine, corrections, configured sources."""
        for name, found in rows.items():
            table = BY_NAME[name]
            self.connection.execute(f"delete from {table.qualified()}")
            for index, problem in reversed(table.broken(found)):
                log.warning("a row of %s is left out, since no table can hold it: %s: %s", name, problem, found.pop(index))
            if found:
                self.connection.register("incoming", table.arrow(found))
                self.connection.execute(
                    f"insert into {table.qualified()} select distinct on ({', '.join(table.key)}) * from incoming"
                )
                self.connection.unregister("incoming")

    def corrections_met(self) -> list[tuple[str, str, str | None]]:
        """(correction, current document, why it could not be applied there, or None) wherever a correction's words stand."""
        return self.connection.execute(
            """
            with met as (
                select p.correction_id, p.document_id, p.note, p.field, c.claim_id,
                    count(c.claim_id) over (partition by p.document_id, p.correction_id) as claims,
                    count(*) over (partition by p.document_id, c.claim_id) as corrections
                from correction_places as p
                left join numeric_claims as c
                    on p.field = 'value' and c.document_id = p.document_id
                    and c.char_start < p.char_end and p.char_start < c.char_end
            )
            select distinct correction_id, document_id, case
                when note is not null or field <> 'value' then note
                when claims = 0 then 'no claim stands at its words'
                when claims > 1 then claims || ' claims stand at its words: name the number of one in surface'
                when corrections > 1 then 'another correction is for the same number: keep one'
            end
            from met
            """
        ).fetchall()

    # Out

    def describe(self) -> None:
        """Schema history, and the description of every table and column."""
        run = self.connection.execute
        run("begin; create schema if not exists history")
        for table in TABLES:
            if table.versioned:
                columns = ", ".join(table.column_names())
                run(
                    f"create or replace view history.{table.table} as "
                    f"select {columns}, true as is_current from main.{table.table} union all "
                    f"select {columns}, false as is_current from archive.{table.table}"
                )
                for statement in table.comment_sql("history", "view"):
                    run(statement)
                run(f"comment on column history.{table.table}.is_current is 'True for the version that stands in main.'")
                for statement in table.comment_sql("archive"):
                    run(statement)
            for statement in table.comment_sql(kind="view" if table.is_view else "table"):
                run(statement)
        run("commit")

    def release(self, run_id: str, cleaner: str, models: str, now: dt.datetime) -> str:
        """Stamps the release: the day of the newest bytes and a hash of all that determines the rows."""
        digest = hashlib.sha256(f"{SCHEMA_VERSION} {cleaner} {models}".encode())
        newest = None
        rows = self.connection.execute(
            "select document_id, version, content_sha256, transcript_sha256, fetched_at from history.documents order by 1, 2"
        ).fetchall()
        for *words, fetched_at in rows:
            digest.update(" ".join(map(str, words)).encode())
            newest = max(newest or fetched_at, fetched_at)
        release_id = f"{(newest or now):%Y-%m-%d}-{digest.hexdigest()[:10]}"
        self.connection.execute("delete from release")
        self.connection.execute(
            "insert into release values (?, ?, ?, ?, ?, ?)", [release_id, SCHEMA_VERSION, cleaner, models, run_id, now]
        )
        return release_id

    def finish(self, changes: Changes, largest_loss: float) -> None:
        """Runs the models over the whole and takes out what breaks a rule, so that one bad row stops nothing else.

        Rows of tables about the whole (series, speakers) go by themselves; where rows of a document break a rule, the
        document goes back to what stood before. Raises CheckFailed where that is no cure, or costs too many documents.
        """
        self.derive_warehouse()
        for _ in range(MENDING_ROUNDS):
            found = checks.failures(self.connection)
            if not found:
                self._touch_partitions(changes)
                return
            documents = self._documents_of(found, changes)
            gone = changes.withdrawn | documents
            if any(f.table is None for f in found) or len(gone) > max(FEW, largest_loss * len(changes.documents)):
                break
            if documents:
                self._withdraw(documents, changes)
                self.derive_warehouse()
            else:
                for failure in found:
                    self._take_out_of_the_whole(failure, changes)
        raise CheckFailed(
            "\n".join(map(str, found)) + "\nThese rows show a fault of the code or the lexicons rather than of one document: "
            "go back to the version before, or correct the model, and run again; ONRECORD_LARGEST_LOSS=1 lets go of any number "
            "of documents"
        )

    def _documents_of(self, found: list[checks.Failure], changes: Changes) -> set[str]:
        """The documents whose own rows break rules, with a row of quarantine for each; those of this run, where it read any."""
        documents: set[str] = set()
        for failure in found:
            if failure.table in READ_TABLES + DERIVED_TABLES:
                changes.broken += self._evidence(failure, self.connection)
                broken = f"select document_id from {BY_NAME[failure.table].qualified()} as t where {failure.condition}"
                documents |= {row[0] for row in self.connection.execute(broken).fetchall()}
        return documents & changes.documents.keys() or documents

    def _take_out_of_the_whole(self, failure: checks.Failure, changes: Changes) -> None:
        """Deletes rows that break a rule from a table about the whole, such as series."""
        assert failure.table is not None
        row = {"stage": "publish", "origin": f"table {failure.table}", "source": None, "content_sha256": None}
        changes.broken.append(row | {"reason": f"rows break a rule: {failure.rule}"[:300], "detail": failure.detail[:4000]})
        self.connection.execute(f"delete from {BY_NAME[failure.table].qualified()} as t where {failure.condition}")

    def _withdraw(self, documents: set[str], changes: Changes) -> None:
        """Takes this run's rows of the documents out again; what was published of them before stands in their place."""
        run = self.connection.execute
        has_before = self.base is not None
        if has_before:
            self._attach_before()
        for name in READ_TABLES + DERIVED_TABLES:
            table = BY_NAME[name]
            columns = ", ".join(table.column_names())
            for place in (table.qualified(), *([f"archive.{name}"] if table.versioned and has_before else [])):
                run(f"delete from {place} where document_id in (select unnest(?))", [list(documents)])
                if has_before:
                    run(
                        f"insert into {place} ({columns}) select {columns} from before.{place} "
                        "where document_id in (select unnest(?))",
                        [list(documents)],
                    )
        if has_before:
            run("detach before")
        for document in documents:
            changes.give_back(document)

    def _touch_partitions(self, changes: Changes) -> None:
        """Notes the months of documents that moved, went, or whose event another document changed: their files are stale too."""
        if self.base is None:
            return
        self._attach_before()
        said = "document_id, version, event_id, event_role, event_evidence, duplicate_of"
        one, other = f"{said}, {_PARTITION} from before.main.documents", f"{said}, {_PARTITION} from documents"
        changed = f"(select {one} except select {other}) union all (select {other} except select {one})"
        changes.partitions |= {
            (source, month) for source, month in self.connection.execute(f"select source, month from ({changed})").fetchall()
        }
        self.connection.execute("detach before")

    def _attach_before(self) -> None:
        self.connection.execute(f"attach '{str(self.published_path).replace(chr(39), chr(39) * 2)}' as before (read_only)")

    def check(self, largest_loss: float) -> None:
        """What is true of the whole: no source and no table is lost. Raises CheckFailed with what is missing."""
        problems = [*self._losses(largest_loss), *self._emptied(largest_loss)]
        if problems:
            raise CheckFailed("\n".join(problems))

    def _emptied(self, largest_loss: float) -> Iterator[str]:
        """Tables that every reader needs and that no longer hold a row."""
        if self.base is None or largest_loss >= 1:
            return
        self._attach_before()
        try:
            for name in NEVER_EMPTIED:
                row = self.connection.execute(
                    f"select (select count(*) from before.main.{name}), (select count(*) from {self.catalog}.main.{name})"
                ).fetchone()
                assert row is not None
                if row[0] and not row[1]:
                    yield f"{name} had {row[0]} rows and would be empty; if that is right, run once with ONRECORD_LARGEST_LOSS=1"
        finally:
            self.connection.execute("detach before")

    def _losses(self, largest_loss: float) -> Iterator[str]:
        """A source that loses more than a share of its documents or claims."""
        if self.base is None:
            return
        run = self.connection.execute
        self._attach_before()
        try:
            for what in ("documents", "numeric_claims"):
                join = "" if what == "documents" else "inner join {0}.main.documents as d using (document_id)"
                count = f"select source, count(*) as n from {{0}}.main.{what} {join} group by source"
                rows = run(
                    f"select b.source, b.n, coalesce(a.n, 0) from ({count.format('before')}) as b "
                    f"left join ({count.format(self.catalog)}) as a using (source) where coalesce(a.n, 0) < b.n * (1 - ?)",
                    [largest_loss],
                ).fetchall()
                for source, had, has in rows:
                    yield (
                        f"source {source} had {had} {what} and would have {has}: more is lost than ONRECORD_LARGEST_LOSS "
                        f"({largest_loss:.0%}) allows; if that is right, run once with ONRECORD_LARGEST_LOSS=1"
                    )
        finally:
            run("detach before")

    def export(self, folder: Path, partitions: set[tuple[str, str]], release_id: str) -> list[dict[str, Any]]:
        """Writes the tables as Parquet: those of documents by source and month, where touched; returns the manifest."""
        manifest = _manifest(folder, self.base.release_id) if self.base else None
        if manifest is None:  # without the list of what stands there everything is written
            manifest = {}
            partitions = set(self.connection.execute(f"select distinct {_PARTITION} from history.documents").fetchall())  # type: ignore[arg-type]
        staging = self.folder / "parquet"
        staging.mkdir()
        self._write_parquet(staging, partitions)
        whole = {table.table for table in _unpartitioned()}
        manifest = {
            path: entry
            for path, entry in manifest.items()
            if entry["table"] not in whole and (entry["source"], entry["month"]) not in partitions
        }
        for path in sorted(staging.rglob("*.parquet")):
            entry = _take_file(path, staging, folder)
            manifest[entry["path"]] = entry
            self._written.append(folder / entry["path"])
        entries = [manifest[key] for key in sorted(manifest)]
        target = folder / "manifests" / f"{release_id}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace_text(target, json.dumps({"release_id": release_id, "files": entries}, indent=1) + "\n")
        self._written.append(target)
        return entries

    def _write_parquet(self, staging: Path, partitions: set[tuple[str, str]]) -> None:
        """The tables' files as they shall stand, below a folder: several tables at a time, each by one thread, so in order."""
        run = self.connection.execute
        run("create or replace table batch.touched (source varchar, month varchar)")
        if partitions:
            run("insert into batch.touched select unnest(?), unnest(?)", [[p[0] for p in partitions], [p[1] for p in partitions]])
        run(f"create or replace table batch.places as select document_id, {_PARTITION} from history.documents where is_current")
        copies = []
        for name in PARTITIONED:
            table = BY_NAME[name]
            where = f"history.{name}" if table.versioned else f"main.{name}"
            order = ", ".join(f"t.{column}" for column in table.sort)
            copies.append(
                f"copy (select t.*, p.source as part_source, p.month from {where} as t "
                "inner join batch.places as p using (document_id) "
                f"semi join batch.touched as c on c.source = p.source and c.month = p.month order by p.source, p.month, {order}) "
                f"to '{staging / name!s}' (format parquet, compression zstd, partition_by (part_source, month), "
                "overwrite_or_ignore)"
            )
        for table in _unpartitioned():
            (staging / table.table).mkdir(parents=True)
            order = ", ".join(table.sort)
            target = str(staging / table.table / "data.parquet")
            copies.append(f"copy (from {table.qualified()} order by {order}) to '{target}' (format parquet, compression zstd)")

        run("set threads = 1")  # one file a partition, in order
        self._run_side_by_side(copies)
        run(f"set threads = {os.cpu_count() or 1}")

    def seal(self) -> None:
        """Writes all that is still in memory and closes: from here on the file is as readers will see it."""
        self.connection.execute("detach batch")
        self.connection.execute("checkpoint")
        self.connection.close()

    def swap(self, database: Path) -> None:
        """Makes this sealed database the published one, in one step."""
        os.chmod(self.path, 0o644)
        durable.flush([*self._written, self.path], database.parent)
        wal = database.with_name(database.name + ".wal")
        wal.unlink(missing_ok=True)
        os.replace(self.path, database)
        wal.unlink(missing_ok=True)
        durable.flush([database], database.parent)


def _write_events(connection: duckdb.DuckDBPyConnection) -> None:
    """Which event a document is of stands in documents before the models run that compare an event's postings."""
    for documents in ("main.documents", "archive.documents"):  # a document's event is that of all its versions
        connection.execute(
            f"""
            update {documents} as d set event_id = e.event_id, event_role = e.event_role, event_evidence = e.event_evidence,
                duplicate_of = e.duplicate_of
            from events as e
            where e.document_id = d.document_id
                and (d.event_id, d.event_role, d.event_evidence, d.duplicate_of)
                    is distinct from (e.event_id, e.event_role, e.event_evidence, e.duplicate_of)
            """
        )


def _unpartitioned() -> list[type[Row]]:
    """The tables that are one Parquet file each: all that are stored but those by source and month, and the ledger's copies."""
    left_out = (*PARTITIONED, *checks.LEDGER_TABLES, "release")
    return [table for table in TABLES if not table.is_view and table.table not in left_out]


_PARTITION = "source, coalesce(strftime(coalesce(event_on, published_on), '%Y-%m'), 'unknown') as month"


def remove_leftovers(warehouse: Path) -> list[str]:
    """Removes what killed runs left: work folders, and Parquet files that no published release names. Returns their names."""
    removed = []
    for path in sorted((warehouse / ".work").glob("*")):
        shutil.rmtree(path, ignore_errors=True)
        removed.append(path.name)
    for path in sorted((warehouse / "raw" / HALF_WRITTEN).glob("*")):
        path.unlink()
        removed.append(f"raw/{HALF_WRITTEN}/{path.name}")
    return removed + remove_leftovers_of_parquet(warehouse)


def remove_leftovers_of_parquet(warehouse: Path) -> list[str]:
    """Removes Parquet files and manifests that the published release does not name."""
    folder = warehouse / "parquet"
    state = published(warehouse / "onrecord.duckdb")
    kept = _manifest(folder, state.release_id) if state else None
    if state is None or kept is None:
        return []  # without the list of what belongs to the release nothing can be told to be left over
    manifest = folder / "manifests" / f"{state.release_id}.json"
    removed = []
    for path in sorted(folder.rglob("*")):
        is_file = path.is_file() and path.parent != manifest.parent and path.name != "manifest.json"
        if is_file and path.relative_to(folder).as_posix() not in kept:
            path.unlink()
            removed.append(path.name)
    for path in sorted(manifest.parent.iterdir()):
        if path != manifest:
            path.unlink()
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    _replace_text(folder / "manifest.json", manifest.read_text())
    return removed


def _manifest(folder: Path, release_id: str) -> dict[str, dict[str, Any]] | None:
    """The Parquet files of a release by their paths; None where their list is missing or damaged."""
    try:
        read = json.loads((folder / "manifests" / f"{release_id}.json").read_text())
        return {entry["path"]: entry for entry in read["files"]}
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def _take_file(path: Path, staging: Path, folder: Path) -> dict[str, Any]:
    """Moves a written file to its place under a name that says its content, so that no file is ever changed."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    inside = path.relative_to(staging).parent
    parts = dict(part.split("=", 1) for part in inside.parts[1:])
    place = Path(inside.parts[0], *[f"{k.removeprefix('part_')}={v}" for k, v in parts.items()], f"{digest[:16]}.parquet")
    target = folder / place
    target.parent.mkdir(parents=True, exist_ok=True)
    size = path.stat().st_size
    os.replace(path, target)
    return {
        "path": place.as_posix(),
        "table": inside.parts[0],
        "source": parts.get("part_source"),
        "month": parts.get("month"),
        "bytes": size,
        "sha256": digest,
    }


def _replace_text(path: Path, text: str) -> None:
    temporary = path.with_name(path.name + ".new")
    temporary.write_text(text)
    durable.flush([temporary], path.parent)
    os.replace(temporary, path)


def _chunks(versions: list[tuple[str, int, int]]) -> Iterator[list[tuple[str, int]]]:
    """Documents in chunks of about as many sentences; a document stands once in a chunk, since its versions share ids."""
    chunk: list[tuple[str, int]] = []
    seen: set[str] = set()
    size = 0
    for document, version, sentences in versions:
        if chunk and (size + sentences > SENTENCES_A_CHUNK or document in seen):
            yield chunk
            chunk, seen, size = [], set(), 0
        chunk.append((document, version))
        seen.add(document)
        size += sentences
    if chunk:
        yield chunk
