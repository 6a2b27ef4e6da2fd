"""Akoma Ntoso debates: speeches by those whom `by` names; an office is a role, no person."""

from reading import labels, only, said, unsaid

DEBATE = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><debate name="PROCEEDINGS OF THE ASSEMBLY">
<meta>
<identification><FRBRWork><FRBRuri value="/za/debaterecord/2012-09-20"/></FRBRWork>
<FRBRExpression><FRBRlanguage language="eng"/></FRBRExpression></identification>
<references><TLCPerson id="mr-b-doe" href="/person/mr-b-doe" showAs="Mr B DOE"/>
<TLCPerson id="the-speaker" href="/person/the-speaker" showAs="The SPEAKER"/></references></meta>
<preface><p>Thursday, <docDate date="2012-09-20">20 September</docDate></p></preface>
<debateBody><debateSection><heading>PORTS</heading><narrative>The House met at 14:02.</narrative>
<speech by="#mr-b-doe"><from>Mr B DOE</from><p>We spent R4 million.</p><p>It is much.</p></speech>
<speech by="#the-speaker"><from>The SPEAKER</from><p>Order.</p></speech></debateSection></debateBody></debate></akomaNtoso>"""


def test_speeches_of_persons_and_of_offices():
    document = only(DEBATE)
    assert said(document) == [("Mr B DOE", "We spent R4 million."), ("Mr B DOE", "It is much."), ("The SPEAKER", "Order.")]
    assert labels(document) == ["Mr B DOE", "The SPEAKER"]
    member, speaker = document.voices
    assert (member.person, speaker.person, speaker.role) == ("akoma-ntoso:mr-b-doe", None, "The SPEAKER")
    assert speaker.kind == "moderator"
    assert (str(document.event_on), document.language) == ("2012-09-20", "en")


def test_what_is_narrated_is_nobodys_words():
    assert unsaid(only(DEBATE)) == ["Thursday, 20 September", "PORTS", "The House met at 14:02.", "Mr B DOE:", "The SPEAKER:"]


def test_an_address_that_names_only_the_day_identifies_no_debate():
    assert only(DEBATE).external_id is None
    assert only(DEBATE.replace("2012-09-20", "2012-09-20/assembly")).external_id == "/za/debaterecord/2012-09-20/assembly"
