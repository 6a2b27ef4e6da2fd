"""Which question a turn answers."""

from __future__ import annotations

from collections.abc import Sequence

from flows.clean.cleaned import Voice
from flows.segment.segmented import TurnSpan

ASKERS = frozenset({"journalist", "audience"})
SHORT = 120  # code points of a turn that asks even if a remark follows its question
ENDS = "?？\"'”’») \n\t"  # what may stand at the end of a question


def link(turns: list[TurnSpan], text: str = "", voices: Sequence[Voice] = ()) -> None:
    """Sets `answers` of each turn that answers an earlier one: officials after the last question put to them.

    Journalists and the audience ask. Given the document's text, so does anyone of no known office, moderators included, whose
    turn ends in a question mark or is short and holds one: then whoever speaks next answers. Moderators who hand over and
    interpreters are passed over; an official who asks back opens no question. Where officials are among themselves (hearings,
    parliaments) they do ask, and the next of them answers. What one speaker goes on to say belongs to what was begun. Where
    the input itself says which utterance replies to which (`voices`), replies to questions are answers, and nothing else is.
    """
    if any(voice.answers for voice in voices):
        _link_as_told(turns, text, voices)
        return
    question: int | None = None
    among_themselves = bool(text) and not any(turn.speaker_kind in ASKERS for turn in turns)
    for index, turn in enumerate(turns):
        begun = turn.continues if turn.continues is not None else index
        if turn.speaker_kind in ASKERS or _asks(turn, text):
            question = begun
        elif turn.speaker_kind == "official" or (turn.speaker_kind == "unknown" and text):
            turn.answers = question if question != begun else None
            if among_themselves and question != begun:
                question = begun if _ends_in_question(turn, text) else None


def _link_as_told(turns: list[TurnSpan], text: str, voices: Sequence[Voice]) -> None:
    places: dict[str, int] = {}
    for index, turn in enumerate(turns):
        said = voices[turn.voice] if turn.voice is not None else None
        if said is None or turn.continues is not None:
            continue
        asked = places.get(said.answers or "")
        if asked is not None and _ends_in_question(turns[asked], text):
            turn.answers = asked
        if said.external_id:
            places[said.external_id] = index


def _asks(turn: TurnSpan, text: str) -> bool:
    if turn.speaker_kind not in ("unknown", "moderator") or not text:
        return False
    is_short = turn.end - turn.start < SHORT
    return _ends_in_question(turn, text) or (is_short and text.find("?", turn.start, turn.end) >= 0)


def _ends_in_question(turn: TurnSpan, text: str) -> bool:
    ending = text[max(turn.start, turn.end - 20) : turn.end]
    return "?" in ending[len(ending.rstrip(ENDS)) :] or "？" in ending[len(ending.rstrip(ENDS)) :]
