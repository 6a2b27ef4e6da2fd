"""What kind of event a document records: what it calls itself, else how its turns are shared out."""

from __future__ import annotations

import re
from collections import Counter

from flows.segment.segmented import TurnSpan

KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (  # the first that a title or an address shows
    (
        "press_conference",
        re.compile(r"press[- ]?(?:conference|er\b)|news[- ]conference|joint[- ]press|media availability|пресс-конференц", re.I),
    ),
    ("briefing", re.compile(r"\bbriefings?\b(?! room)|gaggle|press[- ]call|background call|брифинг", re.I)),
    ("interview", re.compile(r"interview|интервью", re.I)),
    ("debate", re.compile(r"\bdebates?\b|дебаты", re.I)),
    ("hearing", re.compile(r"\bhearings?\b", re.I)),
    (
        "sitting",
        re.compile(
            r"hansard|congressional record|plenarprotokoll|\bsitting\b|plenarsitzung|plenary (?:sitting|debate)"
            r"|\b(?:parliament|assembly|council|senate|house of \w+)(?:['’]s)? (?:session|proceedings|minutes|meeting)",
            re.I,
        ),
    ),
    (
        "statement",
        re.compile(r"\bstatements?\b|fact[- ]sheet|proclamation|readout|\bletter\b|executive order|memorandum|заявлен", re.I),
    ),
    ("speech", re.compile(r"\bremarks\b|\bspeech|\baddress\b|keynote|opening remarks|выступлен", re.I)),
)
TO_THE_PRESS = re.compile(r"\bpress statements?\b|\bstatements? (?:for|to) (?:the )?(?:press|media)\b|заявлени\w+ для прессы", re.I)
SPOKEN_BY_ONE = re.compile(r"(?:[\w-]+ ){0,2}(?:remarks|speech|address|keynote|lecture)\b", re.I)
MEETING = re.compile(r"\b(?:meeting|talks|conversation|visit(?:ing)?|session|council|summit)\b|встреча|совещание|заседание", re.I)
VAGUE = frozenset({"statement", "speech", "other"})  # words that pages also use for events at which media ask
SPOKESPERSON = re.compile(r"press secretary|spokes(?:man|woman|person)|пресс-секретарь|communications director", re.I)
ASKERS = frozenset({"journalist", "audience"})
FEW_QUESTIONS = 3  # questions of media from which on they are the event
MONOLOGUE = 0.85  # share of all words that makes one official's turns a speech
LONG_ENOUGH = 1_500  # code points of a speech
SHORTEST_SPEECH = 400  # code points of one where nobody else is heard
OPENING_SPEECH = 0.7  # share of all words in one turn: a few questions after it do not change what it is


def kind_of(seen: str, turns: list[TurnSpan]) -> str:
    """A schemas.DocumentKind. `seen` is what the document calls itself, in lines: the first that names a kind decides."""
    lines = seen.split("\n")
    if turns and SPOKEN_BY_ONE.match(lines[0]) and len({_who(turn) for turn in turns}) == 1:
        return "speech"
    named = next((name for line in lines for name, pattern in KINDS if pattern.search(line)), "other")
    if turns and named == "statement" and SPOKEN_BY_ONE.match(lines[0]):
        named = "speech"  # Remarks at the signing of an executive order
    if not turns:
        return named if named == "statement" else "other"
    if named not in VAGUE:
        return named
    if TO_THE_PRESS.search(lines[0]) and any(turn.speaker_kind == "journalist" for turn in turns):
        return "press_conference"
    is_meeting = MEETING.search(lines[0]) is not None and len({_who(turn) for turn in turns}) > 1
    shown = "other" if is_meeting else _shown(turns)
    if named == "other" or shown in ("press_conference", "briefing", "interview"):
        return shown
    return named


def _shown(turns: list[TurnSpan]) -> str:
    """What the turns show: media asking officials, a host and a guest, or one who speaks at length."""
    said: Counter[str] = Counter()
    for turn in turns:
        said[_who(turn)] += turn.end - turn.start
    total = sum(said.values())
    officials = {_who(turn): turn.role or "" for turn in turns if turn.speaker_kind == "official"}
    if not officials or not total:
        return "other"
    if len(said) == 1:
        return "speech" if total >= SHORTEST_SPEECH else "other"
    longest = max(turn.end - turn.start for turn in turns)
    asking = [turn for turn in turns if turn.speaker_kind == "journalist" and not turn.continues]
    if len(asking) >= FEW_QUESTIONS and longest < OPENING_SPEECH * total:
        return _media_event(asking, officials, said)
    hosts = {_who(turn) for turn in turns if turn.speaker_kind == "moderator"}
    if len(hosts) == 1 and len(officials) == 1 and len(said) == 2 and len(turns) >= 2 * FEW_QUESTIONS:
        return "interview"
    top, words = max(((who, said[who]) for who in officials), key=lambda pair: pair[1])
    is_monologue = words >= MONOLOGUE * total and words >= LONG_ENOUGH and longest >= OPENING_SPEECH * said[top]
    return "speech" if is_monologue else "other"


def _media_event(asking: list[TurnSpan], officials: dict[str, str], said: Counter[str]) -> str:
    """One journalist by name and one official: an interview; a spokesperson: a briefing; else a press conference."""
    named = {_who(turn) for turn in asking if turn.speaker_name or turn.organisation}
    if len(named) == 1 and len(officials) == 1 and all(_who(turn) in named for turn in asking):
        return "interview"
    most = max(officials, key=lambda who: said[who])
    return "briefing" if SPOKESPERSON.search(officials[most]) else "press_conference"


def _who(turn: TurnSpan) -> str:
    return turn.speaker_id or turn.speaker_name or turn.organisation or turn.label or ""
