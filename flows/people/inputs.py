"""Reads persons, names and memberships from files: our CSV tables, Popolo JSON, congress-legislators, ParlaMint lists.

Popolo: https://www.popoloproject.com/specs/ (as EveryPolitician and TheyWorkForYou write it). congress-legislators:
https://github.com/unitedstates/congress-legislators (legislators-*.yaml or .json, executive.*). ParlaMint: listPerson of a
corpus's root (https://clarin-eric.github.io/ParlaMint/).
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from lxml import etree

from flows.people.person import Membership, Person

TEI = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
WIKIDATA = re.compile(r"(?:wikidata\.org/(?:wiki|entity)/|^)(Q\d+)$")
TERMS = {  # congress-legislators' type of term -> role, classification, organisation
    "rep": ("Representative", "legislator", "US House"),
    "sen": ("Senator", "legislator", "US Senate"),
    "prez": ("President", "head_of_state", ""),
    "viceprez": ("Vice President", "vice_head", ""),
}
PARLAMINT_ROLES = {"head": "presiding_officer", "minister": "minister", "member": "legislator"}


class PeopleError(Exception):
    """A reference file that cannot be read; the message names it and says what is wrong."""


@dataclass(slots=True)
class Found:
    """What one file tells."""

    persons: list[Person] = field(default_factory=list)
    names: list[tuple[str, str]] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)


def read(path: Path) -> Found:
    """What the file tells of persons and offices; nothing where it is of another kind (a README, a lexicon).

    Raises PeopleError where it is of one of the kinds above and cannot be read.
    """
    try:
        match path.suffix:
            case ".csv":
                return _read_csv(path)
            case ".json":
                return _read_data(json.loads(path.read_text("utf-8")))
            case ".yaml" | ".yml":
                return _read_data(yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
            case ".xml":
                return _read_parlamint(path)
    except (KeyError, TypeError, ValueError, yaml.YAMLError, etree.XMLSyntaxError) as error:
        raise PeopleError(f"{path}: {type(error).__name__}: {error}") from error
    return Found()


def _read_csv(path: Path) -> Found:
    found = Found()
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        columns = next(rows, [])
        if columns[:2] == ["id", "name"]:
            found.persons = [Person(*row) for row in rows]
        elif columns[:2] == ["person_id", "name"]:
            found.names = [(row[0], row[1]) for row in rows]
        elif columns[:2] == ["person_id", "role"]:
            found.memberships = [Membership(*row) for row in rows]
        elif {"id_bioguide", "wikidata_id", "last_name"} <= set(columns) or {"bioguide_id", "last_name"} <= set(columns):
            _add_legislator_rows(found, [dict(zip(columns, row, strict=True)) for row in rows])
    return found


def _read_data(data: Any) -> Found:
    found = Found()
    if isinstance(data, dict) and "persons" in data:
        _add_popolo(found, data)
    elif isinstance(data, list) and data and isinstance(data[0], dict) and {"id", "name", "terms"} <= data[0].keys():
        for legislator in data:
            _add_legislator(found, legislator)
    return found


def _add_popolo(found: Found, data: dict[str, Any]) -> None:
    organizations = {o["id"]: o for o in data.get("organizations", [])}
    posts = {p["id"]: p for p in data.get("posts", [])}
    ids: dict[str, str] = {}
    for person in data["persons"]:
        if "redirect" in person:
            continue
        wikidata = next((i["identifier"] for i in person.get("identifiers", []) if i.get("scheme") == "wikidata"), None)
        ids[person["id"]] = wikidata or person["id"]
        names = [n for n in map(_popolo_name, [person, *person.get("other_names", [])]) if n]
        if names:
            dates = (str(person.get("birth_date") or ""), str(person.get("death_date") or ""))
            gender = {"male": "M", "female": "F"}.get(str(person.get("gender") or "").lower(), "")
            found.persons.append(Person(ids[person["id"]], names[0], *dates, gender))
            found.names += [(ids[person["id"]], name) for name in names[1:]]
    for member in data.get("memberships", []):
        if member.get("person_id") not in ids:
            continue
        post = posts.get(member.get("post_id", ""), {})
        organization = organizations.get(member.get("organization_id") or post.get("organization_id") or "", {})
        role = member.get("role") or post.get("role") or post.get("label") or "member"
        party = organizations.get(member.get("on_behalf_of_id") or "", {}).get("name", "")
        found.memberships.append(
            Membership(
                ids[member["person_id"]],
                str(role),
                str(post.get("classification") or "legislator"),
                str(organization.get("name", "")),
                str(data.get("country_code") or organization.get("area_id") or "").upper(),
                str(party),
                str((post.get("area") or {}).get("name", "") if isinstance(post.get("area"), dict) else ""),
                str(member.get("start_date") or ""),
                str(member.get("end_date") or ""),
                "",
                "popolo",
            )
        )


def _popolo_name(name: dict[str, Any]) -> str:
    """The full name of a Popolo person or other_name, also as TheyWorkForYou's parts."""
    if name.get("name"):
        return str(name["name"])
    parts = (name.get("given_name"), name.get("family_name") or name.get("lordname"))
    return " ".join(str(part) for part in parts if part)


def _add_legislator(found: Found, legislator: dict[str, Any]) -> None:
    ids, name = legislator["id"], legislator["name"]
    person_id = ids.get("wikidata") or f"bioguide:{ids['bioguide']}"
    suffix = f" {name['suffix']}" if name.get("suffix") else ""
    official = name.get("official_full") or f"{name['first']} {name['last']}{suffix}"
    bio = legislator.get("bio", {})
    found.persons.append(Person(person_id, official, str(bio.get("birthday") or ""), "", bio.get("gender") or ""))
    for first in (name["first"], name.get("nickname"), f"{name['first']} {name.get('middle') or ''}".strip()):
        if first:
            found.names.append((person_id, f"{first} {name['last']}"))
    found.names += [
        (person_id, f"{o.get('first') or name['first']} {o['last']}")
        for o in legislator.get("other_names", [])
        if o.get("last")
    ]
    for term in legislator["terms"]:
        role, classification, house = TERMS[term["type"]]
        seat = "-".join(str(part) for part in (term.get("state"), term.get("district")) if part is not None)
        dates = (str(term["start"]), str(term["end"]), "")
        party = term.get("party") or ""
        found.memberships.append(
            Membership(person_id, role, classification, house, "US", party, seat, *dates, "congress-legislators")
        )


def _add_legislator_rows(found: Found, rows: Iterable[dict[str, str]]) -> None:
    """legislators-current.csv: the term that runs, without dates; names and ids only."""
    for row in rows:
        person_id = row.get("wikidata_id") or f"bioguide:{row.get('bioguide_id') or row['id_bioguide']}"
        name = row.get("full_name") or f"{row['first_name']} {row['last_name']}"
        found.persons.append(Person(person_id, name, row.get("birthday", ""), "", row.get("gender", "")))
        found.names.append((person_id, f"{row.get('nickname') or row['first_name']} {row['last_name']}"))


def _read_parlamint(path: Path) -> Found:
    found = Found()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.parse(str(path), parser).getroot()
    corpus = re.search(r"ParlaMint-([A-Z]{2})(?:-[A-Z]{2})?", root.get(XML_ID) or path.name)
    country = corpus[1] if corpus else ""
    for person in root.iter(f"{TEI}person"):
        local = f"parlamint-{country.lower()}:{person.get(XML_ID)}"
        links = " ".join((idno.text or "").strip() for idno in person.iter(f"{TEI}idno"))
        wikidata = next((m[1] for link in links.split() if (m := WIKIDATA.search(link))), None)
        person_id = wikidata or local
        names = list(dict.fromkeys(_tei_names(person)))
        if not names:
            continue
        birth, sex = person.find(f"{TEI}birth"), person.find(f"{TEI}sex")
        born = (birth.get("when") or "") if birth is not None else ""
        found.persons.append(Person(person_id, names[0], born, "", (sex.get("value") or "") if sex is not None else ""))
        found.names += [(person_id, name) for name in names[1:]]
        for affiliation in person.iter(f"{TEI}affiliation"):
            role = affiliation.get("role") or "member"
            organization = (affiliation.get("ref") or "").lstrip("#")
            if role in PARLAMINT_ROLES and not organization.startswith("party"):
                dates = (affiliation.get("from") or "", affiliation.get("to") or "", "")
                found.memberships.append(
                    Membership(person_id, role, PARLAMINT_ROLES[role], organization, country, "", "", *dates, "parlamint")
                )
    return found


def _tei_names(person: Any) -> Iterator[str]:
    for name in person.iter(f"{TEI}persName"):
        parts = [e.text.strip() for tag in ("forename", "nameLink", "surname") for e in name.iter(f"{TEI}{tag}") if e.text]
        if parts:
            yield " ".join(parts)
