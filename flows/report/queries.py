"""docs/queries.md: questions with their SQL, and the results that the sample warehouse gives, written in by `make docs`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import duckdb

from flows.settings import ROOT

DOCUMENT = ROOT / "docs" / "queries.md"
ENTRY = re.compile(r"(?P<head>### (?P<title>.+?)\n.*?```sql\n(?P<sql>.+?)```\n)\n(?P<result>\|.*?\n)(?=\n|\Z)", re.S)


def entries(page: str) -> Iterator[tuple[str, str, str]]:
    """(question, SQL, result as it stands on the page) for each question."""
    for match in ENTRY.finditer(page):
        yield match["title"], match["sql"], match["result"]


def refreshed(page: str, connection: duckdb.DuckDBPyConnection) -> str:
    """The page with the results that the connection's database gives."""
    return ENTRY.sub(lambda match: f"{match['head']}\n{result_of(connection, match['sql'])}", page)


def result_of(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    """A query's result as a Markdown table."""
    result = connection.execute(sql)
    names = [column[0] for column in result.description]
    lines = ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]
    lines += ["| " + " | ".join(_cell(value) for value in row) + " |" for row in result.fetchall()]
    return "\n".join(lines) + "\n"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(_cell, value))
    text = f"{value:.0f}" if isinstance(value, float) and value == int(value) else str(value)
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
