"""Word documents: styles say who is named and what is a heading; a bomb is refused before it is unpacked."""

import io
import zipfile

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from reading import labels, only, said, unsaid

from flows.clean.cleaned import CleanError, Hints
from flows.clean.read import clean, recognise


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sitting() -> bytes:
    document = docx.Document()
    style = document.styles.add_style("D3 Speaker", WD_STYLE_TYPE.PARAGRAPH)
    style.font.bold = True
    document.add_heading("Sitting 4", level=1)
    document.add_paragraph("The sitting opens at ten.")
    document.add_paragraph("The president (Ada Roe)", style="D3 Speaker")
    document.add_paragraph("Good morning.")
    document.add_paragraph("(Applause.)")
    document.add_paragraph("We spent 4 million.")
    document.add_paragraph("Ben Doe", style="D3 Speaker")
    document.add_paragraph("Why?")
    return saved(document)


def test_a_style_for_speakers_gives_the_turns():
    document = only(sitting(), "sitting.docx")
    assert said(document) == [
        ("The president (Ada Roe)", "Good morning."),
        ("The president (Ada Roe)", "We spent 4 million."),
        ("Ben Doe", "Why?"),
    ]
    assert labels(document) == ["The president (Ada Roe)", "Ben Doe"]
    assert (document.voices[0].name, document.voices[0].role) == ("Ada Roe", "The president")
    assert "(Applause.)" in unsaid(document)


def test_without_such_a_style_the_bold_beginnings_are_left_for_the_segmenter():
    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("Ada Roe:").bold = True
    paragraph.add_run(" We spent 4 million.")
    document.add_paragraph("Plain words.")
    cleaned = only(saved(document), "a.docx")
    assert (cleaned.text, cleaned.voices) == ("Ada Roe: We spent 4 million.\n\nPlain words.", [])
    assert [p.bold for p in cleaned.paragraphs] == [8, 0]


def test_tables_are_kept_row_by_row_and_are_nobodys_words():
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Ports", "7"
    assert unsaid(only(saved(document), "a.docx")) == ["Ports | 7"]


def test_a_docx_is_known_by_what_it_holds_not_by_its_name():
    assert recognise(sitting(), Hints("sitting.zip")) == "docx"


def test_a_bomb_is_refused():
    out = io.BytesIO(sitting())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/bomb.xml", bytes(80_000_000))
    with pytest.raises(CleanError, match="archive bomb"):
        list(clean(out.getvalue(), Hints("a.docx")))


def test_a_truncated_file_is_refused():
    with pytest.raises(CleanError, match="damaged archive"):
        list(clean(sitting()[:-200], Hints("a.docx")))
