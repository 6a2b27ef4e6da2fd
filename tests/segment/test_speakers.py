"""If these fail, words stand in the wrong mouth, or a doubt is silently taken for certainty."""

from __future__ import annotations

import datetime as dt

import pytest

from flows.clean.cleaned import Cleaned, Hints, Voice
from flows.people.people import People
from flows.segment.answers import link
from flows.segment.segmented import TurnSpan
from flows.segment.speakers import attribute

DAY = dt.date(2025, 3, 13)


@pytest.fixture(scope="session")
def people() -> People:
    return People.load()


def turns_of(script: list[tuple[str | None, str]], people: People, day: dt.date | None = DAY, **known: str) -> list[TurnSpan]:
    """The turns of a script of (label, words), attributed."""
    text, turns = known.pop("header", "") + "\n", []
    for label, words in script:
        start = len(text)
        text += f"{label}: " if label else ""
        turns.append(TurnSpan(len(text), len(text) + len(words), 0, 0, label, start, start + len(label or "")))
        text += words + "\n"
    cleaned = Cleaned(text, [], "text", title=known.pop("title", None), url=known.get("url"))
    attribute(cleaned, turns, Hints(known.pop("origin", "talks.txt"), **known), people, day)
    link(turns)
    return turns


def test_a_title_that_another_held_that_day_is_noticed(people: People) -> None:
    first, second = turns_of(
        [("President of Russia Vladimir Putin", "Welcome."), ("President of Russia Alexander Lukashenko", "Thank you.")], people
    )
    assert (first.speaker_id, first.role, first.doubt) == ("Q7747", "President of Russia", None)
    assert (second.speaker_id, second.role) == ("Q2866", "President of Belarus")
    assert "Vladimir Putin" in (second.doubt or "")


def test_the_name_that_a_journalist_gives_beats_the_label_and_says_so(people: People) -> None:
    script = [
        ("Viktor Lesnov", "Good evening. Vera Lesnova, Second Channel. Will tariffs fall?"),
        ("Vladimir Putin", "They will."),
        ("Viktor Lesnov", "By how much?"),
    ]
    first, answer, again = turns_of(script, people, header="The presidents took questions from the media.")
    assert (first.speaker_name, first.organisation) == ("Vera Lesnova", "Second Channel")
    assert first.attribution == "self_introduction"
    assert "Viktor Lesnov" in (first.doubt or "")
    assert first.speaker_id == again.speaker_id is not None
    assert answer.answers == 0


def test_another_of_that_surname_with_another_title_is_not_taken_for_the_one_with_the_labels_title(people: People) -> None:
    script = [
        ("THE PRESIDENT", "Thank you, Dr. Vera Lesnova. Administrator, the floor is yours."),
        ("ADMINISTRATOR LESNOVA", "I thank you."),
    ]
    (_, alone) = turns_of(script, people)
    assert alone.speaker_name == "Lesnova"
    assert "another title" in (alone.doubt or "")
    script[0] = ("THE PRESIDENT", script[0][1] + " Our Administrator, Ada Lesnova, is here.")
    (_, named) = turns_of(script, people)
    assert named.speaker_name == "Ada Lesnova"


def test_two_of_one_surname_are_not_chosen_between(people: People) -> None:
    script = [("Karl Holm", "Yes."), ("Peter Holm", "No."), ("Mr. Holm", "Perhaps.")]
    turns = turns_of(script, people)
    assert turns[2].speaker_id is None
    assert "shared" in (turns[2].doubt or "")


def test_the_president_is_who_held_the_office_on_that_day(people: People) -> None:
    address = "https://www.whitehouse.gov/briefing-room/x"
    before, after = (
        turns_of([("THE PRESIDENT", "Hello."), ("Q", "Sir, why?")], people, day, url=address)[0]
        for day in (dt.date(2022, 5, 1), dt.date(2025, 5, 1))
    )
    assert (before.speaker_name, before.speaker_id) == ("Joe Biden", "Q6279")
    assert (after.speaker_name, after.speaker_id) == ("Donald Trump", "Q22686")
    assert turns_of([("THE PRESIDENT", "Hello.")], people, DAY)[0].speaker_id is None


def test_a_page_without_labels_is_the_persons_whom_its_title_names(people: People) -> None:
    turn = turns_of([(None, "My fellow citizens.")], people, dt.date(2022, 5, 1), title="Remarks by President Biden on Roads")[0]
    assert (turn.speaker_name, turn.speaker_id, turn.evidence) == ("Joe Biden", "Q6279", "title")


def test_a_caller_names_the_unnamed_and_the_doubt_says_so(people: People) -> None:
    script = [("MODERATOR", "Next, we’ll go to Vera Lesnova of the Daily."), ("Q", "Thank you. When?"), ("Q", "And where?")]
    _, named, unnamed = turns_of(script, people)
    assert (named.speaker_name, named.attribution, named.speaker_kind) == ("Vera Lesnova", "addressed", "journalist")
    assert named.doubt
    assert unnamed.speaker_id is None


def test_an_office_with_a_surname_is_its_holder_not_a_namesake_in_the_text(people: People) -> None:
    script = [("PRESIDENT TRUMP", "Ivanka Trump is here."), ("MS. TRUMP", "Thank you.")]
    president, daughter = turns_of(script, people, dt.date(2017, 6, 13), url="https://www.whitehouse.gov/x")
    assert president.speaker_id == "Q22686"
    assert daughter.speaker_name == "Ivanka Trump"


def test_a_surname_is_one_member_of_the_chamber_of_that_day_or_nobody(people: People) -> None:
    senate = turns_of([("Mr. LEVIN", "I rise.")], people, dt.date(2005, 7, 20), origin="CREC-2005-07-20-pt1-PgS1.htm")[0]
    house = turns_of([("Mr. LEVIN", "I rise.")], people, dt.date(2005, 7, 20), origin="CREC-2005-07-20-pt1-PgH1.htm")[0]
    smith = turns_of([("Mr. SMITH", "I rise.")], people, dt.date(2005, 7, 20), origin="CREC-2005-07-20-pt1-PgH1.htm")[0]
    assert (senate.speaker_name, house.speaker_name) == ("Carl Levin", "Sander Levin")
    assert smith.speaker_id and smith.speaker_id.startswith("person-")
    assert "shared" in (smith.doubt or "")


def test_a_president_is_nobody_when_day_and_publication_speak_for_two(people: People) -> None:
    text = "THE PRESIDENT: Hello."
    turn = TurnSpan(15, 21, 0, 0, "THE PRESIDENT", 0, 13)
    cleaned = Cleaned(text, [], "markdown", url="https://www.whitehouse.gov/x", published_on=dt.date(2023, 9, 10))
    attribute(cleaned, [turn], Hints("x.md"), people, dt.date(2001, 9, 11))
    assert turn.speaker_id is None


def test_a_journalists_own_words_are_no_name(people: People) -> None:
    script = [("Q", "On India, I have another question."), ("Q", "Thanks. Anna Berg, the sprinter, has been suspended.")]
    assert [turn.speaker_name for turn in turns_of(script, people)] == [None, None]


def test_one_name_in_two_sources_is_two_persons_and_in_one_source_one(people: People) -> None:
    def speaker(source: str, origin: str) -> str | None:
        return turns_of([("Vera Lesnova", "Hello.")], people, source=source, origin=origin)[0].speaker_id

    assert speaker("one", "a") == speaker("one", "b") != speaker("two", "a")


@pytest.mark.parametrize(
    "opening",
    [
        "Ada Stone, the Republican Leader, still in Bergen, said many things. Do you agree?",
        "Merry Christmas, Karl. Will tariffs fall?",
        "Build Bridges Faster, Karl. Will it pass?",
        "Past September 1st. Will it pass?",
        "Anna Berg of Italy. Will she come?",
    ],
)
def test_who_or_what_a_question_opens_with_does_not_ask_it(people: People, opening: str) -> None:
    asked, _ = turns_of([("Q", opening), ("MR. HOLM", "It will.")], people, header="Press briefing")
    assert (asked.speaker_id, asked.speaker_name) == (None, None)


def test_who_asks_holds_no_office_though_somebody_in_office_has_the_name(people: People) -> None:
    asked, _ = turns_of([("Q", "Thank you. Joe Biden with the Karsovar Courier. Will it rain?"), ("MR. HOLM", "No.")], people)
    assert (asked.speaker_name, asked.speaker_kind) == ("Joe Biden", "journalist")
    assert asked.speaker_id != "Q6279"
    assert "in office" in (asked.doubt or "")


def test_one_to_whom_a_question_is_handed_is_not_the_next_to_ask(people: People) -> None:
    script = [("MS. LUND", "I will turn that over to Karl Holm."), ("Q", "Before that: is it true?"), ("MR. HOLM", "It is.")]
    assert turns_of(script, people)[1].speaker_name is None
    script[0] = ("MS. LUND", "That is a question for House Republicans to answer.")
    assert turns_of(script, people)[1].speaker_name is None


def test_an_aide_who_says_a_name_calls_on_somebody(people: People) -> None:
    aide, _ = turns_of([("NOVIAN AIDE", "Vera Lesnova, Second Channel."), ("Q", "Madam Vice President, will it last?")], people)
    assert aide.speaker_name is None


def test_husband_and_wife_are_two(people: People) -> None:
    president, wife = turns_of([("PRESIDENT HOLM", "Welcome."), ("MRS. HOLM", "Do come in.")], people, day=None)
    assert president.speaker_id != wife.speaker_id
    one, same = turns_of([("ADMINISTRATOR HOLM", "Welcome."), ("MS. HOLM", "Do come in.")], people, day=None)
    assert one.speaker_id == same.speaker_id is not None


def test_an_office_holds_for_the_labels_after_the_first(people: People) -> None:
    script = [("Head of Rivnet Ivan Lesnov", "Welcome."), ("Anna Berg, Second Channel", "Thank you."), ("Ivan Lesnov", "Please.")]
    first, _, again = turns_of(script, people)
    assert first.role == again.role == "Head of Rivnet"
    (titled, *_) = turns_of([("Ivan Lesnov", "Welcome.")], people, title="Meeting with Head of Rivnet Ivan Lesnov")
    assert titled.role == "Head of Rivnet"


def test_initials_at_the_house_are_those_of_who_holds_office_there(people: People) -> None:
    url = "http://kremlin.ru/events/president/transcripts/1"
    president, premier = turns_of([("Д.Медведев", "Прошу."), ("В.Путин", "Спасибо.")], people, day=dt.date(2010, 12, 20), url=url)
    assert (president.speaker_id, premier.speaker_id) == ("Q23530", "Q7747")


def test_the_holder_of_an_office_in_another_spelling_is_the_holder(people: People) -> None:
    (guest,) = turns_of([("President of Egypt Mohammed Morsi", "Thank you.")], people, day=dt.date(2013, 4, 19))
    assert (guest.speaker_id, guest.doubt) == ("Q4631", None)


def test_a_name_that_one_label_gives_does_not_part_the_publishers_id_in_two(people: People) -> None:
    text = "Vladimir Putin: Welcome.\nAgain.\n"
    turns = [TurnSpan(16, 24, 0, 0, "Vladimir Putin", 0, 14, voice=0), TurnSpan(25, 31, 1, 1, voice=1)]
    voices = [Voice(label="Vladimir Putin", person="publisher:7"), Voice(label="PutinV", person="publisher:7")]
    cleaned = Cleaned(text, [], "tei", voices=voices, url="http://kremlin.ru/1")
    attribute(cleaned, turns, Hints("sitting.xml"), people, DAY)
    assert [turn.speaker_id for turn in turns] == ["publisher:7", "publisher:7"]
    assert [turn.speaker_name for turn in turns] == ["Vladimir Putin", "Vladimir Putin"]


@pytest.mark.parametrize("label", ["Vl\u0430dimir Putin", "Presid\u0435nt of Russia Vladimir Putin", "President Put\u0456n"])
def test_a_label_with_letters_of_two_alphabets_is_never_silently_somebodys(people: People, label: str) -> None:
    """Mostly a slip of the keyboard; it is also how a page would have a name that only looks like somebody's."""
    first, second = turns_of([("Vladimir Putin", "We have 12."), (label, "We have 13.")], people)
    assert (first.speaker_id, first.doubt) == ("Q7747", None)
    assert "two alphabets" in (second.doubt or "")


def test_marks_that_nobody_sees_are_no_part_of_a_name(people: People) -> None:
    """A name that turns the direction of writing turns that of the report, too."""
    first, second = turns_of([("Karl Holm", "Yes."), ("\u202eKarl\u200b Holm\u202c", "No.")], people)
    assert (first.speaker_id, second.speaker_name) == (second.speaker_id, "Karl Holm")


def test_the_chair_is_whom_an_earlier_label_named_while_it_names_one_only(people: People) -> None:
    script = [
        ("The Speaker", "Order."),
        ("The Speaker (Ms Agatha Brandt)", "I call Mr Lund."),
        ("Mr Lund", "Thank you."),
        ("The Speaker", "Order, order."),
    ]
    before, named, _, after = turns_of(script, people)
    assert (before.speaker_id, before.doubt) == (None, "who held the office is not known here")
    assert after.speaker_id == named.speaker_id is not None
    assert (named.speaker_name, named.speaker_kind) == ("Agatha Brandt", "official")
    *_, last = turns_of([*script, ("The Speaker (Mr Bo Nyberg)", "I take the chair."), ("The Speaker", "Order.")], people)
    assert last.speaker_id is None
    *_, unread = turns_of([*script[:2], ("The Speaker (Mr. ole N)", "I am."), ("The Speaker", "Order.")], people)
    assert unread.speaker_id is None


def test_of_two_with_one_surname_the_honorific_of_a_label_or_of_the_introduction_decides(people: People) -> None:
    script = [("Mr Peter Hollis", "I have it."), ("Ms Dora Hollis", "And I."), ("Mr Hollis", "So I said."), ("Hollis", "When?")]
    peter, _, again, nobody = turns_of(script, people)
    assert again.speaker_id == peter.speaker_id is not None
    assert nobody.speaker_id is None and nobody.doubt
    header = "Joint interview with Mr. Carl Oster and Mrs. Ada Oster"
    his, hers = turns_of([("MR. OSTER", "We met in May."), ("MRS. OSTER", "In June.")], people, header=header)
    assert (his.speaker_name, hers.speaker_name) == ("Carl Oster", "Ada Oster")


def test_a_senator_of_a_place_that_is_not_known_is_no_member_of_a_house_that_is(people: People) -> None:
    day = dt.date(2024, 4, 16)
    script = [("SENATOR DE LA CRUZ", "Without objection."), ("Senator Warren", "I agree."), ("Minister Petrov", "So do we.")]
    assert all(turn.doubt == "surname only" for turn in turns_of(script, people, day))
    url = "https://www.congress.gov/congressional-record/2024/04/16/x"
    senator, member = turns_of([("Senator DE LA CRUZ", "Yes."), ("Representative DE LA CRUZ", "Yes.")], people, day, url=url)
    assert senator.speaker_name == "De La Cruz" and senator.doubt
    assert (member.speaker_name, member.doubt) == ("Monica De La Cruz", None)


def test_surnames_with_particles_are_surnames(people: People) -> None:
    full, short, shouted, saint = turns_of(
        [
            ("Yulia van der Stegen (Minister for Water)", "The water rose."),
            ("van der Stegen", "It fell."),
            ("VAN DER STEGEN", "It stands."),
            ("SENATOR ST. JOHN", "I see."),
        ],
        people,
    )
    assert full.speaker_id == short.speaker_id == shouted.speaker_id
    assert (full.role, full.speaker_kind, short.role) == ("Minister for Water", "official", "Minister for Water")
    assert (saint.speaker_name, saint.doubt) == ("St. John", "surname only")


def test_who_asks_and_for_whom_stands_in_brackets(people: People) -> None:
    named, medium, manner, both, after = turns_of(
        [
            ("Q (Paul Ricker, Lakeside Herald)", "When?"),
            ("Journalist (Karso Times)", "Why?"),
            ("Question (as translated)", "How?"),
            ("Question (as translated) (Aidar Seit, Tarsk TV)", "How long?"),
            ("Paul Ricker (Lakeside Herald)", "And then?"),
        ],
        people,
    )
    assert (named.speaker_name, named.organisation, named.speaker_kind) == ("Paul Ricker", "Lakeside Herald", "journalist")
    assert (medium.speaker_id, medium.organisation, medium.doubt) == (None, "Karso Times", "the label names a medium")
    assert (manner.speaker_id, manner.organisation, manner.speaker_kind) == (None, None, "journalist")
    assert (both.speaker_name, both.organisation) == ("Aidar Seit", "Tarsk TV")
    assert (after.speaker_id, after.speaker_kind) == (named.speaker_id, "journalist")


def test_initials_stand_for_the_one_who_is_labelled_in_full(people: People) -> None:
    script = [("Margaret Ashdown-Pell", "I am here."), ("Rajiv Menon", "So am I."), ("MAP", "Good."), ("RM", "Good.")]
    one, other, first, second = turns_of(script, people)
    assert (first.speaker_id, second.speaker_id) == (one.speaker_id, other.speaker_id)
    *_, nobodys = turns_of([("Rajiv Menon", "I am."), ("Ruth Marsh", "I am."), ("RM", "Who?")], people)
    assert nobodys.speaker_id not in (None, one.speaker_id, other.speaker_id) and nobodys.doubt


def test_a_place_in_an_office_is_no_given_name(people: People) -> None:
    first, again = turns_of([("PRESIDENT OF TARSK OTUNBEK", "Welcome."), ("PRESIDENT OTUNBEK", "Thank you.")], people)
    assert (first.speaker_name, first.doubt) == ("Otunbek", "surname only")
    assert first.speaker_id == again.speaker_id
    ministra, *_ = turns_of([("SRA. MINISTRA", "Buenos días.")], people, header="RUEDA DE PRENSA DE LA MINISTRA DE HACIENDA")
    assert (ministra.speaker_id, ministra.role) == (None, "Ministra")


def test_a_chinese_reporter_is_a_paper_and_a_time_is_no_part_of_a_name(people: People) -> None:
    asker, timed, clerk = turns_of(
        [("湖畔通讯社记者", "请问？"), ("Sela Tamm  0:15", "I was 17 then."), ("City Clerk", "Roll call.")], people
    )
    assert (asker.speaker_id, asker.organisation, asker.speaker_kind) == (None, "湖畔通讯社", "journalist")
    assert timed.speaker_name == "Sela Tamm"
    assert (clerk.speaker_id, clerk.role) == (None, "City Clerk")


def test_an_initial_and_a_surname_are_the_surname_alone_later(people: People) -> None:
    first, again, other = turns_of([("А.Светлова", "Да."), ("Светлова", "Нет."), ("MR. SVETLOVA", "No.")], people)
    assert first.speaker_id == again.speaker_id
    assert other.speaker_id != first.speaker_id


def test_two_of_one_surname_from_two_places_are_two_and_the_surname_alone_is_neither(people: People) -> None:
    tarsk, hollow, again, either = turns_of(
        [
            ("Mr. Lund of Tarsk", "I have 3 questions."),
            ("Mr. Lund of Hollow", "Will the gentleman yield?"),
            ("Mr. Lund of Tarsk", "I yield."),
            ("Mr. Lund", "So do I."),
        ],
        people,
    )
    assert tarsk.speaker_id == again.speaker_id is not None
    assert hollow.speaker_id not in (None, tarsk.speaker_id)
    assert either.speaker_id is None and "Hollow" in either.doubt.title()
    one, same = turns_of([("Mr Holt (Dunmere)", "Yes."), ("Mr Holt (Minister for Rivers)", "No.")], people)
    assert one.speaker_id == same.speaker_id


def test_apostrophes_and_highnesses_belong_to_names_and_titles(people: People) -> None:
    darcy, aldo, moderator, again = turns_of(
        [
            ("Mr. Jean-Luc d'Arcy (Friends of the Lake)", "We counted 300 birds."),
            ("H.R.H. Prince Aldo of Velmora", "I was glad."),
            ("Moderator (Tess de Vries)", "Thank you."),
            ("de Vries", "Thank you all."),
        ],
        people,
    )
    assert (darcy.speaker_name, darcy.role) == ("Jean-Luc d'Arcy", None)
    assert (aldo.speaker_name, aldo.role) == ("Aldo", "Prince of Velmora")
    assert moderator.speaker_id == again.speaker_id is not None


def test_a_particle_in_small_letters_after_an_honorific_belongs_to_the_surname(people: People) -> None:
    turns = turns_of([("Mr. arap KOROS", "Yes."), ("MR. LIMO", "No."), ("Mr. arap KOROS", "Why?")], people)
    assert [(turn.speaker_name, turn.role) for turn in turns] == [("arap Koros", None), ("Limo", None), ("arap Koros", None)]
    assert turns[0].speaker_id == turns[2].speaker_id is not None


def test_a_name_with_and_inside_is_a_name(people: People) -> None:
    first, second = turns_of([("Oriol Font i Serra", "Bon dia."), ("Marta Roca", "Gràcies.")], people)
    assert (first.speaker_name, first.doubt) == ("Oriol Font i Serra", None)
    assert first.speaker_id and first.speaker_id != second.speaker_id


def test_the_office_that_a_title_gives_one_of_two_is_not_the_others_nor_cut_within_a_word(people: People) -> None:
    title = "Gaggle by Deputy Spokesperson of the Ministry Ida Holm-Rask and Principal Deputy Security Advisor Jan Bergson"
    turns = turns_of([("MS. HOLM-RASK", "Hello."), ("MR. BERGSON", "Thank you.")], people, title=title)
    assert turns[1].role == "Principal Deputy Security Advisor"
    assert turns[0].role in ("Deputy Spokesperson of the Ministry", None)


def test_a_voice_without_the_publishers_id_is_the_one_whose_other_speeches_have_it(people: People) -> None:
    given = [("Jan Zapotok", "p:1", "Jan Zapotok"), ("Zapotok, Jan, chair", None, "Jan Zapotok"), ("Eva Lund", None, "Eva Lund")]
    voices = [Voice(label, person=person, name=name) for label, person, name in given]
    turns = [TurnSpan(i, i + 1, i, i, voice.label, voice=i) for i, voice in enumerate(voices)]
    attribute(Cleaned("abc", [], "tei", voices=voices), turns, Hints("sitting.xml"), people, DAY)
    assert turns[0].speaker_id == turns[1].speaker_id == "p:1" != turns[2].speaker_id


def test_of_two_of_a_surname_the_text_gives_the_labels_rank_to_one(people: People) -> None:
    header = "We honour General Carl Q. Ostrander, the son of Master Sergeant Robert E. Ostrander."
    turns = turns_of([("GENERAL OSTRANDER", "Thank you."), ("MS. LUND", "Welcome.")], people, header=header)
    assert (turns[0].speaker_name, turns[0].doubt) == ("Carl Q Ostrander", None)


def test_a_surname_is_the_one_full_name_that_ends_in_it_whatever_title_stands_before_either(people: People) -> None:
    labels = ["DR. ORLA WALINSKA", "MR. ZENTS", "DR. WALINSKA", "MS. ROOD", "WALINSKA"]
    turns = turns_of([(label, "Hello.") for label in labels], people)
    assert len({turns[i].speaker_id for i in (0, 2, 4)}) == 1
    assert [turns[i].doubt for i in (0, 2, 4)] == [None] * 3


def test_an_office_a_comma_and_a_name_are_the_office_and_its_holder(people: People) -> None:
    turns = turns_of([("MINISTRA DE SANIDAD, LUCÍA PEÑAL", "Buenos días."), ("Periodista", "¿Cuándo?")], people)
    assert (turns[0].speaker_name, turns[0].role) == ("Lucía Peñal", "Ministra De Sanidad")
    (turn,) = turns_of([("THE MINISTER FOR RESEARCH, SCIENCE AND TECHNOLOGY (Mr. Karan)", "Yes.")], people)
    assert turn.speaker_name == "Karan"
    (turn,) = turns_of([("Minister for Roads, Public Works", "Yes.")], people)
    assert turn.speaker_name is None


def test_a_turn_that_opens_with_anothers_name_is_doubtful_and_the_others_of_that_label_are_not(people: People) -> None:
    script = [
        ("Kira Rosen", "Good evening."),
        ("Kira Rosen", "Pavel Zakar, from Lake Radio."),
        ("Oto Lund", "Yes."),
        ("Kira Rosen", "Thanks."),
    ]
    turns = turns_of(script, people)
    assert [bool(turn.doubt) for turn in turns if turn.label == "Kira Rosen"] == [False, True, False]
    assert len({turn.speaker_id for turn in turns if turn.label == "Kira Rosen"}) == 1


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Pressekonferenz von Ministerpräsidentin Ute Sandberg", "Ministerpräsidentin"),
        ("Entrevista con la ministra Ute Sandberg", "ministra"),
        ("Meeting with Minister of Finance Ute Sandberg", "Minister of Finance"),
        ("Talks with Minister of Trade and Industry Ute Sandberg", "Minister of Trade and Industry"),
        ("Remarks by President Holm and Intertel CEO Ute Sandberg", "Intertel CEO"),
    ],
)
def test_an_event_before_an_office_is_no_part_of_it(people: People, title: str, role: str) -> None:
    turns = turns_of([("Ute Sandberg", "Hallo."), ("Jan Berglund", "Ja.")], people, title=title)
    assert turns[0].role == role


def test_a_medium_in_a_label_is_no_person(people: People) -> None:
    labels = ["CHANCELLOR BRANDIS", "AFP", "CHANCELLOR BRANDIS", "Küstenblatt"]
    turns = turns_of([(label, "Yes.") for label in labels], people)
    assert [(t.speaker_id, t.organisation, t.speaker_kind) for t in turns if t.label in ("AFP", "Küstenblatt")] == [
        (None, "AFP", "journalist"),
        (None, "Küstenblatt", "journalist"),
    ]


def test_an_office_cut_short_or_written_as_one_word_is_nobodys_given_name(people: People) -> None:
    script = [("Minister of Foreign Affairs Ilse Brandtner", "Hello."), ("FM Brandtner", "Piet?"), ("Ms Brandtner", "Two.")]
    turns = turns_of(script, people)
    assert {turn.speaker_name for turn in turns} == {"Ilse Brandtner"}
    asked = [("Frage", "Warum?"), ("Vaskova", "Weil wir zu teuer bauen.")]
    title, header = "Bauministerin Vaskova: „Wir bauen zu teuer“", "Bauministerin Jana Vaskova im Gespräch."
    _, answer = turns_of(asked, people, title=title, header=header)
    assert (answer.speaker_name, answer.doubt) == ("Jana Vaskova", None)
    (only,) = turns_of([("Bauministerin Vaskova", "Ja.")], people)
    assert (only.speaker_name, only.role) == ("Vaskova", "Bauministerin")


def test_the_one_in_the_chair_is_named_by_what_the_record_says_last(people: People) -> None:
    script = [
        ("Hon. Speaker", "Order! [The Deputy Speaker (Ms. Rita Solway) took the Chair]"),
        ("The Deputy Speaker", "Order! [The Deputy Speaker (Mr. Otto Lund) took the Chair]"),
        ("The Deputy Speaker", "We go on."),
    ]
    turns = turns_of(script, people, header="[The Speaker (Hon. Josefa Wendle) in the Chair]")
    assert [turn.speaker_name for turn in turns] == ["Josefa Wendle", "Rita Solway", "Otto Lund"]
    before, after = turns_of(
        [("President", "We begin.\nIN THE CHAIR: Mr TOMAS RICO\nVice-President"), ("President", "We resume.")],
        people,
        header="IN THE CHAIR: Ms HELGA VIRTA\nPresident",
    )
    assert (before.speaker_name, after.speaker_name) == ("Helga Virta", "Tomas Rico")


def test_who_was_in_the_chair_for_a_while_is_a_member_again(people: People) -> None:
    script = [("Mr. Kagwa", "I beg to support."), ("The Temporary Deputy Speaker (Mr. Kagwa)", "Order!"), ("Mrs. Ogo", "Sir,")]
    script += [("The Assistant Minister for Culture (Mrs. Ogo)", "I beg to reply.")]
    member, chair, minister, _ = turns_of(script, people)
    assert (member.role, chair.role) == (None, "The Temporary Deputy Speaker")
    assert minister.role == "The Assistant Minister for Culture"


def test_initials_stand_for_the_name_beside_which_the_page_puts_them_and_for_nobody_called_so(people: People) -> None:
    script = [("JB", "Is it a good deal?"), ("MK", "It is better than 30.")]
    turns = turns_of(script, people, header="Commissioner Marek Kosc (MK) spoke with our editor Jola Bertin (JB).")
    assert [turn.speaker_name for turn in turns] == ["Jola Bertin", "Marek Kosc"]
    untold = turns_of(script, people)
    assert [(turn.speaker_name, turn.doubt) for turn in untold] == [("JB", "initials only"), ("MK", "initials only")]
    assert untold[0].speaker_id != untold[1].speaker_id


def test_the_one_moderator_whom_a_label_names_is_the_moderator_of_the_others(people: People) -> None:
    script = [("Moderator (Ana Reis, Lunden Business Daily)", "Welcome."), ("Holt", "Hello."), ("Moderator", "Who pays?")]
    first, _, again = turns_of(script, people)
    assert first.speaker_id == again.speaker_id is not None
    assert again.doubt
    two = turns_of([*script, ("Moderator (Ivo Kern, Lake Radio)", "And I?"), ("Moderator", "Well?")], people)
    assert two[-1].speaker_name is None


def test_the_chair_is_the_one_beside_whom_the_list_of_members_puts_the_office(people: People) -> None:
    script = [("Chair", "Good morning."), ("Bob Tern", "Nine?"), ("Chair", "Thank you.")]
    first, _, again = turns_of(script, people, header="Members present: Janet Holt (Chair); Bob Tern; Ruth Olney.")
    assert first.speaker_name == again.speaker_name == "Janet Holt"
    (nobody, *_) = turns_of(script, people, header="Members present: Janet Holt (Chair); Otto Lund (Chair); Bob Tern.")
    assert nobody.speaker_name is None


def test_a_role_that_ends_in_a_common_noun_leaves_both_names(people: People) -> None:
    (turn,) = turns_of([("Director of the shipyard Boris Gusin", "We built nine.")], people)
    assert (turn.speaker_name, turn.role) == ("Boris Gusin", "Director of the shipyard")
