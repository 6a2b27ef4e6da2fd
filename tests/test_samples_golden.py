"""The sample transcripts come out as a reader would mark them: who speaks where, what nobody said, which figures are claims.

`golden/*.yaml` beside the samples is that reading, one file a document. Its keys:

    file, url, external_id   which document
    document                 columns of its row that are certain
    event                    `same_as` another file's event; `role` in it
    turns                    all of them in order: label, speaker_name, speaker_kind, first words, and what else matters
                             ("*" stands for anything, "|" between kinds for either, ~ for null)
    no_labels                a page without dialogue: no turn has a label
    zones                    how paragraphs of a zone begin
    not_in_a_turn            words that stand in no turn
    not_said                 words that stand in no sentence of speech
    once                     words that the text holds once, though the input repeats them
    claims                   words around one numeral, and what the claim there must say
    no_claims                words in which no numeral makes a claim
    quarantined              a file that must be in quarantine, and nowhere else
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

SAMPLES = Path(__file__).parent / "samples"
GOLDEN = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted((SAMPLES / "golden").glob("*.yaml"))}
DOCUMENTS = {name: golden for name, golden in GOLDEN.items() if "quarantined" not in golden}

CLAIMS_RIGHT = 0.9  # share of all golden claims that must be found with every field right: raised, never lowered
FALSE_CLAIMS = 0.1  # share of the numerals that are no claims and may be taken for one: lowered, never raised

CLAIM_COLUMNS = {  # golden key -> column of numeric_claims
    "value": "value",
    "low": "value_low",
    "high": "value_high",
    "unit": "unit",
    "kind": "kind",
    "comparator": "comparator",
    "change": "change",
    "change_from": "change_from",
    "modality": "modality",
    "spoken": "value_spoken",
    "corrected": "value_corrected",
}


@dataclass(frozen=True)
class Warehouse:
    """The published samples, asked for dictionaries."""

    connection: duckdb.DuckDBPyConnection

    def rows(self, query: str, *parameters: Any) -> list[dict[str, Any]]:
        result = self.connection.execute(query, parameters)
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def document(self, golden: dict[str, Any]) -> dict[str, Any]:
        if "external_id" in golden:
            found = self.rows("from documents where external_id = ?", golden["external_id"])
        else:
            found = self.rows("from documents where origin in (?, ?)", golden["file"], golden.get("url"))
        assert len(found) == 1, f"{golden['file']} is {len(found)} documents instead of one"
        return found[0]

    def within(self, table: str, document: dict[str, Any]) -> list[dict[str, Any]]:
        """The rows of the document in a table with offsets, in the order of the text."""
        return self.rows(f"from {table} where document_id = ? order by char_start, char_end", document["document_id"])


@pytest.fixture(scope="module")
def warehouse(published: Path) -> Iterator[Warehouse]:
    with duckdb.connect(str(published), read_only=True) as connection:
        yield Warehouse(connection)


def each(key: str) -> pytest.MarkDecorator:
    """Runs a test for each golden file that has the key."""
    return pytest.mark.parametrize("name", [name for name, golden in DOCUMENTS.items() if key in golden])


def spans_of(words: str, text: str) -> list[tuple[int, int]]:
    """Where the words stand in the text; white space matches any white space."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    return [match.span() for match in re.finditer(pattern, text)]


def overlapping(rows: list[dict[str, Any]], spans: list[tuple[int, int]]) -> list[dict[str, Any]]:
    return [row for row in rows if any(row["char_start"] < end and start < row["char_end"] for start, end in spans)]


@each("document")
def test_document_is_dated_and_named(name: str, warehouse: Warehouse) -> None:
    """A wrong day or kind puts every figure of the document into the wrong period."""
    golden = GOLDEN[name]
    document = warehouse.document(golden)
    assert {key: document[key] for key in golden["document"]} == golden["document"]


@each("turns")
def test_turns_are_in_the_right_mouth(name: str, warehouse: Warehouse) -> None:
    """The first promise: who is quoted is who spoke, from the first word to the last."""
    wanted, seen = _turns(name, warehouse)
    words = [turn["words"][:40] for turn in seen]
    assert len(seen) == len(wanted), f"{len(seen)} turns instead of {len(wanted)}: {words}"
    _compare(wanted, seen, ("label", "name", "words", "external_id"))


@each("turns")
def test_speakers_are_described(name: str, warehouse: Warehouse) -> None:
    """An official's figure weighs otherwise than a journalist's, and a doubtful name must say that it is one."""
    _compare(*_turns(name, warehouse), ("kind", "attribution", "doubt"))


@each("turns")
def test_answers_lead_to_their_questions(name: str, warehouse: Warehouse) -> None:
    """A "yes" is worth its question."""
    _compare(*_turns(name, warehouse), ("answers", "answers_external"))


@each("no_labels")
def test_page_without_dialogue_has_no_labelled_turn(name: str, warehouse: Warehouse) -> None:
    """A colon in a speech must not make a speaker out of a phrase."""
    turns = warehouse.within("turns", warehouse.document(GOLDEN[name]))
    assert [turn["label"] for turn in turns if turn["label"]] == []


@each("zones")
def test_zones_are_told_apart(name: str, warehouse: Warehouse) -> None:
    """A blogger's or a reader's words taken for the transcript would be quoted as an official's."""
    golden = GOLDEN[name]
    document = warehouse.document(golden)
    blocks = warehouse.within("blocks", document)
    for zone, beginnings in golden["zones"].items():
        for words in beginnings:
            found = {block["zone"] for block in overlapping(blocks, spans_of(words, document["text"]))}
            assert found <= {zone}, f"{words!r} lies in {found}, not in {zone}"
            assert found or zone != "transcript", f"{words!r} is in no block"


@each("not_in_a_turn")
def test_furniture_is_in_no_turn(name: str, warehouse: Warehouse) -> None:
    """Site furniture, commentary, votes and captions are nobody's words."""
    golden = GOLDEN[name]
    turns = warehouse.within("turns", warehouse.document(golden))
    leaks = [(words, turn["label"]) for words in golden["not_in_a_turn"] for turn in turns if spans_of(words, turn["text"])]
    assert leaks == []


@each("not_said")
def test_stage_directions_are_not_speech(name: str, warehouse: Warehouse) -> None:
    """A fact-checker who quotes "(Laughter.)" as speech is laughed at."""
    golden = GOLDEN[name]
    sentences = [s["text"] for s in warehouse.within("sentences", warehouse.document(golden)) if s["is_speech"]]
    # Inside a sentence a direction is part of its text; a sentence that is one, or begins with one, is not speech.
    leaks = [(words, text) for words in golden["not_said"] for text in sentences if text.strip().startswith(words)]
    assert leaks == []


@each("once")
def test_repeated_captions_are_said_once(name: str, warehouse: Warehouse) -> None:
    """Rolling captions would double every figure."""
    golden = GOLDEN[name]
    text = warehouse.document(golden)["text"]
    assert {words: len(spans_of(words, text)) for words in golden["once"]} == dict.fromkeys(golden["once"], 1)


@each("event")
def test_postings_of_one_event_are_linked(name: str, warehouse: Warehouse) -> None:
    """Two postings counted as two events would make one statement look like two."""
    golden = GOLDEN[name]
    document, event = warehouse.document(golden), golden["event"]
    assert document["event_id"]
    if "role" in event:
        assert document["event_role"] == event["role"], document["event_evidence"]
    if "same_as" in event:
        (other,) = [g for g in DOCUMENTS.values() if g["file"] == event["same_as"]]
        assert document["event_id"] == warehouse.document(other)["event_id"]
        assert document["event_role"] != "original", document["event_evidence"]


def test_claims_say_what_was_said(warehouse: Warehouse) -> None:
    """What a user would quote: the number with its unit, how exactly it was put, and whether it was asserted at all."""
    wrong, total = [], 0
    for name, golden in DOCUMENTS.items():
        claims_at = _claims_at(name, warehouse)
        for wanted in golden.get("claims", ()):
            total += 1
            found = claims_at(wanted["at"])
            if not any(_claim_fits(wanted, claim) for claim in found):
                wrong.append(f"{name}: expected {wanted}, found {[_claim_seen(wanted, claim) for claim in found]}")
    assert total >= 150
    assert 1 - len(wrong) / total >= CLAIMS_RIGHT, f"{len(wrong)} of {total} are not right:\n" + "\n".join(wrong)


def test_dates_names_and_idioms_are_no_claims(warehouse: Warehouse) -> None:
    """ "Article 34" and "the 101 reasons" in a table of figures would make it worthless."""
    wrong, total = [], 0
    for name, golden in DOCUMENTS.items():
        claims_at = _claims_at(name, warehouse)
        for words in golden.get("no_claims", ()):
            total += 1
            wrong += [f"{name}: {words!r} gave {claim['surface']!r}" for claim in claims_at(words)]
    assert total >= 40
    assert len(wrong) / total <= FALSE_CLAIMS, "\n".join(wrong)


def test_what_cannot_be_read_is_in_quarantine(warehouse: Warehouse) -> None:
    """Nothing is lost: a file is a document or a row that says why not."""
    wanted = sorted(golden["quarantined"] for golden in GOLDEN.values() if "quarantined" in golden)
    assert [row["origin"] for row in warehouse.rows("select distinct origin from quarantine order by origin")] == wanted


def _claims_at(name: str, warehouse: Warehouse) -> Callable[[str], list[dict[str, Any]]]:
    """What asks for the claims that were published at words of a document, which must stand in it."""
    document = warehouse.document(DOCUMENTS[name])
    claims = warehouse.within("numeric_claims", document)

    def claims_at(words: str) -> list[dict[str, Any]]:
        spans = spans_of(words, document["text"])
        assert spans, f"{name}: {words!r} is not in the text"
        return overlapping(claims, spans)

    return claims_at


def _turns(name: str, warehouse: Warehouse) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The turns that the golden file states, and those that were published."""
    golden = GOLDEN[name]
    rows = warehouse.within("turns", warehouse.document(golden))
    by_id = {row["turn_id"]: row for row in rows}
    wanted = [
        {"label": label, "name": speaker, "kind": kind, "words": words, **(rest[0] if rest else {})}
        for label, speaker, kind, words, *rest in golden["turns"]
    ]
    return wanted, [_seen(row, by_id.get(row["answers_turn_id"], {})) for row in rows]


def _seen(turn: dict[str, Any], question: dict[str, Any]) -> dict[str, Any]:
    return {
        "label": turn["label"],
        "name": turn["speaker_name"],
        "kind": turn["speaker_kind"],
        "words": " ".join(turn["text"].split())[:80],
        "attribution": turn["attribution"],
        "external_id": turn["external_id"],
        "doubt": bool(turn["doubt"]),
        "answers": question.get("label"),
        "answers_external": question.get("external_id"),
    }


def _compare(wanted: list[dict[str, Any]], seen: list[dict[str, Any]], keys: tuple[str, ...]) -> None:
    """Of every pair of turns, those of the keys that the golden file states."""
    wrong = []
    for number, (want, have) in enumerate(zip(wanted, seen, strict=False)):
        stated = {key: want[key] for key in keys if key in want}
        if not all(_fits(key, value, have[key]) for key, value in stated.items()):
            wrong.append(f"turn {number}: expected {stated}, is { ({key: have[key] for key in stated}) }")
    assert not wrong, "\n".join(wrong)


def _fits(key: str, wanted: Any, have: Any) -> bool:
    if wanted in ("*", have):
        return True
    if not isinstance(wanted, str) or have is None:
        return False
    patterns = wanted.split("|") if key == "kind" else [wanted + "*" if key == "words" else wanted]
    return any(fnmatch.fnmatchcase(have, _pattern(pattern)) for pattern in patterns)


def _pattern(text: str) -> str:
    """Only "*" is special in golden files; brackets and question marks stand for themselves."""
    return text.replace("[", "[[]").replace("?", "[?]")


def _claim_seen(wanted: dict[str, Any], claim: dict[str, Any]) -> dict[str, Any]:
    return {key: claim[CLAIM_COLUMNS[key]] for key in wanted if key != "at"}


def _claim_fits(wanted: dict[str, Any], claim: dict[str, Any]) -> bool:
    return all(_value_fits(key, wanted[key], have) for key, have in _claim_seen(wanted, claim).items())


def _value_fits(key: str, wanted: Any, have: Any) -> bool:
    if isinstance(wanted, int | float) and have is not None:
        return have == pytest.approx(wanted, rel=1e-9)
    if key == "kind" and have is not None:
        return have in wanted.split("|")
    if key == "unit" and wanted and have:  # of a count the head noun: "asylum application" is an application
        return have == wanted or have.split()[-1] == wanted
    return bool(wanted == have)
