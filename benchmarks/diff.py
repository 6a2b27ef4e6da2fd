"""What a change does to the data: turns and claims unchanged, re-attributed, gained and lost between two commits.

    make diff                                                 HEAD and the working tree, on ../shared/samples and tests/samples
    make diff FROM=main TO=my-branch FOLDERS=/my/transcripts  two commits, on files or folders of any supported format

Each side reads the same files with its own code, in a worktree of its own (`git worktree`) and a warehouse of its own; then the
two databases are compared. A turn is the same turn if a document of the same origin holds the same words; a claim, if the same
quote has the same surface. Exit code 0 whatever differs, 1 if a side does not run.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from schemas.base import quoted

ROOT = Path(__file__).resolve().parent.parent
WORKING_TREE = ""
STATES = ("unchanged", "re-attributed", "altered", "gained", "lost")

# Rows that repeat (two turns "Yes." of one page) are told apart by their order.
TURNS = """
select d.origin, t.text as words, row_number() over (partition by d.origin, t.text order by t.char_start) as time,
    t.speaker_id, concat_ws(' | ', t.speaker_name, t.role, t.label) as who, '' as said
from {side}.turns t join {side}.documents d using (document_id)
"""
CLAIMS = """
select d.origin, c.quote as words, row_number() over (partition by d.origin, c.quote order by c.char_start) as time,
    c.speaker_id, t.speaker_name as who,
    concat_ws(' | ', c.comparator, c.value, c.value_low, c.value_high, c.unit, c.kind, c.subject, c.change) as said
from {side}.numeric_claims c join {side}.documents d using (document_id) join {side}.turns t using (turn_id)
"""
COMPARED = """
select case
        when b.origin is null then 'lost'
        when a.origin is null then 'gained'
        when a.speaker_id is distinct from b.speaker_id then 're-attributed'
        when a.said <> b.said then 'altered'
        else 'unchanged'
    end as state,
    coalesce(a.origin, b.origin) as origin,
    coalesce(a.words, b.words) as words,
    concat_ws(' -> ', a.who || ' ' || a.said, b.who || ' ' || b.said) as who
from ({before}) a full join ({after}) b on a.origin = b.origin and a.words = b.words and a.time = b.time
"""


@dataclass
class Difference:
    """Of one table: how many rows are in which state, and some of each state but the unchanged to read."""

    counts: dict[str, int]
    examples: dict[str, list[str]] = field(default_factory=dict)


def compare(before: Path, after: Path, examples: int = 10) -> dict[str, Difference]:
    """The differences between two published databases: {"turns": ..., "claims": ...}. Examples are the same on every run."""
    with duckdb.connect() as database:
        for name, path in (("a", before), ("b", after)):
            database.execute(f"attach {quoted(path)} as {name} (read_only)")
        return {table: _difference(database, rows, examples) for table, rows in (("turns", TURNS), ("claims", CLAIMS))}


def _difference(database: duckdb.DuckDBPyConnection, rows: str, examples: int) -> Difference:
    compared = COMPARED.format(before=rows.format(side="a"), after=rows.format(side="b"))
    database.execute(f"create or replace temp table compared as {compared}")
    counts = dict(database.execute("select state, count(*) from compared group by state").fetchall())
    found = Difference({state: counts.get(state, 0) for state in STATES})
    for state in STATES[1:]:
        some = "select origin, who, words from compared where state = ? order by md5(origin || words || who) limit ?"
        picked = database.execute(some, [state, examples]).fetchall()
        found.examples[state] = [f"{origin}: {who}: {_short(words)}" for origin, who, words in picked]
    return found


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) < 160 else f"{words[:90]} … {words[-60:]}"


@contextlib.contextmanager
def tree(commit: str, repository: Path = ROOT) -> Iterator[Path]:
    """A folder with the commit's files, gone afterwards; the working tree itself for the empty name."""
    if commit == WORKING_TREE:
        yield repository
        return
    with tempfile.TemporaryDirectory(prefix="onrecord-diff-") as folder:
        place = Path(folder) / "tree"
        git = ["git", "-C", str(repository), "worktree"]
        subprocess.run([*git, "add", "--detach", "--quiet", str(place), commit], check=True)
        try:
            yield place
        finally:
            subprocess.run([*git, "remove", "--force", str(place)], check=True)


def published(commit: str, folders: list[Path], warehouse: Path) -> Path:
    """The database that the commit's code makes of the folders. Raises CalledProcessError where its run fails."""
    with tree(commit) as place:
        environment = {**os.environ, "PYTHONPATH": str(place), "ONRECORD_LARGEST_LOSS": "1"}
        run = [sys.executable, "-m", "flows.cli", "run", *map(str, folders), "--warehouse", str(warehouse)]
        subprocess.run(run, cwd=place, env=environment, check=True, stdout=subprocess.DEVNULL)
    return warehouse / "onrecord.duckdb"


def report(found: dict[str, Difference]) -> str:
    """The differences as text."""
    lines = []
    for table, difference in found.items():
        lines.append(f"{table}: " + ", ".join(f"{count:,} {state}" for state, count in difference.counts.items()))
        for state, examples in difference.examples.items():
            lines += [f"  {state}:", *(f"    {example}" for example in examples)] if examples else []
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, help="files or folders; default ../shared/samples and tests/samples")
    parser.add_argument("--from", dest="before", default="HEAD", help="a commit; default HEAD")
    parser.add_argument("--to", dest="after", default=WORKING_TREE, help="a commit; default the working tree")
    parser.add_argument("--examples", type=int, default=10, help="of each kind of difference")
    given = parser.parse_args()
    usual = [ROOT.parent / "shared" / "samples", ROOT / "tests" / "samples"]
    folders = [folder.resolve() for folder in given.folders or usual if folder.exists()]
    if not folders:
        parser.error("none of the folders is there")
    with tempfile.TemporaryDirectory(prefix="onrecord-diff-") as scratch:
        try:
            before = published(given.before, folders, Path(scratch) / "before")
            after = published(given.after, folders, Path(scratch) / "after")
        except subprocess.CalledProcessError as error:
            print(f"did not run: {' '.join(map(str, error.cmd))}", file=sys.stderr)
            return 1
        print(report(compare(before, after, given.examples)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
