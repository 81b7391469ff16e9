"""The beats a listener taps, on the film's clock: what the beats of generated music are laid onto."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from reelscore.values.time import Beats, Meter, TempoMap

Floats = NDArray[np.float64]


def pulse(meter: Meter) -> Beats:
    """What is tapped: a quarter; three eighths in 6/8, 9/8 and 12/8; an eighth in 5/8 and 7/8."""
    if meter.denominator >= 8:
        eighth = Fraction(4, meter.denominator)
        return eighth * 3 if meter.numerator % 3 == 0 and meter.numerator > 3 else eighth
    return Fraction(4, meter.denominator)


def per_bar(meter: Meter) -> int:
    return max(1, round(meter.beats / pulse(meter)))


def pulses(tempo_map: TempoMap, until: float) -> Floats:
    """Seconds of every pulse from the first bar to `until` and one bar beyond; the last tempo goes on."""
    beats: list[Beats] = []
    for bar in tempo_map.bars:
        length = bar.end - bar.start
        count = max(1, round(length / pulse(bar.meter)))
        beats += [bar.start + length * n / count for n in range(count)]
    last = tempo_map.bars[-1].meter
    beats.append(tempo_map.end)
    while tempo_map.seconds_at(beats[-1]) < until + float(last.beats * 60) / tempo_map.bpm_at(beats[-1]):
        beats.append(beats[-1] + pulse(last))
    return np.array([float(tempo_map.seconds_at(beat)) for beat in beats], np.float64)
