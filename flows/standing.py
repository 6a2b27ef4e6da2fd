"""The release that stands: what readers see, and what the next run goes on from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from schemas import SCHEMA_VERSION, TABLES


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
