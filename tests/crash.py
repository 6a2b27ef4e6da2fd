"""Runs that are killed, and readers who must not notice: used by the tests, and by hand for as long as one likes.

    python -m tests.crash FILES... --kills 100 --documents 300 --seed 1

takes a sample of the files, publishes half of them, then alters and adds the others while runs are killed at random moments
and readers query, and compares the end with that of runs that nobody killed. Cuts at one exact step are made by

    python -m tests.crash --cut STEP INPUTS WAREHOUSE
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from flows.pipeline import Asked, run
from flows.settings import Settings
from tests.state import differences, files, query

NAMES = ("Ada Lund", "Bo Renn", "Cai Moser", "Dora Wint", "Question")
THINGS = ("schools", "bridges", "clinics", "farms", "buses", "nurses", "wells", "ferries")
SAYINGS = (
    "Last year we opened {n} {thing} in the valley, and they cost {m} million euros.",
    "About {m} percent of the {thing} are closed, which is {n} more than in 2023.",
    "I thank you for the question, and I will come back to it when we have seen the report.",
    "Between {n} and {n}0 {thing} will be built before 2030, if the council agrees.",
    "How many {thing} have you seen, and who has paid the {m}.5 billion dollars for them?",
)
READER = """
import os, sys, time
from pathlib import Path
import duckdb
database, stop, parent, reads = Path(sys.argv[1]), Path(sys.argv[2]), os.getppid(), 0
while not stop.exists() and os.getppid() == parent:
    if not database.exists():
        time.sleep(0.02)
        continue
    with duckdb.connect(str(database), read_only=True) as connection:
        (release, documents) = connection.execute(
            "select (select release_id from release), (select count(*) from documents)").fetchone()
        lost = connection.execute(
            "select count(*) from claims anti join sentences using (sentence_id)").fetchone()[0]
        texts = connection.execute(
            "select count(*) from turns as t inner join documents as d using (document_id) "
            "where substr(d.text, t.char_start + 1, t.char_end - t.char_start) <> t.text").fetchone()[0]
        again = connection.execute(
            "select (select release_id from release), (select count(*) from documents)").fetchone()
    if not documents or lost or texts or again != (release, documents):
        print("torn", release, documents, lost, texts, again)
    reads += 1
    time.sleep(0.05)
print("reads", reads)
"""


@dataclass
class Told:
    """How it went."""

    kills: int = 0
    finished: int = 0  # runs that ended before their moment came
    reads: int = 0
    torn: list[str] = field(default_factory=list)
    reported: int = 0  # left-overs that runs said they removed
    differences: dict[str, tuple[list[str], list[str]]] = field(default_factory=dict)
    leftovers: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def talks(folder: Path, numbers: Sequence[int], seed: int) -> None:
    """Invented talks, each its own; another seed gives other words for the same talk."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        chance = random.Random(f"{seed} {number}")
        lines = [
            f"{chance.choice(NAMES)}: "
            + " ".join(
                chance.choice(SAYINGS).format(n=chance.randint(2, 900), m=chance.randint(2, 80), thing=chance.choice(THINGS))
                for _ in range(chance.randint(1, 4))
            )
            for _ in range(chance.randint(6, 14))
        ]
        (folder / f"2025-{number % 12 + 1:02d}-{number % 28 + 1:02d}-talk-{number:03d}.txt").write_text("\n\n".join(lines), "utf-8")


def start(inputs: Path, warehouse: Path, **environment: str) -> subprocess.Popen[bytes]:
    """`onrecord run`, with its workers in a process group of its own."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ONRECORD_", "PREFECT_"))}
    command = [sys.executable, "-m", "flows.cli", "run", str(inputs), "--warehouse", str(warehouse)]
    return subprocess.Popen(
        command, env=kept | environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )


def finish(inputs: Path, warehouse: Path) -> str:
    """A run that nobody kills; what it said."""
    runner = start(inputs, warehouse)
    said, _ = runner.communicate(timeout=3_000)
    if runner.returncode:
        raise RuntimeError(said.decode())
    return said.decode()


@contextmanager
def readers(database: Path, count: int, told: Told) -> Iterator[None]:
    """So many other processes that open, query and close the database until the block ends."""
    with tempfile.TemporaryDirectory() as place:
        stop = Path(place) / "stop"
        command = [sys.executable, "-c", READER, str(database), str(stop)]
        running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) for _ in range(count)]
        try:
            yield
        finally:
            stop.touch()
            for reader in running:
                lines = reader.communicate(timeout=120)[0].decode().splitlines()
                told.reads += sum(int(line.split()[1]) for line in lines if line.startswith("reads "))
                told.torn += [line for line in lines if not line.startswith("reads ")]


def kill_runs(inputs: Path, warehouse: Path, kills: int, longest: float, chance: random.Random, told: Told, is_told: bool) -> None:
    """Starts runs and kills each, with its workers, at a random moment; a run that ends before it counts as finished.

    Early moments first: after a run that ended there is little left to do, and little to kill.
    """
    for moment in sorted(chance.uniform(0.3, longest) for _ in range(kills)):
        runner = start(inputs, warehouse)
        try:
            said, _ = runner.communicate(timeout=moment)
            told.finished += 1
        except subprocess.TimeoutExpired:
            os.killpg(runner.pid, signal.SIGKILL)
            said, _ = runner.communicate()
            told.kills += 1
        told.reported += said.count(b"left behind")
        if is_told:
            print(f"{told.kills} killed, {told.finished} ended before", flush=True)


def compare(killed: Path, whole: Path, told: Told) -> None:
    """Notes what differs between the two warehouses, and what lies about in the first that belongs to nothing."""
    told.differences = differences(whole / "onrecord.duckdb", killed / "onrecord.duckdb")
    mine, other = files(killed), files(whole)
    told.lost = sorted(name for name in other if name.startswith("raw/") and name not in mine)
    told.leftovers = sorted(name for name in mine if name.startswith((".work/", "raw/.new/")) or name.endswith((".wal", ".new")))
    manifests = [name for name in mine if name.startswith("parquet/manifests/")]
    release = query(killed / "onrecord.duckdb", "select release_id from release")[0][0]
    manifest = json.loads((killed / f"parquet/manifests/{release}.json").read_text("utf-8"))
    named = {f"parquet/{entry['path']}": entry["sha256"] for entry in manifest["files"]}
    held = {name: digest for name, digest in mine.items() if name.endswith(".parquet")}
    told.leftovers += sorted(held.keys() - named.keys()) + manifests[1:]
    told.lost += sorted(name for name in named if held.get(name) != named[name])


def attack(
    stages: Sequence[Callable[[], None]], inputs: Path, place: Path, kills: int, seed: int, count: int = 2, is_told: bool = False
) -> Told:
    """Each stage alters the inputs; after each, runs are killed, then one is left alone. The same without kills is the end
    that there must be."""
    told, chance = Told(), random.Random(seed)
    killed, whole = place / "killed", place / "whole"
    with readers(killed / "onrecord.duckdb", count, told):
        longest = 0.0
        for number, stage in enumerate(stages):
            stage()
            began = time.monotonic()
            if not longest or is_told:  # by hand each stage has its own length
                finish(inputs, whole)
                longest = time.monotonic() - began
            else:
                run(Asked(paths=(inputs,)), Settings.from_environment(whole, {}))
            share = kills * (number + 1) // len(stages) - kills * number // len(stages)
            kill_runs(inputs, killed, share, longest * 1.1, chance, told, is_told)
            told.reported += finish(inputs, killed).count("left behind")
    compare(killed, whole, told)
    return told


# Cuts at one exact step, seen through the interpreter's own audit events: nothing of the run is replaced


def cut(step: str, inputs: Path, warehouse: Path) -> None:
    """A run that kills itself, as a power cut would, just before the step; `after-swap` just after it."""
    database = str(warehouse / "onrecord.duckdb")
    seen = {"parquet": 0, "swapped": False}

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event == "os.rename":
            target = str(arguments[1])
            is_step = {
                "raw": "/raw/" in target,
                "parquet": target.endswith(".parquet"),
                "manifest": "/manifests/" in target,
                "swap": target == database,
                "after-swap": False,
            }[step]
            if step == "parquet" and is_step:
                seen["parquet"] += 1
                is_step = seen["parquet"] == 9
            if is_step:
                os.kill(os.getpid(), signal.SIGKILL)
            seen["swapped"] = seen["swapped"] or target == database
        elif event == "open" and step == "after-swap" and seen["swapped"]:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    run(Asked(paths=(inputs,)), Settings.from_environment(warehouse, {}))


STEPS = ("raw", "parquet", "manifest", "swap", "after-swap")


def _by_hand(given: argparse.Namespace) -> int:
    chance = random.Random(given.seed)
    held = sorted(path for folder in given.paths for path in (folder.rglob("*") if folder.is_dir() else [folder]) if path.is_file())
    chosen = chance.sample(held, min(given.documents, len(held)))
    half = len(chosen) // 2
    with tempfile.TemporaryDirectory(prefix="onrecord-crash-") as place:
        inputs = Path(place) / "in"
        inputs.mkdir()

        def first() -> None:
            for number, path in enumerate(chosen[:half]):
                shutil.copyfile(path, inputs / f"{number:04d}-{path.name}")

        def second() -> None:
            for number, path in enumerate(chosen[half:], half):
                shutil.copyfile(path, inputs / f"{number:04d}-{path.name}")
            talks(inputs / "talks", range(40), seed=1)

        def third() -> None:
            talks(inputs / "talks", range(60), seed=2)

        began = time.monotonic()
        told = attack((first, second, third), inputs, Path(place), given.kills, given.seed, is_told=True)
        documents = query(Path(place) / "killed" / "onrecord.duckdb", "select count(*) from documents")[0][0]
    print(f"{documents} documents, {told.kills} runs killed, {told.finished} ended before, {time.monotonic() - began:.0f} s")
    print(f"{told.reads} reads by others, {len(told.torn)} torn; {told.reported} left-overs reported")
    print(f"lost: {told.lost or 'nothing'}; left over: {told.leftovers or 'nothing'}; differences: {told.differences or 'none'}")
    return bool(told.torn or told.lost or told.leftovers or told.differences)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--cut", choices=STEPS)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.cut:
        cut(given.cut, *given.paths)
        return 0
    return _by_hand(given)


if __name__ == "__main__":
    sys.exit(main())
