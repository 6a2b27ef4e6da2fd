"""Plenary protocols of the German Bundestag: dbtplenarprotokoll (19th term on), and the text-only DOKUMENT before it.

Elements and paragraph classes as in the Bundestag's "Strukturdefinition für Plenarprotokolle" (dbtplenarprotokoll.dtd).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from lxml import etree

from flows.clean.cleaned import Cleaned, CleanError, Hints, Paragraph, Voice
from flows.clean.draft import Draft, clean_characters, fold
from flows.clean.xml_tree import local, parse, words

CHAIR = re.compile(r"((?:Alters|Vize)?[Pp]räsident(?:in)?)\s+(.+)$")
DOCTOR = re.compile(r"^(?:(?:Dr\.|Prof\.|h\.\s?c\.|Dr\.-Ing\.)\s*)+")
UNSEEN = frozenset(("a",))  # anchors of the print's pages
PARTS = frozenset(  # where one begins, nobody has the floor
    ("vorspann", "sitzungsverlauf", "tagesordnungspunkt", "sitzungsende", "anlagen", "anlage", "anlagen-text")
)
HEADINGS = re.compile(r"T_|T$|AL_|Anlage|inhalt|Titel", re.I)
GERMAN_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")


def read(content: bytes, hints: Hints) -> Iterator[Cleaned]:
    """One document: the sitting. Raises CleanError for unreadable XML."""
    root = parse(content)
    yield _text_only(root, hints) if local(root) == "DOKUMENT" else _protocol(root, hints)


def _protocol(root: etree._Element, hints: Hints) -> Cleaned:
    draft = Draft("bundestag")
    walk = _Walk(draft, _names(root))
    for part in root:
        if local(part) != "rednerliste":
            walk.section(part)
    term, number = root.get("wahlperiode"), root.get("sitzung-nr")
    return draft.finish(
        external_id=f"{term}/{number}" if term and number else None,
        url=hints.url,
        title=hints.title or (f"Plenarprotokoll {term}/{number}" if term and number else None),
        kind="sitting",
        language="de",
        published_on=hints.published_on,
        event_on=_day(root.get("sitzung-datum")),
    )


def _text_only(root: etree._Element, hints: Hints) -> Cleaned:
    """The protocols before 2017: a few facts and one long text whose labels the segmenter finds."""
    from flows.clean.paragraphs import split_paragraphs

    facts = {local(e): fold(words(e)) for e in root if local(e) != "TEXT"}
    body = next((e for e in root if local(e) == "TEXT"), None)
    text = clean_characters(words(body)).replace("\r\n", "\n").replace("\r", "\n") if body is not None else ""
    if not text.strip():
        raise CleanError("no text", "a DOKUMENT without <TEXT>")
    paragraphs: list[Paragraph] = split_paragraphs(text)
    return Cleaned(
        text,
        paragraphs,
        "bundestag-text",
        external_id=facts.get("NR") or None,
        url=hints.url,
        title=hints.title or " ".join(filter(None, (facts.get("DOKUMENTART"), facts.get("NR")))) or None,
        kind="sitting",
        language="de",
        published_on=hints.published_on,
        event_on=_day(facts.get("DATUM")),
    )


class _Walk:
    """Goes through the protocol in order and remembers who speaks."""

    def __init__(self, draft: Draft, names: dict[str, str | None]) -> None:
        self.draft = draft
        self.names = names
        self.voice: Voice | None = None
        self.index: int | None = None  # of that voice in the draft, once it has said something
        self.speech: str | None = None  # the id of the <rede>, for its first turn

    def section(self, element: etree._Element) -> None:
        if local(element) in PARTS:
            self._nobody()
        for child in element:
            name = local(child)
            if name == "rede":
                self.speech = child.get("id")
                self.section(child)
                self._nobody()
            elif name == "name":
                self._chair(fold(words(child, UNSEEN)))
            elif name == "p":
                self._paragraph(child)
            elif name == "kommentar":
                self._add(words(child, UNSEEN), is_speech=False)
            elif name == "table":
                for row in child.iter("tr"):
                    self._add(" | ".join(fold(words(cell, UNSEEN)) for cell in row), is_speech=False)
            elif name and name not in UNSEEN:
                if child.text and not child.text.isspace():
                    self._add(words(child, UNSEEN), is_speech=False)
                else:
                    self.section(child)

    def _nobody(self) -> None:
        self.voice = self.index = None

    def _paragraph(self, paragraph: etree._Element) -> None:
        style = paragraph.get("klasse") or ""
        speaker = next(paragraph.iter("redner"), None)
        if speaker is not None:
            label = fold(words(paragraph, UNSEEN | {"redner"})) or _full_name(speaker)
            self._begin(_voice(speaker, label.rstrip(" :"), self.speech), label)
            self.speech = None
        elif style == "redner":
            self._chair(fold(words(paragraph, UNSEEN)))
        else:
            heading = bool(HEADINGS.match(style))
            self._add(words(paragraph, UNSEEN), is_speech=not heading, is_heading=heading)

    def _chair(self, label: str) -> None:
        """A `<name>` inside the speeches: whoever presides, without an id of their own."""
        bare = label.rstrip(" :")
        found = CHAIR.match(bare)
        name = DOCTOR.sub("", found[2]) if found else None
        identity = self.names.get(name) if name else None
        role = found[1] if found else None
        self._begin(Voice(label=bare, person=identity, name=name, role=role, kind="moderator" if found else None), label)

    def _begin(self, voice: Voice, label: str) -> None:
        if not self.draft.paragraph(label, zone="transcript", is_speech=False):
            return
        voice.label_start = self.draft.paragraphs[-1].start
        voice.label_end = voice.label_start + len(voice.label or "")
        self.voice, self.index = voice, None

    def _add(self, text: str, is_speech: bool, is_heading: bool = False) -> None:
        if self.voice is None or (self.index is None and not is_speech):
            zone = "title" if is_heading else "boilerplate"
            self.draft.paragraph(text, zone=zone, is_speech=False, is_heading=is_heading)
            return
        if self.index is None and fold(text):
            self.index = self.draft.voice(self.voice)
        self.draft.paragraph(text, voice=self.index, is_speech=is_speech, is_heading=is_heading)


def _voice(speaker: etree._Element, label: str, speech: str | None) -> Voice:
    facts = {local(e): fold(words(e)) for e in speaker.iter() if len(e) == 0}
    identity = speaker.get("id")
    return Voice(
        label=label,
        external_id=speech,
        person=f"bundestag:{identity}" if identity else None,
        name=_full_name(speaker) or None,
        role=facts.get("rolle_lang") or None,
        organisation=facts.get("bundesland") or None,
        party=facts.get("fraktion") or None,
        kind="official",
    )


def _full_name(speaker: etree._Element) -> str:
    facts = {local(e): fold(words(e)) for e in speaker.iter() if len(e) == 0}
    return " ".join(facts[key] for key in ("vorname", "namenszusatz", "nachname") if facts.get(key))


def _names(root: etree._Element) -> dict[str, str | None]:
    """Full names that the file gives ids for; None for a name that two persons bear."""
    found: dict[str, str | None] = {}
    for speaker in root.iter("redner"):
        name, identity = _full_name(speaker), f"bundestag:{speaker.get('id')}"
        if name and speaker.get("id"):
            found[name] = identity if found.get(name, identity) == identity else None
    return found


def _day(value: str | None) -> dt.date | None:
    found = GERMAN_DATE.search(value or "")
    try:
        return dt.date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None
