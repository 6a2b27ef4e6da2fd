"""Files that a person names are found once each, in order, and nothing among them can hang a run."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from flows.fetch.local import TooLarge, read, walk, walk_source
from flows.fetch.source import SourceFile


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def origins(*paths: Path) -> list[str]:
    return [found.origin for found in walk(paths) if not found.problem]


def test_files_are_found_below_folders_sorted_and_named_relative_to_them(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", "a/2.html", "a/1.html", ".git/config", "a/.DS_Store")
    assert origins(tmp_path) == ["a/1.html", "a/2.html", "b.txt"]
    assert origins(tmp_path / "a" / "1.html", tmp_path) == ["1.html", "a/2.html", "b.txt"]


def test_a_corpus_is_its_utterances(tmp_path: Path) -> None:
    put(
        tmp_path,
        "c/utterances.jsonl",
        "c/speakers.json",
        "c/conversations.json",
        "c/corpus.json",
        "c/index.json",
        "d/index.json",
    )
    assert origins(tmp_path) == ["c/utterances.jsonl", "d/index.json"]


def test_loops_of_links_end(tmp_path: Path) -> None:
    put(tmp_path, "a/1.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "again.txt").symlink_to(tmp_path / "a" / "1.txt")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert origins(tmp_path) == ["a/1.txt"]


def test_hard_links_are_files_of_their_own(tmp_path: Path) -> None:
    """Backups that save room have two names for one file; the second must not vanish without a word."""
    put(tmp_path, "a.txt")
    (tmp_path / "b.txt").hardlink_to(tmp_path / "a.txt")
    assert origins(tmp_path) == ["a.txt", "b.txt"]
    assert origins(tmp_path / "a.txt", tmp_path / "a.txt") == ["a.txt"]


def test_what_cannot_be_read_is_told_and_stops_nothing(tmp_path: Path) -> None:
    put(tmp_path, "z.txt", "large.txt")
    (tmp_path / "large.txt").write_bytes(bytes(2000))
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "broken").symlink_to(tmp_path / "nothing")
    told = {found.origin: found.problem for found in walk([tmp_path, tmp_path / "missing"], largest=1000)}
    assert told.pop("z.txt") is None
    assert told == {
        "broken": "cannot be read: No such file or directory",
        "large.txt": "larger than 1000 bytes",
        "missing": "cannot be read: No such file or directory",
        "pipe": "no file with content, but a special one (pipe, socket or device)",
    }


def test_reading_stops_at_the_limit(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    assert read(tmp_path / "a.txt") == b"a.txt"
    with pytest.raises(TooLarge):
        read(tmp_path / "a.txt", largest=4)


def test_a_folder_source_takes_what_its_file_says(tmp_path: Path) -> None:
    put(tmp_path, "briefings/a.md", "golden/a.csv", "README.md")
    told = {"name": "s", "index": {"kind": "folder", "path": str(tmp_path)}, "documents": {"exclude": "^golden/|^README"}}
    assert [found.origin for found in walk_source(SourceFile.model_validate(told))] == ["briefings/a.md"]
