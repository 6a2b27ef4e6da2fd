"""Canada's Hansard: interventions with the House's ids, the label as printed, stage directions apart."""

from reading import labels, only, said, unsaid

SITTING = """<Hansard xml:lang="EN" id="77001"><ExtractedInformation>
<ExtractedItem Name="Institution">House Debates</ExtractedItem><ExtractedItem Name="Number">Number 12</ExtractedItem>
<ExtractedItem Name="Date">Tuesday, March 9, 2021</ExtractedItem></ExtractedInformation>
<HansardBody><Intro><ParaText>The House met at 10 a.m.</ParaText><Prayer>Prayer</Prayer></Intro>
<OrderOfBusiness><OrderOfBusinessTitle>Oral Questions</OrderOfBusinessTitle>
<SubjectOfBusiness><Timestamp Hr="10" Mn="05">(1005)</Timestamp><FloorLanguage language="FR">[Translation]</FloorLanguage>
<SubjectOfBusinessTitle>Harbours</SubjectOfBusinessTitle><SubjectOfBusinessContent>
<Intervention Type="Question" id="501"><PersonSpeaking>
<Affiliation DbId="3001" Type="2">Ada Roe (Port Hope—Bay, NDP)</Affiliation>:
</PersonSpeaking><Content><ParaText id="1">Mr. Speaker, we spent <B>$4 million</B> in
<Affiliation DbId="9">Port Hope</Affiliation>.
</ParaText><Timestamp Hr="10" Mn="10">(1010)</Timestamp><FloorLanguage language="EN">[English]</FloorLanguage>
<ParaText>Was it worth it?</ParaText><ParaText><I>(Motion agreed to)</I></ParaText></Content></Intervention>
<Intervention Type="Answer" id="502"><PersonSpeaking>
<Affiliation DbId="3002">Hon. Ben Doe (Minister of Fisheries, Lib.)</Affiliation>
</PersonSpeaking><Content><ParaText>Yes.</ParaText></Content></Intervention>
<Intervention id="503"><PersonSpeaking>
<Affiliation DbId="0">Some hon. members</Affiliation></PersonSpeaking>
<Content><ParaText>Hear, hear!</ParaText></Content></Intervention>
<Intervention id="504"><PersonSpeaking>
<Affiliation DbId="3003">The Deputy Speaker (Mrs. Cleo Poe)</Affiliation>
</PersonSpeaking>
<Content><ProceduralText>(The House divided)</ProceduralText><ParaText>Order.</ParaText></Content></Intervention>
<Division><DivisionNumber>(Division No. 3)</DivisionNumber><Yea><Affiliation>Roe</Affiliation><Affiliation>Doe</Affiliation>
</Yea>
</Division></SubjectOfBusinessContent></SubjectOfBusiness></OrderOfBusiness></HansardBody></Hansard>"""


def test_interventions_are_turns_of_those_whom_the_house_names():
    document = only(SITTING)
    assert [words for _, words in said(document)] == [
        "Mr. Speaker, we spent $4 million in Port Hope.",
        "Was it worth it?",
        "Yes.",
        "Hear, hear!",
        "Order.",
    ]
    assert labels(document) == [
        "Ada Roe (Port Hope—Bay, NDP)",
        "Hon. Ben Doe (Minister of Fisheries, Lib.)",
        "Some hon. members",
        "The Deputy Speaker (Mrs. Cleo Poe)",
    ]
    member, minister, crowd, chair = document.voices
    assert (member.person, member.external_id) == ("ourcommons:3001", "501")
    assert (member.name, member.constituency, member.party) == ("Ada Roe", "Port Hope—Bay", "NDP")
    assert (minister.name, minister.role, minister.party) == ("Ben Doe", "Minister of Fisheries", "Lib.")
    assert (crowd.person, crowd.name) == (None, None)
    assert (chair.name, chair.role, chair.kind) == ("Cleo Poe", "The Deputy Speaker", "moderator")


def test_times_languages_titles_and_votes_are_nobodys_words():
    not_said = unsaid(only(SITTING))
    for text in (
        "The House met at 10 a.m.",
        "Oral Questions",
        "Harbours",
        "(Motion agreed to)",
        "(The House divided)",
        "Roe; Doe",
    ):
        assert text in not_said
    assert not any("1005" in words or "English" in words for _, words in said(only(SITTING)))


def test_the_two_languages_of_one_sitting_are_two_documents():
    english, french = only(SITTING), only(SITTING.replace('xml:lang="EN"', 'xml:lang="FR"'))
    assert (english.external_id, french.external_id) == ("77001-en", "77001-fr")
    assert (str(english.event_on), english.kind, english.language) == ("2021-03-09", "sitting", "en")


def test_questions_on_the_order_paper_have_an_asker_and_a_minister():
    document = only(
        """<Hansard id="1"><HansardBody><WrittenQuestionResponse><QuestionID>Question No. 7</QuestionID>
        <Questioner><Affiliation DbId="1">Ada Roe</Affiliation></Questioner>
        <QuestionContent><ParaText>How many ships?</ParaText></QuestionContent>
        <Responder><Affiliation DbId="2">Hon. Ben Doe (Minister of Fisheries, Lib.)</Affiliation></Responder>
        <ResponseContent><ParaText>There are 12.</ParaText></ResponseContent></WrittenQuestionResponse></HansardBody>
</Hansard>"""
    )
    assert said(document) == [("Ada Roe", "How many ships?"), ("Hon. Ben Doe (Minister of Fisheries, Lib.)", "There are 12.")]


def test_what_members_call_out_is_not_the_speakers_though_it_stands_in_the_intervention():
    order = "<ParaText>Order.</ParaText>"
    called = "<ParaText><I>Some hon. members: Agreed.</I></ParaText><ParaText>Carried.</ParaText>"
    document = only(SITTING.replace(order, order + called))
    assert said(document)[-3:] == [
        ("The Deputy Speaker (Mrs. Cleo Poe)", "Order."),
        ("Some hon. members", "Agreed."),
        ("The Deputy Speaker (Mrs. Cleo Poe)", "Carried."),
    ]
