"""Lexicons that models join row by row: a word that stands twice there doubles the claim beside it."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from flows import derive

KEYS = {
    "direction": ("language", "word"),
    "idiom": ("language", "phrase"),
    "number_format": ("language",),
    "numeral": ("language", "word", "class"),
    "numeral_cue": ("cue",),
    "numeral_rule": ("rule",),
    "part_of_speech": ("language", "word"),
    "word_class": ("language", "word"),
    "word_role": ("language", "word", "role"),
}


@pytest.mark.parametrize("lexicon", KEYS)
def test_a_word_stands_once(lexicon: str) -> None:
    with (derive.SQL_FOLDER / "lexicons" / f"{lexicon}.csv").open(encoding="utf-8", newline="") as file:
        seen = Counter(tuple(row[name] for name in KEYS[lexicon]) for row in csv.DictReader(file))
    assert [key for key, times in seen.items() if times > 1] == []


def test_a_pair_is_linked_in_one_way() -> None:
    """Links of other kinds (far_correction, echo) are no joins but patterns."""
    with (derive.SQL_FOLDER / "lexicons" / "number_link.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["link"] not in ("far_correction", "echo")]
    seen = Counter((row["language"], row["phrase"]) for row in rows)
    assert [key for key, times in seen.items() if times > 1] == []
