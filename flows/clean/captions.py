"""Captions, WebVTT (W3C) and SubRip: cues become paragraphs, rolling repetitions one text, speakers' marks voices.

`<v Name>` and `>> NAME:` name who speaks; a bare `>>` says only that someone else does. Times are seconds into the recording.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pysubs2

from flows.clean.cleaned import Cleaned, CleanError, Hints, Voice
from flows.clean.dates import date_in_name, parse_date
from flows.clean.decode import decode
from flows.clean.draft import Draft, fold

TAG = re.compile(r"</?(?:c|i|b|u|v|ruby|rt|lang|font)(?:[.\s][^<>]{0,200})?>|<\d[\d:.,]{3,12}>|\{\\[^{}]{0,100}\}", re.I)
VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^<>]{1,120})>", re.I)
CHANGE = re.compile(r"(?:^|(?<=\s))(?:>>>?|&gt;&gt;(?:&gt;)?|»)\s*")
SHORT_TITLES = "Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Hon|St|Jr|Sr|Gen|Adm|Col|Capt|Maj|Sgt|Lt|Amb|Prof|Rev|Pres|Sec"  # GOV. ASHBY too
NAMED = re.compile(
    rf"((?:(?:{SHORT_TITLES}|{SHORT_TITLES.upper()})\. )?"
    rf"[A-Z][^:>\n.?!]{{0,60}}(?:\b(?:{SHORT_TITLES}|{SHORT_TITLES.upper()}|[A-Z])\.[^:>\n.?!]{{0,40}})*):\s+(?=\S)"
)
SOUND = re.compile(r"[(\[♪][^()\[\]]{1,120}[)\]♪]\.?$|♪+$")
LANGUAGE = re.compile(r"^Language:[ \t]*([A-Za-z-]{2,12})[ \t]*$", re.M)
DATE = re.compile(r"^Date:[ \t]*(.{6,40})$", re.M)
SENTENCE_END = re.compile(r"[.?!…]['\"”’)\]]*$")
NEW_LINE_LABEL = re.compile(r"[A-Z][\w.'’ -]{0,40}:\s")
DASHED = re.compile(r"(?:^|\n)\s*(?=[-–—]\s?\S)")
LABELLED_LINE = re.compile(r"\n(?=[A-Z][\w.'’ -]{0,40}:\s)")

ROLLING = 0.25  # share of cues that repeat the one before: captions of this kind scroll
PAUSE = 4.0  # seconds of silence that part paragraphs
LONG = 700  # code points after which the next finished sentence ends the paragraph
LONGEST = 1_500  # where nothing ends a sentence: unpunctuated machine captions


@dataclass(slots=True)
class Cue:
    """What is new in a cue, by whom, and when."""

    start: float
    end: float
    text: str
    speaker: str | None = None  # <v Name>
    changes: bool = False  # somebody else begins here
    is_dashed: bool = False  # one of several lines with dashes: two people in one cue


@dataclass(slots=True)
class Passage:
    """A paragraph in the making."""

    start: float
    end: float
    parts: list[str] = field(default_factory=list)
    speaker: str | None = None
    changes: bool = False
    size: int = 0


def read(content: bytes, hints: Hints) -> Iterator[Cleaned]:
    """One document. Voices where the captions mark speakers; else none, and the text's own labels decide.

    Raises CleanError where no cue has words.
    """
    text = decode(content)
    kind = "vtt" if "WEBVTT" in text[:8_000] else "srt"
    head, _, body = text.partition("WEBVTT") if kind == "vtt" else ("", "", text)
    cues = _without_repetition(list(_cues(kind, f"WEBVTT{body}" if kind == "vtt" else body)))
    draft = Draft(kind)
    draft.verbatim(head.strip(" \n-"), zone="boilerplate", is_speech=False)
    marked = any(cue.speaker or cue.changes for cue in cues)
    if marked:
        for cue in cues:
            if cue.is_dashed:
                cue.changes, cue.text = True, cue.text.lstrip("-–— ")
    index: int | None = None
    for passage in _passages(cues):
        if passage.changes:
            index = None
        index = _add(draft, passage, index, marked)
    if not any(p.zone != "boilerplate" for p in draft.paragraphs):
        raise CleanError("no text", f"{len(cues)} cues without a word")
    language, date = LANGUAGE.search(text[:4_000]), DATE.search(head)
    yield draft.finish(
        url=hints.url,
        title=hints.title,
        language=language[1] if language else hints.language,
        published_on=hints.published_on,
        event_on=(parse_date(date[1]) if date else None) or date_in_name(hints.origin),
    )


def _add(draft: Draft, passage: Passage, index: int | None, marked: bool) -> int | None:
    """Adds a paragraph; returns the voice that goes on after it."""
    text = " ".join(passage.parts)
    if not marked:
        draft.paragraph(text, is_speech=not SOUND.match(text))
        return None
    if index is None:
        if SOUND.match(text) and not passage.speaker:
            draft.paragraph(text, zone="boilerplate", is_speech=False)
            return None
        named = None if passage.speaker else NAMED.match(text)
        index = draft.voice(Voice(label=passage.speaker, time_start=passage.start))
        draft.paragraph(text, voice=index, label=named[1] if named else None)
    else:
        draft.paragraph(text, voice=index, is_speech=not SOUND.match(text))
    voice = draft.voices[index]
    voice.time_end = max(voice.time_end or voice.time_start or 0.0, passage.end)  # cues may overlap, or go back
    return index


def _cues(kind: str, text: str) -> Iterator[Cue]:
    """The cues with their markup read; one for each speaker where a cue has several."""
    try:
        events = pysubs2.SSAFile.from_string(text, format_=kind, keep_html_tags=True)
    except (pysubs2.exceptions.Pysubs2Error, ValueError, OverflowError) as error:
        raise CleanError("malformed captions", f"{type(error).__name__}: {error}") from error
    for event in events:
        start, end = event.start / 1000, event.end / 1000
        if end < start or start < 0:
            start, end = max(start, 0.0), max(start, 0.0)
        for speaker, changes, said in _spoken(event.text.replace("\\N", "\n")):
            if speaker is None and len(DASHED.findall(said)) > 1:
                yield from (Cue(start, end, part.strip(), is_dashed=True) for part in DASHED.split(said) if part.strip())
            else:
                yield Cue(start, end, said, speaker, changes)


def _spoken(raw: str) -> Iterator[tuple[str | None, bool, str]]:
    """(name in <v>, whether somebody else begins, text) for each part of a cue."""
    marks = list(VOICE.finditer(raw))
    ends = [mark.start() for mark in marks[1:]] + [len(raw)]
    parts = [(None, raw[: marks[0].start()])] if marks and raw[: marks[0].start()].strip() else []
    parts += (
        [(mark[1].strip(), raw[mark.end() : end]) for mark, end in zip(marks, ends, strict=False)] if marks else [(None, raw)]
    )
    for speaker, part in parts:
        plain = html.unescape(TAG.sub("", part))
        pieces = CHANGE.split(plain)
        for number, piece in enumerate(pieces):
            for line, said in enumerate(LABELLED_LINE.split(piece)):
                if said.strip():
                    yield html.unescape(speaker) if speaker else None, number > 0 and line == 0, said.strip("\n")


def _without_repetition(cues: list[Cue]) -> list[Cue]:
    """Scrolling captions show each line two or three times: what a cue repeats of the one before is left out.

    Only where a good share of the cues does so; elsewhere a line said twice was said twice.
    """
    lines = [[fold(line) for line in cue.text.split("\n") if line.strip()] for cue in cues]
    fresh = [_fresh(before, now) for before, now in zip([[], *lines], lines, strict=False)]
    repeated = sum(1 for now, new in zip(lines, fresh, strict=True) if new != now)
    is_rolling = repeated > ROLLING * len(cues)
    kept: list[Cue] = []
    for cue, now, new in zip(cues, lines, fresh, strict=True):
        same_time = bool(kept) and cue.start < kept[-1].end and cue.start == kept[-1].start
        text = " ".join(new if is_rolling or (same_time and not new) else now)
        if text:
            goes_on = is_rolling and len(new) < len(now)  # what marks a change of speaker stood before the repeated line
            kept.append(Cue(cue.start, cue.end, text, cue.speaker, cue.changes and not goes_on, cue.is_dashed))
        elif kept:
            kept[-1].end = max(kept[-1].end, cue.end)
    return kept


def _fresh(before: list[str], now: list[str]) -> list[str]:
    """The lines of a cue that the one before did not show; a line that grows gives what it grew by."""
    for size in range(min(len(before), len(now)), 0, -1):
        if before[-size:] == now[:size]:
            return now[size:]
    if before and now and len(before[-1]) > 1 and now[0].startswith(before[-1] + " "):
        return [now[0][len(before[-1]) + 1 :], *now[1:]]
    return now


def _passages(cues: list[Cue]) -> Iterator[Passage]:
    """Cues joined into paragraphs that sentences fit in."""
    held: Passage | None = None
    for cue in cues:
        is_new = cue.changes or (cue.speaker is not None and (held is None or cue.speaker != held.speaker))
        is_sound = bool(SOUND.match(cue.text))
        if held is None or is_new or is_sound or _ends(held, cue):
            if held is not None:
                yield held
            speaker = cue.speaker or (held.speaker if held is not None and not is_new else None)
            held = Passage(cue.start, cue.end, speaker=speaker, changes=is_new)
        held.parts.append(cue.text)
        held.size += len(cue.text) + 1
        held.end = max(held.end, cue.end)
    if held is not None:
        yield held


def _ends(held: Passage, cue: Cue) -> bool:
    """Whether the paragraph is over before this cue."""
    last = held.parts[-1]
    finished = bool(SENTENCE_END.search(last))
    if SOUND.match(last) or held.size > LONGEST or (finished and held.size > LONG):
        return True
    if cue.start - held.end > PAUSE:
        return True
    return finished and bool(NEW_LINE_LABEL.match(cue.text))
