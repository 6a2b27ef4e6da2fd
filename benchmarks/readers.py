"""Readers under publication: many readers query the published database while runs replace it.

    python benchmarks/readers.py PATH… [--readers 4] [--publications 5]

PATHs are the first publication; each further one adds a page of our own. A reader opens the database, asks for the release and
two sums over claims, and closes. A torn read is an answer that differs from another one of the same release, or an error; with
any, the exit code is 1. The clock counts here: a reader waits by it.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

QUESTION = (
    "select release_id, (select count(*) from claims), (select sum(length(quote)) from numeric_claims), "
    "(select count(*) from sentences) from release"
)
PAUSE_SECONDS = 0.05  # between a reader's reads
PAGE = """Press conference {number}

MARTA HOLM: Good morning. The port shipped {tonnes} tonnes of barley in week {number}.

QUESTION: And how much was paid for the cranes?

MARTA HOLM: We paid {millions} million dollars, and the work is done.
"""


def read(database: Path, answers: Any, is_over: Any) -> None:
    """Opens, asks and closes until told to stop; puts what it saw and how long it took."""
    import duckdb

    while not is_over.is_set():
        start = time.perf_counter()
        try:
            with duckdb.connect(str(database), read_only=True) as connection:
                answer = connection.execute(QUESTION).fetchone()
        except duckdb.Error as error:
            answer = (None, str(error))
        answers.put((answer, time.perf_counter() - start))
        is_over.wait(PAUSE_SECONDS)


def publish(paths: list[Path], warehouse: Path, publications: int) -> list[float]:
    """The further publications; seconds of each."""
    from flows.pipeline import Asked, run
    from flows.settings import Settings

    pages = warehouse.parent / "pages"
    pages.mkdir()
    seconds = []
    for number in range(publications):
        told = {"number": number + 1, "tonnes": 1_000 + 37 * number, "millions": 11 + number}
        (pages / f"{number}.txt").write_text(PAGE.format(**told), "utf-8")
        start = time.perf_counter()
        summary = run(Asked(paths=(*paths, pages)), Settings.from_environment(warehouse))
        assert summary.status == "published", summary
        seconds.append(time.perf_counter() - start)
    return seconds


def measure(paths: list[Path], warehouse: Path, readers: int, publications: int) -> int:
    """Prints what readers saw; the number of torn reads."""
    from flows.pipeline import Asked, run
    from flows.settings import Settings

    settings = Settings.from_environment(warehouse)
    first = run(Asked(paths=tuple(paths)), settings)
    spawn = multiprocessing.get_context("spawn")
    answers, is_over = spawn.SimpleQueue(), spawn.Event()
    started = [spawn.Process(target=read, args=(settings.database, answers, is_over)) for _ in range(readers)]
    for process in started:
        process.start()
    seen: dict[str, set[Any]] = defaultdict(set)
    waits: list[float] = []

    def collect() -> None:
        while not answers.empty():
            answer, wait = answers.get()
            seen[answer[0]].add(answer)
            waits.append(wait)

    stop = threading.Event()

    def drain() -> None:
        while not stop.wait(0.05):
            collect()

    drainer = threading.Thread(target=drain)
    drainer.start()
    seconds = publish(paths, warehouse, publications)
    is_over.set()
    for process in started:
        process.join(60)
    stop.set()
    drainer.join()
    collect()
    torn = sum(len(found) - 1 for release, found in seen.items() if release) + len(seen.get(None, ()))  # type: ignore[call-overload]
    cuts = statistics.quantiles(waits, n=100)
    print(f"{first.sentences:,} sentences, {readers} readers, {publications} publications of {statistics.median(seconds):.1f} s")
    print(f"{len(waits):,} reads of {len(seen)} releases, {torn} torn or failed")
    print("| a read (open, ask, close) | ms |\n| --- | ---: |")
    for name, wait in (("median", cuts[49]), ("of 100 the 95th", cuts[94]), ("of 100 the 99th", cuts[98]), ("longest", max(waits))):
        print(f"| {name} | {wait * 1e3:,.0f} |")
    return torn


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--publications", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return 1 if measure(given.paths, Path(folder) / "warehouse", given.readers, given.publications) else 0


if __name__ == "__main__":
    sys.exit(main())
