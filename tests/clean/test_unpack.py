"""Archives: each member comes out under its own name, and a hostile one costs one refusal."""

import gzip
import io
import stat
import tarfile
import zipfile

import pytest
import zstandard

from flows.clean.cleaned import CleanError, Hints, Refused
from flows.clean.unpack import Limits, decompressed, members


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return out.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, body in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(body)
            archive.addfile(info, io.BytesIO(body))
    return out.getvalue()


def seen(content: bytes, origin: str = "in.zip", limits: Limits | None = None) -> list[tuple[str, object]]:
    return [(m.origin, m.reason if isinstance(m, Refused) else m.content) for m in members(content, origin, limits)]


def test_members_are_named_by_archive_and_path():
    assert seen(zipped({"a/b.txt": b"words"})) == [("in.zip!a/b.txt", b"words")]


def test_a_corpus_that_is_packed_is_its_utterances():
    """ConvoKit's corpora come as zip files: what describes them must not fill the quarantine, as it does not in a folder."""
    names = ("c/utterances.jsonl", "c/speakers.json", "c/conversations.json", "c/corpus.json", "c/index.json", "d/index.json")
    opened = seen(zipped({name: b"{}" for name in names}))
    assert [origin for origin, _ in opened] == ["in.zip!c/utterances.jsonl", "in.zip!d/index.json"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_repeated_is_told_and_makes_no_version():
    """Of two members with one name the second would stand as a change that the publisher made to the first."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for body in (b"12 schools", b"13 schools"):
            archive.writestr("a.txt", body)
    assert seen(out.getvalue()) == [("in.zip!a.txt", b"12 schools"), ("in.zip!a.txt", "name repeated")]


def test_archives_in_archives_open_to_a_bounded_depth():
    inner = zipped({"c.txt": b"words"})
    assert seen(zipped({"b.zip": inner})) == [("in.zip!b.zip!c.txt", b"words")]
    for name in ("d.zip", "e.zip", "f.zip"):
        inner = zipped({name: inner})
    ((_, reason),) = seen(inner)
    assert reason == "nested too deeply"


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress], ids=["gzip", "zstd"])
def test_a_lone_compressed_file_is_stored_as_it_is_and_read_through_it(pack):
    packed = pack(b"Mr. Speaker, order.")
    assert seen(packed, "sitting.txt.gz") == [("sitting.txt.gz", packed)]
    assert decompressed(packed) == b"Mr. Speaker, order."


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress], ids=["tar", "tar.gz", "tar.zst"])
def test_tar_archives_open_too(pack):
    assert seen(pack(tarred({"a.txt": b"words"})), "in.tar") == [("in.tar!a.txt", b"words")]


def test_a_bomb_costs_one_refusal_and_its_neighbours_come():
    found = seen(zipped({"bomb.txt": bytes(50_000_000), "good.txt": b"words"}))
    assert found == [("in.zip!bomb.txt", "archive bomb"), ("in.zip!good.txt", b"words")]


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress], ids=["gzip", "zstd"])
def test_a_compressed_bomb_is_refused(pack):
    with pytest.raises(CleanError, match="archive bomb"):
        decompressed(pack(bytes(50_000_000)))


def test_the_whole_is_bounded_as_well_as_each_member():
    many = zipped({f"{i}.txt": b"x" * 1000 for i in range(100)})
    assert seen(many, limits=Limits(members=10))[-1] == ("in.zip", "archive too large")
    assert seen(many, limits=Limits(total_bytes=5_000))[-1] == ("in.zip", "archive too large")


@pytest.mark.parametrize("name", ["../up.txt", "/etc/passwd", "a/../../up.txt", "C:\\x.txt", "..\\up.txt"])
def test_names_that_leave_the_archive_are_refused(name):
    assert [reason for _, reason in seen(zipped({name: b"x"}))] == ["unsafe name in archive"]


def test_links_are_not_followed():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    assert seen(out.getvalue()) == [("in.zip!link.txt", "link in archive")]
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert seen(out.getvalue(), "in.tar") == [("in.tar!link.txt", "link in archive")]


def test_a_truncated_zip_is_one_refusal():
    assert [reason for _, reason in seen(zipped({"a.txt": b"words" * 100})[:-30])] == ["damaged archive"]


def test_a_damaged_member_leaves_the_others():
    content = bytearray(zipped({"a.txt": bytes(range(256)) * 20, "b.txt": b"words"}))
    content[60] ^= 0xFF
    assert [reason for _, reason in seen(bytes(content))] == ["damaged archive", b"words"]


def test_a_member_says_what_its_hints_are():
    (member,) = members(zipped({"a.txt": b"words"}), "in.zip")
    hints = member.hints(Hints("in.zip", source="press"))
    assert (hints.origin, hints.source) == ("in.zip!a.txt", "press")
