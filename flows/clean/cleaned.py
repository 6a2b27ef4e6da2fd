"""The common result of every format: text, paragraphs with what the markup tells of them, and what the page says of itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


class CleanError(Exception):
    """The bytes cannot become a document. The message is the quarantine's reason; `detail` says what was seen."""

    def __init__(self, reason: str, detail: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


@dataclass(slots=True)
class Voice:
    """A turn as the markup itself gives it (TEI <u who>, <speech>, captions' <v>, a ConvoKit utterance)."""

    label: str | None = None  # as written or as the markup says it
    label_start: int | None = None  # where it stands in the text, if it does
    label_end: int | None = None
    external_id: str | None = None  # the input's own id of the utterance
    person: str | None = None  # the publisher's id of the person, with its scheme: "parlamint-sk:Babiak.Pavol"
    name: str | None = None  # the full name, if the markup gives it
    role: str | None = None
    organisation: str | None = None
    party: str | None = None
    constituency: str | None = None
    kind: str | None = None  # a schemas.SpeakerKind, if the markup says it
    time_start: float | None = None  # seconds into the recording
    time_end: float | None = None
    answers: str | None = None  # external_id of the utterance that this one replies to


@dataclass(slots=True)
class Paragraph:
    """A paragraph of the text. Offsets are code points into `Cleaned.text`, half-open, without surrounding white space."""

    start: int
    end: int
    zone: str | None = None  # a schemas.Zone that the format is sure of; None leaves it to the segmenter
    voice: int | None = None  # index into Cleaned.voices: the markup says who speaks this paragraph
    is_speech: bool = True  # False: inside a turn, but nobody's words (a stage direction, a sub-head, a vote)
    bold: int = 0  # code points of the paragraph's bold prefix
    soft: tuple[int, ...] = ()  # offsets inside the paragraph at which an inner line may open a turn
    indent: int = 0
    lead: int = 0  # code points of the line's number with which it begins: nobody's word, and no part of a label
    is_heading: bool = False
    is_italic: bool = False  # all of it
    box: int = 0  # the kind of div, section or article that it stands in: one number for siblings of one class


@dataclass(slots=True)
class Cleaned:
    """One document, read: its text and all that its format and page say of it."""

    text: str
    paragraphs: list[Paragraph]
    format: str  # as in documents.format
    voices: list[Voice] = field(default_factory=list)  # empty: who speaks is found from labels
    external_id: str | None = None
    url: str | None = None
    title: str | None = None
    kind: str | None = None  # a schemas.DocumentKind, if the input says it
    language: str | None = None  # BCP 47, if the input says it
    published_on: dt.date | None = None
    event_on: dt.date | None = None
    source: str | None = None  # if the input says it
    note: str | None = None  # why it is no transcript ("home page in place of an article"), or what else to know
    origin: str | None = None  # its own, where the file holds several documents that have neither id nor address


@dataclass(frozen=True, slots=True)
class Refused:
    """One record of a file of many that cannot become a document, where the others can: a row of the quarantine."""

    origin: str  # the file's, with what tells the record from the others: "debates.jsonl#17"
    reason: str
    detail: str | None = None
    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of some bytes from outside them: where they came from, and what an index said of them."""

    origin: str  # URL or relative path; its suffix is a hint, never the decision
    source: str = "local"
    media_type: str | None = None
    url: str | None = None
    title: str | None = None
    language: str | None = None
    published_on: dt.date | None = None
    label_hints: tuple[str, ...] = ()  # from the source's file; they nudge, the document decides
