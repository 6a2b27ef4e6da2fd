"""Writes the pages that are generated: docs/data.md and the results in docs/queries.md. `make docs` runs it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb

from flows.report import dictionary, queries
from flows.report.sample_warehouse import publish_samples


def write(database: Path) -> None:
    """Writes both pages from a database of the samples with their later versions."""
    with duckdb.connect(str(database), read_only=True, config={"python_enable_replacements": False}) as connection:
        dictionary.DOCUMENT.write_text(dictionary.render(connection), "utf-8")
        queries.DOCUMENT.write_text(queries.refreshed(queries.DOCUMENT.read_text("utf-8"), connection), "utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        write(publish_samples(Path(folder), is_revised=True))
