"""Tries a source on a few documents: what `onrecord sources check NAME` shows before anyone relies on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

from flows.fetch.client import Client, Settings
from flows.fetch.fetch import Fetched, SourceFailed, SourceRead, Wanted, fetch_source
from flows.fetch.local import Found, walk_source
from flows.fetch.source import SourceFile


@dataclass(slots=True)
class Check:
    """What would be got from a source."""

    source: str
    named: int = 0  # documents that the pages of the index which were read name
    tried: list[Fetched] = field(default_factory=list)  # documents asked for, whatever came of them
    files: list[Found] = field(default_factory=list)  # of a folder
    trail: list[Fetched] = field(default_factory=list)  # robots.txt, index pages, redirects, tries
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether the source gives documents."""
        return not self.problems


def check_source(
    source: SourceFile, settings: Settings, now: Callable[[], dt.datetime], documents: int = 3, pages: int = 2
) -> Check:
    """Reads at most `pages` pages of the source's index and fetches at most `documents` documents. Stores nothing."""
    check = Check(source.name)
    if not source.is_live:
        found = list(walk_source(source))
        check.named = sum(1 for file in found if not file.problem)
        check.files = found[:documents]
        check.problems += [f"{file.origin}: {file.problem}" for file in islice((f for f in found if f.problem), documents)]
    else:
        few = source.model_copy(
            update={
                "index": source.index.model_copy(update={"pages": min(pages, source.index.pages)}),
                "documents": source.documents.model_copy(update={"per_run": documents}),
            }
        )
        _fetch(few, settings, now, check)
    if not check.named and not check.problems:
        check.problems.append("the index names no document that documents.include takes")
    return check


def _fetch(source: SourceFile, settings: Settings, now: Callable[[], dt.datetime], check: Check) -> None:
    with Client(settings, now) as client:
        try:
            for event in fetch_source(source, Wanted(), {}, client, now):
                if isinstance(event, SourceRead):
                    check.named, check.notes = event.named, list(event.notes)
                elif event.outcome in ("index", "robots", "retried", "redirected"):
                    check.trail.append(event)
                else:
                    check.tried.append(event)
        except SourceFailed as error:
            check.problems.append(error.reason)
    check.problems += [f"{one.origin}: {one.reason}" for one in check.tried if one.is_quarantined]
