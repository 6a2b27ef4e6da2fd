"""What `onrecord serve` offers in the Prefect UI: `nightly` and `backfill`. Both are `flows/run.py`, once a month of time."""

from __future__ import annotations

import calendar
import datetime as dt
import logging
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout

from flows.prefect_home import prepare

prepare()

from prefect import flow, get_run_logger  # noqa: E402
from prefect.artifacts import create_progress_artifact, update_progress_artifact  # noqa: E402
from prefect.client.schemas.objects import State  # noqa: E402
from prefect.concurrency.sync import concurrency  # noqa: E402
from prefect.exceptions import CancelledRun, FailedRun  # noqa: E402
from prefect.runtime import flow_run  # noqa: E402
from prefect.states import Cancelled, Completed, Failed  # noqa: E402

from flows import artifacts  # noqa: E402
from flows.corrections import CorrectionError  # noqa: E402
from flows.fetch.source import SourceError, SourceFile, load_sources  # noqa: E402
from flows.nightly import indexes_read_once  # noqa: E402
from flows.pipeline import NotPublished, Summary  # noqa: E402
from flows.run import on_runner  # noqa: E402
from flows.settings import Settings  # noqa: E402

LIMIT = "warehouse"  # the name of the concurrency limit that keeps runs apart
FIRST_DAY = dt.date(1900, 1, 1)
RUNNING = ".running"  # the folder of the warehouse where each run of a flow holds a lock named like it: its death frees it

Source = Enum("Source", {name: name for name in sorted(load_sources())}, type=str)  # type: ignore[misc]


class _SaidAlready(logging.Filter):
    """A run that ends as failed or skipped has said why: the traceback of that state itself, which Prefect logs, would bury it."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not (record.exc_info and isinstance(record.exc_info[1], FailedRun | CancelledRun))


for name in ("prefect.flow_runs", "prefect.engine"):
    logging.getLogger(name).addFilter(_SaidAlready())


class Refused(ValueError):
    """Parameters that make no sense. Nothing was fetched; the message says what to correct."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one run of the pipeline is to take in."""

    sources: tuple[str, ...]
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(slots=True)
class Outcome:
    """What the batches of a flow became."""

    summaries: list[Summary] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def today() -> dt.date:
    """The day in the time zone that the schedule is kept in, when asked."""
    return dt.datetime.now(time_zone()).date()


def time_zone() -> ZoneInfo:
    """ONRECORD_TIMEZONE, else UTC. Raises Refused for a name that is no time zone."""
    name = os.environ.get("ONRECORD_TIMEZONE") or "UTC"
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise Refused(f"ONRECORD_TIMEZONE={name!r} is no time zone; write it as Europe/Brussels") from error


def day_of(value: object, name: str) -> dt.date | None:
    """A day as the form, the API or a caller gives it. Raises Refused for anything else."""
    if value is None or value == "":
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise Refused(f"{name}: {value!r} is no day; write it as 2025-03-13") from error


def asked_for(
    sources: list[Any], since: object, until: object, now: dt.date, configured: dict[str, SourceFile]
) -> tuple[list[str], dt.date | None, dt.date]:
    """The parameters of a backfill, checked: names, first day, last day. Raises Refused before anything is fetched."""
    names = [str(getattr(one, "value", one)) for one in sources or []]
    unknown = [name for name in names if name not in configured]
    if unknown:
        raise Refused(f"sources: no source is called '{unknown[0]}'; there are {', '.join(sorted(configured))}")
    first, last = day_of(since, "since"), day_of(until, "until") or now
    for name, day in (("since", first), ("until", last)):
        if day is not None and day > now:
            raise Refused(f"{name}: {day} lies in the future (today is {now}); nothing was fetched")
        if day is not None and day < FIRST_DAY:
            raise Refused(f"{name}: {day} lies before {FIRST_DAY}; nothing was fetched")
    if first is not None and last < first:
        raise Refused(f"until: {last} lies before since: {first}; exchange them. Nothing was fetched")
    return list(dict.fromkeys(names)) or [n for n, s in sorted(configured.items()) if s.enabled], first, last


def months(first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """The days from first to last, inclusive, cut at the ends of months."""
    while first <= last:
        end = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        yield first, min(end, last)
        first = end + dt.timedelta(days=1)


def batches_of(
    names: list[str], first: dt.date | None, last: dt.date | None, configured: dict[str, SourceFile]
) -> list[Batch]:
    """A backfill in batches: folders at once, since their files are at hand; live sources by the month, the oldest first."""
    folders = tuple(name for name in names if not configured[name].is_live)
    live = tuple(name for name in names if configured[name].is_live)
    batches = [Batch(folders, first, last)] if folders else []
    if live and first is not None and last is not None:
        return batches + [Batch(live, *month) for month in months(first, last)]
    return batches + ([Batch(live, first, last)] if live else [])


def _backfill_name() -> str:
    told = flow_run.parameters
    try:
        names, first, last = asked_for(told["sources"], told["since"], told["until"], today(), load_sources())
    except (Refused, SourceError, KeyError):
        return "backfill refused"
    what = ", ".join(names) if told["sources"] and len(names) < 4 else f"{len(names)} sources"
    return f"backfill {what} {f'{first:%Y-%m}' if first else 'from the beginning'} to {last:%Y-%m}"


def _nightly_name() -> str:
    return f"nightly {today()}"


@flow(name="backfill", flow_run_name=_backfill_name, validate_parameters=False, persist_result=False)
def backfill(
    sources: list[Source] = [],  # noqa: B006
    since: dt.date = None,  # type: ignore[assignment]  # noqa: RUF013
    until: dt.date = None,  # type: ignore[assignment]  # noqa: RUF013
    force: bool = False,
) -> State[Any]:
    """Takes in what was published between two days, month by month. Start it again at will: nothing is taken in twice.

    Args:
        sources: Which sources to take in. None chosen means all that are switched on.
        since: First day of publication, inclusive. Empty means from the beginning.
        until: Last day of publication, inclusive. Empty means today, on the day of the run.
        force: Compute everything anew, also what has not changed. Slower; needed only after changing data by hand.
    """
    logger = get_run_logger()
    settings = Settings.from_environment()
    try:
        names, first, last = asked_for(sources, since, until, today(), load_sources())
    except (Refused, SourceError) as error:
        logger.error("%s", error)
        return Failed(message=f"Refused: {error}")
    logger.info("%s from %s to %s", ", ".join(names), first or "the beginning", last)
    batches = batches_of(names, first, last if until or first else None, load_sources())
    return _carry_out(settings, batches, bool(force), "backfill")


@flow(name="nightly", flow_run_name=_nightly_name, persist_result=False)
def nightly() -> State[Any]:
    """Takes in what is new or changed in the sources that are switched on. Runs by itself, every night."""
    settings = Settings.from_environment()
    with _only_night(settings.warehouse) if skips_when_busy() else nullcontext(True) as is_only:
        if not is_only:
            return Cancelled(message="Another nightly is at work, and ONRECORD_NIGHTLY_WHEN_BUSY says skip.")
        return _night(settings)


def _night(settings: Settings) -> State[Any]:
    try:
        enabled = [name for name, source in sorted(load_sources().items()) if source.enabled]
    except SourceError as error:
        get_run_logger().error("%s", error)
        return Failed(message=f"Nothing was fetched. {error}")
    return _carry_out(settings, [Batch(tuple(enabled))], False, "nightly")


def _carry_out(settings: Settings, batches: list[Batch], force: bool, kind: str) -> State[Any]:
    """Runs the batches one after another; one that fails does not stop those after it."""
    outcome = Outcome()
    with _known_to_live(settings.warehouse), indexes_read_once() if len(batches) > 1 else nullcontext():
        before = artifacts.held(settings.database)
        progress = create_progress_artifact(0.0, key="progress", description=f"{len(batches)} batches")
        for number, batch in enumerate(batches, 1):
            days = f"{batch.since or 'the beginning'} to {batch.until or 'today'}"
            _one_batch(settings, batch, f"batch {number} of {len(batches)}", days, force, kind, outcome)
            told = f"{number} of {len(batches)} done: {days}"
            update_progress_artifact(progress, 100.0 * number / len(batches), description=told)
        asked = sorted({name for batch in batches for name in batch.sources})
        artifacts.show(settings, before, asked, outcome.summaries, outcome.failures)
    return _state(outcome)


def _one_batch(settings: Settings, batch: Batch, called: str, days: str, force: bool, kind: str, outcome: Outcome) -> None:
    logger = get_run_logger()
    logger.info("%s: %s, %s", called, ", ".join(batch.sources), days)
    try:
        with _alone():
            between = (batch.since, batch.until)
            summary = on_runner(settings)([], list(batch.sources), *between, force, str(settings.warehouse), kind)
    except (NotPublished, SourceError, CorrectionError) as error:
        logger.error("%s: %s", called, error)
        outcome.failures.append(f"{days}: {error}")
        return
    outcome.summaries.append(summary)
    failed = tuple(f"source {name} failed" for name in summary.failed_sources)
    outcome.failures += [note for note in summary.notes if note.startswith(failed)] if failed else []


def skips_when_busy() -> bool:
    """ONRECORD_NIGHTLY_WHEN_BUSY: whether a nightly that comes while one runs ends at once. Raises Refused for no such choice."""
    told = os.environ.get("ONRECORD_NIGHTLY_WHEN_BUSY") or "wait"
    if told not in ("wait", "skip"):
        raise Refused(f"ONRECORD_NIGHTLY_WHEN_BUSY={told!r}: it may be wait or skip")
    return told == "skip"


@contextmanager
def _only_night(warehouse: Path) -> Iterator[bool]:
    """Whether no other nightly is at work on this warehouse; none is until this one ends, however it ends.

    Prefect could cancel a run itself (CANCEL_NEW), but of runs that start together, or late, it may cancel all.
    """
    folder = warehouse / RUNNING
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "nightly")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


@contextmanager
def _known_to_live(warehouse: Path) -> Iterator[None]:
    """Holds a lock named like this run of the flow while it runs; the kernel frees it when the process dies, however it dies."""
    folder = warehouse / RUNNING
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / str(flow_run.id))
    with lock:
        yield
    Path(lock.lock_file).unlink(missing_ok=True)


def runs_that_died(warehouse: Path) -> Iterator[uuid.UUID]:
    """The runs of a flow whose processes died without a word; each is told of once."""
    for path in sorted((warehouse / RUNNING).glob("*-*")):
        try:
            FileLock(path).acquire(timeout=0).lock.release()
        except Timeout:
            continue  # it lives
        yield uuid.UUID(path.name)
        path.unlink(missing_ok=True)


@contextmanager
def _alone() -> Iterator[None]:
    """Waits until no other run on this server works on the warehouse. Its own file lock stands behind, for the rest."""
    with concurrency(LIMIT, occupy=1, strict=True, lease_duration=60):
        yield


def _state(outcome: Outcome) -> State[Any]:
    new = sum(s.documents_new for s in outcome.summaries)
    changed = sum(s.documents_changed for s in outcome.summaries)
    refused = sum(s.quarantined for s in outcome.summaries)
    told = f"{new} new, {changed} changed documents, {refused} quarantined"
    if not outcome.failures:
        return Completed(message=told)
    todo = "Start it again to go on; `onrecord quarantine` lists what was refused, `onrecord sources check NAME` tries a source."
    problems = "; ".join(outcome.failures)[:1_500]
    if not outcome.summaries:
        return Failed(message=f"Nothing was published, the last good warehouse stays. {problems}. {todo}")
    return Completed(name="CompletedWithFailures", message=f"{told}. Failed: {problems}. {todo}")
