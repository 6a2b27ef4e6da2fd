"""A cluster reads what one machine reads, row for row, also when one of its workers is killed at work."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from flows import runner
from flows.clean.cleaned import Hints
from flows.inputs import Context, Input
from flows.settings import Settings
from tests.conftest import SAMPLES, Run
from tests.state import differences, query
from tests.test_nights import sitting

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def transcripts(tmp_path: Path) -> Path:
    """The samples, pages enough for several shares, and a file that nobody can read."""
    folder = tmp_path / "transcripts"
    folder.mkdir()
    for number in range(30):
        (folder / f"sitting-{number:02d}.html").write_text(sitting(number))
    (folder / "broken.html").write_bytes(b"\x00\x01\x02" * 50)
    (folder / "samples").symlink_to(SAMPLES)
    return folder


@pytest.fixture
def cluster() -> Iterator[LocalCluster]:
    with LocalCluster(n_workers=3, threads_per_worker=1, dashboard_address=None, memory_limit=0) as started:
        yield started


def start_run(paths: list[Path], warehouse: Path, address: str) -> subprocess.Popen[str]:
    """`onrecord run` on the cluster, with a Prefect of its own."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "ONRECORD_"))}
    clean |= {"ONRECORD_RUNNER": f"dask:{address}", "PREFECT_HOME": str(warehouse.parent / "prefect")}
    command = [sys.executable, "-m", "flows.cli", "run", *map(str, paths), "--warehouse", str(warehouse)]
    return subprocess.Popen(command, cwd=ROOT, env=clean, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def kill_one_at_work(client: Client, run: subprocess.Popen[str]) -> str:
    """Kills the first worker that reads a share; returns the task that it was at."""
    processes = client.run(os.getpid)
    while run.poll() is None:
        for worker, tasks in client.processing().items():
            if tasks and worker in processes:
                os.kill(processes[worker], signal.SIGKILL)
                return str(tasks[0])
        time.sleep(0.05)
    pytest.fail(f"the run ended before a worker was seen at work: {run.stdout and run.stdout.read()}")


def wait_until_taken_over(client: Client, task: str, run: subprocess.Popen[str], dead: set[str]) -> None:
    while run.poll() is None:
        if any(task in tasks for worker, tasks in client.processing().items() if worker not in dead):
            return
        time.sleep(0.05)
    pytest.fail("no other worker took over what the killed one was at")


def test_a_cluster_with_a_killed_worker_publishes_what_one_machine_does(
    transcripts: Path, tmp_path: Path, publish: Run, warehouse: Path, cluster: LocalCluster
) -> None:
    publish(transcripts)
    there = tmp_path / "cluster" / "warehouse"
    with Client(cluster.scheduler_address) as client:
        run = start_run([transcripts], there, cluster.scheduler_address)
        before = set(client.processing())
        task = kill_one_at_work(client, run)
        now = set(client.scheduler_info(n_workers=-1)["workers"])
        wait_until_taken_over(client, task, run, before - now)
        told, _ = run.communicate(timeout=500)
    assert run.returncode == 0, told
    assert differences(warehouse / "onrecord.duckdb", there / "onrecord.duckdb") == {}
    refused = "select origin, reason from quarantine order by all"
    mine, its = (query(place / "onrecord.duckdb", refused) for place in (warehouse, there))
    assert "broken.html" in {origin for origin, _ in its}
    assert mine == its


def test_a_worker_with_other_code_refuses(tmp_path: Path) -> None:
    one = Input("local", "a.txt", "0" * 64, dt.datetime(2025, 1, 1), Hints(origin="a.txt", source="local"))
    context = Context(raw=tmp_path, people=(), cleaner="another version", parts=tmp_path)
    with pytest.raises(runner.OtherCode, match="install the same"):
        runner.read_carried([[one]], context)


@pytest.mark.parametrize("told", ["ray", "dask:", "dask:8786", "local:x"])
def test_a_mistyped_runner_is_refused_by_name(told: str) -> None:
    with pytest.raises(ValueError, match="ONRECORD_RUNNER"):
        Settings.from_environment(Path("warehouse"), {"ONRECORD_RUNNER": told})


def test_a_cluster_gets_shares_enough_for_all_of_its_workers() -> None:
    settings = Settings.from_environment(Path("warehouse"), {"ONRECORD_RUNNER": "dask", "ONRECORD_WORKERS": "8"})
    cut = runner.plan(settings, batches=100)
    assert 100 / cut.share_batches >= 8 * 2
    assert cut.ahead >= 8
    assert runner.plan(settings, batches=10_000).share_batches == runner.MOST_BATCHES
