"""One bad row stops nothing but itself: what breaks a rule goes to quarantine, and the rest is published."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from flows import derive
from flows.pipeline import NotPublished
from schemas import Turn
from tests.conftest import Run
from tests.state import query

TALK = """Ada Lund: Last year we opened {} schools in the valley, and they cost 4 million euros.

Bo Renn: And 7 of them are closed today, so I ask for the reason.

Ada Lund: It is not 7, it is only 5, and two of these will open again.
"""


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in (12, 13, 14):
        (folder / f"2025-03-{n}-talk.txt").write_text(TALK.format(n), "utf-8")
    return folder


def add_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, rule: str) -> None:
    """A check file more, as a later version of the models may bring it."""
    (tmp_path / name).write_text(rule, "utf-8")
    files = [*derive.check_files(), tmp_path / name]
    monkeypatch.setattr(derive, "check_files", lambda: files)


def test_what_breaks_a_rule_costs_itself(
    publish: Run, warehouse: Path, inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A night of ten thousand claims must not be lost for a claim, a document or a label that a rule in SQL refuses, nor for
    a number that no model can hold."""
    for n in (15, 16):
        (inputs / f"2025-03-{n}-talk.txt").write_text(TALK.format(n), "utf-8")
    add_check(tmp_path, monkeypatch, "numeric_claims.check.sql", "select claim_id from numeric_claims where value = 13;")
    whole = (
        "select max(mention_id) as mention_id from numeric_mentions inner join documents using (document_id) "
        "where contains(text, 'opened 15 schools') group by document_id;"
    )
    add_check(tmp_path, monkeypatch, "numeric_mentions.check.sql", whole)  # where taking out the named row mends nothing
    add_check(tmp_path, monkeypatch, "speaker_labels.check.sql", "select label from speaker_labels where label = 'Bo Renn';")
    failing = [
        dataclasses.replace(m, query=f"select * from ({m.query}) where if(surface = '16', error('cannot hold it'), true)")
        if m.name == "numeric_mentions"
        else m
        for m in derive.models()
    ]
    monkeypatch.setattr(derive, "models", lambda *_: tuple(failing))
    summary = publish(inputs)
    assert (summary.status, summary.documents_new) == ("published", 4)
    database = warehouse / "onrecord.duckdb"
    claims = "select origin, count(claim_id) from documents left join numeric_claims using (document_id) group by 1 order by 1"
    counts = dict(query(database, claims))
    assert counts["2025-03-12-talk.txt"] == counts["2025-03-14-talk.txt"] == counts["2025-03-13-talk.txt"] + 1 >= 4
    assert counts["2025-03-15-talk.txt"] == 0
    assert query(database, "select claim_id from numeric_mentions where surface = '13'") == [(None,)]
    assert query(database, "select count(*) from staging.claim_keys anti join numeric_claims using (claim_id)") == [(0,)]
    assert query(database, "select label from speaker_labels") == [("Ada Lund",)]
    rows = query(database, "select distinct on (origin) origin, stage, content_sha256, reason, detail from quarantine order by 1")
    told = {origin: (stage, reason, detail) for origin, stage, _, reason, detail in rows}
    assert set(told) == {*(f"2025-03-{n}-talk.txt" for n in (13, 15, 16)), "table speaker_labels"}
    assert {stage for stage, _, _ in told.values()} == {"derive", "publish"}
    assert "numeric_claims.check.sql" in told["2025-03-13-talk.txt"][1] and "value = 13" in told["2025-03-13-talk.txt"][2]
    assert "numeric_mentions.check.sql" in told["2025-03-15-talk.txt"][1]
    assert told["2025-03-16-talk.txt"][1] == "a model fails on it" and "cannot hold it" in told["2025-03-16-talk.txt"][2]
    digest = next(digest for origin, _, digest, _, _ in rows if origin == "2025-03-13-talk.txt")
    assert (warehouse / "raw" / digest[:2] / digest).read_text("utf-8") == TALK.format(13)


def test_a_document_whose_turns_break_a_rule_goes_back_to_what_stood_before(
    publish: Run, warehouse: Path, inputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was published of it before is worth more than a hole, and than a night without the other documents."""
    assert publish(inputs).status == "published"
    database = warehouse / "onrecord.duckdb"
    turns = "from turns where document_id in (select document_id from documents where contains(origin, '-13-')) order by all"
    before = query(database, turns)
    monkeypatch.setattr(Turn, "rules", (("a turn says 666", "contains(text, ' 666 ')"),))
    (inputs / "2025-03-13-talk.txt").write_text(TALK.format(666), "utf-8")
    (inputs / "2025-03-14-talk.txt").write_text(TALK.format(140), "utf-8")
    (inputs / "2025-03-15-talk.txt").write_text(TALK.format(666), "utf-8")
    summary = publish(inputs)
    assert (summary.status, summary.documents_new, summary.documents_changed) == ("published", 0, 1)
    stands = query(database, "select origin, version from documents order by 1")
    assert stands == [("2025-03-12-talk.txt", 1), ("2025-03-13-talk.txt", 1), ("2025-03-14-talk.txt", 2)]
    assert query(database, "select count(*) from history.documents where contains(origin, '-13-')") == [(1,)]
    assert query(database, turns) == before != []
    rows = query(database, "select origin, reason from quarantine order by 1")
    assert [origin for origin, _ in rows] == ["2025-03-13-talk.txt", "2025-03-15-talk.txt"]
    assert all("a turn says 666" in reason for _, reason in rows)


def test_rules_about_the_whole_stop_the_publication_and_show_rows(
    publish: Run, warehouse: Path, inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no row is to blame, or a source loses most of its claims overnight, the last good warehouse stays."""
    assert publish(inputs).status == "published"
    before = (warehouse / "onrecord.duckdb").read_bytes()
    for path in inputs.iterdir():
        path.write_text("Ada Lund: Good morning to everybody here.\n\nBo Renn: Thank you for it, and good morning.\n", "utf-8")
    with monkeypatch.context() as patched:
        add_check(tmp_path, patched, "topics.check.sql", "select count(*) as n from topics having count(*) <> 3;")
        with pytest.raises(NotPublished, match=r"topics\.check\.sql: offending rows such as \[\(21,\)\]") as stopped:
            publish(inputs)
    assert "select count(*) as n from topics" in str(stopped.value)
    assert "ONRECORD_LARGEST_LOSS" in str(stopped.value)
    with pytest.raises(NotPublished, match=r"source local had \d+ numeric_claims and would have 0.*ONRECORD_LARGEST_LOSS=1"):
        publish(inputs)
    assert (warehouse / "onrecord.duckdb").read_bytes() == before
    assert publish(inputs, environment={"ONRECORD_LARGEST_LOSS": "1"}).status == "published"
