"""What is said where something cannot start: a sentence with what to do, and the run goes on where it can."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app

ROOT = Path(__file__).resolve().parents[2]


def started(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "ONRECORD_"))}
    told = clean | {"ONRECORD_WAREHOUSE": str(folder / "warehouse")} | environment
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, timeout=500, check=False)


@pytest.mark.server
def test_make_run_goes_on_without_prefect_where_its_server_does_not_start(tmp_path: Path) -> None:
    nowhere = f"sqlite+aiosqlite:///{tmp_path / 'no such folder' / 'prefect.db'}"
    done = started(tmp_path, "flows.run", PREFECT_API_DATABASE_CONNECTION_URL=nowhere)
    assert done.returncode == 0, done.stderr[-3000:]
    assert "embedded server does not start" in done.stderr and "run without it" in done.stderr
    assert (tmp_path / "warehouse" / "onrecord.duckdb").exists()


def test_a_run_on_a_server_that_is_not_there_says_so(tmp_path: Path) -> None:
    done = started(tmp_path, "flows.cli", "run", PREFECT_API_URL="http://127.0.0.1:9/api")
    assert done.returncode == 1
    assert "PREFECT_API_URL names http://127.0.0.1:9/api, where nothing answers" in done.stderr
    assert "Traceback" not in done.stderr


def test_serve_names_the_source_file_that_cannot_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.toml").write_text('name = "mine"\nindex = {kind = "listing", url = "http://example.org/"}\n')
    monkeypatch.setenv("ONRECORD_SOURCES", str(tmp_path))
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    for name in ("ONRECORD_WAREHOUSE", "PREFECT_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "warehouse"))
    done = CliRunner().invoke(app, ["serve", "--warehouse", str(tmp_path / "warehouse")])
    assert done.exit_code == 1
    assert "mine.toml" in done.stderr and "documents.include" in done.stderr
