"""Where bars begin, and whether they have three beats or four: from what changes, and what is struck, at each beat.

Harmony and bass tones change on a bar's first beat, bass drums fall on it, snares on the second and fourth, and bars
resemble one another (Goto 2001; Davies & Plumbley 2006; Klapuri, Eronen & Astola 2006). Each bar length and phase is
rated by WEIGHTS; within the best length the first beat may shift where much speaks for it (dynamic programming), for
songs have odd bars.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter1d

from reelscore.understand.strengths import PER_SECOND, TONES_PER_SECOND, Strengths

Floats = NDArray[np.float64]
METERS = (4, 3)
SIGNS = 8  # what is known of a beat
AROUND_BEATS = 33
REACH_SECONDS = 0.03
THREE_FOR_SURE = 0.2  # bars of three must be so much more alike than bars of four
SHIFT = 12.0  # what a bar of another length must gain
# What the signs on a bar's first beat are worth, and in bars of four those on its third; fitted like beats.WEIGHTS.
FIRST = np.array([1.32, 1.13, 1.0, 0.22, 0.91, 0.41, -0.01, -0.19])
THIRD = np.array([-0.14, -0.31, -0.41, -0.16, -0.07, -0.25, 0.17, -0.49])


def signs_of(times: Floats, heard: Strengths) -> Floats:
    """(beats, SIGNS), each of zero mean and unit spread nearby: change of bass and of harmony since the beat before,
    change of harmony over two beats, strength of all, low, tenor, middle and high bands."""
    tones = _tones_of_beats(times, heard.tones)
    bass, top = tones[:, :12], tones[:, 12:]
    at = np.round(times * PER_SECOND).astype(np.int64)
    reach = np.arange(-round(REACH_SECONDS * PER_SECOND), round(REACH_SECONDS * PER_SECOND) + 1)
    struck = heard.bands[np.clip(at[:, None] + reach, 0, len(heard.bands) - 1)].max(axis=1)
    signs = np.column_stack((_change(bass, 1), _change(top, 1), _change(top, 2), struck)).astype(np.float64)
    size = min(AROUND_BEATS, len(signs))
    above = signs - uniform_filter1d(signs, size, axis=0, mode="nearest")
    spread = np.sqrt(np.maximum(uniform_filter1d(above**2, size, axis=0, mode="nearest"), 0.0))
    floor = 0.3 * np.sqrt((above**2).mean(axis=0)) + 1e-3
    return np.asarray(np.clip(above / np.maximum(spread, floor), -2.5, 2.5))


def _tones_of_beats(times: Floats, tones: NDArray[np.float32]) -> Floats:
    """Mean pitch classes from each beat to the next, (beats, 24)."""
    sums = np.concatenate((np.zeros((1, tones.shape[1])), np.cumsum(tones, axis=0, dtype=np.float64)))
    edges = np.clip(np.round(np.append(times, 2 * times[-1] - times[-2]) * TONES_PER_SECOND), 0, len(tones))
    starts = edges.astype(np.int64)
    starts = np.maximum.accumulate(starts)
    counts = np.maximum(np.diff(starts), 1)[:, None]
    return np.asarray((sums[starts[1:]] - sums[starts[:-1]]) / counts)


def _change(tones: Floats, beats: int) -> Floats:
    """How unlike the `beats` from each beat on are to as many before it: 0 the same tones, 1 no tone in common."""
    sums = np.concatenate((np.zeros((1, 12)), np.cumsum(tones, axis=0)))
    n = np.arange(len(tones))
    before = sums[n] - sums[np.maximum(n - beats, 0)]
    after = sums[np.minimum(n + beats, len(tones))] - sums[n]
    size = np.linalg.norm(before, axis=1) * np.linalg.norm(after, axis=1)
    return np.asarray(1.0 - np.sum(before * after, axis=1) / np.maximum(size, 1e-6))


def resemblance(times: Floats, heard: Strengths, meter: int) -> float:
    """How much a beat resembles the one a bar later, more than those around that one: about -1..1."""
    tones = _tones_of_beats(times, heard.tones)
    tones = tones / np.maximum(np.linalg.norm(tones, axis=1, keepdims=True), 1e-6)
    signs = signs_of(times, heard)[:, 3:]
    signs = signs / np.maximum(np.linalg.norm(signs, axis=1, keepdims=True), 1e-6)
    both = np.concatenate((signs, 0.5 * tones), axis=1)

    def at(lag: int) -> float:
        return float(np.mean(np.sum(both[lag:] * both[:-lag], axis=1))) if len(both) > lag else 0.0

    return at(meter) + at(2 * meter) - 0.5 * (at(meter - 1) + at(meter + 1) + at(2 * meter - 1) + at(2 * meter + 1))


def plainness(signs: Floats) -> dict[tuple[int, int], float]:
    """How much speaks for bars of so many beats that begin at this beat: by (meter, first beat)."""
    first, third = signs @ FIRST, signs @ THIRD
    return {
        (meter, start): float(first[start::meter].mean() + (third[start + 2 :: 4].mean() if meter == 4 else 0.0))
        for meter in METERS
        for start in range(meter)
    }


def bars_of(times: Floats, heard: Strengths) -> tuple[int, NDArray[np.int64]]:
    """Beats in a bar, and which beats are first ones."""
    signs = signs_of(times, heard)
    three = resemblance(times, heard, 3) - resemblance(times, heard, 4)
    meter = 3 if three > THREE_FOR_SURE else 4
    worth = np.zeros((len(times), meter))
    worth[:, 0] = signs @ FIRST
    if meter == 4:
        worth[:, 2] = signs @ THIRD
    return meter, _first_beats(worth)


def _first_beats(worth: Floats) -> NDArray[np.int64]:
    """The best way to count through the beats, (beats, places in the bar); counting may restart, at a price."""
    count, meter = worth.shape
    best, back = worth[0].copy(), np.zeros((count, meter), dtype=np.int64)
    for n in range(1, count):
        onward = np.roll(best, 1)
        back[n] = np.roll(np.arange(meter), 1)
        restart = int(best.argmax())
        if best[restart] - SHIFT > onward[0]:
            onward[0], back[n, 0] = best[restart] - SHIFT, restart
        best = onward + worth[n]
    places = np.zeros(count, dtype=np.int64)
    places[-1] = int(best.argmax())
    for n in range(count - 1, 0, -1):
        places[n - 1] = back[n, places[n]]
    return np.flatnonzero(places == 0)
