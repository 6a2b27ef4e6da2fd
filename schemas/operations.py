"""What was done: sources, runs, fetches, quarantine, redirects, corrections, and the release itself."""

import datetime as dt
from typing import ClassVar, Literal

from schemas.base import Row, column, count, identifier, offset
from schemas.documents import DOCUMENT_ID, VERSION


class Source(Row):
    """A configured or met source and what is held of it."""

    table: ClassVar[str] = "sources"
    key: ClassVar[tuple[str, ...]] = ("name",)
    sort: ClassVar[tuple[str, ...]] = ("name",)

    name: str = identifier("Unique name: a-z, 0-9 and -.")
    title: str | None = column("What the source is called.")
    homepage: str | None = column("Its address.")
    licence: str | None = column("SPDX id or sentence: under what terms it gives its texts.")
    language: str | None = column("BCP 47 tag of its main language.")
    documents: int = count("Documents held.")
    first_published_on: dt.date | None = column("Publication day of the first document held.")
    last_published_on: dt.date | None = column("Publication day of the last document held.")
    last_fetched_at: dt.datetime | None = column("When a document was last received (UTC).")


class Run(Row):
    """A run of the pipeline: what was asked, how it ended, what it published."""

    table: ClassVar[str] = "runs"
    key: ClassVar[tuple[str, ...]] = ("run_id",)
    sort: ClassVar[tuple[str, ...]] = ("started_at", "run_id")

    run_id: str = identifier("The run.")
    flow: str = identifier("run, nightly or backfill.")
    parameters: str = column("What was asked, as JSON.")
    started_at: dt.datetime = column("When it began (UTC).")
    finished_at: dt.datetime | None = column("When it ended (UTC); null while it runs, or if it was killed.")
    status: Literal["running", "published", "nothing_new", "failed", "crashed"] = column("How it ended.")
    counts: str = column("Documents new, changed, unchanged, quarantined; turns, sentences, claims; as JSON.")
    release_id: str | None = column("The release that it published: a name to cite, from the date and the content.")


class Fetch(Row):
    """One request or one file read, and what came of it."""

    table: ClassVar[str] = "fetches"
    key: ClassVar[tuple[str, ...]] = ("run_id", "origin", "fetched_at", "outcome")
    sort: ClassVar[tuple[str, ...]] = ("fetched_at", "origin")

    run_id: str = identifier("The run.")
    origin: str = identifier("The address or path asked for.")
    source: str | None = column("The source it was asked for.")
    fetched_at: dt.datetime = column("When (UTC).")
    status: int | None = column("HTTP status; null for files and where no answer came.")
    content_sha256: str | None = column("SHA-256 of the body, which names the stored bytes.")
    bytes: int | None = column("Size of the body.", ge=0)
    headers: str | None = column("The answer's headers that matter later (ETag, Last-Modified, type), as JSON.")
    outcome: str = identifier("document, index, unchanged, not_modified, failed, quarantined, ...; with the reason.")


class Quarantine(Row):
    """What could not be used: at which stage, why, and which stored bytes it was."""

    table: ClassVar[str] = "quarantine"
    key: ClassVar[tuple[str, ...]] = ("stage", "origin", "content_sha256", "reason")
    sort: ClassVar[tuple[str, ...]] = ("first_seen_at", "origin", "stage")

    run_id: str = identifier("The run that first met it.")
    stage: Literal["fetch", "clean", "segment", "derive", "publish"] = column("Where it failed.")
    source: str | None = column("The source it came from.")
    origin: str = identifier("The address or path.")
    content_sha256: str | None = column("SHA-256 of the bytes, which are kept; null where none came.")
    reason: str = identifier("Why, in a few words.")
    detail: str | None = column("More: the error, the row, what was seen.")
    first_seen_at: dt.datetime = column("When it was first met (UTC).")
    tries: int = column("How often it has been tried.", ge=1)


class Redirect(Row):
    """Where an id leads on, after the words that it stood for have changed."""

    table: ClassVar[str] = "redirects"
    key: ClassVar[tuple[str, ...]] = ("old_id", "kind")
    sort: ClassVar[tuple[str, ...]] = ("kind", "old_id")

    old_id: str = identifier("The id that is no longer in use.")
    new_id: str | None = column("What stands there now; null where it was removed.")
    kind: Literal["document", "block", "turn", "sentence", "mention", "claim", "speaker", "series"] = column(
        "What the ids are of."
    )
    reason: str = identifier("Why: altered, moved, removed, merged, ...")
    since: dt.datetime = column("When the change was first seen (UTC).")


class Correction(Row):
    """A person's durable correction, anchored on words, and whether it still applies."""

    table: ClassVar[str] = "corrections"
    key: ClassVar[tuple[str, ...]] = ("correction_id",)
    sort: ClassVar[tuple[str, ...]] = ("correction_id",)

    correction_id: str = identifier("The correction: a hash of its anchor and field.")
    origin: str | None = column("The document's origin that it is for; null for any.")
    anchor: str = identifier("The words it is anchored on, verbatim.")
    field: Literal["speaker", "zone", "value"] = column("What it corrects.")
    value: str = column("What is right.")
    author: str | None = column("Who says so.")
    reason: str | None = column("Why.")
    made_on: dt.date | None = column("When it was made.")
    is_applied: bool = column("True where the anchor was found in a current version.")
    document_id: str | None = column("The document that it was applied to.")
    note: str | None = column("Why it does not apply, such as that its anchor is gone.")


class CorrectionPlace(Row):
    """Where a correction's words stand in a document, and whether they could be corrected there."""

    table: ClassVar[str] = "correction_places"
    key: ClassVar[tuple[str, ...]] = ("document_id", "correction_id")
    sort: ClassVar[tuple[str, ...]] = ("document_id", "correction_id")
    references: ClassVar[dict[str, str]] = {"document_id": "documents.document_id"}
    orders: ClassVar[tuple[tuple[str, str, str], ...]] = (("char_start", "<", "char_end"),)
    versioned: ClassVar[bool] = True

    document_id: str = identifier(DOCUMENT_ID)
    version: int = count(VERSION)
    correction_id: str = identifier("The correction.")
    field: Literal["speaker", "zone", "value"] = column("What it corrects.")
    char_start: int = offset("First code point of the corrected words in documents.text, from 0.")
    char_end: int = offset("Code point after them.")
    value: float | None = column("The number that these words say; null unless field is value.")
    note: str | None = column("Why it could not be applied here; null where it was.")


class CorrectedWords(Row):
    """corrections, ready to read: the words, what they were corrected to, where, by whom and why."""

    table: ClassVar[str] = "corrected_words"
    key: ClassVar[tuple[str, ...]] = ("correction_id", "document_id")
    is_view: ClassVar[bool] = True

    field: str = identifier("speaker, zone or value.")
    words: str = identifier("The words as they stand in the document, else the correction's anchor.")
    becomes: str = column("What is right.")
    is_applied: bool = column("True where it holds here.")
    note: str | None = column("Why it does not.")
    author: str | None = column("Who says so.")
    reason: str | None = column("Why.")
    made_on: dt.date | None = column("When the correction was made.")
    title: str | None = column("The document's title, else its origin; null where the words stand nowhere.")
    page_url: str | None = column("The document's address.")
    char_start: int | None = column("First code point of the words in documents.text.")
    char_end: int | None = column("Code point after them.")
    document_id: str | None = column("The document; null where the words stand nowhere.")
    correction_id: str = identifier("The correction.")


class Release(Row):
    """The published state itself: one row."""

    table: ClassVar[str] = "release"
    key: ClassVar[tuple[str, ...]] = ("release_id",)
    sort: ClassVar[tuple[str, ...]] = ("release_id",)

    release_id: str = identifier("A name to cite: the date of the newest fetch and a hash of the content.")
    schema_version: int = count("Version of the tables' shape; another one is rebuilt, never read wrongly.")
    cleaner: str = identifier("Fingerprint of the code and people files that cleaned and segmented.")
    models: str = identifier("Fingerprint of the SQL models and lexicons that derived.")
    run_id: str = identifier("The run that published it.")
    published_at: dt.datetime = column("When (UTC).")
