"""Holds sound below a ceiling by a smooth gain that looks ahead and behind, and has no memory.

The gain at a sample is the mean, weighted by a Hann window, of the least gains that any peak nearby needs; so it is
never above what the sample itself needs, and the same wherever a block begins.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from reelscore.values.sound import Samples


def limited(sound: Samples, look: int, ceiling: float) -> Samples:
    """What lies `2 * look` samples inside both ends, nowhere above the ceiling."""
    out = np.empty((max(0, len(sound) - 4 * look), 2), np.float32)
    _limit(np.ascontiguousarray(sound), look, ceiling, out)
    return out


@njit(cache=True, nogil=True)
def _limit(sound, look, ceiling, out):  # type: ignore[no-untyped-def]
    """out[n] = sound[n + 2 look] times a smooth gain that keeps it below the ceiling."""
    length = sound.shape[0]
    least = np.ones(length)
    over = False
    for n in range(length):
        peak = max(abs(sound[n, 0]), abs(sound[n, 1]))
        if peak > ceiling:
            least[n] = ceiling / peak
            over = True
    if not over:
        for n in range(out.shape[0]):
            out[n, 0] = sound[n + 2 * look, 0]
            out[n, 1] = sound[n + 2 * look, 1]
        return
    lowest = np.ones(length)
    for n in range(length):
        if least[n] < 1.0:
            for k in range(max(0, n - look), min(length, n + look + 1)):
                lowest[k] = min(lowest[k], least[n])
    weights = np.empty(2 * look + 1)
    total = 0.0
    for k in range(2 * look + 1):
        weights[k] = 0.5 - 0.5 * np.cos(2.0 * np.pi * (k + 1) / (2 * look + 2))
        total += weights[k]
    for n in range(out.shape[0]):
        middle = n + 2 * look
        bent = 0.0
        for k in range(2 * look + 1):
            bent += weights[k] * (1.0 - lowest[middle - look + k])
        gain = np.float32(1.0 - bent / total)
        out[n, 0] = sound[middle, 0] * gain
        out[n, 1] = sound[middle, 1] * gain
