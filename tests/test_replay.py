"""Rows depend on what was received and in which order: not on the number of runs, their order over files, or what was lost."""

from __future__ import annotations

import io
import json
import random
import shutil
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

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


def test_bytes_that_are_met_again_are_no_later_version(
    publish: Run, warehouse: Path, inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A web archive with an address twice, and two files with one id: whoever computes anew, or has new code, must not be
    told that the publisher altered the page back."""
    talk = "Ada Lund: We have {} schools in the valley.\nBo Renn: And 7 of them are closed.\nAda Lund: Not all of them, no.\n"
    for name, figure in (("a.jsonl", 10), ("b.jsonl", 11)):
        (inputs / name).write_text(json.dumps({"id": "talk", "text": talk.format(figure)}) + "\n", "utf-8")
    with (inputs / "twice.warc").open("wb") as file:
        archive = WARCWriter(file, gzip=False)
        for day, figure in (("2025-06-20", 420), ("2025-06-27", 402)):
            body = io.BytesIO(PAGE.format(name="", furniture="Home", figure=figure, less=8).encode())
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.0")
            told = {"WARC-Date": f"{day}T10:00:00Z"}
            place = "http://v.example/t"
            record = archive.create_warc_record(place, "response", payload=body, warc_headers_dict=told, http_headers=head)
            archive.write_record(record)
    publish(inputs)
    database = warehouse / "onrecord.duckdb"
    versions = query(database, "select version, is_current, text from history.documents order by document_id, version")
    assert [(version, is_current) for version, is_current, text in versions if "420" in text or "402" in text] == [
        (1, False),
        (2, True),
    ]
    shutil.copyfile(database, tmp_path / "before.duckdb")

    assert publish(inputs, force=True).documents_changed == 0
    assert differences(tmp_path / "before.duckdb", database) == {}
    assert publish(inputs / "a.jsonl", force=True).documents_changed == 0  # alone, too
    assert differences(tmp_path / "before.duckdb", database) == {}
    monkeypatch.setattr("flows.fingerprint.code_fingerprint", lambda people: "another")
    assert publish(inputs).documents_changed == 0
    assert query(database, "select version, is_current, text from history.documents order by document_id, version") == versions


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
