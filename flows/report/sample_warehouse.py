"""The sample transcripts as a warehouse: what the generated documentation takes its examples and results from."""

from __future__ import annotations

from pathlib import Path

from flows.pipeline import Asked, run
from flows.settings import ROOT, Settings

SAMPLES = ROOT / "tests" / "samples"
LATER = SAMPLES / "later"


def publish_samples(warehouse: Path, is_revised: bool = False) -> Path:
    """Publishes the configured source `samples` into a warehouse folder and returns its database.

    With `is_revised` a second run brings what the publisher made of a document afterwards.
    """
    settings = Settings(warehouse=warehouse)
    run(Asked(sources=("samples",)), settings)
    if is_revised:
        run(Asked(paths=(LATER,), sources=("samples",)), settings)
    return settings.database
