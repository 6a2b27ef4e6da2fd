"""TheyWorkForYou's XML (parlparse, parser.theyworkforyou.com/hansard.html) and OpenAustralia's, which follows it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from flows.clean.cleaned import Cleaned, Hints, Voice
from flows.clean.draft import Draft, day, fold
from flows.clean.xml_tree import local, parse, words

SPOKEN = frozenset(("speech", "ques", "reply"))
HEADINGS = frozenset(("major-heading", "minor-heading", "oral-heading"))
DOCUMENT_ID = re.compile(r"(.+?(\d{4}-\d{2}-\d{2})[a-z]?)\.")
CHAIR = re.compile(
    r"(?:(?:mr|madam|mister)\.? )?(?:(?:acting|temporary|deputy|assistant|lord) )*"
    r"(?:speaker|president|chair(?:man|woman|person)?)"
    r"|the (?:temporary )?chair(?:man)?|presiding officer|deputy presiding officer|convener",
    re.I,
)
HOUSES = {
    "debate": "House of Commons debates",
    "debates": "House of Commons debates",
    "lords": "House of Lords debates",
    "westminhall": "Westminster Hall debates",
    "wrans": "Written answers",
    "wms": "Written ministerial statements",
    "standing": "Public bill committee",
    "spor": "Scottish Parliament",
    "spwa": "Scottish Parliament written answers",
    "ni": "Northern Ireland Assembly",
    "senedd": "Senedd",
}
AUSTRALIAN = {"debates": "House of Representatives debates", "lords": "Senate debates"}  # its ids say what the British say
UNKNOWN = frozenset(("", "unknown", "None"))


def read(content: bytes, hints: Hints) -> Iterator[Cleaned]:
    """One document: the sitting, with a voice for each speech. Raises CleanError for unreadable XML."""
    root = parse(content)
    draft = Draft("theyworkforyou")
    scheme = "openaustralia" if local(root) == "debates" else "publicwhip"
    for element in root:
        name = local(element)
        if name in SPOKEN:
            _speech(draft, element, scheme)
        elif name in HEADINGS:
            draft.paragraph(words(element), zone="title", is_heading=True, is_speech=False)
        elif name == "division":
            _division(draft, element)
        elif name:
            draft.paragraph(words(element), zone="boilerplate", is_speech=False)
    first = next((e.get("id") for e in root if DOCUMENT_ID.match(e.get("id") or "")), None)
    found = DOCUMENT_ID.match(first) if first else None
    house = found[1].rpartition("/")[0].rpartition("/")[2] if found else ""
    houses = AUSTRALIAN if scheme == "openaustralia" else HOUSES
    yield draft.finish(
        external_id=found[1] if found else None,
        url=hints.url,
        title=hints.title or (f"{houses.get(house, house)}, {found[2]}" if found and house else None),
        kind="statement" if house in ("wrans", "wms", "spwa") else "sitting",
        language=hints.language,
        published_on=hints.published_on,
        event_on=day(found[2]) if found else None,
    )


def _speech(draft: Draft, speech: etree._Element, scheme: str) -> None:
    voice = None
    if speech.get("nospeaker") != "true" and fold(speech.get("speakername") or "") not in UNKNOWN:
        voice = draft.voice(_voice(speech, scheme))
    said = len(draft.paragraphs)
    for is_speech, text in _paragraphs(speech, scheme):
        if not isinstance(text, str):
            _speech(draft, text, scheme)  # another's, inside this one
            continue
        zone = None if voice is not None else "boilerplate"
        draft.paragraph(text, voice=voice, zone=zone, is_speech=is_speech and voice is not None)
    if voice is not None and len(draft.paragraphs) == said:
        draft.voices.pop()


def _voice(speech: etree._Element, scheme: str) -> Voice:
    name = fold(speech.get("speakername") or "")
    office = fold(speech.get("speakeroffice") or "") or None
    person = next((speech.get(key) for key in ("person_id", "speakerid") if (speech.get(key) or "") not in UNKNOWN), None)
    in_chair = CHAIR.fullmatch(name) or (office and CHAIR.fullmatch(office))
    return Voice(
        label=name,
        external_id=speech.get("id"),
        person=f"{scheme}:{person}" if person else None,  # both publishers' ids begin "uk.org.publicwhip/"
        name=None if CHAIR.fullmatch(name) or not person else name,
        role=office or (name if in_chair else None),
        kind="moderator" if in_chair else "official",
    )


def _paragraphs(speech: etree._Element, scheme: str) -> Iterator[tuple[bool, str | etree._Element]]:
    """(is_speech, text): what Hansard prints in italics on a line of its own is procedure, tables are documents.

    A speech inside the speech is given as its element.
    """
    if speech.text and not speech.text.isspace():
        yield True, speech.text
    for child in speech:
        name = local(child)
        if name in SPOKEN:
            yield True, child
        elif name == "table":
            yield from ((False, " | ".join(fold(words(cell)) for cell in row)) for row in child.iter("tr"))
        elif name in ("ul", "ol", "dl"):
            yield from ((True, text) for text in _items(child))
        elif name:
            yield not _is_procedure(child, scheme), words(child)
        if child.tail and not child.tail.isspace():
            yield True, child.tail


def _items(element: etree._Element) -> Iterator[str]:
    """The items of a list; a term and its definition (OpenAustralia's numbered lists) are one item."""
    term = ""
    for item in element:
        text = fold(words(item))
        if local(item) == "dt":
            term = text
        elif text:
            yield f"{term} {text}".strip()
            term = ""
    if term:
        yield term


def _is_procedure(paragraph: etree._Element, scheme: str) -> bool:
    """Whether a paragraph is wholly in italics or marked as procedure.

    OpenAustralia's class "italic" is small print (quotations, speeches handed in), so it does not count there.
    """
    style = paragraph.get("class")
    if style in ("procedural", "timestamp", "division") or (style == "italic" and scheme == "publicwhip"):
        return len(fold(words(paragraph))) < 300
    inner = list(paragraph)
    if len(inner) != 1 or local(inner[0]) not in ("i", "em"):
        return False
    return not fold(paragraph.text or "") and not fold(inner[0].tail or "") and len(fold(words(paragraph))) < 300


def _division(draft: Draft, division: etree._Element) -> None:
    """A vote: its figures and who voted how, as printed lists that nobody speaks."""
    count = next(division.iter("divisioncount"), None)
    number = division.get("divnumber")
    figures = ", ".join(f"{key} {value}" for key, value in count.attrib.items()) if count is not None else ""
    draft.paragraph(f"Division {number or ''}: {figures}".replace(" :", ":"), zone="boilerplate", is_speech=False)
    for names in division:
        if local(names) in ("mplist", "lordlist", "msplist", "mlalist", "mslist", "memberlist"):
            voted = [fold(words(name)) for name in names]
            draft.paragraph(f"{names.get('vote') or 'names'}: {'; '.join(voted)}", zone="boilerplate", is_speech=False)
        elif local(names) in ("bills", "pairs", "p"):
            draft.paragraph(" ".join(names.itertext()), zone="boilerplate", is_speech=False)
