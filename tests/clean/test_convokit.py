"""Readers of ConvoKit corpora: what a user would lose is an utterance, its speaker, or whom it answers."""

import json

from flows.clean.cleaned import Cleaned, Hints, Refused
from flows.clean.read import clean, clean_again, recognise

HINTS = Hints("corpus/utterances.jsonl")


def corpus(*utterances: dict, extra: str = "") -> bytes:
    return ("\n".join(json.dumps(u) for u in utterances) + "\n" + extra).encode()


def utterance(identity: str, conversation: str, text: str, **more) -> dict:
    return {"id": identity, "conversation_id": conversation, "speaker": "minister", "text": text, "timestamp": None, **more}


def test_interleaved_conversations_become_one_document_each():
    content = corpus(
        utterance("a1", "a", "We spent 4 million."),
        utterance("b1", "b", "Order."),
        utterance("a2", "a", "On what?", speaker="member", reply_to="a1"),
    )
    first, second = clean(content, HINTS)
    assert (first.external_id, second.external_id) == ("a", "b")
    assert first.text == "We spent 4 million.\n\nOn what?"
    assert [(v.external_id, v.label, v.answers) for v in first.voices] == [("a1", "minister", None), ("a2", "member", "a1")]


def test_an_utterance_of_several_paragraphs_is_one_voice_and_stays_verbatim():
    (document,) = clean(corpus(utterance("a1", "a", "First  point.\n\nSecond\npoint.")), HINTS)
    assert document.text == "First  point.\n\nSecond\npoint."
    spoken = [(document.text[p.start : p.end], p.voice) for p in document.paragraphs]
    assert spoken == [("First  point.", 0), ("Second\npoint.", 0)]


def test_a_bad_line_costs_only_itself():
    found = list(clean(corpus(utterance("a1", "a", "Yes."), extra='{"id": "a2", "conversation_id"\n'), HINTS))
    assert [type(f) for f in found] == [Refused, Cleaned]
    assert found[0].origin == "corpus/utterances.jsonl#2"


def test_wordless_utterances_are_accounted_for():
    (document,) = clean(corpus(utterance("a1", "a", "Yes."), utterance("a2", "a", "  ")), HINTS)
    assert document.note == "1 utterance without words left out: a2"


def test_a_conversation_without_words_is_refused_by_its_id():
    (refused,) = clean(corpus(utterance("a1", "a", "")), HINTS)
    assert (refused.external_id, refused.reason) == ("a", "no text")


def test_seconds_are_places_in_the_recording_and_epochs_are_days():
    (recorded,) = clean(corpus(utterance("a1", "a", "Yes.", timestamp=12.5)), HINTS)
    (dated,) = clean(corpus(utterance("a1", "a", "Yes.", timestamp=1_700_000_000)), HINTS)
    (before_1970,) = clean(corpus(utterance("a1", "a", "Yes.", timestamp=-86_400)), HINTS)
    assert (recorded.voices[0].time_start, recorded.event_on) == (12.5, None)
    assert (dated.voices[0].time_start, str(dated.event_on)) == (None, "2023-11-14")
    assert str(before_1970.event_on) == "1969-12-31"


def test_corpora_of_the_first_versions_are_known_by_root_and_user():
    content = corpus({"id": "u1", "root": "r", "user": {"id": "smith"}, "text": "Aye.", "timestamp": None, "reply-to": None})
    assert recognise(content, Hints("old.jsonl")) == "convokit"
    (document,) = clean(content, HINTS)
    assert (document.external_id, document.voices[0].label) == ("r", "smith")


def test_lone_surrogates_do_not_reach_the_tables():
    (document,) = clean(b'{"id":"1","conversation_id":"c","speaker":"s","text":"broken \\ud83d emoji"}\n', HINTS)
    assert document.text == "broken \ufffd emoji"


def test_a_conversation_reads_the_same_again():
    content = corpus(utterance("a1", "a", "Yes."), utterance("b1", "b", "No."))
    assert clean_again(content, HINTS, "convokit", "b").text == "No."
