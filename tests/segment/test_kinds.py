"""A page's kind decides what its figures are compared with; where the title is silent the turns must tell."""

from __future__ import annotations

import pytest

from flows.clean.cleaned import CleanError, Hints
from flows.clean.read import clean
from flows.people.people import People
from flows.segment.kinds import kind_of
from flows.segment.segment import MOST_PARAGRAPHS, segment
from flows.segment.segmented import TurnSpan


def turns(*said: tuple[str, str, int], role: str = "Minister") -> list[TurnSpan]:
    made, at = [], 0
    for name, kind, length in said:
        turn = TurnSpan(at, at + length, 0, 0, label=name, speaker_name=name, speaker_kind=kind)
        turn.role = role if kind == "official" else None
        made.append(turn)
        at += length + 1
    return made


ASKED = [("Anna", "journalist", 80), ("Berg", "official", 500)]
BY_MANY = [*ASKED, ("Otto", "journalist", 90), ("Berg", "official", 400), ("Ines", "journalist", 70), ("Berg", "official", 300)]


@pytest.mark.parametrize(
    ("title", "kind", "said"),
    [
        ("Answers in Karsovar", "press_conference", turns(*BY_MANY)),
        ("Answers in Karsovar", "briefing", turns(*BY_MANY, role="Press Secretary")),
        ("Answers in Karsovar", "interview", turns(*ASKED * 3)),
        ("Statements for the press", "press_conference", turns(*BY_MANY)),
        ("Opening of a bridge", "speech", turns(("Berg", "official", 4_000))),
        ("Meeting with farmers", "other", turns(("Berg", "official", 4_000), ("Otto", "official", 100))),
        ("A conversation in the garden", "other", turns(("Berg", "official", 900), ("Otto", "official", 800))),
        ("Remarks by Berg at Signing of Executive Orders", "speech", turns(("Berg", "official", 900), ("Otto", "official", 800))),
        ("Interview with Berg", "interview", turns(("Berg", "official", 900))),
        ("Press conference", "other", []),
        ("Remarks in the Briefing Room", "speech", turns(("Berg", "official", 900))),
        ("Remarks at the Debate on Rivers", "speech", turns(("Berg", "official", 900))),
        ("Forum on the work of parliaments", "speech", turns(("Berg", "official", 900))),
        ("Remarks on rivers\npress-briefing-12.md", "speech", turns(("Berg", "official", 900))),
        ("Press statements after the talks", "press_conference", turns(*ASKED)),
        ("Press statements after the talks", "statement", turns(("Berg", "official", 900), ("Otto", "official", 900))),
        ("Council meeting of 4 May", "sitting", turns(("Berg", "official", 900), ("Otto", "official", 900))),
    ],
)
def test_kind_comes_from_the_title_or_from_who_asks_whom(title: str, kind: str, said: list[TurnSpan]) -> None:
    assert kind_of(title, said) == kind


def test_a_document_of_more_paragraphs_than_any_transcript_is_refused() -> None:
    hints = Hints(origin="long.txt")
    (document,) = clean(b"Yes.\n" * (MOST_PARAGRAPHS + 1), hints)
    with pytest.raises(CleanError, match="too many paragraphs"):
        segment(document, hints, People([], [], []))
