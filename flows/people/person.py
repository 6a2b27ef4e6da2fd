"""A person and an office held, in Popolo's terms (https://www.popoloproject.com)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Membership(NamedTuple):
    """An office, seat or post that a person held, in Popolo's terms. Dates are inclusive; None is open or unknown."""

    person_id: str
    role: str
    classification: str  # head_of_state, minister, legislator, ... as in titles.csv
    organization: str
    area: str  # ISO 3166 country code, or EU, UN, NATO
    party: str
    constituency: str
    start: str  # ISO dates compare as text
    end: str
    known_until: str  # the last day for which an open end is known to hold
    source: str

    def covers(self, day: str) -> bool:
        """Whether the office is known to be held on the day (ISO)."""
        return bool(self.start) and self.start <= day <= (self.end or self.known_until or "9999")


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the reference files."""

    id: str
    name: str
    born: str
    died: str
    gender: str

    @property
    def wikidata(self) -> str | None:
        return self.id if self.id[:1] == "Q" and self.id[1:].isdigit() else None
