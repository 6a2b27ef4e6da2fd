"""Markdown: the file is the document's text, marks and all, so that offsets hold in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.clean.cleaned import Cleaned, Hints, Paragraph
from flows.clean.dates import date_in_name, date_line, parse_date
from flows.clean.decode import decode
from flows.clean.paragraphs import split_paragraphs
from flows.clean.text import charset_of

FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.S)
ENTRY = re.compile(r"^([A-Za-z_][\w-]*):[ \t]*(.*(?:\n[ \t]+.*)*)", re.M)
HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*$")
TABLE_ROW = re.compile(r"\|.*\|$")
IMAGE_ONLY = re.compile(r"!\[[^\]]*\]\([^)]*\)$")
FENCE = re.compile(r"(?:```|~~~)")
NO_LETTERS = re.compile(r"[\W_]+")
FOOTNOTE = re.compile(r"\[\^[^\]]+\]:")

TITLE_KEYS = ("title", "headline", "name")
PUBLISHED_KEYS = ("published_time", "published_at", "published", "pubdate", "publish_date", "date")
EVENT_KEYS = ("event_date", "event_on", "event_time", "date")
URL_KEYS = ("source_url", "canonical_url", "canonical", "url", "link", "permalink", "source")
LANGUAGE_KEYS = ("lang", "language", "locale")


def read(content: bytes, hints: Hints) -> Iterator[Cleaned]:
    """One document: front matter read, headings, bold prefixes and what is no text (images, tables, notes) told apart.

    Raises CleanError for what cannot be a document.
    """
    text = decode(content, charset_of(hints.media_type))
    matter = FRONT_MATTER.match(text)
    said = _entries(matter[1]) if matter else {}
    paragraphs = _front(text, matter) if matter else []
    body = split_paragraphs(text, matter.end() if matter else 0)
    for paragraph in body:
        _mark(text, paragraph)
    title = _first(said, TITLE_KEYS) or hints.title
    title = title or _heading(text, body)
    if title:
        _mark_title(text, body, title)
    paragraphs += body
    url = _first(said, URL_KEYS) or ""
    head = [text[p.start : p.end] for p in body[:8]]
    published = next((day for key in PUBLISHED_KEYS if (day := parse_date(said.get(key)))), None)
    event = next((day for key in EVENT_KEYS if (day := parse_date(said.get(key)))), None)
    named = date_in_name(hints.origin)
    yield Cleaned(
        text,
        paragraphs,
        "markdown",
        url=hints.url or (url if url.startswith("http") else None),
        title=title,
        language=hints.language or _first(said, LANGUAGE_KEYS),
        published_on=hints.published_on or published,
        event_on=date_line(head, event or published or named) or event or named,
    )


def _entries(matter: str) -> dict[str, str]:
    """The top-level scalars of YAML front matter; lists and maps stay as they are written."""
    return {found[1].lower(): _scalar(found[2]) for found in ENTRY.finditer(matter)}


def _scalar(value: str) -> str:
    """A plain or quoted YAML scalar, its folded lines joined (YAML 1.2, 7.3: flow scalar styles)."""
    value = value.strip()
    if value.startswith('"'):
        value = re.sub(r"\\\n\s*", "", value)
    value = re.sub(r"\s*\n\s*", " ", value)
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    if len(value) > 1 and value[0] == value[-1] == '"':
        return re.sub(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", _escape, value[1:-1]).strip()
    return value


def _escape(found: re.Match[str]) -> str:
    code = found[1]
    if code[0] in "ux" and len(code) > 1:
        return chr(int(code[1:], 16))
    return {"n": "\n", "t": "\t", "_": "\xa0", "0": " "}.get(code, code)


def _front(text: str, matter: re.Match[str]) -> list[Paragraph]:
    """The front matter as boilerplate, in the lines that hold something."""
    start = len(matter[0]) - len(matter[0].lstrip())
    end = start + len(matter[0].strip())
    return [Paragraph(start, end, zone="boilerplate")]


def _first(said: dict[str, str], keys: tuple[str, ...]) -> str | None:
    return next((" ".join(said[key].split()) for key in keys if said.get(key)), None)


def _mark(text: str, paragraph: Paragraph) -> None:
    body = text[paragraph.start : paragraph.end]
    if body[0] == "#" and HEADING.match(body):
        paragraph.is_heading = True
    elif (
        (body[0] == "|" and all(TABLE_ROW.match(line.strip()) for line in body.split("\n")))
        or (body[0] == "!" and IMAGE_ONLY.match(body))
        or FENCE.match(body)
        or FOOTNOTE.match(body)
    ):
        paragraph.zone = "boilerplate"


def _heading(text: str, body: list[Paragraph]) -> str | None:
    found = next((m for p in body[:5] if p.is_heading and (m := HEADING.match(text[p.start : p.end]))), None)
    return found[2].strip("*_ ") if found else None


def _mark_title(text: str, body: list[Paragraph], title: str) -> None:
    wanted = _plain(title)
    for paragraph in body[:6]:
        if paragraph.end - paragraph.start < 2 * len(title) + 20 and _plain(text[paragraph.start : paragraph.end]) == wanted:
            paragraph.zone = "title"


def _plain(text: str) -> str:
    return NO_LETTERS.sub(" ", text).strip().lower()
