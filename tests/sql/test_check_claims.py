"""`onrecord check-claims`: a user sees how well the models read sentences that they labelled."""

from pathlib import Path

import pytest

from flows import check_claims, derive
from flows.check_claims import LabelError, Labelled, as_text, check, read_labelled


def test_right_wrong_and_missed_claims_are_told_apart() -> None:
    result = check(
        [
            Labelled("Trade exceeded $50 billion.", ({"value": 5e10, "unit": "USD", "comparator": ">"},)),
            Labelled("We met 12 farmers.", ({"value": 12.0, "unit": "banker"},)),
            Labelled("They walked 40 km.", ()),
            Labelled("Nobody counted.", ({"value": 3.0},)),
        ]
    )
    value, unit, bound = result.scores.values()
    assert (value.right, value.missed, value.wrong) == (2, 1, 1)
    assert (unit.right, unit.missed, unit.wrong) == (1, 1, 2)
    assert (bound.right, bound.missed, bound.wrong) == (1, 0, 1)
    assert value.f1 == pytest.approx(2 / 3)
    assert [line.split()[0] for line in result.misses] == ["value", "wrong", "missed"]
    assert "farmer" in as_text(result)


def test_ranges_match_by_their_bounds() -> None:
    label = {"value_low": 40.0, "value_high": 50.0, "unit": "soldier", "comparator": "range"}
    assert check([Labelled("We saw 40 or 50 soldiers.", (label,))]).misses == []


def test_a_sheet_and_a_line_file_say_the_same(tmp_path: Path) -> None:
    sheet, lines = tmp_path / "labels.csv", tmp_path / "labels.jsonl"
    sheet.write_text("text,value,unit,comparator\nIt cost about 5 euros.,5,EUR,~\nNothing was said.,,,\n", "utf-8")
    lines.write_text(
        '{"text": "It cost about 5 euros.", "claims": [{"value": 5, "unit": "EUR", "comparator": "~"}]}\n'
        '{"text": "Nothing was said."}\n',
        "utf-8",
    )
    assert read_labelled(sheet) == read_labelled(lines)
    assert check(read_labelled(sheet)).misses == []


@pytest.mark.parametrize("line", ["{", '{"claims": []}', "[]", '{"text": "It cost $3.", "claims": [{"amount": 3}]}'])
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text('{"text": "fine"}\n' + line + "\n", "utf-8")
    with pytest.raises(LabelError, match=r"labels.jsonl:2"):
        read_labelled(path)


@pytest.mark.parametrize(
    ("name", "content"), [("a.jsonl", b""), ("a.csv", b"text,value\n"), ("a.csv", b"words\n"), ("a.jsonl", b"\xd0\x00\xff")]
)
def test_a_file_without_labels_scores_nothing(tmp_path: Path, name: str, content: bytes) -> None:
    """An empty file would have 1.000 of everything, which reads like praise."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(LabelError, match=name):
        read_labelled(tmp_path / name)


def test_a_sheet_from_a_spreadsheet_is_read(tmp_path: Path) -> None:
    """They put a byte order mark before the first column's name."""
    (tmp_path / "a.csv").write_text("\ufefftext,value\nWe have 12 schools.,12\n", "utf-8")
    (tmp_path / "a.jsonl").write_text('\ufeff{"text": "One\\u2028line.", "claims": []}\n', "utf-8")
    assert [one.text for one in read_labelled(tmp_path / "a.csv")] == ["We have 12 schools."]
    assert [one.text for one in read_labelled(tmp_path / "a.jsonl")] == ["One\u2028line."]


def test_every_part_of_a_sum_belongs_to_its_claim() -> None:
    """A user who lists the numerals of a page would else find "5" of "3 months and 5 days" claimed by nobody."""
    with derive.connect(threads=1) as connection:
        text = "It took 2 years, 3 months and 5 days, and 7 of the 9 boats."
        check_claims.insert_sentences(connection, [check_claims.Labelled(text, ())])
        derive.prepare(connection)
        for model in derive.needed_for("numeric_mentions", given=set()):
            derive.run_one(connection, model)
        claims = connection.execute("select claim_id from numeric_mentions order by char_start").fetchall()
    assert None not in [claim for (claim,) in claims]
    assert len(set(claims[:3])) == 1
    assert len(set(claims)) == 3
