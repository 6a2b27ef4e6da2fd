"""Runs sql/: lexicons and macros first, then the models in the order in which they need each other.

A model is one `select` in one file; its table is named like the file. Its first comment lines say what a row is and what
it runs over:

    -- grain: one row per ...
    -- scope: document     runs over the documents of one batch; its rows depend on nothing outside their document
    -- scope: warehouse    runs over all current documents
    -- as: view            published as a view rather than a table
    -- after: model        runs when that model's rows stand, though it does not read them itself

The order comes from the SQL itself: DuckDB's own parser says which tables a model reads.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, Literal

import duckdb

from schemas import BY_NAME, TABLES, Row

SQL_FOLDER = Path(__file__).resolve().parent.parent / "sql"
REFERENCES = (SQL_FOLDER.parent / "flows" / "people" / "reference" / "memberships.csv",)  # read only by models that need them
LANES = min(4, os.cpu_count() or 1)  # models at a time: each takes memory of its own
Scope = Literal["document", "warehouse"]


class ModelError(Exception):
    """A model that cannot be read or run; the message names its file."""


@dataclass(frozen=True)
class Model:
    """One .sql file: the select that it holds and the tables that it reads."""

    name: str
    path: Path
    query: str
    scope: Scope
    is_view: bool
    reads: frozenset[str]

    @property
    def schema(self) -> type[Row] | None:
        return BY_NAME.get(self.name)


def fingerprint(paths: Iterable[Path]) -> str:
    """A hash over files' names and bytes: what was made with them is stale when it changes."""
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda p: p.as_posix()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def models_fingerprint(folder: Path = SQL_FOLDER) -> str:
    """Changes when a model, a check, a macro, a lexicon, a table's class or this file does: a new check holds for old rows too."""
    files = [p for p in folder.rglob("*") if p.suffix in (".sql", ".csv")]
    return fingerprint([*files, *(folder.parent / "schemas").glob("*.py"), Path(__file__)])


READABLE_SINCE = "v1.4.0"  # the oldest DuckDB (shell, R, JDBC, BI tools) that opens a published file; checked by hand


def connect(path: str | Path = ":memory:", memory: str | None = None, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """A connection in which a mistyped table is an error rather than a Python variable."""
    config: dict[str, Any] = {"python_enable_replacements": False, "autoinstall_known_extensions": False}
    config["storage_compatibility_version"] = READABLE_SINCE  # of a file that is made; one that stands keeps its own
    if memory:
        config["memory_limit"] = memory
    if threads:
        config["threads"] = threads
    connection = duckdb.connect(str(path), config=config)
    connection.execute("set timezone = 'UTC'")
    # it plans a join for each list of words that a model looks a word up in: some 0.7 ms a list, in every round of the models
    connection.execute("set disabled_optimizers = 'in_clause'")
    return connection


def models(folder: Path = SQL_FOLDER) -> tuple[Model, ...]:
    """All models below the folder, each after those that it reads.

    Raises ModelError where a file is no single select, lacks its grain or scope, or where models read each other.
    """
    return _models(folder)


@cache
def _models(folder: Path) -> tuple[Model, ...]:
    sources = {path: path.read_text("utf-8") for path in sorted(_model_files(folder))}
    with connect() as connection:  # one question about all: each would cost more than its answer
        ask = "select json_serialize_sql(unnest(?), skip_null := true, skip_empty := true, skip_default := true)"
        parsed = connection.execute(ask, [[_query(s) for s in sources.values()]]).fetchall()
    read = (_read_model(path, source, tree) for (path, source), (tree,) in zip(sources.items(), parsed, strict=True))
    found = {model.name: model for model in read}
    graph = {name: {other for other in model.reads if other in found} for name, model in found.items()}
    try:
        order = list(TopologicalSorter({name: sorted(graph[name]) for name in sorted(graph)}).static_order())
    except CycleError as error:
        raise ModelError(f"models read each other in a circle: {' -> '.join(error.args[1])}") from error
    for name in order:
        wrong = [other for other in graph[name] if found[name].scope == "document" and found[other].scope == "warehouse"]
        if wrong:
            raise ModelError(f"{found[name].path}: scope document, but it reads {wrong[0]}, which runs over the warehouse")
    return tuple(found[name] for name in order)


def prepare(connection: duckdb.DuckDBPyConnection, folder: Path = SQL_FOLDER) -> None:
    """Loads the lexicons as tables of schema lexicon, then runs the files of sql/prelude (macros and patterns)."""
    connection.execute("create schema if not exists lexicon; create schema if not exists reference")
    _load_lexicons(connection, folder)


def prepare_apart(connection: duckdb.DuckDBPyConnection, folder: Path = SQL_FOLDER) -> None:
    """As `prepare`, but in databases of their own, in memory, that serve every database of the connection.

    A database in which models run after `use` takes them into its search path with `models_in`.
    """
    [(before,)] = connection.execute("select current_database()").fetchall()
    connection.execute("attach ':memory:' as lexicon; attach ':memory:' as reference; use lexicon")
    try:
        _load_lexicons(connection, folder)
    finally:
        connection.execute(f"use {before}")


def models_in(connection: duckdb.DuckDBPyConnection, database: str) -> None:
    """Makes a database the one in which models run and make their tables, beside lexicons that were prepared apart."""
    connection.execute(f"set search_path = '{database}.main,lexicon.main'")


def _load_lexicons(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    for path in sorted((folder / "lexicons").rglob("*.csv")):
        connection.execute(
            f"create or replace table lexicon.{path.stem} as "
            "from read_csv(?, header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"', nullstr = '')",
            [str(path)],
        )
    for path in REFERENCES:
        connection.execute(
            f"create or replace view reference.{path.stem} as from read_csv('{path}', header = true, all_varchar = true)"
        )
    for path in sorted((folder / "prelude").glob("*.sql")):
        try:
            connection.execute(path.read_text("utf-8"))
        except duckdb.Error as error:
            raise ModelError(f"{path}: {error}") from error


def run_together(
    connection: duckdb.DuckDBPyConnection,
    scope: Scope,
    database: str,
    after: Callable[[duckdb.DuckDBPyConnection, Model], None],
    lanes: int = LANES,
) -> None:
    """Runs the models of a scope in a database, several at a time, each when what it reads stands; calls `after` behind each.

    A model's planning and its small steps keep one core busy: another model has the next one. Each lane has a connection of its
    own, and `after` the one that its model ran on. The models on which the longest rows of others wait go first. Raises ModelError
    when all that had begun has ended, where one of them could not go on.
    """
    wanted = {model.name: model for model in models() if model.scope == scope}
    order = TopologicalSorter({name: sorted(model.reads & wanted.keys()) for name, model in wanted.items()})
    order.prepare()
    waits = _waiting_behind(wanted)
    twins = _twins(connection, database, lanes - 1)
    free = [connection, *twins]
    ready: list[str] = []
    running: dict[Future[None], tuple[str, duckdb.DuckDBPyConnection]] = {}
    try:
        with ThreadPoolExecutor(lanes) as pool:
            while order.is_active():
                ready = sorted([*ready, *order.get_ready()], key=lambda name: (-waits[name], name))
                while ready and free:
                    name, lane = ready.pop(0), free.pop()
                    running[pool.submit(_run_and_after, lane, wanted[name], after)] = name, lane
                for ended in wait(running, return_when=FIRST_COMPLETED).done:
                    name, lane = running.pop(ended)
                    free.append(lane)
                    ended.result()
                    order.done(name)
    finally:
        for twin in twins:
            twin.close()


def _waiting_behind(wanted: dict[str, Model]) -> dict[str, int]:
    """How many models, one after the other, wait for each: the length of the longest row behind it."""
    waits = dict.fromkeys(wanted, 0)
    for name in reversed([model.name for model in models() if model.name in wanted]):
        for other in wanted[name].reads & wanted.keys():
            waits[other] = max(waits[other], waits[name] + 1)
    return waits


def _run_and_after(
    connection: duckdb.DuckDBPyConnection, model: Model, after: Callable[[duckdb.DuckDBPyConnection, Model], None]
) -> None:
    run_one(connection, model)
    after(connection, model)


def _twins(connection: duckdb.DuckDBPyConnection, database: str, count: int) -> list[duckdb.DuckDBPyConnection]:
    """Further connections to the same databases, with the variables that the prelude set.

    A variable is its connection's own. They go over in a table, since on the way through Python a map would become a struct.
    """
    if not count:
        return []
    names = [name for (name,) in connection.execute("select name from duckdb_variables() order by name").fetchall()]
    asked = "".join(f", getvariable('{name}') as {name}" for name in names)
    connection.execute(f"create or replace table lexicon.main.variables as select 0 as none{asked}")
    twins = [connection.cursor() for _ in range(count)]
    for twin in twins:
        twin.execute("set timezone = 'UTC'")
        twin.execute("; ".join(f"set variable {name} = (select {name} from lexicon.main.variables)" for name in names))
        models_in(twin, database)
    return twins


def side_by_side(connection: duckdb.DuckDBPyConnection, statements: Iterable[str]) -> None:
    """Runs statements that touch different tables, as many at a time as there are cores, each over a connection of its own."""

    def run(statement: str) -> None:
        with connection.cursor() as lane:
            lane.execute(statement)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(run, statements))


def needed_for(name: str, given: set[str], folder: Path = SQL_FOLDER) -> list[Model]:
    """The model and, in order, the views and the models without a pydantic class that it rests on and that are not given."""
    by_name = {m.name: m for m in models(folder)}
    wanted, stack = {name}, [name]
    while stack:
        for other in by_name[stack.pop()].reads:
            if other in by_name and other not in wanted | given and (by_name[other].schema is None or by_name[other].is_view):
                wanted.add(other)
                stack.append(other)
    return [m for m in models(folder) if m.name in wanted]


def run_one(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Runs one model, in the connection's default schema; raises ModelError with its file's name where the database refuses.

    The tables that it reads (documents, turns, sentences, ...) must be there. A model with a pydantic class fills that class's
    table, so its columns and types are the class's; any other becomes a table as its query makes it.
    """
    try:
        _run_one(connection, model)
    except duckdb.Error as error:
        raise ModelError(f"{model.path}: {error}") from error


def check_files(folder: Path = SQL_FOLDER) -> list[Path]:
    """The .check.sql files: each holds queries that return offending rows, none when all is well."""
    return sorted(folder.rglob("*.check.sql"))


def queries_of(path: Path) -> list[str]:
    """The statements of a check file, in order."""
    return [s.query.strip() for s in duckdb.extract_statements(path.read_text("utf-8"))]


def violations(connection: duckdb.DuckDBPyConnection, table: type[Row], where: str | None = None) -> list[tuple[str, int]]:
    """(what is wrong, number of rows) for each limit of the table's class that rows break."""
    rules = table.violations()
    counts = ", ".join(f"count(*) filter (where {condition})" for _, condition in rules)
    [row] = connection.execute(f"select {counts} from {where or table.qualified()}").fetchall() if rules else [()]
    return [(what, n) for (what, _), n in zip(rules, row, strict=True) if n]


def create_tables(connection: duckdb.DuckDBPyConnection, names: Iterable[str] | None = None) -> None:
    """Creates the tables of the classes, empty, where they are missing."""
    connection.execute("create schema if not exists staging; create schema if not exists archive")
    for table in TABLES:
        if not table.is_view and (names is None or table.table in names):
            connection.execute(table.create_sql())
            if table.versioned:  # superseded versions; with main's current ones they are schema history
                connection.execute(table.create_sql("archive"))


def _run_one(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    schema = model.schema
    if model.is_view:
        connection.execute(f"create or replace view {model.name} as {model.query}")
    elif schema is None:
        connection.execute(f"create or replace table {model.name} as {model.query}")
    else:
        connection.execute(schema.create_sql())
        connection.execute(f"delete from {schema.qualified()}")
        columns = ", ".join(schema.column_names())
        connection.execute(f"insert into {schema.qualified()} ({columns}) select {columns} from ({model.query})")


def _model_files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*.sql"):
        if not path.name.endswith(".check.sql") and path.parent.name != "prelude":
            yield path


def _query(source: str) -> str:
    return source.strip().rstrip(";")


def _read_model(path: Path, source: str, parsed: str) -> Model:
    """The model in a file, whose query DuckDB's parser took apart into a tree in JSON."""
    header = dict(re.findall(r"^-- (grain|scope|as|after): (.+?)\s*$", source, re.M))
    if "grain" not in header or header.get("scope") not in ("document", "warehouse"):
        raise ModelError(f"{path}: the first lines must say '-- grain: one row per ...' and '-- scope: document|warehouse'")
    tables, ctes = set(), set()

    def note(node: dict[str, Any]) -> dict[str, Any]:
        if node.get("type") == "BASE_TABLE":
            tables.add(node["table_name"])
        if "cte_map" in node:
            ctes.update(entry["key"] for entry in node["cte_map"].get("map", ()))  # what is empty is left out
        return node

    tree = json.loads(parsed, object_hook=note)
    if tree.get("error") or len(tree.get("statements", [])) != 1:
        raise ModelError(f"{path}: not one select statement: {tree.get('error_message', 'several statements')}")
    reads = frozenset(tables - ctes | ({header["after"]} if "after" in header else set()))
    return Model(path.stem, path, _query(source), header["scope"], header.get("as") == "view", reads)  # type: ignore[arg-type]
