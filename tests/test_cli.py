"""The command line as a user and a scheduler meet it: words, formats and exit codes."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from flows.cli import app, main
from flows.ledger import Ledger
from flows.standing import published

TALK = """Jane Roe: Good morning. Last year we opened 42 clinics, and trade reached about 3.5 billion euros.

Question: How many nurses are missing?

Jane Roe: More than two thousand. (Laughter.) That is all.
"""


def onrecord(*arguments: str, warehouse: Path) -> subprocess.CompletedProcess[bytes]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("ONRECORD_", "PREFECT_"))}
    environment["ONRECORD_WAREHOUSE"] = str(warehouse)
    command = [str(Path(sys.executable).with_name("onrecord")), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of one talk, made by the command."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "in").mkdir()
    (folder / "in" / "2025-03-13-talk.txt").write_text(TALK, "utf-8")
    told = onrecord("run", str(folder / "in"), warehouse=folder / "warehouse")
    assert told.returncode == 0, told.stderr.decode()
    assert b"1 new" in told.stdout
    assert b"onrecord query" in told.stdout and b"docs/queries.md" in told.stdout
    return folder / "warehouse"


def test_a_second_run_says_that_nothing_is_new_and_writes_nothing(warehouse: Path) -> None:
    """A scheduler that runs every hour must not make every reader reload."""
    before = (warehouse / "onrecord.duckdb").read_bytes()
    told = onrecord("run", str(warehouse.parent / "in"), warehouse=warehouse)
    assert told.returncode == 0
    assert b"nothing new" in told.stdout
    assert (warehouse / "onrecord.duckdb").read_bytes() == before


def test_a_query_answers_in_every_format(warehouse: Path) -> None:
    """Spreadsheets, scripts and dataframes each read their own."""
    sql = "select speaker, unit, value from claims order by char_start"
    rows = list(csv.DictReader(io.StringIO(onrecord("query", sql, "--format", "csv", warehouse=warehouse).stdout.decode())))
    assert [row["speaker"] for row in rows] == ["Jane Roe"] * 3
    assert json.loads(onrecord("query", sql, "--format", "json", warehouse=warehouse).stdout)[1]["unit"] == "EUR"
    parquet = warehouse.parent / "rows.parquet"
    parquet.write_bytes(onrecord("query", sql, "--format", "parquet", warehouse=warehouse).stdout)
    assert duckdb.execute(f"select count(*) from '{parquet}'").fetchone() == (3,)
    assert "Jane Roe" in onrecord("query", sql, warehouse=warehouse).stdout.decode()


def test_a_table_is_for_reading_and_the_other_formats_are_exact(warehouse: Path) -> None:
    """A quote that was broken over lines, or runs right to left, must not break the rows on a terminal."""
    sql = "select 'forty' || chr(10) || '  clinics' || chr(8238) || ' more' as quote, 1 as n"
    assert "forty clinics more" in onrecord("query", sql, warehouse=warehouse).stdout.decode()
    told = json.loads(onrecord("query", sql, "--format", "json", warehouse=warehouse).stdout)
    assert told == [{"quote": "forty\n  clinics\u202e more", "n": 1}]
    assert "forty" in onrecord("query", "select 'forty' as a, 2 as a", warehouse=warehouse).stdout.decode()


def test_words_of_a_publisher_do_not_move_the_terminal(tmp_path: Path) -> None:
    """A page may hold a terminal's commands: whoever has a claim explained must not run them."""
    talk = "Ada Lund: We \x1b]0;evil\x07have 12 \x9b31mschools.\nBo Renn: And 7.\nAda Lund: Yes, 7 of them.\n"
    (tmp_path / "talk.txt").write_text(talk, "utf-8")
    place = tmp_path / "warehouse"
    assert onrecord("run", str(tmp_path / "talk.txt"), warehouse=place).returncode == 0
    told = onrecord("query", "select claim_id, quote from claims where value = 12", "--format", "json", warehouse=place)
    (claim,) = json.loads(told.stdout)
    assert "\x1b" in claim["quote"]
    shown = onrecord("explain", claim["claim_id"], warehouse=place).stdout.decode()
    assert "schools" in shown and not set(shown) & {"\x1b", "\x07", "\x9b"}
    table = onrecord("query", "select quote from claims", warehouse=place).stdout.decode()
    assert "schools" in table and not set(table) & {"\x1b", "\x07", "\x9b"}


def test_no_column_hides_another_and_json_is_json(warehouse: Path) -> None:
    """A join has two columns of one name; a script that reads JSON must get both, and a file that it can parse."""
    sql = "select 1 as a, 2 as a, 'nan'::double as n, ['inf'::double] as m"
    told = json.loads(onrecord("query", sql, "--format", "json", warehouse=warehouse).stdout, parse_constant=pytest.fail)
    assert told == [{"a": 1, "a_1": 2, "n": "nan", "m": ["inf"]}]
    assert onrecord("query", sql, "--format", "csv", warehouse=warehouse).stdout.startswith(b"a,a_1,n,m\n")
    done = onrecord("query", sql, "--format", "parquet", warehouse=warehouse)
    assert done.stderr == b""
    assert pq.read_table(io.BytesIO(done.stdout)).column_names == ["a", "a_1", "n", "m"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("run", "no-such-folder"), 2, "not there"),
        (("run", "--source", "nobody"), 2, "onrecord sources"),
        (("run", "--since", "2025-02-30"), 2, "no day"),
        (("run", "--since", "2025-03-02", "--until", "2025-03-01"), 2, "lies before"),
        (("query", "selec 1"), 2, "syntax"),
        (("query", "delete from turns"), 2, "read-only"),
        (("query", "copy turns to 'here.csv'"), 2, "disabled"),
        (("explain", "no-such-claim"), 2, "no-such-claim"),
        (("sources", "check", "nobody"), 2, "no source"),
        (("run", ""), 2, "PATH is empty"),
        (("run", ".", "--source", "a", "--source", "b"), 2, "names one source"),
        (("run", ".", "--source", ""), 2, "names one source"),
        (("run", ".", "--source", "a/../b"), 2, "names one source"),
        (("query", " ; "), 2, "no question"),
        (("vacuum", "--keep-days", "-3"), 2, "greater than or equal to 0"),
        (("serve", "--port", "99999"), 2, "65535"),
        (("query", "select 1", "--warehouse", __file__), 2, "is a file"),
        (("report", "/proc/no/report.html"), 1, "could not be done"),
        (("export", "/proc/no/folder"), 1, "could not be done"),
    ],
)
def test_wrong_usage_exits_2_and_says_what_is_wrong(warehouse: Path, arguments: tuple[str, ...], code: int, words: str) -> None:
    """A typing error must not look like a failed night."""
    told = onrecord(*arguments, warehouse=warehouse)
    assert told.returncode == code, told.stderr.decode()
    assert words in told.stderr.decode() and "Traceback" not in told.stderr.decode()


def test_a_warehouse_that_may_only_be_read_is_read(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A snapshot, a backup that is mounted, somebody else's folder: nothing may be written there, all may be asked."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    def refuse_sqlite(*_: object) -> None:
        raise sqlite3.OperationalError("unable to open database file")

    monkeypatch.setattr(Path, "unlink", refuse)
    monkeypatch.setattr(Ledger, "__init__", refuse_sqlite)
    assert published(warehouse / "onrecord.duckdb") is not None
    ledger = Ledger.to_read(warehouse / "ledger.sqlite")
    assert [row["status"] for row in ledger.rows("select status from runs order by started_at limit 1")] == ["published"]
    ledger.close()


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("ONRECORD_SINCE", "2025-02-30", "no day"),
        ("ONRECORD_UNTIL", "2025-02-30", "no day"),
        ("ONRECORD_SOURCE", "no-such-source", "no source is called"),
        ("ONRECORD_FORCE", "perhaps", "ONRECORD_FORCE"),
    ],
)
def test_the_options_of_a_run_read_the_environment(tmp_path: Path, variable: str, value: str, words: str) -> None:
    """A unit of systemd or a container says all of it there; one that is not read asks for too much, without a word."""
    told = CliRunner().invoke(app, ["run"], env={"ONRECORD_WAREHOUSE": str(tmp_path), variable: value})
    assert told.exit_code == 2
    assert words in told.output


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("ONRECORD_MEMORY", "lots", "write it as 1GB"),
        ("ONRECORD_LARGEST_LOSS", "-1", "between 0 and 1"),
        ("ONRECORD_LOCK_SECONDS", "nan", "between 0 and inf"),
        ("ONRECORD_ALLOW_HOSTS", "x", "is not host:port"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_wrong_usage(tmp_path: Path, variable: str, value: str, words: str) -> None:
    """Whoever slips in a unit's file must read the variable's name, not what a database made of it in the night."""
    told = CliRunner().invoke(app, ["run"], env={"ONRECORD_WAREHOUSE": str(tmp_path), variable: value})
    assert told.exit_code == 2
    assert variable in told.output and words in told.output


@pytest.mark.parametrize("format", ["csv", "json", "table"])
def test_a_terminal_of_few_letters_gets_an_answer(warehouse: Path, format: str) -> None:
    """Servers run jobs without a locale: what is written for programs is UTF-8 there too, and a table comes out as it can."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("ONRECORD_", "PREFECT_"))}
    environment |= {"ONRECORD_WAREHOUSE": str(warehouse), "PYTHONIOENCODING": "ascii"}
    command = [str(Path(sys.executable).with_name("onrecord")), "query", "select chr(321) || 'viv' as a", "--format", format]
    told = subprocess.run(command, env=environment, capture_output=True, timeout=300, check=False)
    assert told.returncode == 0, told.stderr.decode()
    assert ("\\u0141viv" if format == "table" else "Łviv") in told.stdout.decode()


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(130), RuntimeError("Query interrupted")])
def test_who_interrupts_is_told_what_stands(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: BaseException
) -> None:
    """Ctrl-C while DuckDB is at work comes out as an error of its own, and must not look like a crash."""

    def interrupted() -> None:
        raise error

    monkeypatch.setattr("flows.cli.app", interrupted)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert "nothing was published" in capsys.readouterr().err


def test_a_damaged_ledger_is_named_with_the_way_on(tmp_path: Path) -> None:
    """'file is not a database' names none of the hundreds of files in a warehouse."""
    (tmp_path / "ledger.sqlite").write_text("no ledger, but words", "utf-8")
    (tmp_path / "talk.txt").write_text(TALK, "utf-8")
    for arguments in (("run", str(tmp_path / "talk.txt")), ("quarantine",)):
        told = onrecord(*arguments, warehouse=tmp_path)
        assert told.returncode == 1
        assert "ledger.sqlite is damaged" in told.stderr.decode() and "recovery.md" in told.stderr.decode()


def test_sources_are_told_though_the_database_is_damaged(tmp_path: Path) -> None:
    """They stand in files of their own."""
    (tmp_path / "onrecord.duckdb").write_text("no database, but words", "utf-8")
    told = onrecord("sources", warehouse=tmp_path)
    assert told.returncode == 0
    assert b"samples" in told.stdout and b"onrecord run" in told.stderr


def test_without_a_database_the_way_on_is_named(tmp_path: Path) -> None:
    """The first command that a newcomer tries may be a query."""
    told = onrecord("query", "select 1", warehouse=tmp_path)
    assert told.returncode == 1
    assert "onrecord run" in told.stderr.decode()


def test_verify_finds_bytes_that_were_tampered_with(warehouse: Path) -> None:
    """A proof that cannot fail proves nothing."""
    assert onrecord("verify", warehouse=warehouse).returncode == 0
    (raw,) = (path for path in (warehouse / "raw").rglob("*") if path.is_file())
    content = raw.read_bytes()
    raw.chmod(0o644)
    raw.write_bytes(content.replace(b"42 clinics", b"43 clinics"))
    try:
        told = onrecord("verify", warehouse=warehouse)
        assert told.returncode == 1
        assert "do not hash to their name" in told.stdout.decode()
    finally:
        raw.write_bytes(content)


@pytest.mark.parametrize("command", ["run", "serve", "query", "verify", "sources", "export", "report", "explain"])
def test_help_teaches(tmp_path: Path, command: str) -> None:
    """Help that does not open helps nobody."""
    told = onrecord(command, "--help", warehouse=tmp_path)
    assert told.returncode == 0
    assert b"--warehouse" in told.stdout


def test_a_night_without_news_is_a_success_of_its_source(warehouse: Path) -> None:
    """A source that answers every night and publishes once a month must not look dead in between."""
    onrecord("run", str(warehouse.parent / "in"), warehouse=warehouse)
    ledger = Ledger(warehouse / "ledger.sqlite")
    ledger.connection.execute(
        "update fetches set fetched_at = '2099-01-02 03:04:05.000000' where outcome = 'unchanged' and source = 'local'"
    )
    ledger.close()
    told = onrecord("sources", warehouse=warehouse).stdout.decode()
    assert [line for line in told.splitlines() if line.startswith("local ") and "2099-01-02 03:04" in line]
