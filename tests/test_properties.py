"""The promises as properties: spans stand in the text, ids come from words alone, order decides nothing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.clean.cleaned import Cleaned, Hints
from flows.clean.read import clean
from flows.people.people import People
from flows.segment.rows import Provenance, rows_of
from flows.segment.segment import segment

NAMES = st.sampled_from(["Ada Lund", "Bo Renn", "Cai Moser", "Question"])
WORDS = st.lists(
    st.sampled_from(
        ["we", "have", "12", "schools", "and", "about 3.5 billion euros", "Mr. Renn", "said", "“no”", "(Applause.)", "\u00a0", "Яр"]
    ),
    min_size=3,
    max_size=14,
)
TURN = st.tuples(NAMES, st.lists(WORDS, min_size=1, max_size=3))
TALK = st.lists(TURN, min_size=2, max_size=8)
BOUNDED = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def people() -> People:
    return People.load()


def written(talk: list[tuple[str, list[list[str]]]], line: str = "\n\n") -> bytes:
    sentences = [(name, " ".join(" ".join(said).capitalize() + "." for said in each)) for name, each in talk]
    return line.join(f"{name}: {said}" for name, said in sentences).encode()


def read(content: bytes, people: People, origin: str = "talk.txt") -> dict[str, list[dict[str, Any]]]:
    hints = Hints(origin=origin, source="local")
    (cleaned,) = clean(content, hints)
    assert isinstance(cleaned, Cleaned)
    told = Provenance("local", origin, "0" * 64, dt.datetime(2025, 3, 13), "test", None, None)
    return rows_of(cleaned, segment(cleaned, hints, people), told)


@BOUNDED
@given(TALK, st.sampled_from(["\n\n", "\r\n\r\n", "\n"]))
def test_every_span_stands_in_the_text(people: People, talk: list[Any], line: str) -> None:
    rows = read(written(talk, line), people)
    text = rows["documents"][0]["text"]
    turns = {row["turn_id"]: row for row in rows["turns"]}
    for row in (*rows["turns"], *rows["sentences"]):
        assert text[row["char_start"] : row["char_end"]] == row["text"]
    for row in rows["sentences"]:
        turn = turns[row["turn_id"]]
        assert turn["char_start"] <= row["char_start"] <= row["char_end"] <= turn["char_end"]
    for before, after in zip(rows["turns"], rows["turns"][1:], strict=False):
        assert before["char_end"] <= after["char_start"]
    ids = [row[f"{kind}_id"] for kind in ("turn", "sentence", "block") for row in rows[f"{kind}s"]]
    assert len(set(ids)) == len(ids)


@BOUNDED
@given(TALK, TURN, st.integers(0, 8))
def test_a_turn_put_in_between_changes_no_id_of_other_words(people: People, talk: list[Any], turn: Any, at: int) -> None:
    before, after = read(written(talk), people), read(written([*talk[:at], turn, *talk[at:]]), people)
    kept = {row["sentence_id"]: row["text"] for row in after["sentences"]}
    once = Counter(row["text"] for row in after["sentences"])
    told = Counter(row["text"] for row in before["sentences"])
    for row in before["sentences"]:
        if once[row["text"]] == told[row["text"]] == 1:
            assert kept.get(row["sentence_id"]) == row["text"]


@BOUNDED
@given(TALK, TALK)
def test_a_document_is_read_the_same_whatever_was_read_before_it(people: People, one: list[Any], other: list[Any]) -> None:
    alone = read(written(one), people)
    read(written(other), people, "other.txt")
    assert read(written(one), people) == alone
