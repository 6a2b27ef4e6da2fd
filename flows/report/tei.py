"""A document as TEI: its turns as <u>, its sentences as <seg>, its claims as <measure>; https://tei-c.org/guidelines/P5/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import duckdb
from lxml import etree

from flows.report.rows import rows

TEI = "http://www.tei-c.org/ns/1.0"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # https://www.w3.org/TR/xml/#charsets


def document_tei(connection: duckdb.DuckDBPyConnection, document_id: str) -> bytes:
    """The current version of a document as a TEI file. Raises KeyError for an unknown document."""
    found = rows(connection, "from documents where document_id = ?", document_id)
    if not found:
        raise KeyError(document_id)
    document = found[0]
    turns = rows(connection, "from turns where document_id = ? order by turn_index", document_id)
    root = etree.Element(f"{{{TEI}}}TEI", nsmap={None: TEI})
    if document["language"]:
        root.set(XML_LANG, document["language"])
    _header(root, document, turns)
    division = _add(_add(_add(root, "text"), "body"), "div", type=document["kind"])
    sentences = _grouped(rows(connection, "from sentences where document_id = ? order by sentence_index", document_id), "turn_id")
    query = "from numeric_claims where document_id = ? order by char_start, char_end"
    claims = _grouped(rows(connection, query, document_id), "sentence_id")
    for turn in turns:
        _utterance(division, turn, sentences.get(turn["turn_id"], []), claims)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=False)


def _header(root: Any, document: dict[str, Any], turns: list[dict[str, Any]]) -> None:
    header = _add(root, "teiHeader")
    description = _add(header, "fileDesc")
    _add(_add(description, "titleStmt"), "title", document["title"] or document["origin"])
    publication = _add(description, "publicationStmt")
    _add(publication, "publisher", document["source"])
    if document["published_on"]:
        _add(publication, "date", when=document["published_on"].isoformat())
    _add(_add(publication, "availability"), "licence", document["licence"] or "not stated by the source")
    source = _add(_add(description, "sourceDesc"), "bibl")
    _add(source, "idno", document["url"] or document["origin"], type="URI" if document["url"] else "origin")
    _add(source, "idno", document["content_sha256"], type="sha256")
    profile = _add(header, "profileDesc")
    if document["event_on"]:
        _add(_add(profile, "creation"), "date", when=document["event_on"].isoformat())
    names = {turn["speaker_id"]: turn["speaker_name"] for turn in turns if turn["speaker_id"]}
    if not names:  # a list of nobody is not valid TEI
        return
    people = _add(_add(profile, "particDesc"), "listPerson")
    for speaker_id, name in names.items():
        _add(_add(people, "person", **{XML_ID: _xml_id(speaker_id)}), "persName", name or speaker_id)


def _utterance(parent: Any, turn: dict[str, Any], sentences: list[dict[str, Any]], claims: dict[str, list[dict[str, Any]]]) -> None:
    if turn["label"]:
        _add(parent, "note", turn["label"], type="speaker")
    spoken = _add(parent, "u", **{XML_ID: _xml_id(turn["turn_id"])})
    if turn["speaker_id"]:
        spoken.set("who", f"#{_xml_id(turn['speaker_id'])}")
        spoken.set("cert", "low" if turn["doubt"] else "high")
    for sentence in sentences:
        kind = "seg" if sentence["is_speech"] else "note"
        element = _add(spoken, kind, **{XML_ID: _xml_id(sentence["sentence_id"])})
        _mark(element, sentence, claims.get(sentence["sentence_id"], []))


def _mark(element: Any, sentence: dict[str, Any], claims: list[dict[str, Any]]) -> None:
    """The sentence's text with each claim's surface marked; of surfaces that overlap the first is."""
    text, start, done, last = sentence["text"], sentence["char_start"], 0, None
    for claim in claims:
        low, high = claim["char_start"] - start, claim["char_end"] - start
        if low < done or high > len(text):
            continue
        _append(element, last, text[done:low])
        unit = "_".join((claim["unit"] or "").split())  # a TEI unit is one word
        attributes = {"type": claim["kind"], "quantity": _exact(claim["value"]), "unit": unit or None}
        given = {key: value for key, value in attributes.items() if value is not None}
        last, done = _add(element, "measure", text[low:high], **{XML_ID: _xml_id(claim["claim_id"])}, **given), high
    _append(element, last, text[done:])


def _exact(value: float | None) -> str | None:
    """The value with all its digits."""
    if value is None:
        return None
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def _append(element: Any, last: Any, text: str) -> None:
    clean = NOT_XML.sub("\ufffd", text)
    if last is None:
        element.text = (element.text or "") + clean
    else:
        last.tail = (last.tail or "") + clean


def _add(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
    element = etree.SubElement(parent, f"{{{TEI}}}{name}")
    for key, value in attributes.items():
        element.set(key, NOT_XML.sub("\ufffd", value))
    if text is not None:
        element.text = NOT_XML.sub("\ufffd", text)
    return element


def _xml_id(identifier: str) -> str:
    """An id that may stand in xml:id: a letter first, nothing but name characters."""
    return "x" + re.sub(r"[^A-Za-z0-9._-]", "_", identifier)


def _grouped(rows: list[dict[str, Any]], key: str) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row[key], []).append(row)
    return groups


def every_document(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """The ids of documents that have turns, in order."""
    for (document_id,) in connection.execute("select distinct document_id from turns order by 1").fetchall():
        yield document_id
