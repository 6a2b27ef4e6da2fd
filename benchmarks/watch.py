"""Warns when the pipeline has become much slower: a run over the repository's samples beside fixed work on the same machine.

    python benchmarks/watch.py [--accept]

Compares the ratio of processor seconds, of a second run that computes the samples anew to the fixed work, with the one in
baseline.json; more than twice of it is a warning, never a failure. `--accept` writes the ratio that was measured.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.pipeline import Watch  # noqa: E402

BASELINE = Path(__file__).with_name("baseline.json")
TIMES = 2  # so much dearer is told
WORD = re.compile(r"\w+")


def fixed_work(texts: list[str]) -> float:
    """Processor seconds of work that no change of ours alters: patterns, hashes and a query, about as mixed as a run."""
    import duckdb

    start = time.process_time()
    for _ in range(200):
        for text in texts:
            hashlib.sha256(" ".join(WORD.findall(text)).encode()).hexdigest()
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute("select count(distinct md5(i::varchar)) from range(4_000_000) as t(i)").fetchall()
    return time.process_time() - start


def run_again(warehouse: Path) -> tuple[float, int]:
    """Processor seconds, with workers', of computing the samples anew, and their sentences."""
    from flows.pipeline import Asked, run
    from flows.settings import Settings

    settings = Settings.from_environment(warehouse, {})
    run(Asked(sources=("samples",)), settings)
    start = time.process_time()
    with Watch() as watch:
        summary = run(Asked(sources=("samples",), force=True), settings)
    return time.process_time() - start + sum(watch.seconds.values()), summary.sentences


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accept", action="store_true")
    given = parser.parse_args()
    texts = [path.read_text("utf-8", "replace") for path in sorted((ROOT / "tests" / "samples").rglob("*.txt"))]
    with tempfile.TemporaryDirectory() as folder:
        before = fixed_work(texts)
        seconds, sentences = run_again(Path(folder))
        ratio = seconds / ((before + fixed_work(texts)) / 2)
    print(f"{sentences} sentences anew: {seconds:.1f} processor s, {ratio:.2f} times the fixed work")
    if given.accept:
        BASELINE.write_text(json.dumps({"times_the_fixed_work": round(ratio, 2)}) + "\n", "utf-8")
        return 0
    accepted = json.loads(BASELINE.read_text("utf-8"))["times_the_fixed_work"]
    if ratio > TIMES * accepted:
        print(f"WARNING: {ratio / accepted:.1f} times as dear as the baseline ({accepted}): the pipeline may have become slower")
    return 0


if __name__ == "__main__":
    sys.exit(main())
