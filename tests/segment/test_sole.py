"""If these fail, a speech without labels is lost, or a writer's words are put into the mouth of the one he writes about."""

from __future__ import annotations

from functools import cache

import pytest

from flows.clean import jsonl, markdown, text
from flows.clean.cleaned import Cleaned, Hints
from flows.people.people import People
from flows.segment.segment import segment
from flows.segment.segmented import Segmented
from flows.segment.sole import sole_speaker

SPEECH = [
    "Thank you, Anna. It is a great pleasure for me to be in Karsovar, and I am glad that so many of you have come to the river.",
    "When we began our work, 40 bridges were closed, and nobody could tell us when they would be open again for our people.",
    "Last year we opened 37 of them. Some said it could not be done. We did it, and we paid for it with our own money.",
    "As I said to your mayor this morning, the other three will be open in May. So let us go and walk across the first of them.",
    "Thank you very much.",
]


@cache
def _people() -> People:
    return People.load()


def page(title: str, *paragraphs: str) -> tuple[Cleaned, Segmented]:
    hints = Hints("speech.md")
    body = f"---\ntitle: \"{title}\"\n---\n\n" + "\n\n".join(paragraphs)
    (cleaned,) = markdown.read(body.encode(), hints)
    return cleaned, segment(cleaned, hints, _people())


@pytest.mark.parametrize(
    ("title", "who"),
    [
        ("Remarks as Prepared for Delivery by First Lady Vera Holm at the Karsovar Bridge", "First Lady Vera Holm"),
        ("Remarks by Bridge Council Director Dr. Vera Holm on Rivers", "Bridge Council Director Dr. Vera Holm"),
        ("Remarks on Better Bridges By Council Director Vera Holm", "Council Director Vera Holm"),
        ("Remarks of President Vera Holm – State of the Rivers", "President Vera Holm"),
        ("Speech by Minister of Finance Pavel Horak at the opening", "Minister of Finance Pavel Horak"),
        ("President Horak's speech at the opening of the bridge", "President Horak"),
        ("Transcript: Address by Pavel Horak", "Pavel Horak"),
        ("Remarks by the President at the Karsovar Bridge", "the President"),
        ("Remarks by President Horak and Prime Minister Holm", None),
        ("Excerpts of Remarks as Prepared for Delivery by Vera Holm", None),
        ("Statement by Minister Vera Holm on Rivers", None),
        ("Readout of the Address by Vera Holm", None),
        ("President Horak's Historic Address Moves Karsovar", None),
        ("How to Watch President Horak's Address to the Assembly", None),
        ("Mayors Respond to President Horak's Address", None),
        ("Addressing Risks From Old Bridges", None),
        ("Bridges of Karsovar", None),
    ],
)
def test_only_a_title_that_says_whose_speech_it_is_names_the_speaker(title: str, who: str | None) -> None:
    assert sole_speaker(title) == who


def test_a_speech_without_labels_is_one_turn_of_the_one_whom_its_title_names() -> None:
    title = "Remarks as Prepared for Delivery by Minister Vera Holm at the Karsovar Bridge"
    cleaned, cut = page(title, "*Karsovar, Novia*", "As Prepared for Delivery", *SPEECH, "\\###")
    (turn,) = cut.turns
    assert cleaned.text[turn.start : turn.end] == "\n\n".join(SPEECH)
    assert (turn.label, turn.speaker_name, turn.attribution, cut.kind) == (None, "Vera Holm", "role_label", "speech")
    assert turn.speaker_id is not None
    assert "title" in (turn.doubt or "")


def test_what_a_page_tells_of_the_speaker_after_the_speech_is_not_the_speakers() -> None:
    told = ["Minister Holm was appointed in 2023.", "The Bridge Office is a public body with 40 employees."]
    cleaned, cut = page("Remarks by Minister Vera Holm at the Karsovar Bridge", *SPEECH, *told)
    (turn,) = cut.turns
    assert cleaned.text[turn.start : turn.end].endswith(SPEECH[-1])


def test_news_about_a_speech_and_a_dialogue_whose_labels_went_unseen_are_nobodys_turn() -> None:
    title = "Remarks by Minister Vera Holm at the Karsovar Bridge"
    told = [f"“{words}” the minister said. She added that we should know." for words in SPEECH[:4]]
    assert not page(title, *told)[1].turns
    told = ["Minister Vera Holm opened the bridge, and mayors from all the towns along the river came to see it."]
    assert not page(title, *(told * 6))[1].turns
    assert not page(title, *SPEECH[:2], "<Q> Q   Will it rain?", "Question: Will it rain on the bridge?", *SPEECH[2:])[1].turns


def test_an_office_that_nobody_is_known_to_hold_leaves_the_speaker_open() -> None:
    (turn,) = page("Remarks by the President at the Karsovar Bridge", *SPEECH)[1].turns
    assert turn.speaker_id is None
    assert turn.doubt
    (turn,) = page("Remarks by the Bridge Commissioner at the Karsovar Bridge", *SPEECH)[1].turns
    assert turn.speaker_id is None


def test_a_byline_under_a_heading_names_the_speaker() -> None:
    hints = Hints("opening.txt")
    body = "\n".join(["THE OPENING OF THE BRIDGE", "Speech by Minister Vera Holm", "Karsovar, 5 May 2025", *SPEECH])
    (cleaned,) = text.read(body.encode(), hints)
    (turn,) = segment(cleaned, hints, _people()).turns
    assert (turn.speaker_name, cleaned.text[turn.start : turn.end]) == ("Vera Holm", "\n".join(SPEECH))


def lines(*bodies: str) -> list[Segmented]:
    content = "\n".join(f'{{"id": "{i}", "text": "{body}"}}' for i, body in enumerate(bodies))
    hints = Hints("lines.jsonl")
    return [segment(cleaned, hints, _people()) for cleaned in jsonl.read(content.encode(), hints)]


def test_a_line_that_is_a_name_a_colon_and_words_is_a_doubtful_turn_of_a_known_person() -> None:
    cuts = lines("Vladimir Putin: Trade grew by 6 percent.", "Anna Berglund: We sold 40 boats.")
    assert [[turn.speaker_name for turn in cut.turns] for cut in cuts] == [["Vladimir Putin"], ["Anna Berglund"]]
    assert all("one label" in (cut.turns[0].doubt or "") for cut in cuts)
    assert cuts[0].turns[0].speaker_id == "Q7747"
    assert all(cut.turns[0].confidence < 0.9 for cut in cuts)


def test_a_line_with_a_colon_that_names_nobody_is_no_turn() -> None:
    cuts = lines("Climate change: we must act.", "Budget Debate: Trade grew by 6 percent.", "Karsovar: 40 boats.", "It grew.")
    assert not any(cut.turns for cut in cuts)
