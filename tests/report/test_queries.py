"""docs/queries.md is copied from: a query that no longer runs, or gives something else, costs each reader an hour."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import duckdb
import pytest

from flows.report.queries import DOCUMENT, entries, result_of
from flows.settings import ROOT

PAGE = DOCUMENT.read_text("utf-8")
QUESTIONS = list(entries(PAGE))


def test_there_are_twenty_questions() -> None:
    assert len(QUESTIONS) == 20 and PAGE.count("\n### ") == 20


@pytest.mark.parametrize(("question", "sql", "result"), QUESTIONS, ids=[question for question, _, _ in QUESTIONS])
def test_query_gives_what_the_page_says(question: str, sql: str, result: str, revised: duckdb.DuckDBPyConnection) -> None:
    assert result_of(revised, sql) == result, "docs/queries.md is stale: run `make docs`, and read what changed"
    assert result.count("\n") > 2, "a question without an answer teaches nothing"


def test_the_first_screen_shows_what_its_query_gives(published: Path) -> None:
    """The README's rows are the answer, all of it, but for the ends of quotes."""
    screen = (ROOT / "README.md").read_text("utf-8")
    sql = screen.partition('onrecord query "')[2].partition('"')[0]
    rows = screen.partition("| --- |")[2].split("\n\n")[0].split("\n")[1:]
    shown = [row.strip("| ").split(" | ") for row in rows]
    with duckdb.connect(str(published), read_only=True) as connection:
        found = connection.execute(sql).fetchall()
    assert [[speaker, str(day), f"{value:g}", unit] for speaker, day, value, unit, _ in found] == [row[:4] for row in shown]
    for (*_, quote), row in zip(found, shown, strict=True):
        assert quote.replace("\n", " ").startswith(row[4].removesuffix("…").strip())


def test_an_older_duckdb_opens_the_file(published: Path) -> None:
    """Shells, R and BI tools lag behind: a file in the newest format would open in none of them. 67 is that of DuckDB 1.4."""
    with published.open("rb") as file:
        head = file.read(20)
    assert head[8:12] == b"DUCK" and int.from_bytes(head[12:20], "little") <= 67


def test_offline_search_finds_the_sentence_with_the_words(published: Path) -> None:
    """The recipe needs no extension and ranks what holds the rarer words first."""
    recipe = PAGE.partition("## Full-text search, offline")[2].partition("```sql\n")[2].partition("```")[0]
    assert recipe.count("warehouse/onrecord.duckdb") == 1
    with duckdb.connect() as connection:
        *steps, last = [s.query for s in duckdb.extract_statements(recipe.replace("warehouse/onrecord.duckdb", str(published)))]
        for step in steps:
            connection.execute(step)
        found = connection.execute(last).fetchall()
    assert len(found) == 5 and all(re.search(r"(?i)hospital|doctors", sentence) for _, sentence in found)
    assert "doctors" in found[0][1] and "hospital" in found[0][1].lower()


def test_the_notebook_runs_from_end_to_end(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each cell with what the cells before it returned; marimo itself, which draws them, is no dependency."""
    shown: list[Any] = []
    cells: list[Any] = []
    stand_in = ModuleType("marimo")
    chosen = {"dropdown": lambda options, value, label: SimpleNamespace(value=value)}
    chosen |= {"text": lambda value, label: SimpleNamespace(value=value), "table": shown.append}
    stand_in.__dict__.update(
        App=lambda width: SimpleNamespace(cell=cells.append), ui=SimpleNamespace(**chosen), md=str, vstack=lambda parts: parts
    )
    monkeypatch.setitem(sys.modules, "marimo", stand_in)
    monkeypatch.setenv("ONRECORD_WAREHOUSE", str(published.parent))
    exec(compile((ROOT / "docs" / "notebook.py").read_text("utf-8"), "notebook.py", "exec"), {"__name__": "notebook"})
    given: dict[str, Any] = {}
    # what a cell returns, by what it takes
    named = {(): ("connection", "mo"), ("mo",): ("words",), ("connection", "mo"): ("subject",)}
    for cell in cells:
        code = cell.__code__
        arguments = code.co_varnames[: code.co_argcount]
        returned = cell(*[given[name] for name in arguments])
        if returned is not None:
            given |= dict(zip(named[arguments], returned, strict=True))
    given["connection"].close()
    assert len(shown) == 4 and all(table.num_rows > 0 for table in shown)
