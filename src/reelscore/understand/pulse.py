"""Following a beat through music, given about how fast it goes.

A candidate tempo is a peak of the strength's autocorrelation, summed over four beats, under a log-normal prior (Ellis
2007; Parncutt 1994), and its doubles, halves and thirds: the ear's octave errors. The beats of a candidate are the best
path through (moment, length of a beat), found exactly by dynamic programming (Ellis 2007; with the length as a state as
in Krebs, Böck & Widmer 2015), so that the tempo may drift but not jump.

Strengths are (n, groups) at RATE a second, zero mean and unit spread everywhere, the first group for all bands.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy import fft
from scipy.ndimage import gaussian_filter1d, uniform_filter1d

from reelscore.understand.strengths import PER_SECOND, TONES_PER_SECOND, Strengths

Floats = NDArray[np.float64]
STEP = 2  # strength hops per moment of the search
RATE = PER_SECOND // STEP
SLOWEST_BPM, FASTEST_BPM = 45.0, 230.0
USUAL_BPM, OCTAVES = 115.0, 1.5  # the prior's middle and spread
RELATED = (1.0, 2.0, 0.5, 1.5, 2 / 3, 3.0, 1 / 3, 4 / 3, 0.75)
DRIFT = 1.3  # the tempo stays within this factor of the candidate's
STEADY = 250.0  # cost of a beat's length changing, per squared natural logarithm
AROUND_SECONDS, SPREAD_SECONDS = 0.8, 6.0
CHORD_STEPS = 6  # steps of the tones compared on either side for a change of harmony


def clear_strength(heard: Strengths) -> Floats:
    """What stands out: all, low, tenor, middle, high bands, and change of harmony; (n, 6)."""
    count = len(heard.bands) // STEP
    bands = heard.bands[: count * STEP].reshape(count, STEP, -1).max(axis=1).astype(np.float64)
    at = np.arange(count) / RATE * TONES_PER_SECOND
    change = _harmony(heard.tones[:, 12:])
    bands = np.column_stack((bands, np.interp(at, np.arange(len(change)), change)))
    return np.column_stack([standing_out(column) for column in bands.T])


def standing_out(strength: Floats) -> Floats:
    """Zero mean, unit spread, everywhere: quiet passages count too."""
    smooth = gaussian_filter1d(strength, 1.0)
    above = smooth - uniform_filter1d(smooth, round(AROUND_SECONDS * RATE), mode="nearest")
    spread = np.sqrt(np.maximum(uniform_filter1d(above**2, round(SPREAD_SECONDS * RATE), mode="nearest"), 0.0))
    floor = 0.15 * float(np.sqrt(np.mean(above**2))) + 1e-4
    return np.asarray(np.clip(above / np.maximum(spread, floor), -1.0, 4.0))


def _harmony(tones: NDArray[np.float32]) -> Floats:
    """How unlike the tones just after each step are to those just before."""
    level = np.log1p(3.0 * tones.astype(np.float64))
    level /= np.maximum(np.linalg.norm(level, axis=1, keepdims=True), 1e-3)
    sums = np.concatenate((np.zeros((1, level.shape[1])), np.cumsum(level, axis=0)))
    n = np.arange(len(level))
    before = sums[n] - sums[np.maximum(n - CHORD_STEPS, 0)]
    after = sums[np.minimum(n + CHORD_STEPS, len(level))] - sums[n]
    size = np.linalg.norm(before, axis=1) * np.linalg.norm(after, axis=1)
    change = 1.0 - np.sum(before * after, axis=1) / np.maximum(size, 1e-6)
    change[:1] = 0.0
    return np.asarray(change)


def likeness(strength: Floats) -> Floats:
    """Autocorrelation by lag, 1 at lag 0, as though the music went on for ever."""
    size = fft.next_fast_len(2 * len(strength))
    alike = fft.irfft(np.abs(fft.rfft(strength, size)) ** 2, size)[: len(strength)]
    overlap = np.maximum(len(strength) - np.arange(len(strength)), len(strength) / 4)
    return np.asarray(alike / max(float(alike[0]), 1e-9) * len(strength) / overlap)


def candidates(alike: Floats) -> list[float]:
    """Tempi worth following, in bpm, the likeliest first; of at most three, with what is related to the first."""
    bpm = SLOWEST_BPM * 2.0 ** np.arange(0, np.log2(FASTEST_BPM / SLOWEST_BPM), 1 / 120)
    lags = np.arange(len(alike))
    beats = ((1, 1.0), (2, 1.0), (3, 0.6), (4, 1.0))
    weight = sum((w * np.interp(60 * RATE / bpm * k, lags, alike) for k, w in beats), np.zeros(len(bpm)))
    weight = weight * np.exp(-0.5 * (np.log2(bpm / USUAL_BPM) / OCTAVES) ** 2)
    inner = np.flatnonzero((weight[1:-1] >= weight[:-2]) & (weight[1:-1] > weight[2:])) + 1
    found: list[float] = []
    for rank, n in enumerate(sorted(inner.tolist(), key=lambda n: -weight[n])[:3]):
        for factor in RELATED if rank == 0 else RELATED[:3]:
            new = float(bpm[n]) * factor
            if SLOWEST_BPM <= new <= FASTEST_BPM and all(abs(np.log(new / old)) > 0.04 for old in found):
                found.append(new)
    return found


def followed(clear: Floats, bpm: float, steady: float = STEADY) -> Floats:
    """The best path of beats near a tempo, as moments of the search."""
    middle = 60 * RATE / bpm
    frames = _path(np.ascontiguousarray(clear[:, 0]), round(middle / DRIFT), round(middle * DRIFT), middle, steady)
    return np.asarray(frames, dtype=np.float64)


def beside(frames: Floats, clear: Floats, by: float) -> Floats:
    """The path this share of a beat later, each beat on the strongest moment near by: off-beats may be the loudest."""
    moved = frames[:-1] + by * np.diff(frames)
    near = np.arange(-2, 3)
    around = np.clip(np.round(moved)[:, None].astype(np.int64) + near, 0, len(clear) - 1)
    best = clear[around, 0] - 0.1 * np.abs(near)
    return np.asarray(around[np.arange(len(moved)), best.argmax(axis=1)], dtype=np.float64)


@njit(cache=True, nogil=True)
def _path(clear, low, high, middle, steady):  # type: ignore[no-untyped-def]
    """Moments of the beats with the greatest sum of strength, less what changes of length cost; (beats,)."""
    count, lengths = len(clear), high - low + 1
    best = np.zeros((count, lengths))
    back = np.full((count, lengths), -1, np.int16)
    for t in range(count):
        for j in range(lengths):
            length = low + j
            value, chosen = 0.0, -1
            if t >= length:
                reach = max(2, int(0.12 * length))
                for i in range(max(0, j - reach), min(lengths, j + reach + 1)):
                    change = np.log(length / (low + i))
                    drawn = np.log(length / middle)
                    found = best[t - length, i] - steady * change * change - 0.5 * drawn * drawn
                    if found > value:
                        value, chosen = found, i
            best[t, j] = value + clear[t]
            back[t, j] = chosen
    end, at = 0, -1
    top = -1e18
    for t in range(max(0, count - high), count):
        for j in range(lengths):
            if best[t, j] > top:
                top, end, at = best[t, j], t, j
    found_at = np.zeros(count // low + 2, np.int64)
    n = 0
    t, j = end, at
    while n < len(found_at):
        found_at[n] = t
        n += 1
        previous = back[t, j]
        if previous < 0:
            break
        t, j = t - (low + j), previous
    return found_at[:n][::-1].copy()
