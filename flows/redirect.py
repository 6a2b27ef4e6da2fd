"""Where ids lead on after a publisher altered a page: old spans matched to new ones by their words. Pure."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz

ALIKE = 60.0  # rapidfuzz ratio, 0 to 100: below it a span was removed rather than altered
LONGEST = 2_000  # characters of a span that are compared
COMPARED = 60  # new spans that an old one is compared with
Span = tuple[str, str, str]  # document_id, id, words; in the order of the text


def redirects_of(kind: str, old: Sequence[Span], new: Sequence[Span], since: Mapping[str, dt.datetime]) -> list[dict[str, Any]]:
    """A redirect for each id of the old version that the new one does not have: to the likeliest new span in its place.

    A span's place is between the nearest neighbours that both versions have; where nothing new there is alike, it was removed.
    """
    fresh: dict[str, list[Span]] = defaultdict(list)
    for span in new:
        fresh[span[0]].append(span)
    rows = []
    by_document: dict[str, list[Span]] = defaultdict(list)
    for span in old:
        by_document[span[0]].append(span)
    for document, spans in by_document.items():
        for old_id, new_id in _matched([(i, w) for _, i, w in spans], [(i, w) for _, i, w in fresh[document]]):
            reason = "altered" if new_id else "removed"
            rows.append({"old_id": old_id, "new_id": new_id, "kind": kind, "reason": reason, "since": since[document]})
    return rows


def _matched(old: list[tuple[str, str]], new: list[tuple[str, str]]) -> list[tuple[str, str | None]]:
    place = {key: index for index, (key, _) in enumerate(new)}
    kept = {key for key, _ in old} & set(place)
    free = [index for index, (key, _) in enumerate(new) if key not in kept]
    after = _next_places(old, place, len(new))
    found: list[tuple[str, str | None]] = []
    taken: set[int] = set()
    before, gone = -1, 0  # where the last kept span stands now, and how many went since
    for position, (key, words) in enumerate(old):
        if key in kept:
            before, gone = place[key], 0
            continue
        gone += 1
        low, high = (before, after[position]) if before < after[position] else (-1, len(new))
        best, score = None, ALIKE
        for index in _near(free, low, high, before + gone):
            if index not in taken:
                likeness = fuzz.ratio(words[:LONGEST], new[index][1][:LONGEST], score_cutoff=score)
                if likeness > score:
                    best, score = index, likeness
        if best is not None:
            taken.add(best)
        found.append((key, new[best][0] if best is not None else None))
    return found


def _next_places(old: list[tuple[str, str]], place: Mapping[str, int], end: int) -> list[int]:
    """For each old span where the next kept one after it stands now; `end` where none follows."""
    places = [end] * len(old)
    for position in range(len(old) - 2, -1, -1):
        places[position] = place.get(old[position + 1][0], places[position + 1])
    return places


def _near(free: list[int], low: int, high: int, expected: int) -> list[int]:
    """The free places between low and high; of many those nearest to the expected one, so that no rewrite costs its square."""
    first, last = bisect_right(free, low), bisect_left(free, high)
    if last - first > COMPARED:
        middle = bisect_left(free, expected)
        first = max(first, min(middle - COMPARED // 2, last - COMPARED))
        last = min(last, first + COMPARED)
    return free[first:last]
