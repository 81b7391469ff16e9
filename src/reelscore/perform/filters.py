"""Second-order filters in cascade, and the usual equaliser curves.

Coefficients follow R. Bristow-Johnson's "Cookbook formulae for audio EQ biquad filter coefficients": rows of
(b0, b1, b2, a1, a2) with a0 = 1, float64. Sound is filtered in place: float32, (frames, 2).
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from reelscore.values.sound import SAMPLE_RATE, Samples

Biquad = NDArray[np.float64]
PASS: Biquad = np.array([1.0, 0.0, 0.0, 0.0, 0.0])


def _normal(b: tuple[float, float, float], a: tuple[float, float, float]) -> Biquad:
    return np.array([b[0], b[1], b[2], a[1], a[2]]) / a[0]


def _angle(hertz: float) -> tuple[float, float]:
    w = 2 * math.pi * min(hertz, 0.49 * SAMPLE_RATE) / SAMPLE_RATE
    return math.cos(w), math.sin(w)


def high_pass(hertz: float, q: float = 0.7071) -> Biquad:
    """12 dB an octave below `hertz`."""
    c, s = _angle(hertz)
    alpha = s / (2 * q)
    return _normal(((1 + c) / 2, -(1 + c), (1 + c) / 2), (1 + alpha, -2 * c, 1 - alpha))


def low_pass(hertz: float, q: float = 0.7071) -> Biquad:
    """12 dB an octave above `hertz`."""
    c, s = _angle(hertz)
    alpha = s / (2 * q)
    return _normal(((1 - c) / 2, 1 - c, (1 - c) / 2), (1 + alpha, -2 * c, 1 - alpha))


def band_pass(hertz: float, q: float) -> Biquad:
    """Unity gain at `hertz`; 1 - x times this is a bell cut."""
    c, s = _angle(hertz)
    alpha = s / (2 * q)
    return _normal((alpha, 0.0, -alpha), (1 + alpha, -2 * c, 1 - alpha))


def bell(hertz: float, gain_db: float, q: float) -> Biquad:
    """A peak or a dip."""
    c, s = _angle(hertz)
    a, alpha = 10 ** (gain_db / 40), s / (2 * q)
    return _normal((1 + alpha * a, -2 * c, 1 - alpha * a), (1 + alpha / a, -2 * c, 1 - alpha / a))


def high_shelf(hertz: float, gain_db: float) -> Biquad:
    """Everything above `hertz` up or down, with the gentlest slope that does not overshoot."""
    return _shelf(hertz, gain_db, 1.0)


def low_shelf(hertz: float, gain_db: float) -> Biquad:
    """Everything below `hertz` up or down."""
    return _shelf(hertz, gain_db, -1.0)


def _shelf(hertz: float, gain_db: float, side: float) -> Biquad:
    c, s = _angle(hertz)
    a = 10 ** (gain_db / 40)
    beta = 2 * math.sqrt(a) * s / 2 * math.sqrt(2)
    k = side * c
    b = (
        a * ((a + 1) + (a - 1) * k + beta),
        -2 * side * a * ((a - 1) + (a + 1) * k),
        a * ((a + 1) + (a - 1) * k - beta),
    )
    d = ((a + 1) - (a - 1) * k + beta, 2 * side * ((a - 1) - (a + 1) * k), (a + 1) - (a - 1) * k - beta)
    return _normal(b, d)


@njit(cache=True, nogil=True)
def silent(x, start, end):  # type: ignore[no-untyped-def]
    """Is this stretch of a stereo array all zeros?"""
    n = start
    while n < end and x[n, 0] == 0.0 and x[n, 1] == 0.0:
        n += 1
    return n == end


@njit(cache=True, nogil=True, fastmath=True)
def _pair(x, f, g):  # type: ignore[no-untyped-def]
    """Two biquads in series on both channels, in place. Blocks of silence after silence are passed over."""
    a0, a1, a2, a3, a4 = f[0], f[1], f[2], f[3], f[4]
    b0, b1, b2, b3, b4 = g[0], g[1], g[2], g[3], g[4]
    lp = lq = lu = lv = rp = rq = ru = rv = 0.0
    frames = x.shape[0]
    for start in range(0, frames, 256):
        end = min(frames, start + 256)
        loud = abs(lp) + abs(lq) + abs(lu) + abs(lv) + abs(rp) + abs(rq) + abs(ru) + abs(rv) > 1e-9
        if not loud and silent(x, start, end):
            lp = lq = lu = lv = rp = rq = ru = rv = 0.0
            continue
        for n in range(start, end):
            v = np.float64(x[n, 0])
            y = a0 * v + lp
            lp = a1 * v - a3 * y + lq
            lq = a2 * v - a4 * y
            z = b0 * y + lu
            lu = b1 * y - b3 * z + lv
            lv = b2 * y - b4 * z
            x[n, 0] = z
            v = np.float64(x[n, 1])
            y = a0 * v + rp
            rp = a1 * v - a3 * y + rq
            rq = a2 * v - a4 * y
            z = b0 * y + ru
            ru = b1 * y - b3 * z + rv
            rv = b2 * y - b4 * z
            x[n, 1] = z


def equalise(samples: Samples, *bands: Biquad) -> None:
    """Run these filters over the sound, in place."""
    for first in range(0, len(bands), 2):
        _pair(samples, bands[first], bands[first + 1] if first + 1 < len(bands) else PASS)


def response_db(bands: tuple[Biquad, ...], hertz: NDArray[np.float64]) -> NDArray[np.float64]:
    """Gain of the cascade at these frequencies."""
    z = np.exp(-2j * np.pi * hertz / SAMPLE_RATE)
    total = np.zeros(len(hertz))
    for b0, b1, b2, a1, a2 in bands:
        total += 20 * np.log10(np.abs((b0 + b1 * z + b2 * z * z) / (1 + a1 * z + a2 * z * z)) + 1e-12)
    return total


def warm() -> None:
    """Compile the kernel."""
    equalise(np.zeros((64, 2), dtype=np.float32), PASS)
