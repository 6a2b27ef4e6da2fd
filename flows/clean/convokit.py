"""ConvoKit corpora: one utterance a line becomes one document per conversation, one turn per utterance.

Fields as in ConvoKit's documentation ("Data format", utterances.jsonl); corpora before 2.5 say `root` for
`conversation_id` and `user` for `speaker`.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from typing import Any, NamedTuple

from flows.clean.cleaned import Cleaned, CleanError, Hints, Refused, Voice
from flows.clean.draft import Draft, day
from flows.clean.json_lines import lines, record, text_of

LONGEST_RECORDING = 172_800  # seconds: a timestamp up to two days is a place in a recording, a larger one a moment in time
MILLISECONDS = 100_000_000_000  # seconds since 1970 reach this in the year 5138


class Utterance(NamedTuple):
    """A line of a corpus. `timestamp` is in seconds, `answers` the id of the utterance that it replies to."""

    id: str | None
    speaker: str | None
    text: str
    timestamp: float | None
    answers: str | None
    date: dt.date | None  # the day that its `meta` states


def read(content: bytes, hints: Hints) -> Iterator[Cleaned | Refused]:
    """One document per conversation, in the order in which they begin; bad lines and empty conversations are refused singly."""
    conversations: dict[str, list[Utterance]] = {}
    for number, line in lines(content):
        try:
            conversation, utterance = _utterance(record(line))
        except CleanError as error:
            yield Refused(f"{hints.origin}#{number}", error.reason, error.detail)
        else:
            conversations.setdefault(conversation, []).append(utterance)
    for conversation in list(conversations):
        try:
            yield _document(conversation, conversations.pop(conversation), hints)
        except CleanError as error:
            yield Refused(f"{hints.origin}#{conversation}", error.reason, error.detail, external_id=conversation)


def _utterance(line: dict[str, Any]) -> tuple[str, Utterance]:
    conversation = text_of(line.get("conversation_id", line.get("root")))
    text = line.get("text")
    if conversation is None:
        raise CleanError("no conversation_id", f"the keys are {', '.join(sorted(line)[:12])}")
    if text is not None and not isinstance(text, str):
        raise CleanError("no text", f"`text` is {type(text).__name__}")
    speaker = line.get("speaker", line.get("user"))
    if isinstance(speaker, dict):
        speaker = speaker.get("id")
    meta = line.get("meta")
    return conversation, Utterance(
        id=text_of(line.get("id")),
        speaker=text_of(speaker),
        text=text or "",
        timestamp=_number(line.get("timestamp")),
        answers=text_of(line.get("reply_to", line.get("reply-to"))),
        date=day(meta.get("date")) if isinstance(meta, dict) else None,
    )


def _number(value: object) -> float | None:
    """A timestamp; texts of digits count, nulls and whatever is no number do not."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _document(conversation: str, utterances: list[Utterance], hints: Hints) -> Cleaned:
    draft = Draft("convokit")
    times = [u.timestamp for u in utterances if u.timestamp is not None]
    in_recording = bool(times) and all(0 <= t <= LONGEST_RECORDING for t in times)
    wordless = []
    for utterance in utterances:
        if not utterance.text.strip():
            wordless.append(utterance.id or "without id")
            continue
        voice = draft.voice(
            Voice(
                label=utterance.speaker,
                external_id=utterance.id,
                time_start=utterance.timestamp if in_recording else None,
                answers=utterance.answers,
            )
        )
        draft.utterance(utterance.text, voice)
    if not draft.voices:
        raise CleanError("no text", f"a conversation of {len(utterances)} utterances without a word")
    return draft.finish(
        external_id=conversation,
        language=hints.language,
        title=hints.title,
        published_on=hints.published_on,
        event_on=_day(utterances, None if in_recording else min(times, default=None)),
        note=_note(wordless),
    )


def _note(wordless: list[str]) -> str | None:
    if not wordless:
        return None
    shown = ", ".join(wordless[:10]) + (", ..." if len(wordless) > 10 else "")
    return f"{len(wordless)} utterance{'s' * (len(wordless) > 1)} without words left out: {shown}"


def _day(utterances: list[Utterance], moment: float | None) -> dt.date | None:
    """The day that the first utterance's `meta.date` names, else that of the earliest moment (seconds since 1970, UTC)."""
    stated = next((u.date for u in utterances if u.date), None)
    if stated or moment is None:
        return stated
    seconds = moment / 1000 if abs(moment) > MILLISECONDS else moment
    try:
        return (dt.datetime(1970, 1, 1) + dt.timedelta(seconds=seconds)).date()
    except OverflowError:
        return None
