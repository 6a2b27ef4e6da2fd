"""Bundestag protocols: the speaker by the Bundestag's id, the chair between, comments apart."""

from reading import labels, only, said, unsaid

SITTING = """<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE dbtplenarprotokoll SYSTEM "dbtplenarprotokoll.dtd">
<dbtplenarprotokoll wahlperiode="21" sitzung-nr="14" sitzung-datum="09.03.2026">
<vorspann><kopfdaten><sitzungstitel>14. Sitzung</sitzungstitel></kopfdaten></vorspann>
<sitzungsverlauf><sitzungsbeginn><name>Präsidentin Dr. Ada Roe:</name><p klasse="J">Die Sitzung ist eröffnet.</p>
</sitzungsbeginn>
<tagesordnungspunkt top-id="1"><p klasse="T_NaS">Haushalt</p>
<rede id="ID2114001"><p klasse="redner"><a id="r1"/><redner id="11001"><name><titel>Dr.</titel><vorname>Ben</vorname>
<namenszusatz>von</namenszusatz><nachname>Doe</nachname><fraktion>SPD</fraktion></name></redner>Dr. Ben von Doe (SPD):</p>
<p klasse="J_1">Wir geben 4 Millionen <a id="S1" name="S1">1</a>aus.</p><kommentar>(Beifall bei der SPD)</kommentar>
<zitat><p klasse="Z">„Sparsam“</p></zitat><p klasse="J">Das ist viel.</p>
<name>Präsidentin Dr. Ada Roe:</name><p klasse="J_1">Kommen Sie zum Ende.</p>
<p klasse="redner"><redner id="11001"><name><vorname>Ben</vorname><namenszusatz>von</namenszusatz><nachname>Doe</nachname>
</name>
</redner>Dr. Ben von Doe (SPD):</p><p klasse="O">Sofort.</p></rede></tagesordnungspunkt></sitzungsverlauf>
<rednerliste><redner id="11002"><name><vorname>Ada</vorname><nachname>Roe</nachname></name></redner></rednerliste>
</dbtplenarprotokoll>"""


def test_speeches_and_the_chair_between_them():
    document = only(SITTING)
    assert said(document) == [
        ("Präsidentin Dr. Ada Roe", "Die Sitzung ist eröffnet."),
        ("Dr. Ben von Doe (SPD)", "Wir geben 4 Millionen aus."),
        ("Dr. Ben von Doe (SPD)", "„Sparsam“"),
        ("Dr. Ben von Doe (SPD)", "Das ist viel."),
        ("Präsidentin Dr. Ada Roe", "Kommen Sie zum Ende."),
        ("Dr. Ben von Doe (SPD)", "Sofort."),
    ]
    assert labels(document) == [voice.label for voice in document.voices]
    chair, speaker, *_ = document.voices
    assert (speaker.person, speaker.name, speaker.party, speaker.external_id) == (
        "bundestag:11001",
        "Ben von Doe",
        "SPD",
        "ID2114001",
    )
    assert (chair.kind, chair.role, chair.name) == ("moderator", "Präsidentin", "Ada Roe")
    assert (document.external_id, str(document.event_on), document.language) == ("21/14", "2026-03-09", "de")


def test_the_chair_has_the_id_that_the_list_of_speakers_gives_to_that_name_alone():
    assert only(SITTING).voices[0].person == "bundestag:11002"
    namesake = '<redner id="11003"><name><vorname>Ada</vorname><nachname>Roe</nachname></name></redner></rednerliste>'
    assert only(SITTING.replace("</rednerliste>", namesake)).voices[0].person is None


def test_comments_and_titles_are_nobodys_words():
    not_said = unsaid(only(SITTING))
    assert "(Beifall bei der SPD)" in not_said
    assert "Haushalt" in not_said


def test_the_older_protocols_are_text_for_the_segmenter():
    document = only(
        "<DOKUMENT><WAHLPERIODE>17</WAHLPERIODE><DOKUMENTART>PLENARPROTOKOLL</DOKUMENTART><NR>17/9</NR>"
        "<DATUM>09.03.2010</DATUM><TEXT>Präsidentin Ada Roe:\nDie Sitzung ist eröffnet.\n\nBen Doe (SPD):\nDanke.</TEXT>"
        "</DOKUMENT>"
    )
    assert (document.format, document.external_id, str(document.event_on)) == ("bundestag-text", "17/9", "2010-03-09")
    assert "Ben Doe (SPD):" in document.text
    assert document.voices == []
