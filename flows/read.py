"""Reads a batch of inputs to rows, in a worker process: bytes -> documents -> turns -> sentences, each within limits."""

from __future__ import annotations

import contextlib
import signal
import traceback
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from flows import corrections
from flows.clean.cleaned import Cleaned, CleanError, Refused
from flows.clean.read import clean
from flows.inputs import STAGED, TOO_LONG, TOO_MUCH, BatchRead, Context, Input, Limits, Outcome
from flows.objects import StoreError, raw_store
from flows.people.people import FOLDER, People
from flows.segment import language, sentences
from flows.segment.rows import Provenance, document_id, rows_of
from flows.segment.segment import segment
from flows.segment.segmented import Segmented
from flows.segment.signature import bands, mentions
from schemas import BY_NAME

ROWS_OF_ONE_FILE = 200  # of quarantine, for the records of one file; one more row counts the rest
HARD_SECONDS = 10.0  # of processor time beyond a document's limit, after which the kernel ends the worker
ROWS_A_PART = 60_000  # a part is written when its sentences and blocks pass this


class TooSlow(Exception):
    """A document took longer than its limit."""


@cache
def people_index(folders: tuple[Path, ...]) -> People:
    """The index of the reference files and of a user's own, made once a process. Raises PeopleError for one that cannot be read."""
    return People.load(FOLDER, *folders)


def load(folders: tuple[Path, ...]) -> None:
    """Loads what all reading needs beside code: persons, the model of sentences, words of languages, the tables' checks."""
    people_index(folders).load_indexes()
    sentences.load()
    language.load()
    for table in STAGED:
        BY_NAME[table].broken([])


@cache
def _raw(place: Path | str) -> Any:
    return raw_store(place)


def read_batch(inputs: list[Input], context: Context, name: str) -> BatchRead:
    """Reads the inputs; what one of them breaks costs its own rows of quarantine and none of the others."""
    batch = BatchRead()
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in STAGED}
    for one in inputs:
        outcome = Outcome(one)
        batch.outcomes.append(outcome)
        for document in _documents(one, context, outcome):
            try:
                with _time_limit(context.limits, len(document.text)):
                    _stage(document, one, context, outcome, rows, batch, name)
            except Exception as error:
                outcome.quarantined.append(_refusal("segment", document.origin or one.origin, error))
            if len(rows["sentences"]) + len(rows["blocks"]) > ROWS_A_PART:
                _write_part(rows, context, name, batch)
    _write_part(rows, context, name, batch)
    return batch


def _documents(one: Input, context: Context, outcome: Outcome) -> Iterator[Cleaned]:
    """The documents of an input. Each step of reading has the time that its size allows."""
    refused = 0
    try:
        content = _raw(context.raw).get(one.content_sha256)
        reading = clean(content, one.hints)
        while True:
            with _time_limit(context.limits, len(content)):
                document = next(reading, None)
            if document is None:
                return
            if isinstance(document, Refused):
                refused += 1
                if refused <= ROWS_OF_ONE_FILE:
                    outcome.quarantined.append(_row("clean", document.origin, document.reason, document.detail))
                continue
            yield document
    except StoreError:
        raise  # no document's fault: the share is read again, or the run ends
    except Exception as error:
        outcome.quarantined.append(_refusal("clean", one.origin, error))
    finally:
        if refused > ROWS_OF_ONE_FILE:
            detail = f"{refused} records were refused; the first {ROWS_OF_ONE_FILE} have their own rows"
            outcome.quarantined.append(_row("clean", one.origin, "many records refused", detail))


def _stage(
    cleaned: Cleaned,
    one: Input,
    context: Context,
    outcome: Outcome,
    rows: dict[str, list[dict[str, Any]]],
    batch: BatchRead,
    name: str,
) -> None:
    origin = _origin(cleaned, one)
    source = one.source if one.source != "local" else cleaned.source or one.source
    told = Provenance(source, origin, one.content_sha256, one.fetched_at, context.cleaner, one.licence, one.hints.url)
    if plain(cleaned.text) != cleaned.text:
        raise CleanError("no Unicode text", "half a surrogate pair stands in it")
    key = document_id(source, cleaned.external_id, origin)
    if context.forgotten & {key, origin, cleaned.url}:
        return
    if key in outcome.documents:
        detail = f"{cleaned.external_id or origin} was met before in the same file"
        outcome.quarantined.append(_row("clean", origin, "id repeated", detail))
        return
    if any(row["document_id"] == key for row in rows["documents"]):
        _write_part(rows, context, name, batch)  # another version of it: a part holds a document once
    relevant = corrections.concerning(context.corrections, origin, cleaned.url)
    mended, applied = corrections.zones(relevant, cleaned)
    people = people_index(context.people)
    cut = segment(mended, one.hints, people)
    if len(cut.turns) > context.limits.turns:
        raise CleanError("too many turns", f"{len(cut.turns)}, at most {context.limits.turns} (ONRECORD_DOCUMENT_TURNS)")
    if relevant:
        cut, more = corrections.speakers(relevant, mended.text, cut, lambda name: _identify(people, name, source))
        applied += [*more, *corrections.values(relevant, mended.text)]
    day = cut.published_on or cut.event_on
    if day is not None and one.hints.published_on is None and not (one.since or day) <= day <= (one.until or day):
        outcome.left_out += 1
        return
    made = rows_of(mended, cut, told)
    made["correction_places"] = [one.row(key) for one in applied]
    signature = _compared_by(cut, mended.text)
    made["document_bands"] = [{"document_id": key, "band": band, "band_hash": value} for band, value in signature.items()]
    for table in made:
        wrong = BY_NAME[table].broken(made[table])
        if wrong:
            index, problem = wrong[0]
            detail = f"{len(wrong)} rows of {table}; row {index}: {problem}"
            outcome.quarantined.append(_row("segment", origin, f"rows of {table} break their schema", detail))
            return
    for table, found in made.items():
        rows[table] += found
    outcome.documents.append(key)


def _compared_by(cut: Segmented, text: str) -> dict[int, str]:
    """What a document is compared by: what its turns say; of a page without turns the names and numbers it mentions."""
    day = cut.event_on or cut.published_on
    if cut.turns:
        said = "\n".join(text[turn.start : turn.end] for turn in cut.turns)
        speakers = {turn.speaker_name for turn in cut.turns if turn.speaker_name and turn.speaker_kind == "official"}
        return dict(bands(said, day, speakers))
    told = [text[block.start : block.end] for block in cut.blocks if block.zone in ("title", "commentary", "transcript")]
    return dict(mentions("\n".join(told), day))


def _origin(cleaned: Cleaned, one: Input) -> str:
    """The document's own address where the file says it, else where the file came from."""
    if cleaned.format == "jsonl" and cleaned.url:
        return cleaned.url
    return cleaned.origin or one.origin


def _identify(people: People, name: str, source: str) -> corrections.Identity:
    found = people.named(name)
    if len(found) == 1:
        return corrections.Identity(found[0].id, found[0].name, found[0].wikidata)
    from flows.segment.speakers import unlisted_id

    return corrections.Identity(unlisted_id(source, name), name)


def _write_part(rows: dict[str, list[dict[str, Any]]], context: Context, name: str, batch: BatchRead) -> None:
    if not rows["documents"]:
        return
    folder = context.parts / f"{name}-{len(batch.parts):04d}"
    folder.mkdir(parents=True, exist_ok=True)  # it is there where a document's time was over while it was being written
    for table in STAGED:
        arrow = BY_NAME[table].arrow(rows[table])
        with pa.OSFile(str(folder / f"{table}.arrow"), "wb") as sink, pa.ipc.new_file(sink, arrow.schema) as writer:
            writer.write_table(arrow)
    batch.parts.append(str(folder))
    for table in STAGED:  # all or none: what is cleared before the whole is written would be lost with a failure
        rows[table].clear()


@contextlib.contextmanager
def _time_limit(limits: Limits, size: int) -> Iterator[None]:
    """Raises TooSlow in the block after the limit for that many bytes. Only in a process's main thread, on POSIX.

    A step that never comes back to Python, such as one regular expression, is ended with its process by the kernel: the
    pool then reads the batch's other inputs again one by one.
    """

    def ring(*_: object) -> None:
        raise TooSlow

    seconds = limits.seconds + limits.seconds_per_megabyte * size / 1e6
    try:
        before = signal.signal(signal.SIGALRM, ring)
    except ValueError:  # not the main thread: the pool's own limit holds
        yield
        return
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds + HARD_SECONDS)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGALRM, before)


def _refusal(stage: str, origin: str, error: Exception) -> dict[str, Any]:
    match error:
        case CleanError():
            return _row(stage, origin, error.reason, error.detail)
        case TooSlow():
            return _row(stage, origin, "takes too long", TOO_LONG)
        case MemoryError():
            return _row(stage, origin, "takes too much memory", TOO_MUCH)
        case RecursionError():
            return _row(stage, origin, "nested too deeply", None)
    where = traceback.extract_tb(error.__traceback__)[-1]
    detail = f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"
    return _row(stage, origin, f"cannot be read: {type(error).__name__}", detail[:2000])


def _row(stage: str, origin: str, reason: str, detail: str | None) -> dict[str, Any]:
    return {"stage": stage, "origin": plain(origin), "reason": plain(reason), "detail": detail and plain(detail)[:2000]}


def plain(text: str) -> str:
    """The text as every table can hold it: half a surrogate pair, as in file names of no encoding, is written out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
