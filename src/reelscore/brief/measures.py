"""The kinds of quantity a prompt can hold, each with its place: plain[start:end]."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from reelscore.values.brief import Key
from reelscore.values.time import Meter, Seconds


@dataclass(frozen=True, slots=True)
class Quantity:
    """plain[start:end], as typed in `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Length(Quantity):
    """A stretch of time; `high` differs from `low` for a range ("30-60 seconds")."""

    low: Seconds
    high: Seconds


@dataclass(frozen=True, slots=True)
class Clock(Quantity):
    """A time written as on a player: m:ss, h:mm:ss."""

    at: Seconds


@dataclass(frozen=True, slots=True)
class Timecode(Quantity):
    """hh:mm:ss:ff; its seconds depend on the film's frame rate."""


@dataclass(frozen=True, slots=True)
class Tempo(Quantity):
    """Beats per minute. `exact` when one number was given without "about"."""

    low: Fraction | None
    high: Fraction | None
    exact: bool


@dataclass(frozen=True, slots=True)
class KeySaid(Quantity):
    """A key, or only its tonic or mode."""

    tonic: int | None
    mode: str | None

    @property
    def key(self) -> Key | None:
        return None if self.tonic is None or self.mode is None else Key(self.tonic, self.mode)


@dataclass(frozen=True, slots=True)
class MeterSaid(Quantity):
    """A time signature."""

    meter: Meter


@dataclass(frozen=True, slots=True)
class Measure(Quantity):
    """A number with a unit that is no wish about time: percent, dB, LUFS, ratio, size, fps, decade, time of day."""

    unit: str
    amount: Fraction | None = None


Build = Callable[[re.Match[str]], Quantity | None]
Rule = tuple[str, Build]  # a pattern (case ignored) and what makes a quantity of its match, or nothing
