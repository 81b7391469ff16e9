"""Written patterns: one character is a sixteenth, "|" a bar line.

`.` rests, `-` holds what sounds; every other character is a stroke whose meaning belongs to whoever plays it (drums and
comping: 1..9 loudness; bass: R 5 8 ...; strums: D u ...). A pattern fits bars of any length: a shorter bar plays its
beginning, a longer one begins again.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from reelscore.values.time import Meter

STEPS_PER_BEAT = 4  # sixteenths in a quarter note


@dataclass(frozen=True, slots=True)
class Stroke:
    """One attack: `step` and `steps` (length) in sixteenths from the bar's start, `sign` the character written."""

    step: int
    steps: int
    sign: str


def steps_of(meter: str) -> int:
    """Sixteenths in a bar of this meter ("6/8" -> 12)."""
    numerator, denominator = meter.split("/")
    return int(Meter(int(numerator), int(denominator)).beats * STEPS_PER_BEAT)


def fault_in(text: str, meter: str, signs: str) -> str:
    """What is wrong with a written pattern, or ""."""
    for bar in text.split("|"):
        if len(bar) != steps_of(meter):
            return f"a bar of {meter} has {steps_of(meter)} sixteenths, found {len(bar)} in {bar!r}"
        strange = sorted(set(bar) - set(signs) - {".", "-"})
        if strange:
            return f"{strange[0]!r} is not allowed; write . - or one of {signs}"
    return ""


@lru_cache(maxsize=8192)
def strokes(text: str, bar: int, steps: int) -> tuple[Stroke, ...]:
    """The strokes of the `bar`-th bar of a pattern, fitted to a bar of `steps` sixteenths."""
    bars = text.split("|")
    line = bars[bar % len(bars)]
    line = (line * (steps // len(line) + 1))[:steps]
    found: list[Stroke] = []
    for step, sign in enumerate(line):
        if sign in ".-":
            continue
        end = step + 1
        while end < steps and line[end] == "-":
            end += 1
        found.append(Stroke(step, end - step, sign))
    return tuple(found)


def bars_in(text: str) -> int:
    """How many bars a pattern is long."""
    return text.count("|") + 1
