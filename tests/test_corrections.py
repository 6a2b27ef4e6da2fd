"""A person's correction holds however the text is parsed anew, changes nothing else, and says when it no longer applies."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from flows import pipeline
from flows.clean.cleaned import Cleaned, Paragraph
from flows.corrections import Applied, Correction, CorrectionError, Identity, concerning, load, rows, speakers, values, zones
from flows.pipeline import Asked
from flows.segment.segmented import Segmented, TurnSpan
from flows.settings import Settings
from tests.state import query

TEXT = (
    "MODERATOR: We shipped eleven tonnes. [He means last year.] Of this I am sure.\n"
    "MR. POE: Thank you.\n"
    "MODERATOR: Trade reached fifty, fifty-one\u00a0billion. Thank you."
)


def correction(field: str, quote: str, value: str, **more: str) -> Correction:
    told = {"author": "A. Reader", "reason": "heard on the recording", "made_on": dt.date(2026, 11, 24)}
    return Correction.model_validate({"field": field, "quote": quote, "value": value} | told | more)


def span(words: str, **more: object) -> TurnSpan:
    start = TEXT.index(words)
    return TurnSpan(start, start + len(words), 0, 0, **more)  # type: ignore[arg-type]


def segmented() -> Segmented:
    by = {"speaker_id": "p-mod", "speaker_name": "Moderator", "role": "chair", "attribution": "label", "confidence": 0.9}
    return Segmented(
        blocks=[],
        turns=[
            span("We shipped eleven tonnes.", **by),
            span("Of this I am sure.", **by, continues=0),
            span("Thank you.", speaker_id="p-poe", speaker_name="Poe"),
            span("Trade reached fifty, fifty-one\u00a0billion. Thank you.", **by),
        ],
        sentences=[],
        people={"p-mod": None, "p-poe": None},
    )


def identify(value: str) -> Identity:
    return {"Q1": Identity("Q1", "Jane Roe", "Q1")}.get(value) or Identity(f"p-{value}", value)


def test_the_speaker_of_the_whole_turn_is_corrected_and_of_no_other() -> None:
    before = segmented()
    after, applied = speakers([correction("speaker", "We  shipped\neleven tonnes.", "Q1")], TEXT, before, identify)
    assert [turn.speaker_id for turn in after.turns] == ["Q1", "Q1", "p-poe", "p-mod"]
    first = after.turns[0]
    assert (first.speaker_name, first.role, first.confidence, first.doubt, first.evidence) == (
        "Jane Roe",
        None,
        1.0,
        None,
        "correction",
    )
    assert after.people["Q1"] == "Q1" and applied[0].note is None
    assert before == segmented()  # what came in is as it was


def test_a_wrong_name_can_be_taken_away() -> None:
    after, _ = speakers([correction("speaker", "Of this I am sure.", "")], TEXT, segmented(), identify)
    assert [turn.speaker_id for turn in after.turns[:2]] == [None, None]
    assert after.turns[0].attribution == "none" and "wrong" in (after.turns[0].doubt or "")


@pytest.mark.parametrize(
    ("quote", "why"),
    [
        ("Thank you.", "its words stand 2 times in the document: add before or after"),
        ("[He means last year.]", "its words stand in no turn"),
        ("Thank you. MODERATOR: Trade", "its words reach over several turns: quote from one"),
    ],
)
def test_in_doubt_nothing_is_changed(quote: str, why: str) -> None:
    after, applied = speakers([correction("speaker", quote, "Q1")], TEXT, segmented(), identify)
    assert after == segmented() and applied[0].note == why


def test_the_words_around_tell_which_of_two_is_meant() -> None:
    one = correction("speaker", "Thank you.", "Q1", before="MR. POE:")
    after, _ = speakers([one], TEXT, segmented(), identify)
    assert [turn.speaker_id for turn in after.turns] == ["p-mod", "p-mod", "Q1", "p-mod"]


def test_a_zone_is_given_to_exactly_the_quoted_words() -> None:
    end = TEXT.index("\n")
    whole = Paragraph(0, end, bold=10, soft=(5, 40, 70), box=3)
    rest = Paragraph(end + 1, len(TEXT))
    cleaned, applied = zones([correction("zone", "[He means last year.]", "commentary")], Cleaned(TEXT, [whole, rest], "txt"))
    pieces = [(TEXT[p.start : p.end], p.zone, p.bold, p.soft, p.box) for p in cleaned.paragraphs[:3]]
    assert pieces == [
        ("MODERATOR: We shipped eleven tonnes.", None, 10, (5,), 3),
        ("[He means last year.]", "commentary", 0, (40,), 3),
        ("Of this I am sure.", None, 0, (70,), 3),
    ]
    place = TEXT.index("[He means"), TEXT.index(" Of this")
    assert cleaned.paragraphs[3] == rest and applied == [Applied(applied[0].correction_id, "zone", *place)]


def test_a_value_is_placed_at_its_words() -> None:
    one = correction("value", "Trade reached fifty, fifty-one billion.", "51e9", surface="fifty, fifty-one billion")
    (place,) = values([one], TEXT)
    assert TEXT[place.char_start : place.char_end] == "fifty, fifty-one\u00a0billion" and place.value == 51e9


def test_the_table_says_which_corrections_still_apply() -> None:
    one = correction("speaker", "We shipped eleven tonnes.", "Q1")
    gone = correction("speaker", "We shipped twelve tonnes.", "Q1")
    _, applied = speakers([one, gone], TEXT, segmented(), identify)
    first, second = rows([one, gone], [(a.correction_id, "doc-1", a.note) for a in applied])
    assert (first.is_applied, first.document_id, first.note) == (True, "doc-1", None)
    assert (second.is_applied, second.document_id) == (False, None) and "anchor is gone" in (second.note or "")


def test_a_correction_for_one_document_leaves_others_alone() -> None:
    one = correction("speaker", "Thank you.", "Q1", origin="a.md")
    assert concerning([one], "b.md", None) == [] and concerning([one], "http://x.org/a", "a.md") == [one]


def written(folder: Path, text: str) -> Path:
    path = folder / "a.toml"
    path.write_text(text, "utf-8")
    return path


WHOLE = '[[correction]]\nfield = "speaker"\nquote = "We shipped"\nvalue = "Q1"\nauthor = "A"\nreason = "B"\nmade_on = 2026-11-24\n'


def test_files_are_read_strictly(tmp_path: Path) -> None:
    assert [c.value for c in load([written(tmp_path, WHOLE)])] == ["Q1"]
    for wrong, told in [
        (WHOLE.replace("quote", "qoute"), "correction 1: "),
        (WHOLE.replace('"speaker"', '"zone"'), "is no zone"),
        (WHOLE.replace('"speaker"', '"value"'), "is no number"),
        (WHOLE.replace('reason = "B"\n', ""), "reason: Field required"),
        (WHOLE + WHOLE, "two corrections of the same words"),
        ("[corrections]\n", "holds something else"),
        ("correction", "cannot be read"),
    ]:
        with pytest.raises(CorrectionError, match=r"a\.toml") as error:
            load([written(tmp_path, wrong)])
        assert told in str(error.value)


def test_the_shipped_folder_and_its_example_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ONRECORD_CORRECTIONS", raising=False)
    load()
    readme = (Path(__file__).parent.parent / "corrections" / "README.md").read_text("utf-8")
    assert len(load([written(tmp_path, readme.split("```")[1].removeprefix("toml\n"))])) == 3
    monkeypatch.setenv("ONRECORD_CORRECTIONS", str(tmp_path / "missing"))
    with pytest.raises(CorrectionError, match="ONRECORD_CORRECTIONS"):
        load()


PRESS = """# Press conference on the harbour

2026-03-02

**Jane Roe, Minister of Ports:** Trade reached {figure} billion dollars last year. We shipped eleven tonnes of salt.

**Question:** How many ships were there?

**Jane Roe:** There were 40 ships and 12 tugs.
"""
VALUE = """[[correction]]
field = "value"
quote = "{quote}"
surface = "{surface}"
value = "{value}"
author = "A. Reader"
reason = "Heard on the recording."
made_on = 2026-11-24
"""


def test_a_corrected_number_is_published_with_its_proof_and_stays_until_its_words_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the file of corrections to the database: applied, kept over nights that bring other documents, told when it no longer
    holds, and taken back with the file."""
    inputs, held = tmp_path / "in", tmp_path / "corrections"
    inputs.mkdir(), held.mkdir()
    (inputs / "a.md").write_text(PRESS.format(figure=50))
    monkeypatch.setenv("ONRECORD_CORRECTIONS", str(held))
    settings = Settings.from_environment(tmp_path / "warehouse")

    def night() -> dict[str, tuple[float, str | None]]:
        pipeline.run(Asked((inputs,)), settings)
        found = query(settings.database, "select surface, value, doubt from claims where title like '%harbour' order by 1")
        return {surface: (value, doubt) for surface, value, doubt in found}

    def told() -> dict[str, tuple[bool, str | None]]:
        rows = query(settings.database, "select anchor, is_applied, note from corrections where author = 'A. Reader'")
        return {anchor: (is_applied, note) for anchor, is_applied, note in rows}

    def correct(*parts: tuple[str, str, str]) -> None:
        (held / "a.toml").write_text("".join(VALUE.format(quote=q, surface=s, value=v) for q, s, v in parts))

    money, quote = "50 billion dollars", "Trade reached 50 billion dollars"
    two, none = "There were 40 ships and 12 tugs.", "We shipped eleven tonnes of"
    correct((quote, "50 billion", "51e9"), (two, "40 ships and 12", "41"), (none, "shipped", "12"))
    now = night()
    assert now[money][0] == 51e9 and "a person corrected" in (now[money][1] or "")
    assert told() == {
        quote: (True, None),
        two: (False, "2 claims stand at its words: name the number of one in surface"),
        none: (False, "no claim stands at its words"),
    }

    (inputs / "b.md").write_text(PRESS.format(figure=70).replace("harbour", "river"))
    assert night() == now and told()[quote] == (True, None)  # a night with other documents forgets nothing
    (inputs / "a.md").write_text("Welcome.\n\n" + PRESS.format(figure=50))  # other offsets, another version
    assert night() == now
    assert query(settings.database, "select count(*) from claim_revisions") == [(0,)]
    place = "select version, substr(text, char_start + 1, char_end - char_start) from history.correction_places as p "
    place += "inner join history.documents using (document_id, version) where p.value = 51e9 order by 1"
    assert query(settings.database, place) == [(1, "50 billion"), (2, "50 billion")]

    (inputs / "a.md").write_text(PRESS.format(figure=60))
    assert night()["60 billion dollars"][0] == 60e9
    is_applied, note = told()[quote]
    assert not is_applied and "anchor is gone" in (note or "")

    (inputs / "a.md").write_text(PRESS.format(figure=50))
    (held / "a.toml").unlink()
    was = night()
    assert was[money] == (50e9, None) and told() == {}
    assert {k: v for k, v in was.items() if k != money} == {k: v for k, v in now.items() if k != money}
