"""Captions: words once though they scroll by three times, speakers where they are marked, times for the recording."""

import pytest
from reading import labels, only, said, unsaid

from flows.clean.cleaned import CleanError, Hints
from flows.clean.read import clean

SCROLLING = """WEBVTT
Kind: captions
Language: en

00:00:00.000 --> 00:00:02.000 align:start position:0%
good<00:00:00.500><c> evening</c>

00:00:02.000 --> 00:00:02.010 align:start position:0%
good evening

00:00:02.010 --> 00:00:04.000 align:start position:0%
good evening
we<00:00:02.500><c> spent</c><c> four</c><c> million</c>

00:00:04.000 --> 00:00:04.010 align:start position:0%
we spent four million

00:00:04.010 --> 00:00:06.000 align:start position:0%
we spent four million
on<00:00:05.000><c> ports</c>
"""


def test_scrolling_captions_say_each_word_once():
    document = only(SCROLLING, "debate.vtt")
    assert document.text == "good evening we spent four million on ports"
    assert (document.language, document.voices) == ("en", [])


def test_cues_that_go_back_in_time_end_no_turn_before_it_began():
    """A turn that ended before its beginning broke the schema, and the whole hearing was lost for one cue."""
    cues = [("32.000", "36.000", "<v Ada Lund>We have 12 schools."), ("31.000", "31.500", "<v Ada Lund>And 7 are closed.")]
    body = "\n".join(f"00:00:{start} --> 00:00:{end}\n{text}\n" for start, end, text in cues)
    (voice,) = only(f"WEBVTT\n\n{body}", "hearing.vtt").voices
    assert voice.time_start is not None and voice.time_end is not None and voice.time_start <= voice.time_end


def test_what_is_said_twice_in_still_captions_stays_twice():
    cues = ["THANK YOU.", "THANK YOU.", "NEXT ITEM.", "IT COSTS 4 MILLION.", "IS THAT ALL?", "THAT IS ALL."]
    body = "\n".join(f"00:00:{i:02}.000 --> 00:00:{i:02}.900\n{text}\n" for i, text in enumerate(cues))
    assert only(f"WEBVTT\n\n{body}", "hearing.vtt").text == " ".join(cues)


def test_a_title_cut_short_before_a_name_is_part_of_the_label():
    """GOV. before a name ended the label, and what she said stood in nobody's mouth."""
    cues = [">> GOV. LINDA ASHBY: Good evening.", ">> How much?", ">> Sen. Ola Rand: Forty.", ">> MRS. ADA LUND: No. It is 30."]
    srt = "\n\n".join(f"{i}\n00:00:0{i},000 --> 00:00:0{i},900\n{cue}" for i, cue in enumerate(cues, start=1))
    assert labels(only(srt, "view.srt")) == ["GOV. LINDA ASHBY", "Sen. Ola Rand", "MRS. ADA LUND"]


def test_voice_tags_name_the_speaker_and_the_time():
    document = only(
        "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ada Roe>We spent <b>4</b> million &amp; more.</v>\n\n"
        "00:04.000 --> 00:06.500\n<v Ada Roe>Yes.</v>\n\n"
        "00:07.000 --> 00:09.000\n<v.loud Ben Doe>Why?</v>\n<v Ada Roe>Because.</v>\n",
        "interview.vtt",
    )
    assert said(document) == [("Ada Roe", "We spent 4 million & more. Yes."), ("Ben Doe", "Why?"), ("Ada Roe", "Because.")]
    assert [(v.time_start, v.time_end) for v in document.voices] == [(1.0, 6.5), (7.0, 9.0), (7.0, 9.0)]


def test_chevrons_part_speakers_and_may_name_them():
    document = only(
        "1\n00:00:01,000 --> 00:00:02,000\n>> MAYOR ROE: It costs\n\n2\n00:00:02,000 --> 00:00:03,000\n4 million.\n\n"
        "3\n00:00:03,500 --> 00:00:04,000\n>> Why? &gt;&gt; I said why.\n\n4\n00:00:04,500 --> 00:00:05,000\n[APPLAUSE]\n",
        "council.srt",
    )
    assert document.format == "srt"
    assert said(document) == [("MAYOR ROE", "It costs 4 million."), (None, "Why?"), (None, "I said why.")]
    assert labels(document) == ["MAYOR ROE"]
    assert unsaid(document) == ["[APPLAUSE]"]


def test_a_header_before_the_captions_is_kept_and_dates_them():
    document = only(
        "File: 20260309-RL\nDate: 03/09/2026\n---\nWEBVTT\n\n00:00:01.000 --> 00:00:02.000\nGOOD AFTERNOON.\n", "hearing.txt"
    )
    assert (document.format, str(document.event_on)) == ("vtt", "2026-03-09")
    assert [(p.zone, document.text[p.start : p.end]) for p in document.paragraphs] == [
        ("boilerplate", "File: 20260309-RL\nDate: 03/09/2026"),
        (None, "GOOD AFTERNOON."),
    ]


def test_a_name_with_a_day_dates_captions_that_say_none():
    """A recording is filed by its day: without it nobody's office is known, and its figures belong to no month."""
    (document,) = clean(b"WEBVTT\n\n00:01.000 --> 00:02.000\nGood evening.\n", Hints("debates/2020-09-29.vtt"))
    assert str(document.event_on) == "2020-09-29"


def test_labels_in_the_text_stand_at_the_head_of_paragraphs_for_the_segmenter():
    document = only("1\n00:00:01,000 --> 00:00:04,000\nMAYOR: It costs 4 million.\nMS. ROE: Why?\n", "council.srt")
    assert document.text == "MAYOR: It costs 4 million.\n\nMS. ROE: Why?"


def test_a_long_silence_parts_paragraphs():
    document = only("WEBVTT\n\n00:01.000 --> 00:02.000\none\n\n00:20.000 --> 00:21.000\ntwo\n", "a.vtt")
    assert document.text == "one\n\ntwo"


def test_captions_without_words_are_refused():
    with pytest.raises(CleanError, match="no text"):
        list(clean(b"WEBVTT\n\n00:01.000 --> 00:02.000\n<c></c>\n", Hints("a.vtt")))


def test_scrolling_captions_with_chevrons_keep_the_speaker_over_the_repeated_line():
    shown = [
        ">> ADA ROE: GOOD EVENING AND",
        ">> ADA ROE: GOOD EVENING AND\nWELCOME TO ALL.",
        "WELCOME TO ALL.\n>> BEN DOE: THANK YOU.",
        ">> BEN DOE: THANK YOU.\nIT COSTS 4 MILLION AND",
        "IT COSTS 4 MILLION AND\nRISES.",
        "RISES.\n>> WHY?",
    ]
    body = "\n\n".join(f"{i}\n00:00:{i:02},000 --> 00:00:{i + 1:02},000\n{text}" for i, text in enumerate(shown, 1))
    assert said(only(f"{body}\n", "debate.srt")) == [
        ("ADA ROE", "GOOD EVENING AND WELCOME TO ALL."),
        ("BEN DOE", "THANK YOU. IT COSTS 4 MILLION AND RISES."),
        (None, "WHY?"),
    ]


def test_two_dashes_in_a_cue_are_two_who_are_not_named():
    document = only(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada Roe>We begin.</v>\n\n00:02.000 --> 00:03.000\n- Is it true?\n- It is.\n", "a.vtt"
    )
    assert said(document) == [("Ada Roe", "We begin."), (None, "Is it true?"), (None, "It is.")]
