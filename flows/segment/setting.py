"""What is known of a document as a whole before anybody is named: title, introduction, day, country, house, whether media ask."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from flows.clean.cleaned import Cleaned, Hints
from flows.people.people import FOLDER, open_csv
from flows.segment.segmented import TurnSpan

HEADER = 4000  # code points before the first turn that may introduce the speakers
LINE = 60  # code points that a line of running text has at least
NEAR = 1000  # code points before the first turn that may say that media ask
MEDIA = re.compile(
    r"\b(?:media|press|journalists?|reporters?|news conference|correspondents?|q ?& ?a)\b|пресс|журналист|СМИ", re.I
)
DATE_IN_NAME = re.compile(r"(?<!\d)(19\d\d|20\d\d)[-_./]?(0[1-9]|1[0-2])[-_./]?(0[1-9]|[12]\d|3[01])(?!\d)")


@dataclass(frozen=True, slots=True)
class House:
    """A place of speech as reference/houses.csv knows it by its addresses."""

    pattern: re.Pattern[str]
    area: str
    organization: str  # the chamber, empty where any of the country's
    classifications: frozenset[str]  # the offices of those whom it calls by surname alone
    complete_from: str  # from this day on the reference knows all of them


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the document as a whole."""

    source: str
    origin: str
    title: str
    header: str
    day: dt.date | None
    area: str  # the country of the house, empty where unknown
    house: House | None
    has_media: bool


def setting_of(cleaned: Cleaned, turns: list[TurnSpan], hints: Hints, day: dt.date | None) -> Setting:
    """What title, address, origin and the text before the first turn tell of the whole document."""
    first = min((t.label_start if t.label_start is not None else t.start) for t in turns)
    title = cleaned.title or hints.title or ""
    header = f"{title}\n{_before(cleaned, first)}"
    places = " ".join(filter(None, (cleaned.source, hints.source, cleaned.url, hints.url, hints.origin)))
    house = next((house for house in _houses() if house.pattern.search(places)), None)
    parlamint = re.search(r"ParlaMint-([A-Z]{2})\b", places)
    area = parlamint[1] if parlamint else house.area if house else ""
    day = day or cleaned.event_on or cleaned.published_on or hints.published_on or _day_in(hints.origin)
    source = cleaned.source or hints.source
    has_media = bool(MEDIA.search(f"{title}\n{header[-NEAR:]}"))
    return Setting(source, hints.origin, title, header, day, area, house, has_media)


def _before(cleaned: Cleaned, first: int) -> str:
    """The text before the first turn, without menus and other short lines of a page."""
    start = max(0, first - HEADER)
    if cleaned.format != "html" or not cleaned.paragraphs:
        return cleaned.text[start:first]
    kept = [p for p in cleaned.paragraphs if start <= p.start and p.end <= first and p.zone in (None, "title", "transcript")]
    return "\n\n".join(cleaned.text[p.start : p.end] for p in kept if p.is_heading or p.end - p.start >= LINE)


@cache
def _houses() -> list[House]:
    return [
        House(
            re.compile(row["pattern"], re.I),
            row["area"],
            row["house"],
            frozenset(row["classifications"].split("|")),
            row["complete_from"],
        )
        for row in open_csv(FOLDER / "houses.csv")
    ]


def _day_in(origin: str) -> dt.date | None:
    found = DATE_IN_NAME.search(origin.rsplit("/", 1)[-1])
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
