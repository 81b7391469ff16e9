"""Strokes that are drawn once and kept, up to a fixed amount of memory: the longest unused are forgotten first.

What is forgotten is drawn again and is the same, so this changes nothing but time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

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
