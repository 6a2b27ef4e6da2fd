"""Whether labels alone lead to the persons whom the publisher's own ids tell apart.

    python -m benchmarks.attribution /path/to/corpus [--most 200]

Parliaments publish who spoke (ParlaMint, OpenAustralia, the Congressional Record, Akoma Ntoso). Their files are resolved twice: as
published, and with ids, names and roles hidden, so that the labels are all there is. Pairs of turns are then compared: precision
is the share of pairs of one speaker of ours that are one person of theirs, recall the share of their pairs that are one of ours.
By evidence code it prints how many turns lie with the person that most turns of the same speaker lie with, and how many stay open.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from flows.clean.cleaned import Cleaned, CleanError, Hints, Refused
from flows.clean.read import clean
from flows.people.people import People
from flows.segment.segmented import TurnSpan
from flows.segment.speakers import attribute
from flows.segment.turns import turns_of

FOLDERS = ("parlamint_sk", "au_openaustralia", "za_hansard", "docx_catalan_parliament", "us_congressional_record")
SUFFIXES = (".xml", ".json")


@dataclass(frozen=True)
class Told:
    """A turn: the publisher's person, ours by the markup, ours by the label alone, and on what evidence."""

    person: str
    by_markup: str | None
    by_label: str | None
    code: str


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("corpus", type=Path)
    arguments.add_argument("--most", type=int, default=200, help="files of each folder")
    given = arguments.parse_args()
    people, everything = People.load(), []
    print("| folder | turns | markup: precision, recall | labels alone: precision, recall | open |")
    print("| --- | ---: | --- | --- | ---: |")
    for folder in FOLDERS:
        files = sorted(path for path in (given.corpus / folder).rglob("*") if path.suffix in SUFFIXES)[: given.most]
        told = [one for path in files for one in _turns(path, str(path.relative_to(given.corpus)), people)]
        everything += told
        named = [one for one in told if one.by_label]
        marked = pairwise([(one.by_markup or "", one.person) for one in told])
        labelled = pairwise([(one.by_label or "", one.person) for one in named])
        print(f"| {folder} | {len(told):,} | {marked} | {labelled} | {len(told) - len(named):,} |")
    print("\n| code | turns | with the speaker's usual person | open |\n| --- | ---: | ---: | ---: |")
    for code in sorted({one.code for one in everything}):
        own = [one for one in everything if one.code == code]
        usual: dict[str, Counter[str]] = defaultdict(Counter)
        for one in own:
            if one.by_label:
                usual[one.by_label][one.person] += 1
        agreeing = sum(persons.most_common(1)[0][1] for persons in usual.values())
        print(f"| {code} | {len(own):,} | {agreeing:,} | {sum(not one.by_label for one in own):,} |")
        for speaker, persons in sorted(usual.items()):
            if len(persons) > 1:
                print(f"    {speaker}: {dict(persons)}")


def pairwise(pairs: list[tuple[str, str]]) -> str:
    """Precision and recall of (our id, their id): over pairs of turns that share one of them."""
    both, ours, theirs = (_pairs(Counter(x)) for x in (pairs, [p[0] for p in pairs], [p[1] for p in pairs]))
    return f"{both / max(1, ours):.4f}, {both / max(1, theirs):.4f}"


def _pairs(counts: Counter) -> int:
    return sum(count * (count - 1) // 2 for count in counts.values())


def _turns(path: Path, origin: str, people: People) -> Iterator[Told]:
    hints = Hints(origin)
    try:
        documents = [one for one in clean(path.read_bytes(), hints) if not isinstance(one, Refused)]
    except CleanError:
        return
    for cleaned in documents:
        yield from _told(cleaned, hints, people)


def _told(cleaned: Cleaned, hints: Hints, people: People) -> Iterator[Told]:
    published = turns_of(cleaned)[0]
    day = cleaned.event_on or cleaned.published_on
    attribute(cleaned, published, hints, people, day)
    turns = [turn for turn in published if turn.voice is not None and cleaned.voices[turn.voice].person]
    bare = [_by_label_alone(turn, cleaned) for turn in turns]
    attribute(replace(cleaned, voices=[]), [turn for turn in bare if turn.label], hints, people, day)
    for turn, alone in zip(turns, bare, strict=True):
        person = cleaned.voices[turn.voice].person if turn.voice is not None else None
        if person and alone.label:
            yield Told(person, turn.speaker_id, alone.speaker_id, alone.evidence)


def _by_label_alone(turn: TurnSpan, cleaned: Cleaned) -> TurnSpan:
    """The turn as a page without markup gives it; where the markup writes no label, its name is one."""
    voice = cleaned.voices[turn.voice or 0]
    return replace(turn, voice=None, continues=None, label=turn.label or voice.label or voice.name)


if __name__ == "__main__":
    main()
