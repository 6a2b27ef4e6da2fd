"""docs/queries.md is copied from: a query that no longer runs, or gives something else, costs each reader an hour."""

from __future__ import annotations

import re
from pathlib import Path

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


def test_queries_of_the_notebook_run(samples: duckdb.DuckDBPyConnection) -> None:
    source = (ROOT / "docs" / "notebook.py").read_text("utf-8")
    compile(source, "notebook.py", "exec")
    queries = re.findall(r'"""\n(\s+select.*?)"""|sql\("(select[^"]*)"\)', source, re.S)
    assert len(queries) >= 3
    for query in (first or second for first, second in queries):
        samples.execute(query, ["hospitals in velmora"] if "?" in query else [])
