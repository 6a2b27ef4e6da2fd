"""What every table must keep: limits, keys, references and the queries of sql/**/*.check.sql, and which rows break them.

A failure says its rows as an SQL condition on its table, so that the same finding serves to show them, to find their
documents and to take them out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from flows import derive
from schemas import BY_NAME, TABLES, Row

SHOWN = 3  # rows of a failure that its message shows
LEDGER_TABLES = ("runs", "fetches", "quarantine")


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule that rows break."""

    rule: str
    table: str | None  # whose rows break it; None where the rule is about no single row
    condition: str  # on the table under the name t: true for the rows that break the rule
    detail: str  # rows to look at, and the query

    def __str__(self) -> str:
        return f"{self.rule}: {self.detail}"


def failures(connection: duckdb.DuckDBPyConnection, names: Iterable[str] | None = None) -> list[Failure]:
    """Every rule that rows of the tables (all but the ledger's copies) break, in the connection's default schema."""
    wanted = [t for t in TABLES if not t.is_view and t.table not in LEDGER_TABLES and (names is None or t.table in names)]
    found: list[Failure] = []
    for table in wanted:
        found += of_rows(connection, table)
        found += _lost_references(connection, table, names)
    return found + list(_queries(connection, names))


def of_rows(connection: duckdb.DuckDBPyConnection, table: type[Row]) -> list[Failure]:
    """The rules of one table alone: its limits and its key."""
    return [*_limits(connection, table), *_repeats(connection, table)]


def evidence(connection: duckdb.DuckDBPyConnection, failure: Failure) -> list[dict[str, Any]]:
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


def documents_of(connection: duckdb.DuckDBPyConnection, failure: Failure) -> list[str]:
    """The documents with rows that break the rule, once for each of these rows."""
    assert failure.table is not None
    broken = f"select document_id from {BY_NAME[failure.table].qualified()} as t where {failure.condition}"
    return [row[0] for row in connection.execute(broken).fetchall()]


def take_out(connection: duckdb.DuckDBPyConnection, failure: Failure) -> None:
    """Deletes the rows that break the rule."""
    assert failure.table is not None
    connection.execute(f"delete from {BY_NAME[failure.table].qualified()} as t where {failure.condition}")


def _limits(connection: duckdb.DuckDBPyConnection, table: type[Row]) -> Iterator[Failure]:
    for what, count in derive.violations(connection, table):
        conditions = dict(table.violations())
        condition = f"coalesce({conditions[what]}, false)"
        detail = f"{count} rows, such as {_shown(connection, table, condition)}"
        yield Failure(f"{table.table}: {what}", table.table, condition, detail)


def _repeats(connection: duckdb.DuckDBPyConnection, table: type[Row]) -> Iterator[Failure]:
    """Of rows with one key all but one, always the same one."""
    name, key = table.qualified(), ", ".join(table.key)
    if not connection.execute(f"select 1 from {name} group by {key} having count(*) > 1 limit 1").fetchall():
        return
    first = f"select arg_min(rowid, to_json(r)::varchar) from {name} as r group by {key}"
    condition = f"t.rowid not in ({first})"
    yield Failure(f"{table.table}: {key} is not unique", table.table, condition, f"such as {_shown(connection, table, condition)}")


def _lost_references(connection: duckdb.DuckDBPyConnection, table: type[Row], names: Iterable[str] | None) -> Iterator[Failure]:
    for column, target in table.references.items():
        other, _, other_key = target.partition(".")
        if names is not None and other not in names:
            continue
        condition = (
            f"t.{column} is not null and not exists (from {BY_NAME[other].qualified()} as o where o.{other_key} = t.{column})"
        )
        if connection.execute(f"select 1 from {table.qualified()} as t where {condition} limit 1").fetchall():
            rule = f"{table.table}.{column}: refers to no row of {other}"
            yield Failure(rule, table.table, condition, f"such as {_shown(connection, table, condition)}")


def _queries(connection: duckdb.DuckDBPyConnection, names: Iterable[str] | None) -> Iterator[Failure]:
    models = {model.name: model for model in derive.models()}
    for path in derive.check_files():
        model = models.get(path.name.removesuffix(".check.sql"))
        if model is None or model.is_view:
            continue
        if names is None and model.schema is None:
            continue  # a table between models is gone by now; what came of it is checked
        if names is not None and model.scope != "document":
            continue
        for query in derive.queries_of(path):
            yield from _query(connection, path, model, query.rstrip(";"))


def _query(connection: duckdb.DuckDBPyConnection, path: Path, model: derive.Model, query: str) -> Iterator[Failure]:
    try:
        cursor = connection.execute(query)
    except duckdb.CatalogException:
        return  # reads a table between models
    columns = [column[0] for column in cursor.description or []]
    rows = cursor.fetchmany(SHOWN)
    if rows:
        table, keys = _named_by(model, columns)
        listed = ", ".join(keys)
        condition = f"({', '.join(f't.{key}' for key in keys)}) in (select ({listed}) from ({query}))" if keys else "true"
        yield Failure(path.name, table, condition, f"offending rows such as {rows}; the query: {' '.join(query.split())[:300]}")


def _named_by(model: derive.Model, columns: list[str]) -> tuple[str | None, list[str]]:
    """The table whose rows a check's answer names, and by which columns; no table where it names none."""
    schema = model.schema
    if schema is not None:
        keys = [key for key in schema.key if key in columns]
        if keys:
            return schema.table, keys
    if "claim_id" in columns:
        return "numeric_claims", ["claim_id"]
    return None, []


def _shown(connection: duckdb.DuckDBPyConnection, table: type[Row], condition: str) -> list[tuple[Any, ...]]:
    names = ", ".join(f"t.{key}" for key in table.key)
    return connection.execute(f"select {names} from {table.qualified()} as t where {condition} limit {SHOWN}").fetchall()
