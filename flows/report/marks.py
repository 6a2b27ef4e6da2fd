"""What people marked on quality cards: files saved from the report, kept beside the database, counted by release.

A file is what the report's page saves: {"release_id": ..., "sampled": n, "marks": {claim_id: {"figure": "right", ...}}}.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

FOLDER = "marks"
LARGEST = 1_000_000  # bytes of a saved file: thousands of marks
PARTS: tuple[Literal["figure", "speaker"], ...] = ("figure", "speaker")
Mark = Literal["right", "wrong"] | None


class MarksError(ValueError):
    """A file that is no saved quality card; the message says why."""


class Marked(BaseModel):
    """What one person said of one claim."""

    model_config = ConfigDict(extra="forbid")
    figure: Mark = None
    speaker: Mark = None


class Card(BaseModel):
    """One saved quality card."""

    model_config = ConfigDict(extra="forbid")
    release_id: Annotated[str, Field(pattern=r"^[\w.-]{1,80}$")]
    sampled: Annotated[int, Field(ge=0, le=100_000)]
    marks: dict[Annotated[str, Field(max_length=80)], Marked]

    @model_validator(mode="after")
    def _no_more_than_sampled(self) -> Card:
        if len(self.marks) > self.sampled:
            raise ValueError(f"{len(self.marks)} claims are marked of {self.sampled} that were shown")
        return self


@dataclass(frozen=True)
class Precision:
    """How many of a release's marked claims are right in one part, with the likely range (Wilson's interval, 95 %)."""

    release_id: str
    part: Literal["figure", "speaker"]
    right: int
    marked: int

    @property
    def low(self) -> float:
        return max(0.0, self._middle() - self._half())

    @property
    def high(self) -> float:
        return min(1.0, self._middle() + self._half())

    def _middle(self) -> float:
        return (self.right / self.marked + 1.96**2 / (2 * self.marked)) / (1 + 1.96**2 / self.marked)

    def _half(self) -> float:
        share, n = self.right / self.marked, self.marked
        return 1.96 * math.sqrt(share * (1 - share) / n + 1.96**2 / (4 * n * n)) / (1 + 1.96**2 / n)


def read(path: Path) -> Card:
    """A saved card. Raises MarksError for a file that is none."""
    if path.stat().st_size > LARGEST:
        raise MarksError(f"{path} has more than {LARGEST:,} bytes: no quality card")
    try:
        return Card.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        raise MarksError(f"{path} is no saved quality card: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def keep(files: Iterable[Path], database: Path) -> list[Path]:
    """Takes saved cards into the folder beside the database, each once; all of them are read before any is written."""
    folder = database.parent / FOLDER
    cards = [read(path) for path in files]
    kept = []
    for card in cards:
        body = card.model_dump_json(indent=1, exclude_none=True)
        target = folder / f"{card.release_id}-{hashlib.sha256(body.encode()).hexdigest()[:8]}.json"
        folder.mkdir(exist_ok=True)
        target.write_text(body, "utf-8")
        kept.append(target)
    return kept


def precision(database: Path) -> list[Precision]:
    """The kept cards' counts by release, newest first, and part; what two people marked counts twice."""
    counts: dict[tuple[str, Literal["figure", "speaker"]], list[bool]] = defaultdict(list)
    for path in sorted((database.parent / FOLDER).glob("*.json")):
        card = read(path)
        for marked in card.marks.values():
            for part in PARTS:
                if (mark := getattr(marked, part)) is not None:
                    counts[card.release_id, part].append(mark == "right")
    ordered = sorted(counts.items(), key=lambda item: (item[0][0], item[0][1] == "figure"), reverse=True)
    return [Precision(release, part, sum(found), len(found)) for (release, part), found in ordered]
