"""If these fail, two people of one name become one, or one person's spellings become two."""

from __future__ import annotations

import datetime as dt
import json
import pickle
from pathlib import Path

import pytest

from flows.people.inputs import PeopleError
from flows.people.labels import parse
from flows.people.names import fold, loose, may_be_short_for, tidy
from flows.people.people import FOLDER, People, open_csv


@pytest.fixture(scope="session")
def people() -> People:
    return People.load()


@pytest.mark.parametrize(
    "spelling", ["Alexander Lukashenko", "Alyaksandr Lukashenka", "Aleksandr Grigoryevich Lukashenko", "Александр Лукашенко"]
)
def test_spellings_of_one_person_meet(people: People, spelling: str) -> None:
    found = people.named(spelling) or people.named_loosely(spelling)
    assert [p.id for p in found] == ["Q2866"]


def test_the_first_question_for_a_surname_is_answered_as_every_later_one() -> None:
    """The index is made at the first question; once that question's own surname was lost in the making."""
    fresh = People.load()
    first = [person.id for person in fresh.with_family_name("Lukashenko")]
    assert "Q2866" in first
    assert first == [person.id for person in fresh.with_family_name("Lukashenko")]


def test_a_middle_initial_hides_nobody(people: People) -> None:
    assert [p.id for p in people.named("Bill J Clinton")] == [p.id for p in people.named("Bill Clinton")] != []


def test_two_people_of_one_name_stay_two(people: People) -> None:
    """Father and son held the same seat: the name alone names nobody, the day does."""
    found = people.named("Duncan Hunter")
    assert len(found) == 2
    sitting = [p.id for p in found if people.offices(p.id, dt.date(2005, 7, 20))]
    assert len(sitting) == 1


def test_an_office_has_the_holder_of_the_day_and_none_after_knowledge_ends(people: People) -> None:
    def president(country: str, day: dt.date) -> list[str]:
        return [people.persons[m.person_id].name for m in people.holders(country, "head_of_state", day)]

    assert president("US", dt.date(2009, 1, 19)) == ["George W. Bush"]
    assert president("US", dt.date(2009, 1, 21)) == ["Barack Obama"]
    assert president("BY", dt.date(2025, 3, 13)) == ["Alexander Lukashenko"]
    assert president("BY", dt.date(2031, 3, 13)) == []


def test_folding_ignores_writing_and_keeps_names_apart() -> None:
    assert fold("Nanette BARRAGÁN") == fold("Nanette Barragan")
    assert loose(fold("Wladimir Putin")) == loose(fold("Vladimir Putin"))
    assert loose(fold("Sergei Ivanov")) != loose(fold("Sergei Ivanenko"))
    assert loose(fold("Iouri Ouchakov")) == loose(fold("Yury Ushakov")) == loose(fold("Юрий Ушаков"))
    assert may_be_short_for("jeff", "jeffrey") and not may_be_short_for("anna", "natalia")
    assert tidy("MITCH McCONNELL") == "Mitch McConnell"
    assert tidy("MJ Lee") == "MJ Lee"
    assert tidy("ABDULLAH II") == "Abdullah II"


@pytest.mark.parametrize(
    ("label", "role", "area", "name"),
    [
        ("President of Russia Vladimir Putin:", "President of Russia", "RU", "Vladimir Putin"),
        ("Minister of Roads and Bridges Anna Berg", "Minister of Roads and Bridges", "", "Anna Berg"),
        ("Head of the German Export Centre Ivan Lesnov", "Head of the German Export Centre", "DE", "Ivan Lesnov"),
        ("Example Corporation CEO Ivan Lesnov", "Example Corporation CEO", "", "Ivan Lesnov"),
        ("Crown Prince Omar bin Sultan", "Crown Prince", "", "Omar bin Sultan"),
        ("THE PRESIDENT", "The President", "", ""),
        ("The Secretary for Rivers and Northern Affairs", "The Secretary for Rivers and Northern Affairs", "", ""),
        ("THE TEMPORARY DEPUTY SPEAKER (Mr. Holm)", "The Temporary Deputy Speaker", "", ""),
        ("ASSISTANT MINISTER", "Assistant Minister", "", ""),
        ("Prime Minister Hun Sen", "Prime Minister", "", "Hun Sen"),
        ("President of the Academy of Sciences Ivan Lesnov", "President of the Academy of Sciences", "", "Ivan Lesnov"),
        ("Director of the River theatre Gennady Lesnov", "Director of the River theatre", "", "Gennady Lesnov"),
        ("River teacher Anna Berg, host", "River teacher", "", "Anna Berg"),
        ("Flood Defence, Rivers and Lakes Minister Ivan Lesnov", "Flood Defence, Rivers and Lakes Minister", "", "Ivan Lesnov"),
        ("Rivnet CEO, Chairman of the Board Ivan Lesnov", "Rivnet CEO, Chairman of the Board", "", "Ivan Lesnov"),
        ("Corporal, Scout of the Lakes Brigade Oleg Lund", "Scout of the Lakes Brigade", "", "Oleg Lund"),
        ("Commander of the German Federation Navy Ivan Lesnov", "Commander of the German Federation Navy", "DE", "Ivan Lesnov"),
        ("President of the Argentine Republic Mauricio Holm", "President of the Argentine Republic", "AR", "Mauricio Holm"),
        ("Rivnet CEO German Lesnov", "Rivnet CEO", "", "German Lesnov"),
        ("President of Egypt Omar Farid el-Karim", "President of Egypt", "EG", "Omar Farid el-Karim"),
        ("Emir of Qatar Sheikh Omar bin Karim Al Holm", "Emir of Qatar", "QA", "Omar bin Karim Al Holm"),
        ("King Omar II of Jordan", "King of Jordan", "JO", "Omar II"),
        ("Patriarch Ivan of Egypt and All the South", "Patriarch of Egypt and All the South", "EG", "Ivan"),
        ("LAKOIL CEO Ivan Lesnov", "LAKOIL CEO", "", "Ivan Lesnov"),
        ("Statement by Minister of Health Ivan Lesnov", "Minister of Health", "", "Ivan Lesnov"),
        ("Student Ivan Lesnov", "Student", "", "Ivan Lesnov"),
        ("Ivan Lesnov, student", "", "", "Ivan Lesnov"),
        ("IvanLesnov", "", "", "Ivan Lesnov"),
        ("McLesnov", "", "", "McLesnov"),
        ("G. Lesnova", "", "", "G. Lesnova"),
    ],
)
def test_a_label_falls_into_role_country_and_name(label: str, role: str, area: str, name: str) -> None:
    parsed = parse(label)
    assert (parsed.role, parsed.area, parsed.name) == (role, area, name)


@pytest.mark.parametrize(
    ("label", "role", "name"), [("梁小河議員", "", "梁小河"), ("主席", "主席", ""), ("環境局局長", "環境局局長", "")]
)
def test_a_chinese_label_gives_a_full_name_or_an_office(label: str, role: str, name: str) -> None:
    parsed = parse(label)
    assert (parsed.role, parsed.name, parsed.is_full_name) == (role, name, bool(name))


def test_the_head_of_an_academy_is_no_head_of_state() -> None:
    assert parse("President of the Academy of Sciences Ivan Lesnov").classification == ""
    assert parse("President of France").classification == "head_of_state"


@pytest.mark.parametrize(
    ("label", "title", "name"),
    [
        ("PRESIDEN HOLM", "President", "Holm"),
        ("PRESDEINT HOLM", "President", "Holm"),
        ("ADMINSITRATOR HOLM", "Administrator", "Holm"),
        ("FATHER VAN HOLM", "FATHER", "Van Holm"),
        ("CHIEF HOLM", "CHIEF", "Holm"),
        ("PRESIDENT VON DER HOLM", "President", "Von Der Holm"),
    ],
)
def test_a_slip_in_a_title_or_a_particle_makes_no_given_name(label: str, title: str, name: str) -> None:
    parsed = parse(label)
    assert (parsed.role or parsed.honorific, parsed.name, parsed.is_full_name) == (title, name, False)


def test_a_title_with_of_is_an_office_and_no_honorific() -> None:
    parsed = parse("Chief of the River Staff Ivan Lesnov")
    assert (parsed.honorific, parsed.role, parsed.name) == ("", "Chief of the River Staff", "Ivan Lesnov")


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Q", "journalist"),
        ("Question:", "journalist"),
        ("MODERATOR", "moderator"),
        ("MODERTOR", "moderator"),
        ("Audience Member", "audience"),
        ("AUDICENCE", "audience"),
        ("NOVIAN AIDE", "unknown"),
        ("USS RIVERSIDE CREW", "unknown"),
        ("Response", "audience"),
        ("Voice from the hall", "audience"),
        ("Volunteers", "unknown"),
    ],
)
def test_labels_that_name_nobody(label: str, kind: str) -> None:
    assert parse(label).kind == kind
    assert parse(label).name == ""


def test_users_add_persons_in_established_formats(tmp_path: Path) -> None:
    popolo = {
        "persons": [{"id": "p1", "name": "Vera Holm", "identifiers": [{"scheme": "wikidata", "identifier": "Q1"}]}],
        "organizations": [{"id": "o1", "name": "Assembly", "area_id": "no"}],
        "memberships": [{"person_id": "p1", "organization_id": "o1", "role": "member", "start_date": "2020-01-01"}],
    }
    congress = [
        {
            "id": {"bioguide": "H000001"},
            "name": {"first": "Robert", "nickname": "Bob", "last": "Holm"},
            "bio": {"gender": "M"},
            "terms": [{"type": "rep", "state": "NJ", "district": 4, "start": "2020-01-03", "end": "2022-01-03"}],
        }
    ]
    parlamint = """<teiCorpus xmlns="http://www.tei-c.org/ns/1.0" xml:id="ParlaMint-SI"><listPerson><person xml:id="HolmAna">
      <persName><forename>Ana</forename><surname>Holm</surname></persName><sex value="F"/>
      <affiliation role="member" ref="#parliament" from="2020-01-01" to="2021-01-01"/></person></listPerson></teiCorpus>"""
    (tmp_path / "popolo.json").write_text(json.dumps(popolo))
    (tmp_path / "legislators.yaml").write_text(json.dumps(congress))
    (tmp_path / "ParlaMint-SI-listPerson.xml").write_text(parlamint)
    people = People.load(tmp_path)
    assert [p.id for p in people.named("Vera Holm")] == ["Q1"]
    assert [p.id for p in people.named("Bob Holm")] == ["bioguide:H000001"]
    assert [p.id for p in people.named("Ana Holm")] == ["parlamint-si:HolmAna"]
    assert {p.name for p in people.with_family_name("Holm") if people.offices(p.id, dt.date(2020, 6, 1))} == {
        "Vera Holm",
        "Robert Holm",
        "Ana Holm",
    }


def test_a_broken_file_of_the_user_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine.json").write_text("{not json")
    with pytest.raises(PeopleError, match=r"mine\.json"):
        People.load(tmp_path)


def test_the_index_goes_to_worker_processes_whole(people: People) -> None:
    copy = pickle.loads(pickle.dumps(people))
    assert copy.fingerprint == people.fingerprint
    assert copy.named("Vladimir Putin") == people.named("Vladimir Putin")


def test_every_membership_is_a_known_persons_and_ends_after_it_starts() -> None:
    persons = {row["id"] for row in open_csv(FOLDER / "persons.csv")}
    rows = open_csv(FOLDER / "memberships.csv")
    assert [r for r in rows if r["person_id"] not in persons] == []
    assert [r for r in rows if r["end_date"] and r["start_date"] > r["end_date"]] == []
