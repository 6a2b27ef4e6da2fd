"""One document a line: a bad line costs only itself, and what the line says of its document stands."""

import json

import pytest

from flows.clean.cleaned import Cleaned, Hints, Refused
from flows.clean.read import clean, clean_again, recognise

HINTS = Hints("press/all.jsonl")


def lines(*objects: object) -> bytes:
    return "\n".join(o if isinstance(o, str) else json.dumps(o) for o in objects).encode()


def test_text_and_html_lines_become_documents_with_what_they_say_of_themselves():
    first, second = clean(
        lines(
            {"id": 7, "text": "Ada Roe: It cost 4 million.", "url": "https://press.example/7", "title": "On ports"},
            {
                "id": "b",
                "html": "<html><body><p>Ben Doe: No.</p></body></html>",
                "published_at": "2026-03-09T10:00:00Z",
                "language": "en",
            },
        ),
        HINTS,
    )
    assert (first.external_id, first.url, first.title) == ("7", "https://press.example/7", "On ports")
    assert (first.text, first.format) == ("Ada Roe: It cost 4 million.", "jsonl")
    assert (second.external_id, str(second.published_on), second.language) == ("b", "2026-03-09", "en")
    assert "Ben Doe: No." in second.text


def test_bad_lines_are_refused_singly_and_say_where_they_stand():
    found = list(clean(lines({"id": "a", "text": "Yes."}, '{"id": "b"', ["c"], {"id": "d"}, {"id": "a", "text": "Again."}), HINTS))
    assert [type(f) for f in found] == [Cleaned, Refused, Refused, Refused, Refused]
    assert [(f.origin, f.reason) for f in found[1:]] == [
        ("press/all.jsonl#2", "bad JSON"),
        ("press/all.jsonl#3", "bad JSON"),
        ("press/all.jsonl#4", "no text"),
        ("press/all.jsonl#5", "id seen before"),
    ]


def test_an_id_that_nobody_filled_is_none():
    """Lines with an empty id are documents of their own: as one id's repetitions all but the first would be refused."""
    found = list(clean(lines({"id": "", "text": "Yes."}, {"id": " ", "text": "No."}), HINTS))
    assert [(f.external_id, f.origin) for f in found] == [(None, "press/all.jsonl#1"), (None, "press/all.jsonl#2")]


def test_lines_without_id_and_address_are_told_apart_by_their_place():
    content = lines({"text": "One."}, {"text": "Two."})
    assert [d.origin for d in clean(content, HINTS)] == ["press/all.jsonl#1", "press/all.jsonl#2"]
    assert clean_again(content, Hints("press/all.jsonl#2"), "jsonl", None).text == "Two."


@pytest.mark.parametrize("stated", ["2026-03-09", "2026-03-09T23:00:00Z", "March 9, 2026", "Mon, 09 Mar 2026 10:00:00 GMT"])
def test_the_day_of_publication_is_read_as_it_is_usually_written(stated):
    (document,) = clean(lines({"id": "a", "text": "Yes.", "published_at": stated}, "{}")[:-3], HINTS)
    assert str(document.published_on) == "2026-03-09"


def test_lines_are_known_without_their_suffix():
    content = lines({"id": "a", "text": "Yes."}, {"id": "b", "text": "No."})
    assert recognise(content, Hints("download")) == "jsonl"


def test_a_first_line_that_is_broken_does_not_hide_the_others():
    found = list(clean(lines('{"id": "a", "te', {"id": "b", "text": "Yes."}, {"id": "c", "text": "No."}), Hints("download")))
    assert [type(f) for f in found] == [Refused, Cleaned, Cleaned]


def test_deep_nesting_costs_one_line():
    found = list(clean(lines('{"id": "a", "text": ' + "[" * 100_000, {"id": "b", "text": "Yes."}), HINTS))
    assert [getattr(f, "reason", "read") for f in found] == ["nested too deeply", "read"]
