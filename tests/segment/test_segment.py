"""Who says what: a label found where none is puts words into a wrong mouth; one missed leaves them in the last one's."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

from flows.clean import html, markdown, text
from flows.clean.cleaned import Cleaned, Hints, Paragraph, Voice
from flows.people.people import People
from flows.segment import vocabulary
from flows.segment.segment import segment
from flows.segment.segmented import Segmented

CASES = json.loads((Path(__file__).parent / "conventions.json").read_text("utf-8"))
SHARED = next((p / "shared" for p in Path(__file__).resolve().parents if (p / "shared").is_dir()), Path("../shared"))


@cache
def _people() -> People:
    return People.load()


def cut(body: str, module=text, origin: str = "page.txt") -> tuple[Cleaned, Segmented]:
    hints = Hints(origin)
    (cleaned,) = module.read(body.encode(), hints)
    return cleaned, segment(cleaned, hints, _people())


def said(cleaned: Cleaned, segmented: Segmented) -> list[tuple[str | None, str]]:
    return [(turn.label, cleaned.text[turn.start : turn.end]) for turn in segmented.turns]


def check_promises(cleaned: Cleaned, segmented: Segmented) -> None:
    """Offsets and cover: what every document must keep, whatever it is."""
    end = 0
    for turn in segmented.turns:
        assert end <= turn.start < turn.end <= len(cleaned.text)
        assert cleaned.text[turn.start : turn.end].strip() == cleaned.text[turn.start : turn.end]
        end = turn.end
    for a, b in zip(segmented.blocks, segmented.blocks[1:], strict=False):
        assert a.end <= b.start
    covered = {i for b in segmented.blocks for i in range(b.start, b.end)}
    assert all(i in covered for i, ch in enumerate(cleaned.text) if not ch.isspace())
    in_turns = {i for t in segmented.turns for i in range(t.start, t.end) if not cleaned.text[i].isspace()}
    in_sentences = set()
    for sentence in segmented.sentences:
        turn = segmented.turns[sentence.turn]
        assert turn.start <= sentence.start < sentence.end <= turn.end
        in_sentences |= {i for i in range(sentence.start, sentence.end) if not cleaned.text[i].isspace()}
    assert in_turns == in_sentences


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_each_convention_of_writing_down_who_speaks(case):
    module = {"md": markdown, "html": html}.get(case.get("format", ""), text)
    cleaned, segmented = cut("\n".join(case["lines"]), module)
    assert [turn.label for turn in segmented.turns if turn.label] == case["labels"]
    check_promises(cleaned, segmented)
    if not case["labels"]:
        assert segmented.note


def test_a_bloggers_post_keeps_its_writer_and_its_readers_out_of_the_speakers_mouths():
    lines = [
        "The ministers took questions after their talks. I translated the exchange, the emphasis is mine:",
        "Minister of Trade Pavel Horak: Dear Anna Lindgren, colleagues, good afternoon.",
        "Trade grew by 6 percent last year. (Addressing Mr Novak.) Is that right?",
        "Anna Lindgren: Thank you, Pavel. We agree on the figures.",
        "My comment: She has never agreed on anything before.",
        "We will sign in May.",
        "Pavel Horak: That is all from us. [My Emphasis]",
        "Curious that Horak did not mention tariffs at all. As for Lindgren, she seemed tired.",
        "*",
        "*",
        "Like what you read? Then please consider subscribing or making a yearly pledge!",
        "Trade grew by 6 percent last year. Pull the other one, laughs...",
        "Sly, this Horak.",
    ]
    cleaned, segmented = cut("\n".join(lines))
    assert said(cleaned, segmented) == [
        ("Minister of Trade Pavel Horak", "Dear Anna Lindgren, colleagues, good afternoon.\n" + lines[2]),
        ("Anna Lindgren", "Thank you, Pavel. We agree on the figures."),
        (None, "We will sign in May."),
        ("Pavel Horak", "That is all from us. [My Emphasis]"),
    ]
    assert segmented.turns[2].continues == 1
    zones = [block.zone for block in segmented.blocks]
    assert zones == ["commentary"] + ["transcript"] * 3 + ["commentary"] + ["transcript"] * 2 + ["commentary"] + (
        ["boilerplate"] * 3 + ["comment"] * 2
    )
    unspoken = [cleaned.text[s.start : s.end] for s in segmented.sentences if not s.is_speech]
    assert unspoken == ["(Addressing Mr Novak.)", "[My Emphasis]"]
    check_promises(cleaned, segmented)


def test_what_is_told_after_a_rule_is_not_said_by_the_last_speaker():
    page = "\n".join(
        [
            "Minister Pavel Horak: We have agreed. Thank you.",
            "* * *",
            "Plans for the autumn session were discussed separately.",
            "Anna Lindgren: I would add that we meet again in May.",
            "Pavel Horak: Yes, we do.",
            "Anna Lindgren: Good.",
        ]
    )
    cleaned, segmented = cut(page)
    assert said(cleaned, segmented)[0] == ("Minister Pavel Horak", "We have agreed. Thank you.")
    assert [block.zone for block in segmented.blocks][1:3] == ["boilerplate", "commentary"]


def test_markup_decides_who_speaks_where_it_says_so():
    body = "The Chair\nOrder. Order.\n(Applause)\nMs Ode: who said that?\n"
    paragraphs = [
        Paragraph(0, 9, zone="boilerplate"),
        Paragraph(10, 23, voice=0),
        Paragraph(24, 34, voice=0, is_speech=False),
        Paragraph(35, 57, voice=1),
    ]
    cleaned = Cleaned(body, paragraphs, "tei", voices=[Voice("The Chair", external_id="u1"), Voice("Tom Ode")])
    segmented = segment(cleaned, Hints("x.xml"), _people())
    assert said(cleaned, segmented) == [("The Chair", "Order. Order.\n(Applause)"), ("Tom Ode", "Ms Ode: who said that?")]
    assert [s.is_speech for s in segmented.sentences] == [True, True, False, True]


def test_a_million_short_lines_and_one_endless_line_are_read_in_linear_time():
    for body in (
        "Anna Berg: Yes.\nPeter Holt: No.\n" * 20_000,
        "word " * 400_000,
        "A: " * 300_000,
        "(" * 500_000 + "x",
        "." * 500_000,
    ):
        _, segmented = cut(body)
        assert len(segmented.turns) in (0, 1, 40_000)


@pytest.mark.corpus
def test_the_founding_sample_has_its_twenty_turns_and_nothing_else():
    cleaned, segmented = cut((SHARED / "samples/putin-lukashenko-2025-03-13.txt").read_text("utf-8"), origin="a-2025-03-13.txt")
    check_promises(cleaned, segmented)
    surnames = " ".join((turn.label or "").split()[-1] for turn in segmented.turns)
    assert surnames == (
        "Putin Lukashenko Breus Putin Lukashenko Knyazeva Putin Lukashenko Putin Lukashenko "
        "Putin Pyzh Putin Pyzh Putin Lukashenko Putin Yezhov Putin Lukashenko"
    )
    zones = [block.zone for block in segmented.blocks]
    assert zones[0] == "commentary"
    assert set(zones[1:123]) == {"transcript"}
    assert zones[123:125] == ["commentary"] * 2
    assert zones[125:129] == ["boilerplate"] * 4
    assert set(zones[129:]) == {"comment"}


def test_a_speaker_known_by_office_may_speak_of_others_who_held_it():
    """The writer takes over where the speaker's surname is spoken of; an office is no surname."""
    lines = ["2:07 P.M. EDT", "THE VICE PRESIDENT: Thank you. I am glad to be here."]
    lines += ["Another President, Otto Kern, put it this way: rivers rise.", "Every member of the council knows that President."]
    cleaned, segmented = cut("\n\n".join(lines), markdown)
    assert [text for _, text in said(cleaned, segmented)] == [cleaned.text[cleaned.text.index("Thank you") :]]


def test_a_long_list_of_words_in_a_head_is_read_in_one_pass():
    """A head like this one once took a time that doubled with each of its words, and its page was lost."""
    head = f"Thanks to the governors, the mayors, and {'many more of them ' * 9}and all who came with the others today"
    _, segmented = cut(f"THE PRESIDENT: I thank you all.\n\n{head}: let us begin, friends.", markdown)
    assert [turn.label for turn in segmented.turns] == ["THE PRESIDENT"]


def test_page_heads_and_a_tail_of_names_are_in_nobodys_mouth():
    lines = ["ANNA BERG: We begin with the bridges of the north, and I will be brief about the ones that we opened in May."]
    for page in range(5):
        lines += ["PETER HOLT: Thank you, Anna. We have opened 40 of them, and I am glad."]
        lines += [f"Council of Novia - 4 May 2025 - page {page}"]
        lines += ["So let us go on with the next of them, shall we?", "ANNA BERG: We shall."]
    lines += ["Ada Stone", "Ivo Kern", "Ola Rand", "Vera Holm", "Otto Lund", "Ines Falk"]
    cleaned, segmented = cut("\n".join(lines))
    words = " ".join(text for _, text in said(cleaned, segmented))
    assert "Council of Novia" not in words
    assert "So let us go on" in words
    assert "Ada Stone" not in words


def test_a_heckle_inside_a_speech_is_not_the_speakers():
    speech = "Wir haben gebaut.\n(Ada Stein [DIE GRÜNEN], zu Ivo Kern gewandt: Drei Brücken! - Beifall bei der SPD)\nEs waren 40."
    more = "Vera Holm (CDU): Ich danke Ihnen.\nIvo Kern (SPD): Wir danken auch.\nVera Holm (CDU): Gut."
    body = f"Ivo Kern (SPD): {speech}\n{more}"
    cleaned, segmented = cut(body)
    heard = [cleaned.text[s.start : s.end] for s in segmented.sentences if s.is_speech]
    assert "Es waren 40." in heard
    assert not any("Drei" in sentence for sentence in heard)


@pytest.mark.parametrize("pattern", [vocabulary.ROLE, vocabulary.ORGANISATION])
def test_roles_and_bodies_are_listed_in_lower_case(pattern: re.Pattern[str]) -> None:
    """A capital among them would match no label: labels are lowered before these patterns see them."""
    assert not re.search(r"(?<!\\)[A-ZÀ-ÞА-ЯЁ]", pattern.pattern)


@pytest.mark.parametrize(
    "sentences",
    [
        ["This is what we know works.", "Wanting more is natural."],
        ["It is a call.", "It is heard in every century.", "Bridges last."],
        ["No.", "We do not.", "No.", "I never did."],
        ["They are glad, and so do I.", "And I look forward to it."],
        ["On a point of order, Mr. Speaker, Sir.", "Is the Minister right?"],
        ["Yep.", "Yep."],
        ["The hon. Member spoke to Gen. Kern and Dr. Holm of the U.S. Navy, e.g. Amendment No. 14."],
        ["We read it in Kern v. Lund.", "The rest, vol. Four etc. and so on, we left."],
    ],
)
def test_words_that_are_abbreviations_to_some_end_sentences_of_speech(sentences: list[str]):
    """Two sentences taken for one give the first one's figure the second one's subject."""
    cleaned, segmented = cut("THE PRESIDENT: Thank you.\n\nQ  Well?\n\nTHE PRESIDENT: " + " ".join(sentences), markdown)
    last = len(segmented.turns) - 1
    assert [cleaned.text[s.start : s.end] for s in segmented.sentences if s.turn == last] == sentences


def test_what_a_writer_puts_between_the_words_of_others_is_in_no_turn():
    lines = (
        "Anna Berg: Good evening. We have talked for 4 hours.",
        "[Note by the translator: it was three.]",
        "We agreed on 12 papers.",
        "Pavel Horak: Thank you, dear Anna.",
        "--- My comment: he did not mean it. ---",
        "We will build three bridges.",
        "Anna Berg: Good.",
    )
    cleaned, segmented = cut("\n\n".join(lines))
    check_promises(cleaned, segmented)
    assert said(cleaned, segmented) == [
        ("Anna Berg", "Good evening. We have talked for 4 hours."),
        (None, "We agreed on 12 papers."),
        ("Pavel Horak", "Thank you, dear Anna."),
        (None, "We will build three bridges."),
        ("Anna Berg", "Good."),
    ]


def test_a_line_that_holds_two_labels_is_no_single_statement():
    cleaned, segmented = cut("The talks. Joe Biden: I am glad. Xi Jinping: So am I.")
    assert said(cleaned, segmented) == []


def test_a_head_in_bold_inside_a_turn_is_said_by_nobody():
    lines = ["<b>Anna Berg:</b> We begin.", "<b>On rivers</b>", "There are 12.", "<b>Otto Lund:</b> Yes.", "<b>Anna Berg:</b> So."]
    cleaned, segmented = cut("".join(f"<p>{line}</p>" for line in lines), html, "page.html")
    check_promises(cleaned, segmented)
    heads = [cleaned.text[s.start : s.end] for s in segmented.sentences if not s.is_speech]
    assert heads == ["On rivers"]


def test_letters_that_look_alike_make_no_second_person():
    cleaned, segmented = cut("Anna Berg: We begin.\nРаvel Horak: Yes.\nАnna Berg: How many?\nPavel Horak: Three.\n")
    check_promises(cleaned, segmented)
    assert len({turn.speaker_id for turn in segmented.turns}) == 2
    assert segmented.turns[1].speaker_name == "Pavel Horak"


def test_a_head_that_lost_its_markup_is_said_by_nobody_and_a_salutation_is_speech():
    long = "We have built three bridges over the river in two years, and we shall build three more before next spring comes." * 2
    lines = [f"Anna Berg: {long}", "The Price of Bridges", long, "Ladies and Gentlemen", long, "Otto Lund: So.", "Anna Berg: Good."]
    cleaned, segmented = cut("\n\n".join(lines))
    heads = [cleaned.text[s.start : s.end] for s in segmented.sentences if not s.is_speech]
    assert heads == ["The Price of Bridges"]


def zones_of(cleaned: Cleaned, segmented: Segmented, zone: str) -> list[str]:
    return [cleaned.text[b.start : b.end] for b in segmented.blocks if b.zone == zone]


def test_votes_examinations_and_page_heads_are_in_nobodys_mouth():
    lines = [
        "BY MS. LUND:",
        "Q. Did you sign the contract?",
        "A. I did. I told him that I needed 2 weeks.",
        "                                 12",
        "BY MR. TALBOT:",
        "Q. Did you get them?",
        "A. No. We got 3 days.",
        "COMMITTEE ON INLAND WATERS        April 16, 2024",
        "- 13 -",
        "MR. TALBOT: I move that we vote.",
        "AYES: Abel, Lund, Dunn",
        "Ayes 12, Noes 3",
        "- 14 -",
        "COMMITTEE ON INLAND WATERS        April 16, 2024",
        "MR. TALBOT: Thank you.",
    ]
    cleaned, segmented = cut("\n".join(lines))
    spoken = [words for _, words in said(cleaned, segmented)]
    assert spoken[1] == "I did. I told him that I needed 2 weeks."
    assert spoken[3:] == ["No. We got 3 days.", "I move that we vote.", "Thank you."]
    check_promises(cleaned, segmented)


def test_what_a_speaker_says_of_a_motion_stays_his():
    told = "For 12 years we waited. Against 3 of us they won."
    lines = ["MR. LUND: I have a motion.", told, "MS. BERG: We know.", "MR. LUND: Good."]
    cleaned, segmented = cut("\n".join(lines))
    assert said(cleaned, segmented)[0] == ("MR. LUND", f"I have a motion.\n{told}")


def test_readers_under_a_head_of_comments_are_no_speakers_and_the_writers_outro_is_his_own():
    lines = ["**Minister Ilya Brenko:** We have 4 letters.", "**Question:** Would you go?", "**Ilya Brenko:** If I am invited."]
    outro = ["So there you have it.", "", "Brenko is ready to travel, as I have said for 2 years.", "", "## Comments", ""]
    readers = ["**Ann:** Great! “If I am invited” says it all.", "", "**Bob:** I saw 3 letters.", "", "**Ann:** Me too."]
    cleaned, segmented = cut("\n\n".join(lines + outro + readers), markdown, "post.md")
    assert [turn.label for turn in segmented.turns] == ["Minister Ilya Brenko", "Question", "Ilya Brenko"]
    assert any("Brenko is ready" in words for words in zones_of(cleaned, segmented, "commentary"))
    assert [words[:7] for words in zones_of(cleaned, segmented, "comment")] == ["## Comm", "**Ann:*", "**Bob:*", "**Ann:*"]
    check_promises(cleaned, segmented)


def test_a_section_called_comments_in_which_the_same_people_speak_on_is_no_end():
    before = ["## Report", "**Mayor Crow:** I open the meeting.", "**Ada Lund:** Thank you.", "**Mayor Crow:** We go on."]
    after = ["## Comments", "**Ada Lund:** I have 2 points.", "**Mayor Crow:** We will hear them."]
    _, segmented = cut("\n\n".join(before + after), markdown, "meeting.md")
    assert len(segmented.turns) == 5


def test_footnotes_are_nobodys_words_and_their_raised_numbers_no_decimals():
    body = (
        "<p><b>Ms. Roth:</b> The fund<sup>1</sup> has 300 million.</p><p><b>Question:</b> Is it enough?</p>"
        "<p><b>Ms. Roth:</b> It is not. We need 500.<sup>2</sup> It covers 40 km<sup>2</sup>.</p><hr>"
        "<p>1 It was founded in 2011 with 100 million.</p><p><sup>2</sup> She meant 550.</p>"
    )
    cleaned, segmented = cut(f"<html><body>{body}</body></html>", html, "page.html")
    assert said(cleaned, segmented)[-1] == ("Ms. Roth", "It is not. We need 500.[2] It covers 40 km2.")
    assert len(zones_of(cleaned, segmented, "boilerplate")) == 2
    check_promises(cleaned, segmented)


def test_stage_directions_and_remarks_in_italics_are_not_speech():
    lines = ["**Premier Rask:** We built 400. *(Applause.)* We will build 200 more.", "*He looked tired here.*", "*We* will."]
    cleaned, segmented = cut("\n\n".join([*lines, "**Ada Lund:** When?", "**Premier Rask:** In May."]), markdown, "talk.md")
    unspoken = [cleaned.text[s.start : s.end] for s in segmented.sentences if not s.is_speech]
    assert unspoken == ["*(Applause.)*", "*He looked tired here.*"]
    check_promises(cleaned, segmented)


def test_how_a_text_was_made_and_what_the_writer_makes_of_it_are_not_the_last_speakers_words():
    talk = ["**Premier Oto Rask:** I am glad to be here.", "**Student:** And the money?", "**Rask:** We have 90 million."]
    outro = ["What do I make of it? The premier promised 2 schools, and I doubt that he will build them."]
    plug = ["Thanks for reading! Subscribe for free to support my work."]
    cleaned, segmented = cut("\n\n".join(talk + outro + plug), markdown, "post.md")
    assert said(cleaned, segmented)[-1] == ("Rask", "We have 90 million.")
    note = ["*Ruth Amsel has been harbour master since 2015. This interview was edited for length.*"]
    talk = ["**Q: How many?**", "A: About 2,400. I count them.", "**Q: And before?**", "A: We had 1,900. I was not here."]
    cleaned, segmented = cut("\n\n".join(talk + note), markdown, "talk.md")
    assert said(cleaned, segmented)[-1] == ("A", "We had 1,900. I was not here.")


def spoken_of(cleaned: Cleaned, segmented: Segmented) -> dict[str, str]:
    """What each speaker says, by the name or the label: sentences of speech alone."""
    heard: dict[str, str] = {}
    for sentence in segmented.sentences:
        turn = segmented.turns[sentence.turn]
        who = turn.speaker_name or turn.label or ""
        if sentence.is_speech:
            heard[who] = f"{heard.get(who, '')} {cleaned.text[sentence.start : sentence.end]}".strip()
    return heard


def zone_of(cleaned: Cleaned, segmented: Segmented, words: str) -> str:
    at = cleaned.text.index(words)
    return next(block.zone for block in segmented.blocks if block.start <= at < block.end)


def test_a_paragraph_in_italics_between_turns_is_the_pages_own_and_what_follows_goes_on():
    body = (
        "<article><p><b>Minister Ada Rood:</b> We agreed on three points.</p>"
        "<p><i>Two of them I had heard last year already.</i></p>"
        "<p>The ferry will cost 12 million.</p><p><em>(Shows a map.)</em></p><p>We will share the cost.</p>"
        "<p><b>Question:</b> Who pays?</p><p><b>Ada Rood:</b> We do.</p></article>"
    )
    cleaned, segmented = cut(body, html)
    heard = spoken_of(cleaned, segmented)
    assert heard["Ada Rood"] == "We agreed on three points. The ferry will cost 12 million. We will share the cost. We do."
    assert zone_of(cleaned, segmented, "Two of them") == "commentary"
    assert zone_of(cleaned, segmented, "(Shows a map") == "transcript"  # a stage direction: inside the turn, and no speech
    check_promises(cleaned, segmented)


def test_where_much_is_in_italics_they_mark_nothing():
    said = "<p><i>I said that it costs 12 million.</i></p>"
    lines = ["<p><b>Question:</b> Why?</p>", "<p><b>Ada Rood:</b> Listen to me.</p>", said, said]
    cleaned, segmented = cut("<article>" + "".join(lines * 3) + "</article>", html)
    assert "12 million" in spoken_of(cleaned, segmented)["Ada Rood"]


def test_corrections_advertisements_and_tables_of_data_interrupt_and_are_nobodys_words():
    body = (
        "<article><p>SECRETARY ORLOV: We raised tariffs to 15 percent.</p><p>Correction, 5 p.m.: An earlier version gave 12.</p>"
        "<p>Advertisement</p><p>And we will go on.</p><p>Q: To what?</p><p>SECRETARY ORLOV: To 20 percent.</p>"
        "<p>Related: Ten tariffs that failed</p><p>We have to.</p>"
        "<table><tr><th>Goods</th><th>Tariff</th></tr><tr><td>Salt</td><td>7 percent</td></tr></table>"
        "<p>This article was updated on 4 May to add 3 answers.</p></article>"
    )
    cleaned, segmented = cut(body, html)
    assert spoken_of(cleaned, segmented) == {
        "Orlov": "We raised tariffs to 15 percent. And we will go on. To 20 percent. We have to.",
        "Q": "To what?",
    }


def test_in_a_live_blog_that_runs_back_in_time_an_entrys_time_ends_what_was_said():
    entries = [
        ("14:31", "<p><b>Chancellor Mina Harden:</b> The deficit will be 3 percent.</p>"),
        ("14:20", "<p><b>Jon Sewell:</b> I do not believe that.</p>"),
        ("14:12", "<p>The benches are full, and we count 90 members.</p>"),
        ("14:05", "<p><b>Chancellor Mina Harden:</b> I commend this budget.</p>"),
        ("13:58", "<p>Good afternoon and welcome to our live coverage.</p>"),
    ]
    cleaned, segmented = cut("<article>" + "".join(f"<p><b>{time}</b></p>{told}" for time, told in entries) + "</article>", html)
    heard = spoken_of(cleaned, segmented)
    assert heard["Mina Harden"] == "The deficit will be 3 percent. I commend this budget."
    assert heard["Jon Sewell"] == "I do not believe that."


def test_what_a_writer_goes_on_to_tell_under_a_quoted_exchange_is_not_the_last_ones():
    lines = ["I went to the briefing.", "> **Spokesman Ruben Castle:** We do not comment.", "> **Reporter:** You did yesterday.",
             "> **Spokesman Ruben Castle:** That was different.", "I laughed. I had bet on 63."]  # fmt: skip
    cleaned, segmented = cut("\n\n".join(lines), markdown)
    assert spoken_of(cleaned, segmented)["Ruben Castle"] == "We do not comment. That was different."
    assert zone_of(cleaned, segmented, "I laughed") == "commentary"


@pytest.mark.parametrize(
    "note",
    [
        "Das Gespräch führte Jonas Rieck.",
        "Propos recueillis par Jean Marchand",
        "Беседовала Анна Левина.",
        "Entrevista realizada por Rosa Gil",
        "About the Forum: It was founded in 1990.",
    ],
)
def test_who_asked_and_wrote_down_is_told_by_the_page(note):
    said = "<p><b>Gazette:</b> How many?</p><p><b>Ada Rood:</b> We have 12.</p><p><b>Gazette:</b> Thanks.</p>"
    cleaned, segmented = cut(f"<article>{said}<p>{note}</p></article>", html)
    assert len(segmented.turns) == 3
    assert cleaned.text[segmented.turns[-1].start : segmented.turns[-1].end] == "Thanks."


def test_brackets_documents_and_what_is_told_of_the_speaker_between_labels_are_not_said():
    lines = [
        "SECRETARY VANCE: Good morning. We cut 300 posts.",
        "The Secretary then left the room for five minutes.",
        "QUESTION: Which ones?",
        "SECRETARY VANCE: Not mine.",
        "[It was hers in March. I asked her office about all 300.]",
        "And not yours.",
        "[The prepared statement of Secretary Vance follows:]",
        "The department has 4,000 posts.",
        "QUESTION: Thank you, Secretary Vance.",
        "SECRETARY VANCE: Thank you.",
    ]
    heard = spoken_of(*cut("\n".join(lines)))
    assert heard == {
        "Vance": "Good morning. We cut 300 posts. Not mine. And not yours. Thank you.",
        "QUESTION": "Which ones? Thank you, Secretary Vance.",
    }


def test_a_heading_over_notes_ends_what_is_said():
    said = "<p><b>Anchor:</b> Is it full?</p><p><b>Premier Lotte Aasen:</b> It is. We look every week.</p>"
    body = f"<article>{said}<p><b>Anchor:</b> Thanks.</p><h3>Notes</h3><p>1. The level was 58 percent.</p></article>"
    assert spoken_of(*cut(body, html))["Anchor"] == "Is it full? Thanks."


def test_a_letter_read_out_in_italics_and_a_speakers_own_correction_are_said():
    read = "<p><i>“Dear mother, we crossed the river with 30 men.”</i></p>"
    body = f"<article><p><b>Governor Ann Tellman:</b> His letter:</p>{read}<p>Correction: we think it was 33 men.</p>"
    body += "<p><b>Reverend Paul Oakes:</b> Amen to that.</p><p><b>Governor Ann Tellman:</b> I thank you.</p></article>"
    heard = spoken_of(*cut(body, html))
    assert heard["Ann Tellman"].count("men") == 2


def test_an_entry_of_a_live_blog_quotes_in_one_paragraph_and_goes_on_to_tell():
    page = "<html><body><main><h1>Budget day live</h1>" + "".join(
        f"<div class='entry'><p>{at}</p><p><b>{who}:</b> {words}</p><p>{told}</p></div>"
        for at, who, words, told in (
            ("15:20", "Rowena Pike", "The threshold will rise to 13,000.", "That is 430 crowns more. Our editor has counted."),
            ("15:05", "Leader of the Opposition Gareth Flint", "This is a budget for nobody.", "He was heckled."),
            ("14:41", "Rowena Pike", "Growth will be 1.4 percent, I promise you.", "The forecasters say 1.1."),
        )
    )
    cleaned, segmented = cut(page + "</main></body></html>", html)
    spoken = [words for _, words in said(cleaned, segmented)]
    assert len(spoken) == 3
    assert not any("430" in words or "heckled" in words or "1.1" in words for words in spoken)


def test_a_long_bracket_in_which_nobody_speaks_is_the_pages_and_one_in_which_somebody_does_is_speech():
    body = (
        "Anna Berg: Good afternoon. We begin.\n\n"
        "(Anna Berg went on to report on a leasing programme for passenger ships, including in the north, and on the ferries of the"
        " outer isles, which are to be replaced by 2030.)\n\n"
        "Thank you.\n\nPeter Holt: Thank you, Anna.\n\n"
        "(And let me add in passing what I told you in May: that we had counted these ships twice, and that nobody in my own house"
        " had noticed it before the auditors came.)\n\nAnna Berg: Thank you.\n"
    )
    cleaned, segmented = cut(body)
    spoken = " ".join(words for _, words in said(cleaned, segmented))
    assert "leasing programme" not in spoken
    assert "counted these ships twice" in spoken
    check_promises(cleaned, segmented)


def test_what_a_writer_tells_of_the_speaker_between_the_turns_is_his_only_where_he_remarks_elsewhere():
    told = "Salvi's answer shows that another seller was found.\n\n"
    talk = "Dmitar Korvan: We came.\n\n{remark}Enzo Salvi: I heard it.\n\n" + told + "Dmitar Korvan: Well.\n\nEnzo Salvi: Yes.\n"
    for remark, is_his in (("[My comment: he came late.]\n\n", True), ("", False)):
        cleaned, segmented = cut(talk.format(remark=remark))
        assert (zone_of(cleaned, segmented, "Salvi's answer") == "commentary") == is_his


def test_quotations_between_the_turns_of_a_markdown_page_are_not_the_speakers():
    cleaned, segmented = cut(
        "**Anna Berg:** Good morning.\n\n> The contract was signed in 2019.\n\n**Peter Holt:** Good morning, Anna.\n\n"
        "**Anna Berg:** We begin.\n",
        markdown,
    )
    assert zone_of(cleaned, segmented, "The contract was") == "commentary"


@pytest.mark.parametrize(
    "line",
    [
        "The following question was raised after the talks: It was reported that two ships collided. What is your comment?",
        "NB: the deal has not been ratified by four of the members.",
        "*This letter is brought to you by Nordquay Storage: your boxes, our sheds.*",
        "IN THE CHAIR: Mr OTTO LUND",
    ],
)
def test_a_line_of_the_page_between_the_turns_is_in_no_turn(line):
    cleaned, segmented = cut(f"Anna Berg: Good morning.\n\n{line}\n\nPeter Holt: Good morning, Anna.\n\nAnna Berg: We begin.\n")
    assert zone_of(cleaned, segmented, line[:20]) in ("commentary", "boilerplate")


@pytest.mark.parametrize(
    "tail",
    [
        "Публикация\n\nСтатус материала\n\nДата публикации: 14 мая 2025 года",
        "Translation: Lake Monitor, with machine help.",
        "Show notes\n\nThe bus plan: see the city's page",
        "My opinion: this was the best talk of the year.\n\nViktor",
        "The panel was recorded in the town hall.",
        "You get this letter because you signed up at letter.example.",
    ],
)
def test_what_stands_below_the_last_turn_is_not_the_last_ones(tail):
    cleaned, segmented = cut(f"Anna Berg: Good morning.\n\nPeter Holt: Good morning, Anna.\n\nAnna Berg: We begin.\n\n{tail}\n")
    last = said(cleaned, segmented)[-1][1]
    assert last.startswith("We begin.")
    assert tail.split("\n")[-1] not in last


def test_a_numbered_head_after_the_numbered_head_of_the_conversation_opens_another_part():
    cleaned, segmented = cut(
        "**1. News**\n\nA ship came in.\n\n**2. Two questions for Anna Berg**\n\nQuay: How deep is it?\n\n"
        "Berg: Sixteen metres, I think.\n\nQuay: Who paid?\n\nBerg: We did.\n\n**3. Crossword**\n\nA knot of seven letters.\n",
        markdown,
    )
    assert said(cleaned, segmented)[-1] == ("Berg", "We did.")


def test_a_page_beside_its_list_of_names_and_words_is_in_no_turn():
    cleaned, segmented = cut(
        "<html><body><main><h1>Debate</h1><dl><dt>Host</dt><dd>Ms. Rade?</dd><dt>Silvia Rade</dt><dd>I will build it.</dd>"
        "<dt>Bo Tanner</dt><dd>You will not.</dd><dt>Silvia Rade</dt><dd>I shall, Bo.</dd><dt>Host</dt><dd>Thank you.</dd>"
        "<dt>Bo Tanner</dt><dd>Thank you.</dd></dl><p>Rade leads in the polls with 44 percent.</p></main></body></html>",
        html,
    )
    assert len(segmented.turns) == 6
    assert zone_of(cleaned, segmented, "Rade leads") != "transcript"


def test_the_records_own_words_inside_a_turn_are_not_speech():
    cleaned, segmented = cut(
        "Mr. Holt: I beg to move.\n\nTHE HARBOURS BILL\n\nIt costs 12 million.\n\n"
        "Ms. Berg: I support it. [The Deputy Speaker (Mr. Lund) took the Chair]\n\n"
        "Mr. Holt: Time is up. The House rose at 6.30 p.m.\n\nMs. Berg: I heard that the House adjourned at six.\n"
    )
    spoken = spoken_of(cleaned, segmented)
    words = " ".join(cleaned.text[s.start : s.end] for s in segmented.sentences if s.is_speech)
    assert spoken
    assert "HARBOURS" not in words and "took the Chair" not in words and "The House rose" not in words
    assert "12 million" in words and "the House adjourned at six" in words


def test_a_heckle_by_a_member_whose_seat_is_told_is_not_the_speakers():
    cleaned, segmented = cut(
        "Präsidentin Dr. Vera Holm:\n  Die Sitzung ist eröffnet.\nIvo Kern (SPD):\n  Frau Präsidentin! Wir bauten 40 Brücken.\n"
        "(Otto Lund [Hafen] [FDP]: Das waren nur drei!)\n  Es waren 40.\n(Ada Stein [SPD], an Otto Lund gewandt: Ruhe!)\n"
        "Präsidentin Dr. Vera Holm:\n  Ich schließe die Sitzung.\nIvo Kern (SPD):\n  Danke.\nPräsidentin Dr. Vera Holm:\n  Bitte.\n"
    )
    words = " ".join(cleaned.text[s.start : s.end] for s in segmented.sentences if s.is_speech)
    assert "nur drei" not in words and "Ruhe" not in words
    assert "Es waren 40" in words


def test_a_writer_who_says_that_he_is_there_is_told_from_the_last_speaker():
    talk = "Belov: I said so in 2023.{mark}\n\nReporter: Why?\n\nBelov: Because people asked for it.\n\n"
    talk += "Only 190,000 did, and Belov knows it.\n\nReporter: So they did not?\n\nBelov: They did, I tell you.\n\n"
    talk += "You could hear a pin drop. Belov smiled and left. I have covered five presidents.\n"
    cleaned, segmented = cut(talk.format(mark=" [emphasis mine]"))
    for words in ("Only 190,000", "You could hear"):
        assert zone_of(cleaned, segmented, words) == "commentary"
    cleaned, segmented = cut(talk.format(mark=""))
    assert zone_of(cleaned, segmented, "Only 190,000") == "transcript"  # nothing shows that anybody remarks here


@pytest.mark.parametrize(
    "line",
    [
        "Several hon. Members rose—",
        "House adjourned.",
        "The meeting continued behind closed doors.",
        "MR DENIS ALBURY (sworn)",
        "Ada Lund with workers of the shipyard. Photo: Press office",
    ],
)
def test_a_line_of_the_record_is_in_no_turn_even_after_the_last_label(line):
    cleaned, segmented = cut(f"Ms Holt: We begin.\n\nMr Lund: I agree.\n\nMs Holt: Order.\n\nMr Lund: Yes.\n\n{line}\n")
    assert zone_of(cleaned, segmented, line) != "transcript"


def test_what_the_page_tells_of_a_head_of_state_is_not_his_and_another_may_tell_it():
    talk = "President of Novia Pavel Horak: How many work here?\n\nIvo Kern: Some 3,400.\n\n{label}: Very good.\n\n"
    talk += "Next, the President took a look at the dry dock.\n\nIvo Kern: Goodbye.\n"
    cleaned, segmented = cut(talk.format(label="Pavel Horak"))
    assert zone_of(cleaned, segmented, "Next, the President") == "commentary"
    cleaned, segmented = cut(talk.format(label="Ada Lund"))
    assert zone_of(cleaned, segmented, "Next, the President") == "transcript"


def test_the_number_of_a_question_is_nobodys_word():
    lines = ["Q1 Chair: We begin.", "Mr Lund: I agree.", "Q2 Bob Tern: And then?", "Mr Lund: We end.", "Chair: Yes."]
    cleaned, segmented = cut("\n\n".join(lines))
    assert [words for _, words in said(cleaned, segmented)] == ["We begin.", "I agree.", "And then?", "We end.", "Yes."]
