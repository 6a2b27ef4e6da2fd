"""Which JSON it is: lines of objects (a ConvoKit corpus or one document a line), a known transcript, or something else."""

from __future__ import annotations

from typing import Any

from flows.clean import congressional_record, transcript_json
from flows.clean.cleaned import CleanError
from flows.clean.json_lines import MAX_LINE, lines, load, record

LOOK = 20  # lines that decide
MAX_BYTES = 100_000_000  # of one JSON value


def recognise(content: bytes, suffix: str) -> str | None:
    """The format's name; None where it is no JSON after all. Raises CleanError for JSON that nothing here reads."""
    objects, bad = _first_objects(content)
    by_line = suffix in (".jsonl", ".ndjson") or len(objects) > 1 or (objects and bad)
    if by_line and objects and len(objects) >= bad:
        return "convokit" if any(is_utterance(o) for o in objects) else "jsonl"
    if by_line and suffix in (".jsonl", ".ndjson"):
        return "jsonl"
    if objects and is_utterance(objects[0]):
        return "convokit"
    value = whole(content, suffix)
    return None if value is None else kind_of(value)


def is_utterance(value: dict[str, Any]) -> bool:
    """Whether it is a ConvoKit utterance; corpora before ConvoKit 2.5 say `root` and `user`."""
    return "conversation_id" in value or ("root" in value and "text" in value and ("user" in value or "speaker" in value))


def whole(content: bytes, suffix: str) -> Any:
    """The file as one JSON value; None where it is none and its name does not say that it should be.

    Raises CleanError for one that is too large, and for what its name calls JSON and is none.
    """
    if len(content) > MAX_BYTES:
        raise CleanError("too large", f"{len(content)} bytes of JSON, at most {MAX_BYTES}")
    try:
        return load(content, strict=False)
    except CleanError as error:
        if suffix == ".json" or error.reason != "bad JSON":
            raise
        return None


def kind_of(value: Any) -> str:
    """The format of a whole JSON value. Raises CleanError where nothing reads it, naming its keys."""
    if isinstance(value, list):
        inner = f" of objects with the keys {_keys(value[0])}" if value and isinstance(value[0], dict) else ""
        raise CleanError("unknown format", f"JSON: a list of {len(value)}{inner}")
    if not isinstance(value, dict):
        raise CleanError("unknown format", f"JSON: a bare {type(value).__name__}")
    if "jsonfeed.org" in str(value.get("version")):
        raise CleanError("an index, not a document", "JSON feed: make it a source's index, and what it lists is fetched")
    if congressional_record.check(value):
        return "congressional-record-json"
    if transcript_json.check(value):
        return "transcript-json"
    if _is_beside_utterances(value):
        raise CleanError("part of a corpus, not a document", "ConvoKit's facts on speakers or conversations, or its index")
    if "speakers" in value and "fact" in value:
        raise CleanError("unknown format", "JSON: who speaks in a recording and when it was made, without their words")
    if {"conversation_id", "text"} <= value.keys():
        return "convokit"
    if value.keys() >= {"text"} or value.keys() >= {"html"}:
        return "jsonl"
    raise CleanError("unknown format", f"JSON with the keys {_keys(value)}")


def _is_beside_utterances(value: dict[str, Any]) -> bool:
    """Whether it is one of the files that ConvoKit puts beside utterances.jsonl: speakers, conversations, index."""
    if "utterances-index" in value:
        return True
    entries = list(value.values())[:50]
    return bool(entries) and all(isinstance(e, dict) and "meta" in e and e.keys() <= {"meta", "vectors"} for e in entries)


def _keys(value: dict[str, Any]) -> str:
    names = [str(key)[:40] for key in list(value)[:12]]
    return ", ".join(names) + (", ..." if len(value) > len(names) else "")


def _first_objects(content: bytes) -> tuple[list[dict[str, Any]], int]:
    """The objects among the first lines, and how many of those lines hold none."""
    objects: list[dict[str, Any]] = []
    bad = 0
    for seen, (_, line) in enumerate(lines(content)):
        if seen == LOOK:
            break
        if len(line) > MAX_LINE:
            bad += 1
            continue
        try:
            objects.append(record(line))
        except CleanError:
            bad += 1
    return objects, bad
