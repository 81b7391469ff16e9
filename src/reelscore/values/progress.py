"""How long work tells what it is doing, and how it learns that it should stop.

A stage receives a `Watch` and calls it with a stage name and the share done (0..1). The watch may raise
`CancelledError`; stages let it through. The core never reads a clock: whoever shows time left keeps it.
"""

from __future__ import annotations

from typing import Protocol


class Watch(Protocol):
    """Called often; must be cheap. Raises `reelscore.errors.CancelledError` to stop the work."""

    def __call__(self, stage: str, share: float, /) -> None: ...


def unwatched(stage: str, share: float) -> None:
    """A watch that looks away."""


def part_of(watch: Watch, stage: str, start: float, end: float) -> Watch:
    """A watch for a piece of a stage: its 0..1 becomes start..end of `stage`."""

    def inner(_: str, share: float) -> None:
        watch(stage, start + (end - start) * min(1.0, max(0.0, share)))

    return inner
