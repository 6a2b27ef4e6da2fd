"""The Congressional Record: govinfo's htm (a <pre> of the print) and the JSON that unitedstates/congressional-record makes.

The print's own typography says what is what: a paragraph of the proceedings begins two columns in, matter inserted into the
Record five or more, a heading is centred; a speaker is a title and a surname in capitals, or an office, and a period.
Page marks are dropped; lines of one paragraph are joined.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import html

from flows.clean.cleaned import Cleaned, Hints, Voice
from flows.clean.decode import decode
from flows.clean.draft import Draft, fold
from flows.clean.json_lines import load

PAGE_MARK = re.compile(r"\s*\[\[Page [A-Z]*\d+\]\]\s*$")
TIME_MARK = re.compile(r"\s*\{time\}\s+\d{3,4}\s*$")
RULE = re.compile(r"\s*[_=-]{5,}\s*$")
HEADER = re.compile(r"\[Congressional Record Volume \d+, Number \d+ \((?P<date>\w+, \w+ \d{1,2}, \d{4})\)\]")
FROM = re.compile(r"From the Congressional Record Online through the .*")
CHAMBER = re.compile(r"\[(House|Senate|Extensions of Remarks|Daily Digest)\]")
PAGES = re.compile(r"\[Pages? [A-Z]*\d+.*?\]$")

PART = r"(?:[A-Z][a-z]{1,2})?['’]?[A-Z]{2,}"  # McCAIN, DeFAZIO, O'NEILL
NAME = rf"(?:(?:de|la|del|van|von|der|De|La|Van|Von|St\.) )*(?:[A-Z]['’])?{PART}(?:[-'’]{PART})*"
STATE = r"(?: of [A-Z][a-z]+(?: [A-Z][a-z]+)?)?"
CAPITALS = r"[A-Z][A-Z-]{2,}(?: [A-Z][A-Z-]*)*(?: pro tempore)?"
LABEL = re.compile(
    rf"(?P<label>(?:Mr|Mrs|Ms|Miss|Dr)\. (?:[A-Z]\. )?{NAME}(?: (?:[A-Z]\.|{NAME}|Jr\.|Sr\.|II|III)){{0,3}}{STATE}"
    rf"|The (?:Acting )?{CAPITALS}(?: \((?:Mr|Mrs|Ms|Miss|Dr)\. [^)]{{2,60}}\))?"
    rf"|(?:Several|One|An) (?:SENATORS?|MEMBERS?))\.(?=\s+\S|$)"
)
CHAIR = re.compile(r"The (?:Acting )?(?:ACTING )?(?:SPEAKER|PRESIDING|PRESIDENT|VICE PRESIDENT|CHAIR|CHIEF JUSTICE)")
# What the Record's clerks write between speeches: nobody says it.
RECORDER = re.compile(
    r"There (?:was|being) no objection"
    r"|The (?:(?:legislative|bill|assistant|senior|journal|reading) )*[Cc]lerk\b|The yeas and nays"
    r"|The (?:\w+ ){0,4}(?:motion|question|bill|resolution|amendment|vote|result|text|Senate|House|preamble|nomination"
    r"|following)s?(?: \([^)]*\))? (?:was|were|is|of|to|as|thereupon|then|agreed|proceeded|passed|from|had|in)\b"
    r"|A (?:motion to reconsider|recorded vote|quorum call|message)|So \(?(?:the|two-thirds)"
    r"|\(?(?:Mr|Mrs|Ms|Miss|Dr)\. [^.]{2,60} (?:asked and was given|addressed|changed|moved|was recognized|assumed|submitted"
    r"|announced|and M[rs]+\.)|Messrs\.|Mesdames|By unanimous consent, |\[Roll|The vote was taken|Accordingly \(|\(At "
    r"|Under clause \d|The SPEAKER (?:pro tempore )?(?:announced|laid|appointed)|Pursuant to clause|Ordered to|Thereupon"
)
LEADERS = re.compile(r"\.{6,}\s?[$\d(-]")  # dots that lead to a table's figure
INSERTED = 5  # columns from which text is matter inserted into the Record
CENTRED = 12


class Line(NamedTuple):
    """A paragraph of the print: how far its first line stands in, and its text on one line."""

    indent: int
    text: str


def read(content: bytes, hints: Hints) -> Iterator[Cleaned]:
    """One document: a page of the Record. Raises CleanError where there is no text in it."""
    yield _json(content, hints) if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else _page(content, hints)


def _page(content: bytes, hints: Hints) -> Cleaned:
    text = decode(content.replace(b"\0", b" "))  # the Daily Digest's tables are set with NULs
    root = html.document_fromstring(text, parser=html.HTMLParser(huge_tree=False))
    body = "\n".join("".join(pre.itertext()) for pre in root.iter("pre")) or "".join(root.itertext())
    walk = _Walk(Draft("congressional-record"))
    head = HEADER.search(body)
    for line in _lines(body):
        if any(pattern.match(line.text) for pattern in (HEADER, FROM, CHAMBER, PAGES)):
            walk.draft.paragraph(line.text, zone="boilerplate", is_speech=False)
        else:
            walk.line(line)
    title = next((walk.draft.text_of(p) for p in walk.draft.paragraphs if p.is_heading), None)
    return walk.draft.finish(
        external_id=_identity(hints.origin),
        url=hints.url,
        title=hints.title or title,
        kind="sitting" if walk.draft.voices else None,
        language="en",
        published_on=hints.published_on,
        event_on=_day(head["date"]) if head else None,
        note=None if walk.draft.voices else "no speeches on this page of the Record",
    )


def _json(content: bytes, hints: Hints) -> Cleaned:
    page: dict[str, Any] = load(content)
    header = page.get("header") if isinstance(page.get("header"), dict) else {}
    walk = _Walk(Draft("congressional-record-json"))
    items = page.get("content")
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict) and isinstance(item.get("text"), str):
            walk.item(item)
    title = page.get("doc_title") or page.get("title")
    return walk.draft.finish(
        external_id=page.get("id") if isinstance(page.get("id"), str) else None,
        url=hints.url,
        title=title if isinstance(title, str) else hints.title,
        kind="sitting" if walk.draft.voices else None,
        language="en",
        published_on=hints.published_on,
        event_on=_day("{wkday}, {month} {day}, {year}".format_map({"wkday": "", "month": "", "day": "", "year": "", **header})),
        note=None if walk.draft.voices else "no speeches on this page of the Record",
    )


class _Walk:
    """Adds the print's paragraphs in order and remembers who has the floor."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.speaking: int | None = None

    def line(self, line: Line) -> None:
        if TIME_MARK.match(line.text):
            self._apart(line.text, keeps_floor=True)
        elif RULE.match(line.text):
            self.speaking = None
            self.draft.paragraph(line.text, zone="boilerplate", is_speech=False)
        elif line.indent >= CENTRED or (line.indent >= INSERTED and line.text.isupper()):
            self.speaking = None if line.text.isupper() else self.speaking
            self.draft.paragraph(line.text, zone="title", is_heading=True, is_speech=False)
        elif line.indent >= INSERTED or LEADERS.search(line.text):
            self._apart(line.text, keeps_floor=True)
        elif label := LABEL.match(line.text):
            self._begin(line.text, label["label"], None)
        elif RECORDER.match(line.text):
            self.draft.paragraph(line.text, zone="boilerplate", is_speech=False)
        elif self.speaking is not None:
            self.draft.paragraph(line.text, voice=self.speaking)
        else:
            self.draft.paragraph(line.text, zone="boilerplate", is_speech=False)

    def item(self, item: dict[str, Any]) -> None:
        """An item of the JSON, whose kind says whether it is speech."""
        lines = list(_lines(item["text"]))
        if item.get("kind") != "speech":
            for line in lines:
                is_title = item.get("kind") == "title" and line.indent >= CENTRED
                zone = "title" if is_title else "boilerplate"
                self.draft.paragraph(line.text, zone=zone, is_heading=is_title, is_speech=False)
            return
        self.speaking = None
        label = fold(str(item.get("speaker") or ""))
        for line in lines:
            if self.speaking is None and line.text.startswith(label) and label not in ("", "None"):
                self._begin(line.text, label, item.get("speaker_bioguide"))
            elif TIME_MARK.match(line.text) or line.indent >= INSERTED or LEADERS.search(line.text):
                self._apart(line.text, keeps_floor=True)
            elif self.speaking is not None and not RECORDER.match(line.text):
                self.draft.paragraph(line.text, voice=self.speaking)
            else:
                self.draft.paragraph(line.text, zone="boilerplate", is_speech=False)

    def _begin(self, text: str, label: str, bioguide: object) -> None:
        if not text.removeprefix(label).strip(" ."):
            self.draft.paragraph(text, zone="boilerplate", is_speech=False)
            return
        self.speaking = self.draft.voice(
            Voice(
                label=label,
                person=f"bioguide:{bioguide}" if isinstance(bioguide, str) and bioguide else None,
                role=label.removeprefix("The ").partition(" (")[0] if label.startswith("The ") else None,
                kind="moderator" if CHAIR.match(label) else "official",
            )
        )
        self.draft.paragraph(text, voice=self.speaking, label=label)

    def _apart(self, text: str, keeps_floor: bool) -> None:
        """Matter that the speaker has the floor for but does not say."""
        inside = self.speaking if keeps_floor else None
        self.draft.paragraph(text, voice=inside, zone=None if inside is not None else "boilerplate", is_speech=False)


def _lines(text: str) -> Iterator[Line]:
    """The print's paragraphs: a line further in than the one before begins one, a page mark within one does not end it."""
    held: list[str] = []
    first, previous = 0, 0
    blank = False
    for raw in text.split("\n"):
        body = raw.strip()
        if PAGE_MARK.match(raw):
            continue
        if not body:
            blank = True
            continue
        indent = len(raw) - len(raw.lstrip(" "))
        centred = indent >= CENTRED
        same_block = indent == 0 if first < INSERTED else INSERTED <= indent <= max(previous, INSERTED)
        goes_on = bool(held) and not centred and first < CENTRED and same_block
        if goes_on and blank and held[-1][-1] in ".?!:'\"":
            goes_on = False
        if held and centred and first >= CENTRED and not blank and not RULE.match(raw):
            goes_on = True  # a heading of several lines
        if TIME_MARK.match(raw) or RULE.match(raw) or not goes_on:
            if held:
                yield Line(first, " ".join(held))
            held, first = [body], indent
        else:
            held.append(body)
        previous, blank = indent, False
    if held:
        yield Line(first, " ".join(held))


def _day(value: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(value, "%A, %B %d, %Y").date()
    except ValueError:
        return None


def _identity(origin: str) -> str | None:
    """The page's id in its file's name or address, as govinfo writes it."""
    found = re.search(r"CREC-\d{4}-\d{2}-\d{2}-pt\d+-Pg[A-Za-z0-9-]+", origin)
    return found[0] if found else None


def check(page: dict[str, Any]) -> bool:
    """Whether a JSON object is such a page."""
    header = page.get("header")
    return isinstance(header, dict) and "chamber" in header and isinstance(page.get("content"), list)
