"""Rows depend on what was received and in which order: not on the number of runs, their order over files, or what was lost."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.state import differences, query

PAGE = """<html><head><title>Talk of the harbour office, {name}</title></head><body><nav>{furniture}</nav><article>
<p><b>Ada Lund:</b> Last year we opened {figure} schools in the valley, and they cost 4.5 million euros.</p>
<p><b>Bo Renn:</b> And {less} of them are closed today, which is about 30 percent more than in 2023.</p>
<p><b>Ada Lund:</b> We also build roads: {figure} kilometres of them, for the farmers of the hills.</p>
</article><footer>{furniture}</footer></body></html>"""


def page(folder: Path, number: int, figure: int = 12, furniture: str = "Home, News, Contact") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    words = PAGE.format(name=f"no {number}", figure=figure + number, less=7 + number, furniture=furniture)
    (folder / f"2025-03-{number + 10}-talk.html").write_text(words, "utf-8")


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    for number in range(4):
        page(tmp_path / "in", number)
    return tmp_path / "in"


def test_files_in_any_order_and_number_of_runs_give_the_same_rows(publish: Run, inputs: Path, tmp_path: Path) -> None:
    """A backfill in pieces, begun anywhere, must end where one whole run ends."""
    publish(inputs, into=tmp_path / "whole")
    shuffled = sorted(inputs.iterdir())
    random.Random(9).shuffle(shuffled)
    publish(*shuffled[:2], into=tmp_path / "pieces")
    publish(*shuffled[2:], into=tmp_path / "pieces")
    assert differences(tmp_path / "whole/onrecord.duckdb", tmp_path / "pieces/onrecord.duckdb") == {}


def test_a_lost_database_is_built_again_with_its_history(publish: Run, warehouse: Path, inputs: Path, tmp_path: Path) -> None:
    """Raw bytes and ledger are enough: every version, where ids lead on, and a page that was altered and put back."""
    publish(inputs)
    page(inputs, 0, figure=300)
    page(inputs, 1, furniture="Home, Press, Imprint")  # other bytes, the same words
    (inputs / "2025-03-13-talk.html").unlink()  # the publisher takes a page down: it stays on record
    (inputs / "empty.txt").write_bytes(b"")
    publish(inputs)
    page(inputs, 0)
    publish(inputs)
    database = warehouse / "onrecord.duckdb"
    shutil.copyfile(database, tmp_path / "before.duckdb")
    versions = "select origin, version from history.documents order by all"
    assert ("2025-03-10-talk.html", 3) in query(database, versions)

    summary = publish(inputs, force=True)
    assert (summary.documents_recomputed, summary.documents_changed) == (3, 0)  # those whose files are there
    assert differences(tmp_path / "before.duckdb", database) == {}  # not another page's furniture, nor another order of topics

    database.unlink()
    assert publish(inputs).status == "published"
    assert differences(tmp_path / "before.duckdb", database) == {}
    assert publish(inputs).status == "nothing_new"


def test_a_restored_database_takes_up_what_came_after_it(publish: Run, warehouse: Path, inputs: Path, tmp_path: Path) -> None:
    """Whoever puts back last week's database gets this week's documents from the next run, and no version twice."""
    publish(inputs)
    database = warehouse / "onrecord.duckdb"
    shutil.copyfile(database, tmp_path / "backup.duckdb")
    page(inputs, 0, figure=300)
    page(inputs, 5)
    publish(inputs)
    shutil.copyfile(database, tmp_path / "after.duckdb")
    shutil.copyfile(tmp_path / "backup.duckdb", database)
    summary = publish(inputs / "2025-03-11-talk.html")  # whatever is asked for
    assert (summary.documents_new, summary.documents_changed) == (1, 1)
    assert differences(tmp_path / "after.duckdb", database) == {}
    assert publish(inputs).status == "nothing_new"
