"""`onrecord export`: the marts as files that other tools open, described as a Frictionless data package.

DIR/data/TABLE.parquet      exact, with types
DIR/data/TABLE.csv          for spreadsheets: no cell can start a formula
DIR/claims.jsonl            the wide view, one claim a line
DIR/datapackage.json        what is in each file; https://specs.frictionlessdata.io/data-package/
DIR/fetches.warc.gz         on request: what servers answered, so that others can check
DIR/LICENCES.md             under what terms each source gives its texts
DIR/data-dictionary.md      every table and column
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from flows.fetch.warc import Archive, Kept
from flows.objects import RawObjects, raw_store
from flows.report import dictionary, tei
from flows.report.rows import rows
from flows.store import RawStore
from schemas import TABLES, Column, Row
from schemas.base import quoted

FRICTIONLESS_TYPES = {
    "varchar": "string",
    "bigint": "integer",
    "double": "number",
    "boolean": "boolean",
    "date": "date",
    "timestamp": "datetime",
    "varchar[]": "string",
}
# https://owasp.org/www-community/attacks/CSV_Injection: what a spreadsheet takes for a formula at the start of a cell; the last
# four are the wide forms, which Japanese and Chinese editions read as the narrow ones
FORMULA_FIRST = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
FORMULA_START = f"^[{re.escape(FORMULA_FIRST)}]"
LIST_SEPARATOR = "; "
TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"
SPDX_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")

README = """\
# onrecord, release {release_id}

What officials said in numbers, with the words, the speaker, the day and the page. Cite it as: onrecord, release {release_id}.

- `data/*.parquet`: exact, with types. Start with `claims.parquet`: `duckdb -c "from 'data/claims.parquet' limit 5"`.
- `data/*.csv`: the same for spreadsheets, UTF-8. **Text cells that begin with `=`, `+`, `-`, `@`, their wide forms, a
  tab or the end of a line carry a leading `'`**, so that no spreadsheet runs them; the comparator `=` stands as `'=`
  there. Lists are joined with `{separator}`. Where that matters, use Parquet.
- `claims.jsonl`: the wide view, one claim a line.
- `data-dictionary.md`: every table and column. `LICENCES.md`: the terms of each source.
- `datapackage.json`: a Frictionless data package; `frictionless validate datapackage.json` checks every file against it.

`claim_differences` are candidates for a person to check: different figures for what looks like the same thing, no more.
"""


class ExportError(Exception):
    """The export cannot be written; the message says why and how to go on."""


def export(database: Path, target: Path, with_tei: bool = False, with_warc: bool = False, raw: Path | str | None = None) -> None:
    """Writes the export of a published database into the folder `target`, all of it or nothing.

    `with_tei` adds each transcript as TEI in `tei/`, `with_warc` all that servers answered as `fetches.warc.gz`. An earlier
    export there is replaced. `raw` is where the bytes are kept, a folder or an object store's address, if not beside the
    database. Raises ExportError where the folder holds anything else.
    """
    if target.exists() and (not target.is_dir() or (any(target.iterdir()) and not _is_export(target))):
        raise ExportError(f"{target} is no empty folder and no earlier export; name another one")
    target = target.resolve()
    staging = target.with_name(f".{target.name}.new")
    shutil.rmtree(staging, ignore_errors=True)
    (staging / "data").mkdir(parents=True)
    try:
        with duckdb.connect(str(database), read_only=True, config={"python_enable_replacements": False}) as connection:
            _write(connection, staging)
            if with_tei:
                _write_tei(connection, staging / "tei")
            if with_warc:
                with Archive(staging / "fetches.warc.gz") as archive:
                    archive.write_kept(_kept(connection, raw_store(raw or database.parent / "raw")))
        _replace(target, staging)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def csv_expression(column: Column) -> str:
    """SQL that gives a column as its CSV cell: lists joined, nothing that a spreadsheet would run."""
    text = column.name
    if column.sql_type == "varchar[]":
        text = f"array_to_string({column.name}, '{LIST_SEPARATOR}')"
    elif column.sql_type != "varchar":
        return column.name
    return f"case when regexp_matches({text}, '{FORMULA_START}') then '''' || {text} else {text} end as {column.name}"


def csv_text(value: str) -> str:
    """What `csv_expression` makes of a text, for the allowed values in the schema."""
    return f"'{value}" if value[:1] and value[0] in FORMULA_FIRST else value


def table_schema(table: type[Row]) -> dict[str, Any]:
    """A table's Frictionless Table Schema: types, limits, keys, and where its ids lead."""
    names = {t.table for t in exported()}
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns()], "missingValues": [""]}
    nullable = {column.name for column in table.columns() if column.nullable}
    if not nullable & set(table.key):
        schema["primaryKey"] = list(table.key)
    links = []
    for column, reference in table.references.items():
        other, _, key = reference.partition(".")
        if other in names:
            resource = "" if other == table.table else other
            links.append({"fields": [column], "reference": {"resource": resource, "fields": [key]}})
    if links:
        schema["foreignKeys"] = links
    return schema


def exported() -> list[type[Row]]:
    """The tables that are exported: all that readers query."""
    return [table for table in TABLES if table.schema_name == "main"]


def licence_entry(licence: str) -> dict[str, str]:
    """A licence as the data package names it: an SPDX id by name, a sentence by the file that says more."""
    if SPDX_ID.fullmatch(licence):
        return {"name": licence, "path": f"https://spdx.org/licenses/{licence}.html"}
    return {"title": licence, "path": "LICENCES.md"}


def _write(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    connection.execute("set timezone = 'UTC'; set enable_progress_bar = false")
    resources = []
    for table in exported():
        resources += _write_table(connection, table, folder)
    claims = folder / "claims.jsonl"
    connection.execute(f"copy (from claims order by said_on, claim_id) to {quoted(claims)} (format json)")
    resources.append(_file_resource("claims-jsonl", "The wide view, one claim a line.", claims, folder))
    (folder / "data-dictionary.md").write_text(dictionary.render(connection), "utf-8")
    sources = rows(connection, "select name, title, homepage, licence, documents from sources where documents > 0 order by name")
    (folder / "LICENCES.md").write_text(_licences(sources), "utf-8")
    (release,) = rows(connection, "select release_id, published_at from release")
    package = _package(release, sources, resources)
    (folder / "datapackage.json").write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", "utf-8")
    readme = README.format(release_id=release["release_id"], separator=LIST_SEPARATOR)
    (folder / "README.md").write_text(readme, "utf-8")


def _write_tei(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    folder.mkdir()
    for document_id in tei.every_document(connection):
        (folder / f"{document_id}.xml").write_bytes(tei.document_tei(connection, document_id))


def _kept(connection: duckdb.DuckDBPyConnection, store: RawStore | RawObjects) -> Iterator[Kept]:
    """Every redirect, and every answer whose body is kept, as the tables tell it. What is gone by request is left out."""
    query = "select run_id, origin, fetched_at, status, headers, outcome, content_sha256 from fetches "
    query += "where status is not null and (content_sha256 is not null or outcome like 'redirected%') "
    for row in rows(connection, query + "order by run_id, fetched_at, origin"):
        digest, headers = row.pop("content_sha256"), json.loads(row.pop("headers") or "{}")
        if digest is None or store.size(digest) is not None:
            yield Kept(**row, headers=headers, content=store.get(digest) if digest else b"")


def _write_table(connection: duckdb.DuckDBPyConnection, table: type[Row], folder: Path) -> list[dict[str, Any]]:
    columns = ", ".join(table.column_names())
    order = ", ".join(table.sort or table.key)
    parquet = folder / "data" / f"{table.table}.parquet"
    sheet = folder / "data" / f"{table.table}.csv"
    connection.execute(
        f"copy (select {columns} from {table.qualified()} order by {order}) to {quoted(parquet)} "
        "(format parquet, compression zstd)"
    )
    cells = ", ".join(csv_expression(column) for column in table.columns())
    connection.execute(
        f"copy (select {cells} from (from {table.qualified()} order by {order})) to {quoted(sheet)} "
        f"(format csv, header true, timestampformat '{TIME_FORMAT}')"
    )
    described = {
        "name": table.table,
        "type": "table",
        "profile": "tabular-data-resource",
        "description": table.describe(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": table_schema(table),
        "path": sheet.relative_to(folder).as_posix(),
    }
    return [described | _proof(sheet), _file_resource(f"{table.table}-parquet", table.describe(), parquet, folder)]


def _file_resource(name: str, description: str, path: Path, folder: Path) -> dict[str, Any]:
    place = path.relative_to(folder).as_posix()
    return {"name": name, "type": "file", "description": description, "path": place, **_proof(path)}


def _proof(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "hash": f"sha256:{digest}"}


def _field(column: Column) -> dict[str, Any]:
    kind = FRICTIONLESS_TYPES[column.sql_type]
    field: dict[str, Any] = {"name": column.name, "type": kind, "description": column.description}
    if kind == "datetime":
        field["format"] = TIME_FORMAT
    limits: dict[str, Any] = {}
    # an empty text and no text are the same in CSV, so only what is never empty is required
    if not column.nullable and (kind != "string" or column.min_length or column.values):
        limits["required"] = True
    if column.values:
        limits["enum"] = [csv_text(value) for value in column.values]
    if column.low is not None:
        limits["minimum"] = column.low
    if column.high is not None:
        limits["maximum"] = column.high
    return field | ({"constraints": limits} if limits else {})


def _package(release: dict[str, Any], sources: list[dict[str, Any]], resources: list[dict[str, Any]]) -> dict[str, Any]:
    licences = list(dict.fromkeys(source["licence"] or "Not stated by the source" for source in sources))
    return {
        "profile": "data-package",
        "name": "onrecord",
        "title": "onrecord: what was said in numbers, by whom, when and where",
        "description": "Numeric claims from public transcripts. Every row leads back to the words on the page.",
        "version": release["release_id"],
        "created": f"{release['published_at']:{TIME_FORMAT}}",
        "licenses": [licence_entry(licence) for licence in licences],
        "sources": [_source_entry(source) for source in sources],
        "resources": resources,
    }


def _source_entry(source: dict[str, Any]) -> dict[str, str]:
    entry = {"title": source["title"] or source["name"]}
    if source["homepage"] and re.match(r"https?://", source["homepage"]):
        entry["path"] = source["homepage"]
    return entry


def _licences(sources: list[dict[str, Any]]) -> str:
    lines = ["# Licences\n", "The texts belong to their publishers. Whoever passes them on keeps to each source's own terms.\n"]
    lines += ["| source | title | licence | documents | homepage |", "| --- | --- | --- | --- | --- |"]
    for source in sources:
        cells = [
            source["name"],
            source["title"],
            source["licence"] or "not stated by the source",
            source["documents"],
            source["homepage"],
        ]
        lines.append("| " + " | ".join(str(cell or "").replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _is_export(folder: Path) -> bool:
    try:
        described = json.loads((folder / "datapackage.json").read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(described, dict) and described.get("name") == "onrecord"


def _replace(target: Path, staging: Path) -> None:
    old = target.with_name(f".{target.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    staging.rename(target)
    shutil.rmtree(old, ignore_errors=True)
