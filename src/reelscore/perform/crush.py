"""The grit of an early sampler: fewer bits and a lower rate, held without smoothing (12 bits at 26 kHz: 1987)."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from reelscore.values.sound import SAMPLE_RATE, Samples

_FULL_SCALE = 0.5  # the level that uses all bits: drums before the mixer stay below it


def crush(out: Samples, bits: float, hertz: float) -> None:
    """Reduce `out` (frames, 2) in place to this many bits, at this rate (0: every frame)."""
    _crush(out, 2.0 ** (bits - 1) / _FULL_SCALE, min(1.0, hertz / SAMPLE_RATE) if hertz else 1.0)


@njit(cache=True, nogil=True)
def _crush(out: NDArray[np.float32], steps: float, rate: float) -> None:
    phase = 1.0
    left = right = 0.0
    for i in range(out.shape[0]):
        if phase >= 1.0:
            phase -= 1.0
            left = np.rint(out[i, 0] * steps) / steps
            right = np.rint(out[i, 1] * steps) / steps
        phase += rate
        out[i, 0] = left
        out[i, 1] = right


def warm() -> None:
    """Compile the kernel (or load it)."""
    crush(np.zeros((4, 2), np.float32), 12, 26040)
