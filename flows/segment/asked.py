"""Interviews without labels: questions in bold, or turns that begin with a dash and nothing else.

Nothing but its form says who speaks a paragraph, so the page must say more: that it is an interview, in its title the full name
of the one who answers, questions that end as questions do between answers that do not, and answers in the first person in which
nobody tells of the one who answers by surname. Any page that shows less gives no turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flows.clean.cleaned import Cleaned, Paragraph
from flows.people.labels import parse
from flows.segment import zones
from flows.segment.segmented import TurnSpan
from flows.segment.sole import who_of
from flows.segment.vocabulary import OWN_WORDS

SCORE = 1.0  # log-odds, for want of a vote
LEAST_QUESTIONS = 3
ASKED, ASKED_BACK = 0.7, 0.2  # shares of the questions, and of the answers, that end in a question mark
SPOKEN = 0.3  # share of the answers that say I or we
SHORTEST = 12  # code points of a question: less is a head
ENDS_ASKING = re.compile(r"[?？؟][\W_]*$")
ENDS_SENTENCE = re.compile(r"[.?!…？][\W_]*$")
DASH = re.compile(r"[*_]*[–—-][ \xa0](?=\S)")
IN_BOLD = re.compile(r"(\*\*|__)(?!\1)[^\n]+\1$")
OWN = re.compile(OWN_WORDS)
INTERVIEW = re.compile(
    r"\b(?:interview(?:ed)?|conversation with|talk(?:ed|s)? (?:to|with)|sp(?:oke|eaks) (?:to|with)|we met|questions (?:for|to)"
    r"|gespräch|gesprochen|entretien|entrevista|intervista|інтерв['’]ю|розпові(?:в|ла)|розмовля(?:в|ла)"
    r"|интервью|бесед\w+|рассказал[аи]?|поговорил[аи]?|ответил[аи]? на вопросы)\b",
    re.I,
)
WITH_WHOM = re.compile(
    r"(?:interview|conversation|q ?(?:&|and) ?a|questions)\s(?:with|for|to)\s(?P<who>.+)"
    r"|(?:interview|gespräch) mit (?P<mit>.+)|entretien avec (?P<avec>.+)|entrevista (?:a|con) (?P<con>.+)",
    re.I,
)
WHOSE_WORDS = re.compile(r"(?P<who>[^:«»“”„\"]{5,90}):\s*[«“„\"‘']")  # "Minister Ida Holm: “We are too slow”"


@dataclass(slots=True)
class Part:
    """Paragraphs of one question or one answer, and the first word said in them."""

    asks: bool
    start: int
    paragraphs: list[int]


def asked_turns(cleaned: Cleaned, title: str, own: list[str]) -> tuple[list[TurnSpan], list[str]]:
    """The turns of an interview without labels, and the zones that go with them; nothing where the page does not show enough."""
    text, paragraphs = cleaned.text, cleaned.paragraphs
    inside = [i for i, p in enumerate(paragraphs) if p.zone in (None, "transcript") and not p.is_heading]
    for parts in (_by_dash(text, paragraphs, inside), _by_bold(text, paragraphs, inside)):
        if not parts or not _alternate(text, paragraphs, parts):
            continue
        who = _answering(cleaned, title, parts[0].paragraphs[0])
        surname = parse(who).name.split()[-1] if who else ""
        if not who or not parts[-1].paragraphs:
            continue
        last = parts[-1].paragraphs
        stop, after = zones.end_of_last_turn(text, paragraphs, last[0], last[-1] + 1, surname)
        stop = min(stop, zones.told_at_end(text, paragraphs, last[0], stop, surname))
        parts[-1].paragraphs = [i for i in last if i < stop]
        if any(_tells_of(surname, text, paragraphs[i]) for part in parts if not part.asks for i in part.paragraphs):
            continue
        turns = [turn for part in parts for turn in _turns(paragraphs, part, who)]
        for part in parts:
            for i in part.paragraphs:
                own[i] = "transcript"
        for i, zone in enumerate(zones.after_transcript(text, paragraphs, stop, after), start=stop):
            if paragraphs[i].zone is None:
                own[i] = zone
        return turns, own
    return [], own


def _by_dash(text: str, paragraphs: list[Paragraph], inside: list[int]) -> list[Part]:
    """A part from each dash on; what follows an answer without one goes on with it."""
    parts: list[Part] = []
    dashes = {i: found for i in inside if (found := DASH.match(text, paragraphs[i].start, paragraphs[i].end))}
    for i in inside:
        dash = dashes.get(i)
        if parts and parts[-1].asks and not dash and i > max(dashes):
            break  # "– Thank you.", and what the page says below
        if dash:
            parts.append(Part(len(parts) % 2 == 0, dash.end(), [i]))
        elif parts and parts[-1].asks:
            return []  # a question has one paragraph
        elif parts:
            parts[-1].paragraphs.append(i)
    return parts


def _by_bold(text: str, paragraphs: list[Paragraph], inside: list[int]) -> list[Part]:
    """A question from each paragraph in bold on that is a sentence, an answer from what is not in bold; heads belong to nobody."""
    parts: list[Part] = []
    for i in inside:
        start, body = paragraphs[i].start, text[paragraphs[i].start : paragraphs[i].end]
        is_bold = paragraphs[i].bold >= len(body) or IN_BOLD.match(body) is not None
        if is_bold and (len(body) < SHORTEST or not ENDS_SENTENCE.search(body)):
            continue
        if is_bold and not parts and not ENDS_ASKING.search(body):
            continue
        if not is_bold and not parts:
            continue
        if not parts or parts[-1].asks != is_bold:
            parts.append(Part(is_bold, start + len(body) - len(body.lstrip("*_ ")), []))
        parts[-1].paragraphs.append(i)
    return parts


def _alternate(text: str, paragraphs: list[Paragraph], parts: list[Part]) -> bool:
    """Whether the parts are questions and answers: by how they end, and by who is meant in them."""
    words = [text[paragraphs[part.paragraphs[0]].start : paragraphs[part.paragraphs[-1]].end] for part in parts]
    asked = [ENDS_ASKING.search(said) is not None for said, part in zip(words, parts, strict=True) if part.asks]
    answers = [said for said, part in zip(words, parts, strict=True) if not part.asks]
    if len(asked) < LEAST_QUESTIONS or len(answers) < LEAST_QUESTIONS:
        return False
    back = sum(ENDS_ASKING.search(said) is not None for said in answers)
    spoken = sum(OWN.search(said) is not None for said in answers)
    return sum(asked) >= ASKED * len(asked) and back <= ASKED_BACK * len(answers) and spoken >= SPOKEN * len(answers)


def _answering(cleaned: Cleaned, title: str, first: int) -> str | None:
    """The one whom the title of an interview names, with office; None where the page calls itself none or names none so."""
    title = " ".join(title.split())
    heads = [cleaned.text[p.start : p.end] for p in (*cleaned.paragraphs[:first], *cleaned.paragraphs[-3:])]
    if not title or not INTERVIEW.search("\n".join([title, *heads])):
        return None
    found = WHOSE_WORDS.match(title) or WITH_WHOM.search(title)
    written = next((name for name in found.groups() if name), "") if found else ""
    who = who_of(written) if written else None
    return who if who and parse(who).is_full_name else None


def _tells_of(surname: str, text: str, paragraph: Paragraph) -> bool:
    return re.search(rf"\b{re.escape(surname)}\b", text[paragraph.start : paragraph.end]) is not None


def _turns(paragraphs: list[Paragraph], part: Part, who: str) -> Iterator[TurnSpan]:
    """The turn of a part, cut where a head stands in it."""
    told = "" if part.asks else who
    made: TurnSpan | None = None
    for i in part.paragraphs:
        if made is not None and made.last == i - 1:
            made.end, made.last = paragraphs[i].end, i
            continue
        if made is not None:
            yield made
        start = part.start if i == part.paragraphs[0] else paragraphs[i].start
        made = TurnSpan(start, paragraphs[i].end, i, i, score=SCORE, told=told)
    if made is not None:
        yield made
