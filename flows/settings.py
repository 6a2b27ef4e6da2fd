"""Where things are and what they may cost, from options and the environment."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from flows.inputs import Limits

ROOT = Path(__file__).resolve().parent.parent
LOCAL_RUNNER = "local"
DASK_RUNNER = "dask"
STORE_OPTIONS = {"endpoint", "region"}


class MissingExtra(ValueError):
    """A setting wants a package that is not installed; the message says which extra brings it."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a warehouse lies: s3://BUCKET/PREFIX?endpoint=https://…&region=…"""

    bucket: str
    prefix: str
    endpoint: str | None
    region: str

    @classmethod
    def parse(cls, text: str) -> Address:
        """Raises ValueError where the address is not of that form, or holds credentials."""
        url = urlsplit(text)
        told = dict(parse_qsl(url.query, keep_blank_values=True))
        if "@" in url.netloc or not set(told) <= STORE_OPTIONS:
            raise ValueError(
                "ONRECORD_STORE may say s3://BUCKET/PREFIX?endpoint=…&region=… and no more; "
                "credentials belong into AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
            )
        if url.scheme != "s3" or not url.netloc or not url.path.strip("/"):
            raise ValueError("ONRECORD_STORE must be s3://BUCKET/PREFIX?endpoint=…&region=…; correct or unset it")
        return cls(url.netloc, url.path.strip("/"), told.get("endpoint"), told.get("region", "us-east-1"))


def _number(environment: Mapping[str, str], name: str, default: float, most: float = math.inf) -> float:
    try:
        number = float(environment.get(name) or default)
    except ValueError as error:
        raise ValueError(f"{name}={environment[name]!r} is no number; correct or unset it") from error
    if not 0 <= number <= most:  # what is no number (nan) is not between them either
        raise ValueError(f"{name}={environment[name]!r} is not between 0 and {most:g}; correct or unset it")
    return number


def _memory(told: str) -> str:
    if not re.fullmatch(r"\s*\d+(\.\d+)?\s*(%|bytes?|[kmgt]?i?b)\s*", told, re.IGNORECASE):
        raise ValueError(f"ONRECORD_MEMORY={told!r}: write it as 1GB or 500MB; correct or unset it")
    return told


def _store(told: str | None) -> str | None:
    if not told:
        return None
    Address.parse(told)
    return told


def _runner(told: str) -> str:
    kind, _, address = told.partition(":")
    if told == LOCAL_RUNNER or (kind == DASK_RUNNER and (told == kind or "://" in address)):
        return told
    raise ValueError(f"ONRECORD_RUNNER={told!r}: it may be local, dask, or dask:tcp://HOST:8786; correct or unset it")


@dataclass(frozen=True, slots=True)
class Settings:
    """A run's settings. Every one can be set in the environment (docs/settings.md)."""

    warehouse: Path
    people: tuple[Path, ...] = ()
    workers: int = 2
    memory: str = "1GB"  # what DuckDB may use
    lock_seconds: float = 600.0  # how long a run waits for another one
    largest_loss: float = 0.2  # share of a source's documents or claims that a publication may lose
    largest_file: int = 1_000_000_000  # bytes; what is read is held in memory while it is kept and opened
    limits: Limits = field(default_factory=Limits)
    warc: Path | None = None  # folder for an archive of what each run was answered
    runner: str = LOCAL_RUNNER  # where documents are read: `local`, `dask`, or `dask:` and a scheduler's address

    store: str | None = None  # s3://BUCKET/PREFIX?endpoint=…: the warehouse is there, and here a copy of its last state

    @classmethod
    def from_environment(cls, warehouse: Path | None = None, environment: Mapping[str, str] = os.environ) -> Settings:
        """Raises ValueError where a setting cannot be read."""
        place = warehouse or Path(environment.get("ONRECORD_WAREHOUSE") or ROOT / "warehouse")
        people = tuple(Path(p).expanduser() for p in environment.get("ONRECORD_PEOPLE", "").split(os.pathsep) if p)
        warc = environment.get("ONRECORD_WARC")
        missing = [str(p) for p in people if not p.exists()]
        if missing:
            raise ValueError(f"ONRECORD_PEOPLE: {missing[0]} is not there; correct or unset it")
        if environment.get("ONRECORD_ALLOW_HOSTS"):
            from flows.fetch.address import allowed_hosts

            allowed_hosts(environment["ONRECORD_ALLOW_HOSTS"])  # said before anything is asked
        return cls(
            warehouse=place.expanduser(),
            people=people,
            workers=max(1, int(_number(environment, "ONRECORD_WORKERS", min(8, os.cpu_count() or 1)))),
            memory=_memory(environment.get("ONRECORD_MEMORY") or "1GB"),
            lock_seconds=_number(environment, "ONRECORD_LOCK_SECONDS", 600),
            largest_loss=_number(environment, "ONRECORD_LARGEST_LOSS", 0.2, most=1),
            largest_file=int(_number(environment, "ONRECORD_FILE_MEGABYTES", 1_000) * 1_000_000),
            warc=Path(warc).expanduser() if warc else None,
            store=_store(environment.get("ONRECORD_STORE")),
            runner=_runner(environment.get("ONRECORD_RUNNER") or LOCAL_RUNNER),
            limits=Limits(
                seconds=_number(environment, "ONRECORD_DOCUMENT_SECONDS", 60),
                memory_bytes=int(_number(environment, "ONRECORD_DOCUMENT_MEGABYTES", 1_700) * 1_000_000),
                turns=int(_number(environment, "ONRECORD_DOCUMENT_TURNS", 100_000)),
            ),
        )

    @property
    def dask_address(self) -> str | None:
        """The scheduler of a cluster that stands; None for one of our own on this machine."""
        return self.runner.partition(":")[2] or None

    @property
    def database(self) -> Path:
        return self.warehouse / "onrecord.duckdb"

    @property
    def raw(self) -> Path | str:
        """The folder of raw bytes, or the address of the object store that has them."""
        return self.store or self.warehouse / "raw"

    @property
    def work(self) -> Path:
        return self.warehouse / ".work"
