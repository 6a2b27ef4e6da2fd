"""Diarised and fact-checked transcripts as JSON: a name that its publisher doubts is not a name."""

import json

import pytest
from reading import only, said

from flows.clean.cleaned import CleanError, Hints
from flows.clean.read import clean


def test_turns_have_speakers_and_times():
    document = only(
        json.dumps(
            {
                "meeting": {"meeting_id": "mar-09-2026", "meeting_date": "2026-03-09", "title": "Council"},
                "turns": [
                    {"turn_id": "t1", "start": 1.5, "end": 4, "text": "It costs 4 million.", "speaker_public": "Mayor Roe"},
                    {
                        "turn_id": "t2",
                        "start": 4,
                        "end": 2,
                        "text": "Why?",
                        "speaker": "SPEAKER_01",
                        "speaker_public": "Mayor Roe",
                        "needs_review": True,
                    },
                    {"turn_id": "t3", "text": " "},
                ],
            }
        ),
        "council.json",
    )
    assert said(document) == [("Mayor Roe", "It costs 4 million."), ("SPEAKER_01", "Why?")]
    assert [(v.external_id, v.time_start, v.time_end) for v in document.voices] == [("t1", 1.5, 4.0), ("t2", 4.0, None)]
    assert (document.external_id, str(document.event_on), document.title) == ("mar-09-2026", "2026-03-09", "Council")


def test_a_recognisers_segments_without_speakers_are_text():
    document = only(
        json.dumps({"text": "a b", "language": "english", "segments": [{"text": " It costs"}, {"text": "4 million."}]}),
        "a.json",
    )
    assert (document.text, document.voices, document.language) == ("It costs 4 million.", [], "en")


def test_facts_name_speakers_between_floor_marks():
    content = (
        '{"fact": {"title": "Roe, Doe", "primaryDate": "1960-10-07", "primaryDateKind": "recorded"}, "speakers": ['
        '{"fullName": "Ada Roe", "role": "Moderator"}, {"fullName": "Ben Doe", "role": "Nominee"}],\n"plainText": "\n'
        '⌊Roe⌋Good evening.\n ⌊Doe⌋It cost 4 million."}'
    )
    document = only(content, "debate.json")
    assert said(document) == [("Roe", "Good evening."), ("Doe", "It cost 4 million.")]
    assert [(v.name, v.kind) for v in document.voices] == [("Ada Roe", "moderator"), ("Ben Doe", None)]
    assert str(document.event_on) == "1960-10-07"


@pytest.mark.parametrize("value", [{"votes": [1], "clip": 7}, [{"a": 1}], 7, {"audio": "a.wav", "segments": [{"start": 1}]}])
def test_other_json_is_refused_with_what_was_seen(value):
    with pytest.raises(CleanError, match="unknown format"):
        list(clean(json.dumps(value).encode(), Hints("a.json")))
