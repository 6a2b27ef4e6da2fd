"""What the words themselves say of who speaks: full names in the text, who introduces themselves, who calls on the next."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cache

from flows.people.labels import is_compound_office, words
from flows.people.media import media_words, words_as_written
from flows.people.names import fold, given_and_family, may_be_short_for, tidy
from flows.people.people import FOLDER, People, open_csv
from flows.segment.segmented import TurnSpan

OPENING = 420  # code points of a turn in which a speaker may introduce themselves
MEDIA_WORDS = "|".join(words_as_written())
WORD = r"(?:[^\W\d_a-zà-ÿа-яё][\w'’-]{1,60})"  # without an end, a line of one long word takes time in its square
FULL = rf"{WORD}(?: (?:[^\W\d_]\.|de|von|van|der|al|bin|el|la|da|di|{WORD})){{0,2}} {WORD}"
GREETING = (
    r"(?:(?:good (?:morning|afternoon|evening|day)|hello|hi|thanks?(?: you)?(?: so| very)?(?: much)?|yes|dear \w+"
    r"|mr\.? president|sir|добрый (?:день|вечер)|здравствуйте)[^.!?\n]{0,30}[.!,?]+\s*){0,3}"
)
PROPER = r"(?:(?:[A-ZÀ-ÞА-Я]\.)+|[A-ZÀ-ÞА-Я0-9][\w&'’-]*(?:\.[a-z]{2,3}\b)?)"
ORGANISATION = rf"(?:the )?{PROPER}(?:,? (?:of|the|and|for|in|on|de|du|von|{MEDIA_WORDS}|{PROPER})){{0,9}}"
SPACES = re.compile(r"\s+")
SAYS_SO = re.compile(
    rf"(?i:{GREETING})(?:(?:I['’]m|I am|[Mm]y name is|[Tt]his is|[Мм]еня зовут)\s+)({FULL})\b"
    rf"(?:,?\s+(?:(?:and )?(?:I['’]m |I am )?(?:with|from|of|at|for|representing)\s+)"
    rf"({ORGANISATION})|, ({ORGANISATION})[.!])?"
)
INTRODUCTIONS = (
    re.compile(rf"(?i:{GREETING})({FULL}),? (?:(?:with|from|of|for) )?({ORGANISATION})(?:[.!?](?!\w)|,? [—–-]|$)"),
    SAYS_SO,
    re.compile(rf"(?i:{GREETING})({FULL}),?\s+(?:with|from)\s+({ORGANISATION})"),
)
ACRONYM = re.compile(r"\b[A-ZÀ-ÞА-Я]{2,}")
BEFORE_A_FAMILY = frozenset({"de", "du", "des", "la", "von", "der", "di", "da", "del", "dos", "den", "ter", "zu", "st"})
CALL = re.compile(
    rf"(?:({FULL}),? (?:please|go ahead|you have the floor)|(?:go (?:ahead|to)|over to|turn to|hear from|floor to"
    rf"|recognize[sd]?|question (?:is |comes )?(?:from|by)|call on),? (?:the line of )?({FULL}))[^.?!\n]{{0,60}}[.?!]?\s*$"
)
NAME_RUN = re.compile(rf"{WORD}(?:[ \xa0](?:[A-Z]\.|{WORD})){{1,4}}")
LONG_RUN = re.compile(rf"{WORD}(?:[ \xa0](?:[A-Z]\.|{WORD})){{1,9}}")  # a title of many words before a name
WRAPPED_RUN = re.compile(rf"{WORD}(?:[ \xa0\n](?:[A-Z]\.|{WORD})){{1,9}}")  # where lines are wrapped


def introduction_of(text: str, turn: TurnSpan, people: People, families: Callable[[], set[str]]) -> tuple[str, str | None] | None:
    """(full name, organisation) that the speaker gives at the start of the turn; `families` are the labels' family names."""
    opening = with_single_spaces(text[turn.start : min(turn.end, turn.start + OPENING)])
    for pattern in INTRODUCTIONS:
        match = pattern.match(opening)
        if match and is_name(match[1]):
            organisation = next((group for group in match.groups()[1:] if group), "").strip(" .,")
            if re.match(r"(?:Mr|Mrs|Ms|Madam|President|I)\b", organisation):
                continue
            tie = opening[match.end(1) : match.start(2)] if pattern is not SAYS_SO else ""
            if pattern is SAYS_SO or _introduces(match[1], organisation, tie, people, families):
                return tidy(match[1]), organisation or None
    return None


def _introduces(name: str, organisation: str, tie: str, people: People, families: Callable[[], set[str]]) -> bool:
    """Whether a name and what follows it introduce the speaker; `tie` is what stands between the two.

    "Ada Stone, the Republican Leader" and "Merry Christmas, John" do not.
    """
    told = fold(organisation).split()
    is_medium = any(word in media_words() for word in told) or ACRONYM.search(organisation) is not None
    is_given = people.is_given_name(name.split(maxsplit=1)[0])
    if not tie.strip():
        return is_given and is_medium
    if re.search(r"\b(?:with|from|for)\b", tie):
        return True
    if organisation.startswith("the ") and not any(word in media_words() for word in told):
        return False
    is_addressed = len(told) == 1 and (people.is_given_name(organisation) or told[0] in families())
    is_place = "of" in tie and fold(organisation) in words().areas
    return not is_addressed and not is_place and (is_given or is_medium)


def called_on(text: str, previous: TurnSpan, families: Callable[[], set[str]]) -> str | None:
    """The full name by which the turn before ends by calling on the next speaker."""
    match = CALL.search(with_single_spaces(text[max(previous.start, previous.end - 200) : previous.end]))
    name = tidy(match[1] or match[2]) if match else ""
    is_answering = given_and_family(fold(name))[1] in families()  # "I'll turn that over to Ada Stone", who has a label
    return name if name and is_name(name) and not is_answering else None


def with_single_spaces(text: str) -> str:
    """What is printable has no white space but spaces."""
    return text if text.isprintable() and "  " not in text else SPACES.sub(" ", text)


def before_sentence_words(run: str) -> str:
    """The capitalised words up to one that is no part of a name, for titles in which every word is capitalised."""
    kept = run.split()
    stop = next(
        (i for i, word in enumerate(kept) if i > 1 and (fold(word) in never_names() or word.endswith("ing"))), len(kept)
    )
    return " ".join(kept[:stop])


def names_in(text: str, wanted: set[str], runs: re.Pattern[str], people: People) -> dict[str, Counter[str]]:
    """family name -> the full names in runs of capitalised words that end in one of the wanted family names."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for match in runs.finditer(text):
        if "--" in match[0]:
            continue
        run = re.split(r"[\n\xa0 ]", match[0])
        for i in range(1, len(run)):
            family = fold(run[i]).rpartition(" ")[2]
            if family not in wanted:
                continue
            is_given = _can_be_given(fold(run[i - 1])) or bool(people.named(f"{run[i - 1]} {run[i]}"))  # Bill is more than a bill
            given = i - 1 if is_given or re.fullmatch(r"[A-Z]\.", run[i - 1]) else i
            if given == i - 1 and given and _can_be_given(fold(run[given - 1])) and people.is_given_name(run[given - 1]):
                given -= 1  # Pedro Pablo Kuczynski; not: Communications John Kirby
            is_given = _can_be_given(fold(run[given])) or bool(people.named(f"{run[given]} {run[i]}"))
            if given < i and is_given and not run[i - 1].endswith("-"):
                found[family][" ".join(tidy(word) for word in run[given : i + 1])] += 1
    return found


def _can_be_given(key: str) -> bool:
    """Whether a folded word before a family name can be a given name: no title, no word that begins sentences."""
    lexicon = words()
    titles = {key, key.removesuffix("s")}  # Senators Smith and Jones
    return (
        len(key) > 1
        and key not in never_names()
        and key not in BEFORE_A_FAMILY
        and not any(t in lexicon.honorifics or t in lexicon.offices for t in titles)
        and not is_compound_office(key)
    )


def _without_overruns(names: Counter[str]) -> Counter[str]:
    """Three words whose last two stand alone as well were a word too many (Welcome Anna Berg) or a middle name: two count."""
    out: Counter[str] = Counter()
    for name, count in names.items():
        short = " ".join(name.split(" ")[-2:])
        outer = f"{name.split(' ')[0]} {name.split(' ')[-1]}"
        out[short if short in names else outer if outer in names else name] += count
    return out


def compatible(names: Counter[str] | None, initials: list[str]) -> list[str]:
    """The full names, the most frequent first, without other forms of one given name; those that the initials allow."""
    kept: list[str] = []
    names = _without_overruns(names or Counter())
    for name, _ in sorted(names.items(), key=lambda item: (-item[1], item[0])):
        given = given_and_family(fold(name))[0]
        if initials and not given.startswith(fold(initials[0])):
            continue
        if not any(may_be_short_for(given, given_and_family(fold(other))[0]) for other in kept):
            kept.append(name)
    return kept


def is_name(name: str) -> bool:
    """Whether capitalised words can be a person's name: no form of address, no medium, not the head of a sentence."""
    tokens = fold(name).split(" ")
    lexicon = words()
    first = tokens[0]
    if first in never_names() or first in lexicon.honorifics or first.endswith("ing") or re.match(r"I['’]", name):
        return False
    return not any(t in lexicon.offices or t in media_words() for t in tokens) and " ".join(tokens) not in lexicon.areas


@cache
def never_names() -> frozenset[str]:
    """Words that begin sentences and are nobody's given name."""
    return frozenset(row["word"] for row in open_csv(FOLDER / "not_names.csv"))
