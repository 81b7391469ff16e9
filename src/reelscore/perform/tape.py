"""The colour of an old machine: speed that wanders, a narrow band, hiss.

Wow and flutter move the read position around the true time (never late or early on the whole), so hits stay where
they are to within two milliseconds. Everything but the hiss is linear: stems treated alike still sum to the mix.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from reelscore.perform.filters import Biquad, equalise, high_pass, low_pass
from reelscore.perform.loop import BEFORE, around, cut
from reelscore.values.chance import bits
from reelscore.values.sound import SAMPLE_RATE, Samples

_RATES_HZ = np.array([0.55, 0.83, 6.3])


@njit(cache=True, nogil=True, fastmath=True)
def _wander(x, wow, flutter, phase, rates, first):  # type: ignore[no-untyped-def]
    """Read at n + wow(n) + flutter(n) samples, four-point interpolation, in place through a ring of copies. `rates`:
    Hz of the two parts of the wow and of the flutter; `first`: the time of the first sample, in samples."""
    frames = x.shape[0]
    reach = int(abs(wow) + abs(flutter)) + 4
    ring = np.zeros((4096, 2), dtype=np.float32)
    for n in range(-reach, frames):
        ahead = n + reach
        if ahead < frames:
            ring[ahead & 4095, 0] = x[ahead, 0]
            ring[ahead & 4095, 1] = x[ahead, 1]
        else:
            ring[ahead & 4095, 0] = 0.0
            ring[ahead & 4095, 1] = 0.0
        if n < 0:
            continue
        t = 6.283185307179586 * (n + first) / 48000.0
        shift = wow * (0.7 * math.sin(rates[0] * t + phase) + 0.3 * math.sin(rates[1] * t + 2.0 * phase))
        shift += flutter * math.sin(rates[2] * t + 3.0 * phase)
        whole = math.floor(shift)
        f = np.float32(shift - whole)
        k = n + int(whole)
        for c in range(2):
            a = ring[(k - 1) & 4095, c]
            b = ring[k & 4095, c]
            d = ring[(k + 1) & 4095, c]
            e = ring[(k + 2) & 4095, c]
            x[n, c] = b + np.float32(0.5) * f * (
                d - a + f * (np.float32(2.0) * a - np.float32(5.0) * b + np.float32(4.0) * d - e
                             + f * (np.float32(3.0) * (b - d) + e - a))
            )  # fmt: skip


def age(samples: Samples, amount: float, seed: int, loop: bool = False) -> None:
    """Play the sound from an old tape, in place; `amount` 0 (new) .. 1 (worn). The tape of a `loop` goes round: its
    speed wanders a whole number of times."""
    if amount <= 0 or not len(samples):
        return
    phase = (bits(seed, "tape") % 6283) / 1000
    cents = 0.000577789 * 48_000 / (2 * math.pi)  # samples of swing for one cent at 1 Hz
    swing = 11 * amount * cents / 0.6, 2.2 * amount * cents / 6.3
    if not loop:
        _wander(samples, *swing, phase, _RATES_HZ, 0)
        equalise(samples, *_band(amount))
        return
    length_s = len(samples) / SAMPLE_RATE
    extended = around(samples)
    _wander(extended, *swing, phase, np.maximum(1, np.round(_RATES_HZ * length_s)) / length_s, -BEFORE)
    equalise(extended, *_band(amount))
    samples[:] = cut(extended)


def _band(amount: float) -> tuple[Biquad, ...]:
    return high_pass(30 + 45 * amount, 0.6), low_pass(17_000 - 7_500 * amount, 0.6)


def hiss(frames: int, amount: float, seed: int) -> Samples:
    """Tape hiss at about -66 dBFS for a worn tape, shape (frames, 2)."""
    chance = np.random.default_rng(bits(seed, "hiss"))
    loop = chance.standard_normal((min(frames, 1 << 18), 2), dtype=np.float32) * np.float32(0.0006 * amount)
    equalise(loop, high_pass(1200, 0.5), low_pass(9000, 0.6))
    return np.resize(loop, (frames, 2)) if frames else loop


def warm() -> None:
    """Compile the kernel."""
    age(np.zeros((64, 2), dtype=np.float32), 0.5, 1)
