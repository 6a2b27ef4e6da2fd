"""Transcripts as JSON: a list of passages with a text each, and who said it and when if that is known.

Speech recognisers and diarisers (Whisper, pyannote and what builds on them) and publishers write such files under a few
names: turns, segments; text; speaker; start, end in seconds. Also the fact sets of mytake.org's debates, whose
`plainText` marks speakers as ⌊Name⌋.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections.abc import Iterator
from typing import Any

from flows.clean.cleaned import Cleaned, CleanError, Hints, Voice
from flows.clean.draft import Draft, day, fold

LISTS = ("turns", "segments", "utterances", "passages")
SPEAKERS = ("speaker_public", "speaker_name", "speaker")
FLOOR = re.compile(r"⌊([^⌋\n]{1,80})⌋")
CLOSED = re.compile(r"[.?!…:;]['\"”’)\]]*$")
LONG = 700  # code points of joined recogniser segments after which a finished sentence ends the paragraph


def read(content: bytes, hints: Hints) -> Iterator[Cleaned]:
    """One document. Raises CleanError where the passages have no words."""
    try:
        value: dict[str, Any] = json.loads(content, strict=False)
    except (ValueError, RecursionError) as error:
        raise CleanError("bad JSON", str(error)) from error
    yield _fact(value, hints) if isinstance(value.get("plainText"), str) else _passages(value, hints)


def check(value: dict[str, Any]) -> bool:
    """Whether a JSON object is such a transcript."""
    if isinstance(value.get("plainText"), str) and isinstance(value.get("speakers"), list):
        return True
    return any(_said(item) for item in _list(value)[:50])


def _list(value: dict[str, Any]) -> list[Any]:
    return next((value[key] for key in LISTS if isinstance(value.get(key), list) and value[key]), [])


def _said(item: object) -> str:
    text = item.get("text") if isinstance(item, dict) else None
    return text if isinstance(text, str) and text.strip() else ""


def _passages(value: dict[str, Any], hints: Hints) -> Cleaned:
    draft = Draft("transcript-json")
    items = [item for item in _list(value) if _said(item)]
    has_speakers = any(_speaker(item) for item in items)
    if has_speakers:
        for item in items:
            _turn(draft, item)
    else:
        for text in _joined(items):
            draft.paragraph(text)
    about = value["meeting"] if isinstance(value.get("meeting"), dict) else value
    dated = next((found for key in ("meeting_date", "date", "event_date") if (found := day(about.get(key)))), None)
    identity = next((about[key] for key in ("meeting_id", "meeting", "id") if isinstance(about.get(key), str)), None)
    title = next((about[key] for key in ("title", "name") if isinstance(about.get(key), str)), None)
    return draft.finish(
        external_id=identity if has_speakers else None,  # a machine's raw segments are a part of the meeting, not it
        url=hints.url,
        title=title or hints.title,
        language=_language(value) or hints.language,
        published_on=hints.published_on,
        event_on=dated or _month_day(identity),
    )


def _turn(draft: Draft, item: dict[str, Any]) -> None:
    label = _speaker(item)
    start, end = _seconds(item.get("start")), _seconds(item.get("end"))
    if start is not None and end is not None and end < start:
        end = None
    identity = item.get("turn_id", item.get("id"))
    voice = draft.voice(
        Voice(
            label=label or None,
            external_id=str(identity) if isinstance(identity, str | int) else None,
            party=item["party"] if isinstance(item.get("party"), str) else None,
            time_start=start,
            time_end=end,
        )
    )
    draft.utterance(_said(item), voice)


def _speaker(item: dict[str, Any]) -> str:
    """The name as published; the machine's own number of the voice where the publisher still doubts the name."""
    keys = ("speaker_raw", "speaker") if item.get("needs_review") is True else SPEAKERS
    return fold(next((item[key] for key in keys if isinstance(item.get(key), str) and item[key].strip()), ""))


def _joined(items: list[dict[str, Any]]) -> Iterator[str]:
    """Recogniser segments without speakers, joined into paragraphs that sentences fit in."""
    held: list[str] = []
    for item in items:
        held.append(fold(_said(item)))
        if sum(map(len, held)) > LONG and CLOSED.search(held[-1]):
            yield " ".join(held)
            held = []
    yield " ".join(held)


def _fact(value: dict[str, Any], hints: Hints) -> Cleaned:
    """A mytake fact: one text in which ⌊Name⌋ begins each turn; the list of speakers has their full names and roles."""
    draft = Draft("transcript-json")
    fact = value["fact"] if isinstance(value.get("fact"), dict) else {}
    known = _by_surname([s for s in value["speakers"] if isinstance(s, dict) and isinstance(s.get("fullName"), str)])
    text: str = value["plainText"]
    marks = list(FLOOR.finditer(text))
    draft.paragraph(text[: marks[0].start()] if marks else text, zone="boilerplate" if marks else None)
    for mark, end in zip(marks, [m.start() for m in marks[1:]] + [len(text)], strict=True):
        said = text[mark.end() : end]
        if not said.strip():
            continue
        person = known.get(mark[1]) or {}
        role = person.get("role") if isinstance(person.get("role"), str) else None
        kind = "moderator" if role and re.search(r"moderator|announcer", role, re.I) else None
        voice = draft.voice(Voice(label=mark[1], name=person.get("fullName"), role=role, kind=kind))
        for paragraph in said.split("\n\n"):
            draft.paragraph(paragraph, voice=voice)
    held = day(fact.get("primaryDate"))
    return draft.finish(
        url=hints.url,
        title=fact["title"] if isinstance(fact.get("title"), str) else hints.title,
        kind="debate" if "debate" in json.dumps(value.get("factset", "")).lower() else None,
        language=hints.language,
        published_on=hints.published_on,
        event_on=held if fact.get("primaryDateKind") == "recorded" else None,
    )


def _by_surname(speakers: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The speakers by full name, and by the last part of it where only one has it."""
    found: dict[str, dict[str, Any]] = {}
    twice: set[str] = set()
    for speaker in speakers:
        last = speaker["fullName"].rpartition(" ")[2]
        if last in found:
            twice.add(last)
        found[last] = speaker
    for last in twice:
        del found[last]
    return found | {speaker["fullName"]: speaker for speaker in speakers}


def _seconds(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        return None
    return float(value)


def _language(value: dict[str, Any]) -> str | None:
    """Whisper names languages in English; two letters are a tag already."""
    stated = value.get("language")
    if not isinstance(stated, str):
        return None
    names = {
        "english": "en",
        "german": "de",
        "french": "fr",
        "spanish": "es",
        "russian": "ru",
        "ukrainian": "uk",
        "italian": "it",
    }
    return names.get(stated.lower()) or (stated if re.fullmatch(r"[a-z]{2,3}(?:-\w{2,8})*", stated) else None)


def _month_day(identity: str | None) -> dt.date | None:
    """The day in an id such as apr-07-2026."""
    found = re.search(r"\b([a-z]{3})-(\d{2})-(\d{4})\b", identity or "")
    try:
        return dt.datetime.strptime(" ".join(found.groups()), "%b %d %Y").date() if found else None
    except ValueError:
        return None
