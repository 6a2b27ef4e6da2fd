"""Breaks files and words in every way that comes up, and looks whether reading, labels, numbers or spans break with them.

    python -m benchmarks.fuzz --minutes 60 [--seed 1] [--keep FOLDER] [PATH...]

Takes the sample transcripts of every format (and the PATHs), alters their bytes, makes up talks full of labels and numbers,
and runs them through the real reader and the real models, batch after batch. A finding is an error that no reader foresaw, a
document that takes too long, a span that does not stand in the text, a row that breaks its schema or a check, a model that
fails. The bytes of each finding go to the folder that --keep names, to become a test. Exit code 1 where there was one.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import hashlib
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from flows import publish
from flows.clean.cleaned import Hints
from flows.inputs import STAGED, Context, Input, Limits
from flows.intake import Changes
from flows.read import read_batch
from flows.store import RawStore

SAMPLES = Path(__file__).resolve().parent.parent / "tests" / "samples"
LARGEST_SEED = 60_000  # bytes of a file that are taken: many small tries find more than few large ones
UNFORESEEN = ("cannot be read: ", "rows of ", "takes too long", "takes too much memory", "ends the process")
NASTY = [
    *(b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\xc2", b"\xef\xbb\xbf", b"\r", b"\x85", b"\n\n\n", b"\t", b"\\ud800", b"\\u", b'"'),
    *(b"<p>" * 40, b":" * 50, b"9" * 320, b"0" * 60 + b".1", b"$" * 9, b" million" * 9, b"two hundred and " * 9, b"<!--", b"-->"),
    *(b"A" * 300, b" " * 300, b"." * 300, b"'" * 60, b"00:00:01.000 --> 00:00:00.000\n", b"(Applause.) ", b"[crosstalk]", b"]]>"),
    *(b"&#x110000;", b"&#xD800;", b"&nbsp;", b"<![CDATA[", b"</p></div></body>", b"<table><tr>", b"<script>", b"{", b"}", b"[["),
    *(b": ", b"1e400", b"-0", b"1,2,3,4", b"1/0", b"99999-99-99", b"2025-02-30", b"%", b"Question: ", b"MR. ", b"Mr Speaker: "),
    *(word.encode() for word in ("½ ", "١٢ ", "１２", "三十 ", "\u2028", "\u202e")),
]
PEOPLE = ("Ada Lund", "MR. RENN", "Question", "The President", "Q", "Bo Renn (Minister)", "\u0410da Lund", "SPEAKER 1", "")
AFTER = (": ", " - ", "\n", ". ", " (", ":: ", " : ", "\u2014", "] ", ":\u00a0")
WORDS = [
    *("we have", "about", "at least", "between", "and", "from", "to", "up", "down", "by", "rose", "fell", "more than", "not", "if"),
    *("per cent", "%", "percentage points", "million", "billion", "trillion", "dozen", "half", "a third of", "twice", "times", "x"),
    *("euros", "dollars", "$", "€", "£", "US$", "a year", "per barrel", "kilometres", "km2", "°C", "tonnes", "hours", "o'clock"),
    *("in 2024", "on 3 May", "last year", "until 2030", "No.", "Article", "first", "second", "Poland", "schools", "jobs", "of"),
    *("-", "\u2013", "/", ",", ".", ";", "?", "(", ")", "\u201c", "\u201d", "the", "O\u2019Brien-Lee", "zero", "minus", "said"),
]
SPELLED = ("one", "twenty-one", "a hundred and five", "nineteen hundred", "two and a half", "a dozen", "hundreds of")


@dataclass
class Found:
    """What a run of the fuzzer saw."""

    inputs: int = 0
    documents: int = 0
    claims: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    findings: list[tuple[str, str, bytes]] = field(default_factory=list)  # origin, what is wrong, the bytes


def seeds(paths: list[Path]) -> list[tuple[str, bytes]]:
    """(name, bytes) of the files that are altered."""
    held = [path for place in (SAMPLES, *paths) for path in (sorted(place.rglob("*")) if place.is_dir() else [place])]
    wanted = [path for path in held if path.is_file() and path.suffix not in (".yaml", ".zip") and path.name != "README.md"]
    return [(path.name, path.read_bytes()[:LARGEST_SEED]) for path in wanted]


def altered(content: bytes, chance: random.Random, others: list[tuple[str, bytes]]) -> bytes:
    """The bytes with a few things done to them that machines, publishers and attackers do."""
    made = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 3, 6, 12))):
        at, size = chance.randrange(len(made) + 1), chance.choice((1, 3, 20, 200, 3_000))
        match chance.randrange(8):
            case 0:
                made[at : at + size] = b""
            case 1:
                made[at:at] = made[at : at + size] * chance.choice((1, 2, 30))
            case 2 | 3 | 4:
                made[at:at] = chance.choice(NASTY) * chance.choice((1, 1, 1, 5))
            case 5:
                other = chance.choice(others)[1]
                start = chance.randrange(len(other) + 1)
                made[at : at + size] = other[start : start + size]
            case 6:
                made = made[: max(1, at)]
            case 7 if made:
                made[min(at, len(made) - 1)] = chance.randrange(256)
        made = made[: 2 * LARGEST_SEED]
    return bytes(made)


def talk(chance: random.Random) -> bytes:
    """A talk that nobody gave: labels of all kinds, and sentences of numbers and the words around them."""
    lines = []
    for _ in range(chance.randint(2, 30)):
        said = [_number(chance) if chance.random() < 0.3 else chance.choice(WORDS) for _ in range(chance.randint(1, 40))]
        sentence = " ".join(said).capitalize() + chance.choice((".", "?", "", "!"))
        lines.append(chance.choice(PEOPLE) + chance.choice(AFTER) + sentence)
    return chance.choice(("\n", "\n\n", "\r\n")).join(lines).encode()


def _number(chance: random.Random) -> str:
    digits = "".join(chance.choice("0123456789") for _ in range(chance.choice((1, 1, 2, 3, 4, 6, 9, 19, 40, 330))))
    match chance.randrange(8):
        case 0:
            return f"{int(digits[:18]):,}"
        case 1:
            return digits + chance.choice((".", ",", "/", "-", ":", "'", " ", "e", "x")) + digits[:4]
        case 2:
            return chance.choice(("$", "€", "-", "+", "~", "<", "No. ", "§", "(")) + digits
        case 3:
            return digits + chance.choice(("%", "m", "bn", "k", "st", "th", "s", "°", "km", ")", "-year-old", "½"))
        case 4:
            return chance.choice(SPELLED)
        case _:
            return digits


def batches(chance: random.Random, given: list[tuple[str, bytes]], size: int) -> Iterator[list[tuple[str, bytes]]]:
    """Endless batches of (origin, bytes)."""
    number = 0
    while True:
        batch = []
        for _ in range(size):
            number += 1
            if chance.random() < 0.25:
                batch.append((f"{number}-talk.txt", talk(chance)))
                continue
            name, content = chance.choice(given)
            made = altered(content, chance, given)
            packed = chance.random() < 0.02
            batch.append((f"{number}-{name}{'.gz' if packed else ''}", gzip.compress(made) if packed else made))
        yield batch


def fuzz(batch: list[tuple[str, bytes]], place: Path, found: Found) -> None:
    """Reads the batch and runs the models over it, in an empty database in the folder `place`, as a run would."""
    store = RawStore(place / "raw")
    moment = dt.datetime(2025, 3, 13)
    inputs = [Input("local", origin, store.put(content), moment, Hints(origin=origin, source="local")) for origin, content in batch]
    by_origin = dict(batch)
    read = read_batch(inputs, Context(store.folder, (), "fuzz", place / "parts", Limits(seconds=20)), "batch")
    found.inputs += len(batch)
    for outcome in read.outcomes:
        found.documents += len(outcome.documents)
        found.ends["document" if outcome.documents else "quarantine"] += 1
        for row in outcome.quarantined:
            if row["reason"].startswith(UNFORESEEN):
                found.findings.append((outcome.input.origin, f"{row['reason']}: {row['detail']}", by_origin[outcome.input.origin]))
    parts = [_part(Path(folder)) for folder in read.parts]
    for part in parts:
        for origin, wrong in _broken_spans(part):
            found.findings.append((origin, wrong, by_origin.get(origin, b"")))
    _derive(parts, place, found, by_origin)


def _part(folder: Path) -> dict[str, pa.Table]:
    part = {}
    for table in STAGED:
        with pa.OSFile(str(folder / f"{table}.arrow")) as source:
            part[table] = pa.ipc.open_file(source).read_all()
    return part


def _broken_spans(part: dict[str, pa.Table]) -> Iterator[tuple[str, str]]:
    documents = {row["document_id"]: row for row in part["documents"].to_pylist()}
    for table in ("turns", "sentences"):
        before: dict[str, int] = {}
        for row in part[table].to_pylist():
            text, origin = documents[row["document_id"]]["text"], documents[row["document_id"]]["origin"]
            if text[row["char_start"] : row["char_end"]] != row["text"]:
                yield origin, f"{table}: {row['char_start']} to {row['char_end']} is not its text"
            if row["char_start"] < before.get(row["document_id"], 0):
                yield origin, f"{table}: {row['char_start']} lies in the one before"
            before[row["document_id"]] = row["char_end"]
        ids = [row[f"{table.removesuffix('s')}_id"] for row in part[table].to_pylist()]
        for repeated in (i for i, n in Counter(ids).items() if n > 1):
            yield "", f"{table}: the id {repeated} stands twice"


def _derive(parts: list[dict[str, pa.Table]], place: Path, found: Found, by_origin: dict[str, bytes]) -> None:
    database = publish.NewDatabase(place / "none.duckdb", place / "work", "1GB", threads=2)
    changes = Changes()
    try:
        for part in parts:
            database.intake.add(part, False, "fuzz", changes)
        row = database.connection.execute("select count(*) from numeric_claims").fetchone()
        found.claims += row[0] if row else 0
    finally:
        database.close()
    for broken in changes.broken:
        wrong = f"{broken['reason']}: {broken['detail']}"
        found.findings.append((broken["origin"], wrong, by_origin.get(broken["origin"], b"")))


def run(given: list[tuple[str, bytes]], seed: int, minutes: float, most: int | None = None, size: int = 48) -> Found:
    """Batches until the time is over or so many inputs were tried; the same seed tries the same."""
    found, chance = Found(), random.Random(seed)
    until = time.monotonic() + minutes * 60
    for batch in batches(chance, given, size):
        with tempfile.TemporaryDirectory(prefix="onrecord-fuzz-") as place:
            fuzz(batch, Path(place), found)
        if time.monotonic() > until or (most is not None and found.inputs >= most):
            return found
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    given: Any = parser.parse_args()
    found = run(seeds(given.paths), given.seed, given.minutes)
    for origin, wrong, content in found.findings:
        print(f"{origin}: {wrong[:600]}")
        if given.keep:
            given.keep.mkdir(parents=True, exist_ok=True)
            (given.keep / f"{hashlib.sha256(content).hexdigest()[:12]}-{origin.rpartition('/')[2][:80]}").write_bytes(content)
    print(f"{found.inputs} inputs, {found.documents} documents, {found.claims} claims, {dict(found.ends)}")
    print(f"{len(found.findings)} findings")
    return bool(found.findings)


if __name__ == "__main__":
    sys.exit(main())
