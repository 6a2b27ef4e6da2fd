"""docs/data.md says what the tables are: a column that it describes wrongly sends every reader astray."""

from __future__ import annotations

import re

import duckdb

from flows import derive
from flows.report import dictionary
from flows.report.dictionary import DOCUMENT, render, shown
from schemas import BY_NAME, TABLES

REFRESH = "docs/data.md is stale: run `make docs`"
COLUMN = re.compile(r"^\| `(?P<column>\w+)` \|.* \| (?P<example>[^|]*?(?:\\\|[^|]*?)*) \|$")


def without_examples(page: str) -> list[str]:
    return [re.sub(r"\| [^|]*(\\\|[^|]*)*\|$", "|", line) if line.startswith("| `") else line for line in page.splitlines()]


def test_page_is_what_schemas_and_models_say(revised: duckdb.DuckDBPyConnection) -> None:
    """Columns, types, limits and lineage on the page are those of the code."""
    assert without_examples(DOCUMENT.read_text("utf-8")) == without_examples(render(revised)), REFRESH


def test_every_example_stands_in_the_sample_warehouse(revised: duckdb.DuckDBPyConnection) -> None:
    """A reader who looks for an example finds it."""
    table, missing, seen = None, [], 0
    for line in DOCUMENT.read_text("utf-8").splitlines():
        if line.startswith("## "):
            table = BY_NAME.get(line[3:].strip())
        match = COLUMN.match(line)
        if table is None or match is None or not match["example"].strip():
            continue
        seen += 1
        values = revised.execute(f"select distinct {match['column']} from {table.qualified()}").fetchall()
        if match["example"].strip() not in {shown(value) for (value,) in values if value is not None}:
            missing.append(f"{table.table}.{match['column']}: {match['example']}")
    assert seen > 100
    assert missing == [], REFRESH


def test_every_table_and_column_is_described() -> None:
    """What has no description cannot be used rightly by a stranger."""
    bare = [f"{t.table}.{c.name}" for t in TABLES for c in t.columns() if not c.description]
    assert bare == [] and all(table.describe() for table in TABLES)


def test_picture_is_readable_and_leaves_no_table_out() -> None:
    """A picture in which everything is joined to everything tells nobody where a column comes from."""
    drawn = set(re.findall(r"(\w+)(?:\(\[\S+\]\))? --> (\w+)$", dictionary.picture(), re.M))
    assert ("numeric_claims", "claims") in drawn and ("documents", "claims") not in drawn
    derived = {t.table for t in TABLES if t.table in {m.name for m in derive.models()}}
    assert derived <= {to for _, to in drawn} and len(drawn) < 70
