"""Runs the whole pipeline over files and prints where the processor's time went, beside the floor of the same bytes.

    python benchmarks/pipeline.py PATH... [--workers 2] [--warehouse DIR]

The floor is what nothing can be faster than: the same files read, decoded and written as zstd Parquet, with nothing done to
them. Times are processor seconds (user and system, all threads and worker processes), which a busy machine stretches less than
the clock; both sides of each ratio come from one run. Without --warehouse the run goes into an empty temporary folder; with it,
into one that stands, as a night's run does. Linux only: workers are watched through /proc.
"""

from __future__ import annotations

import argparse
import functools
import os
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

BEGAN = time.perf_counter()
EVERY_SECONDS = 0.5
STAGES = {  # what prints -> methods of a run's classes, or functions of flows/pipeline.py
    "copy the published file": ("NewDatabase.__init__",),
    "decide, stage": ("Intake._decide", "Intake._stage", "Intake._supersede"),
    "take in": ("Intake._take_in",),
    "lexicons, macros": ("Intake.prepare",),
    "models of the warehouse": ("NewDatabase.derive_warehouse",),
    "descriptions": ("NewDatabase.describe",),
    "release": ("NewDatabase.release",),
    "checks": ("NewDatabase.check", "Intake._weed"),
    "Parquet": ("NewDatabase.export",),
    "swap": ("NewDatabase.swap",),
    "gather": ("Session.gather",),
    "the rest of the run": ("run",),
}


class Watch:
    """Processor seconds and memory of this process's descendants, looked up in /proc until stopped."""

    def __init__(self) -> None:
        self.seconds: dict[int, float] = {}
        self.own_seconds = 0.0  # what watching cost, in this process
        self.most_bytes = 0
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._is_over.wait(EVERY_SECONDS):
            held = 0
            for process in _family():
                try:
                    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
                    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
                except OSError:
                    continue  # it ended just now
                if process != os.getpid():
                    self.seconds[process] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
                held += next(int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:"))
            self.most_bytes = max(self.most_bytes, held)
            self.own_seconds = time.thread_time()


def _family() -> Iterator[int]:
    """This process and its descendants."""
    children: dict[int, list[int]] = defaultdict(list)
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            children[parent].append(int(entry.name))
    waiting = [os.getpid()]
    while waiting:
        process = waiting.pop()
        yield process
        waiting += children[process]


class Clock:
    """Own processor seconds of the functions that it is put around: what is called inside counts there, watching nowhere."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.own: dict[str, float] = defaultdict(float)
        self._inner: list[float] = []

    def now(self) -> float:
        """Processor seconds of this process, without those of the watch."""
        return time.process_time() - self.watch.own_seconds

    def around(self, place: Any, name: str, label: Callable[..., str]) -> None:
        """Replaces place.name by a timed one; the label is made from the call's arguments."""
        timed = getattr(place, name)

        @functools.wraps(timed)
        def call(*args: Any, **named: Any) -> Any:
            start = self.now()
            self._inner.append(0.0)
            try:
                return timed(*args, **named)
            finally:
                whole = self.now() - start
                self.own[label(*args)] += whole - self._inner.pop()
                if self._inner:
                    self._inner[-1] += whole

        setattr(place, name, call)

    def around_stages(self) -> None:
        """Times what STAGES names."""
        from flows import intake, pipeline, publish

        owners = {"": pipeline, "Session": pipeline.Session, "NewDatabase": publish.NewDatabase, "Intake": intake.Intake}
        for label, names in STAGES.items():
            for name in names:
                owner, _, method = name.rpartition(".")
                self.around(owners[owner], method, lambda *_, label=label: label)


def floor(paths: list[Path], folder: Path) -> float:
    """Processor seconds to read, decode and write the files' text as zstd Parquet."""
    import pyarrow as pa
    from pyarrow import parquet

    schema = pa.schema([("origin", pa.string()), ("text", pa.string())])
    start = time.process_time()
    with parquet.ParquetWriter(folder / "floor.parquet", schema, compression="zstd") as writer:
        for at in range(0, len(paths), 200):
            some = paths[at : at + 200]
            texts = [path.read_bytes().decode("utf-8", "replace") for path in some]
            writer.write_table(pa.table([[str(p) for p in some], texts], schema=schema))
    return time.process_time() - start


def measure(paths: list[Path], warehouse: Path, workers: int) -> None:
    """One run; prints its table."""
    from dataclasses import replace

    from flows import derive, pipeline
    from flows.settings import Settings

    watch = Watch()
    clock = Clock(watch)
    start_up = time.process_time()
    clock.around_stages()
    # One lane, since the clock cannot tell threads apart: as many processor seconds, and more by the clock on the wall.
    derive.run_together = functools.partial(derive.run_together, lanes=1)
    clock.around(derive, "models", lambda *_: "order of the models")
    clock.around(
        derive, "run_one", lambda _, m: f"models: {m.path.parent.name}" if m.scope == "document" else "models of the warehouse"
    )
    settings = replace(Settings.from_environment(warehouse), workers=workers)
    with watch:
        summary = pipeline.run(pipeline.Asked(paths=tuple(paths)), settings)
    whole = clock.now()
    read = sum(watch.seconds.values())
    files = [f for path in paths for f in (sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path])]
    lowest = floor(files, warehouse)
    (warehouse / "floor.parquet").unlink()
    documents = summary.documents_new + summary.documents_changed + summary.documents_recomputed
    rows = {"start-up (imports)": start_up, "clean and segment (workers)": read, **clock.own}
    total = whole + read
    size = sum(f.stat().st_size for f in files)
    print(f"{documents} documents, {size / 1e6:.1f} MB; {summary.sentences:,} sentences in the warehouse")
    print("\n| stage | processor s | share | times the floor |\n| --- | ---: | ---: | ---: |")
    for label, seconds in sorted(rows.items(), key=lambda row: -row[1]):
        print(f"| {label} | {seconds:.2f} | {seconds / total:.1%} | {seconds / lowest:.1f} |")
    print(f"| **whole** | **{total:.2f}** | | **{total / lowest:.1f}** |")
    print(f"| floor | {lowest:.2f} | | 1 |")
    print(f"\n{status(summary, total, workers)}")
    print(f"at most {watch.most_bytes / 1e6:,.0f} MB; {time.perf_counter() - BEGAN:.1f} s by the clock")


def status(summary: Any, total: float, workers: int) -> str:
    """What a sentence costs, and how many a second that makes on as many free cores."""
    if not summary.documents_new or summary.documents_unchanged:
        return f"{summary.status}: {total:.1f} processor s"
    each = total / max(1, summary.sentences)
    return f"{each * 1e6:.0f} µs a sentence: {workers / each:,.0f} sentences/s on {workers} cores with nothing else to do"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--warehouse", type=Path)
    given = parser.parse_args()
    if given.warehouse:
        measure(given.paths, given.warehouse, given.workers)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        measure(given.paths, Path(folder), given.workers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
