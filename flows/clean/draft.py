"""Building a document's text from marked-up parts: paragraphs are added in order, offsets are kept."""

from __future__ import annotations

import datetime as dt
import re

from flows.clean.cleaned import Cleaned, CleanError, Paragraph, Voice

BREAK = "\n\n"  # between paragraphs of a text that we build
# White space that is more than one space. Not the no-break space: it may stand inside a number.
WHITE = re.compile(r"[\t\r\n\f\v\u2028\u2029][ \t\r\n\f\v\u2028\u2029]*| [ \t\r\n\f\v\u2028\u2029]+")
TO_FOLD = ("  ", "\n", "\t", "\r", "\f", "\v", "\u2028", "\u2029")  # looked for first: most paragraphs have none
BLANK_LINES = re.compile(r"(?<=\S)[ \t\r]*\n[ \t\r]*\n\s*(?=\S)")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
SURROGATES = re.compile("[\ud800-\udfff]")


class Draft:
    """A document being written: call `paragraph` for each, then `finish`."""

    def __init__(self, format: str) -> None:
        self.format = format
        self.voices: list[Voice] = []
        self.paragraphs: list[Paragraph] = []
        self._parts: list[str] = []
        self._size = 0

    def voice(self, voice: Voice) -> int:
        """Takes the voice of an utterance; its index is for `paragraph`."""
        self.voices.append(voice)
        return len(self.voices) - 1

    def paragraph(
        self,
        text: str,
        *,
        voice: int | None = None,
        zone: str | None = None,
        is_speech: bool = True,
        is_heading: bool = False,
        label: str | None = None,
        box: int = 0,
        bold: int = 0,
    ) -> bool:
        """Adds a paragraph, its white space folded; False, and nothing added, where there is nothing to read in it.

        `label` is how the paragraph begins where the markup writes the speaker's name there: the voice learns its offsets.
        """
        label = label and fold(label)
        return self.verbatim(
            fold(text), voice=voice, zone=zone, is_speech=is_speech, is_heading=is_heading, label=label, box=box, bold=bold
        )

    def verbatim(
        self,
        text: str,
        *,
        voice: int | None = None,
        zone: str | None = None,
        is_speech: bool = True,
        is_heading: bool = False,
        label: str | None = None,
        box: int = 0,
        bold: int = 0,
    ) -> bool:
        """Adds a paragraph as it stands; only white space around it is left out."""
        text = clean_characters(text).strip()
        if not text:
            return False
        if self._parts:
            self._parts.append(BREAK)
            self._size += len(BREAK)
        start = self._size
        self._parts.append(text)
        self._size += len(text)
        self.paragraphs.append(
            Paragraph(start, self._size, zone=zone, voice=voice, is_speech=is_speech, is_heading=is_heading, box=box, bold=bold)
        )
        if label and voice is not None and text.startswith(label):
            speaker = self.voices[voice]
            speaker.label, speaker.label_start, speaker.label_end = label, start, start + len(label)
        return True

    def utterance(self, text: str, voice: int) -> None:
        """Adds what one speaker said as it stands, blank lines in it included: they part its paragraphs."""
        text = clean_characters(text).strip()
        if self._parts:
            self._parts.append(BREAK)
            self._size += len(BREAK)
        self._parts.append(text)
        at = 0
        for gap in [*BLANK_LINES.finditer(text), None]:
            end = gap.start() if gap else len(text)
            self.paragraphs.append(Paragraph(self._size + at, self._size + end, voice=voice))
            at = gap.end() if gap else end
        self._size += len(text)

    def text_of(self, paragraph: Paragraph) -> str:
        """The words of a paragraph that was added."""
        at = 0
        for part in self._parts:
            if at == paragraph.start:
                return part[: paragraph.end - paragraph.start]
            at += len(part)
        return ""

    def finish(
        self,
        *,
        external_id: str | None = None,
        url: str | None = None,
        title: str | None = None,
        kind: str | None = None,
        language: str | None = None,
        published_on: dt.date | None = None,
        event_on: dt.date | None = None,
        source: str | None = None,
        note: str | None = None,
    ) -> Cleaned:
        """The document. Raises CleanError where no paragraph was added."""
        if not self.paragraphs:
            raise CleanError("no text", f"a document of format {self.format} without a word in it")
        return Cleaned(
            text="".join(self._parts),
            paragraphs=self.paragraphs,
            format=self.format,
            voices=self.voices,
            external_id=external_id,
            url=url,
            title=fold(title) if title else None,
            kind=kind,
            language=language,
            published_on=published_on,
            event_on=event_on,
            source=source,
            note=note,
        )


def fold(text: str) -> str:
    """White space, line ends included, becomes single spaces; no-break spaces stay."""
    text = text.strip()
    return WHITE.sub(" ", text) if any(white in text for white in TO_FOLD) else text


def clean_characters(text: str) -> str:
    """Without what no table can hold: lone surrogates (JSON escapes make them) and control characters become U+FFFD."""
    if text.isprintable():
        return text
    if not text.isascii() and SURROGATES.search(text):
        text = SURROGATES.sub("\ufffd", text)
    return CONTROLS.sub("\ufffd", text) if CONTROLS.search(text) else text


def day(value: object) -> dt.date | None:
    """The day that a date or time in ISO 8601 names; None for anything else."""
    try:
        return dt.date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
