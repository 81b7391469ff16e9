"""One tempo from first to last: for music alone, for a tempo asked for by number, and where it already serves a film.

Film composers try this first: "what tempo hits the most?" (Dorico's Find Tempo, click-book tables.)
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from reelscore.brief.bar_lines import bar_lines, pulse_offsets
from reelscore.brief.landing import plain
from reelscore.values.brief import Hit
from reelscore.values.time import Meter, Seconds, TempoMap, TempoStep

NEAR = Fraction(1, 20)  # how far music alone may leave its tempo to come out even
PHRASE = 4  # bars
LATEST_START = Fraction(1, 2)  # a film has music within half a second
GRID_BPM = 0.1
Floats = NDArray[np.float64]


def filling_tempo(duration: Seconds, bpm: Fraction, low: Fraction, high: Fraction, meter: Meter) -> Fraction:
    """The tempo near `bpm` at which whole bars fill the duration: whole phrases and a last bar to ring, if it can be.

    Where none is near enough (a very short piece) the tempo stays, and the end falls within a bar.
    """
    bar_bpm = meter.beats * 60 / duration  # the tempo at which one bar lasts the whole duration
    fewest = max(1, -int(-max(low, bpm * (1 - NEAR)) // bar_bpm))
    most = int(min(high, bpm * (1 + NEAR)) // bar_bpm)
    if most - fewest > 64:
        fewest, most = round(bpm / bar_bpm) - 8, round(bpm / bar_bpm) + 8

    def cost(bars: int) -> tuple[float, int]:
        uneven = (bars - 1) % PHRASE if bars > PHRASE else 0
        return abs(float(bars * bar_bpm / bpm) - 1) / float(NEAR) + min(uneven, PHRASE - uneven), bars

    return min((bars for bars in range(fewest, most + 1)), key=cost, default=bpm / bar_bpm) * bar_bpm


def steady_maps(
    hits: Sequence[Hit],
    duration: Seconds,
    frame: Seconds,
    bpm: Fraction,
    tempi: tuple[Fraction, Fraction],
    meter: Meter,
    most: int = 3,
) -> list[TempoMap]:
    """The constant tempi, with beat 0 at second 0, that serve these hits best: the best few, best first."""
    low, high = float(tempi[0]), float(tempi[1])
    first, last = int(np.ceil(low / GRID_BPM - 1e-6)), int(np.floor(high / GRID_BPM + 1e-6))
    grid: Floats = np.arange(first, max(first, last) + 1, dtype=np.float64) * GRID_BPM
    gains = np.zeros((len(grid), len(pulse_offsets(meter)) - 1))
    for place in range(gains.shape[1]):
        gains[:, place] = _gain(hits, 60.0 / grid, np.zeros(len(grid)), place, float(frame), meter)
    gains -= 0.1 * (np.log(grid / float(bpm)) / np.log(1.25))[:, None] ** 2
    gains[:, 1:] -= 0.02
    best = np.argsort(-gains, axis=None, kind="stable")[:most]
    return [
        _map(
            Fraction(round(float(grid[k // gains.shape[1]]) * 10), 10),
            int(k % gains.shape[1]),
            Fraction(0),
            duration,
            meter,
        )
        for k in best
    ]


def locked_map(hits: Sequence[Hit], duration: Seconds, frame: Seconds, bpm: Fraction, meter: Meter) -> TempoMap:
    """Exactly this tempo; only where the bars begin is chosen: a pickup, and a start at most half a second late."""
    pulse = pulse_offsets(meter)[1] * 60 / bpm
    starts = sorted({start for hit in hits if (start := hit.at % pulse) < LATEST_START} | {Fraction(0)})[:400]
    late = np.array([float(start) for start in starts])
    best = (-1.0, 0, Fraction(0))
    for place in range(len(pulse_offsets(meter)) - 1):
        gain = (
            _gain(hits, np.full(len(late), 60.0 / float(bpm)), late, place, float(frame), meter) if hits else 0 * late
        )
        gain = gain - 0.04 * (late > 0) - 0.05 * late - 0.02 * (place > 0)
        k = int(np.argmax(gain))
        if gain[k] > best[0]:
            best = (float(gain[k]), place, starts[k])
    return _map(bpm, best[1], best[2], duration, meter)


def _gain(hits: Sequence[Hit], quarter: Floats, start: Floats, place: int, frame: float, meter: Meter) -> Floats:
    """The share of weight within a frame of a beat plus that of a downbeat, softened, less what chance gives."""
    offsets = np.array([float(o) for o in pulse_offsets(meter)])
    bar, pulses = offsets[-1], len(offsets) - 1
    times = np.array([float(hit.at) for hit in hits])
    weights = np.array([hit.weight for hit in hits])
    weights = weights * np.array([10.0 if hit.asked else 1.0 for hit in hits]) / weights.sum()
    beats = (times[None, :] - start[:, None]) / quarter[:, None] + offsets[place]
    into = np.mod(beats, bar)
    off_bar = np.minimum(into, bar - into) * quarter[:, None]
    off_beat = np.min(np.abs(into[:, :, None] - offsets[None, None, :]), axis=2) * quarter[:, None]
    gain = (_near(off_beat, frame) + _near(off_bar, frame)) @ weights
    chance = 2.0 * frame * (pulses + 1) / (bar * quarter)
    return np.asarray(gain - chance, dtype=np.float64)


def _near(off: Floats, frame: float) -> Floats:
    """1 on the spot, .8 half a frame away, 0 beyond a frame."""
    share = np.abs(off) / frame
    return np.where(share <= 1.0, 1.0 - 0.4 * share, 0.0)


def _map(bpm: Fraction, place: int, start: Seconds, duration: Seconds, meter: Meter) -> TempoMap:
    if place == 0:
        return plain(bpm, meter, duration, start)
    quarter = 60 / bpm
    bars = bar_lines(meter, meter.beats - pulse_offsets(meter)[place], (), (duration - start) / quarter)
    return TempoMap(start, (TempoStep(Fraction(0), quarter),), bars)
