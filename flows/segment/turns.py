"""Turns: from one label to the next, cut where another zone interrupts them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

from flows.clean.cleaned import Cleaned, Paragraph
from flows.segment import zones
from flows.segment.labels import Candidate
from flows.segment.segmented import TurnSpan
from flows.segment.vocabulary import QUOTED_PARAGRAPH, ROLE
from flows.segment.votes import find_labels

AFTER_LABEL = " \xa0\t\n:：︰﹕.—–-"
TRAILING = " \xa0\t\n*_>"
VOICED_SCORE = 10.0  # the markup says so: no doubt about the label


def turns_of(cleaned: Cleaned) -> tuple[list[TurnSpan], list[str]]:
    """The turns, and a zone for each paragraph. Zones that the format is sure of stay."""
    if cleaned.voices:
        return _voiced(cleaned)
    return _labelled(cleaned)


def _voiced(cleaned: Cleaned) -> tuple[list[TurnSpan], list[str]]:
    """Turns as the markup gives them: adjacent paragraphs of one voice are one turn."""
    turns: list[TurnSpan] = []
    first_of_voice: dict[int, int] = {}
    own: list[str] = []
    before: int | None = None
    for index, paragraph in enumerate(cleaned.paragraphs):
        voice = paragraph.voice
        if voice is None:
            own.append(paragraph.zone or "boilerplate")
        else:
            own.append("transcript")
            if voice == before:
                turns[-1].end, turns[-1].last = paragraph.end, index
            else:
                turns.append(_voiced_turn(cleaned, index, voice, first_of_voice.get(voice)))
                first_of_voice.setdefault(voice, len(turns) - 1)
        before = voice
    return turns, own


def _voiced_turn(cleaned: Cleaned, index: int, voice: int, continues: int | None) -> TurnSpan:
    said, paragraph = cleaned.voices[voice], cleaned.paragraphs[index]
    turn = TurnSpan(paragraph.start, paragraph.end, index, index, voice=voice, score=VOICED_SCORE, continues=continues)
    if continues is None:
        turn.label, turn.label_start, turn.label_end = said.label, said.label_start, said.label_end
        if said.label_end is not None and paragraph.start < said.label_end < paragraph.end:
            turn.start = said.label_end
            while turn.start < paragraph.end and cleaned.text[turn.start] in AFTER_LABEL:
                turn.start += 1
    return turn


def _labelled(cleaned: Cleaned) -> tuple[list[TurnSpan], list[str]]:
    text, paragraphs = cleaned.text, cleaned.paragraphs
    own = [paragraph.zone or "commentary" for paragraph in paragraphs]
    open_for_labels = [i for i, p in enumerate(paragraphs) if p.zone in (None, "transcript")]
    labels = find_labels(text, paragraphs, open_for_labels, cleaned.title or "")
    home = zones.home_of(paragraphs, labels) if labels else None
    if home is not None:
        labels = [label for label in labels if paragraphs[label.paragraph].box == home]
    readers = zones.comments_from(text, paragraphs, labels) if labels else None
    if readers is not None:
        return _without_readers(cleaned, readers)
    if not labels:
        return [], own
    inside = {i for i in open_for_labels if home is None or paragraphs[i].box == home}
    quoted = _quoted(text, paragraphs, labels, inside)
    inside = quoted or inside
    stop, after = _end(cleaned, labels, max(inside) + 1)
    interrupted = zones.interruptions(text, paragraphs, labels, inside)
    turns = list(_cut(cleaned, labels, inside - interrupted.keys(), stop))
    if len(turns) > 1 and turns[-2].last == turns[-1].first == turns[-1].last:  # one paragraph: its line breaks are lost
        turns[-1].end = zones.end_of_flat_speech(text, turns[-1].start, turns[-1].end)
    for i in range(labels[0].paragraph, stop):
        if i in inside:
            own[i] = interrupted.get(i, "transcript")
        elif paragraphs[i].zone is None:
            is_remark = zones.is_remark(text[paragraphs[i].start : paragraphs[i].end])
            own[i] = "commentary" if is_remark or quoted else "boilerplate"
    for i, zone in enumerate(zones.after_transcript(text, paragraphs, stop, after), start=stop):
        if paragraphs[i].zone is None:
            own[i] = zone if i in inside or home is None or quoted else "boilerplate"
    return turns, own


def _quoted(text: str, paragraphs: list[Paragraph], labels: list[Candidate], inside: set[int]) -> set[int]:
    """The paragraphs in Markdown's quotation marks, where nearly all labels stand in them: the rest is the writer's own."""
    quoted = {i for i in inside if QUOTED_PARAGRAPH.match(text, paragraphs[i].start)}
    held = sum(label.paragraph in quoted for label in labels)
    return quoted if held > zones.MOST * len(labels) else set()


def _without_readers(cleaned: Cleaned, first: int) -> tuple[list[TurnSpan], list[str]]:
    """The turns of a page whose readers comment from a paragraph on: they have no voice in what is a label."""
    cut = replace(cleaned, paragraphs=cleaned.paragraphs[:first])
    turns, own = _labelled(cut)
    return turns, own + [paragraph.zone or "comment" for paragraph in cleaned.paragraphs[first:]]


def _end(cleaned: Cleaned, labels: list[Candidate], stop: int) -> tuple[int, str]:
    last = labels[-1]
    surname = zones.surname_of(last.label)
    if ROLE.fullmatch(surname) or last.features.get("anonymous"):
        surname = ""  # "THE PRESIDENT": an office, and a speaker may speak of other presidents
    if surname.isupper():
        surname = surname.title()
    offices = [found[0].lower() for c in labels if surname and surname in c.label and (found := ROLE.match(c.label))]
    return zones.end_of_last_turn(
        cleaned.text, cleaned.paragraphs, last.paragraph, stop, surname, re.escape(offices[0]) if offices else ""
    )


def _cut(cleaned: Cleaned, labels: list[Candidate], inside: set[int], stop: int) -> Iterator[TurnSpan]:
    """One turn a label, and one more for each part of it after an interruption."""
    made = 0
    for label, following in itertools.zip_longest(labels, labels[1:]):
        until = following.opens if following else cleaned.paragraphs[stop - 1].end
        last = following.paragraph if following else stop - 1
        first_of_label = made
        for start, end, first, final in _parts(cleaned, label, until, last, inside):
            if start == end:
                continue
            is_first = made == first_of_label
            first = label.paragraph if is_first else first  # noqa: PLW2901  # a label may be a line of its own
            yield TurnSpan(
                start,
                end,
                first,
                final,
                label=label.label if is_first else None,
                label_start=label.start if is_first else None,
                label_end=label.stop if is_first else None,
                score=label.score,
                continues=None if is_first else first_of_label,
            )
            made += 1


def _parts(cleaned: Cleaned, label: Candidate, until: int, last: int, inside: set[int]) -> Iterator[tuple[int, int, int, int]]:
    """(start, end, first paragraph, last paragraph) of each stretch of a turn that nothing interrupts."""
    stretch: list[tuple[int, int, int]] = []
    for i in range(label.paragraph, last + 1):
        if i not in inside:
            if stretch:
                yield _joined(cleaned.text, stretch)
            stretch = []
            continue
        start = max(cleaned.paragraphs[i].start, label.rest)
        end = min(cleaned.paragraphs[i].end, until)
        if start < end:
            stretch.append((start, end, i))
    if stretch:
        yield _joined(cleaned.text, stretch)


def _joined(text: str, stretch: list[tuple[int, int, int]]) -> tuple[int, int, int, int]:
    """The whole stretch, without the white space or the marks of boldness before the next label."""
    start, end = stretch[0][0], stretch[-1][1]
    while end > start and text[end - 1] in TRAILING:
        end -= 1
    return start, end, stretch[0][2], stretch[-1][2]
