"""`onrecord explain`: a fact-checker sees which words and rules led to each field of a claim."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from flows import derive
from flows.explain import UnknownClaim, as_text, explain

SENTENCES = ("Exports to Italy were about 40 million tonnes.", "They fell from 6 to 5.7 percent.")


@pytest.fixture(scope="module")
def published() -> Iterator[duckdb.DuckDBPyConnection]:
    """A small published database: one document, one turn, two sentences."""
    with derive.connect() as connection:
        derive.create_tables(connection)
        text = " ".join(SENTENCES)
        fill = {"version": 1, "document_id": "d", "turn_id": "t"}
        _insert(connection, "documents", {"document_id": "d", "version": 1, "language": "en", "text": text, "source": "local"})
        _insert(connection, "turns", {**fill, "turn_index": 0, "text": text, "char_start": 0, "char_end": len(text)})
        start = 0
        for index, sentence in enumerate(SENTENCES):
            place = {"char_start": start, "char_end": start + len(sentence), "text": sentence, "is_speech": True}
            _insert(connection, "sentences", {**fill, "sentence_id": f"s{index}", "sentence_index": index, **place})
            start += len(sentence) + 1
        derive.prepare(connection)
        derive.run_together(connection, "document", "memory", lambda *_: None, lanes=1)
        yield connection


def _insert(connection: duckdb.DuckDBPyConnection, table: str, row: dict[str, Any]) -> None:
    connection.execute(f"insert into {table} ({', '.join(row)}) values ({', '.join('?' for _ in row)})", list(row.values()))


def test_an_explanation_names_the_lexicon_rows_that_decided(published: duckdb.DuckDBPyConnection) -> None:
    claim_id, *_ = published.execute("select claim_id from numeric_claims where unit = 't'").fetchall()[0]
    explanation = explain(published, claim_id)
    assert explanation.sentence == SENTENCES[0]
    steps = {step.what: step.rows for step in explanation.steps}
    assert steps["the hedge"][0]["phrase"] == "about"
    assert steps["the unit"][0]["unit"] == "t"
    assert steps["what it is there for"][0] | {"note": ""} == {"rule": "unit", "role": "quantity", "note": ""}
    assert "about" in as_text(explanation) and "tonnes" in as_text(explanation)


def test_an_explanation_shows_where_a_carried_unit_came_from(published: duckdb.DuckDBPyConnection) -> None:
    claim_id, *_ = published.execute("select claim_id from numeric_claims where surface = '6'").fetchall()[0]
    steps = {step.what: step.rows for step in explain(published, claim_id).steps}
    assert steps["what it took from another number"][0]["carried_unit"] == "%"
    assert steps["its partner"][0]["pair"] == "change"


def test_an_unknown_claim_is_named(published: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(UnknownClaim, match="nowhere"):
        explain(published, "nowhere")
