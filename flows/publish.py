"""A new database beside the old one: batches taken in, models run over the whole, checks passed, then one atomic swap.

The new database begins as a copy of the published one, so that a night's work is as large as what changed. Until the swap
nothing that readers see is touched; whatever a killed run leaves lies in `.work/` and is removed by the next one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import duckdb

from flows import checks, derive, durable, parquet
from flows.inputs import STAGED
from flows.intake import DERIVED_TABLES, FEW, Changes, Intake
from flows.standing import is_current, published
from flows.store import HALF_WRITTEN
from schemas import BY_NAME, SCHEMA_VERSION, TABLES
from schemas.base import quoted

IDS = {  # that others cite
    "blocks": "block_id",
    "turns": "turn_id",
    "sentences": "sentence_id",
    "numeric_mentions": "mention_id",
    "numeric_claims": "claim_id",
}
NEVER_EMPTIED = ("documents", "turns", "sentences", "speakers", "topics", "numeric_mentions", "numeric_claims", "sources")
MENDING_ROUNDS = 5

log = logging.getLogger("onrecord")


class CheckFailed(Exception):
    """A check stopped the publication; the message says which, shows rows and how to go on."""


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
        self.connection.execute(f"set temp_directory = {quoted(folder / 'spill')}")
        derive.create_tables(self.connection)
        self._written: list[Path] = []  # files of this release beside the database
        self.catalog = self.path.stem
        self.intake = Intake(self.connection, self.catalog)

    def close(self) -> None:
        """Gives the file up as it is; what becomes the release is sealed first."""
        self.connection.close()

    # Rows in

    def copy_from_published(self, without: set[str], changes: Changes) -> None:
        """Copies what is published into this database, made `is_fresh`, but for the documents in `without`, with all their
        versions and ids: not even a deleted block of the file holds them.
        """
        run = self.connection.execute
        made = {model.name for model in derive.models() if model.scope == "warehouse"}
        made |= {*checks.LEDGER_TABLES, "release", "corrections", "configured_sources"}
        with self._before_attached():
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
            touched = f"select distinct {parquet.PARTITION} from before.main.documents semi join without using (document_id)"
            changes.partitions |= {(source, month) for source, month in run(touched).fetchall()}
            run("drop table without; drop table ids")

    def derive_warehouse(self) -> None:
        """Runs the models over all current rows; what they say of documents is written into documents."""
        self.intake.prepare()
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
            if failure.table in STAGED + DERIVED_TABLES:
                changes.broken += checks.evidence(self.connection, failure)
                documents.update(checks.documents_of(self.connection, failure))
        return documents & changes.documents.keys() or documents

    def _take_out_of_the_whole(self, failure: checks.Failure, changes: Changes) -> None:
        """Deletes rows that break a rule from a table about the whole, such as series."""
        row = {"stage": "publish", "origin": f"table {failure.table}", "source": None, "content_sha256": None}
        changes.broken.append(row | {"reason": f"rows break a rule: {failure.rule}"[:300], "detail": failure.detail[:4000]})
        checks.take_out(self.connection, failure)

    def _withdraw(self, documents: set[str], changes: Changes) -> None:
        """Takes this run's rows of the documents out again; what was published of them before stands in their place."""
        run = self.connection.execute
        has_before = self.base is not None
        with self._before_attached() if has_before else nullcontext():
            for name in STAGED + DERIVED_TABLES:
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
        for document in documents:
            changes.give_back(document)

    def _touch_partitions(self, changes: Changes) -> None:
        """Notes the months of documents that moved, went, or whose event another document changed: their files are stale too."""
        if self.base is None:
            return
        said = "document_id, version, event_id, event_role, event_evidence, duplicate_of"
        one, other = f"{said}, {parquet.PARTITION} from before.main.documents", f"{said}, {parquet.PARTITION} from documents"
        changed = f"(select {one} except select {other}) union all (select {other} except select {one})"
        with self._before_attached():
            found = self.connection.execute(f"select source, month from ({changed})").fetchall()
        changes.partitions |= {(source, month) for source, month in found}

    @contextmanager
    def _before_attached(self) -> Iterator[None]:
        """Within it the published database is there under the name `before`."""
        self.connection.execute(f"attach {quoted(self.published_path)} as before (read_only)")
        try:
            yield
        finally:
            self.connection.execute("detach before")

    def check(self, largest_loss: float) -> None:
        """What is true of the whole: no source and no table is lost. Raises CheckFailed with what is missing."""
        problems = [*self._losses(largest_loss), *self._emptied(largest_loss)]
        if problems:
            raise CheckFailed("\n".join(problems))

    def _emptied(self, largest_loss: float) -> Iterator[str]:
        """Tables that every reader needs and that no longer hold a row."""
        if self.base is None or largest_loss >= 1:
            return
        with self._before_attached():
            for name in NEVER_EMPTIED:
                [(had, has)] = self.connection.execute(
                    f"select (select count(*) from before.main.{name}), (select count(*) from {self.catalog}.main.{name})"
                ).fetchall()
                if had and not has:
                    yield f"{name} had {had} rows and would be empty; if that is right, run once with ONRECORD_LARGEST_LOSS=1"

    def _losses(self, largest_loss: float) -> Iterator[str]:
        """A source that loses more than a share of its documents or claims."""
        if self.base is None:
            return
        run = self.connection.execute
        with self._before_attached():
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

    def export(self, folder: Path, partitions: set[tuple[str, str]], release_id: str) -> None:
        """Writes the tables as Parquet below a folder: those of documents by source and month, where touched."""
        before = self.base.release_id if self.base else None
        self._written += parquet.export(self.connection, self.folder, folder, partitions, release_id, before)

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


def remove_leftovers(warehouse: Path) -> list[str]:
    """Removes what killed runs left: work folders, and Parquet files that no published release names. Returns their names."""
    removed = []
    for path in sorted((warehouse / ".work").glob("*")):
        shutil.rmtree(path, ignore_errors=True)
        removed.append(path.name)
    for path in sorted((warehouse / "raw" / HALF_WRITTEN).glob("*")):
        path.unlink()
        removed.append(f"raw/{HALF_WRITTEN}/{path.name}")
    return removed + parquet.remove_leftovers(warehouse)
