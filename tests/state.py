"""What tests ask of a warehouse: its tables, its rows without what a clock or a run's name decides, and all of its files."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import duckdb

# not in a row's identity
CLOCK = {"fetched_at", "fetched_before_at", "run_id", "since", "noticed_at", "last_fetched_at", "first_seen_at", "tries"}
OF_RUNS = {"runs", "fetches", "release"}


def query(database: Path, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(sql, parameters).fetchall()


def columns(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """schema.table -> its columns, of tables and views that were made by a run."""
    found: dict[str, list[str]] = {}
    rows = connection.execute(
        "select schema_name, table_name, column_name from duckdb_columns() "
        "where not internal and database_name = current_database() order by schema_name, table_name, column_index"
    ).fetchall()
    for schema, table, column in rows:
        found.setdefault(f"{schema}.{table}", []).append(column)
    return found


def contents(database: Path) -> dict[str, list[str]]:
    """schema.table -> its rows as sorted text, without clocks and names of runs: what two warehouses must have in common."""
    with duckdb.connect(str(database), read_only=True) as connection:
        held = {}
        for name, names in columns(connection).items():
            schema, _, table = name.partition(".")
            if schema in ("main", "history", "archive") and table not in OF_RUNS:
                wanted = ", ".join(f'"{c}"' for c in names if c not in CLOCK)
                rows = connection.execute(f"select {wanted} from {name}").fetchall()
                held[name] = sorted(map(repr, rows))
        return held


def differences(one: Path, other: Path) -> dict[str, tuple[list[str], list[str]]]:
    """For each table that differs: up to three rows that only the one or the other has."""
    a, b = contents(one), contents(other)
    wrong = {}
    for name in sorted(a.keys() | b.keys()):
        left, right = a.get(name, ["no such table"]), b.get(name, ["no such table"])
        if left != right:
            only = [sorted(set(x) - set(y))[:3] for x, y in ((left, right), (right, left))]
            wrong[name] = (only[0], only[1])
    return wrong


def files(folder: Path) -> dict[str, str]:
    """Every file below the folder and the hash of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
