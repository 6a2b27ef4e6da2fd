"""What goes into a worker that reads, and what comes out of it."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import resource
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.clean.cleaned import Hints

if TYPE_CHECKING:
    from flows import corrections

STAGED = ("documents", "blocks", "turns", "sentences", "document_bands", "correction_places")  # tables whose rows reading makes
TOO_LONG = "the limit for one document was reached (ONRECORD_DOCUMENT_SECONDS)"
TOO_MUCH = "the limit for one document was reached (ONRECORD_DOCUMENT_MEGABYTES)"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost."""

    seconds: float = 60.0
    seconds_per_megabyte: float = 4.0
    memory_bytes: int = 1_700_000_000
    turns: int = 100_000  # of one document; the longest sitting has some thousands


@dataclass(frozen=True, slots=True)
class Input:
    """Stored bytes to be read, and all that is known of them from outside."""

    source: str
    origin: str
    content_sha256: str
    fetched_at: dt.datetime
    hints: Hints
    licence: str | None = None
    since: dt.date | None = None  # days asked for; the page's own day decides where the index stated none
    until: dt.date | None = None
    is_again: bool = False  # read before, and noted in the ledger's order of reading
    number: int | None = None  # its place in that order: of a document that stands on what came later it says nothing new


@dataclass(frozen=True, slots=True)
class Context:
    """What every batch of a run needs."""

    raw: Path | str  # a folder, or the address of an object store
    people: tuple[Path, ...]
    cleaner: str
    parts: Path  # where the batch writes its parts
    limits: Limits = Limits()
    corrections: tuple[corrections.Correction, ...] = ()
    forgotten: frozenset[str] = frozenset()  # origins, addresses and ids that must not come back


@dataclass(slots=True)
class Outcome:
    """What became of one input."""

    input: Input
    documents: list[str] = field(default_factory=list)  # document ids
    quarantined: list[dict[str, Any]] = field(default_factory=list)
    left_out: int = 0  # documents outside the days asked for


@dataclass(slots=True)
class BatchRead:
    """What became of a batch: an outcome an input, in order, and the files of Arrow tables that hold the rows."""

    outcomes: list[Outcome] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)


def bound_memory(limits: Limits) -> None:
    """Makes allocation beyond the limit fail in this process, so that one document cannot take the machine's memory."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (limits.memory_bytes, limits.memory_bytes))


def hints_text(hints: Hints) -> str:
    """Hints as the ledger keeps them, as JSON."""
    return json.dumps(
        {
            "media_type": hints.media_type,
            "url": hints.url,
            "title": hints.title,
            "language": hints.language,
            "published_on": hints.published_on and hints.published_on.isoformat(),
            "label_hints": list(hints.label_hints),
        }
    )


def hints_from(text: str, origin: str, source: str) -> Hints:
    """What `hints_text` wrote, as hints again."""
    told = json.loads(text)
    day = told.pop("published_on")
    labels = tuple(told.pop("label_hints"))
    return Hints(origin=origin, source=source, published_on=dt.date.fromisoformat(day) if day else None, label_hints=labels, **told)
