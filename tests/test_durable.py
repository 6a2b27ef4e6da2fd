"""What a power cut would leave: everything that a publication names is on the disk before readers see it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flows import durable
from flows.store import RawStore
from tests.conftest import Run

TALK = "Ada Lund: We have 12 schools.\nBo Renn: And 7 of them are closed.\nAda Lund: Not 7, only 5.\n"


def test_all_that_is_published_is_on_the_disk_before_the_database_takes_its_place(
    publish: Run, warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that survives a power cut while the bytes behind it are zeros proves nothing any more."""
    flushed: set[int] = set()
    at_swap: list[set[int]] = []
    fsync, replace = os.fsync, os.replace

    def noted_fsync(handle: int) -> None:
        fsync(handle)
        flushed.add(os.fstat(handle).st_ino)

    def noted_replace(old: Path, new: Path) -> None:
        if Path(new).name == "onrecord.duckdb":
            at_swap.append(set(flushed))
        replace(old, new)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "replace", noted_replace)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "2025-03-13-talk.txt").write_text(TALK, "utf-8")
    assert publish(tmp_path / "in").status == "published"
    (before,) = at_swap
    published = [warehouse / "onrecord.duckdb", *(warehouse / "raw").rglob("*"), *(warehouse / "parquet").rglob("*")]
    published.remove(warehouse / "parquet" / "manifest.json")  # a copy for people, made after
    published.remove(warehouse / "raw" / ".new")  # what is written there has no name yet
    assert len(published) > 20
    assert [str(path) for path in published if path.stat().st_ino not in before] == []
    assert warehouse.stat().st_ino in flushed


def test_a_file_that_vanished_before_it_was_flushed_is_an_error(tmp_path: Path) -> None:
    """A publication that goes on after its files were taken away would name what is not there."""
    with pytest.raises(FileNotFoundError):
        durable.flush([tmp_path / "gone"], tmp_path)


def test_bytes_that_a_power_cut_left_as_zeros_are_written_again(tmp_path: Path) -> None:
    """A file of the right name and size is not yet the bytes."""
    digest = RawStore(tmp_path).put(TALK.encode())
    path = RawStore(tmp_path).path(digest)
    path.chmod(0o644)
    path.write_bytes(bytes(len(TALK.encode())))
    assert RawStore(tmp_path).put(TALK.encode()) == digest
    assert RawStore(tmp_path).get(digest) == TALK.encode()


def test_a_filesystem_without_atomic_rename_is_named(tmp_path: Path) -> None:
    """Whoever puts the warehouse on a share must know that readers there may meet a file that is gone."""
    mounts = tmp_path / "mounts"
    mounts.write_text(f"dev / ext4 rw 0 0\nhost:/x {tmp_path}/my\\040share nfs4 rw 0 0\n", "utf-8")
    assert durable.doubt(tmp_path / "warehouse", mounts) is None
    assert "nfs4" in str(durable.doubt(tmp_path / "my share" / "warehouse", mounts))
