"""Whether sentence ends still stand where they were read and found right: a baseline for changes.

    python -m benchmarks.sentence_ends /path/to/corpus

`labels/sentence_ends.jsonl` names 300 places in running speech at which a sentence could end (after a mark, before white space),
two thirds of them hard ones: short words, capitals, brackets and quotation marks before the mark. It holds no words: the file, the
offset into the document's text, a hash of the 24 code points before it, and whether a sentence ends there. Places whose words
have moved are left out and counted.

The labels are this splitter's own decisions of 2026-11-24, read once by the author of its rules, who found none of the 300 wrong.
So 1.000 is where it began, not an independent measure: that needs ends that somebody set without seeing these.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from pathlib import Path

from flows.clean.cleaned import Hints, Refused
from flows.clean.read import clean
from flows.people.people import People
from flows.segment.segment import segment

LABELS = Path(__file__).parent / "labels" / "sentence_ends.jsonl"
BEFORE = 24


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("corpus", type=Path)
    given = arguments.parse_args()
    people, by_file = People.load(), defaultdict(list)
    for line in LABELS.read_text("utf-8").splitlines():
        row = json.loads(line)
        by_file[row["file"]].append(row)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name, rows in by_file.items():
        hints = Hints(name)
        cleaned = next(one for one in clean((given.corpus / name).read_bytes(), hints) if not isinstance(one, Refused))
        ends = {sentence.end for sentence in segment(cleaned, hints, people).sentences}
        for row in rows:
            counts[row["kind"]][_verdict(row, cleaned.text, row["offset"] in ends)] += 1
    print("| speech of | places | precision | recall | F1 | moved |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    for kind, count in counts.items():
        precision = count["right"] / max(1, count["right"] + count["extra"])
        recall = count["right"] / max(1, count["right"] + count["missed"])
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"| {kind} | {count.total()} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {count['moved']} |")


def _verdict(row: dict, text: str, is_end: bool) -> str:
    if place_hash(text, row["offset"]) != row["before"]:
        return "moved"
    if row["end"] == is_end:
        return "right" if is_end else "none"
    return "extra" if is_end else "missed"


def place_hash(text: str, offset: int) -> str:
    """A hash of what stands before a place, white space aside."""
    return hashlib.sha256(" ".join(text[max(0, offset - BEFORE) : offset].split()).encode()).hexdigest()[:16]


if __name__ == "__main__":
    main()
