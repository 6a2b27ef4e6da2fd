"""Bodies come out of their encoding whole, however the network cuts them, and never beyond the limit."""

from __future__ import annotations

import gzip
import zlib

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from flows.fetch.decode import BodyBroken, BodyTooLarge, body, gunzip


def raw_deflate(content: bytes) -> bytes:
    machine = zlib.compressobj(wbits=-15)
    return machine.compress(content) + machine.flush()


ENCODERS = {
    "gzip": gzip.compress,
    "x-gzip": lambda content: gzip.compress(content[:10]) + gzip.compress(content[10:]),  # two members
    "deflate": zlib.compress,
    "Deflate": raw_deflate,  # without its head, as some servers send it
    "zstd": lambda content: zstandard.compress(content[:10]) + zstandard.compress(content[10:]),  # two frames
    "identity": lambda content: content,
}


@given(content=st.binary(max_size=3000), size=st.integers(1, 400), encoding=st.sampled_from(sorted(ENCODERS)))
def test_a_body_comes_out_as_it_went_in_however_it_is_cut(content: bytes, size: int, encoding: str) -> None:
    packed = ENCODERS[encoding](content)
    chunks = [packed[start : start + size] for start in range(0, len(packed), size)]
    assert bytes(body(chunks, encoding, limit=10_000)) == content


@given(content=st.binary(min_size=50, max_size=500), encoding=st.sampled_from(["gzip", "deflate", "zstd"]))
def test_a_body_that_ends_early_is_never_taken_for_a_whole_one(content: bytes, encoding: str) -> None:
    packed = ENCODERS[encoding](content)
    for cut in (1, len(packed) // 2, len(packed) - 1):
        with pytest.raises(BodyBroken):
            body([packed[:cut]], encoding, 10_000)


@pytest.mark.parametrize("encoding", sorted(ENCODERS))
def test_a_limit_is_a_limit(encoding: str) -> None:
    kept = bytearray()
    with pytest.raises(BodyTooLarge):
        body([ENCODERS[encoding](bytes(40_000_000))], encoding, 1_000_000, into=kept)
    assert len(kept) < 50_000_000


def test_what_was_not_asked_for_is_refused_unread() -> None:
    with pytest.raises(BodyBroken, match="not asked for"):
        body([b"x"], "br", 100)
    with pytest.raises(BodyBroken, match="not asked for"):
        body([b"x"], "gzip, gzip", 100)


def test_padding_after_a_gzip_member_is_ignored_and_rubbish_is_not() -> None:
    assert gunzip(gzip.compress(b"words") + bytes(100), 1000) == b"words"
    with pytest.raises(BodyBroken):
        gunzip(gzip.compress(b"words") + b"rubbish", 1000)
