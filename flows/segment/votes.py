"""Which candidates are labels: the document votes. A convention is shared, labels recur and take turns."""

from __future__ import annotations

import bisect
import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from flows.clean.cleaned import Paragraph
from flows.people.names import initials_of
from flows.segment.labels import HONORIFIC_START, WEIGHTS, Candidate, Surroundings, candidates, weigh
from flows.segment.vocabulary import OPENERS, OWN_WORDS, QUOTED_PARAGRAPH, SMALL_WORDS

SHOUTED_SHARE = 0.6  # of the letters are capitals: captions
SHOUTED_SAMPLE = 12_000
_NAME_WORD = re.compile(r"[A-ZÀ-ÞА-ЯЁІЇЄҐ][\w'’-]{2,}")
_ASCII_LETTERS = re.compile(r"[A-Za-z]+")
_CASES = bytes(ord("a") if chr(i).islower() else ord("A") if chr(i).isupper() else ord(" ") for i in range(128)).ljust(256)
_LOWER, _UPPER, _OTHER = b"aA "

_SENTENCE_BEFORE = re.compile(r"[.?!…][)\]”\"»]?\s{1,3}[*_]{0,2}$")  # its end is looked for with endpos
_SENTENCE_AFTER = re.compile(r"[*_]{0,2}\s{1,3}[*_]{0,2}[(\[—–]?[A-ZÀ-ÞА-ЯЁ0-9]")
MOST_ALONE, NAMES_SAMPLE = 40, 200_000  # surnames alone that are looked for, and the code points in which they are
ALONE = -1.5  # looks of a surname alone
_OPENERS = "|".join(sorted({word.title() for word in OPENERS if word.isalpha()}))
HOLDER = re.compile(r"\(((?:[A-ZÀ-Þ][\w'’-]+ ){1,3}[A-ZÀ-Þ][\w'’-]+)\)")
MANY, NEARLY_ALL = 20, 0.9  # labels of a convention, and the share of them that show whom they stand for
OPENING_QUOTES = ('"', "“", "«", "„")
SPEECH_SAMPLE = 1_500
OVER_ITS_SPEECH = -2.0  # looks of a label on a line of its own
SERIAL = frozenset(  # forms of label that a series alone can bear out
    ("line", "dash", "pointdash", "bracket", "cell", "over", "titled", "plain", "bold")
)
LOOSE = -1.2  # looks of a label that returns: "Lake Radio:"
IN_SERIES = -3.6  # looks of a member of a series
AGAINST_SERIES = (
    *("stop", "opener", "verb", "vocative", "list", "quote", "comma"),
    *("heading", "rest_url", "caps_line", "cast", "link"),
)
COMES_BACK = 3  # times
SPOKEN_SHARE = 0.35  # of those listed say I or we, if they speak
FEW_SPOKEN = 0.12  # of labels that come back and show by nothing that they are people
FIRST_PERSON = re.compile(rf"(?<![./]){OWN_WORDS}(?!\.\w)|[我咱]")  # and no part of an address
_ENDS_SENTENCE = re.compile(r"[.?!…。？！؟][\W_]*$")
SPOKEN_TO = re.compile(
    rf"{FIRST_PERSON.pattern}|\b[Yy]ou(?:r|rs)?\b|[?？؟]"
    r"|\b(?:[Ii]hr|[Ss]ie|[Vv]ous|[Vv]otre|[Вв]ы|[Вв]ас|[Вв]ам)\b"
    r"|\b(?:[Uu]sted(?:es)?|[Ee]stamos|[Hh]emos|[Tt]enemos|[Vv]amos|[Qq]ueremos|[Cc]reo|[Qq]uiero|[Gg]racias)\b"
    r"|\b(?:Madame|Monsieur) l[ea]\b|\bch(?:er|ère)s? coll|\b[Ll]a parole (?:est|à)\b"
)
HEADLINE_VERB = re.compile(r"\b[A-Z]{4,}(?:ED|ING|S)\b.* AND |\b[A-Z]{4,}(?:ED|ING)$")  # "... PROMISED AND DELIVERED"

Convention = tuple[str, bool]  # how the label ends, whether it is bold


@dataclass(frozen=True, slots=True)
class Electorate:
    """What the candidates that look like labels have in common."""

    keys: Counter[str]
    labels: Counter[str]  # as written
    names: frozenset[str]  # words of names in labels, title and introduction
    strengths: dict[Convention, dict[str, float]]
    formal: frozenset[Convention]  # of which nearly all of many labels show by a title or a party that they stand for people
    in_capitals: frozenset[Convention]  # of which nearly all labels are in capitals or anonymous
    in_lower_case: frozenset[Convention]  # of which hardly any is
    largest: int  # how many share the commonest convention
    usual_indent: int | None
    is_formal: bool  # labels in capitals with a title or a role are among them
    series: frozenset[str]  # the endings whose labels make a series
    families: dict[str, set[str]]  # the last word of names -> the keys that end in it
    initials: frozenset[str]  # of the full names among them
    holders: frozenset[str]  # full names, in small letters, that labels with an office hold in brackets


def find_labels(text: str, paragraphs: list[Paragraph], open_for_labels: Iterable[int], title: str = "") -> list[Candidate]:
    """The document's labels, in order; `score` is a log-odds. Empty where the document is no transcript.

    `open_for_labels` are the indexes of the paragraphs in which a label may stand.
    """
    indexes = list(open_for_labels)
    found = _gather(text, paragraphs, indexes)
    told = _told_names(text, paragraphs, indexes, title, found)
    found = _without_stray_answers(_without_quotations(text, paragraphs, found))
    told |= _introduce(text, found)
    series = _series(text, paragraphs, found)
    found = [c for c in found if not c.features.get("unmarked") or _form(c) in series]
    loose = Counter(c.key for c in found if c.looks > LOOSE)
    often = Counter(c.key for c in found if _stands_over_its_speech(c))
    seeds = [
        c
        for c in found
        if c.looks > 0 or (c.looks > LOOSE and loose[c.key] > 1) or (_stands_over_its_speech(c) and often[c.key] >= COMES_BACK)
        or (_form(c) in series and _may_be_of_series(c))
    ]
    for _ in range(2):  # the vote, then a vote of those elected
        electorate = _electorate(seeds, paragraphs, told, series)
        sown = set(map(id, seeds))
        for candidate in found:
            _score(candidate, electorate, paragraphs, told, is_seed=id(candidate) in sown)
        seeds = [c for c in found if c.score > 0]
    elected = _one_per_head(seeds)
    if not elected or not _is_transcript(text, paragraphs, elected):
        return []
    return sorted([*elected, *_inside(text, paragraphs, indexes, elected)], key=lambda c: c.start)


def _inside(text: str, paragraphs: list[Paragraph], indexes: list[int], elected: list[Candidate]) -> Iterator[Candidate]:
    """The document's labels that stand inside a paragraph, after a sentence's end: a second speaker in it.

    Only names that are labels elsewhere, and no quotation after them; a word such as "Question:" may be part of what is said.
    """
    names = {c.label: c for c in elected if c.ending == "colon" and _is_name_of_many_words(c)}
    starts = [paragraphs[i].start for i in indexes]
    for label, like in names.items():
        at = text.find(f"{label}:")
        while at >= 0:
            rest = at + len(label) + 1
            place = bisect.bisect_right(starts, at) - 1
            if place >= 0 and starts[place] < at < rest < paragraphs[indexes[place]].end and _parts_speech(text, at, rest):
                while text[rest] in " \xa0*_\n":
                    rest += 1
                yield replace(like, paragraph=indexes[place], start=at, opens=at, stop=at + len(label), rest=rest)
            at = text.find(f"{label}:", rest)


def _is_name_of_many_words(c: Candidate) -> bool:
    seen = c.features
    return len(c.label.split()) > 1 and bool(seen.get("person") or seen.get("honorific")) and not seen.get("lower")


def _parts_speech(text: str, at: int, rest: int) -> bool:
    """Whether a sentence ends right before a label, and one begins right after it that is no quotation."""
    return _SENTENCE_BEFORE.search(text, max(0, at - 6), at) is not None and _SENTENCE_AFTER.match(text, rest) is not None


def _stands_over_its_speech(c: Candidate) -> bool:
    """A name and a colon on a line of their own, as parliaments set it; heads of lists look so too, but for their coming back."""
    seen = c.features
    is_over = bool(seen.get("rest_empty")) and not seen.get("list_follows")
    return c.looks > OVER_ITS_SPEECH and is_over and bool(seen.get("person")) and c.ending in ("colon", "fullcolon")


def _gather(text: str, paragraphs: list[Paragraph], indexes: list[int]) -> list[Candidate]:
    around = Surroundings(text, _is_shouted(text))
    found: list[Candidate] = []
    for place, index in enumerate(indexes):
        following = ""
        if place + 1 < len(indexes):
            start = paragraphs[indexes[place + 1]].start
            following = text[start : min(paragraphs[indexes[place + 1]].end, start + 40)]
        found.extend(candidates(around, index, paragraphs[index], following))
    return found


def _is_shouted(text: str) -> bool:
    """Whether the text is set in capitals; looked at from its middle, since heads often are."""
    start = max(0, (len(text) - SHOUTED_SAMPLE) // 2)
    sample = text[start : start + SHOUTED_SAMPLE]
    cases = np.frombuffer(b" " + sample.encode("ascii", "replace").translate(_CASES) + b" ", dtype=np.uint8)
    is_first, first, second = cases[:-2] == _OTHER, cases[1:-1], cases[2:]  # of a word's letters
    lower = np.count_nonzero(is_first & ((first == _LOWER) | ((first == _UPPER) & (second == _LOWER))))
    if lower >= (1 - SHOUTED_SHARE) * np.count_nonzero(is_first & (first != _OTHER)):
        return False  # at least so many words are not in capitals
    words = _ASCII_LETTERS.findall(sample)
    return len(words) > 40 and sum(map(str.isupper, words)) > SHOUTED_SHARE * len(words)


def _told_names(
    text: str, paragraphs: list[Paragraph], indexes: list[int], title: str, found: list[Candidate]
) -> frozenset[str]:
    """The capitalised words of the title and of what stands before the first likely label."""
    start = paragraphs[indexes[0]].start if indexes else 0
    first = next((c.start for c in found if c.looks > 0), start)
    stop = min(first, start + 4000)
    return frozenset(word.lower() for word in _NAME_WORD.findall(f"{title}\n{text[start:stop]}"))


def _introduce(text: str, found: list[Candidate]) -> frozenset[str]:
    """Surnames that stand alone before a colon, and after another capitalised word in what a moderator says; marked so.

    "Moderator: With me are Lars Holt and Mia Chen.", then "Holt: ...": only where somebody is labelled beyond doubt, and where
    the name returns or is told before the second such label. Or who answers, whenever somebody unnamed has asked.
    """
    sure = [c for c in found if c.looks > 0 and is_human(c)]
    if len(sure) < 2:
        return frozenset()
    alone = [c for c in found if _may_be_surname(c)]
    often = Counter(c.key for c in alone)
    told = set()
    for key, _ in often.most_common(MOST_ALONE):
        label = next(c.label for c in alone if c.key == key).partition(" ")[0]
        full = re.compile(rf"(?<![.?!:\n] )(?<!^)\b(?!(?:{_OPENERS})\b)[A-ZÀ-ÞА-ЯЁ][\w'’-]+ {re.escape(label)}\b(?!:)")
        if full.search(text, 0, min(len(text), NAMES_SAMPLE) if often[key] > 1 else sure[1].start) or _answers(key, alone, sure):
            told.add(key)
    for c in alone:
        if c.key in told:
            c.looks += WEIGHTS["introduced"] - WEIGHTS["opener"] * bool(c.features.get("opener"))  # Weil is a name here
            c.features = {**c.features, "introduced": 1.0, "opener": 0.0}
    return frozenset(told)


def _answers(key: str, alone: list[Candidate], sure: list[Candidate]) -> bool:
    """Whether a word stands twice at least, once for each who asks, nearly always right after somebody without a name."""
    labels = sorted([*(c for c in alone if c.key == key), *sure], key=lambda c: c.start)
    after = [before for before, c in itertools.pairwise(labels) if c.key == key]
    asked = sum(bool(before.features.get("anonymous")) for before in after)
    askers = sum(bool(c.features.get("anonymous")) for c in sure)
    return asked > 1 and asked >= 0.8 * len(after) and asked >= 0.6 * askers


def _may_be_surname(c: Candidate) -> bool:
    seen = c.features
    against = ("common", "verb", "stop", "lower", "quote", "digit", "list_mark", "rest_empty", "rest_lower")
    looks = c.looks - WEIGHTS["opener"] * bool(seen.get("opener"))
    return c.ending == "colon" and looks > ALONE and bool(seen.get("single")) and not any(seen.get(name) for name in against)


def _without_stray_answers(found: list[Candidate]) -> list[Candidate]:
    """A. answers a Q.; without one it is an article or a list."""
    loose = Counter(c.key for c in found if c.looks > -1)
    return [c for c in found if c.key != "a"] if loose["q"] * 4 < loose["a"] else found


def _without_quotations(text: str, paragraphs: list[Paragraph], found: list[Candidate]) -> list[Candidate]:
    """Markdown's quoted paragraphs cite who spoke elsewhere, unless the labels of the document stand in them."""
    quoted = {i for i in {c.paragraph for c in found} if QUOTED_PARAGRAPH.match(text, paragraphs[i].start)}
    likely = [c.paragraph in quoted for c in found if c.looks > 0]
    return found if not quoted or sum(likely) * 2 >= len(likely) else [c for c in found if c.paragraph not in quoted]


def _form(c: Candidate) -> str:
    """How a label ends; for a colon also whether its words stand under it, or nothing in it shows that it is a name."""
    if c.ending == "period" and c.features.get("unmarked"):
        return "titled"
    if c.ending == "colon" and not (c.features.get("rest_empty") or c.features.get("person") or is_human(c)):
        return "plain"
    return "over" if c.ending in ("colon", "fullcolon") and c.features.get("rest_empty") else c.ending


def _may_be_of_series(c: Candidate) -> bool:
    """Whether nothing speaks against a label but that nothing in it says that it is one."""
    seen = c.features
    lower = {"plain": 1, "titled": 0.9}.get(_form(c), 0)  # "ZEIT am See"; "M. Yves Calas, ministre des ports"
    return c.looks > IN_SERIES and seen["lower"] <= lower and not any(seen.get(name) for name in AGAINST_SERIES)


def _series(text: str, paragraphs: list[Paragraph], found: list[Candidate]) -> frozenset[str]:
    """The forms of label that hold no mark of their own, but whose names take turns and return, and whose words are spoken.

    A name on a line of its own, before a dash, in brackets or in a table's cell: two at least come back, hardly one follows
    itself, and a third of what follows them says I, we or you, or asks.
    """
    by_form: dict[str, list[Candidate]] = defaultdict(list)
    for c in found:
        if _form(c) in SERIAL and _may_be_of_series(c):
            by_form[_form(c)].append(c)
    return frozenset(form for form, members in by_form.items() if _take_turns(text, paragraphs, members))


def _take_turns(text: str, paragraphs: list[Paragraph], members: list[Candidate]) -> bool:
    said = [(c, _words_after(text, paragraphs, c)) for c in members]
    said = [(c, words) for c, words in said if _ENDS_SENTENCE.search(words)]
    heard = [c.key.rpartition(" ")[2] for c, _ in said]
    again = [key for key, count in Counter(heard).items() if count > 1]
    if len(said) < 4 or len(said) < 0.6 * len(members) or not (len(again) > 1 or _is_presided(said, heard, again)):
        return False
    follow = sum(a == b for a, b in itertools.pairwise(heard) if len(again) > 1 or a != again[0])  # a chair goes on
    spoken = sum(SPOKEN_TO.search(words) is not None for _, words in said)
    known = sum(
        bool(is_human(c) or c.features.get("person") or (key in again and _form(c) != "over"))
        for (c, _), key in zip(said, heard, strict=True)
    )
    if _form(members[0]) == "plain" and not _asks(said):
        return False
    return follow <= 0.2 * len(said) and spoken >= SPOKEN_SHARE * len(said) and known > 0.6 * len(said)


def _is_presided(said: list[tuple[Candidate, str]], heard: list[str], again: list[str]) -> bool:
    """Whether an office returns three times between at least three who speak once, each before a point and a dash: a chamber."""
    if len(again) != 1 or _form(said[0][0]) != "pointdash":
        return False
    chairs = [bool(is_human(c)) for (c, _), key in zip(said, heard, strict=True) if key == again[0]]
    return len(chairs) >= COMES_BACK and all(chairs) and len(heard) - len(chairs) >= COMES_BACK


def _asks(said: list[tuple[Candidate, str]]) -> bool:
    """Whether two alternate of whom one asks nearly always and the other hardly ever: an interview, not problems and solutions."""
    by_key: dict[str, list[bool]] = defaultdict(list)
    for c, words in said:
        by_key[c.key].append(words.rstrip(" *_”\"»").endswith(("?", "？", "؟")))
    shares = sorted(sum(asked) / len(asked) for asked in by_key.values() if len(asked) > 1)
    return len(by_key) < 4 and len(shares) > 1 and shares[0] < 0.3 and shares[-1] > 0.6


def _words_after(text: str, paragraphs: list[Paragraph], c: Candidate) -> str:
    """The paragraph that a label stands before or over."""
    end = paragraphs[c.paragraph].end
    if c.rest < end and text[c.rest : end].strip():
        return text[c.rest : end]
    after = c.paragraph + 1
    return text[paragraphs[after].start : paragraphs[after].end] if after < len(paragraphs) else ""


def _electorate(
    seeds: list[Candidate], paragraphs: list[Paragraph], told: frozenset[str], series: frozenset[str]
) -> Electorate:
    by_convention: dict[Convention, list[Candidate]] = defaultdict(list)
    for candidate in seeds:
        by_convention[candidate.ending, candidate.is_bold].append(candidate)
    largest = max(map(len, by_convention.values()), default=0)
    has_bold_colons = len(by_convention.get(("colon", True), ())) >= 3
    families: dict[str, set[str]] = defaultdict(set)
    for c in seeds:
        if c.features.get("person") or c.features.get("role") or c.features.get("honorific"):
            families[c.key.rpartition(" ")[2]].add(c.key)
    strengths = {}
    for convention, members in by_convention.items():
        strengths[convention] = _strength(members, largest)
        strengths[convention]["unbold"] = convention == ("colon", False) and has_bold_colons
    return Electorate(
        Counter(c.key for c in seeds),
        Counter(c.label for c in seeds),
        told | {word for c in seeds if c.features.get("person") for word in c.key.split()},
        strengths,
        frozenset(convention for convention, members in by_convention.items() if _are_titled(members)),
        frozenset(convention for convention, members in by_convention.items() if _are_capitals(members)),
        frozenset(convention for convention, members in by_convention.items() if _are_lower_case(members)),
        largest,
        _usual_indent(seeds, paragraphs),
        any(c.looks > 1 and c.features.get("caps") and is_human(c) and not c.features["anonymous"] for c in seeds),
        series,
        families,
        frozenset(_initials(c.label) for c in seeds if c.features.get("person") and not c.features.get("lower")) - {""},
        frozenset(found[1].lower() for c in seeds if c.features.get("role") and (found := HOLDER.search(c.label))),
    )


def _initials(label: str) -> str:
    """Those of the name in a label."""
    return initials_of(re.sub(r"\([^)]*\)", "", label).partition(",")[0])


def _strength(members: list[Candidate], largest: int) -> dict[str, float]:
    """How much a convention looks like people taking turns."""
    keys = [c.key for c in members]
    follows_itself = sum(a == b for a, b in itertools.pairwise(keys)) / max(1, len(keys) - 1)
    recurring = 1 - len(set(map(_whom, members))) / len(keys)
    human = sum(is_human(c) or bool(c.features.get("person")) for c in members) / len(members)
    holds = len(members) >= 3 and len(set(keys)) >= 2 and (recurring > 0.15 or human > 0.6)
    return {
        "convention": 1.0 if len(members) >= 60 else holds * min(1.0, 0.4 + recurring),
        "minority": len(members) * 8 < largest,
        "alternates": len(members) > 3 and follows_itself < 0.4 and recurring > 0.2,
        "repeats": len(members) > 3 and follows_itself > 0.6,
    }


def _whom(c: Candidate) -> str:
    """The surname of what looks like a name, so that "Ursula von der Mark" and "Von der Mark" are one; else the key."""
    seen = c.features
    is_name = (seen.get("person") or seen.get("honorific")) and not (seen.get("organisation") or seen.get("common"))
    return c.key.rpartition(" ")[2] if is_name else c.key


def _are_capitals(members: list[Candidate]) -> bool:
    """Nearly all of many, if any is in capitals; of few, whoever is named: two at least, and twice as often in capitals as not."""
    if len(members) >= 6 and any(c.features.get("caps") for c in members):
        return sum(map(_is_formal, members)) > 0.8 * len(members)
    named = [c for c in members if not c.features.get("anonymous")]
    shouted = sum(bool(c.features.get("caps")) for c in named)
    return shouted >= 2 and shouted >= 2 * (len(named) - shouted)


def _are_titled(members: list[Candidate]) -> bool:
    return len(members) >= MANY and sum(map(_is_titled, members)) > NEARLY_ALL * len(members)


def _is_titled(candidate: Candidate) -> bool:
    return is_human(candidate) or bool(candidate.features.get("party")) or HONORIFIC_START.match(candidate.label) is not None


def _are_lower_case(members: list[Candidate]) -> bool:
    return len(members) >= 4 and sum(bool(c.features.get("caps")) for c in members) < 0.3 * len(members)


def _is_formal(candidate: Candidate) -> bool:
    return bool(candidate.features.get("caps") or candidate.features.get("anonymous"))


def is_human(candidate: Candidate) -> bool:
    """Whether the label says by a title, a role or an anonymous word that it stands for a person."""
    seen = candidate.features
    return bool(seen.get("honorific") or seen.get("role") or seen.get("anonymous"))


def _usual_indent(seeds: list[Candidate], paragraphs: list[Paragraph]) -> int | None:
    indents = Counter(paragraphs[c.paragraph].indent for c in seeds).most_common(1)
    return indents[0][0] if indents and indents[0][1] > max(3, 0.7 * len(seeds)) else None


def _score(c: Candidate, electorate: Electorate, paragraphs: list[Paragraph], told: frozenset[str], is_seed: bool) -> None:
    elsewhere = electorate.keys[c.key] - is_seed
    last = c.key.split()[-1:]
    strength = electorate.strengths.get((c.ending, c.is_bold)) or {"minority": electorate.largest > 5}
    usual = electorate.usual_indent
    is_bare = bool(last) and not (c.features.get("comma") or c.features.get("lower"))  # not "Mr Holt, one must see:"
    is_holder = c.label.lower() in electorate.holders  # "The Minister for Ferries (Jim Rae)", then "Jim Rae"
    # the surname of another label
    is_of_family = is_holder or (is_bare and bool(electorate.families.get(last[0], set()) - {c.key}))
    votes: dict[str, float] = {
        **strength,
        "off_indent": usual is not None and abs(paragraphs[c.paragraph].indent - usual) > 1,
        "bold_convention": c.is_bold
        and c.ending == "colon"
        and electorate.strengths.get(("colon", True), {}).get("convention", 0) > 0.5,
        "other_case": electorate.labels[c.label] - is_seed < 3 and _is_other_case(c, electorate),
        "asked_among_named": electorate.is_formal and c.key == "q" and c.ending == "gap",
        "unlike": elsewhere < COMES_BACK
        and (c.ending, c.is_bold) in electorate.formal
        and not (_is_titled(c) or c.features.get("caps")),
        "lone_line": elsewhere < 2
        and _form(c) not in electorate.series
        and not (is_holder or _is_label_without_colon(c, electorate, is_seed))
        and (c.ending in ("line", "bold") or (c.ending == "dash" and not strength.get("convention")))
        and not c.features.get("time"),
        "recurs": min(3.0, math.log2(1 + elsewhere)),
        "once": not elsewhere and not is_human(c) and not is_of_family,
        "known_name": bool(electorate.names.intersection(last))
        and (elsewhere > 0 or last[0] in told or is_of_family),
        "series": _form(c) in electorate.series
        and _may_be_of_series(c)
        and (elsewhere > 0 or c.ending == "bracket" or bool(c.features.get("person")) or is_human(c)),
        "initials": c.label.isupper() and c.label in electorate.initials,
    }
    c.score = c.looks + weigh(votes)
    c.features = {**c.features, **votes}


def _is_label_without_colon(c: Candidate, electorate: Electorate, is_seed: bool) -> bool:
    """A bold name that is a label elsewhere, and a sentence after it: only its colon was forgotten."""
    is_elsewhere = electorate.labels[c.label] > is_seed and bool(c.features.get("person"))
    return c.ending == "bold" and is_elsewhere and not c.features.get("rest_lower")


def _is_other_case(c: Candidate, electorate: Electorate) -> bool:
    convention = (c.ending, c.is_bold)
    if convention in electorate.in_capitals:
        return not _is_formal(c)
    return convention in electorate.in_lower_case and bool(c.features.get("caps")) and not is_human(c)


def _one_per_head(seeds: list[Candidate]) -> list[Candidate]:
    """Of several readings of one head the best."""
    elected: list[Candidate] = []
    for candidate in sorted(seeds, key=lambda c: (c.start, -c.score)):
        if elected and elected[-1].paragraph == candidate.paragraph and candidate.start < elected[-1].rest:
            if candidate.score > elected[-1].score:
                elected[-1] = candidate
            continue
        elected.append(candidate)
    return elected


def _is_transcript(text: str, paragraphs: list[Paragraph], elected: list[Candidate]) -> bool:
    """Whether there is evidence enough that people take turns here at all."""
    if _is_round_up(text, elected) or _is_list(text, paragraphs, elected):
        return False
    solid = sum(c.score > 1.5 for c in elected)
    heard = Counter(c.key for c in elected)
    human = sum(map(is_human, elected))
    greeted = sum(bool(c.features.get("greeting")) for c in elected)
    if solid and len(heard) > 1 and (_come_back(elected, heard) or (human > 1 and greeted > 1)):
        return True
    return any(_convinces_alone(text, paragraphs, c) for c in elected)


def _come_back(elected: list[Candidate], heard: Counter[str]) -> bool:
    """Whether speakers return: two of them, or one who is named like a person; "Above:" under two pictures does not."""
    again = [c for c in elected if heard[c.key] > 1]
    return len({c.key for c in again}) > 1 or any(
        is_human(c)
        or c.features.get("known_name")
        or c.features.get("initials")
        or (c.features.get("person") and not c.features.get("organisation"))
        for c in again
    )


def _is_round_up(text: str, elected: list[Candidate]) -> bool:
    """A list of who said what: nearly every name stands once, and a quotation follows it."""
    quoted = sum(text[c.rest : c.rest + 1] in OPENING_QUOTES for c in elected)
    heard = Counter(c.key for c in elected)
    once = sum(count == 1 for count in heard.values())
    if 1 < len(elected) < 12 and quoted == len(elected):
        return True
    return len(elected) > 1 and quoted > 0.5 * len(elected) and once > 0.6 * len(heard)


def _is_list(text: str, paragraphs: list[Paragraph], elected: list[Candidate]) -> bool:
    """Names that stand once each, and nobody says I or we after them: a list of people, not a conversation."""
    heard = Counter(c.key for c in elected)
    stand_once = sum(count == 1 for count in heard.values()) >= 0.8 * len(heard)
    if len(elected) < 4 or (not stand_once and any(is_human(c) or c.features.get("greeting") for c in elected)):
        return False
    ends = [c.start for c in elected[1:]] + [paragraphs[min(elected[-1].paragraph + 3, len(paragraphs) - 1)].end]
    spoken = sum(
        FIRST_PERSON.search(text, c.rest, min(end, c.rest + SPEECH_SAMPLE)) is not None
        for c, end in zip(elected, ends, strict=True)
    )
    least = (SPOKEN_SHARE if stand_once else FEW_SPOKEN) * len(elected)
    return spoken < least and not any(c.features.get("anonymous") for c in elected)


def _convinces_alone(text: str, paragraphs: list[Paragraph], c: Candidate) -> bool:
    """A label so plain that it needs no other: it names someone formally, and someone speaks after it."""
    seen, words = c.features, len(c.label.split())
    is_greeting = bool(seen.get("greeting"))
    is_formal = bool(seen.get("caps") and (seen.get("role") or seen.get("honorific")))
    is_titled = bool(seen.get("role") and not seen.get("lower"))
    is_named = bool(seen.get("role") and seen.get("person") and seen.get("known_name") and c.is_bold)
    most = 9 if seen.get("honorific_caps") and not seen.get("role") else 5
    if c.ending not in ("colon", "fullcolon", "period", "bracket", "arrow"):
        return False
    if paragraphs[c.paragraph].start + paragraphs[c.paragraph].bold > c.rest + 3:
        return False  # what follows is bold as well: a headline
    if words > 3 and HEADLINE_VERB.search(c.label):
        return False
    if c.score > 2 and is_formal and words < most:
        return _speaks(text, paragraphs, c) or is_greeting
    if c.score > 1.8 and is_greeting and c.is_bold and seen.get("person"):
        return True
    if c.score > 2.2 and is_greeting and is_titled:
        return True
    if c.score > 3 and is_named and _speaks(text, paragraphs, c):
        return True
    if words < 9 and is_greeting and (c.score > 3 or (c.score > 1.6 and seen.get("known_name"))):
        return True
    if words < 9 and c.score > 3 and (words < 4 or seen.get("honorific_caps")) and _speaks(text, paragraphs, c):
        return True
    is_known = bool(seen.get("person") and seen.get("known_name") and not seen.get("common"))
    is_known = is_known and not SMALL_WORDS.intersection(c.label.split())  # "More Money for Bergen" speaks of the title's place
    if (
        not (is_titled or (c.is_bold and is_known))
        or text[c.rest : c.rest + 1] in OPENING_QUOTES
        or not _speaks(text, paragraphs, c)
    ):
        return False
    return c.score > (2.0 if is_known else 2.5) if c.is_bold else c.score > 1.4 and bool(seen.get("person"))


def _speaks(text: str, paragraphs: list[Paragraph], c: Candidate) -> bool:
    """Whether what follows is in the first person: the next paragraphs, up to SPEECH_SAMPLE code points."""
    last = min(c.paragraph + 6, len(paragraphs) - 1)
    return FIRST_PERSON.search(text, c.rest, min(paragraphs[last].end, c.rest + SPEECH_SAMPLE)) is not None
