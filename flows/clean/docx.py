"""Word documents: paragraphs with their styles and boldness, tables row by row."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import nsmap
from lxml import etree

from flows.clean.cleaned import Cleaned, CleanError, Hints, Voice
from flows.clean.dates import date_in_name, event_date
from flows.clean.draft import Draft, fold

NAMESPACES = {**nsmap, "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006"}


def qn(name: str) -> str:
    """w:p with its namespace written out, as lxml names elements."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


SPACES = {qn("w:tab"): " ", qn("w:br"): " ", qn("w:cr"): " ", qn("w:noBreakHyphen"): "-"}
CONTAINERS = frozenset((qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:moveTo"), qn("w:customXml"), qn("w:smartTag")))
BROKEN = (zipfile.BadZipFile, zlib.error, ValueError, EOFError)  # what zipfile says of a torn archive
PART_BYTES = 60_000_000  # of one XML part
TOTAL_BYTES = 300_000_000
RATIO = 300
HEADING = re.compile(r"heading|title|überschrift|titre|título|títol|titel|заголовок", re.I)
SPEAKER = re.compile(r"speaker|intervinent|intervenant|interviniente|orador|orateur|redner|spreker|sprecher|выступающ", re.I)
ASIDE = re.compile(r"acotaci|stage|direction|procedur|aside|kommentar|didascal", re.I)
BRACKETED = re.compile(r"[(\[].*[)\]]\.?$", re.S)
WITH_NAME = re.compile(r"(.+?)\s*\((?=[^)]*[^\W\d_]+ )([^)]+)\)\s*:?$")
LONGEST_LABEL = 160  # code points


def read(content: bytes, hints: Hints) -> Iterator[Cleaned]:
    """One document. Where a paragraph style marks speakers, its paragraphs are their labels.

    Raises CleanError for damaged files and for those that unpack to more than a document can be.
    """
    _check(content)
    try:
        document = docx.Document(io.BytesIO(content))
    except (PackageNotFoundError, *BROKEN, KeyError, etree.XMLSyntaxError, OSError) as error:
        raise CleanError("damaged docx", f"{type(error).__name__}: {str(error)[:300]}") from error
    walk = _Walk(Draft("docx"), document.styles)
    walk.look_ahead(document.element.body)
    walk.blocks(document.element.body)
    draft = walk.draft
    head = "\n".join(draft.text_of(p) for p in draft.paragraphs[:12])
    title = fold(document.core_properties.title or "")
    yield draft.finish(
        url=hints.url,
        title=hints.title or (title if len(title) > 12 else None),
        language=hints.language,
        published_on=hints.published_on,
        event_on=event_date(head[:3_000], date_in_name(hints.origin)) or date_in_name(hints.origin),
    )


def _check(content: bytes) -> None:
    """Raises CleanError for a zip that would unpack to too much; its sizes are held to when it is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sizes = [(info.file_size, info.compress_size) for info in archive.infolist()]
    except (*BROKEN, NotImplementedError) as error:
        raise CleanError("damaged docx", str(error)) from error
    total = sum(size for size, _ in sizes)
    largest = max((size for size, _ in sizes), default=0)
    if total > TOTAL_BYTES or largest > PART_BYTES or total > RATIO * len(content) + 1_000_000:
        raise CleanError("archive bomb", f"{total} bytes in {len(content)}, the largest part {largest}")


class _Walk:
    """Adds paragraphs in order; remembers the voice where a style marks speakers."""

    def __init__(self, draft: Draft, styles: Any) -> None:
        self.draft = draft
        self.by_id = {style.style_id: style for style in styles}
        self.styles: dict[str | None, tuple[str, bool]] = {}
        self.known: set[str] = set()  # labels as written in the speakers' style, anywhere in the document
        self.pending: Voice | None = None  # a label has been read, nothing said yet
        self.index: int | None = None

    def blocks(self, element: etree._Element) -> None:
        for child in element:
            if child.tag == qn("w:p"):
                self.paragraph(child)
            elif child.tag == qn("w:tbl"):
                self.table(child)
            elif child.tag in CONTAINERS:
                self.blocks(child)

    def paragraph(self, paragraph: etree._Element) -> None:
        name, by_style = self._style(paragraph)
        text, bold = _text_and_bold(list(_runs(paragraph, by_style)))
        if not text:
            return
        if self._is_label(name, text, bold) or (bold == len(text) and text in self.known):
            self._label(text)
        elif HEADING.search(name):
            self.pending = self.pending if self.index is None else None
            self.draft.paragraph(text, zone="title" if self.draft.voices else None, is_heading=True, is_speech=False, bold=bold)
        else:
            self._text(text, is_speech=not (ASIDE.search(name) or BRACKETED.match(text)), bold=bold)

    def look_ahead(self, body: etree._Element) -> None:
        """Learns the labels first: a typist may forget the style of one, not its boldness."""
        for paragraph in body.iter(qn("w:p")):
            name, by_style = self._style(paragraph)
            if SPEAKER.search(name):
                runs = list(_runs(paragraph, by_style))
                text, bold = _text_and_bold(runs)
                if self._is_label(name, text, bold):
                    self.known.add(text)

    @staticmethod
    def _is_label(style: str, text: str, bold: int) -> bool:
        return bool(SPEAKER.search(style)) and bool(text) and bold >= len(text) * 0.5 and len(text) <= LONGEST_LABEL

    def table(self, table: etree._Element) -> None:
        for row in table.iter(qn("w:tr")):
            cells = [fold(" ".join(said for said, _ in _runs(cell, False))) for cell in row.iter(qn("w:tc"))]
            self.draft.paragraph(" | ".join(c for c in cells if c), zone="boilerplate", is_speech=False)

    def _label(self, text: str) -> None:
        self.draft.paragraph(text, zone="transcript", is_speech=False)
        start = self.draft.paragraphs[-1].start
        label = text.rstrip(" :")
        found = WITH_NAME.match(label)
        self.pending = Voice(
            label=label,
            label_start=start,
            label_end=start + len(label),
            name=found[2] if found else None,
            role=found[1] if found else None,
        )
        self.index = None

    def _text(self, text: str, is_speech: bool, bold: int) -> None:
        if self.pending is None:
            self.draft.paragraph(text, is_speech=is_speech, bold=bold)
            return
        if self.index is None and is_speech:
            self.index = self.draft.voice(self.pending)
        zone = "boilerplate" if self.index is None else None
        self.draft.paragraph(text, voice=self.index, zone=zone, is_speech=is_speech, bold=bold)

    def _style(self, paragraph: etree._Element) -> tuple[str, bool]:
        """(name, whether it is bold) of the paragraph's style, looked up once a style."""
        found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        key = found.get(qn("w:val")) if found is not None else None
        if key not in self.styles:
            style = self.by_id.get(key)
            name, is_bold = (style.name or "" if style is not None else ""), None
            for _ in range(10):  # a style may rest on another
                if style is None or is_bold is not None:
                    break
                is_bold, style = style.font.bold if hasattr(style, "font") else None, getattr(style, "base_style", None)
            self.styles[key] = name, bool(is_bold)
        return self.styles[key]


def _text_and_bold(runs: list[tuple[str, bool]]) -> tuple[str, int]:
    """The text of the runs, and how many code points of it are bold from the first on."""
    text = fold("".join(said for said, _ in runs))
    return text, len(fold("".join(said for said, _ in itertools.takewhile(lambda run: run[1] or not run[0].strip(), runs))))


def _runs(element: etree._Element, by_style: bool) -> Iterator[tuple[str, bool]]:
    """(text, whether it is bold) of each run, those of links, insertions and fields too; deletions have no text here."""
    for run in element.iter(qn("w:r")):
        if next(run.iterancestors(qn("mc:Fallback")), None) is not None:
            continue  # the same text box again, for older programs
        said: list[str] = []
        is_bold = by_style
        for part in run:
            if part.tag == qn("w:t"):
                said.append(part.text or "")
            elif part.tag in SPACES:
                said.append(SPACES[part.tag])
            elif part.tag == qn("w:rPr") and (mark := part.find(qn("w:b"))) is not None:
                is_bold = mark.get(qn("w:val"), "1") not in ("0", "false", "off")
        if said:
            yield "".join(said), is_bold
