"""`onrecord report`: the published release as one self-contained HTML page that asks nothing of any server.

What the page shows was written by strangers: every text is escaped, only http and https addresses become links, and the
page's own policy forbids every script and style but the two that its hashes name.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import re
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from flows.fetch.source import SourceError, SourceFile, load_sources
from flows.report.chart import chart, short
from flows.report.marks import Precision, precision
from flows.report.rows import rows

HERE = Path(__file__).resolve().parent
CHECKABLE, DIFFERENCES, REVISIONS, SERIES, POINTS, QUARANTINE, SAMPLE = 12, 20, 30, 8, 40, 50, 20
WHEN = ("before", "after")
REASONS = {
    "same_time": "two figures at about one time",
    "later_update": "perhaps a later update",
    "opposite_change": "one says up, the other down",
    "translation": "differs between postings of one event",
}
CONTENTS = (
    ("checkable", "Checkable claims"),
    ("differences", "Differing figures"),
    ("revisions", "Changes by publishers"),
    ("series", "Series"),
    ("sources", "What came in"),
    ("quarantine", "Quarantine"),
    ("quality", "Quality card"),
)
CLAIM = """
    c.claim_id, c.speaker, c.label, c.role, c.said_on, c.title, c.origin, c.subject, c.surface, c.quote, c.value, c.value_low,
    c.value_high, c.comparator, c.unit, c.kind, c.attributed_to, c.attribution_doubt, c.doubt, c.proof_url, c.char_start,
    c.char_end, d.language, n.sentence_start
"""
CLAIM_FROM = """
    claims as c
    inner join documents as d using (document_id)
    inner join (select sentence_id, char_start as sentence_start from sentences) as n using (sentence_id)
"""


def write(database: Path, target: Path) -> None:
    """Writes the report of a published database as one HTML file, whole or not at all."""
    with duckdb.connect(str(database), read_only=True, config={"python_enable_replacements": False}) as connection:
        connection.execute("set timezone = 'UTC'")
        page = render(connection, precision(database))
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.new")
    try:
        temporary.write_text(page, "utf-8")
        os.replace(temporary, target)
    except OSError:  # of a full disk nothing half written may stay, which would keep it full
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def render(connection: duckdb.DuckDBPyConnection, marked: Sequence[Precision] = ()) -> str:
    """The page; `marked` is what people said of earlier cards. The same database and marks give the same page."""
    style, script = ((HERE / name).read_text("utf-8") for name in ("report.css", "report.js"))
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    (release,) = rows(connection, "from release")
    found, total_quarantined = quarantined(connection)
    differences = differing(connection)
    day = newest_day(connection)
    return environment.get_template("report.html.j2").render(
        policy=policy(style, script),
        style=Markup(style),
        script=Markup(script),
        release=release,
        contents=CONTENTS,
        totals=totals(connection),
        run=run_of(connection, release["run_id"]),
        sources=sources(connection, release),
        quarantine=found,
        quarantine_count=total_quarantined,
        day=day,
        checkable=checkable(connection, day),
        differences=differences,
        more_differences=_one(connection, "select count(*) from claim_differences") - len(differences),
        revisions=revisions(connection),
        series=series(connection),
        sample=sample(connection, release["release_id"]),
        marked=marked,
    )


def policy(style: str, script: str) -> str:
    """A content security policy under which nothing but this style and this script runs, and nothing is loaded."""
    return f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'"


def totals(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, int]]:
    """The size of what is published."""
    tables = {"documents": "documents", "speakers": "speakers", "turns": "turns", "sentences": "sentences"}
    tables |= {"claims": "numeric_claims", "series": "claim_series"}
    return [(name, _one(connection, f"select count(*) from {table}")) for name, table in tables.items()]


def run_of(connection: duckdb.DuckDBPyConnection, run_id: str) -> dict[str, Any] | None:
    """The run that published, and in words what it did."""
    found = rows(connection, "select run_id, flow, counts from runs where run_id = ?", run_id)
    if not found:
        return None
    counts = json.loads(found[0]["counts"] or "{}")
    told = [f"{counts.get(f'documents_{what}', 0):,} {what}" for what in ("new", "changed", "unchanged")]
    return found[0] | {"told": f"documents {', '.join(told)}; {counts.get('quarantined', 0):,} quarantined"}


def sources(connection: duckdb.DuckDBPyConnection, release: dict[str, Any]) -> list[dict[str, Any]]:
    """Each source with what came in the last week against what its file expects."""
    query = """
        select s.*, documents > 0 or name in (select source from fetches) as is_tried, (
            select count(*) from documents as d
            where d.source = s.name and d.published_on > ?::date - 7 and d.published_on <= ?::date
        ) as last_week
        from sources as s
        order by documents = 0, name
    """
    day = release["published_at"].date()
    files = _source_files()
    return [row | _against_expectation(row, files.get(row["name"])) for row in rows(connection, query, day, day)]


def _against_expectation(row: dict[str, Any], file: SourceFile | None) -> dict[str, Any]:
    expected = file.expect.documents_per_week if file else None
    told = f"{expected[0]:g} to {expected[1]:g}" if expected else None
    if row["last_fetched_at"] is None:
        return {"expected": told, "finding": "never run", "tone": "soft"}
    if expected is None:
        return {"expected": told, "finding": "nothing expected", "tone": "soft"}
    if row["last_week"] < expected[0]:
        return {"expected": told, "finding": "fewer than expected", "tone": "warn"}
    if row["last_week"] > expected[1]:
        return {"expected": told, "finding": "more than expected", "tone": "warn"}
    return {"expected": told, "finding": "as expected", "tone": "good"}


def _source_files() -> dict[str, SourceFile]:
    try:
        return load_sources()
    except SourceError:
        return {}  # the run that follows says what is wrong with the file; the report of what is held still stands


def quarantined(connection: duckdb.DuckDBPyConnection) -> tuple[list[dict[str, Any]], int]:
    """The newest entries, those of one reason together, and how many there are in all."""
    query = f"from (from quarantine order by first_seen_at desc, origin limit {QUARANTINE}) order by reason, origin, stage"
    return rows(connection, query), _one(connection, "select count(*) from quarantine")


def newest_day(connection: duckdb.DuckDBPyConnection) -> Any:
    """The last day on which anything was said; days after the release are typing errors."""
    return _one(connection, "select max(said_on) from checkable_claims where said_on <= (select published_at::date from release)")


def checkable(connection: duckdb.DuckDBPyConnection, day: Any) -> list[dict[str, Any]]:
    """The day's most checkable claims, by the rule of sql/marts/checkable_claims.sql."""
    query = f"""
        select {CLAIM}, k.points, k.reasons
        from {CLAIM_FROM}
        inner join checkable_claims as k using (claim_id)
        where k.said_on = ? and k.day_rank <= {CHECKABLE}
        order by k.day_rank
    """
    return [_claim(row) for row in rows(connection, query, day)]


def differing(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """The likeliest pairs of differing figures, with both quotes."""
    query = f"""
        select f.*, s.subject from claim_differences as f inner join claim_series as s using (series_id)
        order by f.confidence desc, f.claim_id, f.other_claim_id limit {DIFFERENCES}
    """
    pairs = rows(connection, query)
    by_id = _claims(connection, [pair[key] for pair in pairs for key in ("claim_id", "other_claim_id")])
    return [
        pair | {"reason_text": REASONS[pair["reason"]], "claims": [by_id[pair["claim_id"]], by_id[pair["other_claim_id"]]]}
        for pair in pairs
    ]


def revisions(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """What publishers changed, newest first: each document's pair of versions with the figures that differ."""
    query = f"""
        select r.*, r.title as name, d.url
        from revised_claims as r inner join documents as d using (document_id)
        order by r.noticed_at desc, r.document_id, r.to_version desc, r.change, r.claim_id limit {REVISIONS}
    """
    told = []
    for key, group in groupby(rows(connection, query), lambda row: (row["document_id"], row["from_version"], row["to_version"])):
        changes = [row | {f"number_{when}": _short(row[f"value_{when}"], row[f"quote_{when}"]) for when in WHEN} for row in group]
        first = changes[0]
        document = {"name": first["name"], "link": _web_address(first["url"]), "noticed_on": first["noticed_at"].date()}
        document["archived"] = _web_address(first["archived_before_url"])
        told.append(document | {"from_version": key[1], "to_version": key[2], "changes": changes})
    return told


def _short(value: float | None, quote: str | None) -> str:
    return short(value) if value is not None else "range" if quote else ""


def series(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """The series over two events or more that most speakers are in, those whose figure moved first, each with its newest claims as
    a chart and as quotes.
    """
    query = f"""
        select
            series_id, any_value(s.subject) as subject, any_value(s.unit) as unit,
            list(c.claim_id order by c.said_on, c.claim_id) as ids
        from claim_series as s
        inner join claim_series_members as m using (series_id)
        inner join claims as c using (claim_id)
        inner join documents as d using (document_id)
        where c.said_on is not null and coalesce(c.value, c.value_low, c.value_high) is not null
        group by series_id, s.speakers, s.documents
        having count(distinct coalesce(d.event_id, d.document_id)) >= 2
        order by count(distinct c.value) > 1 desc, s.speakers desc, s.documents desc, count(*) desc, series_id
        limit {SERIES}
    """
    found = rows(connection, query)
    by_id = _claims(connection, [claim_id for one in found for claim_id in one["ids"][-POINTS:]])
    told = []
    for number, one in enumerate(found, 1):
        claims = [by_id[claim_id] for claim_id in one["ids"][-POINTS:]]
        left_out = len(one["ids"]) - len(claims)
        told_unit = in_words(one["unit"]) if one["unit"] else None
        told.append(one | {"number": number, "unit": told_unit, "claims": claims, "chart": chart(claims), "left_out": left_out})
    return told


def sample(connection: duckdb.DuckDBPyConnection, release_id: str) -> list[dict[str, Any]]:
    """Claims drawn by a hash of release and id: the same for everyone, and others in the next release."""
    query = f"select {CLAIM} from {CLAIM_FROM} order by md5(? || c.claim_id) limit {SAMPLE}"
    return [_claim(row) for row in rows(connection, query, release_id)]


def _claims(connection: duckdb.DuckDBPyConnection, ids: list[str]) -> dict[str, dict[str, Any]]:
    query = f"select {CLAIM} from {CLAIM_FROM} where c.claim_id in (select unnest(?::varchar[]))"
    return {row["claim_id"]: _claim(row) for row in rows(connection, query, ids)}


def _claim(row: dict[str, Any]) -> dict[str, Any]:
    """A claim as the page shows it: the quote cut around the figure, a link that is safe to follow, the reading in words."""
    start, end = row["char_start"] - row["sentence_start"], row["char_end"] - row["sentence_start"]
    language = row["language"] or ""
    return row | {
        "before": row["quote"][:start],
        "surface": row["quote"][start:end],
        "after": row["quote"][end:],
        "link": _web_address(row["proof_url"]),
        "lang": language if re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", language) else None,
        "reading": reading(row),
    }


def reading(claim: dict[str, Any]) -> str:
    """How the figure was understood, in words: `about 50,000,000,000 USD (money) of trade turnover`."""
    if claim["value"] is not None and claim["comparator"] != "range":
        how = {"=": "", "~": "about ", "<": "less than ", "<=": "at most ", ">": "more than ", ">=": "at least "}[
            claim["comparator"]
        ]
        figure = f"{how}{_number(claim['value'])}"
    else:
        figure = f"{_number(claim['value_low'])} to {_number(claim['value_high'])}"
    unit = f" {in_words(claim['unit'])}" if claim["unit"] else ""
    about = f", about: {claim['subject']}" if claim["subject"] else ", about nothing named"
    return f"{figure}{unit} ({claim['kind'].replace('_', ' ')}){about}"


# UCUM and time codes as a page says them: one, many
UNIT_WORDS = {
    "a": ("year", "years"),
    "mo": ("month", "months"),
    "wk": ("week", "weeks"),
    "d": ("day", "days"),
    "h": ("hour", "hours"),
    "min": ("minute", "minutes"),
    "s": ("second", "seconds"),
    "[mi_i]": ("mile", "miles"),
    "[nmi_i]": ("nautical mile", "nautical miles"),
    "[yd_i]": ("yard", "yards"),
    "[ft_i]": ("foot", "feet"),
    "[in_i]": ("inch", "inches"),
    "[sft_i]": ("square foot", "square feet"),
    "[smi_us]": ("square mile", "square miles"),
    "[acr_us]": ("acre", "acres"),
    "[cft_i]": ("cubic foot", "cubic feet"),
    "[gal_us]": ("gallon", "gallons"),
    "[bbl_us]": ("barrel", "barrels"),
    "[bu_us]": ("bushel", "bushels"),
    "[lb_av]": ("pound", "pounds"),
    "[oz_av]": ("ounce", "ounces"),
    "[oz_tr]": ("troy ounce", "troy ounces"),
    "[ston_av]": ("short ton", "short tons"),
    "[degF]": ("degree Fahrenheit", "degrees Fahrenheit"),
    "[HP]": ("horsepower", "horsepower"),
    "[ly]": ("light-year", "light-years"),
    "[ppm]": ("part per million", "parts per million"),
    "[ppb]": ("part per billion", "parts per billion"),
}


def in_words(unit: str) -> str:
    """A unit as people say it where its code says nothing to them: `USD a month` for USD/mo, `miles` for [mi_i]."""
    above, slash, below = unit.partition("/")
    if slash and below not in UNIT_WORDS:
        return unit
    many = UNIT_WORDS.get(above, (above, above))[1]
    if not slash:
        return many
    one = UNIT_WORDS[below][0]
    return f"{many} {'an' if one[0] in 'aeio' or one == 'hour' else 'a'} {one}".strip()


def _number(value: float | None) -> str:
    if value is None:
        return "open"
    return f"{value:,.0f}" if value == int(value) and abs(value) < 1e15 else f"{value:,.10g}"


def _web_address(address: str | None) -> str | None:
    """The address if it is one of the web: a javascript: or data: address never becomes a link."""
    return address if address and re.match(r"https?://[^\s]+$", address) else None


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> Any:
    row = connection.execute(query).fetchone()
    return row[0] if row else None
