"""Who holds which office when: an index over reference files, asked by name, office, house and day.

The files are tables in Popolo's terms (persons, names, memberships; https://www.popoloproject.com). The index answers only
what is in them: where two persons fit it says so and leaves the choice to nobody.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from collections import defaultdict
from pathlib import Path

from flows.people.inputs import read
from flows.people.names import fold, given_and_family, loose, without_patronymic
from flows.people.person import Membership, Person

FOLDER = Path(__file__).resolve().parent / "reference"
HIGH = frozenset({"head_of_state", "head_of_government", "vice_head", "international"})
SLAVIC_AREAS = frozenset({"RU", "BY", "UA", "KZ", "BG", "RS", "MD", "PL", "CZ", "SK", "SI", "ME", "MK", "BA", "HR"})
FAMILY_FIRST_AREAS = frozenset({"CN", "KR", "KP", "TW", "VN", "KH", "SG"})
ADULT = dt.timedelta(days=16 * 365)


class People:
    """An immutable index of persons by name and office."""

    def __init__(
        self, persons: list[Person], names: list[tuple[str, str]], memberships: list[Membership], fingerprint: str = ""
    ) -> None:
        self.fingerprint = fingerprint
        self.persons = {person.id: person for person in persons}
        self.memberships: dict[str, list[Membership]] = defaultdict(list)
        self._by_office: dict[tuple[str, str], list[Membership]] = defaultdict(list)
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._by_loose: dict[str, list[str]] | None = None
        self._by_family: dict[str, list[str]] | None = None
        self._by_given: dict[str, str] | None = None
        self._given: frozenset[str] | None = None
        for membership in memberships:
            self.memberships[membership.person_id].append(membership)
            self._by_office[membership.area, membership.classification].append(membership)
        for person_id, name in [(p.id, p.name) for p in persons] + names:
            if person_id in self.persons:
                for key in _keys(name):
                    if person_id not in self._by_name[key]:
                        self._by_name[key].append(person_id)
        for index in (self.memberships, self._by_office, self._by_name):
            index.default_factory = None

    @classmethod
    def load(cls, folder: Path = FOLDER, *more: Path) -> People:
        """The index over the tables of the folder and of any further folders and files (`flows/people/inputs.py`)."""
        persons: dict[str, Person] = {}
        names: list[tuple[str, str]] = []
        memberships: list[Membership] = []
        digest = hashlib.sha256()
        for place in (folder, *more):
            for path in sorted([place] if place.is_file() else place.rglob("*")):
                if path.is_file():
                    digest.update(path.read_bytes())
                    found = read(path)
                    for person in found.persons:
                        persons.setdefault(person.id, person)
                    names += found.names
                    memberships += found.memberships
        return cls(list(persons.values()), names, memberships, digest.hexdigest()[:16])

    def load_indexes(self) -> None:
        """Makes now the indexes that are else made when first asked."""
        self.with_family_name("")
        self.named_loosely("")
        self.gender_of("")
        self.is_given_name("")

    def named(self, name: str) -> list[Person]:
        """Everyone known under that full name, in any of its spellings in the files."""
        key = fold(name)
        words = key.split()
        without_initial = f"{words[0]} {words[2]}" if len(words) == 3 and len(words[1]) == 1 else ""  # Bill J Clinton
        found = self._by_name.get(key) or self._by_name.get(without_patronymic(key)) or self._by_name.get(without_initial)
        return [self.persons[i] for i in found or ()]

    def named_loosely(self, name: str) -> list[Person]:
        """Everyone from Slavic countries whose name is the same but for habits of romanising it."""
        if self._by_loose is None:
            self._by_loose = defaultdict(list)
            for key, ids in self._by_name.items():
                slavic = [i for i in ids if any(m.area in SLAVIC_AREAS for m in self.memberships.get(i, ()))]
                if slavic and " " in key:
                    bucket = self._by_loose[loose(key)]
                    bucket += [i for i in slavic if i not in bucket]
        return [self.persons[i] for i in self._by_loose.get(loose(fold(name)), ())]

    def with_family_name(self, family: str) -> list[Person]:
        """Everyone with that family name."""
        if self._by_family is None:
            self._by_family = defaultdict(list)
            for key, ids in self._by_name.items():
                given, last = given_and_family(key)
                for name, known in ((last, ids), (given, [i for i in ids if self._family_first(i)])):
                    if known:
                        bucket = self._by_family[name]
                        bucket += [i for i in known if i not in bucket]
        return [self.persons[i] for i in self._by_family.get(given_and_family(fold(family))[1], ())]

    def _family_first(self, person_id: str) -> bool:
        return any(m.area in FAMILY_FIRST_AREAS for m in self.memberships.get(person_id, ()))

    def is_given_name(self, word: str) -> bool:
        """Whether some person of the reference has it as given name."""
        if self._given is None:
            self._given = frozenset(key.split(" ", 1)[0] for key in self._by_name if " " in key)
        return fold(word) in self._given

    def gender_of(self, name: str) -> str:
        """M or F where all persons of the reference with that given name (three at least) are, else empty."""
        if self._by_given is None:
            counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
            for person in self.persons.values():
                counts[fold(person.name).split(" ")[0]][person.gender or "?"] += 1
            self._by_given = {}
            for given, genders in counts.items():
                genders.pop("?", None)
                if len(genders) == 1 and sum(genders.values()) >= 3:
                    self._by_given[given] = next(iter(genders))
        return self._by_given.get(fold(name).split(" ")[0], "")

    def offices(self, person_id: str, day: dt.date | None = None) -> list[Membership]:
        """The person's offices, on the day if one is given; the highest first, then the newest."""
        found = self.memberships.get(person_id, [])
        if day is not None:
            iso = day.isoformat()
            found = [m for m in found if m.covers(iso)]
        newest_first = sorted(found, key=lambda m: m.start, reverse=True)
        return sorted(newest_first, key=lambda m: _RANK.get(m.classification, len(_RANK)))

    def holders(self, area: str, classification: str, day: dt.date) -> list[Membership]:
        """Who holds an office of that kind in the country on the day; one membership a person."""
        iso, found = day.isoformat(), {}
        for membership in self._by_office.get((area, classification), ()):
            if membership.covers(iso):
                found.setdefault(membership.person_id, membership)
        return list(found.values())

    def alive(self, person: Person, day: dt.date | None) -> bool:
        """Whether the person can have spoken on the day."""
        if day is None:
            return True
        if person.died and person.died < day.isoformat():
            return False
        return not person.born or person.born[:10] < (day - ADULT).isoformat()


_HIGHEST_FIRST = (
    "head_of_state",
    "head_of_government",
    "vice_head",
    "international",
    "presiding_officer",
    "minister",
    "deputy",
    "central_bank",
    "spokesperson",
    "whip_leader",
    "subnational",
    "diplomat",
    "legislator",
)
_RANK = {classification: rank for rank, classification in enumerate(_HIGHEST_FIRST)}


def _keys(name: str) -> set[str]:
    key = fold(name)
    words = key.split()
    keys = {key, without_patronymic(key)}
    if len(words) == 3 and len(words[1]) == 1:  # Gary L. Ackerman is Gary Ackerman to most
        keys.add(f"{words[0]} {words[2]}")
    return {k for k in keys if k}


def open_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a table of the reference files."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
