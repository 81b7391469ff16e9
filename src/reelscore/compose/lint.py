"""The critic: hears a section before anyone plays it and says what is wrong with it.

A take with faults is written again with other chance; the checks are the ones an arranger makes by ear.
"""

from __future__ import annotations

from dataclasses import dataclass

from reelscore.compose.band import Chair
from reelscore.compose.players import Parts
from reelscore.compose.scene import Scene


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, where (measure of the ground) and with whom."""

    kind: str
    measure: int
    player: str


def faults(scene: Scene, band: tuple[Chair, ...], parts: Parts) -> tuple[Fault, ...]:
    """Everything wrong with a section's parts."""
    return ()
