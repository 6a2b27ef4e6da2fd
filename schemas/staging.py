"""Tables between the stages that are kept so that a night's work is small; for the pipeline, not for readers."""

import datetime as dt
from typing import ClassVar

from schemas.base import Row, column, identifier


class DocumentSignature(Row):
    """A band of a document's MinHash signature: documents that share a band may be postings of one event."""

    table: ClassVar[str] = "document_bands"
    schema_name: ClassVar[str] = "staging"
    key: ClassVar[tuple[str, ...]] = ("document_id", "band")
    sort: ClassVar[tuple[str, ...]] = ("document_id", "band")
    references: ClassVar[dict[str, str]] = {"document_id": "documents.document_id"}

    document_id: str = identifier("The document.")
    band: int = column("Which band of the signature.", ge=0)
    band_hash: str = identifier("The band's value.")


class ClaimKey(Row):
    """What makes a claim with a value comparable with others, so that the models over the whole warehouse are cheap."""

    table: ClassVar[str] = "claim_keys"
    schema_name: ClassVar[str] = "staging"
    key: ClassVar[tuple[str, ...]] = ("claim_id",)
    sort: ClassVar[tuple[str, ...]] = ("document_id", "claim_id")
    references: ClassVar[dict[str, str]] = {"document_id": "documents.document_id"}

    claim_id: str = identifier("The claim.")
    document_id: str = identifier("Its document.")
    sentence_id: str = identifier("Its sentence.")
    subject: str | None = column("The subject as said.")
    subject_key: str | None = column("Lemmas of the subject's words that tell it apart, sorted.")
    subject_words: list[str] = column("The same lemmas, as a list.")
    head: str | None = column("The lemma of the subject's main noun.")
    frame: str | None = column("The pattern that gave the subject.")
    form: str = identifier("level, change or share: which kind of figure it is.")
    direction: str = column("up or down of a change; empty elsewhere.")
    kind: str = identifier("The claim's kind.")
    unit_key: str = identifier("The unit, or count.")
    predicate: str = column("What is done with what is counted, as a class or lemma; empty where that is no part of it.")
    place: str | None = column("The place named.")
    outlook: str = identifier("outturn, planned or conditional: figures of different outlook are not compared.")
    modality: str = identifier("asserted, planned, conditional, asked, denied or reported.")
    period_start: dt.date | None = column("First day of the period named.")
    period_end: dt.date | None = column("Last day of the period named.")
    value: float = column("The value; of a range its middle.")
    interval_low: float = column("The least that the words commit to, rounding respected.")
    interval_high: float = column("The most.")
    is_vague: bool = column("True where the words commit to little: tens of thousands, a couple of.")
    context: list[str] = column("Stems (first six letters) of the words around the number, but for those that stand around any.")
    surroundings: list[str] = column("The same of the rest of the sentence and of the sentences beside it in the turn.")


class ConfiguredSource(Row):
    """A source as its file in flows/sources (or ONRECORD_SOURCES) describes it, whether or not it gave anything yet."""

    table: ClassVar[str] = "configured_sources"
    schema_name: ClassVar[str] = "staging"
    key: ClassVar[tuple[str, ...]] = ("name",)
    sort: ClassVar[tuple[str, ...]] = ("name",)

    name: str = identifier("The source's name.")
    title: str | None = column("What it is called.")
    homepage: str | None = column("Its address.")
    licence: str | None = column("Under what terms it gives its texts.")
    language: str | None = column("BCP 47 tag of its main language.")
