"""Akoma Ntoso debates (OASIS LegalDocML 1.0, debateBody): South Africa's, and others that publish in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from flows.clean.cleaned import Cleaned, Hints, Voice
from flows.clean.draft import Draft, day, fold
from flows.clean.xml_tree import local, parse, words

SPOKEN = frozenset(("speech", "question", "answer"))
HEADINGS = frozenset(("heading", "subheading", "num", "docTitle"))
NOTES = frozenset(
    ("narrative", "scene", "summary", "recordedTime", "other", "prayers", "adjournment", "rollCall", "remark", "p")
)
UNSEEN = frozenset(("meta", "eol", "eop", "noteRef"))
OFFICE = re.compile(r"(?:The|An?)\s", re.I)
CHAIR = re.compile(r"(?:the\s+)?(?:(?:acting|deputy|temporary|house)\s+)*(?:speaker|chair(?:person|man|woman)?)\b", re.I)
LANGUAGES = {"eng": "en", "afr": "af", "fra": "fr", "deu": "de", "ita": "it", "spa": "es", "por": "pt", "zul": "zu"}
DATE_AT_END = re.compile(r"\d{4}-\d{2}-\d{2}/?$")  # a work's address that names only the day: two houses sit on one day


def read(content: bytes, hints: Hints) -> Iterator[Cleaned]:
    """One document: the debate, with a voice for each speech. Raises CleanError for unreadable XML."""
    root = parse(content)
    people = {e.get("id") or e.get("eId"): fold(e.get("showAs") or "") for e in root.iter("{*}TLCPerson")}
    draft = Draft("akoma-ntoso")
    _section(draft, root, people)
    work = next((e.get("value") for e in root.iter("{*}FRBRuri")), None)
    date = next((e.get("date") for e in root.iter("{*}docDate")), None)
    stated = next((e.get("language") for e in root.iter("{*}FRBRlanguage")), None)
    title = next((e.get("name") for e in root.iter("{*}debate")), None)
    yield draft.finish(
        external_id=work if work and not DATE_AT_END.search(work) else None,
        url=hints.url,
        title=hints.title or title,
        kind="sitting" if draft.voices else None,
        language=LANGUAGES.get(stated or "", hints.language),
        published_on=hints.published_on,
        event_on=day(date) or day((re.search(r"\d{4}-\d{2}-\d{2}", work or "") or [None])[0]),
    )


def _section(draft: Draft, element: etree._Element, people: dict[str | None, str]) -> None:
    for child in element:
        name = local(child)
        if name in SPOKEN:
            _speech(draft, child, people)
        elif name in HEADINGS:
            draft.paragraph(words(child), zone="title", is_heading=True, is_speech=False)
        elif name in NOTES:
            draft.paragraph(words(child, UNSEEN), zone="boilerplate", is_speech=False)
        elif name and name not in UNSEEN:
            _section(draft, child, people)


def _speech(draft: Draft, speech: etree._Element, people: dict[str | None, str]) -> None:
    label = fold(" ".join(words(e) for e in speech if local(e) == "from")).rstrip(" :")
    lines = [(local(e) not in NOTES - {"p"}, fold(words(e, UNSEEN))) for e in speech if local(e) not in ("from", "")]
    identity = (speech.get("by") or "").removeprefix("#")
    known = people.get(identity) or ""
    if not any(text for _, text in lines) or not (label or known):
        for text in (label, *(text for _, text in lines)):
            draft.paragraph(text, zone="boilerplate", is_speech=False)
        return
    is_office = bool(OFFICE.match(known or label))
    voice = Voice(
        label=label or known,
        external_id=speech.get("eId") or speech.get("id"),
        person=f"akoma-ntoso:{identity}" if identity and not is_office else None,  # an office's holder changes
        role=(known or label) if is_office else None,
        kind="moderator" if CHAIR.match(label or known) else "official",
    )
    index = draft.voice(voice)
    if label and draft.paragraph(f"{label}:", zone="transcript", is_speech=False):
        voice.label_start = draft.paragraphs[-1].start
        voice.label_end = voice.label_start + len(label)
    for is_speech, text in lines:
        draft.paragraph(text, voice=index, is_speech=is_speech)
