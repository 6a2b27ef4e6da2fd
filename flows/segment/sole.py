"""Documents in which one person speaks and no label says so: the page itself must state who it is.

Two kinds. A page whose title says whose speech it is ("Remarks as Prepared for Delivery by ...") and whose body is spoken in the
first person is one turn of that person. And a text that is nothing but a name, a colon and words is one turn of that name, if
somebody of that name is known. Written statements, news about a speech, excerpts and pages of two speakers give no turn.
"""

from __future__ import annotations

import re

from flows.clean.cleaned import Cleaned
from flows.clean.paragraphs import FLAT_LABEL
from flows.people.labels import office_word, parse
from flows.people.people import People
from flows.segment import zones
from flows.segment.segmented import TurnSpan

TITLE_SCORE = 1.0  # log-odds, for want of a vote
MOST_HEADS = 8  # paragraphs before a speech: place, date, "As prepared for delivery"
HEAD = 90  # code points of such a paragraph at most
SHORTEST = 400  # code points of a speech
MOST_OF_A_LINE = 2_000  # code points of a document that is one labelled statement
LONE_LINE_SHARE = 0.8  # of the confidence: an estimate
SPOKEN_SHARE = 0.3  # of the paragraphs of a speech that say I, we, you: about two thirds of a prepared one do

_KIND = r"(?:remarks|speech|address|lecture|keynote(?: (?:speech|address|remarks))?|toast|eulogy)"
_BEFORE = (
    r"(?:(?:full )?(?:text|transcript)(?: of)?:? )?(?:the )?(?:(?:pre-?taped|pre-?recorded|prepared|opening|closing|welcome"
    r"|welcoming|introductory|inaugural|farewell|commencement|televised|video|virtual) )*"
)
_HOW = r"(?:,? ?\(?(?:as )?(?:prepared|delivered)(?: for delivery)?\)?)?"
BY = re.compile(rf"{_BEFORE}{_KIND}{_HOW}(?:(?: (?:on|at|to) .{{3,120}}?)? by| of):? (?P<who>.+)$", re.I)
WHOSE = re.compile(
    rf"(?P<who>(?:[A-ZÀ-Þ][\w.-]*(?: of(?: the)?)? ){{0,6}}[A-ZÀ-Þ][\w-]+)['’]s? (?i:{_BEFORE}{_KIND}){_HOW}"
    r"(?: (?:at|to|on|before|in) .*)?$"
)
BYLINE = re.compile(rf"\W*(?:{_KIND} by|delivered by|speaker):? (?P<who>[^.!?]{{4,80}})\W*$", re.I)
_WHO_ENDS = re.compile(
    r"\s(?:[–—|]|-\s|to\b(?! the (?:Vice )?President)"
    r"|(?:at|on|in|for|before|during|from|with|as|after|upon|ahead|via)\b|\w+ing\b|\d)|[,:;|(]"
)
_SEVERAL = re.compile(r"\band\b|&|;", re.I)
_NO_SPEECH = re.compile(r"\bexcerpts?\b|\breadout\b|\bstatement\b|\bhighlights?\b|\binterview\b|\bconference\b by", re.I)
_TOLD = re.compile(
    r"[”\"’'],? (?:\w+ ){0,4}(?:said|says|told|added|noted|stressed|concluded)\b|\b(?:he|she) (?:said|added|noted|stressed)\b"
)
_LABEL_INSIDE = re.compile(r"(?:\*\*)?(?:[A-Z][A-Z.'’ -]{2,40}|Q|A|Question|Answer)(?:\*\*)?:\s|Q\s{2,}\S")
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|me|us|[Yy]ou|[Yy]our)\b")
_SENTENCE_END = re.compile(r"[.?!…:,—–][”\"’')*_]*\s*$")
_GREETS = re.compile(
    r"(?:[^.!?\n]{0,30}[.!] )?\W*(?:Good (?:morning|afternoon|evening)|Thank|Dear|Mr\.?|Madam|Ladies|Friends|Hello|My fellow)\b"
)
_ANNOUNCES = re.compile(r"\b(?:remarks|speech|address|delivered|transcript|following)\b", re.I)
_TWO_SENTENCES = re.compile(r"\w{3,}[.?!]\s")
LINE = re.compile(r"\s*(?P<label>[^\W\d_][^\n:]{2,80}?)\s?[:：]\s+(?P<rest>\S[^\n]*)\s*$")


def sole_speaker(title: str) -> str | None:
    """The one person, as written, whose speech a title says the page is: name with office; None for any other title."""
    title = " ".join(title.replace("\u2060", "").split())
    if _NO_SPEECH.search(title):
        return None
    found = BY.match(title) or WHOSE.match(title)
    return who_of(found["who"]) if found else None


def who_of(written: str) -> str | None:
    """A name or an office, without what follows it in the title."""
    end = _WHO_ENDS.search(written)
    who = written[: end.start()].strip() if end else written.strip()
    who = re.sub(r"^the ", "", who, flags=re.I) if parse(who).name else who
    label = parse(who)
    if label.name and office_word(label.name.split()[-1]):
        return None  # "the Bridge Commissioner" is an office, and not one that is known
    if _SEVERAL.search(who) or label.kind or len(who) > 120 or not (label.is_full_name or label.role or label.honorific):
        return None
    return who if label.name or label.role else None


def sole_turn(cleaned: Cleaned, title: str, own: list[str]) -> tuple[list[TurnSpan], list[str]]:
    """The turn of a page without labels whose title or byline names the only speaker, and the zones that go with it."""
    text, paragraphs = cleaned.text, cleaned.paragraphs
    is_open = [p.zone in (None, "transcript") for p in paragraphs]
    who = named(cleaned, title)
    if not who:
        return [], own
    first = _first(text, cleaned, is_open)
    if first is None:
        return [], own
    inside = [i for i in range(first, len(paragraphs)) if is_open[i]]
    stop, after = zones.end_of_last_turn(text, paragraphs, first, inside[-1] + 1, "")
    name = parse(who).name
    stop = zones.told_at_end(text, paragraphs, first, stop, name.split()[-1] if " " in name else "")
    said = [i for i in inside if i < stop]
    bodies = [text[paragraphs[i].start : paragraphs[i].end] for i in said]
    if not _is_speech(bodies):
        return [], own
    turns: list[TurnSpan] = []
    for i in said:
        own[i] = "transcript"
        if turns and turns[-1].last == i - 1:
            turns[-1].end, turns[-1].last = paragraphs[i].end, i
        else:
            continues = 0 if turns else None
            turns.append(TurnSpan(paragraphs[i].start, paragraphs[i].end, i, i, score=TITLE_SCORE, continues=continues))
    for i, zone in enumerate(zones.after_transcript(text, paragraphs, stop, after), start=stop):
        if paragraphs[i].zone is None:
            own[i] = zone
    return turns, own


def named(cleaned: Cleaned, title: str) -> str | None:
    """Whom the title, or a byline under it, names as the only speaker."""
    if who := sole_speaker(title):
        return who
    heads = [cleaned.text[p.start : p.end] for p in cleaned.paragraphs[:4] if p.end - p.start < 2 * HEAD]
    found = next((match for head in heads if (match := BYLINE.match(head))), None)
    if found:
        return who_of(found["who"])
    return None if title else next((who for head in heads[:1] if (who := sole_speaker(head.strip("#* \n")))), None)


def _first(text: str, cleaned: Cleaned, is_open: list[bool]) -> int | None:
    """The paragraph with which the speech begins: after place, date and the like, which end in no sentence."""
    heads = 0
    for i, paragraph in enumerate(cleaned.paragraphs):
        if not is_open[i]:
            continue
        body = text[paragraph.start : paragraph.end].strip()
        if not any(map(str.isalnum, body)):
            continue
        is_set_apart = paragraph.is_heading or body[:1] + body[-1:] in ("**", "()", "[]", "__")
        is_head = is_set_apart or BYLINE.match(body) or sole_speaker(body.strip("#*_ "))
        begins = _GREETS.match(body) or (len(body) > HEAD and _SENTENCE_END.search(body))
        if begins and not is_head and not (body.endswith(":") and _ANNOUNCES.search(body)):
            return i
        heads += 1
        if heads > MOST_HEADS:
            return None
    return None


def _is_speech(bodies: list[str]) -> bool:
    """Whether the paragraphs are spoken by somebody, and not told about somebody, nor a dialogue whose labels went unseen."""
    if sum(map(len, bodies)) < SHORTEST:
        return False
    spoken = sum(_FIRST_PERSON.search(body) is not None for body in bodies)
    told = sum(len(_TOLD.findall(body)) for body in bodies)
    return spoken >= SPOKEN_SHARE * len(bodies) and told * 8 <= len(bodies) and not any(map(_LABEL_INSIDE.match, bodies))


def lone_line(cleaned: Cleaned, people: People) -> list[TurnSpan]:
    """The turn of a text that is nothing but a name, a colon and what was said; empty where no one of that name is known."""
    if len(cleaned.text) > MOST_OF_A_LINE or len(cleaned.paragraphs) != 1 or cleaned.paragraphs[0].zone not in (None, "transcript"):
        return []
    found = LINE.match(cleaned.text)
    label = parse(found["label"]) if found else None
    if found is None or label is None or label.kind or not label.is_full_name:
        return []
    if _TWO_SENTENCES.search(found["label"]) or FLAT_LABEL.search(found["rest"]):
        return []  # more than one label, or none
    is_known = bool(people.named(label.name)) or bool(label.classification)
    if not is_known and not (people.is_given_name(label.name.split()[0]) and _FIRST_PERSON.search(found["rest"])):
        return []
    end = found.start("rest") + len(found["rest"].rstrip())
    return [TurnSpan(found.start("rest"), end, 0, 0, found["label"], found.start("label"), found.end("label"), score=TITLE_SCORE)]


def doubt_lone_line(turn: TurnSpan) -> None:
    """What one label without any other to bear it out leaves of the attribution."""
    turn.confidence = round(turn.confidence * LONE_LINE_SHARE, 3)
    turn.doubt = "; ".join(filter(None, (turn.doubt, "one label is all that says that somebody speaks")))
