"""Prefect's surroundings, to be settled before it is imported: nothing in the user's home, nothing sent anywhere."""

from __future__ import annotations

import os
import urllib.error
import urllib.request
from collections.abc import MutableMapping
from pathlib import Path

from flows.settings import ROOT

DEFAULTS = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_CLI_PROMPT": "false",
    "PREFECT_LOGGING_EXTRA_LOGGERS": "onrecord",  # what the plain functions log stands in the run's log too
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",  # the default outlives the automation that looks for missing heartbeats
    "PREFECT_RUNNER_POLL_FREQUENCY": "5",  # seconds from Submit to the start, at most; by default 10
    "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "10",  # until one that waits for another looks again; 30
    # kept in memory, as by default, a server that is killed takes them with it, and the slots that they held are taken for ever
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
}


def prepare(warehouse: Path | None = None, environment: MutableMapping[str, str] = os.environ) -> None:
    """Sets what is not set. PREFECT_HOME becomes a folder of the warehouse. Call it before anything imports Prefect."""
    place = warehouse or Path(environment.get("ONRECORD_WAREHOUSE") or ROOT / "warehouse")
    environment.setdefault("PREFECT_HOME", str(place.expanduser().resolve() / ".prefect"))
    Path(environment["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)  # Prefect makes the last folder only
    for name, value in DEFAULTS.items():
        environment.setdefault(name, value)


def quiet(environment: MutableMapping[str, str] = os.environ) -> None:
    """Keeps Prefect's own lines off the terminal; its server still has them. Call it before anything imports Prefect."""
    environment.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "CRITICAL")


def answers(address: str) -> bool:
    """Whether a Prefect server answers at an API address, such as http://127.0.0.1:4200/api."""
    try:
        with urllib.request.urlopen(f"{address}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError as refusal:
        return refusal.code == 401  # it is there, and wants PREFECT_API_AUTH_STRING
    except (OSError, ValueError):
        return False


def nobody_answers(address: str) -> str:
    """What to say of a server that PREFECT_API_URL names in vain."""
    return f"PREFECT_API_URL names {address}, where nothing answers; start that server, or unset it"
