"""Rows of a query as dictionaries: what the report and the exports are made from."""

from __future__ import annotations

from typing import Any

import duckdb


def rows(connection: duckdb.DuckDBPyConnection, query: str, *parameters: Any) -> list[dict[str, Any]]:
    """All rows of a query, each by its column names."""
    result = connection.execute(query, parameters)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
