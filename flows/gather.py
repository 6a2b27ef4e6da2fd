"""What there is to read: files below paths, folders and live sources. Every byte is kept before anything is done with it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from flows.ahead import load_ahead
from flows.clean import sniff, unpack
from flows.clean.cleaned import CleanError, Hints, Refused
from flows.fetch import local
from flows.fetch.source import SourceFile, load_sources
from flows.fetch.volume import Finding, volume
from flows.inputs import Input, hints_from, hints_text
from flows.ledger import utc_text
from flows.objects import raw_store
from flows.settings import LOCAL_RUNNER
from flows.store import DamagedBytes

if TYPE_CHECKING:
    from flows.pipeline import Progress, Session

LOCAL = "local"
log = logging.getLogger("onrecord")


@dataclass(slots=True)
class Gathered:
    """What a run has to read, and what became of the rest."""

    inputs: list[Input] = field(default_factory=list)
    sizes: dict[str, int] = field(default_factory=dict)
    unchanged: int = 0  # documents in inputs that were read before
    quarantine: list[dict[str, Any]] = field(default_factory=list)
    configured: list[dict[str, Any]] = field(default_factory=list)
    volume: list[Finding] = field(default_factory=list)
    failed_sources: list[str] = field(default_factory=list)
    asked_sources: list[str] = field(default_factory=list)
    quarantined_at_most: dict[str, int] = field(default_factory=dict)  # by source, where its file sets a limit
    notes: list[str] = field(default_factory=list)

    @property
    def all_failed(self) -> bool:
        return bool(self.asked_sources) and set(self.failed_sources) >= set(self.asked_sources)


class UnknownSource(ValueError):
    """A source that no file describes."""


def gather(session: Session, progress: Progress) -> Gathered:
    """Keeps the bytes of everything asked for and lists what must be read."""
    return _Gathering(session, progress).all()


class _Gathering:
    def __init__(self, session: Session, progress: Progress) -> None:
        self.session, self.progress = session, progress
        self.ledger, self.asked = session.ledger, session.asked
        self.store = raw_store(session.settings.raw)
        self.found = Gathered()
        self.sources = load_sources()
        self.asked_for = 0
        self.fetches: list[dict[str, Any]] = []
        self.received: list[dict[str, Any]] = []
        self.refused: list[dict[str, Any]] = []  # rows of quarantine that the ledger has not yet
        self.taken: set[tuple[str, str, str]] = set()
        self.met_again: set[tuple[str, str, str]] = set()  # of those: bytes that were noted before, and did not come back
        self.known = {(r["source"], r["origin"], r["content_sha256"]): r for r in self.ledger.inputs()}
        self.latest = {  # what was last seen at each origin: bytes that were seen before it are a change when they come back
            (row["source"], row["origin"]): row["content_sha256"]
            for row in self.ledger.rows(
                "select source, origin, content_sha256 from fetches where rowid in (select max(rowid) from fetches "
                "where content_sha256 is not null and (outcome in ('document', 'unchanged', 'quarantined') "
                "or outcome like 'archive:%') group by source, origin)"
            )
        }
        self.forgotten = self.ledger.forgotten()

    def all(self) -> Gathered:
        self.found.configured = configured_sources()
        if self.asked.retried:
            self._retried()
        elif self.asked.paths:
            self._files()
        else:
            self._sources()
        self._read_again()
        self._note()
        return self.found

    # Files

    def _files(self) -> None:
        named = self.asked.sources[0] if self.asked.sources else LOCAL
        source = self.sources.get(named)
        found = list(local.walk(self.asked.paths, self.session.settings.largest_file))
        alike = [origin for origin, times in Counter(file.origin for file in found).items() if times > 1]
        if alike:  # by their ids they are versions of one document each, as if its publisher had changed it
            self.found.notes.append(
                f"{len(alike)} names of files (such as {alike[0]}) stand in several of the folders given, and are one document "
                "each, in versions; if they are not, give the folder above them, or each folder with a --source of its own"
            )
        for file in found:
            self._file(file, named, source)
        if not found:
            self.found.notes.append("there are no files below the paths that were given")

    def _file(self, file: local.Found, name: str, source: SourceFile | None) -> None:
        origin = file.origin.encode("utf-8", "backslashreplace").decode("utf-8")
        moment = self.session.now()
        if origin in self.forgotten:
            self.found.notes.append(f"{origin}: forgotten by request, left out")
            return
        if file.problem is None:
            try:
                content = local.read(file.path, self.session.settings.largest_file)
            except (OSError, local.TooLarge) as error:
                file = local.Found(file.origin, file.path, f"cannot be read: {error}")
        if file.problem is not None:
            self._quarantine("fetch", name, origin, None, file.problem, None)
            self._fetch(origin, name, moment, None, None, None, f"failed: {file.problem}")
            return
        digest = hashlib.sha256(content).hexdigest()
        outcome = self._take(content, digest, Hints(origin=origin, source=name), name, moment, source)
        self._fetch(origin, name, moment, None, digest, len(content), outcome)

    def _retried(self) -> None:
        """Takes bytes from quarantine as if they had just come, from wherever they came."""
        for digest in self.asked.retried:
            try:
                content = self.store.get(digest)
            except DamagedBytes as error:
                self.found.notes.append(str(error))
                continue
            came = self.ledger.rows("select source, origin, hints, fetched_at from inputs where content_sha256 = ?", digest)
            came = came or self.ledger.rows(
                "select source, origin, null as hints, first_seen_at as fetched_at from quarantine where content_sha256 = ?", digest
            )
            for row in came[:1] if came and came[0]["hints"] is None else came:
                name, origin = row["source"] or LOCAL, row["origin"]
                hints = hints_from(row["hints"], origin, name) if row["hints"] else Hints(origin=origin, source=name)
                moment = dt.datetime.fromisoformat(row["fetched_at"])
                self._take(content, digest, hints, name, moment, self.sources.get(name))

    def _take(self, content: bytes, digest: str, hints: Hints, name: str, moment: dt.datetime, source: SourceFile | None) -> str:
        """Lists bytes for reading unless they were read before with the same code; opens archives. Returns the outcome.

        What cannot even be recognised or opened is kept and in quarantine, and costs none of the other files.
        """
        try:
            return self._open(content, digest, hints, name, moment, source)
        except CleanError as error:
            tried = "select 1 from quarantine where source = ? and origin = ? and content_sha256 = ? and cleaner = ?"
            if not self.asked.force and self.ledger.rows(tried, name, hints.origin, digest, self.session.cleaner):
                return "unchanged"
            self.store.put(content)
            self._quarantine("clean", name, hints.origin, digest, error.reason, error.detail)
            return "quarantined"

    def _open(self, content: bytes, digest: str, hints: Hints, name: str, moment: dt.datetime, source: SourceFile | None) -> str:
        known = self.known.get((name, hints.origin, digest))
        if self.latest.get((name, hints.origin), digest) != digest:
            known = None
        fresh = known is None or self.asked.force or known["cleaner"] != self.session.cleaner
        is_archive = sniff.container(content) in ("zip", "tar", "warc", "gzip", "zstd")
        if not is_archive:
            return self._list(content, digest, hints, name, moment, source, known)
        if not fresh and known is not None:
            self.found.unchanged += known["documents"]
            return "unchanged"
        self.store.put(content)
        members, unchanged = 0, self.found.unchanged
        is_lone = False
        refused: list[Refused] = []
        for member in unpack.members(content, hints.origin):
            if isinstance(member, Refused):
                refused.append(member)
            elif not member.is_archived:
                is_lone = True
            elif not member.content:
                refused.append(Refused(member.origin, "empty", "0 bytes"))  # thousands of them cost a few rows
            else:
                members += 1
                told = member.hints(hints)
                inner = hashlib.sha256(member.content).hexdigest()
                when = self.known.get((name, member.origin, inner))
                self._list(member.content, inner, told, name, member.fetched_at or moment, source, when)
                self.session.containers[name, member.origin, inner] = (name, hints.origin, digest)
        for one in refused[:200]:
            self._quarantine("clean", name, one.origin, digest, one.reason, one.detail)
        if len(refused) > 200:
            detail = f"{len(refused)} members were refused; the first 200 have their own rows"
            self._quarantine("clean", name, hints.origin, digest, "many members refused", detail)
        if is_lone:
            return self._list(content, digest, hints, name, moment, source, known)
        self._remember(name, hints, digest, moment)
        row = {
            "cleaner": self.session.cleaner,
            "documents": self.found.unchanged - unchanged,  # those that are read are counted when they are
            "is_new": False,
            "quarantined": len(refused),
            "source": name,
            "origin": hints.origin,
            "content_sha256": digest,
        }
        self.session.done.append(row)
        self.session.archives[name, hints.origin, digest].append(row)
        return f"archive: {members} members" if members or not refused else "quarantined"

    def _list(
        self,
        content: bytes,
        digest: str,
        hints: Hints,
        name: str,
        moment: dt.datetime,
        source: SourceFile | None,
        known: sqlite3.Row | None,
    ) -> str:
        if hints.origin in self.forgotten or (hints.url or "") in self.forgotten:
            return "forgotten"
        if known is not None and not self.asked.force and known["cleaner"] == self.session.cleaner:
            self.found.unchanged += known["documents"]
            return "unchanged"
        self.store.put(content)
        if source is not None and source.label_hints:  # its language is not handed on: a source has pages in others too
            hints = Hints(
                origin=hints.origin,
                source=name,
                media_type=hints.media_type,
                url=hints.url,
                title=hints.title,
                language=hints.language,
                published_on=hints.published_on,
                label_hints=tuple(source.label_hints),
            )
        if known is not None:
            self.met_again.add((name, hints.origin, digest))
            moment = dt.datetime.fromisoformat(known["fetched_at"])
        self._remember(name, hints, digest, moment)
        self._input(name, hints, digest, moment, len(content), source)
        return "document"

    def _input(self, name: str, hints: Hints, digest: str, moment: dt.datetime, size: int, source: SourceFile | None) -> None:
        key = (name, hints.origin, digest)
        if key in self.taken:
            return
        if not self.taken and self.session.settings.runner == LOCAL_RUNNER:
            load_ahead()  # there will be something to read
        self.taken.add(key)
        self.found.sizes[digest] = size
        licence = source.licence if source else None
        self.found.inputs.append(Input(name, hints.origin, digest, moment, hints, licence, self.asked.since, self.asked.until))

    def read_held(self, row: sqlite3.Row, source: SourceFile) -> None:
        """Lists bytes that an earlier run received for reading, unless they lie outside the days asked for.

        An archive is opened again: what it holds may not have been listed, or was refused by other code.
        """
        size = self.store.size(row["content_sha256"])
        if size is None or row["origin"] in self.forgotten:
            return
        hints = hints_from(row["hints"], row["origin"], source.name)
        day = hints.published_on
        if day and not (self.asked.since or day) <= day <= (self.asked.until or day):
            return
        moment = dt.datetime.fromisoformat(row["fetched_at"])
        if self._is_archive(row["content_sha256"]):
            self._take(self.store.get(row["content_sha256"]), row["content_sha256"], hints, source.name, moment, source)
            return
        self._input(source.name, hints, row["content_sha256"], moment, size, source)

    def _is_archive(self, digest: str) -> bool:
        """Whether bytes are an archive, whose members are inputs of their own. A zip says at its end whether it is a document."""
        try:
            head = self.store.head(digest, 4_096)
            content = self.store.get(digest) if head.startswith(b"PK") else head
            return sniff.container(content) in ("zip", "tar", "warc")
        except (CleanError, DamagedBytes):
            return False  # reading it says what is wrong

    def _read_again(self) -> None:
        """Puts before what is fresh the bytes that what stands was made of, where it must be made anew.

        All of them, version by version, where no database stands; else those on which published documents stand, and what
        came after them. So rows depend on what was received and in which order, never on when it was read: bytes that are
        met again, such as an address's older page in a web archive, are no later version than they were.
        """
        fresh = sorted(self.found.inputs, key=self._order)
        session = self.session
        is_whole = session.base is None or session.base.cleaner != session.cleaner or session.is_out_of_step
        if not (is_whole or self.asked.force or self.met_again):
            self.found.inputs = fresh
            return
        noted = self.ledger.reads()
        numbers = {(*_origin_of(row), row["content_sha256"]): row["number"] for row in noted}
        for (_, _, digest), number in numbers.items():
            session.numbers[digest] = max(number, session.numbers.get(digest, 0))
        fresh = [self._numbered(one, numbers) for one in fresh]
        if not (is_whole or self.asked.force):
            self.found.inputs = fresh
            return
        concerned = set(map(_origin_of, noted)) if is_whole else {(one.source, one.origin) for one in fresh}
        again: list[tuple[int, Input]] = []
        last: dict[tuple[str, str], str] = {}
        standing = set(session.standing.values())
        for place, reads in groupby(sorted(noted, key=_origin_of), key=_origin_of):
            if place in concerned:
                rows = list(reads)
                again += self._again(rows, standing)
                last[place] = rows[-1]["content_sha256"]
        before = [one for _, one in sorted(again, key=lambda numbered: numbered[0])]
        news = [one for one in fresh if one.number is None and last.get((one.source, one.origin)) != one.content_sha256]
        self.found.inputs = before + news

    def _numbered(self, one: Input, numbers: dict[tuple[str, str, str], int]) -> Input:
        """Bytes that are met again have the place in the order of reading that they had."""
        key = (one.source, one.origin, one.content_sha256)
        return replace(one, is_again=True, number=numbers[key]) if key in self.met_again and key in numbers else one

    def _order(self, one: Input) -> tuple[str, str, dt.datetime, str]:
        """The order of what arrived: not that in which paths were named or pages answered."""
        return one.source, one.origin, min(one.fetched_at, self.session.started), one.content_sha256

    def _again(self, reads: list[sqlite3.Row], standing: set[str]) -> list[tuple[int, Input]]:
        """Of what was read at one origin, in order, what must be read again, each with its number."""
        latest = {row["content_sha256"]: row["number"] for row in reads}
        published = max((number for digest, number in latest.items() if digest in standing), default=0)
        found = []
        for row in reads:
            number, digest = row["number"], row["content_sha256"]
            if number > published or (digest in standing and number == latest[digest]):
                one = self._held(row)
                if one is not None:
                    found.append((number, one))
        return found

    def _held(self, row: sqlite3.Row) -> Input | None:
        """An input that was read before; None where its bytes are gone or must not come back."""
        digest, name = row["content_sha256"], row["source"]
        size = self.store.size(digest)
        if size is None or row["origin"] in self.forgotten or self._is_archive(digest):
            return None
        self.found.sizes[digest] = size
        source = self.sources.get(name)
        return Input(
            name,
            row["origin"],
            digest,
            dt.datetime.fromisoformat(row["fetched_at"]),
            hints_from(row["hints"], row["origin"], name),
            source.licence if source else None,
            is_again=True,
            number=row["number"],
        )

    # Sources

    def _sources(self) -> None:
        for name in self.asked.sources:
            if name not in self.sources:
                raise UnknownSource(f"no source is called '{name}'; `onrecord sources` lists them: {', '.join(self.sources)}")
        wanted = [self.sources[n] for n in self.asked.sources] or [s for s in self.sources.values() if s.enabled]
        self.found.asked_sources = [source.name for source in wanted]
        limits = {source.name: source.expect.quarantined_at_most for source in wanted}
        self.found.quarantined_at_most = {name: most for name, most in limits.items() if most is not None}
        for source in wanted:
            if not source.is_live:
                for file in local.walk_source(source, self.session.settings.largest_file):
                    self._file(file, source.name, source)
        live = [source for source in wanted if source.is_live]
        if live:
            from flows.nightly import fetch_live

            fetch_live(self, live)

    def arrived(self, source: SourceFile, dates: Iterable[dt.date | None]) -> None:
        """A source's index was read; `dates` are those of all that it names."""
        found = volume(source, dates, self.session.now().date())
        self.found.volume += found
        self.found.notes += [f"source {one.source}: {one.message}" for one in found if not one.stops_publication]

    # Notes

    def _quarantine(self, stage: str, source: str, origin: str, digest: str | None, reason: str, detail: str | None) -> None:
        row = {
            "run_id": self.session.summary.run_id,
            "stage": stage,
            "source": source,
            "origin": origin,
            "content_sha256": digest,
            "reason": reason,
            "detail": detail,
            "first_seen_at": utc_text(self.session.started),
            "cleaner": self.session.cleaner,
        }
        self.found.quarantine.append(row)
        self.refused.append(row)

    def _fetch(
        self,
        origin: str,
        source: str,
        moment: dt.datetime,
        status: int | None,
        digest: str | None,
        size: int | None,
        outcome: str,
        headers: dict[str, str] | None = None,
        published_on: dt.date | None = None,
    ) -> None:
        self.asked_for += 1
        self.progress("gather", self.asked_for, 0)
        self.fetches.append(
            {
                "run_id": self.session.summary.run_id,
                "origin": origin,
                "source": source,
                "fetched_at": utc_text(moment),
                "status": status,
                "content_sha256": digest,
                "bytes": size,
                "headers": json.dumps(headers, sort_keys=True) if headers else None,
                "outcome": outcome,
                "published_on": published_on.isoformat() if published_on else None,
            }
        )

    def _remember(self, name: str, hints: Hints, digest: str, moment: dt.datetime) -> None:
        self.received.append(
            {
                "source": name,
                "origin": hints.origin,
                "content_sha256": digest,
                "hints": hints_text(hints),
                "fetched_at": utc_text(moment),
            }
        )

    def _note(self) -> None:
        """Writes to the ledger what was noted since the last time, in one transaction for each kind of note."""
        self.store.flush()
        self.ledger.quarantined(self.refused)
        self.ledger.received(self.received)
        self.ledger.fetched(self.fetches)
        self.refused, self.received, self.fetches = [], [], []


def _origin_of(row: sqlite3.Row) -> tuple[str, str]:
    return row["source"], row["origin"]


def configured_sources() -> list[dict[str, Any]]:
    """Rows of the table configured_sources: every source that a file describes."""
    names = ("name", "title", "homepage", "licence", "language")
    return [{name: getattr(source, name) for name in names} for source in load_sources().values()]
