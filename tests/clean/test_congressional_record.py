"""The Congressional Record: surnames in capitals speak, inserted matter and the clerks do not."""

import json

from reading import labels, only, said, unsaid

PAGE = """<html><head><title>Congressional Record, Volume 151 Issue 99 (Wednesday, July 20, 2005)</title></head><body><pre>
[Congressional Record Volume 151, Number 99 (Wednesday, July 20, 2005)]
[House]
[Page H100]
From the Congressional Record Online through the Government Publishing Office [<a href="http://www.gpo.gov">www.gpo.gov</a>]

                          HARBORS AND PORTS

  The SPEAKER pro tempore (Mr. Doe). The gentlewoman from Ohio (Ms. McRoe)
is recognized for 5 minutes.
  There was no objection.
  Ms. McROE of Ohio. Mr. Speaker, we spent $4 million
on harbors. I include the letter
in the Record.

[[Page H101]]

and I thank the Chair.

                              {time}  1015

  It is much.
       Dear Ms. McRoe: Ports cost $9 million, not 4.
     Sincerely, the Mayor.
Gross debt 1996.................................5,181
  Mrs. O'NEILL. I yield.
  Mr. DE LA CRUZ. I object.
                          ____________________
</pre></body></html>"""


def test_the_prints_labels_open_turns_and_page_marks_vanish():
    document = only(PAGE, "CREC-2005-07-20-pt1-PgH100.htm")
    assert labels(document) == ["The SPEAKER pro tempore (Mr. Doe)", "Ms. McROE of Ohio", "Mrs. O'NEILL", "Mr. DE LA CRUZ"]
    assert said(document)[1:3] == [
        ("Ms. McROE of Ohio", "Mr. Speaker, we spent $4 million on harbors. I include the letter in the Record."),
        ("Ms. McROE of Ohio", "and I thank the Chair."),
    ]
    assert (document.external_id, str(document.event_on)) == ("CREC-2005-07-20-pt1-PgH100", "2005-07-20")
    assert document.title == "HARBORS AND PORTS"
    assert "[[Page" not in document.text


def test_a_page_mark_inside_a_sentence_does_not_cut_it():
    document = only(PAGE.replace("in the Record.\n", "in the Record,\n"), "page.htm")
    assert "in the Record, and I thank the Chair." in document.text


def test_inserted_letters_clerks_and_times_are_nobodys_words():
    not_said = " ".join(unsaid(only(PAGE, "page.htm")))
    for text in (
        "There was no objection.",
        "Ports cost $9 million",
        "Sincerely, the Mayor.",
        "5,181",
        "{time} 1015",
        "HARBORS AND PORTS",
    ):
        assert text in not_said


def test_the_json_gives_the_members_ids():
    page = {
        "id": "CREC-2005-07-20-pt1-PgH100",
        "title": "HARBORS",
        "doc_title": "HARBORS",
        "header": {"chamber": "House", "wkday": "Wednesday", "month": "July", "day": "20", "year": "2005"},
        "content": [
            {"kind": "title", "speaker": "None", "text": "                 HARBORS\n", "turn": -1},
            {
                "kind": "speech",
                "speaker": "Ms. ROE",
                "speaker_bioguide": "R000999",
                "turn": 0,
                "text": "  Ms. ROE. We spent $4\nmillion.\n",
            },
            {"kind": "recorder", "speaker": "The RECORDER", "text": "  There was no objection.\n", "turn": -1},
        ],
    }
    document = only(json.dumps(page), "page.json")
    assert said(document) == [("Ms. ROE", "We spent $4 million.")]
    assert (document.voices[0].person, str(document.event_on)) == ("bioguide:R000999", "2005-07-20")
    assert unsaid(document) == ["HARBORS", "There was no objection."]


def test_a_page_of_tables_set_with_nuls_is_read():
    digest = (
        "<html><body><pre>\n[Congressional Record Volume 151, Number 99 (Wednesday, July 20, 2005)]\n\n  Bills\0\0introduced.\n"
    )
    document = only(digest, "digest.htm")
    assert "Bills introduced." in document.text
    assert document.voices == []
