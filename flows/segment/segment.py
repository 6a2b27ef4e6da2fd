"""Text and zones to turns, speakers, sentences and blocks. Pure: no I/O, no clock."""

from __future__ import annotations

import re

from flows.clean.cleaned import Cleaned, CleanError, Hints
from flows.people.people import People
from flows.segment.answers import link
from flows.segment.asked import asked_turns
from flows.segment.kinds import kind_of
from flows.segment.language import language_of
from flows.segment.segmented import BlockSpan, Segmented, TurnSpan
from flows.segment.sentences import sentences_of
from flows.segment.sole import doubt_lone_line, lone_line, sole_turn
from flows.segment.speakers import attribute
from flows.segment.turns import turns_of

WORD = re.compile(r"\w")
MOST_PARAGRAPHS = 200_000  # of one document: ten times a day of a parliament


def segment(cleaned: Cleaned, hints: Hints, people: People) -> Segmented:
    """Cuts a cleaned document into blocks, turns with their speakers, and sentences.

    `people` is what flows/people knows of persons; it is handed to flows/segment/speakers.py as it is. Raises CleanError for
    more paragraphs than any transcript has.
    """
    if len(cleaned.paragraphs) > MOST_PARAGRAPHS:
        raise CleanError("too many paragraphs", f"{len(cleaned.paragraphs)} paragraphs, at most {MOST_PARAGRAPHS}")
    title = cleaned.title or hints.title
    turns, zones = turns_of(cleaned)
    if not turns and not cleaned.voices and not cleaned.note:
        turns, zones = sole_turn(cleaned, title or "", zones)
    if not turns and not cleaned.voices and not cleaned.note:
        turns, zones = asked_turns(cleaned, title or "", zones)
    is_lone_line = not turns and not cleaned.voices and bool(turns := lone_line(cleaned, people))
    if is_lone_line:
        zones[0] = "transcript"
    published_on = cleaned.published_on or hints.published_on
    event_on = cleaned.event_on
    known = attribute(cleaned, turns, hints, people, event_on or published_on)
    if is_lone_line:
        doubt_lone_line(turns[0])
    link(turns, cleaned.text, cleaned.voices)
    return Segmented(
        blocks=_blocks(cleaned, turns, zones),
        turns=turns,
        sentences=sentences_of(cleaned.text, cleaned.paragraphs, turns),
        kind=_kind(cleaned, hints, title, turns),
        title=title,
        language=cleaned.language or hints.language or language_of(cleaned, zones),
        published_on=published_on,
        event_on=event_on,
        people=known,
        note=cleaned.note or (None if turns else "no labels that say who speaks"),
    )


def _blocks(cleaned: Cleaned, turns: list[TurnSpan], zones: list[str]) -> list[BlockSpan]:
    """A block for each paragraph, or for each part of it that one turn has (its label included)."""
    text, blocks, at = cleaned.text, [], 0
    for i, paragraph in enumerate(cleaned.paragraphs):
        while at < len(turns) and turns[at].last < i:
            at += 1
        start, inside, outside = paragraph.start, at, "commentary" if zones[i] == "transcript" else zones[i]
        while inside < len(turns) and turns[inside].first <= i:
            turn = turns[inside]
            head = max(start, _head(turn))
            if WORD.search(text, start, head):
                blocks.append(_block(text, start, head, outside))
            else:
                head = start  # what opens the label goes with it
            end = min(paragraph.end, turn.end)
            blocks.append(_block(text, head, end, "transcript", inside))
            start, outside = end, "boilerplate" if zones[i] == "transcript" else zones[i]
            inside += 1
        if inside == at or WORD.search(text, start, paragraph.end):
            blocks.append(_block(text, start, paragraph.end, outside))
    return [block for block in blocks if block.end > block.start]


def _head(turn: TurnSpan) -> int:
    return turn.start if turn.label_start is None else min(turn.label_start, turn.start)


def _block(text: str, start: int, end: int, zone: str, turn: int | None = None) -> BlockSpan:
    """The block without the white space around it."""
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return BlockSpan(start, end, zone, turn)


def _kind(cleaned: Cleaned, hints: Hints, title: str | None, turns: list[TurnSpan]) -> str:
    if cleaned.kind:
        return cleaned.kind
    if cleaned.note and not turns:
        return "other"
    told = (cleaned.url or hints.url or "", hints.origin)
    places = [re.split(r"[?#]", place.rstrip("/"))[0].rsplit("/", 1)[-1] for place in told]
    heads = [] if title or cleaned.format == "html" else cleaned.text[:300].split("\n")
    return kind_of("\n".join([" ".join((title or "").split()), *places, *heads]), turns)
