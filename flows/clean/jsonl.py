"""One document a line: `id`, `text` or `html`, and if known `url`, `title`, `published_at`, `language`, `source`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from flows.clean.cleaned import Cleaned, CleanError, Hints, Refused
from flows.clean.dates import parse_date
from flows.clean.draft import clean_characters
from flows.clean.json_lines import lines, record, text_of


def read(content: bytes, hints: Hints) -> Iterator[Cleaned | Refused]:
    """A document for each line, read as text, Markdown or HTML; a bad line is refused singly, as is an id seen before."""
    seen: set[str] = set()
    for number, line in lines(content):
        place, identity = f"{hints.origin}#{number}", None
        try:
            value = record(line)
            identity = text_of(value.get("id"))
            if identity is not None and not identity.strip():
                identity = None  # a column that nobody filled names no document
            if identity is not None and identity in seen:
                raise CleanError("id seen before", f"the id {identity[:100]} stands on an earlier line too")
            document = _document(value, identity, place, hints)
        except CleanError as error:
            yield Refused(place, error.reason, error.detail, external_id=identity)
        else:
            if identity is not None:
                seen.add(identity)
            yield document


def _document(value: dict[str, Any], identity: str | None, place: str, hints: Hints) -> Cleaned:
    """The line's document. Raises CleanError where it has neither text nor html."""
    body, reader = _body(value)
    url = _string(value, "url")
    inner = replace(
        hints,
        origin=url or place,
        url=url,
        media_type="text/html" if reader == "html" else "text/plain",
        title=_string(value, "title") or hints.title,
        language=_string(value, "language") or hints.language,
        published_on=parse_date(value.get("published_at")) or hints.published_on,
    )
    document = _only(_reader(reader)(clean_characters(body).encode("utf-8"), inner))
    document.format = "jsonl"
    document.external_id = identity
    document.url = url or document.url
    document.title = _string(value, "title") or document.title
    document.language = _string(value, "language") or document.language
    document.published_on = inner.published_on or document.published_on
    document.source = _string(value, "source") or document.source
    document.origin = None if identity is not None or url else place
    return document


def _body(value: dict[str, Any]) -> tuple[str, str]:
    for key in ("text", "html"):
        body = value.get(key)
        if isinstance(body, str) and body.strip():
            return body, key
    raise CleanError("no text", f"neither `text` nor `html` has words; the keys are {', '.join(sorted(value)[:12])}")


def _string(value: dict[str, Any], key: str) -> str | None:
    found = value.get(key)
    return clean_characters(found) if isinstance(found, str) and found.strip() else None


def _only(documents: Iterator[Cleaned]) -> Cleaned:
    document = next(iter(documents), None)
    if document is None:
        raise CleanError("no text", "the reader found nothing in it")
    return document


def _reader(name: str):
    from flows.clean import html, text

    return html.read if name == "html" else text.read
