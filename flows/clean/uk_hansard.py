"""The UK's historic Hansard (1803-2005) in the XML of its digitisation: `<member>` and `<membercontribution>`.

Elements as in the digitisation's schema (hansard_v8.xsd). `<col>` and `<image>` stand for page furniture in running text
and are dropped; a line break after a finished sentence is a paragraph of the print.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from flows.clean.cleaned import Cleaned, CleanError, Hints, Refused, Voice
from flows.clean.draft import Draft, day, fold
from flows.clean.xml_tree import local, parse, words

SITTINGS = frozenset(
    {"housecommons", "houselords", "westminsterhall", "grandcommitteereport", "writtenanswers", "writtenstatements"}
    | {"commonswrittenanswers", "lordswrittenanswers", "lordswrittenstatements"}
)
TITLES = {
    "housecommons": "House of Commons",
    "houselords": "House of Lords",
    "westminsterhall": "Westminster Hall",
    "grandcommitteereport": "Grand Committee",
}
FURNITURE = frozenset(("col", "image"))
CHAIR = re.compile(r"(?:mr|madam|the)\.? (?:deputy[- ])?(?:speaker|chairman|lord chancellor)|the (?:deputy )?chairman", re.I)
ASKED = re.compile(
    r"((?:Mr|Mrs|Miss|Ms|Sir|Dr|Dame|Lord|Lady|Captain|Major|Colonel|Commander|Professor|Rev)\.? "
    r"[A-Z][^\s,]*(?: [A-Z(][^\s,]*){0,4}) asked "
)
GOES_ON = re.compile(r"[a-z]")
SENTENCE_END = re.compile(r"[.?!:;—]['\"”’)\]]*\s*$")


def read(content: bytes, hints: Hints) -> Iterator[Cleaned | Refused]:
    """A document for each sitting: a file is one, or a volume of many. Raises CleanError for unreadable XML."""
    root = parse(content)
    sittings = [e for e in root if local(e) in SITTINGS] if local(root) == "hansard" else [root]
    if not sittings:
        yield _document(root, hints, None, note="front matter of a volume: no sitting in it")
        return
    for number, sitting in enumerate(sittings, 1):
        identity = f"{local(sitting)}/{_date(sitting) or number}" if len(sittings) > 1 else None
        try:
            yield _document(sitting, hints, identity)
        except CleanError as error:
            if len(sittings) == 1:
                raise
            yield Refused(f"{hints.origin}#{identity}", error.reason, error.detail, identity)


def _date(sitting: etree._Element) -> str | None:
    return next((e.get("format") for e in sitting.iter("date")), None)


def _document(sitting: etree._Element, hints: Hints, identity: str | None, note: str | None = None) -> Cleaned:
    draft = Draft("uk-hansard")
    _Walk(draft, is_written="written" in local(sitting)).section(sitting)
    date = _date(sitting)
    house = TITLES.get(local(sitting)) or fold(words(next(sitting.iter("title"), sitting), FURNITURE))[:100]
    return draft.finish(
        external_id=identity,
        url=hints.url,
        title=hints.title or f"{house.rstrip('.')}{f', {date}' if date else ''}",
        kind="sitting" if draft.voices else None,
        language="en",
        published_on=hints.published_on,
        event_on=day(date),
        note=note,
    )


class _Walk:
    """Goes through a sitting's sections in order; remembers who speaks, for words that a vote or a page interrupts."""

    def __init__(self, draft: Draft, is_written: bool) -> None:
        self.draft = draft
        self.is_written = is_written
        self.speaking: int | None = None

    def section(self, element: etree._Element) -> None:
        for child in element:
            name = local(child)
            if name == "p":
                self._paragraph(child)
            elif name in ("title", "date"):
                self.speaking = None if name == "title" else self.speaking
                self.draft.paragraph(words(child, FURNITURE), zone="title", is_heading=True, is_speech=False)
            elif name in ("table", "division", "ul", "ol", "quote", "index", "indexdiv", "frontmatter"):
                self._rows(child)
            elif name and name not in FURNITURE:
                before = self.is_written
                self.is_written = before or "written" in name
                self.section(child)
                self.is_written = before

    def _rows(self, element: etree._Element) -> None:
        """A table, a vote, a list: a paragraph for each row, in nobody's mouth."""
        rows = list(element.iter("tr")) or list(element.iter("p", "li")) or [element]
        for row in rows:
            cells = [fold(words(cell, FURNITURE)) for cell in row] if local(row) == "tr" else [words(row, FURNITURE)]
            self.draft.paragraph(" | ".join(cell for cell in cells if cell), zone="boilerplate", is_speech=False)

    def _paragraph(self, paragraph: etree._Element) -> None:
        member = next((e for e in paragraph if local(e) == "member"), None)
        label = fold(words(member, FURNITURE)) if member is not None else ""
        if label:
            self._speech(paragraph, label)
            return
        text = fold(words(paragraph, FURNITURE))
        asked = ASKED.match(text) if self.is_written else None
        if asked:
            self.speaking = self._say(text, asked[1], paragraph.get("id"))
        elif self.speaking is not None and text and (GOES_ON.match(text) or self.is_written):
            self.draft.paragraph(text, voice=self.speaking)
        else:
            self.draft.paragraph(text, zone="boilerplate", is_speech=False)

    def _speech(self, paragraph: etree._Element, label: str) -> None:
        parts = list(_parts(paragraph))
        said = [text for is_speech, text in parts if is_speech]
        if not said or not re.sub(r"[\s:.,—-]", "", "".join(said).replace(label, "", 1)):
            self.draft.paragraph(words(paragraph, FURNITURE), zone="boilerplate", is_speech=False)
            return
        self.speaking = None
        for is_speech, text in parts:
            if self.speaking is None:
                self.speaking = self._say(text, label, paragraph.get("id"))
            else:
                self.draft.paragraph(text, voice=self.speaking, is_speech=is_speech)

    def _say(self, text: str, label: str, identity: str | None) -> int:
        in_chair = CHAIR.match(label)
        voice = self.draft.voice(Voice(label=label, external_id=identity, kind="moderator" if in_chair else "official"))
        self.draft.paragraph(text, voice=voice, label=label)
        return voice


def _parts(paragraph: etree._Element) -> Iterator[tuple[bool, str]]:
    """(is_speech, text) of a member's paragraph: label first, cut at line breaks after a finished sentence; tables apart."""
    held: list[str] = []

    def cut() -> Iterator[tuple[bool, str]]:
        text = fold("".join(held))
        held.clear()
        if text:
            yield True, text

    for event, node in _flat(paragraph):
        if event == "text":
            held.append(node)
        elif event == "break":
            if SENTENCE_END.search("".join(held[-3:])[-8:]):
                yield from cut()
            else:
                held.append(" ")
        else:
            yield from cut()
            yield False, node
    yield from cut()


def _flat(element: etree._Element) -> Iterator[tuple[str, str]]:
    if element.text:
        yield "text", element.text
    for child in element:
        name = local(child)
        if name == "lb":
            yield "break", ""
        elif name == "table":
            for row in child.iter("tr"):
                yield "table", " | ".join(fold(words(cell, FURNITURE)) for cell in row)
        elif name and name not in FURNITURE:
            yield from _flat(child)
        if child.tail:
            yield "text", child.tail
