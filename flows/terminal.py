"""What a person at a terminal sees of a run: how far it is, and how it ended."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Any, ClassVar

from flows.settings import ROOT

QUERIES = (
    "select speaker, said_on, subject, comparator, value, unit from claims where kind = 'money' order by value desc limit 5",
    "select subject, unit, claims, speakers, first_said_on, last_said_on from claim_series order by documents desc limit 5",
    "select label, speaker_name, attribution, confidence, doubt from turns where doubt is not null limit 5",
)


class Progress:
    """A line that moves on a terminal; plain log lines elsewhere."""

    STAGES: ClassVar[dict[str, str]] = {
        "gather": "gathering",
        "read": "reading",
        "derive": "deriving",
        "check": "checking",
        "publish": "publishing",
    }

    def __init__(self) -> None:
        self.is_terminal = sys.stderr.isatty()
        self.stage = ""
        self.bar: Any = None

    def __enter__(self) -> Progress:
        if self.is_terminal:
            from rich.console import Console
            from rich.status import Status

            self.bar = Status("starting", console=Console(stderr=True))
            self.bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar:
            self.bar.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        words = self.STAGES.get(stage, stage) + (f" {done:,}" if done else "") + (f" of {total:,}" if total else "")
        if self.bar:
            self.bar.update(words)
        elif stage != self.stage or (total and done == total):
            logging.getLogger("onrecord").info(words)
        self.stage = stage


def summary_text(summary: Any) -> str:
    """The closing words of a run."""
    head = {"published": f"published {summary.release_id}", "nothing_new": "nothing new; the warehouse stays as it is"}
    lines = [
        head.get(summary.status, summary.status) + f" ({summary.seconds:.1f} s)",
        f"documents: {summary.documents_new:,} new, {summary.documents_changed:,} changed, "
        f"{summary.documents_unchanged:,} unchanged, {summary.quarantined:,} quarantined"
        + (f", {summary.documents_recomputed:,} recomputed" if summary.documents_recomputed else ""),
    ]
    if summary.status == "published":
        lines.append(f"turns: {summary.turns:,}   sentences: {summary.sentences:,}   claims: {summary.claims:,}")
    lines += [f"note: {note}" for note in summary.notes]
    database = Path(summary.warehouse) / "onrecord.duckdb"
    lines.append(f"warehouse: {database}")
    if summary.status == "published":
        is_usual = os.environ.get("ONRECORD_WAREHOUSE") or Path(summary.warehouse).resolve() == ROOT / "warehouse"
        place = "" if is_usual else f" --warehouse {summary.warehouse}"
        lines.append("try:")
        lines += [f'  .venv/bin/onrecord query{place} "{query}"' for query in QUERIES]
        lines.append(f"  .venv/bin/onrecord report{place}")
        lines.append("twenty questions with their SQL: docs/queries.md")
    return "\n".join(lines)
