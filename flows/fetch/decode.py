"""Takes apart compressed bodies in small bounded steps, so that a bomb costs its limit and no more."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

import zstandard

STEP = 256 * 1024  # bytes that one step may give; more is asked for again
ACCEPTED = "gzip, deflate, zstd"
ZSTD_WINDOW = 8 * 1024 * 1024  # RFC 9659: a browser takes no larger window either


class BodyTooLarge(Exception):
    """The body goes beyond its limit."""


class BodyBroken(Exception):
    """The body is not what its encoding says, or ends early."""


class _Plain:
    """No encoding."""

    is_finished = True

    def feed(self, data: bytes) -> Iterable[bytes]:
        yield data


class _Zlib:
    """gzip (also of several members) and deflate (also without its zlib head, which some servers leave out)."""

    def __init__(self, is_gzip: bool) -> None:
        self._is_gzip = is_gzip
        self._machine = zlib.decompressobj(31) if is_gzip else None
        self._head = b""  # of deflate, until its two bytes tell whether it has one
        self.is_finished = False

    def feed(self, data: bytes) -> Iterable[bytes]:
        if self._machine is None:
            self._head = data = self._head + data
            if len(data) < 2:
                return
            self._machine = zlib.decompressobj(15 if _has_zlib_head(data) else -15)
        while data:
            if self.is_finished:
                if not self._is_gzip or not data.strip(b"\0"):  # padding after the last member
                    return
                self._machine, self.is_finished = zlib.decompressobj(31), False
            piece = self._machine.decompress(data, STEP)
            data = self._machine.unconsumed_tail
            if self._machine.eof:
                self.is_finished, data = True, self._machine.unused_data
            if piece:
                yield piece


def _has_zlib_head(data: bytes) -> bool:
    """RFC 1950: the method is 8, and the two bytes are a multiple of 31."""
    return data[0] & 0x0F == 8 and (data[0] * 256 + data[1]) % 31 == 0


class _Zstandard:
    """zstd, fed in pieces so small that even the largest ratio (128 KB from 4 bytes) gives little at a time."""

    PIECE = 256

    def __init__(self) -> None:
        self._machine = self._open()
        self.is_finished = False

    @staticmethod
    def _open() -> zstandard.ZstdDecompressionObj:
        return zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW).decompressobj()

    def feed(self, data: bytes) -> Iterable[bytes]:
        for start in range(0, len(data), self.PIECE):
            piece = data[start : start + self.PIECE]
            while piece:
                if self._machine.eof:
                    self._machine = self._open()
                yield self._machine.decompress(piece)
                piece = self._machine.unused_data if self._machine.eof else b""
        self.is_finished = self._machine.eof


def decoder(encoding: str) -> _Plain | _Zlib | _Zstandard:
    """What takes apart the Content-Encoding; raises BodyBroken for one that was not asked for."""
    match encoding.strip().lower():
        case "" | "identity":
            return _Plain()
        case "gzip" | "x-gzip":
            return _Zlib(is_gzip=True)
        case "deflate":
            return _Zlib(is_gzip=False)
        case "zstd":
            return _Zstandard()
    raise BodyBroken(f"the body's encoding '{encoding}' was not asked for")


def body(chunks: Iterable[bytes], encoding: str, limit: int, into: bytearray | None = None) -> bytearray:
    """The decoded body, put into `into` as it comes (so that an incomplete one can be kept).

    Raises BodyTooLarge as soon as more than `limit` bytes came, encoded or decoded, and BodyBroken where the encoding
    does not hold or ends early.
    """
    machine = decoder(encoding)
    found = bytearray() if into is None else into
    encoded = 0
    try:
        for chunk in chunks:
            encoded += len(chunk)
            for piece in machine.feed(chunk):
                found += piece
                if len(found) > limit or encoded > limit:
                    raise BodyTooLarge(f"more than {limit} bytes")
    except (zlib.error, zstandard.ZstdError) as error:
        raise BodyBroken(f"the body is no {encoding}: {error}") from error
    if encoded and not machine.is_finished:
        raise BodyBroken(f"the {encoding} body ends early")
    return found


def gunzip(data: bytes, limit: int) -> bytes:
    """A .gz file's content; raises BodyTooLarge and BodyBroken."""
    return bytes(body([data], "gzip", limit))
