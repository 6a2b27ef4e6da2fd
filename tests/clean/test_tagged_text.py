"""Text with speeches between tags: the file is the text, the tags are no words, what stands between is nobody's."""

from reading import only, said, unsaid

SITTING = (
    "HANSARD\n<Header>PRAYERS</Header>\nQuestion No. 4\n"
    "<Newspeech>MR. ROE: It cost 4 million.\nMr. Speaker, Sir, I ask: why?</Newspeech>"
    " Question deferred.<Newspeech>MR. SPEAKER: Order.</Newspeech>"
    "\nMR. DOE asked why.\nThe following papers were laid: none."
)


def test_offsets_hold_in_the_file_and_speeches_have_their_labels():
    document = only(SITTING, "1990.txt")
    assert document.text == SITTING
    assert said(document) == [
        ("MR. ROE", "It cost 4 million."),
        ("MR. ROE", "Mr. Speaker, Sir, I ask: why?"),
        ("MR. SPEAKER", "Order."),
        ("MR. DOE", "asked why."),
    ]
    assert [v.kind for v in document.voices] == ["official", "moderator", "official"]


def test_what_stands_between_speeches_is_nobodys():
    assert unsaid(only(SITTING, "1990.txt")) == [
        "HANSARD",
        "PRAYERS",
        "Question No. 4",
        "Question deferred.",
        "The following papers were laid: none.",
    ]


def test_a_label_run_on_with_the_speech_before_it_opens_a_speech_of_its_own():
    more = "<Newspeech>HON. MEMBERS: One hour! One hour! MR. SPEAKER: Two hours, hon. Members.</Newspeech>"
    last = said(only(SITTING + more, "1990.txt"))[-2:]
    assert last == [("HON. MEMBERS", "One hour! One hour!"), ("MR. SPEAKER", "Two hours, hon. Members.")]
