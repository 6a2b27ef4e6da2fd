"""The confidence that a reader sees in the data must be the one that the documentation explains."""

from __future__ import annotations

import csv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_shows_the_table_that_is_used() -> None:
    with (ROOT / "flows/segment/evidence.csv").open(encoding="utf-8", newline="") as file:
        used = [(row["code"], row["attribution"], float(row["precision"]), row["note"]) for row in csv.DictReader(file)]
    lines = (ROOT / "docs/attribution.md").read_text("utf-8").splitlines()
    table = lines[lines.index(next(line for line in lines if line.startswith("| code "))) + 2 :]
    rows = table[: table.index("")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in rows]
    assert [(row[0], row[1], float(row[2]), row[3]) for row in cells] == used
