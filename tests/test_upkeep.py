"""What a person does to a warehouse beside runs: look into the quarantine, forget a document, make room, change versions."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from flows import standing
from flows.cli import app
from flows.ledger import Ledger
from tests.conftest import Run
from tests.state import differences, query

TALK = """Ada Lund: Last year we opened {} schools in the valley, and they cost 4 million euros.

Bo Renn: And 7 of them are closed today, so I ask for the reason.
"""


@pytest.fixture
def onrecord(warehouse: Path) -> object:
    def call(*arguments: str, code: int = 0) -> Result:
        result = CliRunner().invoke(app, [*arguments, "--warehouse", str(warehouse)])
        assert result.exit_code == code, result.output + repr(result.exception)
        return result

    return call


def talk(folder: Path, number: int, words: str = TALK) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"2025-03-{number}-talk.txt"
    path.write_text(words.format(number), "utf-8")
    return path


def holding(folder: Path, word: str) -> list[str]:
    """Files in which the word stands as it is."""
    found = [path for path in folder.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]
    return sorted(path.relative_to(folder).parts[0] for path in found)


def test_a_forgotten_document_is_gone_everywhere_and_stays_away(
    publish: Run, warehouse: Path, tmp_path: Path, onrecord: object
) -> None:
    """A court's order is about bytes, versions, ids and backlinks, not about a row; and about every night to come."""
    inputs = tmp_path / "in"
    for number in (12, 13):
        talk(inputs, number)
    secret = talk(inputs, 14, "Ada Lund: The Zwirnfeld school has {} pupils.\n\nBo Renn: I thank you for this number of them.\n")
    lines = [{"id": f"r{n}", "text": TALK.format(n) + f"\nAda Lund: Krumholz {n}."} for n in (21, 22)]
    (inputs / "corpus.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    publish(inputs)
    secret.write_text(secret.read_text("utf-8").replace("14 pupils", "15 pupils"), "utf-8")
    publish(inputs)
    database = warehouse / "onrecord.duckdb"
    assert query(database, "select max(version) from documents where contains(text, 'Zwirnfeld')") == [(2,)]
    assert query(database, "select count(*) from redirects") != [(0,)]
    assert "raw" in holding(warehouse, "Zwirnfeld")

    said = onrecord("forget", secret.name, "--reason", "order 7 of 2025").output  # type: ignore[operator]
    assert "1 documents with all their versions, 2 files of raw bytes" in said
    assert holding(warehouse, "Zwirnfeld") == []
    assert query(database, "select count(*) from history.documents where contains(text, 'Zwirnfeld')") == [(0,)]
    assert query(database, "select count(*) from redirects") == [(0,)]
    assert query(database, "select count(*) from fetches where origin = ?", secret.name) == [(0,)]
    for path in (warehouse / "parquet").rglob("*.parquet"):
        rows = duckdb.execute(f"select count(*) from '{path}' as t where contains(to_json(t)::varchar, 'Zwirnfeld')").fetchone()
        assert rows == (0,), path
    assert query(database, "select count(*) from documents") == [(4,)]
    assert onrecord("verify").output.startswith("every span is proved")  # type: ignore[operator]

    record = query(database, "select document_id from documents where external_id = 'r21'")[0][0]
    assert "kept:" in onrecord("forget", record).output  # type: ignore[operator]
    talk(inputs, 15)
    database.unlink()
    publish(inputs)
    left = {origin for (origin,) in query(database, "select coalesce(external_id, origin) from history.documents")}
    assert left == {"2025-03-12-talk.txt", "2025-03-13-talk.txt", "2025-03-15-talk.txt", "r22"}
    assert query(database, "select count(*) from history.documents") == [(4,)]
    onrecord("forget", "nothing-of-that-name", code=2)  # type: ignore[operator]
    onrecord("forget", secret.name, "--undo")  # type: ignore[operator]
    assert publish(inputs).documents_new == 1


def test_vacuum_takes_what_nothing_needs_and_nothing_else(
    publish: Run, warehouse: Path, tmp_path: Path, onrecord: object
) -> None:
    """Room is made of answers that no row rests on; earlier versions, the quarantine and their proofs stay."""
    page = "<html><title>Talk</title><body><nav>{}</nav><article><p><b>Ada Lund:</b> We have 12 schools.</p></article></body>"
    inputs = tmp_path / "in"
    talk(inputs, 12)
    (inputs / "page.html").write_text(page.format("Home"), "utf-8")
    (inputs / "empty.txt").write_bytes(b"")
    publish(inputs)
    talk(inputs, 12, TALK.replace("4 million", "5 million"))
    (inputs / "page.html").write_text(page.format("Home, News"), "utf-8")  # the same words: nothing rests on these bytes
    publish(inputs)
    stray = warehouse / "raw" / "ab" / ("ab" + "0" * 62)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"what a killed run left")
    before = sorted((warehouse / "raw").glob("??/*"))
    shutil.copyfile(warehouse / "onrecord.duckdb", tmp_path / "before.duckdb")
    assert "removed 1 files" in onrecord("vacuum").output  # type: ignore[operator]
    assert set(before) - set((warehouse / "raw").glob("??/*")) == {stray}
    assert "removed 1 files" in onrecord("vacuum", "--keep-days", "0").output  # type: ignore[operator]
    onrecord("verify")  # type: ignore[operator]
    assert differences(tmp_path / "before.duckdb", warehouse / "onrecord.duckdb") == {}
    assert publish(inputs).status == "nothing_new"


def test_the_quarantine_is_listed_shown_and_tried_again(
    publish: Run, warehouse: Path, tmp_path: Path, onrecord: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever mends a reader wants to see the bytes that it failed on, and to try them without waiting for a night."""
    inputs = tmp_path / "in"
    talk(inputs, 12)
    bad = inputs / "long.txt"
    bad.write_text("".join(f"Ada Lund: Yes, {n} of them.\n\nBo Renn: No, only {n}.\n\n" for n in range(40)), "utf-8")
    publish(inputs, environment={"ONRECORD_DOCUMENT_TURNS": "20"})
    listed = onrecord("quarantine").output  # type: ignore[operator]
    assert "tries 1  long.txt: too many turns" in listed and "1 in quarantine" in listed
    shown = onrecord("quarantine", "show", "long.txt").output  # type: ignore[operator]
    assert "first seen" in shown and f"{bad.stat().st_size:,} bytes kept as" in shown and "ONRECORD_DOCUMENT_TURNS" in shown
    assert onrecord("quarantine", "show", "long.txt", "--bytes").output == bad.read_text("utf-8")  # type: ignore[operator]
    monkeypatch.setenv("ONRECORD_DOCUMENT_TURNS", "20")
    assert "0 new, 0 changed" in onrecord("quarantine", "retry").output  # type: ignore[operator]
    assert "tries 2" in onrecord("quarantine", "list").output  # type: ignore[operator]
    monkeypatch.delenv("ONRECORD_DOCUMENT_TURNS")
    assert "1 new" in onrecord("quarantine", "retry", "long.txt").output  # type: ignore[operator]
    assert "0 in quarantine" in onrecord("quarantine").output  # type: ignore[operator]
    assert query(warehouse / "onrecord.duckdb", "select count(*) from quarantine") == [(0,)]


def test_a_warehouse_of_another_version_is_rebuilt_and_never_read_as_if_it_were_this_one(
    publish: Run, warehouse: Path, tmp_path: Path, onrecord: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A query over columns that have changed their meaning answers wrongly without a word."""
    inputs = tmp_path / "in"
    talk(inputs, 12)
    publish(inputs)
    database = warehouse / "onrecord.duckdb"
    shutil.copyfile(database, tmp_path / "before.duckdb")
    with duckdb.connect(str(database)) as connection:
        connection.execute("alter table staging.claim_keys drop column context")
    for command in (("query", "select 1"), ("verify",), ("report",)):
        assert "another version" in onrecord(*command, code=1).output  # type: ignore[operator]
    summary = publish(inputs)
    assert "another version" in summary.notes[0]
    assert differences(tmp_path / "before.duckdb", database) == {}
    monkeypatch.setattr(standing, "SCHEMA_VERSION", 99)  # what a later version of the code says
    assert "another version" in onrecord("query", "select 1", code=1).output  # type: ignore[operator]


def test_a_database_that_someone_holds_for_writing_is_left_alone(
    publish: Run, warehouse: Path, tmp_path: Path, onrecord: object
) -> None:
    """Taking a locked database for a broken one would build it anew each night."""
    inputs = tmp_path / "in"
    talk(inputs, 12)
    publish(inputs)
    (warehouse / "onrecord.duckdb.wal").write_bytes(b"of another file")  # as a killed writer leaves it
    assert publish(inputs).status == "nothing_new"
    hold = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", hold, str(warehouse / "onrecord.duckdb")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None and holder.stdout.readline() == b"held\n"
        assert "held by another program" in onrecord("run", str(inputs), code=1).output  # type: ignore[operator]
        holder.communicate(timeout=60)
    assert Ledger(warehouse / "ledger.sqlite").rows("select count(*) as n from inputs where cleaner is null")[0]["n"] == 0
    assert publish(inputs).status == "nothing_new"
