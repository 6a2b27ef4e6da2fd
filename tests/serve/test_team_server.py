"""`onrecord serve` as a team has it: PostgreSQL, a password, sources that fail, runs that are cancelled or killed.

The sources lie on a loopback site, which can hold a run up at one page for as long as a test wants it to stay there.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.fetch.office import Office, describe, sitting
from tests.fetch.site import Reply, Request, running_site

from .conftest import missing
from .postgres import programs, running_postgres
from .serving import ENDED, Served, end, start_serving, two_backfills_never_overlap

pytestmark = [pytest.mark.server, pytest.mark.postgres]
MONTHS = {1: "12 Jan 2026", 2: "11 Feb 2026"}
DAYS = {"since": "2026-01-01", "until": "2026-02-28"}
PASSWORD = "team:a long word"
HELD_SECONDS = 600  # how long a page may be held, and is waited for: longer than any test takes on a busy machine


@dataclass
class Team:
    """A served warehouse, the office whose pages it reads, and what is needed to start it again."""

    served: Served
    office: Office
    environment: dict[str, str]
    gates: dict[str, threading.Event] = field(default_factory=dict)

    def hold(self, path: str) -> None:
        """Whoever asks for this page waits from now on."""
        gate = self.gates[path] = threading.Event()
        page = self.office.site.pages[path]
        assert callable(page)

        def wait(request: Request) -> Reply:
            gate.wait(HELD_SECONDS)
            return page(request)

        self.office.site.pages[path] = wait
        self.office.site.requests.clear()

    def release(self, path: str) -> None:
        self.gates[path].set()

    def held_at(self, path: str) -> None:
        self.served.until(lambda: self.office.asked(path), bool)

    def restart(self) -> None:
        port = int(self.served.page.rpartition(":")[2])
        self.served = start_serving(self.served.warehouse.parent, port, **self.environment)


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Team]:
    found = programs()
    if found is None:
        missing("PostgreSQL", "apt-get install -y postgresql")
    assert found is not None
    folder = tmp_path_factory.mktemp("team")
    with running_postgres(found) as database, running_site() as site:
        office = Office(site)
        for name in ("alpha", "beta", "gamma"):
            office.feed(f"/{name}/feed", MONTHS, f"/{name}")
            for n in MONTHS:
                office.put(f"/{name}/{n}", sitting(n + 10 * len(name)))
            told = (site, name, "feed", f"/{name}/feed", f"/{name}/", "enabled = false")
            describe(folder / "sources", *told, patience=HELD_SECONDS)
        describe(folder / "sources", site, "broken", "listing", "/nothing", more="enabled = false")
        (folder / "sources" / "samples.toml").write_text(SWITCHED_OFF)
        environment = {
            "ONRECORD_SOURCES": str(folder / "sources"),
            "ONRECORD_ALLOW_HOSTS": site.host,
            "ONRECORD_NIGHTLY_WHEN_BUSY": "skip",
            "PREFECT_API_DATABASE_CONNECTION_URL": database,
            "PREFECT_SERVER_API_AUTH_STRING": PASSWORD,
            "PREFECT_API_AUTH_STRING": PASSWORD,
        }
        one = Team(start_serving(folder, **environment), office, environment)
        yield one
        for gate in one.gates.values():
            gate.set()
        end(one.served)


SWITCHED_OFF = f"""
name = "samples"
enabled = false
index = {{kind = "folder", path = "{Path(__file__).resolve().parents[1] / "samples" / "press-conferences"}"}}
"""


def test_nobody_without_the_password_sees_or_starts_anything(team: Team) -> None:
    for auth in (None, ("team", "another word")):
        answer = httpx.post(f"{team.served.page}/api/deployments/filter", json={}, auth=auth)
        assert answer.status_code == 401, answer.text
        assert "backfill" not in answer.text


def test_two_backfills_at_once_publish_one_after_the_other(team: Team) -> None:
    two_backfills_never_overlap(team.served, "samples")


def test_a_cancelled_backfill_goes_on_where_it_stopped(team: Team) -> None:
    """January is published when it is cancelled in February; started again, no page is sent twice and no document stands twice."""
    served = team.served
    team.hold("/alpha/2")
    run = served.start("backfill", sources=["alpha"], **DAYS)
    team.held_at("/alpha/2")
    assert {origin.rpartition("/")[2] for source, origin, *_ in served.claims() if source == "alpha"} == {"1"}
    assert served.cancel(run)["state_type"] == "CANCELLED"
    team.release("/alpha/2")

    again = served.ended(served.start("backfill", sources=["alpha"], **DAYS))
    assert (again["state_type"], again["state"]["name"]) == ("COMPLETED", "Completed"), again["state"]
    origins = [origin.rpartition("/")[2] for source, origin, *_ in served.claims() if source == "alpha"]
    assert sorted(set(origins)) == ["1", "2"]
    assert len({document for source, _, _, document in served.claims() if source == "alpha"}) == 2
    sent = "select origin, count(*) from fetches where source = 'alpha' and outcome = 'document' group by 1 having count(*) > 1"
    assert served.noted(sent) == []
    assert len(team.office.asked("/alpha/feed")) == 2, "each backfill reads the index once, not once a month"


def test_a_source_that_fails_among_good_ones_shows_in_the_state_and_the_summary(team: Team) -> None:
    served = team.served
    team.office.always["/gamma/2"] = Reply(b"Forbidden", 403)
    key = served.start("backfill", sources=["gamma", "broken"])
    run = served.ended(key)
    assert (run["state_type"], run["state"]["name"]) == ("COMPLETED", "CompletedWithFailures")
    message = run["state"]["message"]
    assert "source broken failed" in message and "404" in message and "Start it again" in message
    assert {origin.rpartition("/")[2] for source, origin, *_ in served.claims() if source == "gamma"} == {"1"}
    left = served.artifacts(key)
    rows = {row["source"]: row for row in _table(left["summary"])}
    assert (rows["gamma"]["received"], rows["gamma"]["new"], rows["gamma"]["quarantined"]) == (1, 1, 1)
    assert (rows["gamma"]["state"], rows["broken"]["state"]) == ("read", "failed")
    refused = {row["origin"]: row["reason"] for row in _table(left["quarantine"])}
    assert "403" in refused[f"{team.office.site.root}/gamma/2"] and "source:broken" in refused
    assert f"({team.office.site.root}/gamma/1#:~:text=" in left["claims"]
    assert {row["result"] for row in _table(left["checks"])} >= {"passed in 1 of 1 batches"}


def _table(data: Any) -> list[dict[str, Any]]:
    import json

    rows: list[dict[str, Any]] = json.loads(data) if isinstance(data, str) else data
    return rows


def test_a_run_whose_process_is_killed_is_crashed_and_the_next_one_just_works(team: Team) -> None:
    served = team.served
    team.hold("/beta/1")
    run = served.start("backfill", sources=["beta"], **DAYS)
    team.held_at("/beta/1")
    nights = [served.start("nightly"), served.start("nightly")]  # in one second: both come before either has begun
    skipped = served.until(lambda: [key for key in nights if served.run(key)["state_type"] in ENDED], bool)
    os.kill(served.process_of(run), signal.SIGKILL)
    crashed, next_one = served.ended(run), served.ended(next(key for key in nights if key not in skipped))
    team.release("/beta/1")
    assert [served.run(key)["state_type"] for key in skipped] == ["CANCELLED"], "of two at once one is skipped, as configured"
    assert all("Traceback" not in line for line in served.logs(skipped[0])), "a sentence is enough"
    assert crashed["state_type"] == "CRASHED"
    assert next_one["state_type"] == "COMPLETED", next_one["state"]


def test_when_server_runner_and_run_die_together_the_run_is_crashed_and_its_slot_is_free_again(team: Team) -> None:
    """A power cut: everything is killed at once, then started again as systemd would. Nobody has to tidy up."""
    served = team.served
    team.hold("/beta/2")
    run = served.start("backfill", sources=["beta"], **DAYS)
    team.held_at("/beta/2")
    for process in (served.process_of(run), *_of_the_session(served.process.pid)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    served.process.wait(60)
    team.release("/beta/2")

    team.restart()
    served = team.served
    crashed = served.ended(run)
    assert crashed["state_type"] == "CRASHED" and "Start it again" in crashed["state"]["message"]
    again = served.ended(served.start("backfill", sources=["beta"], **DAYS))
    assert again["state_type"] == "COMPLETED", again["state"]
    documents = {(origin, document) for source, origin, _, document in served.claims() if source == "beta"}
    assert {origin.rpartition("/")[2] for origin, _ in documents} == {"1", "2"} and len(documents) == 2
    assert served.noted("select count(*) from runs where status = 'running'") == [(0,)]


def _of_the_session(pid: int) -> list[int]:
    """The serving process and all that descends from it, the server included."""
    parents: dict[int, int] = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            words = place.read_text().rpartition(")")[2].split()
            parents[int(place.parent.name)] = int(words[1])
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found
