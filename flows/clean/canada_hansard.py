"""Canada's Hansard (ourcommons.ca and its predecessors): `<Intervention>`, `<PersonSpeaking>`, `<ParaText>`.

The label stands in the text as the House prints it, on a line before the words.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from lxml import etree

from flows.clean.cleaned import Cleaned, Hints, Voice
from flows.clean.draft import Draft, fold
from flows.clean.xml_tree import local, parse, words

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TITLES = frozenset(
    {"OrderOfBusinessTitle", "SubjectOfBusinessTitle", "SubjectOfBusinessQualifier", "CatchLine", "DocumentName"}
    | {"AppendixTitle", "MemberListsTitle", "AppendixLabel", "Title"}
)
PARAGRAPHS = frozenset(("ParaText", "QuotePara", "Line", "ListItem", "P"))
NOT_SAID = frozenset(("ProceduralText", "FloorLanguage", "Timestamp", "Prayer", "DivisionNumber", "DivisionType", "QuestionID"))
UNSEEN = frozenset(("ExtractedInformation", "StartPageNumber", "EndPageNumber", "PageNumber", "Timestamp", "FloorLanguage"))
LISTS = frozenset(("Division", "MemberLists", "MemberList", "Appendix", "table", "Table", "TableOfContents"))

HONORIFIC = re.compile(
    r"^(?:(?:Right|Rt\.?|Hon\.?|Honourable|L'hon\.?|Le|La|très|Mr\.?|Mrs\.?|Ms\.?|Miss|Dr\.?|M\.|Mme|Mlle)\s+)+"
)
WITH_BRACKET = re.compile(r"(.+?)\s*\((.+)\)$", re.S)
CHAIR = re.compile(
    r"^(?:The|Le|La)\s+(?:(?:Acting|Deputy|Assistant|Hon\.?)\s+)*"
    r"(?:Speaker|Chair|Chairman|Presiding|Président|Vice-président)",
    re.I,
)
SOME = re.compile(r"^(?:Some|An|A|Des|Une?|Plusieurs)\s+(?:hon\.?|honou?rable|voix|deput)", re.I)
OFFICE = re.compile(
    r"\b(?:Minister|Secretary|Leader|President|Chair|Speaker|Solicitor|Whip|Deputy|Attorney|Ministre|Secrétaire|Chef)\b",
    re.I,
)
PARTY = re.compile(r"[A-ZÉ][\w.é-]{0,9}\.?")
LONGEST_LABEL = 300  # code points
MAX_PROCEDURE = 200  # code points: "(Motion agreed to)" on a line of its own


def read(content: bytes, hints: Hints) -> Iterator[Cleaned]:
    """One document: the sitting, with a voice for each intervention. Raises CleanError for unreadable XML."""
    root = parse(content)
    facts = {e.get("Name"): fold(words(e)) for e in root.iter("{*}ExtractedItem") if e.get("Name")}
    draft = Draft("canada-hansard")
    _section(draft, root)
    is_committee = "committee" in facts.get("Institution", "").lower() or "AcronymEn" in facts
    language = root.get(XML_LANG) or root.get("lang")
    yield draft.finish(
        external_id=_identity(root.get("id"), language),
        url=hints.url,
        title=hints.title or _title(facts),
        kind="hearing" if is_committee else "sitting",
        language=language.lower() if language else hints.language,
        published_on=hints.published_on,
        event_on=_date(facts),
    )


OTHERS_SAY = re.compile(r"((?:Some|An|Several|Des|Une|Un) (?:hon\.?|honou?rables?) (?:[Mm]embers?|[Dd]éputée?s?))\s?:\s+(?=\S)")


def _identity(number: str | None, language: str | None) -> str | None:
    """The publication's id with its language: English and French are two texts of one number."""
    return f"{number}-{language.lower()}" if number and language else number


def _title(facts: dict[str, str]) -> str | None:
    parts = [facts.get(key) for key in ("InstitutionDebate", "Institution", "Number", "Date")]
    return ", ".join(dict.fromkeys(p for p in parts if p)) or None


def _date(facts: dict[str, str]) -> dt.date | None:
    from flows.clean.dates import parse_date

    try:
        return dt.date(*(int(facts[f"MetaDateNum{part}"]) for part in ("Year", "Month", "Day")))
    except (KeyError, ValueError):
        return parse_date(facts.get("Date", "").partition(", ")[2] or facts.get("Date"))


def _section(draft: Draft, element: etree._Element) -> None:
    for child in element:
        name = local(child)
        if name == "Intervention":
            speaker = next((e for e in child if local(e) == "PersonSpeaking"), None)
            _intervention(draft, child, speaker, next((e for e in child if local(e) == "Content"), None))
        elif name == "WrittenQuestionResponse":
            _written(draft, child)
        elif name in TITLES:
            draft.paragraph(words(child), zone="title", is_heading=True, is_speech=False)
        elif name in PARAGRAPHS or name in NOT_SAID:
            draft.paragraph(words(child), zone="boilerplate", is_speech=False)
        elif name in LISTS:
            _list(draft, child)
        elif name and name not in UNSEEN:
            if child.text and not child.text.isspace() and not len(child):
                draft.paragraph(child.text, zone="boilerplate", is_speech=False)
            _section(draft, child)


def _written(draft: Draft, exchange: etree._Element) -> None:
    """A question on the order paper and its answer: two voices."""
    parts = {local(e): e for e in exchange}
    if (number := parts.get("QuestionID")) is not None:
        draft.paragraph(words(number), zone="boilerplate", is_speech=False)
    for who, what in (("Questioner", "QuestionContent"), ("Responder", "ResponseContent")):
        if what in parts:
            _intervention(draft, exchange, parts.get(who), parts[what])


def _intervention(
    draft: Draft, element: etree._Element, speaker: etree._Element | None, content: etree._Element | None
) -> None:
    affiliation = next((e for e in speaker.iter("{*}Affiliation")), None) if speaker is not None else None
    label = fold(words(affiliation if affiliation is not None else speaker)).rstrip(" :") if speaker is not None else ""
    lines = list(_lines(content)) if content is not None else []
    if not label or not lines:
        for text in (label, *(text for _, text in lines)):
            draft.paragraph(text, zone="boilerplate", is_speech=False)
        return
    voice = _voice(label, affiliation, element.get("id"))
    index = draft.voice(voice)
    draft.paragraph(f"{label}:", zone="transcript", is_speech=False)
    voice.label_start = draft.paragraphs[-1].start
    voice.label_end = voice.label_start + len(label)
    for is_speech, text in lines:
        if others := OTHERS_SAY.match(text):  # set inside the words of whoever has the floor
            called = draft.voice(Voice(label=others[1]))
            draft.paragraph(text, voice=called, label=others[1])
        else:
            draft.paragraph(text, voice=index, is_speech=is_speech)


def _lines(content: etree._Element) -> Iterator[tuple[bool, str]]:
    """(is_speech, text) of an intervention's paragraphs, in order."""
    for child in content:
        name = local(child)
        if name in PARAGRAPHS:
            text = fold(words(child, UNSEEN))
            if text:
                yield not _is_procedure(text), text
        elif name == "FloorLanguage":
            continue  # "[English]": which language is spoken, nobody's words
        elif name in NOT_SAID:
            if text := fold(words(child)):
                yield False, text
        elif name in LISTS:
            yield from ((False, text) for text in _rows(child))
        elif name and name not in UNSEEN:
            yield from _lines(child)


def _is_procedure(text: str) -> bool:
    return len(text) < MAX_PROCEDURE and text[0] in "([" and text[-1] in ")]"


def _list(draft: Draft, element: etree._Element) -> None:
    for text in _rows(element):
        draft.paragraph(text, zone="boilerplate", is_speech=False)


def _rows(element: etree._Element) -> Iterator[str]:
    """The lines of a vote or table: one for each element that holds text directly or only names."""
    held = [e for e in element if local(e)]
    if held and all(local(e) == "Affiliation" for e in held):
        yield "; ".join(fold(words(e)) for e in held)
    elif not held or any(e.tail and not e.tail.isspace() for e in held):
        yield fold(words(element))
    else:
        for child in held:
            yield from _rows(child)


def _voice(label: str, affiliation: etree._Element | None, identity: str | None) -> Voice:
    """The label's parts: "Hon. Ada Roe (Minister of Health, Lib.)", "Ada Roe (Montcalm, BQ)", "The Speaker (Mr. Roe)"."""
    number = affiliation.get("DbId") if affiliation is not None else None
    voice = Voice(label=label, external_id=identity, person=f"ourcommons:{number}" if number and number != "0" else None)
    if SOME.match(label):
        voice.person = None
        return voice
    found = WITH_BRACKET.match(label) if len(label) <= LONGEST_LABEL else None
    outside, inside = (found[1], found[2]) if found else (label, "")
    if CHAIR.match(label):
        voice.kind, voice.role = "moderator", outside
        voice.name = HONORIFIC.sub("", inside) or None
        return voice
    voice.kind = "official"
    voice.name = HONORIFIC.sub("", outside) or None
    first, _, last = inside.rpartition(", ")
    if first and PARTY.fullmatch(last):
        voice.party, inside = last, first
    if OFFICE.search(inside):
        voice.role = inside
    elif inside:
        voice.constituency = inside
    return voice
