"""Makes seeded variations of transcripts, to measure how cost grows with their number.

    python benchmarks/vary.py 10000 CORPUS… --into FOLDER [--seed 1]

Each is one of the corpus's .md or .txt files with two fifths of its paragraphs exchanged for those of other files, other
numerals of the same length, another day and another address: so documents are neither equal nor reposts of each other, and
vocabulary and lengths are the corpus's. The same seed makes the same files. FOLDER must lie outside the repository.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

EXCHANGED = 0.4  # of the paragraphs
DAYS = 1_500  # by how many a document moves, at most
PARAGRAPHS = re.compile(r"\n[ \t]*\n")
NUMERAL = re.compile(r"\d+")
YEAR = re.compile(r"(19|20)\d\d")
DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
ADDRESS = re.compile(r"(https?://[^\s'\"]+?)/?(?=['\"\s]|$)")
ROOT = Path(__file__).resolve().parent.parent


def variation(text: str, donors: list[list[str]], number: int, chance: random.Random) -> str:
    """One transcript's variation; `donors` are paragraphs of others."""
    head, *body = PARAGRAPHS.split(text)
    days = dt.timedelta(chance.randint(-DAYS, DAYS))
    head = ADDRESS.sub(rf"\1-{number}", DAY.sub(lambda found: _moved(found, days), head))
    for at in range(len(body)):
        if chance.random() < EXCHANGED:
            body[at] = chance.choice(chance.choice(donors))
        body[at] = NUMERAL.sub(lambda found: _other(found.group(), chance), body[at])
    return "\n\n".join([head, *body])


def variations(files: list[Path], count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Name and text of each."""
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")
        chosen = chance.choice(files)
        donors = [PARAGRAPHS.split(chance.choice(files).read_text("utf-8"))[1:] or [""] for _ in range(4)]
        yield f"{number:06d}{chosen.suffix}", variation(chosen.read_text("utf-8"), donors, number, chance)


def write(corpus: list[Path], count: int, seed: int, into: Path) -> None:
    """Writes the variations below a folder, a thousand files in each of its folders."""
    if into.resolve().is_relative_to(ROOT):
        raise ValueError(f"{into} lies in the repository; variations of real pages stay outside of it")
    files = sorted(f for place in corpus for f in place.rglob("*") if f.suffix in (".md", ".txt") and f.stat().st_size > 1_000)
    for at, (name, text) in enumerate(variations(files, count, seed)):
        folder = into / f"{at // 1_000:03d}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def _moved(found: re.Match[str], days: dt.timedelta) -> str:
    try:
        return (dt.date(*map(int, found.groups())) + days).isoformat()
    except ValueError:
        return found.group()


def _other(numeral: str, chance: random.Random) -> str:
    """Another numeral of as many digits; a year stays one."""
    if YEAR.fullmatch(numeral):
        return numeral[:2] + f"{chance.randint(0, 25):02d}"
    first = chance.choice("123456789") if len(numeral) > 1 else chance.choice("0123456789")
    return first + "".join(chance.choice("0123456789") for _ in numeral[1:])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("corpus", nargs="+", type=Path)
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write(given.corpus, given.count, given.seed, given.into)
    return 0


if __name__ == "__main__":
    sys.exit(main())
