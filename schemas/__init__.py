"""One pydantic class a table: the single definition of every table that onrecord makes."""

from schemas.base import Column, Row
from schemas.claims import CheckableClaim, Claim, NumericClaim, NumericMention
from schemas.documents import Block, Document, Sentence, Turn
from schemas.operations import CorrectedWords, Correction, CorrectionPlace, Fetch, Quarantine, Redirect, Release, Run, Source
from schemas.series import ClaimDifference, ClaimRevision, ClaimSeries, ClaimSeriesMember, DifferingClaim, RevisedClaim
from schemas.speakers import Speaker, SpeakerLabel, SpeakerRole
from schemas.staging import ClaimKey, ConfiguredSource, DocumentSignature
from schemas.topics import SentenceTopic, Topic, TurnTopic

SCHEMA_VERSION = 1  # raise it when a stored table changes its shape

TABLES: tuple[type[Row], ...] = (
    Document,
    Block,
    Turn,
    Sentence,
    Speaker,
    SpeakerRole,
    SpeakerLabel,
    Topic,
    SentenceTopic,
    TurnTopic,
    NumericMention,
    NumericClaim,
    ClaimSeries,
    ClaimSeriesMember,
    ClaimDifference,
    ClaimRevision,
    Claim,
    CheckableClaim,
    DifferingClaim,
    RevisedClaim,
    Source,
    Run,
    Fetch,
    Quarantine,
    Redirect,
    Correction,
    CorrectionPlace,
    CorrectedWords,
    Release,
    DocumentSignature,
    ConfiguredSource,
    ClaimKey,
)
BY_NAME: dict[str, type[Row]] = {table.table: table for table in TABLES}


__all__ = [
    "BY_NAME",
    "SCHEMA_VERSION",
    "TABLES",
    "Block",
    "CheckableClaim",
    "Claim",
    "ClaimDifference",
    "ClaimKey",
    "ClaimRevision",
    "ClaimSeries",
    "ClaimSeriesMember",
    "Column",
    "ConfiguredSource",
    "CorrectedWords",
    "Correction",
    "CorrectionPlace",
    "DifferingClaim",
    "Document",
    "DocumentSignature",
    "Fetch",
    "NumericClaim",
    "NumericMention",
    "Quarantine",
    "Redirect",
    "Release",
    "RevisedClaim",
    "Row",
    "Run",
    "Sentence",
    "SentenceTopic",
    "Source",
    "Speaker",
    "SpeakerLabel",
    "SpeakerRole",
    "Topic",
    "Turn",
    "TurnTopic",
]
