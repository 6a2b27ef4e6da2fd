"""What a reader relies on when a row says what somebody spoke about."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from flows import derive

Turn = tuple[str, list[str]]  # speaker, sentences; a sentence in brackets is a stage direction
Topics = dict[str, list[tuple[str, float, list[str]]]]

HOSPITALS = "Our hospitals need more nurses and cheaper medicines for patients."
POWER = "Will you build new nuclear power plants and cut electricity prices?"
BARE = "We will do it next year."


def topics_of(documents: dict[str, list[Turn]], answers: dict[str, str] | None = None, sql: Path = derive.SQL_FOLDER) -> Topics:
    """'document-turn-sentence' -> its topics (code, score, evidence), likeliest first; turns under 'document-turn'."""
    with derive.connect() as connection:
        derive.create_tables(connection)
        for document, turns in documents.items():
            said = 0
            for turn, (speaker, sentences) in enumerate(turns):
                turn_id = f"{document}-{turn}"
                connection.execute(
                    "insert into turns by name select ? as turn_id, ? as document_id, ? as turn_index, ? as speaker_id, "
                    "? as answers_turn_id",
                    [turn_id, document, turn, speaker, (answers or {}).get(turn_id)],
                )
                for number, text in enumerate(sentences):
                    connection.execute(
                        "insert into sentences by name select ? as sentence_id, ? as turn_id, ? as document_id, "
                        "? as sentence_index, ? as text, ? as is_speech",
                        [f"{turn_id}-{number}", turn_id, document, said, text, not text.startswith("(")],
                    )
                    said += 1
        derive.prepare(connection, sql)
        for model in derive.models(sql):
            if model.path.parent.name == "topics":
                derive.run_one(connection, model)
        rows: list[tuple[str, str, float, list[str]]] = connection.execute(
            "select sentence_id, topic_code, score, evidence, topic_rank from sentence_topics union all "
            "select turn_id, topic_code, score, evidence, topic_rank from turn_topics order by 1, 5"
        ).fetchall()
    found: Topics = {}
    for name, code, score, evidence, _ in rows:
        found.setdefault(name, []).append((code, score, evidence))
    return found


def without(text: str, terms: list[str]) -> str:
    for term in terms:
        text = re.sub(rf"\b{re.escape(term)}\b", "", text, flags=re.I)
    return text


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("3", HOSPITALS),
        ("4", "Farmers cannot sell their wheat, and cattle prices have halved."),
        ("8", "We will build nuclear power plants and drill for oil."),
        ("10", "New railroads and highways will link the two ports."),
        ("12", "The police arrested forty drug dealers, and the courts will sentence them."),
        ("16", "Our army received tanks and missiles for three brigades."),
        ("18", "The tariffs on imports violate our trade agreement."),
    ],
)
def test_evidence_stands_in_the_text_and_without_it_the_score_falls(code: str, text: str) -> None:
    """A fact-checker who reads the evidence must be able to believe it."""
    ((best, score, evidence), *_) = topics_of({"d": [("a", [text])]})["d-0-0"]
    assert best == code
    assert evidence and all(term in text.lower() for term in evidence)
    left = {c: s for c, s, _ in topics_of({"d": [("a", [without(text, evidence)])]}).get("d-0-0", [])}
    assert left.get(code, 0.0) < score


def test_evidence_that_neighbours_gave_is_theirs() -> None:
    """A topic that came from the question names the question's words, and falls without them."""
    answers = {"d-1": "d-0"}
    ((code, score, evidence), *_) = topics_of({"d": [("asker", [POWER]), ("minister", [BARE])]}, answers)["d-1-0"]
    assert code == "8"
    assert "electricity" in evidence
    question = without(POWER, evidence)
    left = {c: s for c, s, _ in topics_of({"d": [("asker", [question]), ("minister", [BARE])]}, answers).get("d-1-0", [])}
    assert left.get("8", 0.0) < score


def test_another_document_lends_no_topic() -> None:
    """Otherwise a topic would depend on what else was in the night's batch."""
    bare = {"b": [("minister", [BARE])]}
    assert "b-0-0" not in topics_of({"a": [("minister", [POWER])]} | bare)
    documents = {"a": [("x", [POWER, BARE])], "b": [("y", [HOSPITALS, BARE])]}
    together = topics_of(documents)
    alone = topics_of({"a": documents["a"]}) | topics_of({"b": documents["b"]})
    assert together == alone


def test_a_short_answer_is_about_its_question_even_when_others_spoke_between() -> None:
    """In a press conference the answer may come after the next question."""
    chatter = ["Thank you."] * 7
    turns = [("asker", [POWER]), ("moderator", chatter), ("minister", [BARE])]
    assert "8" not in [code for code, _, _ in topics_of({"d": turns}).get("d-2-0", [])]
    assert topics_of({"d": turns}, answers={"d-2": "d-0"})["d-2-0"][0][0] == "8"


def test_consecutive_turns_of_one_speaker_are_one_stretch() -> None:
    """A remark from the hall cuts a turn in two; the speaker goes on about the same thing."""
    same = topics_of({"d": [("minister", [HOSPITALS]), ("minister", [BARE])]})["d-1-0"][0]
    other = topics_of({"d": [("minister", [HOSPITALS]), ("guest", [BARE])]}).get("d-1-0", [("3", 0.0, [])])[0]
    assert same[0] == "3"
    assert same[1] > other[1]


def test_an_address_has_the_same_topics_whether_it_comes_whole_or_an_utterance_a_sentence() -> None:
    """A corpus of utterances cuts one speaker's address where it likes; what a sentence is about must not depend on it."""
    address = [HOSPITALS, BARE, "Every patient will see a doctor.", POWER, BARE, "Thank you."]
    whole = topics_of({"d": [("president", address)]})
    for length in (1, 2):
        cut = [("president", address[start : start + length]) for start in range(0, len(address), length)]
        found = topics_of({"d": cut})
        for number in range(len(address)):
            assert found.get(f"d-{number // length}-{number % length}") == whole.get(f"d-0-{number}")


def test_stage_directions_have_no_topic_and_lend_none() -> None:
    assert topics_of({"d": [("minister", ["(A nurse from the hospital brings medicines.)", BARE])]}) == {}


def test_a_turn_is_about_what_its_sentences_are_about() -> None:
    turn = topics_of({"d": [("minister", [HOSPITALS, "Every patient will see a doctor.", "Medicines will be free."])]})["d-0"]
    assert turn[0][0] == "3"
    assert turn[0][2]


def test_another_scheme_is_files_alone(tmp_path: Path) -> None:
    """A user with a scheme of two topics needs no line of SQL."""
    sql = tmp_path / "sql"
    shutil.copytree(derive.SQL_FOLDER, sql)
    files: dict[str, list[list[Any]]] = {
        "topic_code": [
            ["topic_code", "topic", "scheme", "description", "intercept", "note"],
            ["sea", "The sea", "mine", "", 0, ""],
            ["sky", "The sky", "mine", "", 0, ""],
            ["none", "", "mine", "", 0.5, ""],
        ],
        "topic_lexicon": [["topic_code", "term", "weight", "note"], ["sea", "herring", 2, ""], ["sky", "cloud cover", 2, ""]],
        "topic_weight": [["term", "size", "t_sea", "note"]],
    }
    for name, rows in files.items():
        with (sql / "lexicons" / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
    found = topics_of({"d": [("a", ["Herrings swim."])], "e": [("b", ["Cloud covers thicken."])]}, sql=sql)
    assert (found["d-0-0"][0][0], found["d-0-0"][0][2]) == ("sea", ["herrings"])
    assert (found["e-0-0"][0][0], found["e-0-0"][0][2]) == ("sky", ["cloud covers"])
