"""People's corrections: anchored on words, applied to whatever the words became, and told when their anchor is gone.

Zones are corrected before segmentation, so that turns come out right by themselves; speakers after it; values in SQL
(sql/numbers/corrected_values.sql), which joins the offsets that stand in correction_places.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import math
import os
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

import schemas
from flows.clean.cleaned import Cleaned, Paragraph
from flows.segment.segmented import Segmented, TurnSpan
from schemas.documents import Zone

FOLDER = Path(__file__).resolve().parent.parent / "corrections"
SETTING = "ONRECORD_CORRECTIONS"
EVIDENCE = "correction"  # TurnSpan.evidence of a speaker whom a person named


class CorrectionError(Exception):
    """A file of corrections that cannot be used; the message names the file, the correction and what to do."""


class Correction(BaseModel):
    """One correction, as its file says. The class for the published table is schemas.Correction."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    field: Literal["speaker", "zone", "value"]
    quote: str = Field(min_length=3)
    value: str
    origin: str | None = None
    before: str = ""
    after: str = ""
    surface: str | None = None
    author: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    made_on: dt.date

    @model_validator(mode="after")
    def _fits_its_field(self) -> Self:
        if self.field == "zone" and self.value not in get_args(Zone):
            raise ValueError(f"value: '{self.value}' is no zone; the zones are {', '.join(get_args(Zone))}")
        if self.field == "value":
            if not _is_number(self.value):
                raise ValueError(f"value: '{self.value}' is no number; write it out, such as 51e9")
            if not self.surface or len(_places(self.quote, self.surface)) != 1:
                raise ValueError("surface: must be the number's words, standing once within the quote")
        elif self.surface is not None:
            raise ValueError('surface: is for field = "value" only')
        return self

    @property
    def correction_id(self) -> str:
        """A hash of what it is anchored on and what it corrects."""
        parts = (self.field, self.origin or "", self.before, self.quote, self.after, self.surface or "")
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]

    def places_in(self, text: str) -> list[tuple[int, int]]:
        """Where its quote stands in a text (code points, half-open); white space may differ."""
        return _places(text, self.quote, self.before, self.after)


class Identity(NamedTuple):
    """The person whom a correction names."""

    speaker_id: str | None
    name: str | None
    wikidata_id: str | None = None


class Applied(NamedTuple):
    """A correction met in a document, at these code points of its text: applied, or why not."""

    correction_id: str
    field: str
    char_start: int
    char_end: int
    value: float | None = None  # the number that the words say, of a value
    note: str | None = None  # None: applied

    def row(self, document_id: str, version: int = 1) -> dict[str, Any]:
        """The row of the table correction_places."""
        return self._asdict() | {"document_id": document_id, "version": version}


def load(places: Iterable[Path] | None = None) -> list[Correction]:
    """The corrections of files and folders, by id; without places those of corrections/ and of ONRECORD_CORRECTIONS.

    Raises CorrectionError.
    """
    found: dict[str, Correction] = {}
    for path in _files(_places_named() if places is None else places):
        for correction in _read(path):
            if correction.correction_id in found:
                raise CorrectionError(f"{path}: two corrections of the same words ('{correction.quote[:60]}'); keep one")
            found[correction.correction_id] = correction
    return [found[key] for key in sorted(found)]


def fingerprint(corrections: Iterable[Correction]) -> str:
    """Changes when a correction does: what was made with others is stale."""
    told = "\n".join(sorted(correction.model_dump_json() for correction in corrections))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def concerning(corrections: Iterable[Correction], *origins: str | None) -> list[Correction]:
    """The corrections that may be for a document with these origins (its origin, its address)."""
    return [c for c in corrections if c.origin is None or c.origin in origins]


def zones(corrections: Iterable[Correction], cleaned: Cleaned) -> tuple[Cleaned, list[Applied]]:
    """The cleaned document with its zones corrected, before segmentation: exactly the quoted words get the zone."""
    applied = []
    for correction, start, end, note in _found(corrections, "zone", cleaned.text):
        if note is None:
            paragraphs = [
                piece for p in cleaned.paragraphs for piece in _rezoned(cleaned.text, p, start, end, correction.value)
            ]
            cleaned = dataclasses.replace(cleaned, paragraphs=paragraphs)
        applied.append(Applied(correction.correction_id, "zone", start, end, note=note))
    return cleaned, applied


def speakers(
    corrections: Iterable[Correction], text: str, segmented: Segmented, identify: Callable[[str], Identity]
) -> tuple[Segmented, list[Applied]]:
    """The segmented document with speakers corrected: of the turn that holds the quote and of what continues it."""
    turns = list(segmented.turns)
    people = dict(segmented.people)
    applied = []
    for correction, start, end, note in _found(corrections, "speaker", text):
        meant = _turns_meant(turns, start, end) if note is None else note
        place = Applied(correction.correction_id, "speaker", start, end)
        if isinstance(meant, str):
            applied.append(place._replace(note=meant))
            continue
        identity = identify(correction.value) if correction.value else Identity(None, None)
        for i in meant:
            turns[i] = _spoken_by(turns[i], identity)
        if identity.speaker_id:
            people[identity.speaker_id] = identity.wikidata_id
        applied.append(place)
    return dataclasses.replace(segmented, turns=turns, people=people), applied


def values(corrections: Iterable[Correction], text: str) -> list[Applied]:
    """The numbers of a document that were corrected, by the place of their words."""
    applied = []
    for correction, start, end, note in _found(corrections, "value", text):
        if note is None:
            assert correction.surface is not None
            ((inner, outer),) = _places(text[start:end], correction.surface)
            place = start + inner, start + outer
        else:
            place = start, end
        applied.append(Applied(correction.correction_id, "value", *place, float(correction.value), note))
    return applied


def rows(corrections: Iterable[Correction], met: Iterable[tuple[str, str, str | None]]) -> list[schemas.Correction]:
    """The published table: each correction, and whether it still applies. `met` has (correction_id, document_id, why it could
    not be applied there, or None) of current versions."""
    by_id: dict[str, list[tuple[str, str | None]]] = {}
    for correction_id, document_id, note in met:
        by_id.setdefault(correction_id, []).append((document_id, note))
    return [_row(correction, sorted(by_id.get(correction.correction_id, []), key=str)) for correction in corrections]


def _row(correction: Correction, met: Sequence[tuple[str, str | None]]) -> schemas.Correction:
    hits = [document_id for document_id, note in met if note is None]
    if len(hits) > 1:
        note = f"applied to {len(hits)} documents; this is the first"
    elif hits:
        note = None
    else:
        note = met[0][1] if met else "its anchor is gone: the words stand in no current document"
    return schemas.Correction(
        correction_id=correction.correction_id,
        origin=correction.origin,
        anchor=correction.quote,
        field=correction.field,
        value=correction.value,
        author=correction.author,
        reason=correction.reason,
        made_on=correction.made_on,
        is_applied=bool(hits),
        document_id=hits[0] if hits else None,
        note=note,
    )


def _found(corrections: Iterable[Correction], field: str, text: str) -> Iterator[tuple[Correction, int, int, str | None]]:
    """Each correction of the field whose words stand in the text, with their place, or with why it cannot apply."""
    for correction in corrections:
        if correction.field != field:
            continue
        places = correction.places_in(text)
        if len(places) == 1:
            yield correction, *places[0], None
        elif places:
            yield correction, *places[0], f"its words stand {len(places)} times in the document: add before or after"


def _places(text: str, quote: str, before: str = "", after: str = "") -> list[tuple[int, int]]:
    parts = [r"\s+".join(re.escape(word) for word in part.split()) for part in (before, quote, after)]
    pattern = r"\s*".join(f"({part})" if i == 1 else part for i, part in enumerate(parts) if part)
    return [match.span(1) for match in re.finditer(pattern, text)]


def _rezoned(text: str, paragraph: Paragraph, start: int, end: int, zone: str) -> Iterator[Paragraph]:
    """The paragraph, cut where the zone begins and ends; the parts have no white space around them."""
    start, end = max(start, paragraph.start), min(end, paragraph.end)
    if start >= end:
        yield paragraph
        return
    parts = [(paragraph.start, start, paragraph.zone), (start, end, zone), (end, paragraph.end, paragraph.zone)]
    for low, high, zone_of_part in parts:
        words = text[low:high]
        first, last = low + len(words) - len(words.lstrip()), low + len(words.rstrip())
        if first < last:
            yield dataclasses.replace(
                paragraph,
                start=first,
                end=last,
                zone=zone_of_part,
                bold=max(0, min(paragraph.start + paragraph.bold, last) - first),
                soft=tuple(offset for offset in paragraph.soft if first < offset < last),
            )


def _turns_meant(turns: Sequence[TurnSpan], start: int, end: int) -> list[int] | str:
    """The turn that holds the words, with all that it continues and that continues it; or why there is none."""
    firsts = {_first_part(turns, i) for i, turn in enumerate(turns) if turn.start < end and start < turn.end}
    if not firsts:
        return "its words stand in no turn"
    if len(firsts) > 1:
        return "its words reach over several turns: quote from one"
    return [i for i in range(len(turns)) if _first_part(turns, i) in firsts]


def _first_part(turns: Sequence[TurnSpan], index: int) -> int:
    """The turn that this one continues, over however many interruptions."""
    before = turns[index].continues
    while before is not None:
        index, before = before, turns[before].continues
    return index


def _spoken_by(turn: TurnSpan, identity: Identity) -> TurnSpan:
    if identity == Identity(None, None):
        doubt = "a person found the name to be wrong and does not know the right one"
        return dataclasses.replace(
            turn,
            speaker_id=None,
            speaker_name=None,
            role=None,
            organisation=None,
            speaker_kind="unknown",
            attribution="none",
            evidence=EVIDENCE,
            confidence=0.0,
            doubt=doubt,
        )
    is_same = turn.speaker_id == identity.speaker_id
    return dataclasses.replace(
        turn,
        speaker_id=identity.speaker_id,
        speaker_name=identity.name,
        role=turn.role if is_same else None,  # they were read off the wrong name
        organisation=turn.organisation if is_same else None,
        attribution="label" if turn.attribution == "none" else turn.attribution,
        evidence=EVIDENCE,
        confidence=1.0,
        doubt=None,
    )


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _places_named() -> list[Path]:
    named = [Path(part).expanduser() for part in os.environ.get(SETTING, "").split(os.pathsep) if part]
    for place in named:
        if not place.exists():
            raise CorrectionError(f"{place}: is not there; correct {SETTING} (files or folders, separated by '{os.pathsep}')")
    return [FOLDER, *named]


def _files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        yield from sorted(place.glob("*.toml")) if place.is_dir() else [place]


def _read(path: Path) -> Iterator[Correction]:
    try:
        tree = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CorrectionError(f"{path}: cannot be read ({error}); corrections/README.md shows a whole file") from error
    if set(tree) - {"correction"} or not isinstance(tree.get("correction", []), list):
        raise CorrectionError(f"{path}: holds something else than [[correction]]; corrections/README.md shows a whole file")
    for number, entry in enumerate(tree.get("correction", []), 1):
        try:
            yield Correction.model_validate(entry)
        except ValidationError as error:
            told = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}".removeprefix(": ") for e in error.errors())
            raise CorrectionError(f"{path}: correction {number}: {told}") from error
