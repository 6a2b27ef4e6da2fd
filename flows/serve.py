"""`onrecord serve`: a Prefect server, unless one is named, and the deployments `nightly` and `backfill` on it."""

from __future__ import annotations

import datetime as dt
import functools
import http.server
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flows.fetch.source import SourceError, load_sources
from flows.prefect_home import answers, nobody_answers, prepare
from flows.settings import Settings

CRON = "30 4 * * *"  # half past four: 30 2 fires oddly where clocks change
HEARTBEAT_LOST = dt.timedelta(seconds=90)
START_SECONDS = 180.0
MOST_NIGHTS = 100  # where nightlies are skipped: each begins, and finds for itself whether another is at work
KILLED = "No sign of life: its process was killed. Start it again; nothing is lost, and what is held is not fetched again."
log = logging.getLogger("onrecord")


class ServeError(Exception):
    """The server or the deployments cannot be started; the message says what to do."""


def serve(settings: Settings, host: str = "127.0.0.1", port: int = 4200) -> None:
    """Serves until SIGTERM or SIGINT. Raises ServeError."""
    settings.warehouse.mkdir(parents=True, exist_ok=True)
    os.environ["ONRECORD_WAREHOUSE"] = str(settings.warehouse.resolve())
    prepare(settings.warehouse)
    _check_sources()
    _report_port()  # before a server is started for nothing
    signal.signal(signal.SIGTERM, _stop)
    with _server(host, port) as address, _report_shown(settings.warehouse / "report"):
        os.environ["PREFECT_API_URL"] = address
        _deploy_and_wait(address, settings.warehouse)


def _check_sources() -> None:
    """Before anything is started: the form lists the sources, so all of their files must be readable."""
    try:
        load_sources()
    except SourceError as error:
        raise ServeError(str(error)) from error


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


@contextmanager
def _server(host: str, port: int) -> Iterator[str]:
    """The address of the server that is used: the one that PREFECT_API_URL names, else one of our own."""
    named = os.environ.get("PREFECT_API_URL")
    if named:
        if not answers(named):
            raise ServeError(nobody_answers(named))
        yield named
        return
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host
    address = f"http://{shown}:{port}/api"
    if answers(address):
        raise ServeError(f"something answers at {address} already; stop it, choose another port, or name it in PREFECT_API_URL")
    _check_free(host, port)
    environment = os.environ | {"PREFECT_SERVER_UI_API_URL": os.environ.get("PREFECT_SERVER_UI_API_URL") or address}
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", host, "--port", str(port)]
    command += ["--log-level", "WARNING"]
    process = subprocess.Popen(command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL)
    try:
        _wait_for(process, address)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def _check_free(host: str, port: int) -> None:
    """Raises ServeError where nothing can listen there: Prefect's own words on that go where nobody reads them."""
    try:
        family, kind, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(place)
    except OSError as error:
        raise ServeError(f"nothing can listen at {host}:{port} ({error.strerror}); choose another --port or --host") from error


def _report_port() -> int:
    """The port of ONRECORD_REPORT_PORT; 0, which means any free one, without it. Raises ServeError for what is no port."""
    told = os.environ.get("ONRECORD_REPORT_PORT") or "0"
    if not told.isdecimal() or int(told) > 65535:
        raise ServeError(f"ONRECORD_REPORT_PORT={told!r} is no port; correct or unset it")
    if int(told):
        _check_free("127.0.0.1", int(told))
    return int(told)


def _wait_for(process: subprocess.Popen[bytes], address: str) -> None:
    log.info("starting the Prefect server")
    end = time.monotonic() + START_SECONDS
    while not answers(address):
        if process.poll() is not None:
            raise ServeError(f"the Prefect server ended with code {process.returncode}; its words stand above")
        if time.monotonic() > end:
            raise ServeError(f"the Prefect server does not answer at {address} after {START_SECONDS:.0f} s")
        time.sleep(0.2)


@contextmanager
def _report_shown(folder: Path) -> Iterator[None]:
    """Shows the folder of reports on loopback while this process runs."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = functools.partial(_Silent, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", _report_port()), handler) as server:
        os.environ["ONRECORD_REPORT_URL"] = f"http://127.0.0.1:{server.server_port}/report.html"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield
        finally:
            server.shutdown()


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """A request for the report is no news."""


def _deploy_and_wait(address: str, warehouse: Path) -> None:
    from prefect.flows import serve as serve_flows

    from flows.deployments import Refused, backfill, nightly, skips_when_busy, time_zone

    try:
        deployments = _deployments(nightly, backfill, str(time_zone()), skips_when_busy())
    except Refused as error:
        raise ServeError(str(error)) from error
    _set_limit_and_automation()
    _end_dead_runs(warehouse)
    page = address.removesuffix("/api")
    print(f"Prefect: {page}/deployments", f"nightly: {_cron()} {time_zone()}", sep="\n")
    print("backfill: open it there and choose Run", flush=True)
    serve_flows(*deployments, print_starting_message=False)


def _cron() -> str:
    return os.environ.get("ONRECORD_CRON") or CRON


def _deployments(nightly: Any, backfill: Any, zone: str, is_skipped: bool) -> list[Any]:
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.schedules import Cron

    waiting = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE)
    all_begin = ConcurrencyLimitConfig(limit=MOST_NIGHTS, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE)
    try:
        schedule = Cron(_cron(), timezone=zone)
        told = {"tags": ["onrecord"], "description": nightly.__doc__}
        night = nightly.to_deployment("nightly", schedule=schedule, concurrency_limit=all_begin if is_skipped else waiting, **told)
    except ValueError as error:
        raise ServeError(f"ONRECORD_CRON={_cron()!r} cannot be used: {error}") from error
    words = backfill.__doc__.partition("\n")[0]
    form = backfill.to_deployment("backfill", concurrency_limit=waiting, tags=["onrecord"], description=words)
    for day in ("since", "until"):  # a calendar that may stay empty: the form sends a default of null, and then refuses it
        form._parameter_openapi_schema.properties[day].pop("default")
    return [night, form]


def _set_limit_and_automation() -> None:
    """The limit must exist before it is asked for; the automation ends runs whose process was killed with its runner."""
    from prefect.automations import AutomationCore, EventTrigger, Posture
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.objects import StateType
    from prefect.events.actions import ChangeFlowRunState

    from flows.deployments import LIMIT

    ends = {f"prefect.flow-run.{state}" for state in ("Completed", "Failed", "Cancelled", "Crashed", "CompletedWithFailures")}
    automation = AutomationCore(
        name="onrecord: runs that no longer answer have crashed",
        description=f"A run that sends no heartbeat for {HEARTBEAT_LOST.seconds} s was killed; marking it frees its slot.",
        trigger=EventTrigger(
            after={"prefect.flow-run.heartbeat"},
            expect={"prefect.flow-run.heartbeat", *ends},
            match={"prefect.resource.id": "prefect.flow-run.*"},  # type: ignore[arg-type]
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=HEARTBEAT_LOST,
        ),
        actions=[ChangeFlowRunState(state=StateType.CRASHED, message=KILLED)],
    )
    with get_client(sync_client=True) as client:
        client.upsert_global_concurrency_limit_by_name(LIMIT, 1)
        if not client.read_automations_by_name(automation.name):
            client.create_automation(automation)


def _end_dead_runs(warehouse: Path) -> None:
    """Marks runs as crashed that died together with the serve that ran them: nobody else was left to say so."""
    from prefect.client.orchestration import get_client
    from prefect.exceptions import ObjectNotFound
    from prefect.states import Crashed

    from flows.deployments import runs_that_died

    with get_client(sync_client=True) as client:
        for key in runs_that_died(warehouse):
            try:
                state = client.read_flow_run(key).state
            except ObjectNotFound:
                continue  # another server's
            if state is None or not state.is_final():
                client.set_flow_run_state(key, Crashed(message=KILLED), force=True)
                log.info("run %s had died; it is marked as crashed", key)
