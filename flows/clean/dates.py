"""Dates from strings that are likely to be dates: a page's own metadata, its date line, a file's name."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from dateutil import parser as dateutil_parser

MONTHS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "january jan januar januari janvier enero gennaio gener janeiro января январь",
        "february feb februar februari février febrero febbraio febrer fevereiro февраля февраль",
        "march mar märz maart mars marzo març março марта март",
        "april apr avril abril aprile апреля апрель",
        "may mai mei mayo maggio maig maio мая май",
        "june jun juni juin junio giugno juny junho июня июнь",
        "july jul juli juillet julio luglio juliol julho июля июль",
        "august aug augustus août agosto agost августа август",
        "september sep sept septembre septiembre settembre setembre setembro сентября сентябрь",
        "october oct oktober octobre octubre ottobre outubro октября октябрь",
        "november nov novembre noviembre novembro ноября ноябрь",
        "december dec dezember décembre diciembre dicembre desembre dezembro декабря декабрь",
    ),
    start=1,
):
    MONTHS |= dict.fromkeys(_names.split(), _number)

_MONTH = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True))
LONG_DATE = re.compile(
    rf"\b(?:(?P<m1>{_MONTH})\.? (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y1>(?:19|20)\d\d)"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th|\.)? (?:de |of )?(?P<m2>{_MONTH})\.?,? (?:de |of )?(?P<y2>(?:19|20)\d\d))\b",
    re.I,
)
ISO_DATE = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
CHINESE_DATE = re.compile(r"(?P<y>(?:19|20)\d\d)\s?年\s?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?日")
COMPACT_DATE = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
PATH_DATE = re.compile(r"/(?P<y>(?:19|20)\d\d)/(?P<m>0[1-9]|1[0-2])/(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
YEAR = re.compile(r"(?:19|20)\d\d")
DATE_LINE_LENGTH = 120  # a date line is short; a date inside a long paragraph is a date that is talked about
HEAD_LENGTH = 600  # of a head that was flattened to one line
OCCASION_LENGTH = 300  # of a line that names the occasion
LONGEST_DELAY, LONGEST_LEAD = dt.timedelta(days=31), dt.timedelta(days=2)  # publication after the event; before it, by time zones
DAY = rf"(?i:{LONG_DATE.pattern})(?:\s?(?:года|г\.))?"
PLACE = r"[^\W\d_a-zа-я][\w.'’-]*(?: [^\W\d_a-zа-я][\w.'’-]*){0,3}"
HOUR = r"\d{1,2}[:.]\d{2}(?: ?[AaPp]\.?[Mm]\.?)?"
# "Thursday, March 13, 2025, Moscow 19:00": nothing but day, place and hour, so it is no day that is talked about
BARE_DATE_LINE = re.compile(rf"(?:{PLACE}, ){{0,2}}{DAY}(?:[ ,–—-]+(?:{HOUR}|{PLACE})){{0,3}}\.?")
STAMP = re.compile(rf"{DAY},? {HOUR}")
# "From the transcript of the press conference of ..., Moscow, March 13, 2025."
OCCASION = re.compile(
    r"\b(?:transcript|conference|briefing|remarks|interview|speech|statements?|hearing|debate|стенограмм|конференци)", re.I
)
OCCASION_DATE = re.compile(rf"(?:,| in| в) {PLACE}, {DAY}\W{{0,4}}$")


def parse_date(value: object) -> dt.date | None:
    """The day of a metadata value (ISO 8601, RFC 822, or written out); None where it is none."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = str(value or "").strip()
    if not text or len(text) > 60 or not re.search(r"\d", text):
        return None
    if iso := ISO_DATE.match(text):
        return _day(iso)
    if long := long_date(text):
        return long
    try:
        return dateutil_parser.parse(text, default=dt.datetime(1, 1, 1)).date() if _whole(text) else None
    except (ValueError, OverflowError):
        return None


def long_date(text: str) -> dt.date | None:
    """The first date written out with its month's name, or as ISO 8601, in the text."""
    if found := LONG_DATE.search(text.replace("\xa0", " ")):
        month = found["m1"] or found["m2"]
        return _date(found["y1"] or found["y2"], MONTHS[month.lower()], found["d1"] or found["d2"])
    for pattern in (CHINESE_DATE, ISO_DATE):
        if found := pattern.search(text):
            return _day(found)
    return None


def event_date(head: str, stated: dt.date | None = None) -> dt.date | None:
    """The day that a document's first lines state: on a line of its own (a date line, a heading), as a stamp with its hour in
    a head that was flattened to one line, or at the end of a line that names the occasion.
    """
    lines = head.splitlines()
    occasions = [line for line in lines[:4] if len(line) <= OCCASION_LENGTH and OCCASION.search(line)]
    return (
        date_line(lines, stated)
        or _near(STAMP.search(head[:HEAD_LENGTH].replace("\xa0", " ")), stated)
        or next((day for line in occasions if (day := _near(OCCASION_DATE.search(line), stated))), None)
    )


def date_line(paragraphs: Iterable[str], stated: dt.date | None = None) -> dt.date | None:
    """The day of the first paragraph that is no more than a line and holds a date; lines of wrapped text are no date lines.

    Where a day is stated elsewhere (publication, front matter, the file's name), one that lies far from it is a day that is
    talked about, unless the line is nothing but a date; no words are said after they were published.
    """
    for line in paragraphs:
        is_line = 6 <= len(line) <= DATE_LINE_LENGTH and "\n" not in line
        found = long_date(line) if is_line and YEAR.search(line) else None
        if found and (is_plausible(found, stated) or (found < (stated or found) and BARE_DATE_LINE.fullmatch(line.strip()))):
            return found
    return None


def is_plausible(event_on: dt.date, stated: dt.date | None) -> bool:
    """Whether words said on that day may have been published on the stated one; any may where none is stated."""
    return stated is None or -LONGEST_LEAD <= stated - event_on <= LONGEST_DELAY


def _near(found: re.Match[str] | None, stated: dt.date | None) -> dt.date | None:
    day = long_date(found[0]) if found else None
    return day if day and is_plausible(day, stated) else None


def date_in_name(name: str) -> dt.date | None:
    """The day in an address or a file's name: 2025-03-13, /2025/03/13/, 20250313."""
    for pattern in (ISO_DATE, PATH_DATE, COMPACT_DATE):
        if found := pattern.search(name):
            return _day(found)
    return None


def _whole(text: str) -> bool:
    """Whether year, month and day are all there: a parser must not fill in today's."""
    return len(re.findall(r"\d+", text)) >= 3 or bool(LONG_DATE.search(text))


def _day(found: re.Match[str]) -> dt.date | None:
    return _date(found["y"], found["m"], found["d"])


def _date(year: str | int, month: str | int, day: str | int) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
