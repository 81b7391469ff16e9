"""The beat grid of finished sound: tempo, beats and downbeats of music that came without a score.

Onset strength is the rise of log-spaced bands at a 10 ms hop. The tempo is the lag at which it repeats itself best near
a tempo that was asked for; beats follow by dynamic programming (Ellis 2007, "Beat tracking by dynamic programming"),
then a local straight line through nine neighbours takes the jitter of single onsets away. Of the possible first beats
of a bar the one is taken at which bass and harmony change most. Times are seconds from the first sample.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import fft
from scipy.ndimage import uniform_filter1d

from reelscore.values.sound import SAMPLE_RATE, Samples

Floats = NDArray[np.float64]
HOP = 480
WINDOW = 1024
PER_SECOND = SAMPLE_RATE / HOP
BANDS = 40
LOWEST_HZ, HIGHEST_HZ = 40.0, 15_000.0
BASS_BANDS = 8  # up to some 130 Hz
OCTAVES = 0.35  # how far from the tempo asked for one is still believed: the width of a bell
TIGHT = 100.0  # the price of a beat that is too early or late (Ellis' alpha)
NEIGHBOURS = 9
CHUNK = 4096
STEADY = 0.12  # periodicity from which on there is a beat at all


@dataclass(frozen=True, slots=True)
class BeatGrid:
    """Beats in seconds, rising; every `bar`-th of them, from `first` on, is a downbeat."""

    beats: Floats
    first: int
    bar: int
    steadiness: float  # 0..1: how well the rhythm repeats itself at the beat

    @property
    def steady(self) -> bool:
        return self.steadiness >= STEADY and len(self.beats) > 2 * self.bar

    @property
    def period(self) -> float:
        """Seconds from beat to beat, the median."""
        return float(np.median(np.diff(self.beats))) if len(self.beats) > 1 else 0.0


def beat_grid(samples: Samples, period: float, bar: int) -> BeatGrid:
    """The beats nearest to one every `period` seconds, `bar` of them to a bar."""
    bands = _bands(samples)
    rise = np.maximum(np.diff(bands, axis=0, prepend=np.zeros_like(bands[:1])), 0.0)
    strength = _standard(rise.mean(axis=1))
    if not np.any(strength):
        return BeatGrid(np.zeros(0), 0, bar, 0.0)
    lag, steadiness = _lag(strength, period * PER_SECOND)
    places = _heard(strength, _tracked(strength, lag))
    if len(places) < 3:
        return BeatGrid(np.zeros(0), 0, bar, 0.0)
    beats = _smooth(_between_frames(strength, places)) / PER_SECOND
    return BeatGrid(beats, _downbeat(bands, rise, places, bar), bar, steadiness)


def _bands(samples: Samples) -> NDArray[np.float32]:
    """Loudness of log-spaced bands, shape (hops, BANDS); row k is about the moment k * HOP."""
    mono = samples.mean(axis=1, dtype=np.float32)
    padded = np.pad(mono, (WINDOW // 2, WINDOW))
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP]
    edges = np.geomspace(LOWEST_HZ, HIGHEST_HZ, BANDS + 1) * WINDOW / SAMPLE_RATE
    bins = np.arange(WINDOW // 2 + 1)
    # Triangles an interval wide, at least a bin: low bands are narrower than one.
    middle, width = np.sqrt(edges[:-1] * edges[1:]), np.maximum(np.diff(edges), 1.0)
    weights = np.maximum(0.0, 1.0 - np.abs(bins[:, None] - middle) / width).astype(np.float32)
    shape = np.hanning(WINDOW).astype(np.float32)
    out = np.empty((len(frames), BANDS), np.float32)
    for start in range(0, len(frames), CHUNK):
        spectra = np.abs(fft.rfft(frames[start : start + CHUNK] * shape, axis=1)) ** 2
        out[start : start + CHUNK] = spectra @ weights
    loudest = float(out.max()) if out.size else 0.0
    logs: NDArray[np.float32] = np.log1p(out * np.float32(1e4 / max(loudest, 1e-9)))
    return logs


def _standard(strength: NDArray[np.float32]) -> Floats:
    """Above its neighbourhood of a second, at a deviation of one."""
    values = strength.astype(np.float64)
    values = np.maximum(values - uniform_filter1d(values, 101, mode="constant"), 0.0)
    deviation = float(values.std())
    return values / deviation if deviation > 1e-9 else np.zeros_like(values)


def _lag(strength: Floats, expected: float) -> tuple[float, float]:
    """Hops from beat to beat, to a fraction of one, and how well the rhythm repeats at that distance (0..1)."""
    size = fft.next_fast_len(2 * len(strength))
    centred = strength - strength.mean()
    spectrum = fft.rfft(centred, size)
    likeness = fft.irfft(spectrum * np.conj(spectrum), size)[: len(strength)]
    likeness = likeness / max(float(likeness[0]), 1e-9)
    lags = np.arange(max(8, round(expected / 2.2)), min(round(expected * 2.2), len(strength) // 4) + 1)
    if len(lags) < 3:
        return expected, 0.0
    hops = np.arange(len(likeness))
    repeats = np.sum([np.interp(n * lags, hops, likeness, right=0.0) / n for n in (1, 2, 4)], axis=0)
    bell = np.exp(-0.5 * (np.log2(lags / expected) / OCTAVES) ** 2)
    best = int(np.argmax(np.maximum(repeats, 0.0) * bell))
    fine = best + _vertex(repeats, best)
    lag = float(lags[0] + fine)
    around = likeness[max(0, round(lag) - 2) : round(lag) + 3]
    return lag, float(np.clip(around.max() if len(around) else 0.0, 0.0, 1.0))


def _vertex(values: Floats, at: int) -> float:
    """Where, within half a step, a parabola through three values has its top."""
    if not 0 < at < len(values) - 1:
        return 0.0
    before, here, after = values[at - 1], values[at], values[at + 1]
    bend = before - 2 * here + after
    return float(np.clip(0.5 * (before - after) / bend, -0.5, 0.5)) if bend < -1e-12 else 0.0


def _tracked(strength: Floats, lag: float) -> NDArray[np.int64]:
    """The row of hops that is strong and evenly spaced at once."""
    wide = np.arange(-2 * round(lag), 2 * round(lag) + 1)
    local = np.convolve(strength, np.exp(-0.5 * (32.0 * wide / lag) ** 2), mode="same")
    reach = np.arange(-round(2 * lag), -max(1, round(lag / 2)) + 1)
    price = -TIGHT * np.log(-reach / lag) ** 2
    total = local.copy()
    came_from = np.full(len(local), -1, np.int64)
    for n in range(len(local)):
        first = max(0, -int(reach[0]) - n)
        if first >= len(reach):
            continue
        offers = total[n + reach[first:]] + price[first:]
        best = int(np.argmax(offers))
        if offers[best] > 0:  # else the row begins here
            total[n] += offers[best]
            came_from[n] = n + int(reach[first + best])
    tail = total[-round(lag) :] if len(total) > lag else total
    at = len(total) - len(tail) + int(np.argmax(tail))
    row = []
    while at >= 0:
        row.append(at)
        at = int(came_from[at])
    return np.array(row[::-1], np.int64)


def _heard(strength: Floats, places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Without beats at either end that nothing was struck on: there the row was only continued."""
    struck = np.flatnonzero([strength[max(0, p - 3) : p + 4].max() > 1.0 for p in places])
    return places[struck[0] : struck[-1] + 1] if len(struck) else places[:0]


def _between_frames(strength: Floats, places: NDArray[np.int64]) -> Floats:
    """Each beat at the top of the strength within three hops, to a fraction of a hop."""
    out = places.astype(np.float64)
    for n, place in enumerate(places.tolist()):
        first = max(0, place - 3)
        top = first + int(np.argmax(strength[first : place + 4]))
        if strength[top] > 1.0:
            out[n] = top + _vertex(strength, top)
    return out


def _smooth(beats: Floats) -> Floats:
    """A line through the neighbours (Theil-Sen, deaf to outliers): models keep time, single onsets do not."""
    size = min(NEIGHBOURS, len(beats))
    windows = np.lib.stride_tricks.sliding_window_view(beats, size)
    one, other = np.triu_indices(size, 1)
    slopes = np.median((windows[:, other] - windows[:, one]) / (other - one), axis=1)
    starts = np.median(windows - slopes[:, None] * np.arange(size), axis=1)
    n = np.arange(len(beats))
    first = np.clip(n - size // 2, 0, len(windows) - 1)
    return np.maximum.accumulate(starts[first] + slopes[first] * (n - first))


def _downbeat(bands: NDArray[np.float32], rise: NDArray[np.float32], places: NDArray[np.int64], bar: int) -> int:
    """Which of the first `bar` beats begins a bar: where the bass strikes and the harmony is new."""
    if bar < 2 or len(places) < 2 * bar:
        return 0
    bass = np.array([rise[max(0, p - 3) : p + 4, :BASS_BANDS].sum() for p in places])
    spans = np.stack([bands[a:b].mean(axis=0) for a, b in pairwise(places.tolist())])
    shape = spans - spans.mean(axis=1, keepdims=True)
    shape /= np.maximum(np.linalg.norm(shape, axis=1, keepdims=True), 1e-9)
    new = np.zeros(len(places))
    new[1:-1] = 1.0 - (shape[1:] * shape[:-1]).sum(axis=1)
    new[0] = new[-1] = new[1:-1].mean()
    weight = bass / max(float(bass.std()), 1e-9) + new / max(float(new.std()), 1e-9)
    return int(np.argmax([weight[n::bar].mean() for n in range(bar)]))
