"""Writes what was fetched as WARC, so that others can check what a server answered."""

from __future__ import annotations

import datetime as dt
import http
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows.fetch.client import Exchange, user_agent
from flows.fetch.fetch import Event, Fetched

OF_TRANSFER = frozenset({"content-encoding", "transfer-encoding", "content-length"})


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that the tables still tell of, and its body."""

    run_id: str
    origin: str  # the address asked for
    fetched_at: dt.datetime  # UTC
    status: int
    headers: dict[str, str]  # those that were kept
    outcome: str
    content: bytes


class Archive:
    """A .warc.gz being written: a request and a response record for every answer, also for redirects, errors and robots.txt.

    Bodies are written decoded; the headers that described their transfer are kept as X-Archive-Orig-*. A body that was cut
    short is marked WARC-Truncated.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("xb")  # never over an archive that is there
        self._writer = WARCWriter(self._file, gzip=True)
        told = {"software": user_agent(), "format": "WARC File Format 1.1", "robots": "obeyed"}
        self._writer.write_record(self._writer.create_warcinfo_record(path.name, told))

    def write(self, exchange: Exchange) -> None:
        """Adds an exchange; one that got no answer is left out."""
        if exchange.status is None:
            return
        date = exchange.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        body = exchange.content or b""
        about = {"WARC-Date": date}
        if exchange.is_cut:
            about["WARC-Truncated"] = "disconnect"
        response = self._writer.create_warc_record(
            exchange.url, "response", io.BytesIO(body), http_headers=_answer_head(exchange, len(body)), warc_headers_dict=about
        )
        self._writer.write_record(response)
        path = urlsplit(exchange.url)._replace(scheme="", netloc="").geturl() or "/"
        head = StatusAndHeaders(f"GET {path} HTTP/1.1", exchange.request_headers, is_http_request=True)
        together = {"WARC-Date": date, "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID")}
        request = self._writer.create_warc_record(exchange.url, "request", http_headers=head, warc_headers_dict=together)
        self._writer.write_record(request)

    def write_kept(self, answers: Iterable[Kept]) -> int:
        """Adds answers from the tables and the kept bytes, in the order in which they came; returns how many.

        Of the headers those are there that were kept. A redirect's target is the record's address, as it was on the wire.
        """
        leads: dict[tuple[str, str], str] = {}
        count = 0
        for answer in answers:
            location = answer.headers.get("location")
            place = _final(leads, answer.run_id, answer.origin)
            if answer.outcome.startswith("redirected") and location:
                place = answer.origin
                leads[answer.run_id, answer.origin] = urljoin(answer.origin, location)
            reason = http.HTTPStatus(answer.status).phrase if answer.status in set(http.HTTPStatus) else ""
            headers = [*answer.headers.items(), ("Content-Length", str(len(answer.content)))]
            head = StatusAndHeaders(f"{answer.status} {reason}".strip(), headers, protocol="HTTP/1.1")
            about = {"WARC-Date": answer.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ")}
            record = self._writer.create_warc_record(
                place, "response", io.BytesIO(answer.content), http_headers=head, warc_headers_dict=about
            )
            self._writer.write_record(record)
            count += 1
        return count

    def tee(self, events: Iterable[Event]) -> Iterator[Event]:
        """Passes events on, writing each exchange among them."""
        for event in events:
            if isinstance(event, Fetched) and event.exchange is not None:
                self.write(event.exchange)
            yield event

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()


def _answer_head(exchange: Exchange, length: int) -> StatusAndHeaders:
    headers = []
    for name, value in exchange.headers.multi_items():
        headers.append((f"X-Archive-Orig-{name}" if name.lower() in OF_TRANSFER else name, value))
    headers.append(("Content-Length", str(length)))
    return StatusAndHeaders(f"{exchange.status} {exchange.reason_phrase}".strip(), headers, protocol="HTTP/1.1")


def _final(leads: dict[tuple[str, str], str], run_id: str, address: str) -> str:
    """Where an address led in that run; redirects are few and end, which the client has seen to."""
    for _ in range(10):
        following = leads.get((run_id, address))
        if following is None:
            break
        address = following
    return address
