"""Which numbers were said: every numeral as a mention, and those that say how much of something as claims."""

import datetime as dt
from typing import ClassVar, Literal

from schemas.base import Row, column, count, identifier, offset, share
from schemas.documents import CHAR_END, CHAR_START, DOCUMENT_ID, VERSION

MentionRole = Literal[
    "quantity", "date", "year", "time", "age", "ordinal", "identifier", "name", "idiom", "pronoun", "list_number"
]
Comparator = Literal["=", "~", "<", "<=", ">", ">=", "range"]
ClaimKind = Literal["money", "percent", "percentage_point", "count", "measure", "duration", "rate", "multiple"]
Change = Literal["up", "down"]
Modality = Literal["asserted", "planned", "conditional", "asked", "denied", "reported"]


class NumericMention(Row):
    """A numeral in a sentence of speech, and what it is there for."""

    table: ClassVar[str] = "numeric_mentions"
    key: ClassVar[tuple[str, ...]] = ("mention_id",)
    sort: ClassVar[tuple[str, ...]] = ("document_id", "char_start")
    references: ClassVar[dict[str, str]] = {
        "sentence_id": "sentences.sentence_id",
        "turn_id": "turns.turn_id",
        "document_id": "documents.document_id",
        "claim_id": "numeric_claims.claim_id",
    }
    orders: ClassVar[tuple[tuple[str, str, str], ...]] = (("char_start", "<", "char_end"),)
    versioned: ClassVar[bool] = True

    mention_id: str = identifier("The mention: a hash of its sentence, surface and place among equal ones.")
    sentence_id: str = identifier("The sentence it stands in.")
    turn_id: str = identifier("The turn it stands in.")
    document_id: str = identifier(DOCUMENT_ID)
    version: int = count(VERSION)
    surface: str = identifier("The numeral as it stands.")
    char_start: int = offset(CHAR_START)
    char_end: int = offset(CHAR_END)
    value: float | None = column("The number with its scale applied; null where it is none, such as in an idiom.")
    mention_role: MentionRole = column("What the numeral is there for; quantity means that it says how much of something.")
    claim_id: str | None = column("The claim that it makes; null where it makes none.")


class NumericClaim(Row):
    """A number said about something: how much, of what, how exactly, when, and on whose word."""

    table: ClassVar[str] = "numeric_claims"
    key: ClassVar[tuple[str, ...]] = ("claim_id",)
    sort: ClassVar[tuple[str, ...]] = ("document_id", "char_start")
    references: ClassVar[dict[str, str]] = {
        "mention_id": "numeric_mentions.mention_id",
        "sentence_id": "sentences.sentence_id",
        "turn_id": "turns.turn_id",
        "document_id": "documents.document_id",
        "speaker_id": "speakers.speaker_id",
    }
    orders: ClassVar[tuple[tuple[str, str, str], ...]] = (
        ("char_start", "<", "char_end"),
        ("subject_start", "<", "subject_end"),
        ("value_low", "<=", "value_high"),
        ("period_start", "<=", "period_end"),
    )
    rules: ClassVar[tuple[tuple[str, str], ...]] = (  # a number beyond all bounds costs its own claim, not the publication
        ("a range has a value, or anything else has none", "(comparator = 'range') <> (value is null)"),
        ("a range lacks a bound", "comparator = 'range' and (value_low is null or value_high is null)"),
        ("value is not finite", "isinf(value) or isnan(value)"),
        ("an open bound that its comparator closes", "comparator in ('>', '>=') and value_low is null"),
        ("an open bound that its comparator closes above", "comparator in ('<', '<=') and value_high is null"),
    )
    versioned: ClassVar[bool] = True

    claim_id: str = identifier("The claim: a hash of its mention.")
    mention_id: str = identifier("The numeral that it rests on (of a range the first).")
    sentence_id: str = identifier("The sentence it stands in.")
    turn_id: str = identifier("The turn it stands in.")
    document_id: str = identifier(DOCUMENT_ID)
    version: int = count(VERSION)
    speaker_id: str | None = column("Who said it; null where unknown.")
    said_on: dt.date | None = column("The day of the event, else of publication.")
    quote: str = identifier("The sentence.")
    surface: str = identifier("Number and unit as said.")
    char_start: int = offset("First code point of surface in documents.text, from 0.")
    char_end: int = offset("Code point after surface.")
    value: float | None = column("The number with its scale applied (4.5e9 for four and a half billion); null for a range.")
    comparator: Comparator = column("How the words bind the value: =, ~ (about), <, <=, >, >= or range.")
    value_low: float | None = column("The least that the words commit to; null is open.")
    value_high: float | None = column("The most that the words commit to; null is open.")
    kind: ClaimKind = column("money, percent, percentage_point, count, measure, duration, rate or multiple.")
    unit: str | None = column("ISO 4217; UCUM; %; pp; for a count the singular noun; for a rate such as USD/[bbl_us].")
    unit_text: str | None = column("The unit as said; null where it was elided.")
    subject: str | None = column("What is measured, as said.")
    subject_start: int | None = offset("First code point of subject in documents.text.")
    subject_end: int | None = offset("Code point after subject.")
    change: Change | None = column("up or down where the number tells of a change or its result, else null.")
    change_from: float | None = column("The value that it changed from, where said.")
    period_text: str | None = column("The words that say for when it holds.")
    period_start: dt.date | None = column("First day of that period, resolved against the day it was said.")
    period_end: dt.date | None = column("Last day of that period.")
    place: str | None = column("The place that it holds for, where named.")
    attributed_to: str | None = column("Whom the speaker cites for it.")
    modality: Modality = column("asserted, planned, conditional, asked, denied or reported.")
    value_spoken: float | None = column("The value said, where speaker or publisher corrected it.")
    value_corrected: float | None = column("The value it was corrected to.")
    confidence: float = share("How sure the reading is.")
    doubt: str | None = column("What was inferred rather than said; null where nothing was.")


class Claim(Row):
    """The wide view that answers most questions without a join: every claim with who, when, where and about what."""

    table: ClassVar[str] = "claims"
    key: ClassVar[tuple[str, ...]] = ("claim_id",)
    is_view: ClassVar[bool] = True

    claim_id: str = identifier("The claim.")
    speaker: str | None = column("The speaker's name; null where unknown.")
    speaker_id: str | None = column("The speaker.")
    role: str | None = column("Their role on that day.")
    organisation: str | None = column("Whom they speak for.")
    speaker_kind: str | None = column("official, journalist, moderator, audience, interpreter or unknown.")
    said_on: dt.date | None = column("The day it was said.")
    title: str | None = column("The document's title.")
    source: str = identifier("The document's source.")
    subject: str | None = column("What is measured, as said.")
    surface: str = identifier("Number and unit as said.")
    comparator: str = identifier("=, ~, <, <=, >, >= or range.")
    value: float | None = column("The value; null for a range.")
    value_low: float | None = column("The least that the words commit to.")
    value_high: float | None = column("The most that the words commit to.")
    unit: str | None = column("The unit's code or noun.")
    kind: str = identifier("The claim's kind.")
    change: str | None = column("up, down or null.")
    period_text: str | None = column("For when it holds, as said.")
    period_start: dt.date | None = column("First day of that period.")
    period_end: dt.date | None = column("Last day of that period.")
    place: str | None = column("The place, where named.")
    attributed_to: str | None = column("Whom the speaker cites.")
    modality: str = identifier("asserted, planned, conditional, asked, denied or reported.")
    quote: str = identifier("The sentence.")
    topic: str | None = column("The sentence's topic, where it is sure.")
    topic_code: str | None = column("Its code.")
    label: str | None = column("The speaker's label as written.")
    attribution: str | None = column("The evidence that names the speaker.")
    attribution_confidence: float | None = column("How sure the name is.")
    attribution_doubt: str | None = column("Why the name is not certain.")
    confidence: float = column("How sure the reading of the number is.")
    doubt: str | None = column("What was inferred.")
    document_id: str = identifier("The document.")
    turn_id: str = identifier("The turn.")
    sentence_id: str = identifier("The sentence.")
    char_start: int = column("First code point of surface in documents.text.")
    char_end: int = column("Code point after surface.")
    origin: str = identifier("Where the document came from.")
    proof_url: str | None = column("The page's address with a text fragment that opens at the quote; null without a page.")


class CheckableClaim(Row):
    """A claim that a fact-checker could look up, with a point for each thing that makes that easy."""

    table: ClassVar[str] = "checkable_claims"
    key: ClassVar[tuple[str, ...]] = ("claim_id",)
    is_view: ClassVar[bool] = True

    claim_id: str = identifier("The claim.")
    said_on: dt.date | None = column("The day it was said.")
    points: int = count("How many of the reasons hold, out of eight.")
    reasons: list[str] = column("What makes it easy to check: the rule is written down in sql/marts/checkable_claims.sql.")
    day_rank: int = column("1 for the most checkable claim of its day.", ge=1)
