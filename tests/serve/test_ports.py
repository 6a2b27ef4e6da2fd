"""Ports that cannot be had are told before anything is started."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from flows.serve import ServeError, serve
from flows.settings import Settings


@pytest.fixture(autouse=True)
def of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What serving sets for its process does not stay in this one."""
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setenv("ONRECORD_WAREHOUSE", str(tmp_path))
    monkeypatch.setattr("flows.serve.prepare", lambda _: None)
    monkeypatch.setattr("flows.serve.signal.signal", lambda *_: None)


@pytest.mark.parametrize("variable", [None, "ONRECORD_REPORT_PORT"])
def test_a_port_that_is_taken_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str | None) -> None:
    """Whoever has something else on 4200 must read that, and not that Prefect ended with code 1."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        if variable:
            monkeypatch.setenv(variable, str(port))
        with pytest.raises(ServeError, match=f"127.0.0.1:{port}"):
            serve(Settings(tmp_path), port=port)


def test_a_port_of_the_report_that_is_none_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip in a unit's file is answered with the variable's name."""
    monkeypatch.setenv("ONRECORD_REPORT_PORT", "any")
    with pytest.raises(ServeError, match="ONRECORD_REPORT_PORT='any'"):
        serve(Settings(tmp_path))
