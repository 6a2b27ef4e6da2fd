"""What the tests of serving share: a running `onrecord serve`, and the programs that a test needs or is skipped without."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.chromium import PATH

from .serving import Served, end, start_serving


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    one = start_serving(tmp_path_factory.mktemp("serve"))
    yield one
    end(one)


@pytest.fixture(scope="session")
def chromium() -> str:
    if PATH is None:
        missing("Chromium", "apt-get install -y chromium")
    assert PATH is not None
    return PATH


def missing(what: str, remedy: str) -> None:
    """Skips a test for want of a program; in CI, where all of them are installed, that is a failure."""
    if os.environ.get("CI") == "true" or os.environ.get("ONRECORD_NO_SKIP"):
        pytest.fail(f"{what} is missing: {remedy}")
    pytest.skip(f"{what} is missing: {remedy}")
