"""One run after another: nothing is lost, nothing is made twice, and rows depend on words alone."""

from __future__ import annotations

import datetime as dt
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from flows.pipeline import Asked, Summary, run
from flows.settings import Settings
from tests.conftest import Run
from tests.state import columns, files, query

SAMPLES = Path(__file__).parent / "samples"
FOLDERS = ("press-conferences", "briefings", "blogs", "corpora")
TALKS = "press-conferences/2025-03-12-karsovar-talks.txt"

# Section 3 of the contract, by hand: users build on these names.
CONTRACT = {
    "documents": "document_id version source origin external_id title kind language published_on event_on event_id event_role "
    "event_evidence duplicate_of licence content_sha256 text fetched_at",
    "blocks": "block_id document_id block_index zone char_start char_end turn_id",
    "turns": "turn_id document_id turn_index external_id label speaker_id speaker_name role organisation speaker_kind attribution "
    "confidence doubt answers_turn_id time_start time_end text char_start char_end",
    "sentences": "sentence_id turn_id document_id sentence_index text char_start char_end is_speech",
    "speakers": "speaker_id name wikidata_id kind first_said_on last_said_on turns sentences",
    "speaker_roles": "speaker_id role organisation party constituency valid_from valid_until evidence",
    "speaker_labels": "label source speaker_id attribution turns doubt",
    "topics": "topic_code topic scheme description",
    "sentence_topics": "sentence_id topic_code score topic_rank is_sure evidence",
    "turn_topics": "turn_id topic_code score topic_rank is_sure evidence",
    "numeric_mentions": "mention_id sentence_id turn_id document_id surface char_start char_end value mention_role claim_id",
    "numeric_claims": "claim_id mention_id sentence_id turn_id document_id speaker_id said_on quote surface char_start char_end "
    "value comparator value_low value_high kind unit unit_text subject subject_start subject_end change change_from period_text "
    "period_start period_end place attributed_to modality value_spoken value_corrected confidence doubt",
    "claim_series": "series_id subject unit kind claims speakers first_said_on last_said_on",
    "claim_series_members": "series_id claim_id",
    "claim_differences": "claim_id other_claim_id series_id reason days_between gap confidence",
    "claim_revisions": "document_id from_version to_version change claim_id value_before value_after quote_before quote_after "
    "noticed_at",
    "claims": "claim_id speaker role organisation said_on title source subject value unit quote topic proof_url",
    "sources": "name title homepage licence language",
    "runs": "run_id flow parameters started_at finished_at status counts release_id",
    "fetches": "run_id origin fetched_at status content_sha256 bytes outcome",
    "quarantine": "run_id stage origin content_sha256 reason detail",
    "redirects": "old_id new_id kind reason since",
    "corrections": "origin anchor",
}
VERSIONED = ("documents", "blocks", "turns", "sentences", "numeric_mentions", "numeric_claims")
# What only some nights fill: a first run over the samples alters nothing and corrects nothing.
MAY_BE_EMPTY = {"claim_revisions", "redirects"}  # of one night: what a publisher changes is seen in the next, tested below
SPANS = (
    ("turns", "text", "char"),
    ("turns", "label", "label"),
    ("sentences", "text", "char"),
    ("numeric_mentions", "surface", "char"),
    ("numeric_claims", "surface", "char"),
    ("numeric_claims", "subject", "subject"),
)


@pytest.fixture(scope="module")
def reader(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(published), read_only=True) as connection:
        yield connection


def test_every_contracted_table_and_column_is_there(reader: duckdb.DuckDBPyConnection) -> None:
    """Users' queries name them: a missing one breaks every notebook built on it."""
    found = columns(reader)
    missing = {table: set(names.split()) - set(found.get(f"main.{table}", ())) for table, names in CONTRACT.items()}
    missing |= {
        f"history.{table}": set(CONTRACT[table].split()) | {"version", "is_current"} - set(found.get(f"history.{table}", ()))
        for table in VERSIONED
        if set(CONTRACT[table].split()) | {"version", "is_current"} > set(found.get(f"history.{table}", ()))
    }
    assert {table: names for table, names in missing.items() if names} == {}


def test_every_table_and_column_says_what_it_is(reader: duckdb.DuckDBPyConnection) -> None:
    """The description is the data dictionary; without it a column means what each reader guesses."""
    silent = reader.execute(
        """
        select schema_name || '.' || table_name from duckdb_tables()
        where not internal and schema_name in ('main', 'history') and coalesce(comment, '') = ''
        union all
        select schema_name || '.' || view_name from duckdb_views()
        where not internal and schema_name in ('main', 'history') and coalesce(comment, '') = ''
        union all
        select schema_name || '.' || table_name || '.' || column_name from duckdb_columns()
        where not internal and schema_name in ('main', 'history') and coalesce(comment, '') = ''
        """
    ).fetchall()
    assert silent == []


@pytest.mark.parametrize("table", sorted(set(CONTRACT) - MAY_BE_EMPTY))
def test_samples_fill_every_table(reader: duckdb.DuckDBPyConnection, table: str) -> None:
    """An empty table that nobody noticed is a feature that was lost."""
    assert reader.execute(f"select count(*) from main.{table}").fetchone() != (0,)


@pytest.mark.parametrize(("table", "column", "span"), SPANS)
def test_spans_stand_in_the_text(reader: duckdb.DuckDBPyConnection, table: str, column: str, span: str) -> None:
    """The second promise: a quote that does not stand at its offsets cannot be proved."""
    wrong = reader.execute(
        f"select t.{column} from history.{table} as t inner join history.documents as d using (document_id, version) where "
        f"t.{span}_start is not null and substr(d.text, t.{span}_start + 1, t.{span}_end - t.{span}_start) <> t.{column}"
    ).fetchall()
    assert wrong == []


def test_every_sample_is_a_document_or_in_quarantine(reader: duckdb.DuckDBPyConnection) -> None:
    """Nothing is lost: a file that is in neither has vanished without a word."""
    files = "from fetches where source = 'samples' and not starts_with(outcome, 'archive:')"  # what those hold is on its own
    given = reader.execute(f"select distinct origin, content_sha256 {files}").fetchall()
    assert len(given) >= 20
    hashes = "select content_sha256 from history.documents union select content_sha256 from quarantine"
    kept = {row[0] for row in reader.execute(hashes).fetchall()}
    assert [origin for origin, digest in given if digest not in kept] == []


# Nights: one warehouse, run after run. Each test is a night and builds on the ones before.


class Nights:
    """A warehouse over a folder that changes from night to night."""

    def __init__(self, place: Path) -> None:
        self.inputs = place / "inputs"
        self.warehouse = place / "warehouse"
        for folder in FOLDERS:
            shutil.copytree(SAMPLES / folder, self.inputs / folder)
        self.database = self.warehouse / "onrecord.duckdb"

    def run(self, **asked: object) -> Summary:
        return run(Asked(paths=(self.inputs,), **asked), Settings.from_environment(self.warehouse, {}))  # type: ignore[arg-type]

    def ids(self) -> dict[str, set[str]]:
        """Every id of a current row, by table."""
        keys = {"blocks": "block", "turns": "turn", "sentences": "sentence"}
        keys |= {"numeric_mentions": "mention", "numeric_claims": "claim"}
        return {t: {row[0] for row in query(self.database, f"select {k}_id from {t}")} for t, k in keys.items()}


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    nights = Nights(tmp_path_factory.mktemp("nights"))
    assert nights.run().status == "published"
    return nights


def test_a_night_without_news_writes_nothing(nights: Nights) -> None:
    """A file that changes every night is copied, backed up and diffed every night for nothing."""
    before = {path: digest for path, digest in files(nights.warehouse).items() if "ledger" not in path}
    summary = nights.run()
    assert summary.status == "nothing_new"
    assert summary.documents_unchanged == query(nights.database, "select count(*) from documents")[0][0]
    assert {path: digest for path, digest in files(nights.warehouse).items() if "ledger" not in path} == before


def test_a_changed_comment_makes_no_version(nights: Nights) -> None:
    """A new reader's comment every hour would bury the publisher's own changes."""
    page = nights.inputs / "blogs/2025-06-06-reposting-with-comments.html"
    words = page.read_text("utf-8")
    assert 'class="comment' in words
    before = nights.ids()
    page.write_text(words.replace("</body>", "<footer><p>Subscribe to our new letter</p></footer></body>"), "utf-8")
    nights.run()
    assert query(nights.database, "select max(version) from history.documents") == [(1,)]
    assert nights.ids()["turns"] == before["turns"]
    assert nights.ids()["numeric_claims"] == before["numeric_claims"]
    page.write_text(words, "utf-8")


def test_altered_words_make_a_version_that_leads_on(nights: Nights) -> None:
    """What a publisher alters after publication is what fact-checkers look for; old citations must not lead nowhere."""
    before = nights.ids()
    shutil.copyfile(SAMPLES / "later" / TALKS, nights.inputs / TALKS)
    summary = nights.run()
    assert (summary.status, summary.documents_new, summary.documents_changed) == ("published", 0, 1)
    versions = query(nights.database, "select version, is_current from history.documents where origin = ? order by 1", TALKS)
    assert versions == [(1, False), (2, True)]
    changes = query(nights.database, "select change, count(*) from claim_revisions group by 1")
    assert set(dict(changes)) == {"altered", "removed", "added"}
    altered = "select value_before, value_after from claim_revisions where quote_after like '%50.5 billion%' and value_before > 1e9"
    assert query(nights.database, altered) == [(51e9, 50.5e9)]
    after = nights.ids()
    leads_on = dict(query(nights.database, "select old_id, new_id from redirects"))
    for table, ids in before.items():
        gone = ids - after[table]
        assert gone <= set(leads_on), f"{table}: {len(gone - set(leads_on))} ids lead nowhere"
        assert {leads_on[i] for i in gone} - {None} <= after[table] - ids
    old = query(nights.database, "select count(*) from history.numeric_claims where not is_current")
    assert old[0][0] > 0


def test_a_paragraph_inserted_at_the_top_changes_no_other_id(nights: Nights) -> None:
    """Citations by id survive whatever is put above them."""
    before = nights.ids()
    page = nights.inputs / TALKS
    head, _, rest = page.read_text("utf-8").partition("\nPresident of Velmora Irena Dalmas:")
    inserted = "\nAn annex with the tables of the agreement is published apart."
    page.write_text(f"{head}{inserted}\nPresident of Velmora Irena Dalmas:{rest}", "utf-8")
    nights.run()
    assert query(nights.database, "select max(version) from documents where origin = ?", TALKS) == [(3,)]
    lost = {table: ids - nights.ids()[table] for table, ids in before.items()}
    assert {table: len(ids) for table, ids in lost.items() if ids} == {}


def test_words_that_return_make_a_version_too(nights: Nights) -> None:
    """A page that is altered and put back was altered twice: both must be on record, and the last must stand."""
    shutil.copyfile(SAMPLES / TALKS, nights.inputs / TALKS)
    nights.run()
    rows = query(
        nights.database, "select version, contains(text, 'our countries was 51 billion') from documents where origin = ?", TALKS
    )
    assert rows == [(4, True)]
    in_use = set().union(*nights.ids().values())
    assert [old for (old,) in query(nights.database, "select old_id from redirects") if old in in_use] == []


def test_days_asked_for_hold_for_files_too(publish: Run, warehouse: Path, tmp_path: Path) -> None:
    """Who asks a folder for one month must not be given the whole, without a word."""
    page = '<html><head><meta name="date" content="{}"></head><body><article><p><b>Ada Lund:</b> We have {} schools.</p><p>'
    page += "<b>Bo Renn:</b> And 7 are closed.</p><p><b>Ada Lund:</b> Yes, 7 of them.</p></article></body></html>"
    for day, figure in (("2026-03-04", 12), ("2026-04-04", 13)):
        (tmp_path / f"{day}.html").write_text(page.format(day, figure), "utf-8")
    (tmp_path / "undated.txt").write_text("Ada Lund: We have 14 schools.\nBo Renn: And 7 are closed.\nAda Lund: Yes.\n", "utf-8")
    files = [tmp_path / name for name in ("2026-03-04.html", "2026-04-04.html", "undated.txt")]
    summary = publish(*files, since=dt.date(2026, 4, 1), until=dt.date(2026, 4, 30))
    assert query(warehouse / "onrecord.duckdb", "select origin from documents order by 1") == [
        ("2026-04-04.html",),
        ("undated.txt",),
    ]
    assert [note for note in summary.notes if "outside the days" in note]
    assert publish(*files).documents_new == 1  # a wider run takes in the rest

    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for file in files[:2]:
            archive.write(file, file.name)
    assert publish(packed, since=dt.date(2026, 4, 1)).documents_new == 1
    assert publish(packed).documents_new == 1
    assert publish(packed).documents_unchanged == 2  # both, though they were read in two runs


def test_files_of_one_name_in_two_folders_are_told_of(publish: Run, warehouse: Path, tmp_path: Path) -> None:
    """A document's id is its path below the folder given: of two alike one is the other's version, and the user must hear of it."""
    given = tmp_path / "given"
    for folder, figure in (("a", 12), ("b", 13)):
        (given / folder).mkdir(parents=True)
        words = f"Ada Lund: We have {figure} schools.\nBo Renn: And 7 are closed.\nAda Lund: Yes.\n"
        (given / folder / "talk.txt").write_text(words, "utf-8")
    summary = publish(given / "a", given / "b")
    assert [note for note in summary.notes if "talk.txt" in note and "--source" in note]
    assert query(warehouse / "onrecord.duckdb", "select origin, version from documents") == [("talk.txt", 2)]
    assert not [note for note in publish(given).notes if "talk.txt" in note]
    origins = query(warehouse / "onrecord.duckdb", "select origin from documents order by 1")
    assert origins == [("a/talk.txt",), ("b/talk.txt",), ("talk.txt",)]
