"""Bytes to documents: recognises the format, hands over to its reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module

from flows.clean import sniff, unpack
from flows.clean.cleaned import Cleaned, CleanError, Hints, Refused
from flows.clean.sniff import recognise

__all__ = ["clean", "clean_again", "clean_as", "recognise"]

Reader = Callable[[bytes, Hints], Iterator[Cleaned | Refused]]

# The module of each format. Loaded when first needed: a run over plain text loads neither XML nor Word.
READERS: dict[str, str] = {
    "text": "text",
    "markdown": "markdown",
    "html": "html",
    "convokit": "convokit",
    "jsonl": "jsonl",
    "tei": "tei",
    "theyworkforyou": "theyworkforyou",
    "canada-hansard": "canada_hansard",
    "bundestag": "bundestag",
    "bundestag-text": "bundestag",
    "akoma-ntoso": "akoma_ntoso",
    "uk-hansard": "uk_hansard",
    "congressional-record": "congressional_record",
    "congressional-record-json": "congressional_record",
    "vtt": "captions",
    "srt": "captions",
    "docx": "docx",
    "transcript-json": "transcript_json",
    "tagged-text": "tagged_text",
}


def clean(content: bytes, hints: Hints) -> Iterator[Cleaned | Refused]:
    """The documents in some bytes; a Refused for each record of many that is bad.

    A single file in gzip or Zstandard is read through its compression. Raises CleanError where the bytes as a whole
    cannot be a document; archives of several files are opened by `unpack.members` first.
    """
    content = unpack.decompressed(content)
    yield from _read(content, hints, recognise(content, hints))


def clean_again(content: bytes, hints: Hints, format: str, external_id: str | None) -> Cleaned:
    """The document of that id again, from the same bytes, with the reader that it was first read by.

    Where it has no id, `hints.origin` tells which it is (`debates.jsonl#17`). Raises CleanError where it is not there.
    """
    content = unpack.decompressed(content)
    file = replace(hints, origin=hints.origin.rpartition("#")[0] or hints.origin) if format == "jsonl" else hints
    for document in _read(content, file, format):
        if isinstance(document, Cleaned) and _is_it(document, hints, external_id):
            return document
    raise CleanError("not there", f"no document {external_id or hints.origin} of format {format} in these bytes")


def clean_as(content: bytes, hints: Hints, format: str) -> Iterator[Cleaned | Refused]:
    """All documents in the bytes, read as what they were once recognised as: `verify` reads a file of many only once."""
    yield from _read(unpack.decompressed(content), hints, format)


def _is_it(document: Cleaned, hints: Hints, external_id: str | None) -> bool:
    if external_id is not None or document.external_id is not None:
        return document.external_id == external_id
    if document.origin is not None:
        return document.origin == hints.origin
    return document.format != "jsonl" or document.url in (hints.url, hints.origin)


def _read(content: bytes, hints: Hints, format: str) -> Iterator[Cleaned | Refused]:
    if format not in READERS:
        held = "an archive" if sniff.container(content) else "a file"
        raise CleanError("unknown format", f"{held} of format {format}")
    reader: Reader = import_module(f"flows.clean.{READERS[format]}").read
    yield from reader(content, hints)
