"""Why a claim reads as it does: its sentence run through the models again, with the rules and lexicon rows that decided.

The published database keeps the claims, not the steps in between. They are made again, in memory, from the claim's own turn;
since the models look no farther than a document, they come out the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import duckdb

from flows import derive

Row = dict[str, Any]

# Which intermediate row explains which fields of a claim, and the columns of it that a reader wants to see.
STEPS: tuple[tuple[str, str, str], ...] = (
    (
        "the numeral",
        "value",
        "select v.surface, v.form, v.body, v.value, v.scale from numeral_spans s join numeral_values v using (language, surface)"
        " where s.mention_id = $mention",
    ),
    (
        "its words",
        "value",
        "select w.word, w.class, w.value from numeral_spans s join numeral_words w using (language, surface)"
        " where s.mention_id = $mention order by w.word_index",
    ),
    (
        "what it is there for",
        "mention_role",
        "select p.rule, r.role, r.note from numeral_pairs p join lexicon.numeral_rule r using (rule)"
        " where p.mention_id = $mention",
    ),
    (
        "the unit",
        "unit, unit_text, kind",
        "select u.unit_text, u.unit, u.unit_kind, u.factor, u.unit_doubt, l.phrase as lexicon_phrase, l.position"
        " from numeral_units u left join lexicon.unit_key l on l.unit = u.unit and lower(l.phrase) = lower(u.unit_text)"
        " where u.mention_id = $mention",
    ),
    (
        "the noun counted",
        "unit",
        "select n.noun, coalesce(e.sign_lemma, n.noun_lemma) as noun_lemma, c.class, c.lemma as lemma_in_lexicon"
        " from numeral_nouns n left join numeral_lemmas e using (mention_id)"
        " left join lexicon.word_class c on c.word = lower(n.noun) where n.mention_id = $mention",
    ),
    (
        "the rate",
        "unit, kind",
        "select r.per from numeral_rates r where r.mention_id = $mention",
    ),
    (
        "the hedge",
        "comparator, value_low, value_high",
        "select l.* from numeral_hedges h join lexicon.hedge l on (l.phrase = h.hedge_left and l.side = 'left')"
        " or (l.phrase = h.hedge_right and l.side = 'right') where h.mention_id = $mention",
    ),
    (
        "the change",
        "change",
        "select c.change, c.change_word, d.note from numeral_changes c left join lexicon.direction d on d.word = c.change_word"
        " where c.mention_id = $mention",
    ),
    (
        "what its language says beside it",
        "unit, change, kind",
        "select s.sign_rule, s.sign_per, s.sign_change, s.is_one from numeral_signs s where s.mention_id = $mention",
    ),
    (
        "its partner",
        "value_low, value_high, change_from, value_spoken, value_corrected",
        "select p.pair, d.words_to_next, n.surface as next_numeral from numeral_pairs p"
        " join numeral_details d using (mention_id) join numeral_spans n on n.mention_id = p.next_id"
        " where p.mention_id = $mention and p.pair is not null"
        " union all select p.pair, d.words_to_next, d.numeral from numeral_pairs p join numeral_details d using (mention_id)"
        " where p.next_id = $mention and p.pair is not null",
    ),
    (
        "what it took from another number",
        "unit, value, doubt",
        "select way, carried_unit, carried_noun, lent_scale from numeral_carried where mention_id = $mention",
    ),
)
# Models of sql/subjects whose row for the claim is shown as it is, where they exist.
SHOWN_ABOVE = ("quote", "surface", "claim_id")
ABOUT: tuple[str, ...] = ("claim_subjects", "claim_periods", "claim_places", "claim_contexts")


@dataclass(frozen=True)
class Step:
    """Rows of one model, or of a lexicon, that led to some fields of the claim."""

    what: str
    fields: str
    rows: list[Row]


@dataclass(frozen=True)
class Explanation:
    """A claim with its sentence, the words around its number and the steps that led to it."""

    claim: Row
    sentence: str
    words_left: list[str]
    words_right: list[str]
    steps: list[Step] = field(default_factory=list)


class UnknownClaim(LookupError):
    """No current claim has this id."""


def explain(published: duckdb.DuckDBPyConnection, claim_id: str) -> Explanation:
    """The explanation of a claim of a published database.

    Raises UnknownClaim where no current claim has the id.
    """
    found = _rows(published, "select * from main.numeric_claims where claim_id = $id", id=claim_id)
    if not found:
        raise UnknownClaim(f"no claim {claim_id}; see: select claim_id, quote from numeric_claims")
    claim = found[0]
    with derive.connect(threads=2) as memory:
        _plan_little(memory)
        _copy_turn(published, memory, claim)
        derive.prepare(memory)
        known = {model.name for model in derive.models()}
        for model in _models_needed(known):
            derive.run_one(memory, model)
        context = _rows(
            memory, "select words_left, words_right from numeral_contexts where mention_id = $id", id=claim["mention_id"]
        )
        steps = [Step(what, fields, _rows(memory, query, mention=claim["mention_id"])) for what, fields, query in STEPS]
        for name in ABOUT:
            if name in known:
                steps.append(Step(name, "subject, period, place, attributed_to, modality", _claim_rows(memory, name, claim_id)))
    words = context[0] if context else {"words_left": [], "words_right": []}
    return Explanation(claim, claim["quote"], words["words_left"], words["words_right"], [s for s in steps if s.rows])


def as_text(explanation: Explanation) -> str:
    """The explanation as lines for a terminal: sentence, claim, words around the number, then a paragraph a step."""
    claim = explanation.claim
    lines = [
        explanation.sentence,
        "",
        f"claim {claim['claim_id']}: {claim['surface']!r}",
        *(f"  {name}: {value}" for name, value in claim.items() if value is not None and name not in SHOWN_ABOVE),
        "",
        f"words before: {' '.join(explanation.words_left)}",
        f"words after:  {' '.join(explanation.words_right)}",
    ]
    for step in explanation.steps:
        lines += ["", f"{step.what} -> {step.fields}"]
        lines += ["  " + ", ".join(f"{k}={v}" for k, v in row.items() if v is not None) for row in step.rows]
    return "\n".join(lines)


def _models_needed(known: set[str]) -> list[derive.Model]:
    """The models of numbers and subjects, in order, without those that fill published tables."""
    wanted = [name for name in ("quantities", *ABOUT) if name in known]
    names = {model.name for name in wanted for model in derive.needed_for(name, given=set())}
    return [model for model in derive.models() if model.name in names and model.schema is None]


def _plan_little(memory: duckdb.DuckDBPyConnection) -> None:
    """For one turn's rows a model's plan costs more than its work: constants are folded, nothing else is optimised."""
    names = [name for (name,) in memory.execute("select name from duckdb_optimizers()").fetchall() if name != "expression_rewriter"]
    memory.execute(f"set disabled_optimizers = '{','.join(names)}'")


def _copy_turn(published: duckdb.DuckDBPyConnection, memory: duckdb.DuckDBPyConnection, claim: Row) -> None:
    """The claim's document, turn and sentences, as the models see them at scope document."""
    derive.create_tables(memory)
    for table, key in (("documents", "document_id"), ("turns", "turn_id"), ("sentences", "turn_id")):
        rows = _rows(published, f"select * from main.{table} where {key} = $id", id=claim[key])
        for row in rows:
            names = ", ".join(row)
            marks = ", ".join("?" for _ in row)
            memory.execute(f"insert into {table} ({names}) values ({marks})", list(row.values()))


def _claim_rows(connection: duckdb.DuckDBPyConnection, name: str, claim_id: str) -> list[Row]:
    return _rows(connection, f"select * exclude (claim_id) from {name} where claim_id = $id", id=claim_id)


def _rows(connection: duckdb.DuckDBPyConnection, query: str, **parameters: Any) -> list[Row]:
    cursor = connection.execute(query, parameters)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
