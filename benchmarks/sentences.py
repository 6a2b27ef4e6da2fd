"""Splits the same turns into sentences with ours, nupunkt alone, syntok and pysbd; prints sentences a second and agreement.

    python -m venv /tmp/peer && /tmp/peer/bin/pip install -r benchmarks/requirements-sentences.txt
    python benchmarks/sentences.py TURNS.txt --peer /tmp/peer/bin/python [--peer-turns 500] [--repeat 3]

TURNS.txt has one paragraph a line (`onrecord query --format csv "select text from turns"` makes one). Every splitter runs on
one core and is timed in processor seconds from its first paragraph to its last, the median of the repeats. Agreement is the
share of the union of both splitters' ends (white space aside) that both set: it says how like ours a peer is, not how right.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from flows.segment import sentences

Ends = list[list[int]]  # of each paragraph's sentences, counted in characters that are no white space
PEER = """
import json, sys, time
told = json.load(sys.stdin)
name, texts, repeat = told["name"], told["texts"], told["repeat"]
if name == "syntok":
    import syntok.segmenter as segmenter
    def split(text):
        return ["".join(t.spacing + t.value for t in s) for p in segmenter.process(text) for s in p]
else:
    import pysbd
    splitter = pysbd.Segmenter(language="en", clean=False)
    def split(text):
        return splitter.segment(text)
split("One. Two.")
seconds = []
for _ in range(repeat):
    start = time.process_time()
    found = [split(text) for text in texts]
    seconds.append(time.process_time() - start)
print(json.dumps({"seconds": seconds, "found": found}))
"""


def ends(pieces: list[str]) -> list[int]:
    """Where each sentence ends, in characters that are no white space."""
    found, at = [], 0
    for piece in pieces:
        at += len("".join(piece.split()))
        found.append(at)
    return found


def timed(split: Callable[[str], list[str]], texts: list[str], repeat: int) -> tuple[float, Ends]:
    """(median processor seconds, ends) of a splitter in this process."""
    split("One. Two.")
    seconds, found = [], []
    for _ in range(repeat):
        start = time.process_time()
        found = [split(text) for text in texts]
        seconds.append(time.process_time() - start)
    return statistics.median(seconds), [ends(pieces) for pieces in found]


def theirs(python: str, name: str, texts: list[str], repeat: int) -> tuple[float, Ends]:
    """(median processor seconds, ends) of a peer in the interpreter given."""
    told = json.dumps({"name": name, "texts": texts, "repeat": repeat})
    done = subprocess.run([python, "-c", PEER], input=told, capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout.splitlines()[-1])
    return statistics.median(answer["seconds"]), [ends(pieces) for pieces in answer["found"]]


def agreement(one: Ends, other: Ends) -> float:
    """Shared ends as a share of all ends."""
    both = sum(len(set(a) & set(b)) for a, b in zip(one, other, strict=True))
    either = sum(len(set(a) | set(b)) for a, b in zip(one, other, strict=True))
    return both / max(1, either)


def _ours(text: str) -> list[str]:
    return [text[a:b] for a, b, _ in sentences.split(text)]


def _nupunkt(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences._tokenizer().span_tokenize(text)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("turns", type=Path)
    parser.add_argument("--peer", help="a Python with syntok and pysbd")
    parser.add_argument("--peer-turns", type=int, default=500)
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args()
    texts = [line.strip() for line in given.turns.read_text("utf-8").splitlines() if line.strip()]
    print("| splitter | sentences | sentences/s on one core | ends shared with ours |\n| --- | ---: | ---: | ---: |")
    seconds, own = timed(_ours, texts, given.repeat)
    _line("onrecord", seconds, own, own)
    _line("nupunkt", *timed(_nupunkt, texts, given.repeat), own)
    some = texts[: given.peer_turns]
    for name in ("syntok", "pysbd") if given.peer else ():
        _line(name, *theirs(given.peer, name, some, given.repeat), own[: len(some)])
    return 0


def _line(name: str, seconds: float, found: Ends, own: Ends) -> None:
    count = sum(map(len, found))
    print(f"| {name} | {count:,} | {count / seconds:,.0f} | {agreement(found, own):.1%} |")


if __name__ == "__main__":
    sys.exit(main())
