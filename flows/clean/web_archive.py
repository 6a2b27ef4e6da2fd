"""WARC (ISO 28500) and ARC: each response record is a page as it was fetched."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from flows.clean.cleaned import CleanError, Refused
from flows.clean.draft import clean_characters

CHUNK = 1 << 18
ENOUGH = 0.9  # of the announced length: archives that rewrote a response leave its old length in the header
DAMAGE = (ArchiveLoadFailed, EOFError, OSError, ValueError, IndexError, KeyError, AttributeError)


@dataclass(frozen=True, slots=True)
class Response:
    """A page that a web archive holds: body without transfer or content encoding."""

    url: str
    content: bytes
    media_type: str | None
    fetched_at: dt.datetime | None


def responses(stream: BinaryIO, origin: str, limit: int) -> Iterator[Response | Refused]:
    """Each response (and resource) record; requests, metadata and revisits are passed over, other statuses refused.

    An archive without any is one refusal. `stream` is the archive without compression around it.
    """
    records = iter(ArchiveIterator(stream, arc2warc=True))
    number = found = 0
    passed: Counter[str] = Counter()
    while True:
        try:
            record = next(records, None)
        except DAMAGE as error:
            yield Refused(f"{origin}#{number + 1}", "damaged archive", f"WARC record {number + 1}: {_shown(error)}")
            return
        if record is None:
            break
        number += 1
        if record.rec_type not in ("response", "resource") or _is_about_the_archive(record):
            passed[record.rec_type] += 1
            continue
        found += 1
        url = clean_characters((record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> "))
        place = url or f"{origin}#{number}"
        try:
            yield _response(record, place, limit)
        except CleanError as error:
            yield Refused(place, error.reason, error.detail)
        except DAMAGE as error:
            yield Refused(place, "damaged archive", f"WARC record {number}: {_shown(error)}")
    if not found:
        kinds = ", ".join(f"{count} {kind}" for kind, count in passed.items()) or "none at all"
        yield Refused(origin, "no responses", f"a web archive without a response; its records: {kinds}")


def _is_about_the_archive(record) -> bool:
    """A resource that the crawler wrote of itself (wget's log and arguments), not a page."""
    return (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ").startswith(("metadata:", "urn:", "dns:"))


def _shown(error: Exception) -> str:
    return " ".join(str(error).split())[:300]


def _response(record, url: str, limit: int) -> Response:
    headers = record.http_headers
    status = headers.get_statuscode() if headers else ""
    if headers and not status.startswith("2"):
        raise CleanError(f"status {status or 'unknown'}", "the archived response is no success")
    body = _body(record, limit)
    if not body:
        raise CleanError("empty", "the archived response has no body")
    declared = headers.get_header("Content-Type") if headers else record.content_type
    return Response(url, body, declared or None, _moment(record.rec_headers.get_header("WARC-Date")))


def _body(record, limit: int) -> bytes:
    stream = record.content_stream()
    parts: list[bytes] = []
    size = 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise CleanError("too large", f"a response of more than {limit} bytes")
        parts.append(chunk)
    if _is_cut(record, size):
        raise CleanError("truncated", f"{size} bytes of a response that was longer")
    return b"".join(parts)


def _is_cut(record, size: int) -> bool:
    """Whether the record ends before what it or its response announced."""
    if record.rec_headers.get_header("WARC-Truncated"):
        return True
    if getattr(record.raw_stream, "limit", 0) > 0:
        return True
    headers = record.http_headers
    if headers is None or headers.get_header("Content-Encoding") or headers.get_header("Transfer-Encoding"):
        return False
    declared = headers.get_header("Content-Length") or ""
    return declared.isdecimal() and len(declared) < 16 and size < ENOUGH * int(declared)


def _moment(value: str | None) -> dt.datetime | None:
    """WARC-Date (ISO 8601, UTC) without its zone; None where it is none."""
    if not value:
        return None
    try:
        moment = dt.datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment.astimezone(dt.UTC).replace(tzinfo=None) if moment.tzinfo else moment
