"""Sound at another rate or speed: windowed-sinc interpolation at exact places.

What sample `m` of the result is depends on `m` alone: it lies at `first + m * step` in the source, one multiplication
in double precision (exact to a millionth of a sample after twelve hours), so nothing drifts and blocks join without a
seam. Speeding up lowers the cut-off, so that nothing folds back (J. O. Smith, Digital Audio Resampling, 2002).
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil, floor

import numpy as np
from numba import njit
from numpy.typing import NDArray

from reelscore.values.sound import Samples

_ZEROS = 16  # zero crossings of the sinc on each side
_PHASES = 512
_BETA = 9.0  # of the Kaiser window
_PASS = 0.955  # of the lower of both Nyquist frequencies


@lru_cache(maxsize=16)
def _table(step: float) -> NDArray[np.float32]:
    """Filter rows for places between samples, shape (_PHASES + 1, taps)."""
    cut = _PASS / max(1.0, step)
    half = ceil(_ZEROS / cut)
    offsets = np.arange(-half + 1, half + 1)[None, :] - np.arange(_PHASES + 1)[:, None] / _PHASES
    inside = np.clip(1 - (offsets * cut / _ZEROS) ** 2, 0, None)
    rows = np.sinc(offsets * cut) * np.i0(_BETA * np.sqrt(inside)) * (inside > 0)
    return np.asarray(rows / rows.sum(axis=1, keepdims=True), np.float32)


@njit(cache=True, nogil=True, fastmath=True)
def _interpolate(source, start, first, step, begin, table, out):  # type: ignore[no-untyped-def]
    """out[i] = source at first + (begin + i) * step; `start` is the index of source[0]."""
    taps = table.shape[1]
    half = taps // 2
    phases = table.shape[0] - 1
    for i in range(out.shape[0]):
        place = first + np.float64(begin + i) * step
        whole = np.int64(np.floor(place))
        phase = (place - np.float64(whole)) * phases
        low = np.int64(phase)
        share = np.float32(phase - np.float64(low))
        row, following = table[low], table[min(low + 1, phases)]
        at = whole - half + 1 - start
        left = right = np.float32(0.0)
        for k in range(taps):
            weight = row[k] + (following[k] - row[k]) * share
            left += weight * source[at + k, 0]
            right += weight * source[at + k, 1]
        out[i, 0] = left
        out[i, 1] = right


def reach(first: float, step: float, begin: int, count: int) -> tuple[int, int]:
    """The source samples that `interpolated` looks at: [low, high)."""
    half = _table(step).shape[1] // 2
    return floor(first + begin * step) - half, ceil(first + (begin + count) * step) + half + 2


def interpolated(source: Samples, start: int, first: float, step: float, begin: int, count: int) -> Samples:
    """Samples begin .. begin + count - 1 of the result; `source` holds what `reach` says, from index `start`."""
    out = np.empty((count, 2), np.float32)
    _interpolate(np.ascontiguousarray(source), start, first, step, begin, _table(step), out)
    return out
