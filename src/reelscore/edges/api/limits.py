"""How much one caller may ask at once: calls a second, and streams that are open.

Each process counts for itself, in memory, and may be told what others let through (`shared_limits`): this keeps one
caller from crowding out the others, it is no ledger. One person on their own machine is not limited in calls; streams
are bounded for everybody, since each holds a place.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil

from reelscore.edges.api import metrics
from reelscore.edges.settings import Settings
from reelscore.errors import LimitError

MOST_STREAMS = 2_000  # of everybody together
_AT_ONCE_S = 5.0  # a caller may use so many seconds' calls at once
_REMEMBERED = 20_000  # callers; the one not seen for longest is forgotten first


class Limits:
    """Calls and streams of every caller of this process."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self.calls_per_s = settings.calls_per_s if settings.accounts else 0.0
        self.streams = settings.streams if settings.accounts else MOST_STREAMS
        self._clock = clock
        self._calls: OrderedDict[str, tuple[float, float]] = OrderedDict()  # caller -> (calls left, when)
        self._open: dict[str, int] = {}
        self.closing = False
        self.counts = False  # whether somebody asks for what was `spent`
        self._spent: dict[str, int] = {}

    def call(self, caller: str, times: int = 1) -> None:
        """Count one call; `times`: how much more than others this caller may. Raises LimitError for one too many."""
        if not self.calls_per_s:
            return
        rate, now = self.calls_per_s * times, self._clock()
        most = rate * _AT_ONCE_S
        left, seen = self._calls.pop(caller, (most, now))
        left = min(most, left + (now - seen) * rate)
        self._calls[caller] = (left - 1 if left >= 1 else left, now)
        while len(self._calls) > _REMEMBERED:
            self._calls.popitem(last=False)
        if left < 1:
            wait = max(1, ceil((1 - left) / rate))
            raise LimitError(
                f"More than {rate:g} calls a second came from here.", f"Try again in {wait} s.",
                retry_after_s=wait,
            )  # fmt: skip
        if self.counts:
            self._spent[caller] = self._spent.get(caller, 0) + 1

    def spent(self) -> dict[str, int]:
        """Calls that were let through since this was asked last, by caller."""
        spent, self._spent = self._spent, {}
        return spent

    def charge(self, caller: str, calls: int) -> None:
        """Other processes let so many calls of this caller through."""
        left, seen = self._calls.get(caller, (0.0, self._clock()))
        self._calls[caller] = (max(left - calls, -self.calls_per_s * _AT_ONCE_S), seen)

    @contextmanager
    def stream(self, caller: str) -> Iterator[None]:
        """Hold one stream open. Raises LimitError where there are too many."""
        total = sum(self._open.values())
        if total >= MOST_STREAMS or self._open.get(caller, 0) >= self.streams:
            raise LimitError("Too many event streams are open.", "Close some, or read the job instead.")
        self._open[caller] = self._open.get(caller, 0) + 1
        metrics.STREAMS.inc()
        try:
            yield
        finally:
            metrics.STREAMS.dec()
            self._open[caller] -= 1
            if not self._open[caller]:
                del self._open[caller]

    def close(self) -> None:
        """Streams end at their next look."""
        self.closing = True
