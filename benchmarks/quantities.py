"""Runs the claim models and quantulum3 over the same sentences and prints sentences a processor second and quantities found.

    python -m venv /tmp/peer && /tmp/peer/bin/pip install -r benchmarks/requirements-quantities.txt
    python benchmarks/quantities.py SENTENCES.txt --peer /tmp/peer/bin/python [--peer-sentences 2000]

SENTENCES.txt has one sentence a line. The peer runs in its own process and is timed from its first sentence to its last,
without its start; the models are timed from sentences in a table to `quantities`, lexicons included. Both in processor
seconds, all threads counted, since a busy machine stretches the clock: twice the models' figure is what two idle cores do.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from flows import check_claims, derive

PEER = """
import json, sys, time
from quantulum3 import parser
sentences = json.load(sys.stdin)
parser.parse("It weighs 5 kg.")
start, found = time.process_time(), 0
for sentence in sentences:
    try:
        found += len(parser.parse(sentence))
    except Exception:
        pass  # the peer raises on some sentences; it is not charged for them
print(json.dumps({"seconds": time.process_time() - start, "found": found}))
"""


def ours(sentences: Sequence[str]) -> tuple[float, int]:
    """(processor seconds, quantities) of the models of sql/numbers over the sentences."""
    with derive.connect(threads=2) as connection:
        check_claims.insert_sentences(connection, [check_claims.Labelled(text, ()) for text in sentences])
        models = derive.needed_for("quantities", given=set())
        start = time.process_time()
        derive.prepare(connection)
        for model in models:
            derive.run_one(connection, model)
        seconds = time.process_time() - start
        ((found,),) = connection.execute("select count(*) from quantities").fetchall()
        return seconds, found


def theirs(python: str, sentences: Sequence[str]) -> tuple[float, int]:
    """(processor seconds, quantities) of quantulum3 in the interpreter given."""
    done = subprocess.run([python, "-c", PEER], input=json.dumps(sentences), capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout.splitlines()[-1])
    return answer["seconds"], answer["found"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sentences", type=Path)
    parser.add_argument("--peer", help="a Python with quantulum3")
    parser.add_argument("--peer-sentences", type=int, default=2000)
    given = parser.parse_args()
    sentences = [line.strip() for line in given.sentences.read_text("utf-8").splitlines() if line.strip()]
    seconds, found = ours(sentences)
    print(f"onrecord    {len(sentences) / seconds:>10,.0f} sentences/cpu s {found:>8,} quantities in {len(sentences):,} sentences")
    if given.peer:
        sample = sentences[: given.peer_sentences]
        peer_seconds, peer_found = theirs(given.peer, sample)
        rate = len(sample) / peer_seconds
        print(f"quantulum3  {rate:>10,.0f} sentences/cpu s {peer_found:>8,} quantities in {len(sample):,} sentences")
        print(f"ratio       {len(sentences) / seconds / rate:>10,.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
