"""Killed anywhere, at any moment: readers never notice, nothing is lost, and the end is that of runs that nobody killed."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

from flows.store import RawStore
from tests import crash
from tests.conftest import Run
from tests.state import files, query

KILLS = 8
DOCUMENTS = 60


def test_runs_killed_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    """The machine is switched off in the night, eight nights in a row, while people query."""
    inputs = tmp_path / "in"

    def first() -> None:
        crash.talks(inputs, range(DOCUMENTS // 2), seed=1)

    def then() -> None:
        crash.talks(inputs, range(10), seed=2)  # altered
        crash.talks(inputs, range(DOCUMENTS // 2, DOCUMENTS), seed=1)

    told = crash.attack((first, then), inputs, tmp_path, KILLS, seed=5)
    assert told.kills >= KILLS // 2
    assert told.reads > 10 and told.torn == []
    assert (told.lost, told.leftovers) == ([], [])
    assert told.differences == {}
    database = tmp_path / "killed" / "onrecord.duckdb"
    assert query(database, "select count(*), sum(version) from documents") == [(DOCUMENTS, DOCUMENTS + 10)]
    assert told.reported  # what the killed runs left was said


def test_a_power_cut_at_any_step_leaves_the_last_good_state(publish: Run, warehouse: Path, tmp_path: Path) -> None:
    """Between write, flush, rename and note lie the moments in which a half is there; each is cut through."""
    inputs = tmp_path / "in"
    crash.talks(inputs, range(3), seed=1)
    publish(inputs)
    before = files(warehouse)["onrecord.duckdb"]
    crash.talks(inputs, range(2), seed=2)
    crash.talks(inputs, range(3, 5), seed=2)
    for step in crash.STEPS:
        cut = [sys.executable, "-m", "tests.crash", "--cut", step, str(inputs), str(warehouse)]
        told = subprocess.run(cut, capture_output=True, check=False)
        assert told.returncode == -signal.SIGKILL, told.stderr.decode()
        assert query(warehouse / "onrecord.duckdb", "select count(*) from documents") == [(5 if step == "after-swap" else 3,)]
        assert (files(warehouse)["onrecord.duckdb"] == before) == (step != "after-swap")
    summary = publish(inputs)
    assert (summary.status, summary.documents_unchanged) == ("nothing_new", 5)
    crash.talks(tmp_path / "whole-in", range(3), seed=1)
    publish(tmp_path / "whole-in", into=tmp_path / "whole")
    publish(inputs, into=tmp_path / "whole")
    told = crash.Told()
    crash.compare(warehouse, tmp_path / "whole", told)
    assert (told.differences, told.lost, told.leftovers) == ({}, [], [])


def test_two_runs_at_once_take_turns_or_refuse(warehouse: Path, tmp_path: Path) -> None:
    """A backfill started while the nightly runs must not mix its rows with those of the other."""
    crash.talks(tmp_path / "one", range(3), seed=1)
    crash.talks(tmp_path / "two", range(3, 6), seed=1)
    runners = [crash.start(tmp_path / name, warehouse) for name in ("one", "two")]
    while not (warehouse / ".lock").exists():
        assert [r.poll() for r in runners] == [None, None]
    refused = crash.start(tmp_path / "two", warehouse, ONRECORD_LOCK_SECONDS="0.1")
    said = refused.communicate(timeout=120)[0].decode()
    ends = [(r.communicate(timeout=300)[0].decode(), r.returncode) for r in runners]
    assert [code for _, code in ends] == [0, 0], ends
    assert refused.returncode == 1 and "another run still holds" in said and "ONRECORD_LOCK_SECONDS" in said
    assert "waiting up to" in "".join(words for words, _ in ends)
    assert query(warehouse / "onrecord.duckdb", "select count(*), max(version) from documents") == [(6, 1)]


def test_a_full_disk_keeps_what_is_published_and_says_so(publish: Run, warehouse: Path, tmp_path: Path) -> None:
    """The night that the disk fills up must cost that night alone."""
    inputs = tmp_path / "in"
    crash.talks(inputs, range(2), seed=1)
    publish(inputs)
    before = files(warehouse)["onrecord.duckdb"]
    crash.talks(inputs, range(2, 4), seed=1)
    most = (warehouse / "onrecord.duckdb").stat().st_size // 2

    def bounded() -> None:  # what a quota does, and a full disk at the same call
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    command = [sys.executable, "-m", "flows.cli", "run", str(inputs), "--warehouse", str(warehouse)]
    told = subprocess.run(command, capture_output=True, preexec_fn=bounded, check=False)
    assert told.returncode == 1
    assert b"not published, the last good warehouse stays" in told.stderr and b"Traceback" not in told.stderr
    assert files(warehouse)["onrecord.duckdb"] == before
    assert publish(inputs).documents_new == 2
    assert not list((warehouse / ".work").glob("*"))


def test_bytes_half_written_never_have_a_name(tmp_path: Path) -> None:
    """A file under its hash is whole, or it is not there."""
    store = RawStore(tmp_path)
    child = os.fork()
    if child == 0:
        sys.addaudithook(lambda event, _: os.kill(os.getpid(), signal.SIGKILL) if event == "os.rename" else None)
        store.put(b"a" * 1_000_000)
        os._exit(1)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    named = [path for path in tmp_path.rglob("*") if path.is_file() and ".new" not in path.parts]
    assert named == []
    digest = store.put(b"a" * 1_000_000)
    assert store.get(digest) == b"a" * 1_000_000
