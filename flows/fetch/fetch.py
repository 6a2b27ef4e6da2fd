"""Fetches sources: what their indexes name, what changed of it, and every answer as what it is."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import queue
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Literal

from flows.fetch import indexes, judge
from flows.fetch.client import Answer, Client, Exchange, Rules, Settings
from flows.fetch.host import Closed
from flows.fetch.indexes import Entry, IndexUnreadable, Page
from flows.fetch.source import SourceFile

KEPT_HEADERS = ("etag", "last-modified", "content-type", "content-language", "location", "retry-after", "server", "date")

PATIENT_WORKERS = 4  # beyond the host's concurrency: documents that wait for another try, while others go on

MOST_NAMED = 2_000_000  # documents of a source
MOST_KEPT = 200_000  # addresses of a source's index that a backfill keeps from month to month: some 100 MB
log = logging.getLogger("onrecord")

Outcome = Literal[
    "document",  # its bytes came
    "unchanged",  # its bytes came and are those that are held
    "not_modified",  # the server says that what is held still stands (304)
    "held",  # not asked: a run that was interrupted fetched it
    "duplicate",  # led to an address whose bytes this run has already
    "preview",  # only a part is public
    "gone",  # 404 or 410: not asked again
    "failed",  # no answer, an error, or something else than the document
    "refused",  # by us: robots.txt, a forbidden address, a limit
    "index",  # a page of an index, read
    "robots",  # a robots.txt
    "retried",  # an answer that was tried again
    "redirected",  # a redirect on the way
]
QUARANTINED: frozenset[Outcome] = frozenset({"preview", "gone", "failed", "refused"})


@dataclass(frozen=True, slots=True)
class Held:
    """What is known of an address from earlier runs."""

    content_sha256: str | None = None  # of the last body received
    etag: str | None = None
    last_modified: str | None = None
    published_on: dt.date | None = None
    is_gone: bool = False  # answered 404 or 410
    has_failed: bool = False  # the last time it was asked: asked after all others, so that it cannot hold them up
    is_fresh: bool = False  # received by a run that was interrupted before it ended: not asked again by the next one


Known = Mapping[str, Held]
"""By requested address (`Fetched.origin`). Whoever calls reads it from the ledger."""


@dataclass(slots=True)
class Fetched:
    """One outcome of asking, or of deciding not to ask."""

    source: str
    origin: str  # the address asked for
    outcome: Outcome
    fetched_at: dt.datetime
    reason: str | None = None
    url: str | None = None  # where it was in the end, after redirects
    status: int | None = None
    content: bytes | None = None  # decoded; of failures too, as evidence
    headers: dict[str, str] = field(default_factory=dict)  # those that matter later
    title: str | None = None  # as the index says, like the next two
    language: str | None = None
    published_on: dt.date | None = None  # None: the index does not say; the page decides whether it is within since and until
    exchange: Exchange | None = None  # what went over the wire

    @property
    def etag(self) -> str | None:
        return self.headers.get("etag")

    @property
    def last_modified(self) -> str | None:
        return self.headers.get("last-modified")

    @property
    def media_type(self) -> str | None:
        return self.headers.get("content-type", "").partition(";")[0].strip() or None

    @property
    def content_sha256(self) -> str | None:
        return hashlib.sha256(self.content).hexdigest() if self.content is not None else None

    @property
    def is_quarantined(self) -> bool:
        """Whether a row of quarantine says so."""
        return self.outcome in QUARANTINED


Pages = dict[tuple[SourceFile, str], Page]
"""Pages of indexes by their address, as they were read: each month of a backfill adds to it what no earlier one has read."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run asks for. The days are inclusive days of publication."""

    since: dt.date | None = None
    until: dt.date | None = None
    is_forced: bool = False  # ask again for what is held, unconditionally, and for what is gone
    pages: Pages | None = None  # not asked for again; None: nothing is kept


@dataclass(frozen=True, slots=True)
class SourceRead:
    """The end of a source: its index was read. `named` is all that the index named, whenever published."""

    source: str
    named: int
    dates: tuple[dt.date | None, ...]  # of what was named
    notes: tuple[str, ...] = ()  # what a reader of the report should know


class SourceFailed(Exception):
    """The source's index could not be read, so that nothing is known of what it has."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


Event = Fetched | SourceRead | SourceFailed


def fetch_sources(
    sources: Iterable[SourceFile],
    wanted: Wanted,
    known: Mapping[str, Known],
    settings: Settings,
    now: Callable[[], dt.datetime],
) -> Iterator[Event]:
    """Fetches several sources at once, each at its own pace; `known` is by source name.

    A source that fails is yielded as SourceFailed and does not stop the others. Closing the iterator ends all waiting.
    """
    sources = list(sources)
    events: queue.Queue[Event | BaseException | None] = queue.Queue(maxsize=8)  # bodies wait in it: it must stay small
    is_over = threading.Event()

    def put(event: Event | BaseException | None) -> None:
        while not is_over.is_set():
            try:
                return events.put(event, timeout=0.2)
            except queue.Full:
                continue

    def run(source: SourceFile) -> None:
        try:
            for event in fetch_source(source, wanted, known.get(source.name, {}), client, now):
                put(event)
                if is_over.is_set():
                    return
        except (SourceFailed, Closed) as error:
            if isinstance(error, SourceFailed):
                put(error)
        except Exception as error:  # nobody foresaw it: this source's night is over, and not that of the others
            log.exception("source %s", source.name)
            put(SourceFailed(source.name, f"an error in onrecord, please report it: {type(error).__name__}: {error}"))
        except BaseException as error:  # handed to the caller's thread, which raises it
            put(error)
        finally:
            put(None)

    with Client(settings, now) as client:
        threads = [threading.Thread(target=run, args=(source,), name=f"fetch {source.name}", daemon=True) for source in sources]
        try:
            for thread in threads:
                thread.start()
            running = len(threads)
            while running:
                event = events.get()
                if event is None:
                    running -= 1
                elif isinstance(event, (Fetched, SourceRead, SourceFailed)):
                    yield event
                else:
                    raise event
        finally:
            is_over.set()
            client.close()
            for thread in threads:
                thread.join()


def fetch_source(
    source: SourceFile, wanted: Wanted, known: Known, client: Client, now: Callable[[], dt.datetime]
) -> Iterator[Fetched | SourceRead]:
    """Fetches what the source's index names and is not known to be unchanged; ends with a SourceRead.

    Documents whose day of publication the index does not state are fetched; the caller decides by the page whether they are
    wanted. Raises SourceFailed where the index cannot be read or the source forbids fetching.
    """
    if source.forbidden:
        raise SourceFailed(source.name, f"its pages must not be fetched: {source.forbidden}")
    if not source.is_live:
        raise ValueError(f"{source.name} is a folder: read it with flows.fetch.local")
    yield from _Run(source, wanted, known, client, now).events()


class _Run:
    """One source in one run."""

    def __init__(
        self, source: SourceFile, wanted: Wanted, known: Known, client: Client, now: Callable[[], dt.datetime]
    ) -> None:
        self.source, self.wanted, self.known, self.client, self.now = source, wanted, known, client, now
        self.since = max(filter(None, (wanted.since, source.since)), default=None)
        self.rules = Rules(source.pace, source.limits, source.documents.hosts)
        self.named: dict[str, dt.date | None] = {}
        self.notes: list[str] = []
        self.received: dict[str, str] = {}  # final address -> the address asked for
        self.addresses = 0  # that the pages of the index gave so far
        self.new = 0
        self.failures_in_a_row = 0
        self.last_failure = ""
        self.has_stopped = False
        self.has_asked_for_index = False
        self.has_succeeded = False

    def events(self) -> Iterator[Fetched | SourceRead]:
        workers = self.source.pace.concurrency + PATIENT_WORKERS
        pool = ThreadPoolExecutor(workers, thread_name_prefix=f"fetch {self.source.name}")
        asked: dict[Future[Answer], Entry] = {}
        try:
            for found in self._work():
                if isinstance(found, Fetched):
                    yield found
                    continue
                if self._is_stopped():
                    break
                asked[pool.submit(self._get, found)] = found
                if len(asked) >= workers:
                    yield from self._arrived(asked)
            while asked:
                yield from self._arrived(asked)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        if self.has_stopped and not self.has_succeeded:
            raise SourceFailed(self.source.name, self.notes[-1])
        address = indexes.first_page(self.source)
        if self.failures_in_a_row and not self.has_succeeded and not self.has_asked_for_index and self._kept(address):
            page = yield from self._asked_for(address)  # a page that is kept cannot tell a source that is out of reach by now
            if isinstance(page, str):
                raise SourceFailed(self.source.name, f"its index {address} cannot be read: {page}")
        yield SourceRead(self.source.name, len(self.named), tuple(self.named.values()), tuple(self.notes))

    def _work(self) -> Iterator[Entry | Fetched]:
        """What there is to tell, and the documents to ask for: those that failed the last time after all others."""
        failed_before: list[Entry] = []
        for found in self._entries():
            if isinstance(found, Fetched):
                yield found
                continue
            decided = self._without_asking(found)
            if decided is not None:
                yield from decided
            elif (held := self.known.get(found.url)) and held.has_failed:
                failed_before.append(found)
            else:
                yield found
        yield from failed_before

    # What the index names

    def _entries(self) -> Iterator[Entry | Fetched]:
        """Walks the index; yields its pages as evidence, and each document that it names once."""
        if self.source.index.kind == "archive":
            assert self.source.index.url is not None
            self.named[self.source.index.url] = None
            yield Entry(self.source.index.url)
            return
        pages = deque([indexes.first_page(self.source)])
        seen = set(pages)
        read = 0
        limit = 100_000 if self.wanted.since else self.source.index.pages
        while pages and read < limit:
            address = pages.popleft()
            page = self._kept(address) or (yield from self._asked_for(address))
            if isinstance(page, str):
                self.notes.append(f"a page of the index could not be read, what it names is missing: {address}: {page}")
                if read == 0 and not pages:
                    raise SourceFailed(self.source.name, f"its index {address} cannot be read: {page}")
                continue
            read += 1
            self._keep(address, page)
            if page.note:
                self.notes.append(f"{address}: {page.note}")
            further = [target for target in page.further if target not in seen][: limit - len(seen)]
            seen.update(further)
            pages.extend(further)
            new = [entry for entry in page.entries if entry.url not in self.named][: MOST_NAMED - len(self.named)]
            self.named |= {entry.url: entry.day for entry in new}
            yield from new
            if self._is_before_since(page.entries):
                break
        if not self.named:
            self.notes.append("the index was read and names no documents")

    def _asked_for(self, address: str) -> Generator[Fetched, None, Page | str]:
        """Asks for a page of the index and yields what came; returns the page, or why it is none."""
        self.has_asked_for_index = True
        answer = self.client.get(address, self.rules)
        yield from self._trail(answer)
        page = self._page(answer)
        if isinstance(page, str):
            yield self._fetched(Entry(address), answer, "failed", f"index: {page}")
        else:
            told = f"{len(page.entries)} documents named" + (f"; {page.note}" if page.note else "")
            yield self._fetched(Entry(address), answer, "index", told)
        return page

    def _kept(self, address: str) -> Page | None:
        return (self.wanted.pages or {}).get((self.source, address))

    def _keep(self, address: str, page: Page) -> None:
        self.addresses += len(page.entries) + len(page.further)
        if self.wanted.pages is not None and self.addresses <= MOST_KEPT:
            self.wanted.pages[self.source, address] = page

    def _page(self, answer: Answer) -> Page | str:
        """The page of the index, or why it is none."""
        last = answer.last
        if not last.is_good or last.content is None:
            return last.failure or f"status {last.status}"
        problem = judge.login_wall(answer.requested, last.url, last.content)
        if problem:
            return problem
        try:
            headers = last.headers
            return indexes.read(self.source, last.url, last.content, headers.get("content-type", ""), headers.get("link", ""))
        except IndexUnreadable as error:
            return str(error)

    def _is_before_since(self, entries: list[Entry]) -> bool:
        """Feeds, listings and archives run from new to old: a page wholly before `since` ends them. Sitemaps have no order."""
        if self.since is None or self.source.index.kind == "sitemap":
            return False
        days = [entry.day for entry in entries if entry.day is not None]
        return bool(days) and max(days) < self.since

    # Whether to ask for a document

    def _without_asking(self, entry: Entry) -> list[Fetched] | None:
        """None where the document is to be asked for; else what there is to say without asking (mostly nothing)."""
        stated, until = entry.day, self.wanted.until
        if stated is not None and ((self.since and stated < self.since) or (until and stated > until)):
            return []
        held = self.known.get(entry.url)
        if held is None or self.wanted.is_forced:
            return self._over_quota()
        if held.is_gone:
            return []
        if held.is_fresh:
            return [self._decided(entry, "held", "received by a run that was interrupted")]
        if held.content_sha256 is None:
            return self._over_quota()
        days = self.source.documents.revisit_days
        published = stated or held.published_on
        if days is not None and published is not None and (self.now().date() - published).days > days:
            return []
        return None

    def _over_quota(self) -> list[Fetched] | None:
        self.new += 1
        most = self.source.documents.per_run
        if most is None or self.new <= most:
            return None
        if self.new == most + 1:
            self.notes.append(f"more than {most} new documents (documents.per_run); the next run goes on")
        return []

    def _is_stopped(self) -> bool:
        if self.failures_in_a_row < self.source.limits.failures_in_a_row:
            return False
        self.has_stopped = True
        self.notes.append(
            f"left alone after {self.failures_in_a_row} failures in a row, the last: {self.last_failure}; the next run goes on"
        )
        return True

    def _get(self, entry: Entry) -> Answer:
        return self.client.get(entry.url, self.rules, self._conditions(entry.url))

    def _conditions(self, url: str) -> dict[str, str]:
        held = self.known.get(url)
        if held is None or self.wanted.is_forced or held.content_sha256 is None:
            return {}
        conditions = {"If-None-Match": held.etag, "If-Modified-Since": held.last_modified}
        return {name: value for name, value in conditions.items() if value}

    # What came of it

    def _arrived(self, asked: dict[Future[Answer], Entry]) -> Iterator[Fetched]:
        """Waits for the next answer; tells of all that are there."""
        done, _ = wait(asked, return_when=FIRST_COMPLETED)
        for future in [future for future in asked if future in done]:
            yield from self._received(asked.pop(future), future.result())

    def _received(self, entry: Entry, answer: Answer) -> Iterator[Fetched]:
        yield from self._trail(answer)
        outcome, reason = self._judged(entry, answer)
        self._count_failures(outcome, reason)
        yield self._fetched(entry, answer, outcome, reason)

    def _judged(self, entry: Entry, answer: Answer) -> tuple[Outcome, str | None]:
        last = answer.last
        if last.status in (404, 410):
            return "gone", last.failure
        if last.failure:
            return ("refused" if last.is_refused else "failed"), last.failure
        if last.status == 304:
            if self._conditions(entry.url):
                return "not_modified", None
            return "failed", "status 304, though nothing was held that could be unmodified"
        if last.status not in (200, 203) or last.content is None:
            return "failed", f"status {last.status}, which is no document"
        if not last.content:
            return "failed", "an empty answer with status 200"
        problem = judge.no_document(entry.url, last.url, last.content)
        if problem:
            return "failed", problem
        if last.url != entry.url and last.url in self.named:
            return "duplicate", f"leads to {last.url}, which the index names itself"
        other = self.received.setdefault(last.url, entry.url)
        if other != entry.url:
            return "duplicate", f"leads to the same page as {other}"
        if entry.is_preview or judge.is_preview(last.content):
            return "preview", "behind a paywall: what is public is a preview"
        held = self.known.get(entry.url)
        if held and held.content_sha256 == hashlib.sha256(last.content).hexdigest():
            return "unchanged", None
        return "document", None

    def _count_failures(self, outcome: Outcome, reason: str | None) -> None:
        if outcome == "failed":
            self.failures_in_a_row += 1
            self.last_failure = reason or ""
        elif outcome not in ("refused", "gone"):
            self.failures_in_a_row = 0
            self.has_succeeded = True

    def _trail(self, answer: Answer) -> Iterator[Fetched]:
        """What happened before the last answer: robots.txt, tries, redirects."""
        for outcome, exchanges in (("robots", answer.robots), ("retried", answer.tries), ("redirected", answer.redirects)):
            for exchange in exchanges:
                yield self._of_exchange(Entry(exchange.url), exchange, outcome, exchange.failure)

    def _fetched(self, entry: Entry, answer: Answer, outcome: Outcome, reason: str | None) -> Fetched:
        return self._of_exchange(entry, answer.last, outcome, reason)

    def _of_exchange(self, entry: Entry, exchange: Exchange, outcome: Outcome, reason: str | None) -> Fetched:
        headers = {name: exchange.headers[name] for name in KEPT_HEADERS if name in exchange.headers}
        return Fetched(
            source=self.source.name,
            origin=entry.url,
            outcome=outcome,
            fetched_at=exchange.fetched_at,
            reason=reason,
            url=exchange.url,
            status=exchange.status,
            content=exchange.content,
            headers=headers,
            title=entry.title,
            language=entry.language,  # not the source's: it has pages in others too, and a page's own words decide
            published_on=entry.published_on,
            exchange=exchange,
        )

    def _decided(self, entry: Entry, outcome: Outcome, reason: str) -> Fetched:
        return self._of_exchange(entry, Exchange(entry.url, [], self.now()), outcome, reason)
