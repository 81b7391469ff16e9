"""Strokes that are drawn once and kept, up to a fixed amount of memory: the longest unused are forgotten first.

What is forgotten is drawn again and is the same, so this changes nothing but time. Which take of a stroke is heard
hangs on its own position and its neighbour's alone: another bar written anew changes no take here.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from fractions import Fraction
from threading import Lock

from reelscore.values.chance import bits
from reelscore.values.sound import Samples


class Kept:
    """Sounds by what they are. Safe to share between threads."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._held: OrderedDict[Hashable, Samples] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def __call__(self, key: Hashable, draw: Callable[[], Samples]) -> Samples:
        with self._lock:
            found = self._held.get(key)
            if found is not None:
                self._held.move_to_end(key)
                return found
        made = draw()
        with self._lock:
            if key not in self._held:
                self._held[key] = made
                self._bytes += made.nbytes
            while self._bytes > self._most_bytes:
                self._bytes -= self._held.popitem(last=False)[1].nbytes
        return made


class Turns:
    """Round robin by position: a key struck twice running is not the same take twice."""

    def __init__(self, takes: int, seed: int, *where: str) -> None:
        self._takes, self._seed, self._where = takes, seed, where
        self._before: dict[int, int] = {}

    def __call__(self, pitch: int, at: Fraction) -> int:
        """The take of this stroke; ask in order of time."""
        own = bits(self._seed, *self._where, at, pitch) % self._takes
        met = self._before.get(pitch) == own
        self._before[pitch] = own
        return (own + met) % self._takes
