"""Batches of documents into the new database: what is new, changed or the same, its models run, what breaks a rule taken out.

Each batch is staged and derived in a database `batch` beside the new one, so that the models see its documents and no others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import duckdb
import pyarrow as pa

from flows import checks, derive
from flows.inputs import STAGED
from flows.parquet import PARTITION
from flows.redirect import redirects_of
from schemas import BY_NAME, TABLES, Row

DERIVED_TABLES = ("numeric_mentions", "numeric_claims", "sentence_topics", "turn_topics", "claim_keys")
LEADING = {"turns": "turn", "sentences": "sentence", "blocks": "block", "numeric_mentions": "mention"}  # table -> kind of redirect
BESIDE = 40  # characters beside a mention by which it is found again
FEW = 10  # documents that a run may give back whatever share of it they are
SENTENCES_A_CHUNK = 100_000  # that models run over at once: each round of them costs 1.6 processor seconds, whatever it holds
CURRENT_WORDS = ("document_id", "version", "content_sha256", "transcript_sha256", "cleaner", "source", "origin")

Earlier = Set[tuple[str, str]]  # (document_id, content_sha256)


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
        """Documents of which something is to be published."""
        return self.new + self.changed + self.recomputed


class Intake:
    """Takes batches of documents into the tables of the database that a connection is open on."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, catalog: str) -> None:
        """`catalog` is the database's name among those that the connection has."""
        self.connection, self.catalog = connection, catalog
        self._is_prepared = False
        connection.execute("attach ':memory:' as batch")

    def prepare(self) -> None:
        """Loads models and lexicons once, the latter beside both databases: what is published holds none of them."""
        if not self._is_prepared:
            derive.models()
            derive.prepare_apart(self.connection)
            self._is_prepared = True

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
            self._take_in(STAGED + DERIVED_TABLES)

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
        # all of it: a result that is left unfinished keeps the connection from taking in the next batch
        [row] = self.connection.execute("select document_id, origin, source, content_sha256 from batch.documents").fetchall()
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
        for table in STAGED:
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
            for name in STAGED + DERIVED_TABLES:
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
            changes.partitions |= {tuple(row) for row in self.connection.execute(f"select {PARTITION} from documents").fetchall()}  # type: ignore[misc]
        finally:
            self.connection.execute(f"use {self.catalog}")

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
        changes.broken += checks.evidence(connection, failure)
        checks.take_out(connection, failure)

    def _take_out_documents(self, failure: checks.Failure, changes: Changes) -> None:
        """Deletes all that was derived of the documents with rows that break a rule."""
        changes.broken += checks.evidence(self.connection, failure)
        documents = checks.documents_of(self.connection, failure)
        for name in DERIVED_TABLES:
            self.connection.execute(
                f"delete from {BY_NAME[name].qualified()} where document_id in (select unnest(?))", [documents]
            )

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
        derive.side_by_side(self.connection, statements)


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
