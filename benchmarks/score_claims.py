"""Scores the claim models on the labelled sentences of benchmarks/labels and prints every miss.

    python benchmarks/score_claims.py --corpus FOLDER [--labels benchmarks/labels/whitehouse_*.jsonl]

A label names file, code point offsets and a hash of the sentence, never its text: FOLDER holds the pages (the White House
pages as Markdown of github.com/whbriefings). A sentence whose hash differs is counted as lost and not scored. The founding
sample's labels are benchmarks/labels/founding/*.jsonl; FOLDER is then the sample's own.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

from flows import check_claims

LABELS = Path(__file__).parent / "labels"


def sentences(corpus: Path, labels: list[Path]) -> tuple[list[check_claims.Labelled], int]:
    """The labelled sentences that the corpus still holds, and how many it does not."""
    found, lost = [], 0
    for path in labels:
        for line in path.read_text("utf-8").splitlines():
            label = json.loads(line)
            file = corpus / label["file"]
            text = file.read_text("utf-8")[label["start"] : label["end"]].replace("\n", " ") if file.exists() else ""
            if hashlib.sha256(text.encode()).hexdigest()[:16] == label["sha256"]:
                found.append(check_claims.Labelled(text, tuple(label["claims"])))
            else:
                lost += 1
    return found, lost


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--labels", type=Path, nargs="+", default=sorted(LABELS.glob("whitehouse_*.jsonl")))
    given = parser.parse_args()
    labelled, lost = sentences(given.corpus, given.labels)
    print(check_claims.as_text(check_claims.check(labelled)))
    print(f"{len(labelled)} sentences, {lost} lost")
    return 1 if not labelled else 0


if __name__ == "__main__":
    sys.exit(main())
