"""`make diff` must not call a change harmless: if it miscounts, a convention is broken and nobody sees it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import duckdb

from benchmarks.diff import compare, report, tree

CLAIM = "'{turn}', 'd', '{quote}', 0, '{speaker}', '=', {value}, null, null, 'bridge', 'count', 'bridges', null"


def database(path: Path, turns: list[tuple[str, str]], claims: list[tuple[str, str, str, int]]) -> Path:
    """A database with what `compare` reads: (speaker, words) of turns; (turn's words, quote, speaker, value) of claims."""
    with duckdb.connect(path) as made:
        made.execute("create table documents as select 'd' as document_id, 'talks.txt' as origin")
        made.execute("create table turns (turn_id text, document_id text, text text, char_start int, speaker_id text, "
                     "speaker_name text, role text, label text)")  # fmt: skip
        made.execute("create table numeric_claims (turn_id text, document_id text, quote text, char_start int, speaker_id text, "
                     "comparator text, value double, value_low double, value_high double, unit text, kind text, subject text, "
                     "change text)")  # fmt: skip
        for at, (speaker, words) in enumerate(turns):
            made.execute("insert into turns values (?, 'd', ?, ?, ?, ?, null, ?)", [words, words, at, speaker, speaker, speaker])
        for turn, quote, speaker, value in claims:
            filled = CLAIM.format(turn=turn, quote=quote, speaker=speaker, value=value)
            made.execute(f"insert into numeric_claims values ({filled})")
    return path


def test_turns_and_claims_are_unchanged_re_attributed_altered_gained_or_lost(tmp_path: Path) -> None:
    kept = ("Berg", "We built 3 bridges.")
    before = database(
        tmp_path / "a.duckdb",
        [kept, ("Berg", "Yes."), ("Berg", "Yes."), ("Otto", "And 4 roads."), ("Otto", "The end.")],
        [(kept[1], kept[1], "Berg", 3), ("And 4 roads.", "And 4 roads.", "Otto", 4)],
    )
    after = database(
        tmp_path / "b.duckdb",
        [kept, ("Berg", "Yes."), ("Otto", "Yes."), ("Otto", "And 4 roads."), ("Otto", "Never ends.")],
        [(kept[1], kept[1], "Berg", 3), ("And 4 roads.", "And 4 roads.", "Otto", 5)],
    )
    found = compare(before, after)
    assert found["turns"].counts == {"unchanged": 3, "re-attributed": 1, "altered": 0, "gained": 1, "lost": 1}
    assert found["claims"].counts == {"unchanged": 1, "re-attributed": 0, "altered": 1, "gained": 0, "lost": 0}
    assert "Never ends." in report(found)
    assert "built 3 bridges" not in report(found)


def test_another_commits_files_stand_in_a_folder_of_their_own_while_they_are_needed(tmp_path: Path) -> None:
    def git(*words: str) -> None:
        who = ["-c", "user.name=Anna", "-c", "user.email=anna@example.org"]
        subprocess.run(["git", "-C", str(tmp_path), *who, *words], check=True, capture_output=True)

    git("init", "--quiet")
    for words in ("old", "new"):
        (tmp_path / "rules.txt").write_text(words)
        git("add", ".")
        git("commit", "--quiet", "-m", words)
    with tree("HEAD~1", tmp_path) as place:
        assert (place / "rules.txt").read_text() == "old"
    assert not place.exists()
    with tree("", tmp_path) as place:
        assert (place / "rules.txt").read_text() == "new"
