"""A copy of the published samples that a test may make hostile."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from flows.pipeline import Asked, run
from flows.report.sample_warehouse import LATER
from flows.settings import Settings


@pytest.fixture
def own_copy(published: Path, tmp_path: Path) -> Path:
    """The published database, for a test to change."""
    return Path(shutil.copyfile(published, tmp_path / "onrecord.duckdb"))


@pytest.fixture
def samples(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(published), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        yield connection


@pytest.fixture(scope="session")
def revised(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The samples after a second night, in which a publisher has changed one of them: what docs/ is generated from."""
    warehouse = tmp_path_factory.mktemp("revised") / "warehouse"
    shutil.copytree(published.parent, warehouse)
    run(Asked(paths=(LATER,), sources=("samples",)), Settings.from_environment(warehouse, {}))
    with duckdb.connect(str(warehouse / "onrecord.duckdb"), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        yield connection
