"""Media by their names: which words stand in the names of newspapers, stations and agencies, and which names are theirs.

Words come from reference/media.csv (Press, Times, Radio), whole names and their parts from reference/media_labels.csv.
"""

from __future__ import annotations

import re
from functools import cache

from flows.people.names import fold
from flows.people.people import FOLDER, open_csv

LONG_WORD = 6  # letters above which a word may be compounded, as Küstenblatt is


def is_medium(name: str) -> bool:
    """Whether a name is a newspaper's, a station's or an agency's: by its last word, its first, or as one word."""
    if not name:
        return False
    if " " in name and fold(name).rpartition(" ")[2] in _words_that_end_a_name():
        return True
    if " " not in name:
        return is_medium_alone(name)
    first, second, *_ = fold(name).split()[:2] or ("", "")
    return first in _forms("first") or f"{first} {second}" in _forms("first")


def is_medium_alone(word: str) -> bool:
    """Whether one word is a medium's name: BBC, TV3, Küstenblatt."""
    if " " in word or not word:
        return False
    bare = re.sub(r"\d{1,2}$", "", word)
    key = fold(bare).replace(" ", "")
    is_acronym = bare.isupper() and key.startswith("tv") and len(key) < 5
    is_compound = len(key) > LONG_WORD and word[0].isupper() and key not in _forms("ending")
    is_compound = is_compound and key.endswith(tuple(_forms("ending")))
    return is_acronym or is_compound or (key in _forms("alone") and (bare.isupper() or len(bare) > 4) and word[0].isupper())


def words_as_written() -> list[str]:
    """The words of media.csv, in order, for a pattern."""
    return sorted(row["word"] for row in open_csv(FOLDER / "media.csv"))


@cache
def media_words() -> frozenset[str]:
    """The folded words of media.csv."""
    return frozenset(map(fold, words_as_written()))


@cache
def _words_that_end_a_name() -> frozenset[str]:
    return frozenset(fold(row["word"]) for row in open_csv(FOLDER / "media.csv") if row["ends_a_name"] == "yes")


@cache
def _forms(place: str) -> frozenset[str]:
    """The folded forms of media_labels.csv for a place in a medium's name: first, alone, ending."""
    rows = open_csv(FOLDER / "media_labels.csv")
    forms = (fold(row["form"]) for row in rows if row["place"] == place)
    return frozenset(form if place == "first" else form.replace(" ", "") for form in forms)
