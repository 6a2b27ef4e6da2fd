"""TheyWorkForYou and OpenAustralia: each speech with the publisher's person id, procedure in nobody's mouth."""

from reading import only, said, unsaid

SITTING = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE publicwhip [<!ENTITY ndash "&#8211;"><!ENTITY pound "&#163;">]>
<publicwhip scraperversion="a" latest="yes">
<major-heading id="uk.org.publicwhip/debate/2020-01-07b.1.0">HARBOURS</major-heading>
<speech id="uk.org.publicwhip/debate/2020-01-07b.1.1" nospeaker="true" colnum="1"><p>The House met at noon</p></speech>
<speech id="uk.org.publicwhip/debate/2020-01-07b.1.2" speakername="Ada Roe" person_id="uk.org.publicwhip/person/9001"
 speakeroffice="Minister for Ports" time="12:03:00"><p>It cost &pound;4 million &ndash; twice the plan.</p>
 <p class="italic">Question put and agreed to.</p><table><tr><td>Port</td><td>7</td></tr></table></speech>
<speech id="uk.org.publicwhip/debate/2020-01-07b.1.3" speakername="Madam Deputy Speaker" speakerid="unknown"><p>Order.</p>
</speech>
<division id="uk.org.publicwhip/debate/2020-01-07b.2.0" divnumber="12"><divisioncount ayes="208" noes="36"/>
 <mplist vote="aye"><mpname person_id="uk.org.publicwhip/person/9001">Ada Roe</mpname><mpname>Ben Doe</mpname></mplist>
</division>
<committee id="c"><chairmen>Cleo Poe</chairmen></committee></publicwhip>"""


def test_speeches_carry_person_ids_names_and_offices():
    document = only(SITTING)
    assert said(document) == [("Ada Roe", "It cost £4 million – twice the plan."), ("Madam Deputy Speaker", "Order.")]
    first, second = document.voices
    assert (first.person, first.role) == ("publicwhip:uk.org.publicwhip/person/9001", "Minister for Ports")
    assert (second.person, second.name, second.kind) == (None, None, "moderator")
    assert (document.external_id, str(document.event_on)) == ("uk.org.publicwhip/debate/2020-01-07b", "2020-01-07")


def test_procedure_tables_and_votes_are_nobodys_words():
    assert unsaid(only(SITTING)) == [
        "HARBOURS",
        "The House met at noon",
        "Question put and agreed to.",
        "Port | 7",
        "Division 12: ayes 208, noes 36",
        "aye: Ada Roe; Ben Doe",
        "Cleo Poe",
    ]


def test_openaustralia_has_ids_of_its_own_and_prints_quotations_in_italics():
    document = only(
        """<debates><major-heading id="uk.org.publicwhip/lords/2007-09-20.1.1">TAX</major-heading>
        <speech id="uk.org.publicwhip/lords/2007-09-20.1.2" speakerid="uk.org.publicwhip/lord/100" speakername="Ada Roe"
        talktype="speech"><p>The report says:</p><p class="italic">Costs rose by 7 per cent.</p>
        <dl><dt>1.</dt><dd>Ports</dd></dl></speech></debates>"""
    )
    assert document.voices[0].person == "openaustralia:uk.org.publicwhip/lord/100"
    assert document.title == "Senate debates, 2007-09-20"
    assert [words for _, words in said(document)] == ["The report says:", "Costs rose by 7 per cent.", "1. Ports"]


def test_a_speech_inside_a_speech_is_the_other_speakers():
    inner = '<speech id="b" speakername="Ben Doe" person_id="uk.org.publicwhip/person/9002"><p>Never!</p></speech>'
    outer = '<speech id="a" speakername="Ada Roe" person_id="uk.org.publicwhip/person/9001"><p>It cost 4.</p>' + inner
    document = only(f"<publicwhip>{outer}<p>It did.</p></speech></publicwhip>")
    assert said(document) == [("Ada Roe", "It cost 4."), ("Ben Doe", "Never!"), ("Ada Roe", "It did.")]
