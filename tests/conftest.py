"""A run over files in this process, and the published samples that several tests read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

from flows.pipeline import Asked, Summary, run
from flows.settings import Settings

SAMPLES = Path(__file__).parent / "samples"

Run = Callable[..., Summary]

hypothesis.settings.register_profile("busy machine", deadline=None)  # pytest-timeout ends what hangs; a slow moment is no fault
hypothesis.settings.load_profile("busy machine")


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a run over the repository's samples: read it, never write it."""
    warehouse = tmp_path_factory.mktemp("samples")
    summary = run(Asked(sources=("samples",)), Settings.from_environment(warehouse, {}))
    assert summary.status == "published"
    return warehouse / "onrecord.duckdb"


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "warehouse"


@pytest.fixture
def publish(warehouse: Path) -> Run:
    """Runs over the paths into the test's own warehouse; keyword arguments are those of Asked."""

    def over(*paths: Path, into: Path = warehouse, environment: dict[str, str] | None = None, **asked: object) -> Summary:
        settings = Settings.from_environment(into, {"ONRECORD_WORKERS": "1"} | (environment or {}))  # few files: one is faster
        return run(Asked(paths=paths, **asked), settings)  # type: ignore[arg-type]

    return over
