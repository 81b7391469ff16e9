"""The last stage: a look-ahead true-peak limiter whose loudness is known before it is applied.

The true peak of every 16 samples (BS.1770-4 annex 2, 4-fold) is found once. For a given gain, the limiter's curve is
then worked out on that coarse grid: the lowest gain any peak within the look-ahead needs, an exponential release, and
an average over the look-ahead, which rounds the curve and still meets every peak (Giannoulis, Massberg and Reiss, 2012,
describe the family). Measuring the result's loudness without writing it makes hitting a loudness target cheap.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numba import njit
from numpy.typing import NDArray

from reelscore.values.loudness import INTERPOLATOR, energies, integrated
from reelscore.values.sound import SAMPLE_RATE, Samples

GRID = 16
_LOOK_AHEAD = 15  # grid steps: 5 ms
_RELEASE_S = 0.12
_DEEPEST_DB = 18.0

Grid = NDArray[np.float32]


@njit(cache=True, nogil=True, fastmath=True)
def _peaks(channel, phases, out):  # type: ignore[no-untyped-def]
    """Raise `out` to the true peak of each 16 samples of a channel padded by 6 zeros before and 38 after."""
    taps = phases.shape[1]
    row = np.empty(256, dtype=np.float32)
    best = np.empty(256, dtype=np.float32)
    for first in range(0, out.shape[0] * 16, 256):
        length = min(256, out.shape[0] * 16 - first)
        for n in range(length):
            best[n] = abs(channel[first + n + 5])
        for p in range(phases.shape[0]):
            h = phases[p, 0]
            for n in range(length):
                row[n] = h * channel[first + n]
            for k in range(1, taps):
                h = phases[p, k]
                for n in range(length):
                    row[n] += h * channel[first + n + k]
            for n in range(length):
                best[n] = max(best[n], abs(row[n]))
        for block in range(length // 16):
            top = out[first // 16 + block]
            for n in range(block * 16, block * 16 + 16):
                top = max(top, best[n])
            out[first // 16 + block] = top


def peaks(samples: Samples) -> Grid:
    """True peak of either channel in every `GRID` samples, linear; (ceil(frames / GRID),)."""
    count = -(-len(samples) // GRID)

    def of(channel: int) -> Grid:
        out = np.zeros(count, dtype=np.float32)
        padded = np.zeros(count * GRID + 2 * GRID + 12, dtype=np.float32)
        padded[5 : 5 + len(samples)] = samples[:, channel]
        _peaks(padded, INTERPOLATOR, out)
        return out

    with ThreadPoolExecutor(2) as pool:
        left, right = pool.map(of, (0, 1))
    return np.asarray(np.maximum(left, right))


@njit(cache=True, nogil=True, fastmath=True)
def _curve(peak, gain, ceiling, reach, release):  # type: ignore[no-untyped-def]
    """Total gain at the start of every grid step, one more than there are steps."""
    count = peak.shape[0]
    need = np.ones(count + 2 * reach + 2, dtype=np.float32)
    for i in range(count):
        top = peak[i] * gain
        if top > ceiling:
            need[reach + i] = ceiling / top
    low = np.empty(count + reach + 2, dtype=np.float32)
    held = np.float32(1.0)
    for i in range(low.shape[0]):
        least = np.float32(1.0)
        for k in range(i, min(i + reach + 2, need.shape[0])):
            least = min(least, need[k])
        held = min(least, held + (np.float32(1.0) - held) * release)
        low[i] = held
    out = np.empty(count + 1, dtype=np.float32)
    for i in range(count + 1):
        total = np.float32(0.0)
        for k in range(i + 1, i + reach + 1):
            total += low[k]
        out[i] = gain * total / reach
    return out


def curve(peak: Grid, gain: float, ceiling: float) -> Grid:
    """The gain (limiting included) at every grid point, so that no true peak passes `ceiling` (linear)."""
    release = 1 - math.exp(-GRID / SAMPLE_RATE / _RELEASE_S)
    result = _curve(peak, np.float32(gain), np.float32(ceiling), _LOOK_AHEAD, np.float32(release))
    return np.asarray(result, dtype=np.float32)


@njit(cache=True, nogil=True, fastmath=True)
def _apply(x, out, gain):  # type: ignore[no-untyped-def]
    for start in range(0, x.shape[0], 16):
        b = start // 16
        a = gain[b]
        step = (gain[b + 1] - a) / np.float32(16.0)
        for n in range(start, min(start + 16, x.shape[0])):
            g = a + step * np.float32(n - start)
            out[n, 0] = x[n, 0] * g
            out[n, 1] = x[n, 1] * g


def apply(samples: Samples, gain: Grid, out: Samples) -> None:
    """Write the limited sound to `out` (which may be `samples`)."""
    _apply(samples, out, gain)


def fit(samples: Samples, peak: Grid, lufs: float, ceiling: float, tolerance_lu: float = 0.02) -> tuple[float, float]:
    """The gain (linear) into the limiter that brings sound to an integrated loudness, and the loudness reached.
    `peak` is `peaks(samples)`.

    Falls short of `lufs` only where 18 dB of limiting would be needed. Silence is left alone.
    """
    scratch = np.empty_like(samples)
    start = integrated(energies(samples))
    if math.isinf(start):
        return 1.0, start
    gain_db, reached, slope = lufs - start, start, 1.0
    step = 1.0
    for turn in range(20):
        used_db = gain_db
        apply(samples, curve(peak, 10 ** (used_db / 20), ceiling), scratch)
        before, reached = reached, integrated(energies(scratch))
        missing = lufs - reached
        if abs(missing) <= tolerance_lu or (missing > 0 and gain_db >= lufs - start + _DEEPEST_DB):
            break
        if turn and reached > before:
            slope = min(1.0, max(0.15, (reached - before) / step))
        step = missing / slope
        gain_db = min(lufs - start + _DEEPEST_DB, gain_db + step)
    return 10 ** (used_db / 20), reached


def warm() -> None:
    """Compile the kernels."""
    sound = np.full((4800, 2), 0.1, dtype=np.float32)
    fit(sound, peaks(sound), -14, 0.8)
