"""Where shares of the reading are done: in worker processes of this machine, or on a Dask cluster. One setting chooses.

On a cluster a share is read as here, in bounded processes beside the Dask worker, by the same code (a worker with other code
refuses). Its rows come back over Dask's own connection, so the machines need no common folder for them; the raw bytes are read
from where `ONRECORD_STORE` keeps them, else from the warehouse's folder, which the machines must then share.
"""

from __future__ import annotations

import contextlib
import dataclasses
import logging
import math
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import zstandard

from flows.fingerprint import code_fingerprint
from flows.inputs import STAGED, BatchRead, Context, Input
from flows.pool import read_all
from flows.settings import LOCAL_RUNNER, MissingExtra, Settings

if TYPE_CHECKING:
    from prefect.task_runners import TaskRunner

MOST_BATCHES = 24  # of a share: up to about 50 MB, so that its second of overhead is little
SHARES_A_WORKER = 3  # of a cluster, at least, so that none waits long for the last one
SERVER_SECONDS = 300  # that a temporary Prefect server may take to start, on a busy machine
AHEAD = 2  # shares a worker that are read or wait to be derived


class OtherCode(Exception):
    """A worker of the cluster would make other rows than this process."""


class ShareFailed(Exception):
    """A share could not be read for a reason of the machine's, such as a full disk."""


@dataclass(slots=True)
class Carried:
    """What a share became in a worker of a cluster, with the files of its rows."""

    batches: list[BatchRead]
    files: dict[str, bytes]  # part/table.arrow -> the file, as zstd

    def unpacked(self, folder: Path) -> list[BatchRead]:
        """The batches, their parts written below the folder."""
        for name, content in self.files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(zstandard.decompress(content))
        for batch in self.batches:
            batch.parts = [str(folder / part) for part in batch.parts]
        return self.batches


@dataclass(frozen=True, slots=True)
class Plan:
    """How the reading is cut for a runner."""

    share_batches: int
    ahead: int  # shares that are under way or waiting at one time
    workers: int  # processes that read a share; 0: a cluster's worker does, and the rows come back with the result


def plan(settings: Settings, batches: int) -> Plan:
    """Large shares here, where each has all worker processes; on a cluster a share a worker, and some for each."""
    if settings.runner == LOCAL_RUNNER:
        return Plan(MOST_BATCHES, AHEAD, settings.workers)
    workers = _workers(settings)
    even = math.ceil(batches / (SHARES_A_WORKER * workers))
    return Plan(max(1, min(MOST_BATCHES, even)), AHEAD * workers, 0)


def task_runner(settings: Settings) -> TaskRunner[Any]:
    """Prefect's task runner for the setting. Raises MissingExtra where Dask is wanted and not installed."""
    if settings.runner == LOCAL_RUNNER:
        from prefect.task_runners import ThreadPoolTaskRunner

        return ThreadPoolTaskRunner(max_workers=1)  # type: ignore[return-value]
    try:
        from prefect_dask import DaskTaskRunner
    except ImportError as error:
        raise MissingExtra("ONRECORD_RUNNER=dask needs Dask: install onrecord[dask] (docs/scale.md), or unset it") from error
    logging.getLogger("distributed").setLevel(logging.WARNING)  # who connected to whom is no news
    if settings.dask_address:
        return DaskTaskRunner(address=settings.dask_address)
    told = {"n_workers": settings.workers, "threads_per_worker": 1, "memory_limit": 0, "dashboard_address": None}
    return DaskTaskRunner(cluster_kwargs=told)


@contextlib.contextmanager
def server_for_workers(settings: Settings) -> Iterator[None]:
    """A temporary Prefect server that the workers of a cluster report to, where PREFECT_API_URL names none."""
    from prefect.settings import PREFECT_API_URL, temporary_settings

    if settings.runner == LOCAL_RUNNER or PREFECT_API_URL.value():
        yield
        return
    from prefect.logging.handlers import APILogHandler
    from prefect.server.api.server import SubprocessASGIServer

    server = SubprocessASGIServer()
    server.start(timeout=SERVER_SECONDS)
    try:
        with temporary_settings({PREFECT_API_URL: server.api_url}):
            yield
            APILogHandler.flush(APILogHandler())
    finally:
        server.stop()


def read_carried(share: list[list[Input]], context: Context) -> Carried:
    """Reads a share in a worker of a cluster. Raises OtherCode where its code or people differ from those of the run.

    A process of its own reads it, since a Dask worker may be a daemon, which may start no worker processes.
    """
    here = code_fingerprint(context.people)
    if here != context.cleaner.partition("-")[0]:
        raise OtherCode(f"this worker's code or people files ({here}) are not the run's ({context.cleaner}); install the same")
    with tempfile.TemporaryDirectory(prefix="onrecord-share-") as name:
        folder = Path(name)
        (folder / "asked").write_bytes(pickle.dumps((share, dataclasses.replace(context, parts=folder / "parts"))))
        command = [sys.executable, "-m", "flows.runner", name, str(os.getpid())]
        done = subprocess.run(command, stderr=subprocess.PIPE, check=False)
        if done.returncode:
            raise ShareFailed(f"exit code {done.returncode}: {done.stderr.decode(errors='replace')[-2000:]}")
        batches: list[BatchRead] = pickle.loads((folder / "read").read_bytes())
        files = {}
        for batch in batches:
            batch.parts = [Path(part).name for part in batch.parts]
            for file in (f"{part}/{table}.arrow" for part in batch.parts for table in STAGED):
                files[file] = zstandard.compress((folder / "parts" / file).read_bytes())
    return Carried(batches, files)


def main(folder: Path, parent: int) -> None:
    """What the process of `read_carried` does: reads the share that is written in the folder."""
    share, context = pickle.loads((folder / "asked").read_bytes())
    (folder / "read").write_bytes(pickle.dumps(list(read_all(share, context, 1))))
    if os.getppid() != parent:  # the worker was killed, and another one reads the share again
        shutil.rmtree(folder)


def _workers(settings: Settings) -> int:
    """How many workers the cluster has."""
    if not settings.dask_address:
        return settings.workers
    from distributed import Client

    with Client(settings.dask_address, set_as_default=False) as client:
        return max(1, len(client.ncores()))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
