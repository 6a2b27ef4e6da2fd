"""What segmentation makes of a cleaned document: zones, turns with their speakers, sentences. All by index and offset."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


@dataclass(slots=True)
class TurnSpan:
    """A turn. Offsets are code points into the document's text, half-open; `start` is the first word said."""

    start: int
    end: int
    first: int  # the paragraphs that it covers, first and last, as indexes into Cleaned.paragraphs
    last: int
    label: str | None = None  # as written; None for a continuation and where the markup writes none
    label_start: int | None = None
    label_end: int | None = None
    voice: int | None = None  # index into Cleaned.voices, where the markup says who speaks
    score: float = 0.0  # log-odds that the label is one, from the document's own regularities
    continues: int | None = None  # the turn that another zone interrupted and that goes on here
    told: str | None = None  # without a label: whom the title names as the one who answers; empty for the one who asks
    # filled in by flows/segment/speakers.py:
    speaker_id: str | None = None
    speaker_name: str | None = None
    role: str | None = None
    organisation: str | None = None
    speaker_kind: str = "unknown"
    attribution: str = "none"
    evidence: str = ""  # the code whose measured precision is the confidence
    confidence: float = 0.0
    doubt: str | None = None
    answers: int | None = None  # the turn that this one answers


@dataclass(slots=True)
class BlockSpan:
    """A paragraph, or the part of it that lies in one zone and one turn."""

    start: int
    end: int
    zone: str
    turn: int | None = None


@dataclass(slots=True)
class SentenceSpan:
    """A sentence of a turn."""

    start: int
    end: int
    turn: int
    is_speech: bool = True


@dataclass(slots=True)
class Segmented:
    """One document, cut. Blocks, turns and sentences are in the order of the text and do not overlap among themselves."""

    blocks: list[BlockSpan]
    turns: list[TurnSpan]
    sentences: list[SentenceSpan]
    kind: str = "other"
    title: str | None = None
    language: str | None = None
    published_on: dt.date | None = None
    event_on: dt.date | None = None
    note: str | None = None
    people: dict[str, str | None] = field(default_factory=dict)  # speaker_id -> Wikidata id, for the speakers named here
