"""What was published and how it is cut: documents, blocks, turns, sentences."""

import datetime as dt
from typing import ClassVar, Literal

from schemas.base import Row, column, count, identifier, offset, share

DocumentKind = Literal[
    "press_conference", "briefing", "interview", "speech", "debate", "sitting", "hearing", "statement", "other"
]
EventRole = Literal["original", "reposting", "translation", "excerpt", "rewrite"]
Zone = Literal["transcript", "commentary", "boilerplate", "comment", "title"]
SpeakerKind = Literal["official", "journalist", "moderator", "audience", "interpreter", "unknown"]
Attribution = Literal["markup", "label", "role_label", "self_introduction", "continuation", "addressed", "none"]

DOCUMENT_ID = "The document: a hash of its source and external id, else its URL, else its origin."
VERSION = "The version of the document that the row belongs to, counted from 1 in the order in which they were seen."
CHAR_START = "First code point in documents.text of this version, from 0."
CHAR_END = "Code point after the last (half-open)."


class Document(Row):
    """A published text, in its current version: who put it where and when, and the text that every offset counts in."""

    table: ClassVar[str] = "documents"
    key: ClassVar[tuple[str, ...]] = ("document_id",)
    sort: ClassVar[tuple[str, ...]] = ("document_id",)
    versioned: ClassVar[bool] = True

    document_id: str = identifier(DOCUMENT_ID)
    version: int = count(VERSION)
    source: str = identifier("The source's name, as in sources; local for files given on the command line.")
    origin: str = identifier("The URL where there is one, else the path below the folder given; archive!member in an archive.")
    external_id: str | None = column("The input's own id, where it has one.")
    url: str | None = column("The address of the page, where one is known: what proof links open.")
    title: str | None = column("The title as published.")
    kind: DocumentKind = column("What kind of text it is; other without turns for pages that are no transcript.")
    language: str | None = column("BCP 47 tag of the text's language, null where it could not be told.")
    published_on: dt.date | None = column("Day of publication: the index's, else the page's own.")
    event_on: dt.date | None = column("Day on which the words were said, as the page states it.")
    event_id: str | None = column("The event: the same for all postings of it.")
    event_role: EventRole | None = column("What this posting is to the event.")
    event_evidence: str | None = column("Why it is thought to be that event and that role.")
    duplicate_of: str | None = column("document_id of the posting that this one repeats, null where it repeats none.")
    licence: str | None = column("SPDX id or sentence: under what terms the source gives the text.")
    format: str = identifier("How the bytes were read: text, markdown, html, convokit, jsonl, tei, ...")
    content_sha256: str = identifier("SHA-256 of the file, the archive's member or the response body; names the stored bytes.")
    transcript_sha256: str = identifier("Hash of what makes a version: title, days and all text but boilerplate and comments.")
    text: str = column("The cleaned text; for plain text the decoded file with LF line ends and nothing else changed.")
    note: str | None = column("What a reader should know of the document, such as why it has no turns.")
    cleaner: str = identifier("Fingerprint of the code that cleaned and segmented this version.")
    fetched_at: dt.datetime = column("When these bytes were first read or fetched (UTC).")


class Block(Row):
    """A paragraph of a document and the zone it lies in: transcript, commentary, boilerplate, comment or title."""

    table: ClassVar[str] = "blocks"
    key: ClassVar[tuple[str, ...]] = ("block_id",)
    sort: ClassVar[tuple[str, ...]] = ("document_id", "block_index")
    references: ClassVar[dict[str, str]] = {"document_id": "documents.document_id", "turn_id": "turns.turn_id"}
    orders: ClassVar[tuple[tuple[str, str, str], ...]] = (("char_start", "<", "char_end"),)
    versioned: ClassVar[bool] = True

    block_id: str = identifier("The block: a hash of document and words, with the neighbours' where words repeat.")
    document_id: str = identifier(DOCUMENT_ID)
    version: int = count(VERSION)
    block_index: int = count("Position in the document, from 0.")
    zone: Zone = column("Whose text it is: the speakers' (transcript), the writer's, the site's, readers', or a title.")
    char_start: int = offset(CHAR_START)
    char_end: int = offset(CHAR_END)
    turn_id: str | None = column("The turn that the block is part of; null outside turns.")


class Turn(Row):
    """What one speaker says until another takes over or another zone interrupts, with how sure the attribution is."""

    table: ClassVar[str] = "turns"
    key: ClassVar[tuple[str, ...]] = ("turn_id",)
    sort: ClassVar[tuple[str, ...]] = ("document_id", "turn_index")
    references: ClassVar[dict[str, str]] = {
        "document_id": "documents.document_id",
        "speaker_id": "speakers.speaker_id",
        "answers_turn_id": "turns.turn_id",
    }
    orders: ClassVar[tuple[tuple[str, str, str], ...]] = (
        ("char_start", "<", "char_end"),
        ("time_start", "<=", "time_end"),
    )
    versioned: ClassVar[bool] = True

    turn_id: str = identifier("The turn: a hash of document, label and words, with the neighbours' where words repeat.")
    document_id: str = identifier(DOCUMENT_ID)
    version: int = count(VERSION)
    turn_index: int = count("Position in the document, from 0.")
    external_id: str | None = column("The input's own id of the utterance, where it has one.")
    label: str | None = column("The speaker's label as written; null where there is none.")
    label_start: int | None = offset("First code point of the label; null where there is none.")
    label_end: int | None = offset("Code point after the label.")
    speaker_id: str | None = column("The speaker; null where unknown or where confidence is below 0.5.")
    speaker_name: str | None = column("The speaker's full name as resolved; null where unknown.")
    role: str | None = column("Office or role on that day, as said or from the reference files.")
    organisation: str | None = column("Whom the speaker speaks for: a medium, a party, an institution.")
    speaker_kind: SpeakerKind = column("official, journalist, moderator, audience, interpreter or unknown.")
    attribution: Attribution = column("The evidence that names the speaker.")
    confidence: float = share("How sure the attribution is; the measured share of right names for this evidence.")
    doubt: str | None = column("Why the attribution is not certain; null where it is.")
    answers_turn_id: str | None = column("The question that this turn answers.")
    time_start: float | None = column("Seconds into the recording at which it begins, where known.", ge=0)
    time_end: float | None = column("Seconds into the recording at which it ends, where known.", ge=0)
    text: str = identifier("The span as it stands, without the label.")
    char_start: int = offset(CHAR_START)
    char_end: int = offset(CHAR_END)


class Sentence(Row):
    """A sentence of a turn; stage directions and sub-heads are sentences that are no speech."""

    table: ClassVar[str] = "sentences"
    key: ClassVar[tuple[str, ...]] = ("sentence_id",)
    sort: ClassVar[tuple[str, ...]] = ("document_id", "sentence_index")
    references: ClassVar[dict[str, str]] = {"turn_id": "turns.turn_id", "document_id": "documents.document_id"}
    orders: ClassVar[tuple[tuple[str, str, str], ...]] = (("char_start", "<", "char_end"),)
    versioned: ClassVar[bool] = True

    sentence_id: str = identifier("The sentence: a hash of document and words, with the neighbours' where words repeat.")
    turn_id: str = identifier("The turn it is part of.")
    document_id: str = identifier(DOCUMENT_ID)
    version: int = count(VERSION)
    sentence_index: int = count("Position in the document, from 0.")
    text: str = identifier("The span as it stands.")
    char_start: int = offset(CHAR_START)
    char_end: int = offset(CHAR_END)
    is_speech: bool = column("False for stage directions, sub-heads and the like.")
