"""How the cost of a run grows with its documents: one process for each number of them, over variations of a corpus.

    python benchmarks/linear.py CORPUS… [--sizes 500,1000,2000] [--workers 2]

Prints processor seconds by stage, what a document costs, and the most memory that the run and its workers took together. On a
machine with other work, compare processor seconds, not the clock. Linux only.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.pipeline import Clock, Watch
from benchmarks.vary import write


def one(folder: Path, warehouse: Path, workers: int) -> dict[str, Any]:
    """One run over a folder: documents, sentences, processor seconds by stage, bytes."""
    from flows import derive, pipeline
    from flows.settings import Settings

    watch = Watch()
    clock = Clock(watch)
    clock.around_stages()
    clock.around(derive, "run_one", lambda _, model: "models of documents" if model.scope == "document" else f"model {model.name}")
    settings = replace(Settings.from_environment(warehouse), workers=workers)
    start = time.perf_counter()
    with watch:
        summary = pipeline.run(pipeline.Asked(paths=(folder,)), settings)
    stages = {"clean and segment (workers)": sum(watch.seconds.values()), **clock.own}
    return {
        "documents": summary.documents_new,
        "sentences": summary.sentences,
        "claims": summary.claims,
        "stages": stages,
        "bytes": watch.most_bytes,
        "seconds": time.perf_counter() - start,
        "read": sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()),
        "database": settings.database.stat().st_size,
        "parquet": sum(f.stat().st_size for f in (warehouse / "parquet").rglob("*.parquet")),
    }


def table(results: list[dict[str, Any]], least: float = 0.02) -> str:
    """The stages by number of documents, with how much dearer a document became between the first and the last."""
    first, last = results[0], results[-1]
    lines = ["| processor seconds | " + " | ".join(f"{r['documents']:,}" for r in results) + " | last to first, a document |"]
    lines.append("| --- |" + " ---: |" * (len(results) + 1))
    totals = [sum(r["stages"].values()) for r in results]
    for name, seconds in sorted(last["stages"].items(), key=lambda row: -row[1]):
        if seconds >= least * totals[-1]:
            row = " | ".join(f"{r['stages'].get(name, 0):.1f}" for r in results)
            before = first["stages"].get(name, 0) / first["documents"]
            lines.append(f"| {name} | {row} | {seconds / last['documents'] / before if before else 0:.2f} |")
    grown = totals[-1] / last["documents"] / (totals[0] / first["documents"])
    lines.append("| **whole** | " + " | ".join(f"**{t:.1f}**" for t in totals) + f" | **{grown:.2f}** |")
    for what, key in (("sentences", "sentences"), ("claims", "claims")):
        lines.append(f"| {what} | " + " | ".join(f"{r[key]:,}" for r in results) + " | |")
    for what, key in (("most memory", "bytes"), ("read", "read"), ("database", "database"), ("Parquet", "parquet")):
        lines.append(f"| {what}, MB | " + " | ".join(f"{r[key] / 1e6:,.0f}" for r in results) + " | |")
    lines.append("| by the clock, s | " + " | ".join(f"{r['seconds']:.0f}" for r in results) + " | |")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="+", type=Path)
    parser.add_argument("--sizes", default="500,1000,2000")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--one", type=Path, help="measure this folder of documents, into this process's own warehouse")
    given = parser.parse_args()
    if given.one:
        with tempfile.TemporaryDirectory() as warehouse:
            print(json.dumps(one(given.one, Path(warehouse), given.workers)))
        return 0
    results = []
    for size in map(int, given.sizes.split(",")):
        with tempfile.TemporaryDirectory() as name:
            write(given.corpus, size, given.seed, Path(name))
            command = [sys.executable, __file__, *map(str, given.corpus), "--one", name, "--workers", str(given.workers)]
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
            results.append(json.loads(done.stdout.splitlines()[-1]))
            print(f"{size}: {json.dumps(results[-1])}", file=sys.stderr)
    print(table(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
