"""Finds the files below paths that a person gave: sorted, each once, none that could hang the run."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from flows.clean.unpack import CORPUS_COMPANIONS, CORPUS_FILE
from flows.fetch.source import SourceFile

LARGEST_FILE = 4_000_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Found:
    """A file below a given path, or a place that cannot be read (`problem` says why)."""

    origin: str  # relative to the folder given; for a single file its name. With / on every machine
    path: Path
    problem: str | None = None


class TooLarge(Exception):
    """A file beyond its limit."""


def walk(paths: Iterable[Path], largest: int = LARGEST_FILE) -> Iterator[Found]:
    """Files below the paths, in the order of the paths and sorted below each; a file given twice comes once.

    Hidden files and folders are left out. Links are followed, once: a folder that was walked already is not entered again.
    What cannot be read (special files, broken links, missing rights, files above `largest` bytes) comes with its problem.
    """
    seen: set[object] = set()
    for given in paths:
        yield from _walk(given, given.name or str(given), seen, largest, is_given=True)


def walk_source(source: SourceFile, largest: int = LARGEST_FILE) -> Iterator[Found]:
    """The files of a source of kind folder that its file takes for documents, by their path relative to the folder.

    Raises ValueError for a source of another kind.
    """
    if source.index.path is None:
        raise ValueError(f"{source.name} is no folder")
    for found in walk([source.index.path], largest):
        if found.problem or source.documents.admits(found.origin):
            yield found


def read(path: Path, largest: int = LARGEST_FILE) -> bytes:
    """A file's bytes. Raises TooLarge beyond `largest` bytes (also where the file grows meanwhile) and OSError."""
    with path.open("rb") as file:
        content = file.read(largest + 1)
    if len(content) > largest:
        raise TooLarge(f"larger than {largest} bytes")
    return content


def _walk(path: Path, origin: str, seen: set[object], largest: int, is_given: bool = False) -> Iterator[Found]:
    try:
        told = path.stat()
    except OSError as error:
        yield Found(origin, path, f"cannot be read: {error.strerror or error}")
        return
    is_folder = stat.S_ISDIR(told.st_mode)
    identity = (told.st_dev, told.st_ino) if is_folder else os.path.realpath(path)  # hard links are files of their own
    if identity in seen:
        return
    seen.add(identity)
    if is_folder:
        yield from _walk_folder(path, "" if is_given else origin + "/", seen, largest)
    elif not stat.S_ISREG(told.st_mode):
        yield Found(origin, path, "no file with content, but a special one (pipe, socket or device)")
    elif told.st_size > largest:
        yield Found(origin, path, f"larger than {largest} bytes")
    elif not os.access(path, os.R_OK):
        yield Found(origin, path, "cannot be read: no right to")
    else:
        yield Found(origin, path)


def _walk_folder(folder: Path, prefix: str, seen: set[object], largest: int) -> Iterator[Found]:
    try:
        names = sorted(entry.name for entry in os.scandir(folder))
    except OSError as error:
        yield Found(prefix.rstrip("/") or folder.name, folder, f"cannot be read: {error.strerror or error}")
        return
    is_corpus = CORPUS_FILE in names
    for name in names:
        if name.startswith(".") or (is_corpus and name in CORPUS_COMPANIONS):
            continue
        yield from _walk(folder / name, prefix + name, seen, largest)
