"""Models that share nothing run side by side: that must change neither what they see nor what is told of a failure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows import derive


def test_strands_share_no_model_and_leave_none_out() -> None:
    """A model that ran before what it reads, or twice, would publish rows that no later run gives again."""
    strands = derive.strands("document")
    wanted = [model.name for model in derive.models() if model.scope == "document"]
    assert len(strands) > 1 and sorted(model.name for strand in strands for model in strand) == sorted(wanted)
    for strand in strands:
        names = [model.name for model in strand]
        assert names == [name for name in wanted if name in names]
        assert all(other in names for model in strand for other in model.reads if other in wanted)


def test_what_fails_in_any_strand_is_told_when_all_have_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document on which a model fails must be found out, in whichever thread the model ran."""
    first = next(model for model in derive.models() if model.name == "numeral_words")
    good = replace(first, name="good", query="select getvariable('tongue') as tongue, 1 as one", reads=frozenset())
    bad = replace(first, name="bad", query="select error('as told')", reads=frozenset())
    for order in ([[good], [bad]], [[bad], [good]]):
        monkeypatch.setattr(derive, "strands", lambda _, order=order: order)
        with derive.connect() as connection:
            connection.execute("attach ':memory:' as lexicon; attach ':memory:' as batch; set variable tongue = 'en'")
            derive.models_in(connection, "batch")
            seen: list[str] = []
            with pytest.raises(derive.ModelError, match="as told"):
                derive.run_strands(connection, "document", "batch", lambda _, model, seen=seen: seen.append(model.name))
            assert seen == ["good"]
            assert connection.execute("from batch.main.good").fetchall() == [("en", 1)]
