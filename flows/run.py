"""The run as a Prefect flow: thin tasks around the steps of `flows/pipeline.py`. `make run` is this file.

    gather -> read 1 … n (each a share of the documents) -> derive 1 … n -> check and publish
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
import os
import secrets
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flows.prefect_home import answers, nobody_answers, prepare, quiet

prepare()
if __name__ == "__main__":
    quiet()

from prefect import flow, get_run_logger, task  # noqa: E402
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.futures import PrefectFuture  # noqa: E402

from flows import runner  # noqa: E402
from flows.fetch.source import SourceError  # noqa: E402
from flows.gather import UnknownSource  # noqa: E402
from flows.inputs import BatchRead, Context, Input  # noqa: E402
from flows.pipeline import Asked, NotPublished, Progress, Session, Summary  # noqa: E402
from flows.pipeline import run as run_plainly  # noqa: E402
from flows.pool import read_all  # noqa: E402
from flows.settings import Settings  # noqa: E402

START_SECONDS = 120.0  # that Prefect's embedded server may take to start
MOST_STARTS = 3
FINAL = (UnknownSource, SourceError, NotPublished, ValueError)  # trying again changes nothing


def _may_help(task: Any, run: Any, state: Any) -> bool:
    """Whether a task that died is worth another try: not where what was asked is wrong."""
    try:
        state.result()
    except FINAL:
        return False
    except Exception:
        return True
    return False


@task(
    name="gather",
    task_run_name="gather: files and sources",
    tags=["fetch"],
    retries=2,
    retry_delay_seconds=[5, 30],
    retry_condition_fn=_may_help,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def gather_inputs(session: Session) -> int:
    """Keeps the bytes of everything asked for; returns how many inputs are to be read."""
    logger = get_run_logger()
    session.gather(_told(logger))
    found = session.gathered
    for note in found.notes:
        logger.warning(note)
    logger.info("%d inputs to read, %d documents unchanged, %d refused", len(found.inputs), found.unchanged, len(found.quarantine))
    return len(found.inputs)


@task(
    name="read",
    task_run_name="read: share {number} of {count}",
    tags=["clean", "segment"],
    retries=2,
    retry_delay_seconds=2,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def read_share(
    share: list[list[Input]], context: Context, workers: int, number: int, count: int
) -> list[BatchRead] | runner.Carried:
    """Cleans and segments a share of the batches in worker processes; a document that breaks one costs a quarantine row.

    With no `workers` it runs in a cluster's worker, and its rows come back with the result.
    """
    if workers:
        again = f"{number:04d}-{secrets.token_hex(3)}"  # a second try must not meet the parts of the first
        read = list(read_all(share, dataclasses.replace(context, parts=context.parts / again), workers))
    else:
        carried = runner.read_carried(share, context)
        read = carried.batches
    documents = sum(len(outcome.documents) for batch in read for outcome in batch.outcomes)
    refused = sum(len(outcome.quarantined) for batch in read for outcome in batch.outcomes)
    get_run_logger().info("%d inputs: %d documents, %d quarantined", sum(map(len, share)), documents, refused)
    return read if workers else carried


@task(
    name="derive", task_run_name="derive: share {number} of {count}", tags=["derive"], cache_policy=NO_CACHE, persist_result=False
)
def derive_share(session: Session, read: list[BatchRead], number: int, count: int) -> None:
    """Runs the document models over what a share became. Not tried again: it writes the new database."""
    left = sum(len(batch.outcomes) for batch in read)
    for batch in read:
        left -= len(batch.outcomes)
        session.take(batch, left)
    session.flush()
    get_run_logger().info("turns, sentences, mentions and claims of share %d of %d are in the new database", number, count)


@task(name="check and publish", tags=["derive", "check", "publish"], cache_policy=NO_CACHE, persist_result=False)
def check_and_publish(session: Session) -> Summary:
    """Runs the models over the whole, all checks, then the swap; or finds that nothing is new."""
    summary = session.publish(_told(get_run_logger()))
    logger = get_run_logger()
    if summary.status == "published":
        made = (summary.turns, summary.sentences, summary.claims)
        logger.info("published %s: %d turns, %d sentences, %d claims", summary.release_id, *made)
    else:
        logger.info("nothing new; the warehouse stays as it is")
    return summary


def steps(asked: Asked, settings: Settings, progress: Progress = lambda *_: None) -> Summary:
    """The tasks of one run, in order; to be called inside a flow. Raises NotPublished as `flows.pipeline.run` does."""
    with Session(asked, settings) as session:
        inputs = gather_inputs(session)
        progress("gather", inputs, 0)
        if session.has_work:
            session.open_database()
            done = 0
            for number, count, read in _shares(session):
                derive_share(session, read, number, count)
                done += sum(len(batch.outcomes) for batch in read)
                progress("read", done, inputs)
        progress("publish", 0, 0)
        return check_and_publish(session)


def _shares(session: Session) -> Iterator[tuple[int, int, list[BatchRead]]]:
    """What each share became, in order; some are read while one is derived, and no more, so that disk use stays flat."""
    batches, context = session.batches(), session.context()
    plan = runner.plan(session.settings, len(batches))
    shares = [batches[at : at + plan.share_batches] for at in range(0, len(batches), plan.share_batches)]
    ahead: deque[PrefectFuture[list[BatchRead] | runner.Carried]] = deque()
    count = len(shares)
    for number in range(1, count + 1):
        while len(ahead) < plan.ahead and number + len(ahead) <= count:
            at = number + len(ahead)
            ahead.append(read_share.submit(shares[at - 1], context, plan.workers, at, count))
        read = ahead.popleft().result()
        yield number, count, read if isinstance(read, list) else read.unpacked(context.parts / f"{number:04d}")


def run_name(sources: list[str], paths: list[str], since: dt.date | None = None, until: dt.date | None = None) -> str:
    """What a run is called in the UI: "run kremlin-en 2024-01-01 to 2024-03-31"."""
    what = ", ".join(sources or paths) or "all sources"
    return f"run {what[:120]}" + (f" from {since}" if since else "") + (f" to {until}" if until else "")


def _own_name() -> str:
    from prefect.runtime import flow_run

    told = flow_run.parameters
    return run_name(told["sources"], told["paths"], told["since"], told["until"])


@flow(
    name="run",
    flow_run_name=_own_name,
    description="Fetch or read, clean, segment, derive, check, publish.",
    persist_result=False,
    validate_parameters=False,
)
def run(
    paths: list[str],
    sources: list[str],
    since: dt.date | None = None,
    until: dt.date | None = None,
    force: bool = False,
    warehouse: str | None = None,
    kind: str = "run",
) -> Summary:
    """One whole run.

    Args:
        paths: Files or folders of any supported format; none means the configured sources.
        sources: Only these sources; none means all that are enabled.
        since: First day of publication.
        until: Last day of publication, inclusive.
        force: Recompute what is unchanged.
        warehouse: The warehouse's folder; none means ONRECORD_WAREHOUSE, else `warehouse/`.
        kind: What the run is noted as in the table `runs`.
    """
    settings = Settings.from_environment(Path(warehouse) if warehouse else None)
    asked = Asked(tuple(map(Path, paths)), tuple(sources), since, until, force, kind)
    return steps(asked, settings, _SHOWN[-1])


def on_runner(settings: Settings) -> Any:
    """The flow `run`, its shares read where ONRECORD_RUNNER says."""
    return run.with_options(task_runner=runner.task_runner(settings))


_SHOWN: list[Progress] = [lambda *_: None]  # where a run in this process shows how far it is


def run_flow(asked: Asked, settings: Settings, progress: Progress | None = None) -> Summary:
    """The flow, on the server that PREFECT_API_URL names, else on a temporary one. Raises as `flows.pipeline.run` does."""
    named = os.environ.get("PREFECT_API_URL")
    if named and not answers(named):
        raise NotPublished(nobody_answers(named))
    if progress is not None:
        _SHOWN.append(progress)
    paths = [str(path.resolve()) for path in asked.paths]
    try:
        told = (paths, list(asked.sources), asked.since, asked.until, asked.force, str(settings.warehouse.resolve()), asked.flow)
        with runner.server_for_workers(settings):
            summary: Summary = on_runner(settings)(*told)
        return summary
    finally:
        if progress is not None:
            _SHOWN.pop()


def _told(logger: Any) -> Progress:
    """Progress as lines of the run's log: a line a stage, and one every so often within it."""
    last = ["", 0]

    def tell(stage: str, done: int, total: int) -> None:
        if stage != last[0] or done - int(last[1]) >= 500:
            last[:] = [stage, done]
            logger.info("%s%s%s", stage, f": {done:,}" if done else "", f" of {total:,}" if total else "")

    return tell


def _run_somehow(asked: Asked, settings: Settings, progress: Progress) -> Summary:
    """The flow; where Prefect's embedded server does not start, the same steps as plain functions."""
    problem = None if os.environ.get("PREFECT_API_URL") else embedded_server_problem()
    if problem is None:
        return run_flow(asked, settings, progress)
    told = f"onrecord: Prefect's embedded server does not start ({problem}); the same steps run without it"
    print(told, file=sys.stderr, flush=True)
    return run_plainly(asked, settings, progress)


def embedded_server_problem(seconds: float = START_SECONDS) -> str | None:
    """Starts the temporary server that a flow without PREFECT_API_URL uses; returns why it does not start.

    Prefect starts it anew on another port for ever while it ends with code 3, as it does also where its database is out of
    reach: so it is started in a thread, and given up after some such starts.
    """
    from prefect.server.api.server import SubprocessASGIServer

    server = SubprocessASGIServer()
    failed: list[Exception] = []

    def start() -> None:
        try:
            server.start(timeout=int(seconds))
        except Exception as error:
            failed.append(error)

    starting = threading.Thread(target=start, daemon=True)
    starting.start()
    ports, end = set(), time.monotonic() + seconds
    while starting.is_alive() and len(ports) <= MOST_STARTS and time.monotonic() < end:
        ports.add(server.port)
        starting.join(0.1)
    if not starting.is_alive() and not failed:
        return None
    server.stop()
    return str(failed[0]) if failed else "it ends again and again" if len(ports) > MOST_STARTS else f"no answer in {seconds:.0f} s"


def main() -> int:
    """What `make run` does: the flow over the sample transcripts, on Prefect's embedded server. Returns the exit code."""
    from flows.terminal import Progress as Shown
    from flows.terminal import summary_text

    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    try:
        settings = Settings.from_environment()
        with Shown() as shown:
            shown("starting Prefect's embedded server", 0, 0)
            summary = _run_somehow(Asked(sources=("samples",)), settings, shown)
    except NotPublished as error:
        print(f"onrecord: {error}", file=sys.stderr)
        return 1
    except (ValueError, SourceError) as error:
        print(f"onrecord: {error}", file=sys.stderr)
        return 2
    print(summary_text(summary))
    return 0


if __name__ == "__main__":
    sys.exit(main())
