"""Each model's cases (`x.cases.yaml` beside `x.sql`): given these rows, expect those.

- name: why the case exists
  given:
    sentences: [{text: "Trade exceeded $50 billion."}]   # missing columns are filled in; a turn and a document stand behind
  expect: [{value: 5.0e10, unit: USD, comparator: ">"}]  # exactly these rows, in order, compared in the columns named

A case of a document model is a document: its sentences are one turn's unless they say `turn: n`, and it may have
`correction_places`. Rows that are a numeral's have it in the column `numeral`, besides the model's own. A case of a warehouse
model gives rows of whatever tables the model reads; `archive.documents` are those of superseded versions.
"""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path
from typing import Any

import pytest
import yaml

from flows import derive
from schemas import BY_NAME

FILES = sorted(derive.SQL_FOLDER.rglob("*.cases.yaml"))
FILLER: dict[Any, Any] = {str: "", int: 0, float: 0.0, bool: True, list[str]: []}
DAY = dt.date(2025, 3, 13)


def filled(table: str, number: int, row: dict[str, Any]) -> dict[str, Any]:
    full = {}
    for column in BY_NAME[table.removeprefix("archive.")].columns():
        if column.nullable:
            full[column.name] = None
        elif column.min_length:
            full[column.name] = f"{column.name}-{number}"
        elif column.values:
            full[column.name] = column.values[0]
        elif column.python_type in (dt.date, dt.datetime):
            full[column.name] = DAY if column.python_type is dt.date else dt.datetime(2025, 3, 13)
        else:
            full[column.name] = FILLER[column.python_type]
    unknown = set(row) - set(full)
    assert not unknown, f"{table} has no column {unknown}"
    return full | row


def qualified(name: str) -> str:
    return BY_NAME[name].qualified() if name in BY_NAME else name


def insert(connection: Any, table: str, rows: list[dict[str, Any]]) -> None:
    full_name = table if table.startswith("archive.") else qualified(table)
    names = BY_NAME[table.removeprefix("archive.")].column_names()
    marks = ", ".join("?" for _ in names)
    if not rows:
        return  # given as empty: not to be derived
    connection.executemany(
        f"insert into {full_name} ({', '.join(names)}) values ({marks})",
        [[row[name] for name in names] for row in rows],
    )


def rows_of_a_document(number: int, given: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """A whole document around the sentences of a case."""
    document_id = f"case-{number:04d}"
    document = {"document_id": document_id, "version": 1, "language": "en", "event_on": DAY} | given.get("document", {})
    turns: dict[int, dict[str, Any]] = {}
    sentences: list[dict[str, Any]] = []
    text = ""
    for index, sentence in enumerate(given["sentences"]):
        turn_number = sentence.pop("turn", 0)
        start = len(text)
        text += sentence["text"] + " "
        ids = {"document_id": document_id, "version": 1, "turn_id": f"{document_id}-t{turn_number}"}
        place = {"char_start": start, "char_end": len(text) - 1}
        sentences.append({"sentence_id": f"{document_id}-s{index}", "sentence_index": index} | ids | place | sentence)
        turn = turns.setdefault(turn_number, ids | place | {"turn_index": turn_number, "speaker_kind": "official"})
        turn["char_end"] = place["char_end"]
    for turn_number, extra in enumerate(given.get("turns", [])):
        turns[turn_number] |= extra
    for turn in turns.values():
        turn.setdefault("text", text[turn["char_start"] : turn["char_end"]])
    held = {"documents": [document | {"text": text}], "turns": list(turns.values()), "sentences": sentences}
    if "correction_places" in given:
        held["correction_places"] = [{"document_id": document_id, "version": 1} | place for place in given["correction_places"]]
    return held


def same(expected: Any, got: Any) -> bool:
    if isinstance(expected, float) and isinstance(got, float):
        return math.isclose(expected, got, rel_tol=1e-9, abs_tol=1e-12)
    if isinstance(expected, str) and isinstance(got, dt.date):
        return expected == got.isoformat()
    return bool(expected == got)


def compare(case: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    expected = case["expect"]
    seen = [{k: row.get(k) for k in (expected[min(i, len(expected) - 1)] if expected else row)} for i, row in enumerate(rows)]
    assert len(rows) == len(expected), f"{case['name']}: expected {len(expected)} rows, got {seen}"
    for want, got in zip(expected, rows, strict=True):
        for name, value in want.items():
            assert same(value, got[name]), f"{case['name']}: {name} should be {value!r}, is {got[name]!r}; row {got}"


def read(connection: Any, query: str, *arguments: Any) -> list[dict[str, Any]]:
    cursor = connection.execute(query, list(arguments))
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def rows_query(name: str, columns: list[str]) -> str:
    """The rows of a document in a model's table, in the order of the text; beside a bare mention_id the numeral itself."""
    place = next((column for column in ("char_start", "span_index", "number_start") if column in columns), None)
    if place is None and "mention_id" in columns:
        spans = "inner join numeral_spans as spans using (mention_id) where spans.document_id = ?"
        order = "spans.sentence_index, spans.span_index"
        return f"select spans.surface as numeral, model.* from {name} as model {spans} order by {order}"
    if place is None and "claim_id" in columns:
        claims = "inner join quantities using (claim_id) inner join sentences on sentences.sentence_id = quantities.sentence_id"
        order = "sentences.sentence_index, quantities.number_start"
        return f"select model.* from {qualified(name)} as model {claims} where quantities.document_id = ? order by {order}"
    order = f" order by {place}" if place else ""
    key = "document_id = ?" if "document_id" in columns else "sentence_id like ? || '-s%'"
    return f"from {qualified(name)} where {key}{order}"


@pytest.fixture(scope="session")
def document_cases() -> dict[Path, list[tuple[dict[str, Any], list[dict[str, Any]]]]]:
    """All document models run once, over one document a case."""
    scopes = {m.name: m.scope for m in derive.models()}
    with derive.connect() as connection:
        derive.create_tables(connection)
        cases: list[tuple[Path, str, dict[str, Any]]] = []
        for file in FILES:
            if scopes[file.name.removesuffix(".cases.yaml")] == "document":
                for case in yaml.safe_load(file.read_text("utf-8")):
                    for table, rows in rows_of_a_document(len(cases), case["given"]).items():
                        insert(connection, table, [filled(table, i, row) for i, row in enumerate(rows)])
                    cases.append((file, f"case-{len(cases):04d}", case))
        derive.prepare(connection)
        derive.run_together(connection, "document", "memory", lambda *_: None, lanes=1)
        found: dict[Path, list[tuple[dict[str, Any], list[dict[str, Any]]]]] = {}
        for file, document_id, case in cases:
            name = file.name.removesuffix(".cases.yaml")
            columns = [row[0] for row in connection.execute(f"describe {qualified(name)}").fetchall()]
            found.setdefault(file, []).append((case, read(connection, rows_query(name, columns), document_id)))
        return found


@pytest.fixture(scope="session")
def warehouse() -> Any:
    """A database with the lexicons read once; each case of a warehouse model empties its tables."""
    with derive.connect() as connection:
        derive.create_tables(connection)
        derive.prepare(connection)
        yield connection


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name.removesuffix(".cases.yaml"))
def test_model_gives_the_rows_of_its_cases(file: Path, document_cases: Any, warehouse: Any) -> None:
    name = file.name.removesuffix(".cases.yaml")
    model = next(m for m in derive.models() if m.name == name)
    if model.scope == "document":
        for case, rows in document_cases[file]:
            compare(case, rows)
        return
    for case in yaml.safe_load(file.read_text("utf-8")):
        for table in BY_NAME.values():
            if not table.is_view:
                warehouse.execute(f"delete from {table.qualified()}")
                if table.versioned:
                    warehouse.execute(f"delete from archive.{table.table}")
        for table, rows in case["given"].items():
            insert(warehouse, table, [filled(table, i, row) for i, row in enumerate(rows)])
        for needed in derive.needed_for(name, given=set(case["given"])):
            derive.run_one(warehouse, needed)
        compare(case, read(warehouse, f"from {qualified(name)}"))


def test_every_model_has_cases() -> None:
    """A model without cases says nowhere what it is for."""
    views = {m.name for m in derive.models() if m.is_view}  # what reads a view is tested over the samples, which fill it
    published = [m for m in derive.models() if m.schema is not None and not m.reads & views]
    without = [m.path.name for m in published if not m.path.with_suffix("").with_suffix(".cases.yaml").exists()]
    assert without == []
