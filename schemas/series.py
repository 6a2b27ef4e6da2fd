"""What others said of the same thing: series of claims, differing figures, and what publishers altered."""

import datetime as dt
from typing import ClassVar, Literal

from schemas.base import Row, column, count, identifier, share


class ClaimSeries(Row):
    """Claims that look like they are about the same thing, across documents and speakers."""

    table: ClassVar[str] = "claim_series"
    key: ClassVar[tuple[str, ...]] = ("series_id",)
    sort: ClassVar[tuple[str, ...]] = ("series_id",)

    series_id: str = identifier("The series: a hash of what makes claims comparable.")
    subject: str = identifier("The subject as most often said; where few claims name one, the words that most have beside them.")
    unit: str | None = column("The unit that all its claims share.")
    kind: str = identifier("The kind that all its claims share.")
    claims: int = count("How many claims.")
    documents: int = count("How many documents.")
    speakers: int = count("How many known speakers.")
    first_said_on: dt.date | None = column("Day of the first claim.")
    last_said_on: dt.date | None = column("Day of the last claim.")


class ClaimSeriesMember(Row):
    """A claim's membership of a series."""

    table: ClassVar[str] = "claim_series_members"
    key: ClassVar[tuple[str, ...]] = ("series_id", "claim_id")
    sort: ClassVar[tuple[str, ...]] = ("series_id", "claim_id")
    references: ClassVar[dict[str, str]] = {
        "series_id": "claim_series.series_id",
        "claim_id": "numeric_claims.claim_id",
    }

    series_id: str = identifier("The series.")
    claim_id: str = identifier("The claim.")


class ClaimDifference(Row):
    """Different figures for what looks like the same thing: a candidate for a person to check, nothing more."""

    table: ClassVar[str] = "claim_differences"
    key: ClassVar[tuple[str, ...]] = ("claim_id", "other_claim_id")
    sort: ClassVar[tuple[str, ...]] = ("claim_id", "other_claim_id")
    references: ClassVar[dict[str, str]] = {
        "claim_id": "numeric_claims.claim_id",
        "other_claim_id": "numeric_claims.claim_id",
        "series_id": "claim_series.series_id",
    }

    claim_id: str = identifier("The earlier claim.")
    other_claim_id: str = identifier("The later claim, or of the same day the one with the greater id.")
    series_id: str = identifier("The series that both are in.")
    reason: Literal["same_time", "later_update", "opposite_change", "translation"] = column("How they differ.")
    days_between: int | None = column("Days from the one to the other; null where a day is unknown.", ge=0)
    gap: float | None = column("How far apart the intervals are, as a share of the smaller value.", ge=0)
    confidence: float = share("How likely both are about the same thing.")


class ClaimRevision(Row):
    """A number that the publisher altered, added or removed after publication, with both quotes."""

    table: ClassVar[str] = "claim_revisions"
    key: ClassVar[tuple[str, ...]] = ("document_id", "from_version", "to_version", "change", "claim_id")
    sort: ClassVar[tuple[str, ...]] = ("document_id", "to_version", "claim_id", "change")

    document_id: str = identifier("The document.")
    from_version: int = count("The version before.")
    to_version: int = count("The version after.")
    change: Literal["added", "removed", "altered"] = column("What the publisher did.")
    claim_id: str = identifier("The claim: the new one where there is one, else the one that went.")
    value_before: float | None = column("The value before; null where added, or a range.")
    value_after: float | None = column("The value after; null where removed, or a range.")
    quote_before: str | None = column("The sentence before.")
    quote_after: str | None = column("The sentence after.")
    noticed_at: dt.datetime = column("When the new version was first seen (UTC).")


class DifferingClaim(Row):
    """Both sides of claim_differences, ready to read: two figures for what looks like the same thing, a candidate for a person to
    check, nothing more."""

    table: ClassVar[str] = "differing_claims"
    key: ClassVar[tuple[str, ...]] = ("claim_id", "other_claim_id")
    is_view: ClassVar[bool] = True

    subject: str = identifier("The series' subject.")
    speaker: str | None = column("Who gave the earlier figure; null where unknown.")
    said_on: dt.date | None = column("The day it was said.")
    surface: str = identifier("Number and unit as said.")
    other_speaker: str | None = column("Who gave the other figure.")
    other_said_on: dt.date | None = column("The day that one was said.")
    other_surface: str = identifier("The other number and unit as said.")
    reason: str = identifier("same_time, later_update, opposite_change or translation.")
    confidence: float = column("How likely both are about the same thing.")
    days_between: int | None = column("Days from the one to the other.")
    gap: float | None = column("How far apart the intervals are, as a share of the smaller value.")
    unit: str | None = column("The unit of the first.")
    value: float | None = column("The first value; null for a range.")
    other_value: float | None = column("The other value; null for a range.")
    quote: str = identifier("The first sentence.")
    other_quote: str = identifier("The other sentence.")
    attribution_doubt: str | None = column("Why the first speaker's name is not certain.")
    other_attribution_doubt: str | None = column("Why the other's is not.")
    attributed_to: str | None = column("Whom the first cites.")
    other_attributed_to: str | None = column("Whom the other cites.")
    title: str = identifier("The first document's title, else its origin.")
    other_title: str = identifier("The other document's.")
    proof_url: str | None = column("The first page, opened at the quote.")
    other_proof_url: str | None = column("The other page, opened at the quote.")
    claim_id: str = identifier("The first claim.")
    other_claim_id: str = identifier("The other claim.")
    series_id: str = identifier("The series that both are in.")


class RevisedClaim(Row):
    """claim_revisions, ready to read: what a publisher altered, on which page, with the ways to both versions."""

    table: ClassVar[str] = "revised_claims"
    key: ClassVar[tuple[str, ...]] = ("document_id", "from_version", "to_version", "change", "claim_id")
    is_view: ClassVar[bool] = True

    noticed_at: dt.datetime = column("When the new version was first seen (UTC).")
    title: str = identifier("The document's title, else its origin.")
    source: str = identifier("The document's source.")
    change: str = identifier("added, removed or altered.")
    value_before: float | None = column("The value before; null where added, or a range.")
    value_after: float | None = column("The value after; null where removed, or a range.")
    quote_before: str | None = column("The sentence before.")
    quote_after: str | None = column("The sentence after.")
    speaker: str | None = column("Who says it in the current version; null where it is gone, or unknown.")
    attribution_doubt: str | None = column("Why that name is not certain.")
    subject: str | None = column("What is measured, as said.")
    unit: str | None = column("The unit's code or noun.")
    page_url: str | None = column("The page as it is now, opened at the quote where it still stands; null without a page.")
    archived_before_url: str | None = column("The web archive's copy nearest to the moment of the version before, if it has one.")
    bytes_before: str = identifier("File of the version before, under the warehouse's folder: the bytes as they came.")
    bytes_after: str = identifier("File of the version after.")
    fetched_before_at: dt.datetime = column("When the version before was first read or fetched (UTC).")
    from_version: int = count("The version before; its text is in history.documents.")
    to_version: int = count("The version after.")
    document_id: str = identifier("The document.")
    claim_id: str = identifier("The claim: the new one where there is one, else the one that went.")
