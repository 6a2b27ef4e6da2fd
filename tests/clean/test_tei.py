"""ParlaMint and other TEI: a lost utterance, a note in a speaker's mouth or a wrong person is what a user would suffer."""

import pytest
from reading import labels, only, said, unsaid

from flows.clean.cleaned import CleanError, Hints, Refused
from flows.clean.read import clean

HEADER = """<teiHeader><fileDesc><titleStmt>
  <title type="main" xml:lang="en">Northland corpus, sitting 4 [ParlaMint SAMPLE]</title>
  <title type="main" xml:lang="nl">Noordland, zitting 4</title></titleStmt>
  <sourceDesc><bibl><date when="2021-03-10"/></bibl></sourceDesc></fileDesc>
  <profileDesc><settingDesc><setting><date when="2021-03-09">9 March</date></setting></settingDesc>
  <particDesc><listOrg><org xml:id="party.BL" role="parliamentaryGroup"><orgName>Blue List</orgName></org></listOrg>
  <listPerson><person xml:id="RoeAda"><persName><surname>Roe</surname><forename>Ada</forename></persName>
    <affiliation ref="#party.BL" role="member"/></person></listPerson></particDesc></profileDesc></teiHeader>"""


def tei(body: str, identity: str = "ParlaMint-XX_2021-03-09", header: str = HEADER) -> str:
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{identity}" xml:lang="en">{header}'
        f"<text><body><div>{body}</div></body></text></TEI>"
    )


def test_utterances_carry_the_publishers_person_ids():
    document = only(
        tei(
            '<u xml:id="u1" who="#RoeAda" ana="#regular"><seg>We built 40 schools.</seg><seg>And two roads.</seg></u>'
            '<u xml:id="u2" who="#DoeBen" ana="#chair"><seg>Order.</seg></u>'
        )
    )
    assert said(document) == [("Ada Roe", "We built 40 schools."), ("Ada Roe", "And two roads."), ("DoeBen", "Order.")]
    first, second = document.voices
    assert (first.person, first.name, first.party, first.kind) == ("parlamint-xx:RoeAda", "Ada Roe", "Blue List", "official")
    assert (second.person, second.name, second.kind, second.external_id) == ("parlamint-xx:DoeBen", None, "moderator", "u2")
    assert (document.external_id, str(document.event_on), document.language) == ("ParlaMint-XX_2021-03-09", "2021-03-09", "en")
    assert document.title == "Northland corpus, sitting 4"


def test_notes_between_sentences_are_apart_and_notes_inside_one_stay_in_brackets():
    document = only(
        tei(
            '<u who="#RoeAda"><seg>We vote on the act <note>print 1823</note> today. '
            "<vocal><desc>Laughter.</desc></vocal> Please sit <kinesic><desc>bell</desc></kinesic>, all of you.</seg>"
            "<note>(Applause.)</note></u><note>The sitting was suspended.</note>"
        )
    )
    assert [words for _, words in said(document)] == [
        "We vote on the act [print 1823] today.",
        "Please sit [bell], all of you.",
    ]
    assert unsaid(document) == ["Laughter.", "(Applause.)", "The sitting was suspended."]
    assert document.paragraphs[-1].voice is None


def test_the_speakers_note_before_an_utterance_is_its_label():
    document = only(tei('<note type="speaker">The president (Ada Roe):</note><u who="#RoeAda"><seg>Good morning.</seg></u>'))
    assert labels(document) == ["The president (Ada Roe)"]
    assert said(document) == [("The president (Ada Roe)", "Good morning.")]


def test_who_in_words_is_a_name_and_a_role_without_an_id():
    document = only(tei('<u who="Roe, Ada, deputy speaker"><seg>Next.</seg></u><u who="Doe, B."><seg>Yes.</seg></u>'))
    first, second = document.voices
    assert (first.person, first.name, first.role) == (None, "Ada Roe", "deputy speaker")
    assert (second.person, second.name, second.label) == (None, None, "Doe, B.")


def test_ids_that_spell_the_name_give_it_only_where_their_order_is_known():
    czech = only(tei('<u who="#AdaMáriaŠtíčok.1970"><seg>Ano.</seg></u>', "ParlaMint-CZ_2021-03-09"))
    other = only(tei('<u who="#RoeAda.1970"><seg>Yes.</seg></u>', "ParlaMint-GB_2021-03-09", "<teiHeader/>"))
    assert (czech.voices[0].name, other.voices[0].name) == ("Ada Mária Štíčok", None)


def test_page_breaks_are_not_words():
    assert only(tei('<u who="#RoeAda"><seg>We spent<pb n="12"/> 4 million.</seg></u>')).text.endswith("We spent 4 million.")


def test_annotated_texts_read_as_they_are_spaced():
    tokens = (
        '<u who="#RoeAda"><seg><s><w>We</w><w>owe</w><w join="right">nothing</w><pc>.</pc></s> '
        '<s><w>Not</w><w>a</w><w join="right">cent</w><pc>!</pc></s></seg></u>'
    )
    assert said(only(tei(tokens))) == [("Ada Roe", "We owe nothing. Not a cent!")]


def test_headings_are_titles():
    document = only(tei("<head>SITTING 4</head>" + '<u who="#RoeAda"><seg>Yes.</seg></u>'))
    assert (document.paragraphs[0].zone, document.paragraphs[0].is_heading) == ("title", True)


def test_an_utterance_of_a_note_alone_stays_a_turn_in_which_nothing_is_said():
    document = only(tei('<u who="#RoeAda"><note>(Silence.)</note></u><u who="#RoeAda"><seg>Yes.</seg></u><u who="#RoeAda"/>'))
    assert [p.voice for p in document.paragraphs] == [0, 1]
    assert said(document) == [("Ada Roe", "Yes.")]
    assert len(document.voices) == 2


def test_performance_texts_name_their_speakers():
    document = only(tei('<sp who="#RoeAda"><speaker>MINISTER ROE.</speaker><p>We agree.</p></sp>'))
    assert (labels(document), said(document)) == (["MINISTER ROE."], [("MINISTER ROE.", "We agree.")])


def test_a_corpus_file_gives_each_text_and_refuses_an_empty_one():
    one = tei('<u who="#RoeAda"><seg>Yes.</seg></u>', "a")
    two = tei("", "b")
    corpus = f'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">{one}{two}</teiCorpus>'
    document, refused = clean(corpus.encode(), Hints("corpus.xml"))
    assert (document.external_id, refused.external_id) == ("a", "b")
    assert isinstance(refused, Refused)


def test_a_corpus_file_that_only_names_its_parts_says_so():
    listing = (
        '<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/>'
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="a.xml"/></teiCorpus>'
    )
    with pytest.raises(CleanError, match="an index, not a document"):
        list(clean(listing.encode(), Hints("corpus.xml")))
