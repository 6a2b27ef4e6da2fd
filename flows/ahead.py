"""Workers are forked from a process that has loaded all that reading needs. It takes a second or two: begin it early."""

from __future__ import annotations

import multiprocessing
from multiprocessing import forkserver


def load_ahead() -> None:
    """Lets what workers are forked from begin to load, in a process of its own: the caller can do other things meanwhile."""
    multiprocessing.get_context("forkserver").set_forkserver_preload(["flows.preload"])
    forkserver.ensure_running()
