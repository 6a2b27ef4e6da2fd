"""Plain text: the decoded file is the document's text, so that offsets hold in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.clean.cleaned import Cleaned, Hints
from flows.clean.dates import date_in_name, event_date
from flows.clean.decode import decode
from flows.clean.paragraphs import split_paragraphs

URL_LINE = re.compile(r"\s*(?:URL|Source|Link):\s*(https?://\S+)", re.I)


def read(content: bytes, hints: Hints) -> Iterator[Cleaned]:
    """One document: its text, its paragraphs, and what its first lines and its name say of it.

    Raises CleanError for what cannot be a document.
    """
    text = decode(content, charset_of(hints.media_type))
    paragraphs = split_paragraphs(text)
    head = text[: paragraphs[min(12, len(paragraphs)) - 1].end][:3000]
    url = URL_LINE.match(text)
    yield Cleaned(
        text,
        paragraphs,
        "text",
        url=hints.url or (url[1] if url else None),
        title=hints.title,
        language=hints.language,
        published_on=hints.published_on,
        event_on=event_date(head, date_in_name(hints.origin)) or date_in_name(hints.origin),
    )


def charset_of(media_type: str | None) -> str | None:
    """The charset that an HTTP header's media type names, if it does."""
    found = re.search(r"charset=[\"']?([\w.:-]+)", media_type or "", re.I)
    return found[1] if found else None
