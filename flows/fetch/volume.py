"""Whether a source gives about as many documents as it should: a feed that went quiet fails nowhere else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from flows.fetch.source import SourceFile

QUIET_FACTOR = 4  # silent for so many times the longest pause that the expected range allows


@dataclass(frozen=True, slots=True)
class Finding:
    """A source outside what its file expects."""

    source: str
    message: str
    stops_publication: bool


def volume(source: SourceFile, dates: Iterable[dt.date | None], today: dt.date) -> list[Finding]:
    """Compares what the source's index names with documents_per_week.

    `dates` are the days of publication of all documents that it names, None where it states none. The rate is over the span
    of the stated days, at least a week; undated documents are taken to lie in the same span. A source whose newest document
    is much older than the range allows is reported as quiet, which never stops publication.
    """
    expected = source.expect.documents_per_week
    if expected is None:
        return []
    least, most = expected
    named = list(dates)
    days = sorted(day for day in named if day is not None)
    weeks = max(1.0, ((days[-1] - days[0]).days + 1) / 7) if days else 1.0
    rate = len(named) / weeks
    found = []
    if not least <= rate <= most:
        over = f"{len(named)} documents named over {weeks:.1f} weeks" if named else "no documents named"
        message = f"{rate:.1f} documents a week ({over}), expected {least:g} to {most:g}"
        found.append(Finding(source.name, message, source.expect.fail))
    silent = (today - days[-1]).days if days else 0
    if least > 0 and silent > QUIET_FACTOR * max(1.0, 7 / least):
        message = f"nothing new for {silent} days (newest of {days[-1]}), expected at least {least:g} documents a week"
        found.append(Finding(source.name, message, stops_publication=False))
    return found
