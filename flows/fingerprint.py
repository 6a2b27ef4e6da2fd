"""Short texts that change when what documents are read with does: what was read before is stale then."""

from __future__ import annotations

from pathlib import Path

from flows import corrections, derive
from flows.settings import ROOT, Settings

CODE = (
    "flows/clean/*.py",
    "flows/segment/*.py",
    "flows/segment/*.csv",
    "flows/people/*.py",
    "flows/people/reference/*.csv",
    "flows/read.py",
    "flows/corrections.py",
    "schemas/base.py",
    "schemas/documents.py",
)


def cleaner_fingerprint(settings: Settings) -> str:
    """Changes when what makes documents, turns and sentences does: code, people files, corrections."""
    made_of = code_fingerprint(settings.people)
    held = corrections.load()
    return f"{made_of}-{corrections.fingerprint(held)}" if held else made_of


def code_fingerprint(people: tuple[Path, ...]) -> str:
    """Changes when the code that reads, or what it is told of people, does; a cluster's workers must have the same."""
    files = [path for pattern in CODE for path in ROOT.glob(pattern)]
    for place in people:
        files += [place] if place.is_file() else [p for p in place.rglob("*") if p.is_file()]
    return derive.fingerprint(files)
