"""Scores the claim models on sentences that a user has labelled: precision, recall and F1, and every miss.

JSONL, one sentence a line:  {"text": "...", "claims": [{"value": 5.7, "unit": "%", "comparator": "~", "change": "down"}]}
CSV, one claim a row:        text,value,value_low,value_high,unit,comparator,change   (a sentence without claims: text only)

A range has value_low and value_high instead of a value. What a label does not name is not asked for: without unit it does
not count for the units, without comparator and change not for the bounds. An empty unit means that there is none.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from flows import derive

ASPECTS: tuple[str, ...] = ("value", "value and unit", "value and bound or change")
NUMBERS: tuple[str, ...] = ("value", "value_low", "value_high")


class LabelError(ValueError):
    """A labelled file that cannot be read; the message names the line."""


@dataclass(frozen=True)
class Labelled:
    """A sentence with the claims that a person finds in it, each with the fields that the person judged."""

    text: str
    claims: tuple[dict[str, Any], ...]
    language: str = "en"


@dataclass
class Score:
    """How many claims of one aspect are right, missed or wrong."""

    right: int = 0
    missed: int = 0
    wrong: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass
class Checked:
    """The scores by aspect, and each miss as one line."""

    scores: dict[str, Score] = field(default_factory=lambda: {aspect: Score() for aspect in ASPECTS})
    misses: list[str] = field(default_factory=list)


def read_labelled(path: Path) -> list[Labelled]:
    """The labelled sentences of a .jsonl or .csv file. Raises LabelError with the line where one cannot be read, or for none."""
    try:
        found = _read_csv(path) if path.suffix == ".csv" else _read_lines(path)
    except UnicodeDecodeError as error:
        raise LabelError(f"{path}: is no text in UTF-8: {error}") from error
    if not found:
        raise LabelError(f"{path}: holds no labelled sentence; docs/numbers.md shows what one looks like")
    return found


def _read_lines(path: Path) -> list[Labelled]:
    found = []
    for number, line in enumerate(path.read_text("utf-8-sig").split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            labelled = Labelled(row["text"], tuple(row.get("claims", ())), row.get("language", "en"))
            for claim in labelled.claims:
                if all(claim.get(name) is None for name in NUMBERS):
                    raise LabelError(f"{path}:{number}: a claim without a number in one of {', '.join(NUMBERS)}: {claim}")
            found.append(labelled)
        except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
            raise LabelError(f'{path}:{number}: expected {{"text": ..., "claims": [...]}}: {error}') from error
    return found


def claims_of(sentences: Sequence[Labelled]) -> list[list[dict[str, Any]]]:
    """What the models find in each sentence, each taken as a document of its own."""
    with derive.connect(threads=2) as connection:
        insert_sentences(connection, sentences)
        derive.prepare(connection)
        for model in derive.needed_for("quantities", given=set()):
            derive.run_one(connection, model)
        cursor = connection.execute(
            "select document_id, * exclude (document_id) from quantities order by document_id, number_start"
        )
        names = [column[0] for column in cursor.description or []]
        found: list[list[dict[str, Any]]] = [[] for _ in sentences]
        for row in cursor.fetchall():
            found[int(row[0])].append(dict(zip(names, row, strict=True)))
        return found


def check(sentences: Sequence[Labelled], found: Sequence[Iterable[dict[str, Any]]] | None = None) -> Checked:
    """Scores what the models find (or what is given as found) against the labels."""
    result = Checked()
    for labelled, got in zip(sentences, found if found is not None else claims_of(sentences), strict=True):
        _check_one(labelled, list(got), result)
    return result


def as_text(result: Checked) -> str:
    """Misses first, then a table of precision, recall and F1."""
    lines = [*result.misses, ""] if result.misses else []
    lines.append(f"{'':28}{'precision':>10}{'recall':>10}{'F1':>10}{'right':>8}{'missed':>8}{'wrong':>8}")
    for aspect, score in result.scores.items():
        shares = f"{score.precision:>10.3f}{score.recall:>10.3f}{score.f1:>10.3f}"
        lines.append(f"{aspect:28}{shares}{score.right:>8}{score.missed:>8}{score.wrong:>8}")
    return "\n".join(lines)


def same_value(label: dict[str, Any], claim: dict[str, Any]) -> bool:
    """Whether a label's value, or both bounds of its range, are the claim's."""
    if label.get("value") is not None:
        return _close(label["value"], claim["value"])
    return _close(label.get("value_low"), claim["value_low"]) and (
        label.get("value_high") is None or _close(label["value_high"], claim["value_high"])
    )


def same_unit(label: dict[str, Any], claim: dict[str, Any]) -> bool:
    """Whether both name the same unit, or none."""
    return (label.get("unit") or "").casefold() == (claim["unit"] or "").casefold()


def same_bound(label: dict[str, Any], claim: dict[str, Any]) -> bool:
    """Whether comparator and direction of change are the claim's, as far as the label says."""
    return all((label[name] or None) == claim[name] for name in ("comparator", "change") if name in label)


def _check_one(labelled: Labelled, got: list[dict[str, Any]], result: Checked) -> None:
    left = list(got)
    for label in labelled.claims:
        fitting = [claim for claim in left if same_value(label, claim)]
        if not fitting:
            for aspect in ASPECTS:
                if _is_asked(label, aspect):
                    result.scores[aspect].missed += 1
            result.misses.append(f"missed  {_brief(label)}: {labelled.text}")
            continue
        claim = max(fitting, key=lambda c: (same_unit(label, c), same_bound(label, c)))
        left.remove(claim)
        for aspect, is_right in zip(ASPECTS, (True, same_unit(label, claim), same_bound(label, claim)), strict=True):
            if not _is_asked(label, aspect):
                continue
            if is_right:
                result.scores[aspect].right += 1
            else:
                result.scores[aspect].missed += 1
                result.scores[aspect].wrong += 1
                result.misses.append(f"{aspect}: {_brief(label)} read as {_brief(claim)}: {labelled.text}")
    for claim in left:
        for aspect in ASPECTS:
            result.scores[aspect].wrong += 1
        result.misses.append(f"wrong   {_brief(claim)} ({claim['surface']!r}): {labelled.text}")


def _is_asked(label: dict[str, Any], aspect: str) -> bool:
    if aspect == "value and unit":
        return "unit" in label
    if aspect == "value and bound or change":
        return "comparator" in label or "change" in label
    return True


def _brief(row: dict[str, Any]) -> str:
    value = f"{row['value']:.12g}" if row.get("value") is not None else f"{row.get('value_low')}..{row.get('value_high')}"
    parts = (row.get("comparator"), value, row.get("unit"), row.get("change"))
    return " ".join(part for part in parts if part)


def _close(wanted: float | None, got: float | None) -> bool:
    if wanted is None or got is None:
        return wanted is got
    return math.isclose(wanted, got, rel_tol=1e-6, abs_tol=1e-12)


def _read_csv(path: Path) -> list[Labelled]:
    by_text: dict[str, list[dict[str, Any]]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:  # spreadsheets put a mark before the first column
        for number, row in enumerate(csv.DictReader(file), 2):
            try:
                claims = by_text.setdefault(row.pop("text"), [])
                label: dict[str, Any] = {k: v or None for k, v in row.items() if k not in NUMBERS}
                label |= {k: float(row[k]) for k in NUMBERS if row.get(k)}
            except (KeyError, ValueError) as error:
                raise LabelError(f"{path}:{number}: expected the columns text, value, unit, ...: {error}") from error
            if any(name in label for name in NUMBERS):
                claims.append(label)
    return [Labelled(text, tuple(claims)) for text, claims in by_text.items()]


def insert_sentences(connection: duckdb.DuckDBPyConnection, sentences: Sequence[Labelled]) -> None:
    """Each sentence as a document with one turn, its id its place in the list."""
    derive.create_tables(connection, {"documents", "turns", "sentences"})
    given = pa.table(
        {
            "id": [f"{number:09d}" for number in range(len(sentences))],
            "text": [sentence.text for sentence in sentences],
            "language": [sentence.language for sentence in sentences],
        }
    )
    connection.register("given", given)
    connection.execute(
        "insert into documents by name select id as document_id, 1 as version, language, text, 'x' as source from given"
    )
    connection.execute("insert into turns by name select id as turn_id, id as document_id, 1 as version, text from given")
    connection.execute(
        "insert into sentences by name select id as sentence_id, id as turn_id, id as document_id, 1 as version, "
        " 0 as sentence_index, text, 0 as char_start, length(text) as char_end, true as is_speech from given"
    )
