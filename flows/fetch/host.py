"""Whose turn it is to ask a host: never more requests at a time, never faster than agreed, and no sooner than it asked for."""

from __future__ import annotations

import threading
import time
from collections import deque


class Closed(Exception):
    """The client was closed while somebody waited for a turn."""


class LeftAlone(Exception):
    """The host wants to be left alone for longer than a run waits."""


class Host:
    """Turns at one host, first come, first served: never more at a time, never faster than agreed.

    Sources that share a host keep to the gentler pace of theirs.
    """

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._queue: deque[object] = deque()
        self._active = 0
        self._starting: object | None = None  # who has a turn and has not sent the request yet
        self._last = -float("inf")  # time.monotonic() of the last request
        self._paused_until = -float("inf")
        self._delay = 0.0
        self._concurrency: int | None = None
        self._is_closed = False

    def enter(self, delay: float, concurrency: int, longest_wait: float) -> object:
        """Waits for a turn. The next one is given only when `sent` is called with what this returns, or `leave`.

        Raises LeftAlone where the host has asked for a pause of more than `longest_wait` seconds.
        """
        with self._turn:
            self._delay = max(self._delay, delay)
            self._concurrency = min(concurrency, self._concurrency or concurrency)
            ticket = object()
            self._queue.append(ticket)
            while not self._is_closed:
                pause = self._paused_until - time.monotonic()
                if pause > longest_wait:
                    self._queue.remove(ticket)
                    self._turn.notify_all()
                    raise LeftAlone(f"the host asked to be left alone (Retry-After), for {pause:.0f} s more")
                wait = None
                if self._queue[0] is ticket and self._active < self._concurrency and self._starting is None:
                    wait = max(self._last + self._delay, self._paused_until) - time.monotonic()
                    if wait <= 0:
                        break
                self._turn.wait(wait)
            self._queue.remove(ticket)
            if self._is_closed:
                raise Closed
            self._active += 1
            self._starting = ticket
            self._last = time.monotonic()
            return ticket

    def sent(self, ticket: object) -> None:
        """The pause counts from what the host sees: connecting may have taken a while."""
        with self._turn:
            if self._starting is ticket:
                self._starting = None
                self._last = time.monotonic()
                self._turn.notify_all()  # the next in the queue is at its head now

    def leave(self, ticket: object) -> None:
        """Gives the turn back: the request has been answered, or has failed."""
        with self._turn:
            self._active -= 1
            if self._starting is ticket:
                self._starting = None
            if self._concurrency == 1:  # the pause then counts from the answer: a slow host gets its breath
                self._last = time.monotonic()
            self._turn.notify_all()

    def pause(self, seconds: float) -> None:
        """Gives no turn for so long."""
        with self._turn:
            self._paused_until = max(self._paused_until, time.monotonic() + seconds)
            self._turn.notify_all()  # who waits may find it too long

    def close(self) -> None:
        """Ends all waiting: whoever waits for a turn gets Closed."""
        with self._turn:
            self._is_closed = True
            self._turn.notify_all()
