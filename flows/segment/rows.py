"""A segmented document as rows of the tables, with ids that come from the words. Pure."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flows.clean.cleaned import Cleaned
from flows.segment.segmented import Segmented

Rows = dict[str, list[dict[str, Any]]]
SURE_ENOUGH = 0.5  # of an attribution: below it the speaker is null and the label stays
SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a document came from."""

    source: str
    origin: str
    content_sha256: str
    fetched_at: dt.datetime
    cleaner: str
    licence: str | None = None
    url: str | None = None


def identity(*parts: str) -> str:
    """A text id of 20 hexadecimal digits from what identifies a thing."""
    return hashlib.md5(SEPARATOR.join(parts).encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()[:20]


def folded(words: str) -> str:
    """The words with single spaces between them, as most stand anyway: what is printable has no white space but spaces."""
    if not words.isprintable():
        words = words.replace("\n", " ").replace("\xa0", " ")
        if not words.isprintable():
            return " ".join(words.split())
    while "  " in words:
        words = words.replace("  ", " ")
    return words.strip(" ")


def document_id(source: str, external_id: str | None, origin: str) -> str:
    """The id of a document: of its source and the input's own id, else its URL or path."""
    return identity("document", source, f"id:{external_id}" if external_id else f"at:{origin}")


def content_ids(kind: str, document: str, words: Sequence[str]) -> list[str]:
    """An id for each span from its words, whatever stands elsewhere in the document.

    Where words repeat, the neighbours' words tell them apart; of equal words with equal neighbours the order decides.
    """
    return _ids(kind, document, list(map(folded, words)))


def _ids(kind: str, document: str, plain: list[str]) -> list[str]:
    """The ids of `content_ids` for words that are folded."""
    often = Counter(plain)
    seen: Counter[tuple[str, str, str]] = Counter()
    begun = hashlib.md5(f"{kind}{SEPARATOR}{document}{SEPARATOR}".encode(), usedforsecurity=False)
    ids = []
    for index, own in enumerate(plain):
        if often[own] == 1:  # as identity(kind, document, own), whose beginning is hashed once
            digest = begun.copy()
            digest.update(own.encode("utf-8", "surrogatepass"))
            ids.append(digest.hexdigest()[:20])
            continue
        before = plain[index - 1] if index else ""
        after = plain[index + 1] if index + 1 < len(plain) else ""
        place = (own, before, after)
        ids.append(identity(kind, document, own, before, after, str(seen[place])))
        seen[place] += 1
    return ids


def rows_of(cleaned: Cleaned, cut: Segmented, told: Provenance, version: int = 1) -> Rows:
    """The rows of documents, blocks, turns and sentences. Ids of one document never depend on another."""
    text, key = cleaned.text, document_id(told.source, cleaned.external_id, told.origin)
    blocks = [folded(text[block.start : block.end]) for block in cut.blocks]
    turn_ids = content_ids("turn", key, [f"{turn.label or ''}{SEPARATOR}{text[turn.start : turn.end]}" for turn in cut.turns])
    return {
        "documents": [_document(cleaned, cut, told, key, version, blocks)],
        "blocks": _blocks(cut, key, version, turn_ids, blocks),
        "turns": _turns(cleaned, cut, key, version, turn_ids),
        "sentences": _sentences(text, cut, key, version, turn_ids),
    }


def _document(
    cleaned: Cleaned, cut: Segmented, told: Provenance, key: str, version: int, blocks: list[str]
) -> dict[str, Any]:
    return {
        "document_id": key,
        "version": version,
        "source": told.source,
        "origin": told.origin,
        "external_id": cleaned.external_id,
        "url": cleaned.url or told.url,
        "title": cut.title,
        "kind": cut.kind,
        "language": cut.language,
        "published_on": cut.published_on,
        "event_on": cut.event_on,
        "event_id": None,
        "event_role": None,
        "event_evidence": None,
        "duplicate_of": None,
        "licence": told.licence,
        "format": cleaned.format,
        "content_sha256": told.content_sha256,
        "transcript_sha256": _transcript_hash(cut, blocks),
        "text": cleaned.text,
        "note": cut.note,
        "cleaner": told.cleaner,
        "fetched_at": told.fetched_at,
    }


def _transcript_hash(cut: Segmented, blocks: list[str]) -> str:
    """What makes a version: all words but those of the site and of readers, and what the page says of itself."""
    digest = hashlib.sha256(f"{cut.title}{SEPARATOR}{cut.event_on}{SEPARATOR}{cut.published_on}".encode())
    for block, words in zip(cut.blocks, blocks, strict=True):
        if block.zone not in ("boilerplate", "comment"):
            digest.update(f"{SEPARATOR}{words}".encode("utf-8", "replace"))
    return digest.hexdigest()


def _blocks(cut: Segmented, key: str, version: int, turn_ids: list[str], blocks: list[str]) -> list[dict[str, Any]]:
    ids = _ids("block", key, blocks)
    return [
        {
            "block_id": ids[index],
            "document_id": key,
            "version": version,
            "block_index": index,
            "zone": block.zone,
            "char_start": block.start,
            "char_end": block.end,
            "turn_id": None if block.turn is None else turn_ids[block.turn],
        }
        for index, block in enumerate(cut.blocks)
    ]


def _turns(cleaned: Cleaned, cut: Segmented, key: str, version: int, turn_ids: list[str]) -> list[dict[str, Any]]:
    rows = []
    for index, turn in enumerate(cut.turns):
        voice = cleaned.voices[turn.voice] if turn.voice is not None else None
        sure = turn.confidence >= SURE_ENOUGH
        rows.append(
            {
                "turn_id": turn_ids[index],
                "document_id": key,
                "version": version,
                "turn_index": index,
                "external_id": voice.external_id if voice else None,
                "label": turn.label,
                "label_start": turn.label_start,
                "label_end": turn.label_end,
                "speaker_id": turn.speaker_id if sure else None,
                "speaker_name": turn.speaker_name,
                "role": turn.role,
                "organisation": turn.organisation,
                "speaker_kind": turn.speaker_kind,
                "attribution": turn.attribution,
                "confidence": round(float(turn.confidence), 4),
                "doubt": turn.doubt,
                "answers_turn_id": None if turn.answers is None else turn_ids[turn.answers],
                "time_start": voice.time_start if voice else None,
                "time_end": voice.time_end if voice else None,
                "text": cleaned.text[turn.start : turn.end],
                "char_start": turn.start,
                "char_end": turn.end,
            }
        )
    return rows


def _sentences(text: str, cut: Segmented, key: str, version: int, turn_ids: list[str]) -> list[dict[str, Any]]:
    words = [text[sentence.start : sentence.end] for sentence in cut.sentences]
    ids = content_ids("sentence", key, words)
    return [
        {
            "sentence_id": ids[index],
            "turn_id": turn_ids[sentence.turn],
            "document_id": key,
            "version": version,
            "sentence_index": index,
            "text": words[index],
            "char_start": sentence.start,
            "char_end": sentence.end,
            "is_speech": sentence.is_speech,
        }
        for index, sentence in enumerate(cut.sentences)
    ]
