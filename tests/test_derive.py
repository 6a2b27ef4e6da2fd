"""Models run several at a time: that must change neither what they see nor what is told of a failure."""

from __future__ import annotations

import threading
from dataclasses import replace

import duckdb
import pytest

from flows import derive

Seen = list[str]


def run(monkeypatch: pytest.MonkeyPatch, *models: derive.Model, lanes: int = 2) -> tuple[duckdb.DuckDBPyConnection, Seen]:
    """The models run in a database of their own; the connection, and the names in the order in which they ended."""
    monkeypatch.setattr(derive, "models", lambda: models)
    connection = derive.connect()
    connection.execute("attach ':memory:' as lexicon; attach ':memory:' as batch; set variable tongue = 'en'")
    derive.models_in(connection, "batch")
    seen: Seen = []
    try:
        derive.run_together(connection, "document", "batch", lambda _, model: seen.append(model.name), lanes)
    except derive.ModelError as error:
        seen.append(f"told: {'as told' in str(error)}")
    return connection, seen


def model(name: str, query: str, *reads: str) -> derive.Model:
    first = next(m for m in derive.models() if m.name == "numeral_words")
    return replace(first, name=name, query=query, reads=frozenset(reads))


@pytest.mark.parametrize("lanes", [1, 2, 3])
def test_a_model_runs_once_and_after_what_it_reads(monkeypatch: pytest.MonkeyPatch, lanes: int) -> None:
    """A model that ran before what it reads, or twice, would publish rows that no later run gives again."""
    one, two = model("one", "select 1 as n"), model("two", "select n + 1 as n from one", "one")
    all_of, apart = model("all_of", "select n from one union all select n from two", "one", "two"), model("apart", "select 9 as n")
    connection, seen = run(monkeypatch, one, two, all_of, apart, lanes=lanes)
    assert sorted(seen) == ["all_of", "apart", "one", "two"] and seen.index("one") < seen.index("two") < seen.index("all_of")
    assert connection.execute("from batch.main.all_of order by n").fetchall() == [(1,), (2,)]


def test_the_model_for_which_most_others_wait_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """With one lane the order is the priority: a short row must not keep the long one waiting."""
    short, long = model("a_short", "select 1 as n"), model("long", "select 1 as n")
    behind = model("behind", "from long", "long")
    assert run(monkeypatch, short, long, behind, lanes=1)[1] == ["long", "a_short", "behind"]


def test_models_that_share_nothing_run_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each waits behind its own model for the other: one after the other, neither would go on."""
    meeting = threading.Barrier(2, timeout=60)
    models = model("one", "select 1 as n"), model("two", "select 2 as n")
    monkeypatch.setattr(derive, "models", lambda: models)
    with derive.connect() as connection:
        connection.execute("attach ':memory:' as lexicon; attach ':memory:' as batch")
        derive.models_in(connection, "batch")
        derive.run_together(connection, "document", "batch", lambda *_: meeting.wait() and None, 2)
    assert not meeting.broken


def test_every_lane_has_the_variables_with_their_types(monkeypatch: pytest.MonkeyPatch) -> None:
    """A map that arrives as a struct takes no key that a row gives: models would fail in one lane and not in the other."""
    meeting = threading.Barrier(2, timeout=60)
    query = "select getvariable('rates')[key] as rate from (values ('a'), ('z')) as t (key) order by rate"
    models = model("one", query), model("two", query)
    monkeypatch.setattr(derive, "models", lambda: models)
    with derive.connect() as connection:
        connection.execute("attach ':memory:' as lexicon; attach ':memory:' as batch; set variable rates = map {'a': 2, 'b': 3}")
        derive.models_in(connection, "batch")
        derive.run_together(connection, "document", "batch", lambda *_: meeting.wait() and None, 2)
        assert connection.execute("from one union from two order by 1").fetchall() == [(2,), (None,)]


def test_what_fails_in_any_lane_is_told_when_all_that_began_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document on which a model fails must be found out, in whichever thread the model ran; the others' variables are there."""
    good = model("good", "select getvariable('tongue') as tongue, 1 as one")
    bad, after = model("bad", "select error('as told')"), model("after", "from bad", "bad")
    for models in ((good, bad, after), (bad, after, good)):
        with monkeypatch.context() as patch:
            connection, seen = run(patch, *models)
        assert seen == ["good", "told: True"]
        assert connection.execute("from batch.main.good").fetchall() == [("en", 1)]
