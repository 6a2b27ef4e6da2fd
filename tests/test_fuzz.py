"""What nobody foresaw: altered files of every format and made-up talks, through the real reader and the real models."""

from __future__ import annotations

from benchmarks import fuzz


def test_altered_files_and_made_up_numbers_break_nothing() -> None:
    """A crash in a reader costs a document its reason, one in a model costs it its claims. Longer: benchmarks/fuzz.py."""
    found = fuzz.run(fuzz.seeds([]), seed=11, minutes=1.0, most=96)
    assert [(origin, wrong) for origin, wrong, _ in found.findings] == []
    assert found.documents and found.claims  # it did reach the models
