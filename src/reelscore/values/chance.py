"""Chance as a pure function of (seed, position).

No generator object carries state from one bar to the next, so editing bar 9 never changes bar 3.
(The idea of time-indexed randomness: Tidal's `time_to_rand`.)

Every draw names where it stands: `draw(seed, "melody", bar, slot)`. Positions may be ints, strings and
Fractions; equal positions give equal values on every machine (BLAKE2b, RFC 7693).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")
Place = int | str | Fraction | None


def bits(seed: int, *where: Place) -> int:
    """64 independent bits for this seed at this position."""
    key = "\x1f".join([str(seed), *[f"{type(w).__name__[0]}{w}" for w in where]])
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big")


def draw(seed: int, *where: Place) -> float:
    """Uniform in [0, 1)."""
    return (bits(seed, *where) >> 11) * 2.0**-53


def between(low: float, high: float, seed: int, *where: Place) -> float:
    """Uniform in [low, high)."""
    return low + (high - low) * draw(seed, *where)


def normal(seed: int, *where: Place) -> float:
    """Standard normal (Box-Muller), cut at +-3."""
    u = 1.0 - draw(seed, *where, "u")
    v = draw(seed, *where, "v")
    return max(-3.0, min(3.0, math.sqrt(-2.0 * math.log(u)) * math.cos(2.0 * math.pi * v)))


def happens(probability: float, seed: int, *where: Place) -> bool:
    """True with this probability."""
    return draw(seed, *where) < probability


def choose(options: Sequence[T], seed: int, *where: Place) -> T:
    """One of the options, all equally likely."""
    return options[int(draw(seed, *where) * len(options))]


def weighted(options: Sequence[tuple[T, float]], seed: int, *where: Place) -> T:
    """One of (option, weight) pairs; weights need not sum to 1."""
    total = sum(weight for _, weight in options)
    point = draw(seed, *where) * total
    for option, weight in options:
        point -= weight
        if point < 0:
            return option
    return options[-1][0]
