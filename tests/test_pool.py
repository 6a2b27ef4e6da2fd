"""Documents that a worker was lost with: what the quarantine says of them."""

from __future__ import annotations

import datetime as dt
import signal

import pytest
from pebble import ProcessExpired

from flows.clean.cleaned import Hints
from flows.inputs import Input
from flows.pool import TookTooLong, _lost


@pytest.mark.parametrize("error", [TookTooLong(), ProcessExpired("Abnormal termination", code=-signal.SIGPROF)])
def test_what_took_too_long_says_which_setting_gives_more_time(error: BaseException) -> None:
    """'ProcessExpired' is a word of ours; whoever has a long sitting refused needs to know what to set."""
    one = Input("local", "a.txt", "0" * 64, dt.datetime(2026, 1, 1), Hints(origin="a.txt"))
    (row,) = _lost(one, error).outcomes[0].quarantined
    assert row["reason"] == "takes too long"
    assert "ONRECORD_DOCUMENT_SECONDS" in row["detail"]
