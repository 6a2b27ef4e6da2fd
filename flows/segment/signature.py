"""What documents are compared by: a MinHash signature, sampled shingles, and the names and numbers that they mention.

Documents that share bands of MinHash are nearly the same text; documents that share much of the smaller one's sample hold the
same passages (Broder, "On the resemblance and containment of documents", 1997). Names (in a form that romanising leaves alone)
and numbers survive translation. sql/marts/document_pairs.sql compares them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import zlib
from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from flows.people.names import fold, loose

SHINGLE = 5  # words
PERMUTATIONS = 64
ROWS = 4  # of the signature in a band: two texts with half of their shingles in common share a band in two of three cases
MOST_SHINGLES = 128  # that go into the signature; the same ones in any text that holds them
KEPT = 64  # one shingle in so many is kept as a sample
SHORT, KEPT_OF_SHORT = 1000, 4  # of a text of so few shingles one in so many more, as a sample of their own
# band numbers from which on a band is a shingle, a shingle of the finer sample, a name, a number
FIRST_SAMPLE, FIRST_FINE, FIRST_NAME, FIRST_NUMBER = 1000, 1500, 2000, 3000
MOST = 400  # of each
STEM = 5  # letters of a romanised name that inflection leaves alone
EDGES = ".,;:!?()[]{}\"'“”„«»‘’…*_-–—"  # of words
NAME = re.compile(r" (?<=[\w,;] )([A-ZÀ-ÞА-ЯЁ][\w’'-]{3,40})")
NUMBER = re.compile(r"(?<![\d.,])\d[\d.,]{1,20}")
THOUSANDS = re.compile(r"[.,](?=\d{3}\b)")
YEAR = re.compile(r"(?:19|20)\d\d")
MIX = np.uint64(0x9E3779B97F4A7C15)
_DRAWN = np.random.RandomState(1)  # frozen by numpy: the same numbers in every version
# odd, so that h -> a h + b modulo 2^32 keeps all hashes apart
FACTORS = _DRAWN.randint(0, 1 << 31, PERMUTATIONS, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
OFFSETS = _DRAWN.randint(0, 1 << 32, PERMUTATIONS, dtype=np.uint32)


def bands(text: str, day: dt.date | None = None, speakers: Iterable[str] = ()) -> list[tuple[int, str]]:
    """(band number, value) for the rows of staging.document_bands.

    0 to 15 are bands of MinHash, from 1000 on sampled shingles, from 1500 on a finer sample of a short text, from 2000 on names
    inside sentences and of the speakers, from 3000 on numbers of two digits and more that are neither years nor the event's day.
    """
    words = text.split()
    distinct = set(words)
    shingles = _distinct(_shingles(words, distinct))
    if not len(shingles):
        return []
    values = _signature(shingles[:MOST_SHINGLES]).reshape(-1, ROWS)  # of those with the smallest hashes
    found = [(i, hashlib.sha256(row.tobytes()).hexdigest()[:16]) for i, row in enumerate(values)]
    sample = shingles[shingles % np.uint32(KEPT) == 0]
    found += _numbered(FIRST_SAMPLE, [f"{value:08x}" for value in sample.tolist()])
    if len(shingles) <= SHORT:
        finer = shingles[shingles % np.uint32(KEPT_OF_SHORT) == 0]
        found += _numbered(FIRST_FINE, [f"{value:08x}" for value in finer.tolist()])
    return found + _mentioned(text, distinct, day, speakers)


def mentions(text: str, day: dt.date | None = None, speakers: Iterable[str] = ()) -> list[tuple[int, str]]:
    """The names and numbers of `bands` alone: all that is compared of a page that is no transcript."""
    return _mentioned(text, set(text.split()), day, speakers)


def _mentioned(text: str, distinct: set[str], day: dt.date | None, speakers: Iterable[str]) -> list[tuple[int, str]]:
    """The names and numbers of a text whose distinct words are known; most words are letters only, and need no stripping."""
    letters = {word for word in distinct if word.isalpha()}
    others = {word.strip(EDGES) for word in distinct - letters}
    names = _names(text, letters, others) | _stems(word for speaker in speakers for word in speaker.split())
    return _numbered(FIRST_NAME, sorted(names)) + _numbered(FIRST_NUMBER, _numbers(others, day))


def _signature(shingles: np.ndarray) -> np.ndarray:
    """The smallest value of each permutation h -> a h + b modulo 2^32 over the hashes, mixed first by MurmurHash3's last step.

    The same signature as datasketch 2 makes ("affine32", seed 1), whose package brings SciPy and Redis into every process.
    """
    mixed = (shingles ^ (shingles >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    mixed = (mixed ^ (mixed >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(16)
    smallest: np.ndarray = (mixed[:, None] * FACTORS + OFFSETS).min(axis=0)
    return smallest


def _distinct(values: np.ndarray) -> np.ndarray:
    """The values in order, each once: as numpy.unique, whose hash table takes ten times as long as sorting these few."""
    ordered = np.sort(values)
    if not len(ordered):
        return ordered
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))]


def _numbered(first: int, values: list[str]) -> list[tuple[int, str]]:
    return [(first + i, value) for i, value in enumerate(values[:MOST])]


def _names(text: str, letters: set[str], others: set[str]) -> set[str]:
    """Stems of the words that are capitalised inside sentences and nowhere in lower case."""
    found = {word: word.lower() for word in set(NAME.findall(text))}
    return _stems(word for word, low in found.items() if low not in letters and low not in others)


def _stems(words: Iterable[str]) -> set[str]:
    """Beginnings of romanised words, as far as other languages keep them."""
    stems = set(map(_stem, words))
    return {stem for stem in stems if len(stem) >= STEM - 1}


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    return loose(fold(word)).replace(" ", "")[:STEM]


def _numbers(words: Iterable[str], day: dt.date | None) -> list[str]:
    found = NUMBER.findall(" ".join(word for word in words if word[:1].isdigit() or word[1:2].isdigit()))
    plain = {number if number.isdigit() else _plain(number) for number in found}
    dates = {str(day.day), f"{day.day:02d}", f"{day.month:02d}"} if day else set()
    return sorted(n for n in plain - dates if len(n) > 1 and not (len(n) == 4 and YEAR.fullmatch(n)))


def _plain(number: str) -> str:
    """Without marks between thousands and at its end, and with a point before its decimals."""
    return THOUSANDS.sub("", number.rstrip(".,")).replace(",", ".")


def _shingles(words: list[str], distinct: set[str]) -> np.ndarray:
    """A 32-bit hash of each run of five words, in order, whatever their case and punctuation."""
    plain = {word: word if word.isalpha() else word.strip(EDGES) for word in distinct}
    hashes = {word: zlib.crc32(bare.lower().encode()) if bare else 0 for word, bare in plain.items()}
    hashed = np.fromiter(map(hashes.__getitem__, words), dtype=np.uint64, count=len(words))
    hashed = hashed[hashed != 0]
    count = len(hashed) - SHINGLE + 1
    if count < 1:
        return np.empty(0, dtype=np.uint32)
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(SHINGLE):
        mixed = (mixed ^ hashed[place : place + count]) * MIX
        mixed ^= mixed >> np.uint64(29)
    return (mixed >> np.uint64(32)).astype(np.uint32)
