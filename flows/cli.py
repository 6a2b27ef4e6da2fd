"""The command line. Every command imports what it needs when it runs, so that none pays for the others."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import logging
import math
import os
import re
import sys
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn

import typer

app = typer.Typer(
    name="onrecord",
    help="Who said which number, about what, when, and exactly where: public transcripts as a warehouse to query.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
sources_app = typer.Typer(help="The configured sources: last success, documents, lag, licence.", invoke_without_command=True)
app.add_typer(sources_app, name="sources")
quarantine_app = typer.Typer(help="What could not be used, and why: list, show, retry.", invoke_without_command=True)
app.add_typer(quarantine_app, name="quarantine")

Warehouse = Annotated[
    Path | None,
    typer.Option("--warehouse", envvar="ONRECORD_WAREHOUSE", help="The warehouse's folder.", show_default="warehouse/"),
]
INTERRUPTED = "interrupted; nothing was published, and the next run starts where this one stopped"
NO_INK = r"[\s\x{00}-\x{1F}\x{7F}-\x{9F}\x{2028}-\x{202E}\x{2066}-\x{2069}]+"


def main() -> NoReturn:
    """Entry point: exit codes 0 (done, or nothing new), 1 (not published, or a break found), 2 (wrong usage)."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    _write_as(errors="backslashreplace")  # a terminal of few letters shows what it can
    try:
        app()
    except KeyboardInterrupt:
        fail(INTERRUPTED, 1)
    except SystemExit as ended:
        if ended.code == 130:  # what typer makes of Ctrl-C, without a word
            fail(INTERRUPTED, 1)
        raise
    except Exception as error:
        if isinstance(error, RuntimeError) and str(error) == "Query interrupted":  # what DuckDB makes of Ctrl-C
            fail(INTERRUPTED, 1)
        if not _is_of_the_machine(error):
            raise
        fail(f"this could not be done, the warehouse stays as it is: {error}; see to that (room, rights), and try again", 1)
    sys.exit(0)


def _write_as(**told: str) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(**told)  # type: ignore[arg-type]


def _is_of_the_machine(error: Exception) -> bool:
    """Whether a full disk, missing rights or a damaged file are behind an error: a sentence says more of it than a trace."""
    databases = ("duckdb", "_duckdb", "sqlite3")  # by name, so that no command pays for importing both
    return isinstance(error, OSError | MemoryError) or type(error).__module__.partition(".")[0] in databases


def fail(message: str, code: int) -> NoReturn:
    """Ends the process with the message on its error output."""
    print(f"onrecord: {message}", file=sys.stderr)
    sys.exit(code)


def settings_for(warehouse: Path | None) -> Any:
    """The settings of the environment and of --warehouse; exit code 2 where one cannot be read."""
    from flows.settings import Settings

    try:
        settings = Settings.from_environment(warehouse)
    except ValueError as error:
        fail(str(error), 2)
    if settings.warehouse.exists() and not settings.warehouse.is_dir():
        fail(f"the warehouse {settings.warehouse} is a file; --warehouse and ONRECORD_WAREHOUSE name a folder", 2)
    return settings


def day(text: str | None) -> dt.date | None:
    """An option's day. Raises BadParameter for what is none."""
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"'{text}' is no day; write it as 2025-03-13") from None


def database_of(warehouse: Path | None) -> Path:
    """The published database, fit to be read; exit code 1 with the reason where there is none."""
    settings = settings_for(warehouse)
    if settings.store:
        _bring_here(settings)
    database: Path = settings.database
    if not database.exists():
        fail(f"there is no database yet at {database}; `onrecord run` makes one", 1)
    from flows.standing import DatabaseBusy, is_current, published

    try:
        state = published(database)
    except DatabaseBusy as error:
        fail(str(error), 1)
    if not is_current(state, database):
        fail(
            f"{database} was made by another version of onrecord, or is damaged; `onrecord run` builds it anew from the raw bytes "
            "(docs/recovery.md)",
            1,
        )
    return database


def _bring_here(settings: Any) -> None:
    """The published state of the object store, unless a run is at work in this folder."""
    from filelock import FileLock, Timeout

    from flows.objects import Shelf, StoreError
    from flows.settings import MissingExtra

    settings.warehouse.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(settings.warehouse / ".lock").acquire(timeout=0):
            Shelf(settings.store, settings.warehouse).pull()
    except Timeout:
        logging.getLogger("onrecord").info("a run is at work in %s; this is the state that it began from", settings.warehouse)
    except StoreError as error:
        fail(str(error), 1)
    except MissingExtra as error:
        fail(str(error), 2)


@app.command()
def run(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Files or folders of any supported format; none: the configured sources.")
    ] = None,
    source: Annotated[
        list[str] | None,
        typer.Option(envvar="ONRECORD_SOURCE", help="Only this source; with PATHs the source that they belong to."),
    ] = None,
    since: Annotated[
        str | None, typer.Option(envvar="ONRECORD_SINCE", help="First day of publication, such as 2025-03-01.")
    ] = None,
    until: Annotated[str | None, typer.Option(envvar="ONRECORD_UNTIL", help="Last day of publication, inclusive.")] = None,
    warehouse: Warehouse = None,
    force: Annotated[bool, typer.Option("--force", envvar="ONRECORD_FORCE", help="Recompute what is unchanged.")] = False,
) -> None:
    """One whole run: fetch or read, clean, segment, derive, check, publish."""
    first, last = day(since), day(until)
    if first and last and last < first:
        fail(f"--until {last} lies before --since {first}", 2)
    for path in paths or []:
        if not path:  # the shell's, of a variable that is not set: it must not mean the folder that one stands in
            fail("a PATH is empty; give files or folders (. is the folder that you are in), or none for the configured sources", 2)
        if not os.path.lexists(path):
            fail(f"{path} is not there; give files or folders, or no PATH for the configured sources", 2)
    if paths and source and (len(source) > 1 or not re.fullmatch(r"[\w.-]+", source[0])):
        fail("with PATHs --source names one source, the one that they belong to: letters, digits, - and no more", 2)
    settings = settings_for(warehouse)
    if settings.runner == "local" and not settings.database.exists():
        from flows.ahead import load_ahead

        load_ahead()  # a warehouse's first run has something to read
    from flows.pipeline import Asked

    asked = Asked(tuple(map(Path, paths or ())), tuple(source or ()), first, last, force)
    _print_summary(asked, settings)


def _print_summary(asked: Any, settings: Any) -> None:
    """Runs, and says how it ended; where it could not publish, the process ends with the reason and the exit code for it."""
    import sqlite3

    import duckdb

    from flows.clean.cleaned import CleanError
    from flows.corrections import CorrectionError
    from flows.derive import ModelError
    from flows.fetch.source import SourceError
    from flows.gather import UnknownSource
    from flows.pipeline import NotPublished
    from flows.settings import MissingExtra
    from flows.terminal import summary_text

    try:
        summary = _run(asked, settings)
    except (UnknownSource, SourceError, CorrectionError, MissingExtra) as error:
        fail(str(error), 2)
    except NotPublished as error:
        fail(str(error), 1)
    except duckdb.OutOfMemoryException as error:
        told = str(error).partition("\n")[0]
        fail(f"not published, the last good warehouse stays: {told}. ONRECORD_MEMORY ({settings.memory}) says what is allowed", 1)
    except (ModelError, CleanError, OSError, MemoryError, duckdb.Error, sqlite3.Error) as error:  # a full disk, mostly
        fail(f"not published, the last good warehouse stays: {error}; see to that (room, rights), and run again", 1)
    print(summary_text(summary))


def _run(asked: Any, settings: Any) -> Any:
    if (os.environ.get("PREFECT_API_URL") or settings.runner != "local") and not asked.retried:
        from flows.prefect_home import prepare, quiet

        prepare(settings.warehouse)
        quiet()
        from flows.run import run_flow

        return run_flow(asked, settings)
    from flows import pipeline
    from flows.terminal import Progress

    with Progress() as progress:
        return pipeline.run(asked, settings, progress)


@app.command()
def query(
    sql: Annotated[str, typer.Argument(help="One SQL statement: most questions need no more than the view claims.")],
    warehouse: Warehouse = None,
    format: Annotated[
        Literal["table", "csv", "json", "parquet"],
        typer.Option(help="table is for reading; the others hold every text exactly. For spreadsheets: onrecord export."),
    ] = "table",
) -> None:
    """A read-only query on the published database.

    Twenty questions with their SQL: docs/queries.md. Every table and column: docs/data.md, or "show tables" and
    "select column_name, comment from duckdb_columns() where table_name = 'claims'".
    """
    import duckdb

    if not sql.strip(" \t\n;"):
        fail('there is no question; ask one such as: onrecord query "select * from claims limit 5"', 2)
    database = database_of(warehouse)
    with duckdb.connect(str(database), read_only=True, config={"python_enable_replacements": False}) as connection:
        try:
            connection.execute("set enable_external_access = false; set lock_configuration = true")
            if format in ("table", "parquet"):
                relation = connection.sql(sql)
                if relation is not None and format == "parquet":
                    answer = relation.to_arrow_table()
                    _write_parquet(answer.rename_columns(_each_once(answer.column_names)))
                elif relation is not None:
                    _on_one_line(relation).show(max_width=_width(), max_rows=200)
            else:
                result = connection.execute(sql)
                names = _each_once([column[0] for column in result.description or []])
                _write_rows(names, result.fetchall(), format)
        except duckdb.Error as error:
            fail(f"the query cannot be run: {error}", 2)


def _each_once(names: list[str]) -> list[str]:
    """Column names of which none hides another: of two that are `value`, the second is `value_1`."""
    told: list[str] = []
    for name in names:
        fresh, number = name, 0
        while fresh in told:
            number += 1
            fresh = f"{name}_{number}"
        told.append(fresh)
    return told


def _as_json(value: Any) -> Any:
    """The value as JSON knows it, which has no word for infinity and for what is no number."""
    match value:
        case float() if not math.isfinite(value):
            return str(value)
        case list():
            return [_as_json(one) for one in value]
        case dict():
            return {key if isinstance(key, str) else str(key): _as_json(one) for key, one in value.items()}
    return value


def _on_one_line(relation: Any) -> Any:
    """The rows for a person's eyes: texts without the page's line breaks and marks of direction. Other formats are exact."""
    if len(set(relation.columns)) < len(relation.columns) or "VARCHAR" not in map(str, relation.types):
        return relation
    cells = []
    for name, kind in zip(relation.columns, relation.types, strict=True):
        quoted = '"' + name.replace('"', '""') + '"'
        cells.append(f"regexp_replace({quoted}, '{NO_INK}', ' ', 'g') as {quoted}" if str(kind) == "VARCHAR" else quoted)
    return relation.project(", ".join(cells))


def _width() -> int:
    import shutil

    return shutil.get_terminal_size((160, 24)).columns


def _write_parquet(table: Any) -> None:
    import pyarrow.parquet as pq

    if sys.stdout.isatty():
        fail("--format parquet writes bytes; send them to a file: onrecord query … --format parquet > rows.parquet", 2)
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd")
    sys.stdout.buffer.write(sink.getvalue())


def _write_rows(names: list[str], rows: list[tuple[Any, ...]], format: str) -> None:
    _write_as(encoding="utf-8", errors="strict")  # what a program reads is the same whatever the terminal can show
    if format == "json":
        told = [{name: _as_json(value) for name, value in zip(names, row, strict=True)} for row in rows]
        print(json.dumps(told, default=str, ensure_ascii=False, indent=1, allow_nan=False))
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([json.dumps(v, ensure_ascii=False, default=str) if isinstance(v, list | dict) else v for v in r] for r in rows)


@app.command()
def verify(warehouse: Warehouse = None) -> None:
    """Proves every published span. Exit 1 and one line a break."""
    from flows import verify as proofs
    from flows.fingerprint import cleaner_fingerprint

    database = database_of(warehouse)
    settings = settings_for(warehouse)
    breaks = 0
    for line in proofs.verify(database, settings.raw, cleaner_fingerprint(settings)):
        print(line)
        breaks += not line.startswith("note:")
    if breaks:
        fail(f"{breaks} breaks", 1)
    print("every span is proved: bytes hash to their names, texts come out of them again, quotes stand at their offsets")


@app.command()
def serve(
    warehouse: Warehouse = None,
    host: Annotated[str, typer.Option(help="The address that the server listens on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The server's port.", min=1, max=65535)] = 4200,
) -> None:
    """A Prefect server (unless PREFECT_API_URL names one) with the deployments nightly and backfill."""
    from flows import serve as serving

    try:
        serving.serve(settings_for(warehouse), host=host, port=port)
    except serving.ServeError as error:
        fail(str(error), 1)


@sources_app.callback()
def sources(context: typer.Context, warehouse: Warehouse = None) -> None:
    """The configured sources: last success, documents, lag, licence."""
    if context.invoked_subcommand:
        return
    from flows.fetch.source import SourceError, load_sources

    try:
        configured = load_sources()
    except SourceError as error:
        fail(str(error), 2)
    held: dict[str, tuple[Any, ...]] = {}
    settings = settings_for(warehouse)
    database = settings.database
    answered: dict[str, dt.datetime] = {}
    if (settings.warehouse / "ledger.sqlite").exists():  # a night without news is one, and is in no database
        from flows.ledger import Ledger

        ledger = Ledger.to_read(settings.warehouse / "ledger.sqlite")
        answered = ledger.successes()
        ledger.close()
    if database.exists():
        import duckdb

        try:
            with duckdb.connect(str(database), read_only=True) as connection:
                query = "select name, documents, last_fetched_at, last_published_on, licence from sources"
                held = {row[0]: row[1:] for row in connection.execute(query).fetchall()}
        except duckdb.Error as error:  # the sources stand in files, so they are told all the same
            print(f"onrecord: what is held cannot be told; `onrecord run` mends a damaged database: {error}", file=sys.stderr)
    print(f"{'source':22} {'kind':9} {'on':3} {'documents':>9} {'last success':16} {'lag':>8}  licence")
    for name in sorted({*configured, *held}):
        source = configured.get(name)
        documents, fetched, newest, licence = held.get(name, (0, None, None, None))
        fetched = answered.get(name, fetched)
        lag = f"{(dt.date.today() - newest).days} days" if newest else "-"
        kind = source.index.kind if source else "-"
        on = ("yes" if source.enabled else "no") if source else "-"
        told = (source.licence if source else licence) or "-"
        print(
            f"{name:22} {kind:9} {on:3} {documents:9,} {fetched.strftime('%Y-%m-%d %H:%M') if fetched else '-':16} {lag:>8}  {told}"
        )


@sources_app.command("check")
def check(
    name: Annotated[str, typer.Argument(help="The source to try.")],
    documents: Annotated[int, typer.Option(help="How many documents to fetch.")] = 3,
) -> None:
    """Tries a source on a few documents and shows what would be got; stores nothing."""
    from flows.fetch.check import check_source
    from flows.fetch.client import Settings as ClientSettings
    from flows.fetch.source import SourceError, load_sources
    from flows.ledger import utc_now

    try:
        configured = load_sources()
    except SourceError as error:
        fail(str(error), 2)
    if name not in configured:
        fail(f"no source is called '{name}'; there are {', '.join(sorted(configured))}", 2)
    checked = check_source(configured[name], ClientSettings.from_environment(), utc_now, documents)
    print(f"{name}: {checked.named} documents named")
    for answer in checked.tried:
        size = len(answer.content) if answer.content else 0
        print(f"  {answer.outcome:10} {answer.status or '-':>4} {size:>9,} bytes  {answer.published_on or '-'}  {answer.origin}")
    for file in checked.files:
        print(f"  file {file.origin}")
    for note in checked.notes:
        print(f"note: {note}")
    for problem in checked.problems:
        print(f"problem: {problem}", file=sys.stderr)
    if not checked.is_good:
        sys.exit(1)


@quarantine_app.callback()
def quarantine(context: typer.Context, warehouse: Warehouse = None) -> None:
    """What could not be used, and why; its bytes are kept, and it is tried again when the code changes."""
    if not context.invoked_subcommand:
        list_quarantine(warehouse)


@quarantine_app.command("list")
def list_quarantine(warehouse: Warehouse = None) -> None:
    """One line for each thing that could not be used."""
    rows = _quarantined(warehouse, None)
    for row in rows:
        when = f"{row['first_seen_at'][:16]}  {row['stage']:8} tries {row['tries']}"
        print(f"{when}  {_shown(row['origin'])}: {_shown(row['reason'])}")
        if row["detail"]:
            print(f"    {_shown(row['detail'])[:200]}")
    print(f"{len(rows)} in quarantine")


Origin = Annotated[str, typer.Argument(help="An address or path as the list shows it, or its beginning.")]


@quarantine_app.command("show")
def show_quarantine(
    origin: Origin,
    warehouse: Warehouse = None,
    bytes: Annotated[bool, typer.Option("--bytes", help="Write the kept bytes of the first one to the output instead.")] = False,
) -> None:
    """All that is known of what could not be used: stage, reason, first seen, tries, and its bytes."""
    from flows.objects import raw_store
    from flows.store import DamagedBytes

    store = raw_store(settings_for(warehouse).raw)
    rows = _quarantined(warehouse, origin)
    if not rows:
        fail(f"nothing in quarantine begins with {origin}; `onrecord quarantine list` shows what is there", 2)
    if bytes:
        digest = next((row["content_sha256"] for row in rows if row["content_sha256"]), None)
        try:
            sys.stdout.buffer.write(store.get(digest or ""))
        except (DamagedBytes, OSError) as error:
            fail(f"there are no bytes: {error}" if digest else "no bytes came of it", 1)
        return
    for row in rows:
        print(f"{_shown(row['origin'])}  (source {row['source']})")
        print(f"  stage {row['stage']}: {_shown(row['reason'])}")
        print(f"  first seen {row['first_seen_at'][:19]} in run {row['run_id']}, tries {row['tries']}")
        digest = row["content_sha256"]
        length = store.size(digest) if digest else None
        size = "no bytes came of it" if length is None else f"{length:,} bytes kept as {digest}"
        print(f"  {size}")
        if row["detail"]:
            print("  " + _shown(row["detail"]))


@quarantine_app.command("retry")
def retry_quarantine(
    origin: Annotated[list[str] | None, typer.Argument(help="Addresses or paths as the list shows them; none: all.")] = None,
    warehouse: Warehouse = None,
) -> None:
    """Reads the kept bytes again, whether or not the code has changed; what failed to be fetched the next run asks for."""
    from flows.pipeline import Asked

    rows = [row for given in origin or [None] for row in _quarantined(warehouse, given)]  # type: ignore[list-item]
    if not rows:
        fail("there is nothing of that in quarantine; `onrecord quarantine list` shows what is there", 2)
    missing = sum(row["content_sha256"] is None for row in rows)
    if missing:
        print(f"{missing} could not be fetched: the next `onrecord run` of their source asks for them again")
    digests = tuple(sorted({row["content_sha256"] for row in rows if row["content_sha256"]}))
    if digests:
        _print_summary(Asked(force=True, flow="retry", retried=digests), settings_for(warehouse))


def _quarantined(warehouse: Path | None, origin: str | None) -> list[Any]:
    from flows.ledger import Ledger

    place = settings_for(warehouse).warehouse / "ledger.sqlite"
    if not place.exists():
        fail(f"no run has been made in {place.parent}; `onrecord run` makes one", 1)
    ledger = Ledger.to_read(place)
    try:
        rows = ledger.rows("select * from quarantine where resolved_at is null order by first_seen_at, origin, stage, reason")
    finally:
        ledger.close()
    return [row for row in rows if origin is None or row["origin"].startswith(origin)]


def _harmless(text: str) -> str:
    """Lines with a publisher's words in them, without what would move a terminal's cursor or turn its writing round."""
    moving = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]"
    return re.sub(moving, lambda found: ascii(found[0])[1:-1], text)


def _shown(text: str) -> str:
    """Words that a publisher chose, harmless on a terminal."""
    return ascii(text)[1:-1]


def _refuse_on_a_store(settings: Any, command: str) -> None:
    if settings.store:
        fail(f"{command} works on a warehouse in a folder only, not yet on ONRECORD_STORE; docs/scale.md says how to go on", 2)


@app.command()
def forget(
    origin: Annotated[str, typer.Argument(help="The document's origin, address or id.")],
    warehouse: Warehouse = None,
    reason: Annotated[str | None, typer.Option(help="Why; kept with the tombstone.")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take the tombstone away instead.")] = False,
) -> None:
    """Removes a document everywhere: rows, history, Parquet, bytes. A tombstone keeps it from coming back."""
    from flows import upkeep
    from flows.pipeline import NotPublished

    settings = settings_for(warehouse)
    _refuse_on_a_store(settings, "forget")
    database_of(warehouse)
    try:
        if undo:
            if not upkeep.allow_again(origin, settings):
                fail(f"{origin} was not forgotten", 2)
            print(f"{origin} may come back with the next run that meets it")
            return
        told = upkeep.forget(origin, reason, settings)
    except upkeep.NothingHeld as error:
        fail(str(error), 2)
    except NotPublished as error:
        fail(str(error), 1)
    print(f"forgotten: {told.documents} documents with all their versions, {told.files} files of raw bytes")
    for line in told.kept:
        print(f"kept: {line}")
    print("Backups, exports and archives (ONRECORD_WARC) made before still hold it; see docs/recovery.md")


@app.command()
def vacuum(
    warehouse: Warehouse = None,
    keep_days: Annotated[
        float | None,
        typer.Option(
            envvar="ONRECORD_KEEP_DAYS", min=0, help="Also remove bytes that no row needs and that came before so many days."
        ),
    ] = None,
) -> None:
    """Makes room: left-overs, bytes that nothing needs, free space in the database. Never what a published row needs."""
    from flows import upkeep
    from flows.pipeline import NotPublished

    settings = settings_for(warehouse)
    _refuse_on_a_store(settings, "vacuum")
    database_of(warehouse)
    try:
        told = upkeep.vacuum(settings, keep_days)
    except NotPublished as error:
        fail(str(error), 1)
    print(f"removed {told.files} files of raw bytes and {len(told.left_over)} left-overs; {told.bytes:,} bytes are free again")
    if told.is_compacted:
        print("the database was written anew without its free blocks")


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(help="Where to write; an earlier export there is replaced.")],
    warehouse: Warehouse = None,
    tei: Annotated[bool, typer.Option("--tei", help="Also each document as TEI.")] = False,
    warc: Annotated[bool, typer.Option("--warc", help="Also all that servers answered, as WARC.")] = False,
) -> None:
    """The marts as Parquet and CSV, with data dictionary, licences and a Frictionless datapackage.json."""
    from flows.report.export import ExportError
    from flows.report.export import export as write_export

    try:
        write_export(database_of(warehouse), folder, tei, warc, settings_for(warehouse).raw)
    except ExportError as error:
        fail(str(error), 2)
    print(f"exported to {folder}")


@app.command()
def claim(claim_id: Annotated[str, typer.Argument(help="A claim's id.")], warehouse: Warehouse = None) -> None:
    """A claim as schema.org Claim (JSON-LD), ready to be wrapped in a ClaimReview."""
    import duckdb

    from flows.report.jsonld import claim_jsonld

    with duckdb.connect(str(database_of(warehouse)), read_only=True) as connection:
        _write_as(encoding="utf-8", errors="strict")
        try:
            print(json.dumps(claim_jsonld(connection, claim_id), indent=2, ensure_ascii=False, default=str))
        except KeyError:
            fail(f"no claim {claim_id}; see: onrecord query \"select claim_id, quote from claims\"", 2)


@app.command()
def report(
    file: Annotated[Path | None, typer.Argument(help="Where to write it.", show_default="report.html in the warehouse")] = None,
    marks: Annotated[
        list[Path] | None,
        typer.Option(help="A quality card saved from the page, kept and counted by release.", exists=True, dir_okay=False),
    ] = None,
    warehouse: Warehouse = None,
) -> None:
    """The run's report as one self-contained HTML file."""
    from flows.report.marks import MarksError, keep
    from flows.report.report import write

    database = database_of(warehouse)
    try:
        keep(marks or (), database)
    except MarksError as error:
        fail(str(error), 2)
    target = file or database.with_name("report.html")
    write(database, target)
    print(f"report: {target}")


@app.command()
def explain(claim_id: Annotated[str, typer.Argument(help="A claim's id.")], warehouse: Warehouse = None) -> None:
    """The sentence, tokens, rules and lexicon rows that led to a claim."""
    import duckdb

    from flows.explain import UnknownClaim, as_text
    from flows.explain import explain as explained

    with duckdb.connect(str(database_of(warehouse)), read_only=True) as connection:
        try:
            print(_harmless(as_text(explained(connection, claim_id))))
        except UnknownClaim as error:
            fail(str(error), 2)


@app.command("check-claims")
def check_claims(
    file: Annotated[Path, typer.Argument(help="Labelled sentences, JSON lines or CSV (docs/numbers.md).")],
) -> None:
    """Scores the claim models on your own labelled sentences and prints every miss."""
    from flows import check_claims as scoring

    try:
        print(scoring.as_text(scoring.check(scoring.read_labelled(file))))
    except (OSError, scoring.LabelError) as error:
        fail(str(error), 2)


if __name__ == "__main__":
    main()
