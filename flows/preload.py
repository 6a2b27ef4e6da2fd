"""Imported once, by the server that worker processes are forked from: what reading needs is loaded here for all of them.

It takes seconds and most of a worker's memory, which forked workers share.
"""

from __future__ import annotations

import contextlib
import gc

gc.disable()  # what is loaded stays: looking through it for what goes costs a sixth of the loading

from flows import read  # noqa: E402
from flows.people.inputs import PeopleError  # noqa: E402
from flows.settings import Settings  # noqa: E402

# A person's own files that cannot be read, a full disk: the run itself says so, and workers load what is missing themselves.
with contextlib.suppress(ValueError, PeopleError, OSError):
    read.load(Settings.from_environment().people)
gc.set_threshold(50_000, 20, 100)  # a document's rows are many and none of them goes in circles
gc.freeze()  # what is shared stays shared: the collector does not touch it
gc.enable()
