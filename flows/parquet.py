"""The Parquet files beside the database: by source and month where touched, named by their content, listed in a manifest."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import duckdb

from flows import checks, derive, durable
from flows.standing import published
from schemas import BY_NAME, TABLES, Row
from schemas.base import quoted

PARTITIONED = (
    "documents",
    "blocks",
    "turns",
    "sentences",
    "numeric_mentions",
    "numeric_claims",
    "sentence_topics",
    "turn_topics",
)
PARTITION = "source, coalesce(strftime(coalesce(event_on, published_on), '%Y-%m'), 'unknown') as month"  # of a row of documents


def export(
    connection: duckdb.DuckDBPyConnection,
    work: Path,
    folder: Path,
    partitions: set[tuple[str, str]],
    release_id: str,
    before: str | None,
) -> list[Path]:
    """Writes the tables' files of a release: those of documents by source and month, where touched; returns what it wrote.

    `work` is a folder of this run's on the same disk as `folder`. `before` is the release whose files stand there, if any: those
    of months that were not touched serve this one too. The manifest names the files of both kinds.
    """
    manifest = _manifest(folder, before) if before else None
    if manifest is None:  # without the list of what stands there everything is written
        manifest = {}
        partitions = set(connection.execute(f"select distinct {PARTITION} from history.documents").fetchall())  # type: ignore[arg-type]
    staging = work / "parquet"
    staging.mkdir()
    _write(connection, staging, partitions)
    whole = {table.table for table in _unpartitioned()}
    manifest = {
        path: entry
        for path, entry in manifest.items()
        if entry["table"] not in whole and (entry["source"], entry["month"]) not in partitions
    }
    written = []
    for path in sorted(staging.rglob("*.parquet")):
        entry = _take_file(path, staging, folder)
        manifest[entry["path"]] = entry
        written.append(folder / entry["path"])
    target = folder / "manifests" / f"{release_id}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    entries = [manifest[key] for key in sorted(manifest)]
    _replace_text(target, json.dumps({"release_id": release_id, "files": entries}, indent=1) + "\n")
    return [*written, target]


def _write(connection: duckdb.DuckDBPyConnection, staging: Path, partitions: set[tuple[str, str]]) -> None:
    """The tables' files as they shall stand, below a folder: several tables at a time, each by one thread, so in order."""
    run = connection.execute
    run("create or replace table batch.touched (source varchar, month varchar)")
    if partitions:
        run("insert into batch.touched select unnest(?), unnest(?)", [[p[0] for p in partitions], [p[1] for p in partitions]])
    run(f"create or replace table batch.places as select document_id, {PARTITION} from history.documents where is_current")
    copies = []
    for name in PARTITIONED:
        table = BY_NAME[name]
        where = f"history.{name}" if table.versioned else f"main.{name}"
        order = ", ".join(f"t.{column}" for column in table.sort)
        copies.append(
            f"copy (select t.*, p.source as part_source, p.month from {where} as t "
            "inner join batch.places as p using (document_id) "
            f"semi join batch.touched as c on c.source = p.source and c.month = p.month order by p.source, p.month, {order}) "
            f"to {quoted(staging / name)} (format parquet, compression zstd, partition_by (part_source, month), "
            "overwrite_or_ignore)"
        )
    for table in _unpartitioned():
        (staging / table.table).mkdir(parents=True)
        order = ", ".join(table.sort)
        target = quoted(staging / table.table / "data.parquet")
        copies.append(f"copy (from {table.qualified()} order by {order}) to {target} (format parquet, compression zstd)")

    run("set threads = 1")  # one file a partition, in order
    derive.side_by_side(connection, copies)
    run(f"set threads = {os.cpu_count() or 1}")

def _unpartitioned() -> list[type[Row]]:
    """The tables that are one Parquet file each: all that are stored but those by source and month, and the ledger's copies."""
    left_out = (*PARTITIONED, *checks.LEDGER_TABLES, "release")
    return [table for table in TABLES if not table.is_view and table.table not in left_out]


def remove_leftovers(warehouse: Path) -> list[str]:
    """Removes Parquet files and manifests that the published release does not name."""
    folder = warehouse / "parquet"
    state = published(warehouse / "onrecord.duckdb")
    kept = _manifest(folder, state.release_id) if state else None
    if state is None or kept is None:
        return []  # without the list of what belongs to the release nothing can be told to be left over
    manifest = folder / "manifests" / f"{state.release_id}.json"
    removed = []
    for path in sorted(folder.rglob("*")):
        is_file = path.is_file() and path.parent != manifest.parent and path.name != "manifest.json"
        if is_file and path.relative_to(folder).as_posix() not in kept:
            path.unlink()
            removed.append(path.name)
    for path in sorted(manifest.parent.iterdir()):
        if path != manifest:
            path.unlink()
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    _replace_text(folder / "manifest.json", manifest.read_text())
    return removed


def _manifest(folder: Path, release_id: str) -> dict[str, dict[str, Any]] | None:
    """The Parquet files of a release by their paths; None where their list is missing or damaged."""
    try:
        read = json.loads((folder / "manifests" / f"{release_id}.json").read_text())
        return {entry["path"]: entry for entry in read["files"]}
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def _take_file(path: Path, staging: Path, folder: Path) -> dict[str, Any]:
    """Moves a written file to its place under a name that says its content, so that no file is ever changed."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    inside = path.relative_to(staging).parent
    parts = dict(part.split("=", 1) for part in inside.parts[1:])
    place = Path(inside.parts[0], *[f"{k.removeprefix('part_')}={v}" for k, v in parts.items()], f"{digest[:16]}.parquet")
    target = folder / place
    target.parent.mkdir(parents=True, exist_ok=True)
    size = path.stat().st_size
    os.replace(path, target)
    return {
        "path": place.as_posix(),
        "table": inside.parts[0],
        "source": parts.get("part_source"),
        "month": parts.get("month"),
        "bytes": size,
        "sha256": digest,
    }


def _replace_text(path: Path, text: str) -> None:
    temporary = path.with_name(path.name + ".new")
    temporary.write_text(text)
    durable.flush([temporary], path.parent)
    os.replace(temporary, path)
