"""TEI as parliaments publish it: ParlaMint and Parla-CLARIN (`<u who>`), and TEI's performance texts (`<sp who>`).

Elements and their meaning: TEI Guidelines P5, chapter 8 "Transcriptions of Speech"; ParlaMint encoding guidelines
(clarin-eric.github.io/ParlaMint). Offsets are into a text built here; page breaks and the like are not part of it.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from flows.clean.cleaned import Cleaned, CleanError, Hints, Refused, Voice
from flows.clean.draft import Draft, day, fold
from flows.clean.xml_tree import local, parse, words

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

UTTERANCES = frozenset(("u", "sp"))
EVENTS = frozenset(("note", "vocal", "kinesic", "incident", "desc", "stage", "gap", "writing", "shift"))
UNSEEN = frozenset(
    ("pb", "cb", "lb", "milestone", "anchor", "time", "media", "pause", "link", "linkGrp", "timeline", "spanGrp", "fs")
)
HEADINGS = frozenset(("head", "trailer"))
PARTY_ROLES = frozenset(("parliamentaryGroup", "politicalParty", "party"))
SENTENCE_END = re.compile(r"[.?!…:;]['\"”»’)\]]*$")
BRACKETED = re.compile(r"[(\[/].*[)\]/]$", re.S)
CORPUS = re.compile(r"(ParlaMint-[A-Z]{2}(?:-[A-Z]{2,3})?)(?:[_.-]|$)")
NAME_FIRST = frozenset(("parlamint-cz", "parlamint-sk"))  # ids there are GivenSurname.YearOfBirth
NAME_YEAR = re.compile(r"((?:[^\W\d_][^\W\d_'-]*)+)\.\d{4}$")
SURNAME_FIRST = re.compile(r"([^,.]+), ([^,.\s][^,.]+)(?:, (.+))?$")


class Person(NamedTuple):
    """What a file's own list says of a person."""

    name: str | None
    party: str | None


def read(content: bytes, hints: Hints) -> Iterator[Cleaned | Refused]:
    """A document for each <TEI>; a <teiCorpus> may hold several.

    Raises CleanError for unreadable XML and for a corpus file that only names its parts.
    """
    root = parse(content)
    parts = [root] if local(root) != "teiCorpus" else [e for e in root if local(e) in ("TEI", "TEI.2")]
    if not parts:
        included = sum(1 for e in root.iter() if local(e) == "include")
        raise CleanError("an index, not a document", f"a teiCorpus without texts; it names {included} files that hold them")
    people = _people(root)
    for number, part in enumerate(parts, 1):
        try:
            yield _document(part, people, hints)
        except CleanError as error:
            if len(parts) == 1:
                raise
            yield Refused(f"{hints.origin}#{part.get(XML_ID) or number}", error.reason, error.detail, part.get(XML_ID))


def _document(tei: etree._Element, people: dict[str, Person], hints: Hints) -> Cleaned:
    identity = tei.get(XML_ID)
    header = next((e for e in tei if local(e) == "teiHeader"), None)
    body = next((e for e in tei if local(e) == "text"), None)
    if body is None:
        raise CleanError("no text", "a TEI file without <text>")
    found = CORPUS.match(identity or "")
    draft = Draft("tei")
    _Walk(draft, people, found[1].lower() if found else "tei").section(body)
    language = tei.get(XML_LANG)
    return draft.finish(
        external_id=identity,
        url=hints.url,
        title=_title(header, language) or hints.title,
        kind="sitting" if draft.voices else None,
        language=language or hints.language,
        published_on=hints.published_on,
        event_on=_date(header, identity),
    )


class _Walk:
    """Goes through a text's divisions and adds what it meets to the draft."""

    def __init__(self, draft: Draft, people: dict[str, Person], scheme: str) -> None:
        self.draft = draft
        self.people = people
        self.scheme = scheme
        self.label: tuple[str, int, int] | None = None  # a speaker's note that stands before its utterance

    def section(self, element: etree._Element) -> None:
        for child in element:
            name = local(child)
            if name in UTTERANCES:
                self._utterance(child, name)
            elif name == "note" and child.get("type") == "speaker":
                self._speaker_note(child)
            elif name in HEADINGS:
                self.draft.paragraph(words(child), zone="title", is_heading=True, is_speech=False)
            elif name in EVENTS or name in ("p", "ab", "seg", "opener", "closer", "signed", "byline", "dateline", "label"):
                self.draft.paragraph(_plain(child), zone="boilerplate", is_speech=False)
            elif name and name not in UNSEEN:
                self.section(child)

    def _speaker_note(self, note: etree._Element) -> None:
        text = fold(words(note))
        if self.draft.paragraph(text, zone="transcript", is_speech=False):
            last = self.draft.paragraphs[-1]
            self.label = (text.rstrip(" :"), last.start, last.start + len(text.rstrip(" :")))

    def _utterance(self, element: etree._Element, name: str) -> None:
        speaker = next((e for e in element if local(e) == "speaker"), None) if name == "sp" else None
        if speaker is not None:
            self._speaker_note(speaker)
        voice = self.draft.voice(self._voice(element))
        said = len(self.draft.paragraphs)
        for is_speech, text in _paragraphs(element):
            self.draft.paragraph(text, voice=voice, is_speech=is_speech)
        if len(self.draft.paragraphs) == said:
            self.draft.voices.pop()
        self.label = None

    def _voice(self, element: etree._Element) -> Voice:
        voice = Voice(external_id=element.get(XML_ID), kind=_kind(element.get("ana")))
        who = (element.get("who") or "").strip()
        identity = who.removeprefix("#")
        person = self.people.get(identity)
        if self.label is not None:
            voice.label, voice.label_start, voice.label_end = self.label
        if not who:
            return voice
        if " " in identity and not who.startswith("#"):
            _from_words(voice, identity)
        else:
            voice.person = f"{self.scheme}:{identity}" if " " not in identity else None
            voice.name = (person.name if person else None) or _name_in_id(self.scheme, identity)
            voice.party = person.party if person else None
        voice.label = voice.label or voice.name or identity
        return voice


def _from_words(voice: Voice, who: str) -> None:
    """A `who` in words instead of an id: "Surname, Given, role" is a name and a role; anything else stays a label."""
    found = SURNAME_FIRST.match(who)
    if found:
        voice.name, voice.role = f"{found[2].strip()} {found[1].strip()}", found[3]
    voice.label = voice.label or who


def _name_in_id(scheme: str, identity: str) -> str | None:
    found = NAME_YEAR.match(identity) if scheme in NAME_FIRST else None
    if not found:
        return None
    letters = found[1]
    starts = [i for i in range(1, len(letters)) if letters[i].isupper() and letters[i - 1].islower()]
    return " ".join(letters[a:b] for a, b in itertools.pairwise([0, *starts, len(letters)]))


def _kind(ana: str | None) -> str | None:
    roles = {token.removeprefix("#").rpartition(":")[2] for token in (ana or "").split()}
    if "chair" in roles:
        return "moderator"
    return "official" if roles & {"regular", "member"} else None


def _paragraphs(utterance: etree._Element) -> Iterator[tuple[bool, str]]:
    """(is_speech, text) of an utterance's paragraphs.

    A note between sentences is a paragraph of its own; one within a sentence stays there, in brackets, as parliaments
    print it.
    """
    if utterance.text and not utterance.text.isspace():
        yield True, utterance.text
    for child in utterance:
        name = local(child)
        if name in EVENTS:
            yield False, _plain(child)
        elif name in ("list", "table", "quote", "cit", "lg", "floatingText"):
            yield True, words(child, UNSEEN)
        elif name and name not in UNSEEN and name != "speaker":
            yield from _pieces_joined(child)
        if child.tail and not child.tail.isspace():
            yield True, child.tail


def _pieces_joined(element: etree._Element) -> Iterator[tuple[bool, str]]:
    pieces = list(_tokens(element) if any(local(e) == "w" for e in element.iter("{*}w")) else _pieces(element))
    following = _first_letters(pieces)
    said: list[str] = []
    ends = ""  # how what is said ends so far
    for (is_note, text), after in zip(pieces, following, strict=True):
        if not is_note:
            said.append(text)
            ends = (ends + text[-8:]).rstrip()[-8:]
        elif not ends or not after or (SENTENCE_END.search(ends) and not _goes_on(after)):
            if ends:
                yield True, "".join(said)
            yield False, text
            said, ends = [], ""
        elif note := fold(text):
            said.append(note if BRACKETED.match(note) else f"[{note}]")
    if said:
        yield True, "".join(said)


def _first_letters(pieces: list[tuple[bool, str]]) -> list[str]:
    """For each piece, the first character that is said after it; empty where nothing is."""
    found, letter = [], ""
    for is_note, text in reversed(pieces):
        found.append(letter)
        if not is_note and (begins := text.lstrip()):
            letter = begins[0]
    return found[::-1]


def _goes_on(character: str) -> bool:
    """Whether a sentence goes on with it: "until ... [bell rings], and then"."""
    return character.islower() or character in ",;:.)!?…"


def _pieces(element: etree._Element) -> Iterator[tuple[bool, str]]:
    """(is_note, text) in order."""
    if element.text:
        yield False, element.text
    for child in element:
        name = local(child)
        if name in EVENTS:
            yield True, _plain(child)
        elif name in UNSEEN:
            yield False, " " if name in ("lb", "pb") else ""
        elif name:
            yield from _pieces(child)
        if child.tail:
            yield False, child.tail


def _tokens(element: etree._Element) -> Iterator[tuple[bool, str]]:
    """The same for a linguistically annotated text: words and punctuation with the spaces that `join` does not deny."""
    space = ""
    for child in element.iter():
        name = local(child)
        if name in ("w", "pc"):
            if any(True for _ in child) and not (child.text or "").strip():
                continue  # a word of several parts: the parts follow
            if local(child.getparent()) == "w" and (child.getparent().text or "").strip():
                continue  # a normalised form inside the word as written
            yield False, space + (child.text or "").strip()
            space = "" if child.get("join") in ("right", "both") else " "
        elif name in EVENTS and local(child.getparent()) not in EVENTS:
            if space:
                yield False, space
            yield True, _plain(child)


def _plain(element: etree._Element) -> str:
    if local(element) == "gap" and not words(element).strip():
        return ""
    return words(element, UNSEEN)


def _people(root: etree._Element) -> dict[str, Person]:
    """The persons that the file itself lists, by xml:id."""
    header = next((e for e in root.iter("{*}teiHeader")), None)
    if header is None:
        return {}
    groups = {
        org.get(XML_ID): fold(words(next(org.iter("{*}orgName"), org)))
        for org in header.iter("{*}org")
        if org.get("role") in PARTY_ROLES and org.get(XML_ID)
    }
    return {p.get(XML_ID): Person(_person_name(p), _party(p, groups)) for p in header.iter("{*}person") if p.get(XML_ID)}


def _person_name(person: etree._Element) -> str | None:
    name = next((e for e in person if local(e) == "persName"), None)
    if name is None:
        return None
    parts = [fold(words(e)) for kind in ("forename", "nameLink", "surname") for e in name if local(e) == kind]
    return " ".join(p for p in parts if p) or fold(words(name)) or None


def _party(person: etree._Element, groups: dict[str, str]) -> str | None:
    """The one party that the list gives; none where it changed, since the list's dates are not always there."""
    refs = {(e.get("ref") or "").removeprefix("#") for e in person if local(e) == "affiliation"}
    parties = {groups[ref] for ref in refs if ref in groups}
    return parties.pop() if len(parties) == 1 else None


def _title(header: etree._Element | None, language: str | None) -> str | None:
    """The main title in the text's own language, without ParlaMint's mark for samples."""
    statement = next(header.iter("{*}titleStmt"), None) if header is not None else None
    if statement is None:
        return None
    titles = [e for e in statement if local(e) == "title" and e.get("type") in (None, "main")]
    titles.sort(key=lambda e: e.get(XML_LANG) not in (language, None))
    return fold(re.sub(r"\[ParlaMint[^\]]*\]", "", words(titles[0]))) or None if titles else None


def _date(header: etree._Element | None, identity: str | None) -> dt.date | None:
    """The day of the sitting: the setting's, else the source's, else the one in the id."""
    if header is not None:
        for holder in ("{*}settingDesc", "{*}sourceDesc"):
            for date in (d for h in header.iter(holder) for d in h.iter("{*}date")):
                if found := day(date.get("when") or date.get("from")):
                    return found
    found_in_id = re.search(r"\d{4}-\d{2}-\d{2}", identity or "")
    return day(found_in_id[0]) if found_in_id else None
