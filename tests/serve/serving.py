"""A real `onrecord serve` for the tests: Prefect's own server, its runner, a warehouse in a temporary folder."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import httpx

ROOT = Path(__file__).resolve().parents[2]
ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
SOON = {"PREFECT_RUNNER_POLL_FREQUENCY": "1", "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "2"}
START = "import sys; from pathlib import Path; from flows.settings import Settings; from flows.serve import serve; "
START += "serve(Settings.from_environment(Path(sys.argv[1])), port=int(sys.argv[2]))"


@dataclass
class Served:
    """A running `onrecord serve`."""

    process: subprocess.Popen[str]
    page: str
    warehouse: Path
    log: Path
    auth: tuple[str, str] | None = None

    @property
    def client(self) -> httpx.Client:
        return httpx.Client(base_url=f"{self.page}/api", timeout=20, auth=self.auth)

    def ask(self, method: str, path: str, **told: Any) -> Any:
        """One request, asked again while Prefect's SQLite is held by another writer: it answers 503 then, or not in time."""
        end = time.monotonic() + 300
        while True:
            try:
                with self.client as client:
                    answer = client.request(method, path, **told)
            except httpx.ReadTimeout:
                assert time.monotonic() < end, f"no answer: {self.log.read_text()[-3000:]}"
                continue
            if answer.status_code != 503 or time.monotonic() > end:
                break
            time.sleep(0.5)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def deployment(self, name: str) -> Any:
        return self.ask("GET", f"/deployments/name/{name}/{name}")

    def start(self, name: str, **parameters: Any) -> str:
        found = self.deployment(name)
        wanted = {"parameters": parameters, "idempotency_key": str(uuid.uuid4())}
        run: str = self.ask("POST", f"/deployments/{found['id']}/create_flow_run", json=wanted)["id"]
        return run

    def run(self, key: str) -> Any:
        return self.ask("GET", f"/flow_runs/{key}")

    def ended(self, key: str) -> Any:
        return self.until(lambda: self.run(key), lambda run: run["state_type"] in ENDED)

    def cancel(self, key: str) -> Any:
        """What the button Cancel of the UI does; returns the run when it has ended."""
        self.ask("POST", f"/flow_runs/{key}/set_state", json={"state": {"type": "CANCELLING"}})
        return self.ended(key)

    def process_of(self, key: str) -> int:
        """The process that runs a flow's run: Prefect tells it which in its environment."""
        mark = f"PREFECT__FLOW_RUN_ID={key}".encode()
        for place in Path("/proc").glob("[0-9]*/environ"):
            try:
                if mark in place.read_bytes().split(b"\0"):
                    return int(place.parent.name)
            except OSError:
                continue  # it has just ended, or is another user's
        raise LookupError(f"no process runs {key}: {self.log.read_text()[-3000:]}")

    def artifacts(self, key: str) -> dict[str, str]:
        """What a run left in the UI, by key."""
        found = self.ask("POST", "/artifacts/filter", json={"flow_runs": {"id": {"any_": [key]}}})
        return {one["key"]: one["data"] for one in found}

    def logs(self, key: str) -> list[str]:
        """What a run's page shows as its logs."""
        return [one["message"] for one in self.ask("POST", "/logs/filter", json={"logs": {"flow_run_id": {"any_": [key]}}})]

    def claims(self) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(self.warehouse / "onrecord.duckdb"), read_only=True) as connection:
            query = "select source, origin, surface, document_id from claims order by all"
            return connection.execute(query).fetchall()

    def noted(self, query: str) -> list[tuple[Any, ...]]:
        """Asks the ledger."""
        connection = sqlite3.connect(self.warehouse / "ledger.sqlite")
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def until(self, look: Callable[[], Any], is_so: Callable[[Any], bool], seconds: float = 400) -> Any:
        end = time.monotonic() + seconds
        while not is_so(seen := look()):
            assert self.process.poll() is None, f"serve ended: {self.log.read_text()[-3000:]}"
            assert time.monotonic() < end, f"still {seen}: {self.log.read_text()[-3000:]}"
            time.sleep(0.5)
        return seen

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
    return port


def start_serving(folder: Path, port: int | None = None, **environment: str) -> Served:
    """`onrecord serve`, on a free port unless one is named; it is up when both deployments are there."""
    port = port or free_port()
    warehouse = folder / "warehouse"
    log = folder / "serve.log"
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "ONRECORD_"))}
    clean |= {"HOME": str(folder / "home"), "ONRECORD_TIMEZONE": "Europe/Brussels"} | SOON | environment
    (folder / "home").mkdir(exist_ok=True)
    log.write_text("")
    with log.open("a") as written:
        command = [sys.executable, "-c", START, str(warehouse), str(port)]
        process = subprocess.Popen(command, cwd=ROOT, env=clean, text=True, stdout=written, stderr=written, start_new_session=True)
    name, _, word = environment.get("PREFECT_API_AUTH_STRING", "").partition(":")
    served = Served(process, f"http://127.0.0.1:{port}", warehouse, log, (name, word) if word else None)
    served.until(log.read_text, lambda text: "choose Run" in text)
    served.until(lambda: _names(served), lambda names: {"nightly", "backfill"} <= names)
    return served


def _names(served: Served) -> set[str]:
    return {one["name"] for one in served.ask("POST", "/deployments/filter", json={})}


def end(served: Served) -> None:
    """Ends what is left of a serve: its own process group only."""
    if served.process.poll() is None:
        try:
            served.stop()
        except subprocess.TimeoutExpired:
            os.killpg(served.process.pid, signal.SIGKILL)


def two_backfills_never_overlap(served: Served, source: str) -> list[str]:
    """Starts two backfills of a source at once: both complete, the second not before the first has ended. Returns their keys."""
    began = served.noted("select count(*) from runs")[0][0] if (served.warehouse / "ledger.sqlite").exists() else 0
    keys = [served.start("backfill", sources=[source]), served.start("backfill", sources=[source], force=True)]
    first, second = sorted((served.ended(key) for key in keys), key=lambda run: run["start_time"])
    assert [first["state_type"], second["state_type"]] == ["COMPLETED", "COMPLETED"]
    assert first["end_time"] <= second["start_time"]
    runs = served.noted(f"select started_at, finished_at, status from runs order by started_at limit -1 offset {began}")
    assert len(runs) == 2
    assert runs[0][1] <= runs[1][0]
    return keys
