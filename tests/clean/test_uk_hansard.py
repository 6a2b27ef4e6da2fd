"""The UK's historic Hansard: contributions by their members, columns dropped, divisions in nobody's mouth."""

from reading import labels, only, said, unsaid

from flows.clean.cleaned import Hints
from flows.clean.read import clean

SITTING = """<housecommons><image src="S5C1"/><col>17</col><title>HOUSE OF COMMONS</title>
<date format="1934-05-16">Wednesday, 16th May, 1934</date><debates><section><title>HARBOURS<lb/> BILL</title>
<p id="P1"><member>Mr. ROE</member><membercontribution>: We spent four mil
<col>18</col>
lions.<lb/>
That is much.<lb/>
<table><tr><td>Port</td><td>7</td></tr></table></membercontribution></p>
<p id="P2"><i>Question put, and agreed to.</i></p>
<p id="P3"><member>The CHAIRMAN</member><membercontribution>: It seems to</membercontribution></p>
<division><table><tr><td>AYES</td><td>Doe, B.</td></tr></table></division>
<p id="P4">me that the Ayes have it.</p></section></debates></housecommons>"""


def test_contributions_are_cut_where_the_print_begins_a_paragraph_and_columns_are_dropped():
    document = only(SITTING)
    assert said(document) == [
        ("Mr. ROE", "We spent four mil lions."),
        ("Mr. ROE", "That is much."),
        ("The CHAIRMAN", "It seems to"),
        ("The CHAIRMAN", "me that the Ayes have it."),
    ]
    assert labels(document) == ["Mr. ROE", "The CHAIRMAN"]
    assert [v.kind for v in document.voices] == ["official", "moderator"]
    assert str(document.event_on) == "1934-05-16"


def test_titles_tables_votes_and_procedure_are_nobodys_words():
    assert unsaid(only(SITTING)) == [
        "HOUSE OF COMMONS",
        "Wednesday, 16th May, 1934",
        "HARBOURS BILL",
        "Port | 7",
        "Question put, and agreed to.",
        "AYES | Doe, B.",
    ]


def test_written_answers_go_on_over_paragraphs():
    document = only(
        """<writtenanswers><title>Written Answers</title><date format="1985-12-16"/><group><section><title>Ports</title><body>
        <p>Mr. Ben Doe asked the Minister of Ports how many ships there are.</p>
        <p><member>Mrs. Roe</member>: There are 12.</p><p>Two of them are old.</p></body></section></group></writtenanswers>"""
    )
    assert [label for label, _ in said(document)] == ["Mr. Ben Doe", "Mrs. Roe", "Mrs. Roe"]


def test_a_volume_gives_a_document_for_each_sitting():
    volume = f"<hansard><titlepage><p>Volume 1</p></titlepage>{SITTING}{SITTING.replace('05-16', '05-17')}</hansard>"
    first, second = clean(volume.encode(), Hints("volume.xml"))
    assert (first.external_id, second.external_id) == ("housecommons/1934-05-16", "housecommons/1934-05-17")
