"""What frame rate a list of presentation times means.

Containers round times (Matroska to milliseconds, phones to 1/600 s), so an exact rate such as 30000/1001 is a rate
whose grid every frame lies on within that rounding. Times that fit no grid are a variable rate, of which the mean is
given.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

USUAL_RATES = tuple(
    Fraction(rate)
    for rate in (
        Fraction(24000, 1001), 24, 25, Fraction(30000, 1001), 30, 48, 50, Fraction(60000, 1001), 60,
        12, Fraction(15000, 1001), 15, 10, 20, 8, 16, 100, Fraction(120000, 1001), 120, 240,
    )
)  # fmt: skip
LEAST, MOST = Fraction(1, 1000), Fraction(1000)
SLACK_SECONDS = 0.0006


@dataclass(frozen=True, slots=True)
class Cadence:
    """Frames per second, whether it varies (then `rate` is the mean), and seconds from first frame to end of last."""

    rate: Fraction
    variable: bool
    duration: Fraction


def cadence(pts: NDArray[np.int64], base: Fraction, last: Fraction, hints: Iterable[Fraction | None]) -> Cadence:
    """Rate of frames at `pts` (ascending from 0, in units of `base` seconds), the last one shown for `last` seconds.

    `hints` are rates the container claims, best first; a claim only counts when the times agree.
    """
    count = len(pts)
    claimed = [Fraction(hint) for hint in hints if hint and LEAST <= hint <= MOST]
    if count < 2:
        rate = claimed[0] if claimed else (1 / last if last and LEAST <= 1 / last <= MOST else Fraction(25))
        return Cadence(rate, False, count / rate)
    span = int(pts[-1]) * base
    mean = Fraction(count - 1) / span if span else Fraction(25)
    rates = [*(r for r in claimed if r in USUAL_RATES), *USUAL_RATES, *claimed, mean]
    seconds, numbers = pts * float(base), np.arange(count)
    for slack in (float(base) * 0.51, max(float(base) * 1.01, SLACK_SECONDS)):
        for rate in rates:
            if LEAST <= rate <= MOST and np.all(np.abs(seconds - numbers / float(rate)) <= slack):
                return Cadence(rate, False, count / rate)
    shown = last if 0 < last <= max(span, Fraction(1)) else span / (count - 1)
    return Cadence((count / (span + shown)).limit_denominator(1_000_000), True, span + shown)
