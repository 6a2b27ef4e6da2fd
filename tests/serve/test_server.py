"""`onrecord serve` over its API: a real Prefect server, real runs over the sample transcripts."""

from __future__ import annotations

import httpx
import pytest

from .serving import Served, two_backfills_never_overlap

pytestmark = pytest.mark.server


def test_the_schedule_is_there_in_its_time_zone_and_runs_are_planned(served: Served) -> None:
    schedule = served.deployment("nightly")["schedules"][0]
    assert schedule["active"]
    assert (schedule["schedule"]["cron"], schedule["schedule"]["timezone"]) == ("30 4 * * *", "Europe/Brussels")
    planned = served.until(
        lambda: served.ask("POST", "/flow_runs/filter", json={"flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}}}),
        bool,
    )
    assert planned[0]["expected_start_time"] is not None


def test_the_form_is_made_for_people(served: Served) -> None:
    form = served.deployment("backfill")["parameter_openapi_schema"]
    fields = form["properties"]
    assert list(fields) == ["sources", "since", "until", "force"]
    assert "samples" in form["definitions"]["Source"]["enum"]
    assert fields["since"]["format"] == fields["until"]["format"] == "date"
    assert fields["force"]["type"] == "boolean"
    assert all(field["description"] for field in fields.values())
    assert fields["until"].get("default") is None, "a day fixed when the form was made is wrong the day after"
    typed = {"schema": form, "values": {"sources": ["samples"], "since": "2025-01-01", "force": False}}
    assert served.ask("POST", "/ui/schemas/validate", json=typed) == {"errors": [], "valid": True}


def test_nonsense_is_refused_before_anything_is_fetched(served: Served) -> None:
    run = served.ended(served.start("backfill", sources=["samples"], since="2025-05-01", until="2025-04-01"))
    assert run["state_type"] == "FAILED"
    assert "before since" in run["state"]["message"]
    assert all("Traceback" not in line for line in served.logs(run["id"])), "a sentence is enough"
    assert not (served.warehouse / "onrecord.duckdb").exists()
    with pytest.raises(httpx.HTTPStatusError, match="409"):
        served.start("backfill", sources=["nobody"])


def test_two_backfills_at_once_publish_one_after_the_other(served: Served) -> None:
    key = two_backfills_never_overlap(served, "samples")[0]
    assert served.run(key)["name"].startswith("backfill samples")
    assert len(served.claims()) > 100
    artifacts = served.artifacts(key)
    assert {"summary", "claims", "checks", "progress", "report"} <= set(artifacts)
    assert '"source": "samples"' in artifacts["summary"]
    assert any("batch 1 of 1" in line for line in served.logs(key))


def test_nothing_is_written_to_the_home_of_the_user(served: Served) -> None:
    assert list((served.warehouse.parent / "home").iterdir()) == []


def test_sigterm_ends_it_cleanly(served: Served) -> None:
    code = served.stop()
    assert code in (0, 130, -15, 143), served.log.read_text()[-2000:]
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{served.page}/api/health")
