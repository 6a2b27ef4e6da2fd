"""Who speaks: persons, their roles, and the labels they were found under."""

import datetime as dt
from typing import ClassVar

from schemas.base import Row, column, count, identifier
from schemas.documents import Attribution, SpeakerKind


class Speaker(Row):
    """A person who speaks in the current versions, one row a person across all sources."""

    table: ClassVar[str] = "speakers"
    key: ClassVar[tuple[str, ...]] = ("speaker_id",)
    sort: ClassVar[tuple[str, ...]] = ("speaker_id",)

    speaker_id: str = identifier("The person: the reference file's id (a Wikidata id where there is one), else a hash.")
    name: str = identifier("The name most used for them.")
    wikidata_id: str | None = column("Wikidata item, such as Q7747.")
    kind: SpeakerKind = column("What they mostly are: official, journalist, moderator, ...")
    first_said_on: dt.date | None = column("Day of their first turn.")
    last_said_on: dt.date | None = column("Day of their last turn.")
    turns: int = count("Turns in current versions.")
    sentences: int = count("Sentences of speech in current versions.")


class SpeakerRole(Row):
    """An office or role that a speaker is known or said to hold, with its dates and where that is known from."""

    table: ClassVar[str] = "speaker_roles"
    key: ClassVar[tuple[str, ...]] = ("speaker_id", "role", "organisation", "party", "constituency", "valid_from", "evidence")
    sort: ClassVar[tuple[str, ...]] = ("speaker_id", "valid_from", "role")
    references: ClassVar[dict[str, str]] = {"speaker_id": "speakers.speaker_id"}
    orders: ClassVar[tuple[tuple[str, str, str], ...]] = (("valid_from", "<=", "valid_until"),)

    speaker_id: str = identifier("The person.")
    role: str = identifier("The office or role.")
    organisation: str | None = column("Where they hold it: a country, a parliament, a medium.")
    party: str | None = column("The party or group, where known.")
    constituency: str | None = column("The constituency, where known.")
    valid_from: dt.date | None = column("First day known; for roles from labels the first day seen.")
    valid_until: dt.date | None = column("Last day known; null where open or unknown.")
    evidence: str = identifier("Where this is known from: the reference file, or the labels of documents.")


class SpeakerLabel(Row):
    """A label as written, whom it was taken for in a source, on what evidence and how often."""

    table: ClassVar[str] = "speaker_labels"
    key: ClassVar[tuple[str, ...]] = ("label", "source", "speaker_id", "attribution", "doubt")
    sort: ClassVar[tuple[str, ...]] = ("label", "source", "speaker_id", "attribution", "doubt")
    references: ClassVar[dict[str, str]] = {"speaker_id": "speakers.speaker_id"}

    label: str = identifier("The label as written.")
    source: str = identifier("The source whose documents have it.")
    speaker_id: str | None = column("Whom it was taken for; null where unknown.")
    attribution: Attribution = column("The evidence.")
    turns: int = count("Turns under this label with this evidence.")
    doubt: str | None = column("Why it is not certain.")
