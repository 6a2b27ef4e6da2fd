"""Who speaks each turn: labels become persons by evidence, and what is not certain says why.

The evidence, strongest first: the markup's person id, a full name, a role with its holder on that day, what speakers say of
themselves, the host calling on them, a label seen before in this document. `evidence.csv` beside this file holds, for each
code, the share of right names measured on documents read by hand (docs/attribution.md). Between two candidates nobody
chooses: the id stays null and the doubt names both.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import itertools
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from flows.clean.cleaned import Cleaned, Hints, Voice
from flows.people.labels import AND, Label, anonymous_kind, area_name, office_word, parse, words
from flows.people.media import is_medium
from flows.people.names import (
    fold,
    given_and_family,
    initials_of,
    may_be_short_for,
    mixes_alphabets,
    same_family,
    spelt_alike,
    tidy,
)
from flows.people.people import FOLDER, HIGH, People, open_csv
from flows.people.person import Membership, Person
from flows.segment.said import (
    FULL,
    LONG_RUN,
    NAME_RUN,
    OPENING,
    WRAPPED_RUN,
    before_sentence_words,
    called_on,
    compatible,
    introduction_of,
    is_name,
    names_in,
    never_names,
)
from flows.segment.segmented import TurnSpan
from flows.segment.setting import setting_of
from flows.segment.sole import named
from flows.segment.speaker_kinds import tell_kinds

THRESHOLD = 0.5  # below it the speaker is null
CALLS_OFFICIALS = frozenset({"dr", "general", "gen", "admiral", "secretary", "ambassador"})  # by surname, as Mr. and Ms. do
LEAST_SAID = 30  # code points after an introduction: a turn of less names the next speaker
SAYS_NAME = re.compile(r"\b(?:[Mm]y name is|[Мм]еня зовут)\b")
BEFORE_A_HOLDER = re.compile(r" (by|von|mit|avec|de|du|con|al?|par) (?:l[ea] |la )?")  # between an event and whose it is
SENTENCE_MARKS = re.compile(r"[.;:?!\n(]")
BEFORE_NAME = 40
OF_AN_OFFICE = frozenset({"de", "del", "du", "des", "da", "do", "dos", "della"})
REGNAL = re.compile(r" (?:I|II|III|IV|V|VI|VII|VIII|IX|X|XI|XII|XIII|XIV|XV|XVI)$")
NO_FAMILY_NAME = "a name without a family name"
MIXED_ALPHABETS = "letters of two alphabets stand in one word of the label"  # a slip of the keyboard, or of somebody's hand
MOST_INITIALS = 4  # letters from which on a label in capitals is a surname
CHAIR = re.compile(  # "[The Speaker (Hon. Ida Holm) in the Chair]", "(The Deputy Speaker (Ms Holm) took the Chair)"
    r"[\[(](?:The )?(?P<office>[A-Z][A-Za-z .-]{3,40}?) \((?P<who>[^()\n]{4,60})\)\s(?:in|took|takes|resumed|occup\w+) the Chair\W"
)
IN_THE_CHAIR = re.compile(r"^IN THE CHAIR: (?P<who>[^\n]{4,60}?)\s*$", re.M)  # over the turns of "President."
CHAIRS = frozenset({"president", "chair", "chairman", "chairwoman", "speaker"})
MOST_MENTIONS = 20  # of a name that are looked at for the titles beside it
BESIDE_NAME = 80  # code points beside a name that may say what office it holds


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a turn's speaker is taken to be, and on what evidence."""

    name: str | None = None
    id: str | None = None
    wikidata: str | None = None
    role: str | None = None
    organisation: str | None = None
    kind: str = "unknown"
    evidence: str = "none"
    doubt: str | None = None
    penalty: float = 1.0  # what the doubt leaves of the evidence's precision


@cache
def evidence_table() -> dict[str, tuple[str, float]]:
    """evidence code -> (attribution, measured precision)."""
    with (Path(__file__).parent / "evidence.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: (row["attribution"], float(row["precision"])) for row in csv.DictReader(file)}


def attribute(
    cleaned: Cleaned, turns: list[TurnSpan], hints: Hints, people: People, day: dt.date | None
) -> dict[str, str | None]:
    """Fills in who speaks each turn (`flows/segment/segmented.py`), in place.

    `day` is the day of the event or of publication; without one, a date in the origin's name serves. Returns the Wikidata id,
    or None, of each speaker id given.
    """
    if not turns:
        return {}
    resolver = Resolver(cleaned, turns, hints, people, day)
    named: dict[str, str | None] = {}
    for index, turn in enumerate(turns):
        identity = resolver.identify(index)
        _fill(turn, identity)
        if turn.continues is not None and not turn.label:
            turn.attribution = "continuation" if turn.speaker_name or turn.speaker_id else "none"
        if turn.speaker_id:
            named[turn.speaker_id] = identity.wikidata
    _carry_offices(turns)
    tell_kinds(cleaned.text, turns, resolver.labels, resolver.setting)
    return named


def _carry_offices(turns: list[TurnSpan]) -> None:
    """What a speaker's first full label says of office and body holds for their other turns, whose labels are the name alone."""
    offices: dict[str, tuple[str | None, str | None]] = {}
    for turn in turns:
        if turn.speaker_id and (turn.role or turn.organisation) and not _presides_for_now(turn.label):
            offices.setdefault(turn.speaker_id, (turn.role, turn.organisation))
    for turn in turns:
        if turn.speaker_id in offices and not turn.role and not turn.organisation:
            turn.role, turn.organisation = offices[turn.speaker_id]


def _presides_for_now(label: str | None) -> bool:
    """Whether a label says that somebody is in the chair at that moment: "The Temporary Speaker (Mr. Holm)", later a member."""
    parsed = parse(label) if label and "(" in label else None
    return parsed is not None and bool(parsed.bracket) and not parsed.name and office_word(parsed.role) == "presiding_officer"


class Resolver:
    """Resolves the labels of one document; remembers what it has settled for that document only."""

    def __init__(self, cleaned: Cleaned, turns: list[TurnSpan], hints: Hints, people: People, day: dt.date | None) -> None:
        self.cleaned, self.turns, self.people = cleaned, turns, people
        self.text = cleaned.text
        self.setting = setting_of(cleaned, turns, hints, day)
        self._run = WRAPPED_RUN if cleaned.format in ("text", "markdown") else LONG_RUN
        self.labels = {t.label: parse(t.label) for t in turns if t.label}
        self.settled: dict[str, Identity] = {}  # label as written -> whom it was taken for
        self.by_turn: dict[int, Identity] = {}
        self.by_id: dict[str, str] = {}  # the publisher's id -> the name that its first label gives
        self.published: dict[str, dict[str, Voice]] = defaultdict(dict)  # full name -> the publisher's ids of that name
        for voice in cleaned.voices:
            if voice.person and voice.name:
                self.published[fold(voice.name)][voice.person] = voice
        self.by_name: dict[str, Person] = {}  # full name -> the person of the reference that it was taken for here
        bare = [label for label in self.labels.values() if label.name and not label.honorific and not label.role]
        self.has_honorifics = len(bare) * 3 < sum(bool(label.name) for label in self.labels.values())
        self.full_names: dict[str, Counter[str]] = defaultdict(Counter)  # family name -> full names among the labels
        self.genders: dict[str, set[str]] = defaultdict(set)  # full name -> what the honorifics before it say
        self.named_offices: dict[str, set[Label]] = defaultdict(set)  # office -> labels so far that give its holder's name
        for turn in turns:
            label = self.labels.get(turn.label or "")
            inside = _bracketed_name(label) if label and label.bracket and not label.name else None
            if inside and inside.is_full_name and self.people.is_given_name(inside.name.split()[0]):
                self.full_names[given_and_family(fold(inside.name))[1]][inside.name] += 1
            if label and label.is_full_name and label.gender:
                self.genders[fold(label.name)].add(label.gender.upper())
            given = label.name.split()[0] if label and label.is_full_name else ""
            if label and given and (not label.honorific or (len(fold(given)) > 1 and self.people.is_given_name(given))):
                self.full_names[given_and_family(fold(label.name))[1]][label.name] += 1
        called = [key for key, label in self.labels.items() if label.name]
        self.has_initials = bool(called) and all(key.isupper() and len(key) < MOST_INITIALS for key in called)
        self._chairs: list[tuple[int, str, str]] | None = None
        self._common: dict[str, bool] = {}
        self._header_names: dict[str, Counter[str]] | None = None
        self._text_names: dict[str, Counter[str]] | None = None

    def identify(self, index: int) -> Identity:
        """Who speaks the turn; turns must be asked for in order."""
        turn = self.turns[index]
        if turn.continues is not None and not turn.label:
            identity = self.by_turn.get(turn.continues, Identity())
        elif turn.voice is not None:
            identity = self._from_markup(self.cleaned.voices[turn.voice], turn)
        elif turn.label:
            identity = self._from_label(index, turn, self.labels[turn.label])
        elif turn.told is not None:
            identity = self._from_form(turn.told)
        else:
            identity = self._from_title()
        self.by_turn[index] = identity
        return identity

    # ---- markup

    def _from_markup(self, voice: Voice, turn: TurnSpan) -> Identity:
        if not voice.person and not voice.name:
            label = voice.label or turn.label
            identity = self._resolve(parse(label)) if label else Identity(doubt="nothing says who speaks")
        elif voice.person:
            identity = self._published(voice)
        elif len(ids := self.published.get(fold(voice.name or ""), {})) == 1:  # his other speeches have the publisher's id
            identity = replace(self._published(next(iter(ids.values()))), evidence="markup_name")
        else:
            identity = self._person(voice.name or "", "", self.setting.area, "markup_name")
        role = voice.role or identity.role
        kind = voice.kind or identity.kind
        if kind == "unknown" and (voice.role or voice.party or voice.constituency):
            kind = "official"
        return replace(identity, role=role, organisation=voice.organisation or voice.party or identity.organisation, kind=kind)

    def _published(self, voice: Voice) -> Identity:
        """A person whom the publisher identifies: the reference's one person of that name and country, else the publisher's id.

        The publisher's id decides who is one person, so the match must not change from day to day within a career.
        """
        name = tidy(voice.name or "")
        born = re.search(r"\.((?:18|19|20)\d\d)$", voice.person or "")
        near = [
            person
            for person in self.people.named(name)
            if not (born and person.born and person.born[:4] != born[1])
            and any(m.area == self.setting.area and _near(m, self.setting.day) for m in self.people.offices(person.id))
        ]
        if name and len(near) == 1:
            return replace(self._known(near[0], "", self.setting.area, "markup_id"), name=name)
        written = parse(voice.label or "").name if not name else ""  # the markup may give the id and the label alone
        if written and voice.person:
            written = self.by_id.setdefault(voice.person, written)
        return Identity(name or written or None, voice.person, evidence="markup_id")

    # ---- labels

    def _from_label(self, index: int, turn: TurnSpan, label: Label) -> Identity:
        introduction = introduction_of(self.text, turn, self.people, self._families)
        if label.kind:
            return self._anonymous(index, label, introduction)
        key = turn.label or ""
        holder = self._in_the_chair(label, turn.start) if label.role and not (label.name or label.bracket) else ""
        if holder:
            key += f"\0{holder}"
        elif label.role and not label.name:
            key += f"\0{len(self.named_offices.get(_office_key(label.role), ()))}"  # a label since may say who holds it
        before = self.settled.get(key)
        base = identity = before or (self._presiding(label, holder) if holder else self._resolve(label))
        if introduction:
            identity = self._with_introduction(identity, label, *introduction)
        is_same = identity.id == base.id  # then what the turn opens with is a doubt of this turn alone
        lasting = replace(identity, doubt=base.doubt) if is_same else identity
        if mixes_alphabets(turn.label or ""):
            identity = replace(identity, doubt=identity.doubt or MIXED_ALPHABETS)
        self.settled[key] = lasting
        return identity

    def _anonymous(self, index: int, label: Label, introduction: tuple[str, str | None] | None) -> Identity:
        kind = label.kind or "unknown"
        if label.bracket or label.organisation:  # beside a word that names nobody
            name, organisation = self._in_bracket(label)
            if name:
                found = self._unlisted(name, kind, "full_name")
                return replace(found, organisation=organisation, kind=kind)
            if organisation and not introduction:
                return Identity(kind=kind, organisation=organisation, evidence="anonymous", doubt="the label names a medium")
        if kind == "moderator" and not (label.bracket or label.organisation) and (holder := self._only_moderator()):
            return replace(self._unlisted(holder, kind, "full_name"), doubt="another label names the one moderator", penalty=0.95)
        turn = self.turns[index]
        says_so = SAYS_NAME.search(self.text, turn.start, min(turn.end, turn.start + OPENING)) is not None
        # A moderator names the next speaker, a crowd chants names.
        if introduction and (says_so or kind == "journalist" or (kind == "unknown" and self._goes_on(turn, introduction))):
            name, organisation = introduction
            return replace(self._unlisted(name, kind, "self_introduction"), organisation=organisation)
        called = called_on(self.text, self.turns[index - 1], self._families) if index else None
        if called and kind in ("journalist", "audience"):
            found = self._unlisted(called, kind, "addressed")
            return replace(found, doubt="; ".join(filter(None, (found.doubt, "named only by the one who called on them"))))
        return Identity(kind=kind, evidence="anonymous", doubt="the label names nobody")

    def _only_moderator(self) -> str | None:
        """The full name that stands in the label of the one moderator of the document: "Moderator (Ida Holm, Lake Radio)"."""
        named = {self._in_bracket(label)[0] for label in self.labels.values() if label.kind == "moderator"} - {None}
        return named.pop() if len(named) == 1 else None

    def _in_bracket(self, label: Label) -> tuple[str | None, str | None]:
        """(full name, medium) that stands beside a word that names nobody: "Q (Paul Ricker, Lakeside Herald)"."""
        first, _, rest = (label.bracket or label.organisation).partition(",")
        first, rest = first.strip(), rest.strip()
        is_person = " " in first and re.fullmatch(FULL, first) is not None and is_name(first) and not is_medium(first)
        if is_person and (rest or self.people.is_given_name(first.split()[0])):
            return tidy(first), rest or None
        return None, first if label.organisation or is_medium(first) else None

    def _goes_on(self, turn: TurnSpan, introduction: tuple[str, str | None]) -> bool:
        """Whether somebody says more than a name and a body: an aide who says no more calls on the next speaker."""
        return turn.end - turn.start > len(introduction[0]) + len(introduction[1] or "") + LEAST_SAID

    def _unlisted(self, name: str, kind: str, code: str) -> Identity:
        """The person of that name whom an anonymous label stands for: among those who ask, nobody who holds an office."""
        found = self._person(name, "", "", code)
        if kind in ("journalist", "audience") and found.id in self.people.persons and self.people.offices(found.id):
            own = unlisted_id(self.setting.source, name)
            return Identity(tidy(name), own, kind=kind, evidence=code, doubt="somebody in office has the same name")
        return replace(found, kind=kind if found.kind == "unknown" else found.kind)

    def _resolve(self, label: Label) -> Identity:
        found = self._resolve_label(label)
        if label.role and (label.name or label.bracket):
            self.named_offices[_office_key(label.role)].add(label)
        if found.kind != "unknown" or not found.name:
            return found
        office, role = self._told_office(found.name)
        if office in ("moderator", "journalist"):
            return replace(found, kind=office)
        return replace(found, kind="official", role=found.role or role) if office else found

    def _told_office(self, name: str) -> tuple[str, str | None]:
        """(class of the office, the office as written) that the title or the introduction gives the person, right by the name."""
        header, at = self.setting.header, -1
        while (at := header.find(name, at + 1)) >= 0:
            before = header[max(0, at - BESIDE_NAME) : at]
            if at > BESIDE_NAME and header[at - BESIDE_NAME - 1].isalnum():
                before = before.partition(" ")[2]  # what is left of a word
            clause = SENTENCE_MARKS.split(before)[-1].rpartition(",")[2]
            clause = clause.rpartition(" with ")[2]  # "Meeting with Minister of Finance Anna Berg"
            event, _, holder = re.split(BEFORE_A_HOLDER, clause, maxsplit=1) if re.search(BEFORE_A_HOLDER, clause) else ("", "", "")
            if holder and not office_word(event) and _begins_with_office(holder):
                clause = holder  # "Pressekonferenz von Ministerin Ida Holm"
            others, _, own = clause.rpartition(" and ")
            is_of_several = bool(others) and bool(parse(others).name)
            if is_of_several:
                clause = own  # "Press Secretary Ida Holm and Deputy Adviser Jan Berg"
            introduced = parse(f"{clause.strip()} {name}") if clause.strip() else Label()
            if introduced.role and introduced.name == name:
                is_title = _begins_with_office(introduced.role) or (is_of_several and introduced.role.istitle())
                return office_word(introduced.role), introduced.role if is_title else None
            kind = anonymous_kind(before.rstrip(" :\n").rpartition("\n")[2]) if before.rstrip().endswith(":") else None
            if kind:
                return kind, None
            after = header[at + len(name) : at + len(name) + BESIDE_NAME]
            if after.startswith(", "):
                role = re.split(r"[,.;:?!\n(]", after[2:])[0].strip()
                if _begins_with_office(role):
                    return office_word(role), role
        return "", None

    def _resolve_label(self, label: Label) -> Identity:
        area = label.area or self.setting.area
        label = self._in_full(label)
        if _is_medium(label):
            return Identity(kind="journalist", organisation=label.name, evidence="anonymous", doubt="the label names a medium")
        double = self._double_surname(label, area)
        if double:
            code = "role_name" if label.classification else "surname_house"
            return self._with_label(self._known(double, label.classification, area, code), label)
        if self.has_initials and len(label.name) < MOST_INITIALS and not label.role:
            return self._local(label._replace(name=label.name.upper()), "initials only")
        if label.is_full_name:
            found = self._person(label.name, label.classification, area, "full_name")
            tokens = fold(label.name).split()
            tokens = tokens[1:] if self.people.is_given_name(tokens[0]) else tokens  # Bill is more than a bill
            tokens = [t for i, t in enumerate(tokens) if t not in AND or not 0 < i < len(tokens) - 1]  # Lluís Font i Serra
            if found.wikidata is None and any(token in never_names() for token in tokens):
                return Identity(evidence="none", doubt=f"whether {label.name} is a name is not certain")
            return self._with_label(found, label)
        if label.name:
            return self._with_label(self._surname(label, area), label)
        if label.role:
            return self._with_label(self._role(label, area), label)
        return Identity(doubt="the label names nobody")

    def _in_full(self, label: Label) -> Label:
        """The one label of this document whose name's initials a label is: MAP for Margaret Ashdown-Pell, LR for Lake Radio."""
        written = label.name.upper()
        if not (1 < len(written) < 5 and written.isalpha()) or label.role or label.honorific:
            return label
        told = {}
        for found in re.finditer(rf"({FULL}) \({written}\)", self.setting.header):  # "Commissioner Ada Holm (AH)"
            tails = (found[1].split(" ", cut)[-1] for cut in range(found[1].count(" ")))
            told |= {fold(name): name for name in tails if initials_of(name) == written}
        if len(told) == 1:
            return label._replace(name=next(iter(told.values())))
        full = {fold(o.name): o for o in self.labels.values() if " " in o.name and initials_of(o.name) == written}
        return next(iter(full.values())) if len(full) == 1 else label

    def _double_surname(self, label: Label, area: str) -> Person | None:
        """REPRESENTATIVE BLUNT ROCHESTER: two words after an office that are one family name of its one holder."""
        if " " not in fold(label.name) or not (label.role or label.honorific) or self.setting.day is None:
            return None
        ending = " " + fold(label.name)
        fitting = [
            person
            for person in self.people.with_family_name(label.name)
            if fold(person.name).endswith(ending) and self._fits_office(person, label, area)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _surname(self, label: Label, area: str) -> Identity:
        if REGNAL.search(label.name):
            found, _ = self._choose(self.people.named(label.name), label.classification, area)
            return self._known(found, label.classification, area, "role_name") if found else self._local(label, NO_FAMILY_NAME)
        if self.has_honorifics and not (label.honorific or label.role or label.bracket or self._is_another_labels(label.name)):
            return Identity(evidence="none", doubt=f"whether {label.name} is a name is not certain")
        if label.classification and self.setting.day is not None:
            fitting = [p for p in self.people.with_family_name(label.name) if self._fits_office(p, label, area)]
            if len(fitting) == 1:
                return self._known(fitting[0], label.classification, area, "role_name")
        family = given_and_family(fold(label.name))[1]
        initials = re.findall(r"\b(\w)\.", label.name)
        for code, index in (
            ("surname_label", self.full_names),
            ("surname_header", self.header_names()),
            ("surname_text", self.text_names()),
        ):
            names = [name for name in compatible(index.get(family), initials) if self._may_be(name, label)]
            names = [n for n in names if fold(n).split()[0] not in self._places_of(family) and _ends_in(n, label.name)]
            if code != "surname_label" and self._is_common(family):
                names = [name for name in names if self.people.is_given_name(name.split()[0])]  # Councilmember Hall is no Town Hall
            if len(names) > 1 and (label.role or _holds_rank(label)):
                names = [name for name in names if self._is_titled(name, label)] or names
            if len(names) == 1 and code == "surname_text" and label.role and self._has_another_title(names[0], label):
                return self._local(label, f"the text gives {names[0]} another title")
            if len(names) == 1:
                return self._person(names[0], label.classification, area, code, label)
            if len(names) > 1:
                return Identity(
                    name=label.name, evidence=code, penalty=0.4, doubt=f"surname shared in the document: {', '.join(names[:3])}"
                )
        day = self.setting.day
        if day is not None:
            fitting = [p for p in self.people.with_family_name(label.name) if self._fits_office(p, label, area)]
            if len(fitting) == 1:
                code = "role_name" if label.classification else "surname_house"
                return self._known(fitting[0], label.classification, area, code)
            if len(fitting) > 1:
                listed = ", ".join(sorted(p.name for p in fitting)[:3])
                return self._local(label, f"surname shared on that day: {listed}")
        return self._local(label, "surname only")

    def _is_another_labels(self, surname: str) -> bool:
        """Whether another label has the surname with a title, a role or a given name: DR. HOLM, then HOLM."""
        key = fold(surname)
        others = (other for other in self.labels.values() if other.honorific or other.role or other.is_full_name)
        return any(fold(other.name) == key or fold(other.name).endswith(f" {key}") for other in others)

    def _places_of(self, family: str) -> set[str]:
        """The words of the offices that labels give before a surname: PRESIDENT OF TARSK OTUNBEK is nobody called Tarsk."""
        labels = [label for label in self.labels.values() if label.role and fold(label.name) == family]
        return {word for label in labels for word in fold(label.role).split()}

    def _is_common(self, family: str) -> bool:
        """Whether the document also writes the family name in small letters, as a word like any other."""
        if family not in self._common:
            self._common[family] = re.search(rf"\b{re.escape(family)}\b", self.text) is not None
        return self._common[family]

    def _is_titled(self, name: str, label: Label) -> bool:
        """Whether a word of the label's role, or its rank, stands near the full name in the text."""
        wanted = {word for word in fold(label.role).split() if office_word(word)} or set(fold(label.honorific).split()) & _ranks()
        return not wanted or any(wanted.intersection(near.split()) for near in self._surroundings(name))

    def _has_another_title(self, name: str, label: Label) -> bool:
        """Whether a title stands right before the full name wherever it is written, and the label's role nowhere near it."""
        around = self._surroundings(name)
        before = [near.partition(" \0 ")[0].rsplit(" ", 1)[-1] for near in around]
        return bool(around) and all(word in words().honorifics for word in before) and not self._is_titled(name, label)

    def _surroundings(self, name: str) -> list[str]:
        """What stands beside a full name in the text, folded; a NUL in the name's place."""
        pattern = re.compile(r"\.?\s+".join(map(re.escape, name.split())), re.I)
        found = itertools.islice(pattern.finditer(self.text), MOST_MENTIONS)
        return [
            f"{fold(self.text[max(0, m.start() - BEFORE_NAME) : m.start()])} \0 "
            f"{fold(SENTENCE_MARKS.split(self.text[m.end() : m.end() + BESIDE_NAME])[0])}"
            for m in found
        ]

    def _may_be(self, name: str, label: Label) -> bool:
        """Whether the honorific's gender allows the name, as far as the reference knows a person of that name."""
        genders = self.genders.get(fold(name)) or {person.gender for person in self.people.named(name)} - {""}
        genders = genders or self._told_genders(name) or {self.people.gender_of(name)} - {""}
        return not label.gender or not genders or label.gender.upper() in genders

    def _told_genders(self, name: str) -> set[str]:
        """What the honorifics right before a full name in the text say: "Mr. Carl Oster and Mrs. Ada Oster"."""
        before = {near.partition(" \0 ")[0].rpartition(" ")[2] for near in self._surroundings(name)}
        return {words().honorifics.get(word, "").upper() for word in before} - {""}

    def _fits_office(self, person: Person, label: Label, area: str) -> bool:
        """Whether on the day the person held the office that the label names, or one by which the house calls people."""
        if not _ends_in(person.name, label.name):
            return False
        initial = re.match(r"(\w)\.", label.name)
        if initial and not fold(person.name).startswith(fold(initial[1])):
            return False
        gender = person.gender or self.people.gender_of(person.name)
        if label.gender and gender and label.gender.upper() != gender:
            return False
        offices = self.people.offices(person.id, self.setting.day)
        if label.classification:
            return any(
                _same_office(m, label.classification)
                and (m.area == area or label.classification in HIGH)
                and _same_chamber(m, f"{label.honorific} {label.role}")
                for m in offices
            )
        house, day = self.setting.house, self.setting.day
        called_so = label.gender or initial or fold(label.honorific) in CALLS_OFFICIALS
        if house is None or day is None or not called_so or day.isoformat() < house.complete_from:
            return False
        return any(
            m.area == house.area
            and m.classification in house.classifications
            and (m.organization == house.organization or m.classification != "legislator" or not house.organization)
            for m in offices
        )

    def _local(self, label: Label, doubt: str) -> Identity:
        """A speaker who is one person in this document and nobody beyond it: PRESIDENT STONE and MRS. STONE are two."""
        if not (label.honorific or label.role or " " in label.name or "." in label.name):
            family = given_and_family(fold(label.name))[1]
            initialed = {o.name for o in self.labels.values() if "." in o.name and given_and_family(fold(o.name))[1] == family}
            if len(initialed) == 1:
                label = label._replace(name=initialed.pop())  # А.Светлова, then Светлова
        key = f"{self.setting.source}\0{self.setting.origin}\0{fold(label.name)}"
        seats = {_seat(other) for other in self.labels.values() if fold(other.name) == fold(label.name)} - {""}
        if len(seats) > 1:  # Mr. LUND of Tarsk and Mr. LUND of Hollow are two, and Mr. LUND either
            if not _seat(label):
                where = ", ".join(sorted(seats)[:3])
                return Identity(label.name, evidence="surname_only", doubt=f"surname shared in the document: {where}", penalty=0.4)
            key += f"\0{_seat(label)}"
        titles = {_title_of_address(other) for other in self.labels.values() if fold(other.name) == fold(label.name)}
        if len(titles - {""}) > 1 or {"", "mrs"} <= titles:
            key += f"\0{_title_of_address(label)}"
        return Identity(name=label.name, id=_hashed(key), evidence="surname_only", doubt=doubt)

    def _role(self, label: Label, area: str) -> Identity:
        if label.bracket:
            inner = parse(label.bracket)
            if inner.name and not inner.kind:
                found = self._resolve(inner._replace(bracket=""))
                return replace(found, evidence="role_bracket" if found.evidence != "surname_only" else found.evidence)
        # The page's day of the event may be misread: the day of publication must not speak for another holder.
        if label.classification in ("head_of_state", "head_of_government", "vice_head") and self.setting.day and area:
            holders = self.people.holders(area, label.classification, self.setting.day)
            published = self.cleaned.published_on or self.setting.day
            later = {m.person_id for m in self.people.holders(area, label.classification, published)}
            if len(holders) == 1 and holders[0].person_id in later:
                return self._known(self.people.persons[holders[0].person_id], label.classification, area, "role_date")
        beside = self._beside(label) or self._in_another_label(label) or self._with_bracket(label)
        if beside is not None:
            found = self._resolve(beside._replace(role=label.role, classification=label.classification, area=label.area))
            return replace(found, evidence="role_text" if found.evidence != "surname_only" else found.evidence)
        return Identity(evidence="role_only", kind="official", doubt="who held the office is not known here")

    def _with_bracket(self, label: Label) -> Label | None:
        """The one whom the text before the first turn names with a presiding office in brackets: "Ida Holm (Chair)"."""
        office = _office_key(label.role)
        if office not in CHAIRS:
            return None
        named = {found[1] for found in re.finditer(rf"({FULL}) \((?i:the )?(?i:{re.escape(office)})\)", self.setting.header)}
        inner = parse(named.pop()) if len(named) == 1 else None
        return inner if inner is not None and inner.is_full_name and not inner.kind else None

    def _in_another_label(self, label: Label) -> Label | None:
        """The one whom this document's other labels name with the office: "The Speaker (Ms Agatha Brandt)", then "The Speaker"."""
        if label.bracket:
            return None  # it says itself who holds it, if not so that we could read it
        written = sorted(self.named_offices.get(_office_key(label.role), ()))
        held = [other if other.name else _bracketed_name(other) for other in written]
        names = {given_and_family(fold(other.name))[1]: other for other in sorted(held, key=lambda o: o.is_full_name)}
        if any(other.is_full_name and not self.people.is_given_name(other.name.split()[0]) for other in written):
            return None  # what stands after the office may be more of it
        is_of_one = label.classification and label.classification not in ("legislator", "judge")
        return next(iter(names.values())) if is_of_one and len(names) == 1 else None

    def _in_the_chair(self, label: Label, at: int) -> str:
        """Whom the record says to be in the chair, in this office, last before a place in the text; empty where it does not."""
        if self._chairs is None:
            told = [(m.start(), _office_key(m["office"]), m["who"]) for m in CHAIR.finditer(self.text)]
            told += [(m.start(), "", m["who"]) for m in IN_THE_CHAIR.finditer(self.text)]
            self._chairs = sorted(told)
        office = _office_key(label.role)
        before = [(key, who) for start, key, who in self._chairs if start < at]
        return next((who for key, who in reversed(before) if key == office or (not key and office in CHAIRS)), "")

    def _presiding(self, label: Label, holder: str) -> Identity:
        """The one in the chair, who has the office that the label gives."""
        inside = parse(holder)
        if not inside.name or inside.kind:
            return self._resolve(label)
        found = self._resolve(inside._replace(bracket="", role=label.role, classification=label.classification, area=label.area))
        return replace(found, evidence="role_text" if found.evidence != "surname_only" else found.evidence)

    def _beside(self, label: Label) -> Label | None:
        """The one name that stands right after the role in the title or before the first turn."""
        role = re.sub(r"^the ", "", fold(label.role))
        found: dict[str, Label] = {}
        for match in NAME_RUN.finditer(self.setting.header):
            parsed = parse(before_sentence_words(match[0]))
            is_portfolio = parsed.name.partition(" ")[0].lower() in OF_AN_OFFICE  # MINISTRA DE HACIENDA
            if parsed.name and not is_portfolio and re.sub(r"^the ", "", fold(parsed.role)) == role:
                family = given_and_family(fold(parsed.name))[1]
                if family not in found or parsed.is_full_name:
                    found[family] = parsed
        given = {given_and_family(fold(label.name))[0] for label in found.values()} - {""}
        found = {family: label for family, label in found.items() if label.is_full_name or family not in given}  # a cut name
        return next(iter(found.values())) if len(found) == 1 else None

    def _with_label(self, identity: Identity, label: Label) -> Identity:
        """The identity with what the label itself says of role and organisation; a title that is another's is noticed."""
        kind = identity.kind
        office = label.classification or office_word(label.role)
        if office in ("journalist", "moderator"):
            kind = office
        elif kind == "unknown" and (office or _holds_rank(label) or (label.honorific and identity.role)):
            kind = "official"
        organisation = identity.organisation or label.organisation or (label.bracket if is_medium(label.bracket) else None)
        if not label.role:
            kind = "journalist" if kind == "unknown" and is_medium(organisation or "") else kind
            return replace(identity, kind=kind, organisation=organisation)
        wrong = self._title_of_another(identity, label)
        if wrong:
            doubt = "; ".join(filter(None, (identity.doubt, wrong)))
            return replace(identity, kind=kind, organisation=organisation, doubt=doubt, penalty=identity.penalty * 0.95)
        role = label.role if label.area or not identity.role else identity.role
        return replace(identity, kind=kind, organisation=organisation, role=role)

    def _title_of_another(self, identity: Identity, label: Label) -> str | None:
        """Why the label's office cannot be this person's: somebody else held it that day, or another label here has it."""
        office = label.classification or office_word(label.role)
        if office not in ("head_of_state", "head_of_government") or not identity.name:
            return None
        if label.area and self.setting.day:
            holders = [
                self.people.persons[m.person_id]
                for m in self.people.holders(label.area, label.classification, self.setting.day)
            ]
            if holders and identity.id not in {p.id for p in holders}:
                return f"the label says {label.role}, which was {holders[0].name} on that day"
        others = {o.name for o in self.labels.values() if o.role and fold(o.role) == fold(label.role) and o.is_full_name}
        if (label.area or " of " in label.role) and len({fold(o) for o in others}) > 1:
            offices = self.people.offices(identity.id or "", self.setting.day)
            if not any(m.classification == label.classification and m.area == label.area for m in offices):
                return f"the label says {label.role}, as does another's"
        return None

    # ---- persons

    def _person(self, name: str, classification: str, area: str, code: str, label: Label | None = None) -> Identity:
        """The reference's person of that full name, else a person known by this name in this source."""
        name = tidy(name)
        if not name:
            return Identity(evidence=code)
        if fold(name) in self.by_name:
            return self._known(self.by_name[fold(name)], classification, area, code)
        exact = [p for p in self.people.named(name) if self.people.alive(p, self.setting.day)]
        found, several = self._choose(exact, classification, area)
        if found is None and not several and not exact:
            found, several = self._choose(self.people.named_loosely(name), classification, area)
        if found is None and not several and label is not None:
            found = self._by_short_name(name, label, area)
        if found is None and not several and not exact:
            found = self._holder_spelt_alike(name, classification, area)
        if found is not None:
            self.by_name[fold(name)] = found
            return self._known(found, classification, area, code)
        if several:
            return Identity(
                name=name, evidence=code, penalty=0.4, doubt=f"{len(several)} persons of that name could have spoken"
            )
        return Identity(name=name, id=unlisted_id(self.setting.source, name), evidence=code)

    def _holder_spelt_alike(self, name: str, classification: str, area: str) -> Person | None:
        """President Mohammed Morsi is the one who held that office that day, whom the reference spells Mohamed Morsi."""
        if self.setting.day is None or not area or classification not in HIGH:
            return None
        holders = self.people.holders(area, classification, self.setting.day)
        person = self.people.persons[holders[0].person_id] if len(holders) == 1 else None
        return person if person is not None and spelt_alike(fold(name), fold(person.name)) else None

    def _by_short_name(self, name: str, label: Label, area: str) -> Person | None:
        """Jeff Zients, who sits at the house's table, is the one Jeffrey Zients who held office there that day."""
        if self.setting.day is None:
            return None
        given = given_and_family(fold(name))[0]
        fitting = [
            person
            for person in self.people.with_family_name(name)
            if self._fits_office(person, label, area) and may_be_short_for(given, given_and_family(fold(person.name))[0])
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _choose(self, candidates: list[Person], classification: str, area: str) -> tuple[Person | None, list[Person]]:
        """(the one who fits by office, day and country, or None; those between whom nothing decides)."""
        if not candidates:
            return None, []
        areas = {a for a in (area, self.setting.area) if a}
        for fits in (
            lambda m, held: (
                held and bool(classification) and _same_office(m, classification) and (not areas or m.area in areas)
            ),
            lambda m, held: held and m.area in areas,
            lambda m, held: held and m.classification in HIGH,
            lambda m, held: _held_before(m, self.setting.day) and (m.area in areas or m.classification in HIGH),
        ):
            level = [p for p in candidates if any(fits(m, self._held(m)) for m in self.people.offices(p.id))]
            if len(level) == 1:
                return level[0], []
            if level:
                return None, level
        if len(candidates) == 1 and not self.people.offices(candidates[0].id):
            return candidates[0], []  # a user's own file that tells no offices: nothing could speak against it
        return None, []

    def _held(self, membership: Membership) -> bool:
        return self.setting.day is None or membership.covers(self.setting.day.isoformat())

    def _known(self, person: Person, classification: str, area: str, code: str) -> Identity:
        offices = self.people.offices(person.id, self.setting.day) if self.setting.day else []
        fitting = [m for m in offices if classification and _same_office(m, classification)] or offices
        role = _role_text(fitting[0]) if fitting else None
        return Identity(person.name, person.id, person.wikidata, role, None, "official", code)

    def _with_introduction(self, identity: Identity, label: Label, name: str, organisation: str | None) -> Identity:
        given, family = given_and_family(fold(name))
        if label.name and not label.role and fold(name).endswith(f" {fold(label.name)}"):  # MS. DOUBLE NAME
            found = self._person(name, "", label.area, "self_introduction")
            return replace(found, organisation=organisation, kind=self._kind(found, label))
        known = label.name or identity.name or ""
        known_given, known_family = given_and_family(fold(known))
        if known_family and not same_family(known_family, family):
            return identity if not label.name else replace(identity, doubt=identity.doubt or f"the turn opens with {name}")
        if not known_given and not (label.role and identity.id):
            found = self._person(name, label.classification, label.area, "self_introduction")
            return replace(found, organisation=organisation, kind=self._kind(found, label))
        if not known_given or may_be_short_for(given, known_given):
            return replace(identity, organisation=identity.organisation or organisation)
        found = self._person(name, label.classification, label.area, "self_introduction_corrects")
        doubt = f"the label says {label.name or identity.name}, the speaker {name}"
        return replace(found, organisation=organisation, kind=self._kind(found, label), doubt=doubt)

    def _kind(self, found: Identity, label: Label) -> str:
        """A speaker who gives name and medium is a journalist where media ask, unless the label gives honorific or role."""
        if found.kind != "unknown" or label.honorific or label.role:
            return found.kind
        return "journalist" if self.setting.has_media else "unknown"

    # ---- title and names in the text

    def _from_title(self) -> Identity:
        """The one person whom the page's title or byline names as the speaker, for pages without labels."""
        who = named(self.cleaned, self.setting.title)
        if not who:
            return Identity(doubt="nothing names the speaker")
        found = self._resolve(parse(who))
        doubt = "; ".join(filter(None, (found.doubt, "no label says so: the title names the only speaker")))
        if found.evidence in ("surname_only", "role_only", "none"):
            return replace(found, id=None, penalty=0.5, doubt=doubt)
        return replace(found, evidence="title", doubt=doubt)

    def _from_form(self, who: str) -> Identity:
        """Who asks or answers in an interview without labels: the title names the one who answers."""
        if not who:
            return Identity(kind="journalist", doubt="no label: the form shows a question")
        found = self._resolve(parse(who))
        doubt = "; ".join(filter(None, (found.doubt, "no label says so: the title names the one who answers")))
        return replace(found, evidence="title_answers" if found.id else found.evidence, doubt=doubt)

    def header_names(self) -> dict[str, Counter[str]]:
        """family name -> full names in the title and before the first turn."""
        if self._header_names is None:
            self._header_names = names_in(self.setting.header, self._families(), self._run, self.people)
        return self._header_names

    def text_names(self) -> dict[str, Counter[str]]:
        """family name -> full names in the text, for the family names of the labels."""
        if self._text_names is None:
            self._text_names = names_in(self.text, self._families(), self._run, self.people)
        return self._text_names

    def _families(self) -> set[str]:
        return {given_and_family(fold(label.name))[1] for label in self.labels.values() if label.name}


def _ends_in(name: str, surname: str) -> bool:
    """Whether a full name ends in all words of a surname: Ted Cruz is no De La Cruz."""
    return " " not in surname or "." in surname or f" {fold(name)}".endswith(f" {fold(surname)}")


def _office_key(role: str) -> str:
    return re.sub(r"^(?:the|mr|mrs|ms|madam|hon) ", "", fold(role))


def _bracketed_name(label: Label) -> Label:
    """Whom a label with an office and no name names in brackets; what is there where it cannot be read as a name."""
    inner = parse(label.bracket)
    return inner if inner.name and not inner.kind and not inner.role else Label(name=label.bracket)


def _seat(label: Label) -> str:
    """The place or the party that a label gives beside a surname, folded; not an office."""
    return "" if office_word(label.bracket) or is_medium(label.bracket) else fold(label.bracket)


def _title_of_address(label: Label) -> str:
    """m, f, mrs or nothing: what a label's honorific tells of who is meant among bearers of one surname."""
    return "mrs" if fold(label.honorific) == "mrs" else label.gender


def _begins_with_office(role: str) -> bool:
    """Whether the words after a name and a comma begin with an office: "Minister of Finance", not "and the Minister"."""
    words_of_role = fold(role).removeprefix("the ").split()
    return bool(words_of_role) and bool(office_word(" ".join(words_of_role[:3]))) and words_of_role[0] not in ("and", "who", "is")


def _holds_rank(label: Label) -> bool:
    """Whether the honorific is a military rank."""
    return bool(label.honorific) and fold(label.honorific).split()[0] in _ranks()


@cache
def _ranks() -> frozenset[str]:
    rows = open_csv(FOLDER / "titles.csv")
    return frozenset(fold(row["form"]) for row in rows if row["class"] == "honorific" and row["office"] == "military")


def _is_medium(label: Label) -> bool:
    """Whether the label's name ends in a word for a newspaper, a station or an agency."""
    return not label.role and not label.honorific and is_medium(label.name)


def _same_office(membership: Membership, classification: str) -> bool:
    ministers = ("minister", "foreign_minister", "finance_minister", "defence_minister", "deputy_head_of_government", "deputy")
    if classification in ministers:
        return membership.classification in ("minister", "deputy")
    return membership.classification == classification


def _same_chamber(membership: Membership, title: str) -> bool:
    """Whether a label that says Senator, or Representative, may stand for a member of that house."""
    words_of_title = fold(title).split()
    is_senator = "senator" in words_of_title or "sen" in words_of_title
    is_of_house = not {"representative", "rep", "congressman", "congresswoman"}.isdisjoint(words_of_title)
    held = fold(f"{membership.role} {membership.organization}").split()
    if membership.classification != "legislator" or not (is_senator or is_of_house):
        return True
    return ("senator" in held or "senate" in held) == is_senator


def _held_before(membership: Membership, day: dt.date | None) -> bool:
    if day is None or not membership.start:
        return day is None
    return membership.start <= day.isoformat() <= f"{int((membership.end or membership.known_until or '9999')[:4]) + 15:04d}"


def _near(membership: Membership, day: dt.date | None) -> bool:
    """Whether the day lies within a career of the office: 15 years before it or after."""
    if day is None or not membership.start:
        return False
    end = membership.end or membership.known_until or membership.start
    return int(membership.start[:4]) - 15 <= day.year <= int(end[:4]) + 15


def _role_text(membership: Membership) -> str:
    """The office with its country: President of Belarus."""
    place = area_name(membership.area)
    if (
        membership.organization
        or not place
        or place in membership.role
        or (" of " in membership.role and len(membership.role) > 60)
    ):
        return membership.role
    if membership.classification in ("subnational", "legislator", "judge"):
        return membership.role
    return f"{membership.role} of {place}"


def unlisted_id(source: str, name: str) -> str:
    """The id of a person of a source whom no reference file has: of the source and the folded full name."""
    return _hashed(f"{source}\0{fold(name)}")


def _hashed(key: str) -> str:
    return "person-" + hashlib.sha256(key.encode()).hexdigest()[:16]


def _fill(turn: TurnSpan, identity: Identity) -> None:
    attribution, precision = evidence_table()[identity.evidence]
    turn.speaker_name, turn.role, turn.organisation = identity.name, identity.role, identity.organisation
    turn.speaker_kind, turn.attribution, turn.evidence = identity.kind, attribution, identity.evidence
    turn.confidence = round(precision * identity.penalty, 3)
    turn.doubt = identity.doubt
    turn.speaker_id = identity.id if turn.confidence >= THRESHOLD else None
