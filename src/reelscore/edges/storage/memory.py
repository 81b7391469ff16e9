"""What a process keeps parsed in memory: a bounded number of values, those used longest ago leave first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

V = TypeVar("V")


class Memory(Generic[V]):
    """Values by name, from any thread. `most`: the sum of their weights; one by one they are never refused."""

    def __init__(self, most: int, weigh: Callable[[V], int] = lambda value: 1) -> None:
        self.most, self._weigh = most, weigh
        self._held: OrderedDict[str, V] = OrderedDict()
        self._weight = 0
        self._one = threading.Lock()

    def get(self, name: str) -> V | None:
        with self._one:
            if name in self._held:
                self._held.move_to_end(name)
            return self._held.get(name)

    def put(self, name: str, value: V, newer: Callable[[V, V], bool] = lambda value, held: True) -> None:
        """Keep it, unless what is held under its name is newer."""
        with self._one:
            held = self._held.pop(name, None)
            if held is not None:
                self._weight -= self._weigh(held)
                value = value if newer(value, held) else held
            self._held[name] = value
            self._weight += self._weigh(value)
            while self._weight > self.most and len(self._held) > 1:
                self._weight -= self._weigh(self._held.popitem(last=False)[1])

    def __len__(self) -> int:
        return len(self._held)
