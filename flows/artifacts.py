"""What a run leaves in the Prefect UI: what came in by source, the claims in it with their proofs, the checks, the report."""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact

from flows.derive import check_files, queries_of
from flows.fetch.source import load_sources
from flows.ledger import Ledger
from flows.pipeline import Summary
from flows.settings import Settings
from schemas import TABLES

MOST_CLAIMS = 100
MOST_REFUSED = 200
RECEIVED = ("document", "unchanged", "archive")  # outcomes of a fetch or a file read that brought bytes of a document
log = logging.getLogger("onrecord")


def held(database: Path) -> dict[str, tuple[str, int]]:
    """The published documents: id -> source and version. Empty where nothing is published."""
    if not database.exists():
        return {}
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute("select document_id, source, version from main.documents").fetchall()
    return {document: (source, version) for document, source, version in rows}


def show(
    settings: Settings, before: dict[str, tuple[str, int]], asked: list[str], summaries: list[Summary], failures: list[str]
) -> None:
    """Writes all artifacts of a finished run over the sources that were asked, compared with what was published before it."""
    now = held(settings.database)
    fresh = [document for document, state in now.items() if before.get(document) != state]
    refused = _ledger_rows(settings, "select * from quarantine where source = ? and resolved_at is null", asked)
    rows = _by_source(settings, before, now, asked, summaries, refused)
    create_table_artifact(rows, key="summary", description=_words(summaries, failures))
    claims = _claims(settings.database, fresh)
    create_markdown_artifact(claims, key="claims", description="Claims in what is new, with their proofs")
    if refused:
        create_table_artifact(_quarantine(refused), key="quarantine", description=_QUARANTINE)
    create_table_artifact(_checks(summaries, failures), key="checks", description="What was checked before publishing")
    _report(settings)


_QUARANTINE = "What stands in quarantine of these sources. The next run tries again, except what answered 404 or 410."


def _words(summaries: list[Summary], failures: list[str]) -> str:
    released = [s.release_id for s in summaries if s.release_id]
    words = f"Published {released[-1]}." if released else "Nothing new was published."
    return words + "".join(f"\n\n**Failed:** {failure}" for failure in failures)


def _ledger_rows(settings: Settings, query: str, values: Iterable[str]) -> list[dict[str, Any]]:
    """The rows of the ledger that a query with one parameter gives for each of the values."""
    ledger = Ledger(settings.warehouse / "ledger.sqlite")
    try:
        return [dict(row) for value in values for row in ledger.rows(query, value)]
    finally:
        ledger.close()


def _by_source(
    settings: Settings,
    before: dict[str, tuple[str, int]],
    now: dict[str, tuple[str, int]],
    asked: list[str],
    summaries: list[Summary],
    refused: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    """A row a source that was asked: expected a week, received, new, changed, now in quarantine, and whether it failed."""
    fetches = _ledger_rows(settings, "select * from fetches where run_id = ?", [summary.run_id for summary in summaries])
    received = Counter(row["source"] for row in fetches if row["outcome"].startswith(RECEIVED))
    quarantined = Counter(row["source"] for row in refused)
    new = Counter(source for document, (source, _) in now.items() if document not in before)
    changed = Counter(state[0] for document, state in now.items() if before.get(document, state) != state)
    failed = {name for summary in summaries for name in summary.failed_sources}
    return [
        {
            "source": name,
            "expected": _expected(name),
            "received": received[name],
            "new": new[name],
            "changed": changed[name],
            "quarantined": quarantined[name],
            "state": "failed" if name in failed else "read",
        }
        for name in asked
    ]


def _expected(name: str) -> str:
    week = load_sources()[name].expect.documents_per_week
    return f"{week[0]:g} to {week[1]:g} a week" if week else "not stated"


def _quarantine(refused: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What was refused, the first of them: where it came from, at which stage, why, and how often it was tried."""
    columns = ("source", "origin", "stage", "reason", "tries")
    rows = [{key: str(row[key] or "") for key in columns} for row in refused[:MOST_REFUSED]]
    more = f"and {len(refused) - MOST_REFUSED} more: onrecord quarantine"
    return rows + ([dict.fromkeys(columns, "") | {"origin": more}] if len(refused) > MOST_REFUSED else [])


def _claims(database: Path, fresh: list[str]) -> str:
    if not fresh:
        return "No new documents, so no new claims."
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute(
            "select c.said_on, c.speaker, c.surface, c.subject, c.quote, coalesce(c.proof_url, ''), "
            "if(c.proof_url is null, c.origin, c.source) from main.claims as c "
            "where c.document_id in (select unnest(?)) order by c.said_on desc nulls last, c.document_id, c.char_start",
            [fresh],
        ).fetchall()
    more = f"; the first {MOST_CLAIMS}" if len(found) > MOST_CLAIMS else ""
    lines = [f"{len(found)} claims in {len(fresh)} new or changed documents{more}:"]
    lines += ["", "| said on | speaker | figure | of what | words | in |", "| --- | --- | --- | --- | --- | --- |"]
    for said_on, speaker, surface, subject, quote, proof, place in found[:MOST_CLAIMS]:  # what has no address has its file's name
        words = _cell(quote)
        words = f"[{words}]({proof.replace(' ', '%20').replace('(', '%28').replace(')', '%29')})" if proof else words
        told = (said_on or "", _cell(speaker or "not sure who"), _cell(surface), _cell(subject), words, _cell(place))
        lines.append(f"| {' | '.join(map(str, told))} |")
    return "\n".join(lines)


def _cell(text: object) -> str:
    """Text that cannot leave its cell, or become markup: it comes from pages that anyone may have written."""
    words = " ".join(str(text or "").split())
    words = words if len(words) <= 240 else words[:239] + "…"
    for mark in "\\`*_{}[]<>|#!":
        words = words.replace(mark, f"&#{ord(mark)};")
    return words


def _checks(summaries: list[Summary], failures: list[str]) -> list[dict[str, str]]:
    """What stands between a new database and its publication, and how that went: all of it, or nothing is published."""
    published = [summary for summary in summaries if summary.status == "published"]
    result = f"passed in {len(published)} of {len(summaries)} batches" if published else "not needed: nothing new"
    tables = [table for table in TABLES if not table.is_view]
    kinds = {
        "limits of rows and columns": sum(len(table.violations()) for table in tables),
        "keys that are unique": len(tables),
        "references that lead to a row": sum(len(table.references) for table in tables),
        "queries beside the models (sql/**/*.check.sql)": sum(len(queries_of(path)) for path in check_files()),
        "losses of documents or claims by source": 2,
    }
    rows = [{"check": what, "number": str(number), "result": result} for what, number in kinds.items()]
    return rows + [{"check": "-", "number": "-", "result": f"FAILED: {failure}"} for failure in failures]


def _report(settings: Settings) -> None:
    """The report, written anew, and a link to it while `onrecord serve` shows it."""
    place = os.environ.get("ONRECORD_REPORT_URL")
    if not settings.database.exists():
        return
    from flows.report import report

    target = settings.warehouse / "report" / "report.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    report.write(settings.database, target)
    log.info("report written: %s", target)
    if place:
        create_link_artifact(link=place, link_text="The report", key="report", description="While `onrecord serve` runs")
