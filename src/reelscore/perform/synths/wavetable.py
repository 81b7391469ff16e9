"""Single cycles without aliasing: wavetables whose harmonics stop below half the sample rate.

A wave is stored once per half octave; each table holds the harmonics that fit under 20 kHz at the top of its half
octave, the last ones tapered. Tables are float32, shape (levels, SIZE + 1); the extra sample repeats the first, so
linear interpolation needs no wrap. `level_of` picks the row for a pitch.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

SIZE = 4096
_LOWEST_HZ = 20.0
_LEVELS = 20
_TOP_HZ = 20_000.0

WAVES = ("sine", "triangle", "saw", "square", "pulse", "soft saw", "reed", "stepped triangle")
"""The settings' `wave` is an index into this list."""


def _stepped_triangle() -> NDArray[np.complex128]:
    """Harmonics of a triangle in 32 steps of 16 levels, as game consoles of 1983 drew it."""
    levels = np.concatenate((np.arange(15, -1, -1), np.arange(16))) / 7.5 - 1.0
    return np.asarray(np.fft.rfft(np.repeat(levels, 256)) / 4096, dtype=np.complex128)


_STEPPED = _stepped_triangle()


def _strengths(wave: str, harmonics: NDArray[np.float64]) -> NDArray[np.complex128]:
    """Amplitude (and sign or phase) of each harmonic, as the coefficient of exp(ikx)."""
    k = harmonics
    odd = (k % 2).astype(float)
    if wave == "sine":
        shape = np.where(k == 1, -1j, 0)
    elif wave == "triangle":
        shape = odd * np.where(k % 4 == 1, 1, -1) / k**2 * (-8j / math.pi**2)
    elif wave == "saw":
        shape = -1j * (2 / math.pi) / k
    elif wave == "square":
        shape = -1j * (4 / math.pi) * odd / k
    elif wave == "pulse":
        shape = (2 / (math.pi * k)) * np.sin(math.pi * k * 0.22) * np.exp(-1j * math.pi * k * 0.22)
    elif wave == "soft saw":
        shape = -1j * (2 / math.pi) / k**1.35
    elif wave == "stepped triangle":
        shape = _STEPPED[np.minimum(k.astype(np.int64), len(_STEPPED) - 1)]
    else:  # reed
        shape = -1j * (odd + 0.25 * (1 - odd)) / k**0.9 / (1 + (k / 9) ** 2)
    return np.asarray(shape, dtype=np.complex128)


@lru_cache(maxsize=16)
def tables(wave: str) -> NDArray[np.float32]:
    """All levels of a wave, shape (levels, SIZE + 1)."""
    rows = np.zeros((_LEVELS, SIZE + 1), dtype=np.float32)
    for level in range(_LEVELS):
        top = _LOWEST_HZ * 2 ** ((level + 1) / 2)
        count = max(1, min(SIZE // 2 - 1, int(_TOP_HZ / top)))
        k = np.arange(1, count + 1, dtype=np.float64)
        taper = np.clip((1.0 - k / (count + 1)) * 8, 0, 1) if count > 8 else np.ones(count)
        spectrum = np.zeros(SIZE // 2 + 1, dtype=np.complex128)
        spectrum[1 : count + 1] = _strengths(wave, k) * taper * (SIZE / 2)
        rows[level, :SIZE] = np.fft.irfft(spectrum, SIZE)
        rows[level, SIZE] = rows[level, 0]
    return rows


def level_of(hertz: float) -> int:
    """The row whose harmonics fit a note of this frequency."""
    return min(_LEVELS - 1, max(0, math.floor(2 * math.log2(max(hertz, 1.0) / _LOWEST_HZ))))


def hertz(pitch: float) -> float:
    """Frequency of a MIDI pitch, A4 = 69 = 440 Hz."""
    return float(440.0 * 2 ** ((pitch - 69) / 12))
