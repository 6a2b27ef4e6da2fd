"""Interviews without labels. A turn where none is puts the page's words into a mouth, so each condition has its counterexample."""

from __future__ import annotations

from functools import cache

import pytest

from flows.clean import html, text
from flows.clean.cleaned import Hints
from flows.people.people import People
from flows.segment.segment import segment
from flows.segment.segmented import Segmented

TITLE = "“We are too slow”: interview with Health Minister Nora Quist"
ASKED = ["Minister, how many nurses are missing?", "Why do they leave?", "What will you do?"]
ANSWERED = ["About 3,200. We hired 900 last year.", "The nights, the pay. I understand them.", "We raise the pay by 8 percent."]


@cache
def _people() -> People:
    return People.load()


def page(title: str, asked: list[str], answered: list[str], below: str = "") -> Segmented:
    body = "".join(f"<p><b>{q}</b></p><p>{a}</p>" for q, a in zip(asked, answered, strict=True))
    raw = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}{below}</article></body></html>"
    hints = Hints("page.html")
    (cleaned,) = html.read(raw.encode(), hints)
    return segment(cleaned, hints, _people())


def test_questions_in_bold_are_asked_and_what_follows_is_said_by_the_one_whom_the_title_names():
    segmented = page(TITLE, ASKED, ANSWERED, "<p>Nora Quist, 51, was born in Ostby.</p>")
    assert [turn.speaker_name for turn in segmented.turns] == [None, "Nora Quist"] * 3
    assert [turn.speaker_kind for turn in segmented.turns] == ["journalist", "official"] * 3
    assert all(turn.label is None and turn.doubt for turn in segmented.turns)
    assert segmented.turns[1].evidence == "title_answers"
    assert segmented.turns[1].speaker_id and not segmented.turns[0].speaker_id
    assert [block.zone for block in segmented.blocks][-1] != "transcript"
    assert [turn.answers for turn in segmented.turns if turn.answers is not None]


@pytest.mark.parametrize(
    ("title", "asked", "answered"),
    [
        ("Questions and answers on the new health tax", ASKED, ANSWERED),  # a list of frequent questions
        ("“We are too slow”: interview with the health minister", ASKED, ANSWERED),  # nobody is named
        (TITLE, ASKED[:2], ANSWERED[:2]),  # two questions make no interview
        (TITLE, ["Too few nurses", "Bad pay", "A plan"], ANSWERED),  # heads
        (TITLE, ASKED, ["Some 3,200 are missing.", "The pay is low.", "The pay will rise."]),  # nobody says I or we
        (TITLE, ASKED, ["Nora Quist says that we miss 3,200.", "Quist knows that I left.", "We heard Quist say 8."]),  # told
    ],
)
def test_a_page_that_shows_less_gives_no_turn(title, asked, answered):
    assert not page(title, asked, answered).turns


def test_turns_that_begin_with_a_dash_alternate():
    lines = [
        "– Борис Андреевич, выдержат ли сети зиму?",
        "– Выдержат. Мы заменили 340 километров кабеля.",
        "– А тарифы вырастут?",
        "– Не больше чем на 6 процентов.",
        "Это ниже инфляции, и мне это нравится.",
        "– Когда построят станцию?",
        "– В 2027 году.",
        "– Спасибо за беседу.",
    ]
    title = "Министр энергетики Борис Лаврищев: «Сети выдержат»"
    raw = f"<html lang='ru'><head><title>{title}</title></head><body><article><h1>{title}</h1><p>Министр ответил на вопросы.</p>"
    raw += "".join(f"<p>{line}</p>" for line in lines) + "<p>Беседовала Марина Кольцова</p></article></body></html>"
    hints = Hints("page.html")
    (cleaned,) = html.read(raw.encode(), hints)
    turns = segment(cleaned, hints, _people()).turns
    assert [turn.speaker_name for turn in turns] == [None, "Борис Лаврищев"] * 3 + [None]
    assert cleaned.text[turns[3].start : turns[3].end].endswith("мне это нравится.")
    assert cleaned.text[turns[-1].start : turns[-1].end] == "Спасибо за беседу."


def test_a_list_with_dashes_is_no_interview():
    raw = "Interview with Minister Nora Quist: the points\n\n" + "".join(f"– We will do point {i}.\n\n" for i in range(8))
    hints = Hints("page.txt", title=TITLE)
    (cleaned,) = text.read(raw.encode(), hints)
    assert not segment(cleaned, hints, _people()).turns
