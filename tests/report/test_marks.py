"""A person's half hour of marking right and wrong is measured, by release, and a file that is no card is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.report.marks import precision

CARD = {
    "release_id": "2025-06-05-abc",
    "sampled": 20,
    "marks": {"c1": {"figure": "right", "speaker": "right"}, "c2": {"figure": "right"}, "c3": {"figure": "wrong"}},
}


def report(database: Path, *files: Path) -> tuple[int, str, str]:
    options = [part for file in files for part in ("--marks", str(file))]
    page = database.with_name("page.html")
    result = CliRunner().invoke(app, ["report", str(page), *options, "--warehouse", str(database.parent)])
    return result.exit_code, result.output, page.read_text("utf-8") if page.exists() else ""


def saved(folder: Path, card: object) -> Path:
    path = folder / "card.json"
    path.write_text(card if isinstance(card, str) else json.dumps(card), "utf-8")
    return path


def test_marks_are_fed_back_and_shown_by_release(own_copy: Path, tmp_path: Path) -> None:
    """Fed back twice, a file counts once; the next report, asked for without it, still knows it."""
    card = saved(tmp_path, CARD)
    assert report(own_copy, card)[0] == 0
    assert report(own_copy, card)[0] == 0
    code, _, page = report(own_copy)
    found = [(p.release_id, p.part, p.right, p.marked) for p in precision(own_copy)]
    assert code == 0 and found == [("2025-06-05-abc", "figure", 2, 3), ("2025-06-05-abc", "speaker", 1, 1)]
    assert "67 % (21 to 94 %)" in page


@pytest.mark.parametrize(
    "card",
    [
        "no JSON",
        CARD | {"release_id": "../../etc"},
        CARD | {"marks": {"c1": {"figure": "perhaps"}}},
        CARD | {"sampled": 1},
        "[" * 100_000,
    ],
)
def test_a_file_that_is_no_card_is_refused(own_copy: Path, tmp_path: Path, card: object) -> None:
    """A wrong file must not make the precision look better, nor be written anywhere."""
    code, output, page = report(own_copy, saved(tmp_path, card))
    assert (code, page, precision(own_copy)) == (2, "", [])
    assert "no saved quality card" in output
