"""Plain text with speeches between tags, as Kenya's Hansard was typed up: <Header>...</Header>, <Newspeech>...</Newspeech>.

The decoded file is the document's text, tags and all, so that offsets hold in the file; paragraphs leave the tags out. A
tagged speech begins with its speaker's label; what stands between speeches is the clerks', unless it bears a label itself.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from flows.clean.cleaned import Cleaned, CleanError, Hints, Paragraph, Voice
from flows.clean.dates import date_in_name, event_date
from flows.clean.decode import decode

TAG = re.compile(r"<(/?)\s*(header|newspeech)\s*(/?)\s*>", re.I)
LINE = re.compile(r"[^\n]+")
TITLE = r"(?:Mr|Mrs|Miss|Ms|Dr|Prof|Hon|Capt|Maj|Lt|Col|Gen|The|An|A|Several|Some)\b\.?"
LABEL = re.compile(rf"({TITLE} [^:;\n]{{2,110}}?)\s?[:;]|({TITLE} [A-Za-z.' -]{{2,50}}?) asked\b", re.I)
CHAIR = re.compile(r"(?:the )?(?:temporary |deputy |acting )*(?:mr\. )?(?:deputy )?(?:speaker|chairman)\b", re.I)
INNER = re.compile(  # a speaker's label that the typist ran on with the speech before: "... One hour! MR. SPEAKER: Two hours"
    r"(?<=[.!?)]) +(?=(?:MRS?|MS|DR|PROF|THE|HON)\b\.? [A-Z][A-Z .'’-]{2,50}(?:\([^()\n]{2,40}\))? ?: )"
)
CAPITALS = 0.6  # share of a label's letters
SHORT = 4  # words of a label in small letters


def read(content: bytes, hints: Hints) -> Iterator[Cleaned]:
    """One document. Raises CleanError where there is no text between the tags."""
    text = decode(content)
    walk = _Walk(text)
    at, inside = 0, ""
    for tag in [*TAG.finditer(text), None]:
        walk.stretch(at, tag.start() if tag else len(text), inside)
        if tag:
            at, inside = tag.end(), "" if tag[1] else tag[2].lower()
    if not walk.paragraphs:
        raise CleanError("no text", "nothing but tags")
    yield Cleaned(
        text,
        walk.paragraphs,
        "tagged-text",
        voices=walk.voices,
        url=hints.url,
        title=hints.title,
        kind="sitting",
        language=hints.language,
        published_on=hints.published_on,
        event_on=event_date(text[:3_000], date_in_name(hints.origin)) or date_in_name(hints.origin),
    )


class _Walk:
    """Adds the lines between two tags at a time."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.paragraphs: list[Paragraph] = []
        self.voices: list[Voice] = []

    def stretch(self, start: int, end: int, inside: str) -> None:
        voice: int | None = None
        is_first = True
        for line in LINE.finditer(self.text, start, end):
            for first, body in _pieces(line[0], line.start(), inside == "newspeech"):
                voice = voice if inside == "newspeech" else None  # no tag says how far an untagged speech goes
                label = LABEL.match(body)
                if label and len(body) > label.end() and _is_name(label[1] or label[2], is_first and inside == "newspeech"):
                    voice = self._voice(label[1] or label[2], first)
                is_first = False
                self._paragraph(first, body, inside, voice)

    def _paragraph(self, first: int, body: str, inside: str, voice: int | None) -> None:
        is_heading = inside == "header" and voice is None and len(body) < 200  # an unclosed header holds speeches
        zone = None if voice is not None else "title" if is_heading else "boilerplate"
        self.paragraphs.append(
            Paragraph(first, first + len(body), zone=zone, voice=voice, is_heading=is_heading, is_speech=voice is not None)
        )

    def _voice(self, label: str, start: int) -> int:
        kind = "moderator" if CHAIR.match(label) else "official"
        self.voices.append(Voice(label=label, label_start=start, label_end=start + len(label), kind=kind))
        return len(self.voices) - 1


def _pieces(line: str, start: int, is_speech: bool) -> Iterator[tuple[int, str]]:
    """(offset, words) of a line's parts: cut where another speaker's label follows within a tagged speech."""
    cuts = [0, *(found.end() for found in INNER.finditer(line))] if is_speech else [0]
    for at, stop in itertools.pairwise([*cuts, len(line)]):
        body = line[at:stop].strip()
        if body:
            yield start + at + len(line[at:stop]) - len(line[at:stop].lstrip()), body


def _is_name(label: str, begins_speech: bool) -> bool:
    """Whether it is set as the print sets names: in capitals but for what stands in brackets; short, where a tag is before."""
    letters = [c for c in label.partition("(")[0] if c.isalpha()]
    in_capitals = sum(c.isupper() for c in letters) > CAPITALS * len(letters)
    return in_capitals or (begins_speech and "," not in label and len(label.split()) <= SHORT)
