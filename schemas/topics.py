"""What it is about: the scheme, and the topics of sentences and turns with their evidence."""

from typing import ClassVar

from schemas.base import Row, column, identifier, share

SCORE = "How likely the topic is right (calibrated: of those at .8 about 8 in 10 are)."
RANK = "1 for the likeliest topic of the row's text."
IS_SURE = "False where it is a guess from little; claims shows only sure ones."
EVIDENCE = "The terms that decided, strongest first."


class Topic(Row):
    """A topic of the scheme: the Comparative Agendas Project's major topics unless another was brought."""

    table: ClassVar[str] = "topics"
    key: ClassVar[tuple[str, ...]] = ("topic_code",)
    sort: ClassVar[tuple[str, ...]] = ("topic_code",)

    topic_code: str = identifier("The scheme's code, such as 1 for macroeconomics.")
    topic: str = identifier("The topic's name.")
    scheme: str = identifier("The scheme: cap.")
    description: str | None = column("What the topic covers.")


class SentenceTopic(Row):
    """A topic of a sentence, with its score and the terms that decided."""

    table: ClassVar[str] = "sentence_topics"
    key: ClassVar[tuple[str, ...]] = ("sentence_id", "topic_code")
    sort: ClassVar[tuple[str, ...]] = ("document_id", "sentence_id", "topic_rank")
    references: ClassVar[dict[str, str]] = {
        "sentence_id": "sentences.sentence_id",
        "topic_code": "topics.topic_code",
    }

    sentence_id: str = identifier("The sentence.")
    document_id: str = identifier("Its document.")
    topic_code: str = identifier("The topic.")
    score: float = share(SCORE)
    topic_rank: int = column(RANK, ge=1)
    is_sure: bool = column(IS_SURE)
    evidence: list[str] = column(EVIDENCE)


class TurnTopic(Row):
    """A topic of a turn, from its sentences and their context."""

    table: ClassVar[str] = "turn_topics"
    key: ClassVar[tuple[str, ...]] = ("turn_id", "topic_code")
    sort: ClassVar[tuple[str, ...]] = ("document_id", "turn_id", "topic_rank")
    references: ClassVar[dict[str, str]] = {"turn_id": "turns.turn_id", "topic_code": "topics.topic_code"}

    turn_id: str = identifier("The turn.")
    document_id: str = identifier("Its document.")
    topic_code: str = identifier("The topic.")
    score: float = share(SCORE)
    topic_rank: int = column(RANK, ge=1)
    is_sure: bool = column(IS_SURE)
    evidence: list[str] = column(EVIDENCE)
