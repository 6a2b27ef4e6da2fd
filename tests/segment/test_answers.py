"""If these fail, a figure is quoted as the answer to a question that nobody asked."""

from __future__ import annotations

from flows.segment.answers import link
from flows.segment.segmented import TurnSpan


def answers(script: list[tuple[str, str]], continues: dict[int, int] | None = None) -> list[int | None]:
    text, turns = "", []
    for kind, words in script:
        turns.append(TurnSpan(len(text), len(text) + len(words), 0, 0, speaker_kind=kind))
        text += words + "\n"
    for index, begun in (continues or {}).items():
        turns[index].continues = begun
    link(turns, text)
    return [turn.answers for turn in turns]


def test_officials_answer_the_question_before_them_each_of_them() -> None:
    script = [
        ("journalist", "How much?"),
        ("official", "Ten."),
        ("official", "Eleven."),
        ("journalist", "Why?"),
        ("official", "So."),
    ]
    assert answers(script) == [None, 0, 0, None, 3]


def test_a_moderator_who_hands_over_is_passed_over() -> None:
    assert answers([("journalist", "How much?"), ("moderator", "Minister, please."), ("official", "Ten.")]) == [None, None, 0]


def test_an_official_who_asks_back_opens_no_question() -> None:
    script = [("journalist", "How much?"), ("official", "Of what?"), ("journalist", "Of grain."), ("official", "Ten.")]
    assert answers(script) == [None, 0, None, 2]


def test_opening_statements_answer_nothing() -> None:
    assert answers([("official", "Welcome."), ("official", "Thank you.")]) == [None, None]


def test_a_host_who_asks_is_answered_by_the_guest() -> None:
    assert answers([("unknown", "What did it cost?"), ("unknown", "Ten million."), ("moderator", "Thank you.")]) == [
        None,
        0,
        None,
    ]


def test_an_answer_that_a_remark_interrupts_goes_on_answering() -> None:
    script = [("journalist", "How much?"), ("official", "Ten"), ("official", "or eleven.")]
    assert answers(script, {2: 1}) == [None, 0, 0]
