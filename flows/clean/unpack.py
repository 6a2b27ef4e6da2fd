"""Archives opened: zip, tar, gzip, Zstandard and WARC become the files and responses that they hold.

Everything is bounded: bytes out, their ratio to bytes in, members, depth. Names that point outside the archive and links
are refused. A bomb costs one refusal and no more memory than the limits allow.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import BinaryIO

import zstandard

from flows.clean import sniff
from flows.clean.cleaned import CleanError, Hints, Refused

CHUNK = 1 << 18
CORPUS_FILE = "utterances.jsonl"  # a folder with it is a ConvoKit corpus: this file is the corpus, the others describe it
CORPUS_COMPANIONS = frozenset({"speakers.json", "users.json", "conversations.json", "corpus.json", "index.json"})
PEEK = 4_096  # decompressed bytes that tell a compressed archive from a compressed file


@dataclass(frozen=True, slots=True)
class Limits:
    """What opening one archive may cost."""

    member_bytes: int = 300_000_000  # of one member, decompressed: ConvoKit corpora are large; readers have limits of their own
    total_bytes: int = 4_000_000_000  # of all members of one file together
    ratio: int = 100  # decompressed to compressed bytes; XML reaches 30, a bomb 1,000
    members: int = 200_000
    depth: int = 3  # archives within archives


@dataclass(frozen=True, slots=True)
class Member:
    """A file that an archive held, or the file itself where it is no archive: what is stored and hashed, and its hints."""

    origin: str  # archive!member; a response's address; the file's own origin
    content: bytes  # what is stored and hashed: a lone .gz as it is, since reading decompresses it
    media_type: str | None = None
    url: str | None = None
    fetched_at: dt.datetime | None = None  # when a web archive fetched it (UTC)
    is_archived: bool = False  # it came out of an archive

    def hints(self, of_file: Hints) -> Hints:
        """The file's hints with what the member itself says."""
        if not self.is_archived:
            return of_file
        return replace(of_file, origin=self.origin, media_type=self.media_type, url=self.url or None)


@dataclass(slots=True)
class _Spent:
    """What has been unpacked so far of one file from outside."""

    limits: Limits
    total: int = 0
    members: int = 0
    depth: int = 0
    over: bool = False
    names: set[str] = field(default_factory=set)

    def take(self, size: int) -> None:
        """Counts unpacked bytes. Raises CleanError beyond the limit."""
        self.total += size
        if self.total > self.limits.total_bytes:
            self.over = True
            raise CleanError("archive too large", f"more than {self.limits.total_bytes} bytes unpacked")

    def count(self) -> None:
        """Counts a member. Raises CleanError beyond the limit."""
        self.members += 1
        if self.members > self.limits.members:
            self.over = True
            raise CleanError("archive too large", f"more than {self.limits.members} members")

    def meet(self, place: str) -> None:
        """Notes a member's name. Raises CleanError for one that was met before: two versions of one page they are not."""
        if place in self.names:
            raise CleanError("name repeated", "a member of this name came before, and was taken")
        self.names.add(place)


def members(content: bytes, origin: str, limits: Limits | None = None) -> Iterator[Member | Refused]:
    """The files in the bytes; the bytes themselves where they are no archive. Bad members come as Refused, one by one.

    A refusal of the whole (damaged, a bomb) is a Refused with the archive's own origin, so that the others go on.
    """
    yield from _open(content, origin, _Spent(limits or Limits()), archived=False)


def decompressed(content: bytes, limits: Limits | None = None) -> bytes:
    """A lone file's bytes without gzip or Zstandard around them; as they are otherwise.

    Raises CleanError for bombs and damage.
    """
    limits = limits or Limits()
    for _ in range(limits.depth):
        kind = sniff.container(content)
        if kind not in ("gzip", "zstd"):
            return content
        content = _inflated(kind, content, limits)
    if sniff.container(content) in ("gzip", "zstd"):
        raise CleanError("nested too deeply", f"compressed more than {limits.depth} times")
    return content


def _open(content: bytes, origin: str, spent: _Spent, archived: bool) -> Iterator[Member | Refused]:
    try:
        yield from _opened(content, origin, spent, archived)
    except CleanError as error:
        yield Refused(origin, error.reason, error.detail)


def _opened(content: bytes, origin: str, spent: _Spent, archived: bool) -> Iterator[Member | Refused]:
    kind = sniff.container(content)
    if kind in ("gzip", "zstd"):
        inner = _inside(kind, content)
        if inner == "warc":
            allowed = len(content) * spent.limits.ratio + 10_000_000
            yield from _responses(_stream(kind, content), allowed, origin, spent)
        elif inner == "tar":
            with closing(_stream(kind, content)) as stream:
                metered = _Metered(stream, len(content) * spent.limits.ratio + 10_000_000, spent)
                yield from _nested(_tar_members(metered, origin, spent), spent)
        elif inner == "zip" and sniff.container(whole := _inflated(kind, content, spent.limits)) == "zip":
            yield from _nested(_zip_members(whole, origin, spent), spent)
        else:
            yield Member(origin, content, is_archived=archived)
    elif kind == "warc":
        yield from _responses(io.BytesIO(content), len(content), origin, spent)
    elif kind == "zip":
        yield from _nested(_zip_members(content, origin, spent), spent)
    elif kind == "tar":
        yield from _nested(_tar_members(io.BytesIO(content), origin, spent), spent)
    else:
        yield Member(origin, content, is_archived=archived)


def _nested(found: Iterator[Member | Refused], spent: _Spent) -> Iterator[Member | Refused]:
    """What an archive holds, one level further down."""
    if spent.depth == spent.limits.depth:
        raise CleanError("nested too deeply", f"archives within archives, more than {spent.limits.depth}")
    spent.depth += 1
    try:
        yield from found
    finally:
        spent.depth -= 1


def _zip_members(content: bytes, origin: str, spent: _Spent) -> Iterator[Member | Refused]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise CleanError("damaged archive", f"zip: {error}") from error
    with archive:
        if sum(info.compress_size for info in archive.infolist()) > len(content):
            raise CleanError("archive bomb", "its members overlap: together they are larger than the archive")
        corpora = {info.filename.rpartition("/")[0] for info in archive.infolist() if _name(info.filename) == CORPUS_FILE}
        for info in archive.infolist():
            if info.is_dir() or _is_furniture(info.filename):
                continue
            if _name(info.filename) in CORPUS_COMPANIONS and info.filename.rpartition("/")[0] in corpora:
                continue
            place = f"{origin}!{info.filename}"
            try:
                spent.count()
                spent.meet(place)
                _check_zip_entry(info)
                with archive.open(info) as stream:
                    body = _bounded(stream, info.compress_size, spent)
            except CleanError as error:
                if spent.over:
                    raise
                yield Refused(place, error.reason, error.detail)
            except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
                yield Refused(place, "damaged archive", f"{type(error).__name__}: {error}")
            else:
                yield from _open(body, place, spent, archived=True)


def _check_zip_entry(info: zipfile.ZipInfo) -> None:
    check_name(info.filename)
    if stat.S_ISLNK(info.external_attr >> 16):
        raise CleanError("link in archive", "a symbolic link is not followed")
    if info.flag_bits & 0x1:
        raise CleanError("encrypted", "the member needs a password")


def _tar_members(stream: BinaryIO | io.RawIOBase, origin: str, spent: _Spent) -> Iterator[Member | Refused]:
    """The files of a tar, read as a stream: what came before damage has come out by then."""
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:  # type: ignore[call-overload]
            for info in archive:
                if info.isdir() or _is_furniture(info.name):
                    continue
                place = f"{origin}!{info.name}"
                try:
                    spent.count()
                    spent.meet(place)
                    check_name(info.name)
                    if not info.isreg():
                        raise CleanError("link in archive", "a link or device is not followed")
                    held = archive.extractfile(info)
                    body = _bounded(held, info.size, spent) if held else b""  # type: ignore[arg-type]
                except CleanError as error:
                    if spent.over:
                        raise
                    yield Refused(place, error.reason, error.detail)
                else:
                    yield from _open(body, place, spent, archived=True)
    except (tarfile.TarError, zlib.error, zstandard.ZstdError, EOFError, OSError, ValueError) as error:
        raise CleanError("damaged archive", f"tar: {error}") from error


def check_name(name: str) -> None:
    """Raises CleanError for a member's name that leaves the archive: absolute, with a drive, with `..`, with a NUL."""
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or (len(name) > 1 and name[1] == ":") or "\0" in name:
        raise CleanError("unsafe name in archive", f"{name[:200]!r} points outside the archive")


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _is_furniture(name: str) -> bool:
    """What macOS puts beside the files it packs; nobody meant it as a document."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2] in (".DS_Store", "Thumbs.db")


class _Metered(io.RawIOBase):
    """A stream that stops a bomb: it raises once more has come out of it than is allowed."""

    def __init__(self, stream: BinaryIO, allowed: int, spent: _Spent) -> None:
        self.stream, self.allowed, self.spent, self.seen = stream, allowed, spent, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        chunk = self.stream.read(CHUNK if size is None or size < 0 else size)
        self.seen += len(chunk)
        if self.seen > self.allowed:
            raise CleanError("archive bomb", f"more than {self.allowed} bytes from a web archive's compressed ones")
        self.spent.take(len(chunk))
        return chunk


def _responses(stream: BinaryIO, allowed: int, origin: str, spent: _Spent) -> Iterator[Member | Refused]:
    from flows.clean import web_archive  # rarely needed, and warcio takes long to load

    metered: BinaryIO = _Metered(stream, allowed, spent)  # type: ignore[assignment]
    for found in web_archive.responses(metered, origin, spent.limits.member_bytes):
        spent.count()
        if isinstance(found, Refused):
            yield found
            continue
        yield Member(found.url, found.content, found.media_type, found.url, found.fetched_at, is_archived=True)


def _bounded(stream: BinaryIO, compressed: int, spent: _Spent) -> bytes:
    """All of the stream. Raises CleanError as soon as it is more than a member, the whole or the ratio allows."""
    allowed = min(spent.limits.member_bytes, max(compressed, 1) * spent.limits.ratio + 1_000_000)
    parts: list[bytes] = []
    size = 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > allowed:
            reason = "archive bomb" if allowed < spent.limits.member_bytes else "too large"
            raise CleanError(reason, f"more than {allowed} bytes from {compressed} compressed ones")
        spent.take(len(chunk))
        parts.append(chunk)
    return b"".join(parts)


def _inflated(kind: str, content: bytes, limits: Limits) -> bytes:
    with closing(_stream(kind, content)) as stream:
        try:
            return _bounded(stream, len(content), _Spent(limits))
        except (zlib.error, zstandard.ZstdError, EOFError, OSError) as error:
            raise CleanError("damaged archive", f"{kind}: {error}") from error


def _inside(kind: str, content: bytes) -> str | None:
    """What a compressed file begins as: warc, zip, tar, another compression, or None for a plain file."""
    with closing(_stream(kind, content)) as stream:
        try:
            head = stream.read(PEEK)
        except (zlib.error, zstandard.ZstdError, EOFError, OSError) as error:
            raise CleanError("damaged archive", f"{kind}: {error}") from error
    if head.startswith(sniff.ZIP):
        return "zip"
    return sniff.container(head)


def _stream(kind: str, content: bytes) -> BinaryIO:
    import gzip

    if kind == "gzip":
        return gzip.GzipFile(fileobj=io.BytesIO(content))  # type: ignore[return-value]
    return _Zstd(content)  # type: ignore[return-value]


class _Zstd(io.RawIOBase):
    """Zstandard frames decompressed bit by bit. Unlike the library's reader it raises where the last frame is cut off."""

    SLICE = 512  # compressed bytes at a time: a block of 4 bytes may stand for 128 KiB, so a slice for 16 MiB
    SKIPPABLE = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18")  # RFC 8878, section 3.1.2

    def __init__(self, content: bytes) -> None:
        self.content, self.at = content, 0
        self.frame: zstandard.ZstdDecompressionObj | None = None
        self.ready = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        parts, held = [self.ready], len(self.ready)
        while (size < 0 or held < size) and self.at < len(self.content):
            chunk = self._next()
            parts.append(chunk)
            held += len(chunk)
        if self.at >= len(self.content) and self.frame is not None:
            raise EOFError("the last frame is cut off")
        whole = b"".join(parts)
        self.ready = b"" if size < 0 else whole[size:]
        return whole if size < 0 else whole[:size]

    def _next(self) -> bytes:
        if self.frame is None:
            if self.SKIPPABLE.match(self.content, self.at):
                self.at += 8 + int.from_bytes(self.content[self.at + 4 : self.at + 8], "little")
                return b""
            self.frame = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()
        given = self.content[self.at : self.at + self.SLICE]
        chunk = self.frame.decompress(given)
        self.at += len(given)
        if self.frame.eof:
            self.at -= len(self.frame.unused_data)
            self.frame = None
        return chunk
