"""Reads batches in worker processes, each bounded in time and memory, in the order given."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterator
from concurrent.futures import TimeoutError as TookTooLong
from itertools import islice
from typing import Any

from pebble import ProcessExpired, ProcessPool

from flows.ahead import load_ahead
from flows.inputs import TOO_LONG, BatchRead, Context, Input, Limits, Outcome, bound_memory

AHEAD = 32  # batches a worker that may be under way or wait on the disk, so that workers go on while models run
GRACE_SECONDS = 30.0
LONGEST_FILE = 240  # a corpus in one file may take as many documents' time


def read_all(batches: list[list[Input]], context: Context, workers: int) -> Iterator[BatchRead]:
    """What each batch became, in order. A batch that kills its worker or hangs is read again input by input."""
    if not batches:
        return iter(())
    load_ahead()
    reading = _read_in_order(batches, context, workers, multiprocessing.get_context("forkserver"))
    next(reading)  # workers begin with the call, not when the first batch is asked for
    return reading


def _read_in_order(batches: list[list[Input]], context: Context, workers: int, methods: Any) -> Iterator[BatchRead]:
    count = max(1, min(workers, len(batches)))
    credentials = {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
    with ProcessPool(max_workers=count, context=methods, initializer=_begin, initargs=[context.limits, credentials]) as pool:
        numbered = enumerate(batches)
        try:
            waiting = deque(
                (index, _schedule(pool, batch, context, f"{index:06d}")) for index, batch in islice(numbered, count * AHEAD)
            )
            yield BatchRead()
            while waiting:
                at, future = waiting.popleft()
                yield _result(pool, future, batches[at], context, at)
                for index, batch in islice(numbered, 1):
                    waiting.append((index, _schedule(pool, batch, context, f"{index:06d}")))
        except BaseException:
            pool.stop()
            raise


def _begin(limits: Limits, credentials: dict[str, str]) -> None:
    """What a worker is forked from may be older than the credentials of this run's object store."""
    os.environ.update(credentials)
    bound_memory(limits)


def _read(batch: list[Input], context: Context, name: str) -> BatchRead:
    from flows.read import read_batch  # only workers need the readers, which take long to load

    return read_batch(batch, context, name)


def _schedule(pool: ProcessPool, batch: list[Input], context: Context, name: str) -> Any:
    limits = context.limits
    # Each document has a limit of its own (flows/read.py); this one is for a worker that sleeps, and for files of many.
    seconds = limits.seconds * max(len(batch), LONGEST_FILE) + GRACE_SECONDS
    return pool.schedule(_read, args=[batch, context, name], timeout=seconds)


def _result(pool: ProcessPool, future: Any, batch: list[Input], context: Context, index: int) -> BatchRead:
    try:
        read: BatchRead = future.result()
        return read
    except Exception as error:  # killed, hung or broken: which input did it shows when each is read alone
        _raise_if_machine(error)
        if len(batch) == 1:
            return _lost(batch[0], error)
    together = BatchRead()
    for number, one in enumerate(batch):
        alone = _schedule(pool, [one], context, f"{index:06d}-{number:03d}")
        try:
            read = alone.result()
        except Exception as error:
            _raise_if_machine(error)
            read = _lost(one, error)
        together.outcomes += read.outcomes
        together.parts += read.parts
    return together


def _raise_if_machine(error: Exception) -> None:
    """A full disk or a missing folder is no document's fault: it ends the run rather than filling the quarantine."""
    if isinstance(error, OSError) and not isinstance(error, ProcessExpired | TookTooLong):
        raise error


def _lost(one: Input, error: BaseException) -> BatchRead:
    detail = f"{type(error).__name__}: {error}"
    match error:
        case TookTooLong():
            reason, detail = "takes too long", TOO_LONG
        case ProcessExpired() if getattr(error, "exitcode", None) in (-signal.SIGPROF, 128 + signal.SIGPROF):
            reason, detail = "takes too long", TOO_LONG
        case ProcessExpired() | MemoryError():
            reason = "ends the process that reads it"
        case _:
            reason = f"cannot be read: {type(error).__name__}"
    row = {"stage": "clean", "origin": one.origin, "reason": reason, "detail": detail}
    return BatchRead(outcomes=[Outcome(one, quarantined=[row])])
