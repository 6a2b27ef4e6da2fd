"""A PostgreSQL cluster of the tests' own, in a temporary folder, as a user that is not root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .serving import free_port

USER = "postgres"


def programs() -> Path | None:
    """The newest PostgreSQL's folder of programs, where Debian puts them; None without one."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def running_postgres(bin: Path) -> Iterator[str]:
    """The address of a running cluster's database, for Prefect; stopped and removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="onrecord-postgres-"))
    data, port = folder / "data", free_port()
    as_user: list[str] = []
    if os.getuid() == 0:
        os.chown(folder, pwd.getpwnam(USER).pw_uid, -1)
        as_user = ["runuser", "-u", USER, "--"]

    def run(*command: str | Path) -> None:
        done = subprocess.run([*as_user, *command], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"

    try:
        run(bin / "initdb", "--pgdata", data, "--username", USER, "--auth", "trust", "--no-sync", "--encoding", "UTF8")
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        run(bin / "pg_ctl", "start", "--wait", "--pgdata", data, "--log", folder / "log", "-o", options)
        yield f"postgresql+asyncpg://{USER}@127.0.0.1:{port}/postgres"
        run(bin / "pg_ctl", "stop", "--wait", "--mode", "immediate", "--pgdata", data)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
