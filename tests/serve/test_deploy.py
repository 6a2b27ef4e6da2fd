"""The files of deploy/ and prefect.yaml: a team that copies them must not find out at night that they name what is not there."""

from __future__ import annotations

import configparser
import importlib
import json
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from flows.prefect_home import DEFAULTS

from .conftest import missing

ROOT = Path(__file__).resolve().parents[2]


def test_the_work_pool_has_the_deployments_that_serve_has() -> None:
    deployments = yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]
    assert [one["name"] for one in deployments] == ["nightly", "backfill"]
    for one in deployments:
        path, _, name = one["entrypoint"].partition(":")
        flow = getattr(importlib.import_module(path.removesuffix(".py").replace("/", ".")), name)
        assert flow.name == one["name"]


def test_compose_shows_nothing_to_the_network_and_depends_on_what_is_there() -> None:
    services = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())["services"]
    for service in services.values():
        assert set(service.get("depends_on", [])) <= set(services)
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
        if "build" in service:
            assert (ROOT / "deploy" / service["build"]["context"] / service["build"]["dockerfile"]).exists()


def test_what_compose_starts_is_there_and_takes_its_arguments() -> None:
    """Docker is not at hand in the tests: the commands are, in the environment that the image builds in the same way."""
    whole = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())
    image = (ROOT / "deploy/Dockerfile").read_text()
    entry, default = (json.loads(line.partition(" ")[2]) for line in image.splitlines() if line.startswith(("ENTRYPOINT", "CMD")))
    for service in whole["services"].values():
        if "build" not in service:
            continue
        command = [*service.get("entrypoint", entry), *service.get("command", default)]
        assert command[0].startswith(".venv/bin/")
        done = subprocess.run([*command, "--help"], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (command, done.stderr)


def test_the_services_of_compose_know_each_other() -> None:
    whole = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())
    services = whole["services"]
    server, runner = services["prefect"]["environment"], services["onrecord"]["environment"]
    assert urlsplit(runner["PREFECT_API_URL"]).hostname == "prefect" and urlsplit(runner["PREFECT_API_URL"]).port == 4200
    assert urlsplit(server["PREFECT_API_DATABASE_CONNECTION_URL"]).hostname == "postgres"
    assert server["PREFECT_SERVER_API_AUTH_STRING"].startswith("${ONRECORD_AUTH:?")
    assert runner["PREFECT_API_AUTH_STRING"] == "${ONRECORD_AUTH}"
    lasting = {mount.partition(":")[0] for service in services.values() for mount in service.get("volumes", [])}
    assert lasting == set(whole["volumes"])
    settings = {k: v for k, v in DEFAULTS.items() if k.startswith("PREFECT_SERVER_CONCURRENCY")}
    assert settings.items() <= server.items(), "what a server needs so that a crash leaves no slot taken"


def test_the_unit_starts_a_command_that_exists_and_may_write_the_warehouse() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(ROOT / "deploy/onrecord.service")
    service = unit["Service"]
    assert service["ExecStart"].endswith("/.venv/bin/onrecord serve")
    assert service["ReadWritePaths"] in service["Environment"]


def test_systemd_finds_no_fault_with_the_unit() -> None:
    if shutil.which("systemd-analyze") is None:
        missing("systemd-analyze", "apt-get install -y systemd")
    command = ["systemd-analyze", "verify", ROOT / "deploy/onrecord.service"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    faults = [line for line in done.stderr.splitlines() if "onrecord.service" in line and "is not executable" not in line]
    assert faults == []
