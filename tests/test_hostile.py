"""Files as attackers make them, beside good ones: each costs its own quarantine row or a clean document, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from flows.pipeline import Asked, run
from flows.settings import Settings
from tests import hostile
from tests.state import query

MOST_ROWS = 201  # of quarantine, for the members or records of one file


class Attack:
    """One run over the hostile folder."""

    def __init__(self, place: Path, scale: float) -> None:
        self.folder = place / "in"
        self.cases = hostile.write_all(self.folder, scale)
        self.warehouse = place / "warehouse"
        environment = {"ONRECORD_DOCUMENT_SECONDS": "8", "ONRECORD_DOCUMENT_TURNS": "5000"}
        self.summary = run(Asked(paths=(self.folder,)), Settings.from_environment(self.warehouse, environment))
        self.database = self.warehouse / "onrecord.duckdb"
        told = "select origin, 'document' from documents union all select origin, 'quarantine' from quarantine"
        self.told = query(self.database, told)
        self.texts = query(self.database, "select origin, text from documents")

    def ends(self, path: str) -> set[str]:
        """What became of the file at the path below the folder, or of what it holds."""
        return {end for origin, end in self.told if self._is_of(origin, path)}

    @staticmethod
    def _is_of(origin: str, path: str) -> bool:
        if path.endswith((".warc", "surrogates.jsonl")) and origin.startswith("http"):
            return True  # what a web archive holds goes by its own address
        return origin == path or (origin.startswith(path) and origin[len(path)] in "!#/")


@pytest.fixture(scope="module")
def attack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attack]:
    attack = Attack(tmp_path_factory.mktemp("hostile"), 0.02)
    yield attack
    hostile.unlock(attack.folder)


def test_good_documents_are_published_beside_hostile_ones(attack: Attack) -> None:
    """One bad file must not cost the night."""
    assert attack.summary.status == "published"
    assert [attack.ends(name) for name in ("good.txt", "good.html")] == [{"document"}, {"document"}]


def test_every_hostile_file_ends_as_it_should(attack: Attack) -> None:
    """A file that is in neither table has vanished; one that became a wrong document is worse."""
    wrong = []
    for case in attack.cases:
        ends = attack.ends(case.path.encode("utf-8", "backslashreplace").decode("utf-8")) or {"nothing"}
        if not ends & case.expect:
            wrong.append(f"{case.path}: {ends} instead of {set(case.expect)} ({case.why})")
    assert wrong == []


def test_documents_hold_what_their_files_hold(attack: Attack) -> None:
    """Numbers, scripts and formulas in a transcript are its words, kept as they stand."""
    wrong = []
    for case in attack.cases:
        if case.holds and attack.ends(case.path) == {"document"}:
            wrong += [case.path for origin, text in attack.texts if origin == case.path and case.holds not in text]
    assert wrong == []


def test_nothing_from_outside_the_folder_comes_in_and_nothing_goes_out(attack: Attack) -> None:
    """A link or an entity that reads the machine's own files would publish them."""
    assert query(attack.database, "select origin from documents where contains(text, ?)", hostile.CANARY) == []
    assert hostile.escaped(attack.folder) == []


def test_one_file_floods_no_quarantine(attack: Attack) -> None:
    """An archive of twenty thousand empty files must not bury the one failure that matters."""
    rows = "select regexp_extract(origin, '^[^!#]*'), count(*) from quarantine group by 1 having count(*) > ?"
    assert query(attack.database, rows, MOST_ROWS) == []


def test_titles_and_names_cannot_break_a_row(attack: Attack) -> None:
    """Every row keeps its limits whatever a page says of itself."""
    with duckdb.connect(str(attack.database), read_only=True) as connection:
        assert connection.execute("select count(*) from numeric_claims where isinf(value) or isnan(value)").fetchone() == (0,)
        spans = "substr(d.text, t.char_start + 1, t.char_end - t.char_start) <> t.text"
        assert connection.execute(
            f"select count(*) from sentences as t inner join documents as d using (document_id) where {spans}"
        ).fetchone() == (0,)


def test_a_second_run_over_hostile_files_finds_nothing_new(attack: Attack) -> None:
    """Hostile files that are read again every night cost every night."""
    again = run(Asked(paths=(attack.folder,)), Settings.from_environment(attack.warehouse, {}))
    assert again.status == "nothing_new"
    assert again.documents_recomputed == 0
