"""What speakers of no known office are, from who asks, who answers and who hands over."""

from __future__ import annotations

import itertools
import re
from collections import Counter

from flows.people.labels import Label
from flows.people.names import fold, given_and_family
from flows.segment.said import CALL
from flows.segment.segmented import TurnSpan
from flows.segment.setting import Setting

HANDS_OVER = re.compile(
    r"\b(?:next question|last question|(?:time|ready) for (?:\w+ )?questions|take (?:\w+ )?questions|you have the floor"
    r"|the floor (?:is yours|goes to)|(?:concludes|ends) (?:our|the|this|today.s) (?:press|news|briefing|debate|conference|session)"
    r"|(?:open|begin) (?:the )?(?:floor|discussion)|over to you)\b",
    re.I,
)


def tell_kinds(text: str, turns: list[TurnSpan], labels: dict[str, Label], setting: Setting) -> None:
    """What speakers of no known office are, from who asks and who answers.

    Where unnamed people ask, those with an honorific who answer them are officials. Where the page says that media ask, people
    of no office and no honorific who ask officials are journalists.
    """
    asked: dict[str, bool] = {}
    answered: set[str] = set()
    officials = {turn.speaker_id for turn in turns if turn.speaker_kind == "official" and turn.speaker_id}
    moderators = _moderators(text, turns, labels, officials)
    for turn in turns:
        if turn.speaker_kind == "unknown" and turn.speaker_id in officials:
            turn.speaker_kind = "official"
        elif turn.speaker_kind == "unknown" and turn.speaker_id in moderators:
            turn.speaker_kind = "moderator"
    for before, turn, after in zip([None, *turns[:-1]], turns, [*turns[1:], None], strict=True):
        label = labels.get(turn.label or "")
        if turn.speaker_kind != "unknown" or not turn.speaker_id or label is None:
            continue
        if label.honorific and before is not None and before.speaker_kind == "journalist" and not labels_name(before, labels):
            answered.add(turn.speaker_id)
        if setting.has_media and not label.honorific and not turn.role and turn.speaker_id not in asked:
            asked[turn.speaker_id] = (
                "?" in text[turn.start : turn.end] and after is not None and after.speaker_kind == "official"
            )
    officials = {turn.speaker_id for turn in turns if turn.speaker_kind == "official"} | answered
    for turn in turns:
        if turn.speaker_kind == "unknown" and turn.speaker_id and turn.speaker_id in officials:
            turn.speaker_kind = "official"
        elif turn.speaker_kind == "unknown" and asked.get(turn.speaker_id or ""):
            turn.speaker_kind = "journalist"


def _moderators(text: str, turns: list[TurnSpan], labels: dict[str, Label], officials: set[str]) -> set[str]:
    """The speakers without office who hand over to others: at a turn's end they call someone, or speak of the questions."""
    handed: Counter[str] = Counter()
    for turn, after in itertools.zip_longest(turns, turns[1:]):
        label = labels.get(turn.label or "")
        if turn.speaker_kind != "unknown" or not turn.speaker_id or turn.speaker_id in officials or label is None or label.role:
            continue
        ending = re.sub(r"\s+", " ", text[max(turn.start, turn.end - 200) : turn.end])
        called = CALL.search(ending)
        name = fold((called[1] or called[2]) if called else "")
        heard = fold(after.speaker_name or "") if after is not None else ""
        handed[turn.speaker_id] += bool(name and heard and given_and_family(name)[1] == given_and_family(heard)[1]) * 2
        handed[turn.speaker_id] += HANDS_OVER.search(ending) is not None
    return {speaker for speaker, count in handed.items() if count > 1}


def labels_name(turn: TurnSpan, labels: dict[str, Label]) -> bool:
    """Whether the turn's label names a person."""
    return bool(turn.label and labels[turn.label].name)
