"""One JSON value read safely, and files of one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from flows.clean.cleaned import CleanError
from flows.clean.draft import clean_characters

MAX_LINE = 50_000_000  # bytes of one line; a longer one is refused without being parsed


def load(text: str | bytes, strict: bool = True) -> Any:
    """The value; not `strict` allows line breaks within texts. Raises CleanError: bad JSON (and where), nested too deeply."""
    try:
        return json.loads(text, strict=strict)
    except RecursionError:
        raise CleanError("nested too deeply", "JSON beyond the parser's depth") from None
    except (ValueError, UnicodeDecodeError) as error:
        raise CleanError("bad JSON", str(error)) from error


def lines(content: bytes) -> Iterator[tuple[int, bytes]]:
    """(line number from 1, its bytes) for each line with something on it, without copying the whole."""
    start, number = (3 if content.startswith(b"\xef\xbb\xbf") else 0), 0
    while start < len(content):
        number += 1
        end = content.find(b"\n", start)
        end = len(content) if end < 0 else end
        if end - start > MAX_LINE:
            yield number, content[start : start + MAX_LINE + 1]
        elif line := content[start:end].strip():
            yield number, line
        start = end + 1


def record(line: bytes) -> dict[str, Any]:
    """The object on a line. Raises CleanError where it is none."""
    if len(line) > MAX_LINE:
        raise CleanError("too large", f"a line of more than {MAX_LINE} bytes")
    value = load(line)
    if not isinstance(value, dict):
        raise CleanError("bad JSON", f"not an object but {type(value).__name__}")
    return value


def text_of(value: object) -> str | None:
    """An id or name as text: numbers become it, anything else that is no text is None."""
    if isinstance(value, str):
        return clean_characters(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None
