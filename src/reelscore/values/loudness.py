"""Loudness and true peak as broadcasters measure them.

* Integrated loudness: ITU-R BS.1770-4 (K-weighting, 400 ms blocks every 100 ms, gates at -70 LUFS and -10 LU).
* Loudness range: EBU Tech 3342 (3 s blocks every second, gates at -70 LUFS and -20 LU, 10th to 95th percentile).
* True peak: BS.1770-4 annex 2, the largest magnitude after 4-fold oversampling.

Sound is float32, shape (frames, 2). Everything rests on one pass that gives the K-weighted energy of every 100 ms;
that curve is public, because mixing by loudness needs it too. Silence measures -inf.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numba import njit
from numpy.typing import NDArray

from reelscore.values.sound import SAMPLE_RATE, Loudness, Samples

Energies = NDArray[np.float64]

_ABSOLUTE_GATE_LUFS = -70.0
_TAPS = 12
_PHASES = 4


@lru_cache(maxsize=8)
def _k_weighting(rate: int) -> NDArray[np.float64]:
    """The two stages of the K filter, (b0 b1 b2 a1 a2) each: the standard's 48 kHz filters moved to any rate."""
    high = math.tan(math.pi * 1681.974450955533 / rate)
    gain, q = 10 ** (3.999843853973347 / 20), 0.7071752369554196
    band = gain**0.4996667741545416
    a0 = 1 + high / q + high * high
    shelf = [gain + band * high / q + high * high, 2 * (high * high - gain), gain - band * high / q + high * high]
    shelf += [2 * (high * high - 1), 1 - high / q + high * high]
    low = math.tan(math.pi * 38.13547087602444 / rate)
    q = 0.5003270373238773
    c0 = 1 + low / q + low * low
    cut = [1.0, -2.0, 1.0, 2 * (low * low - 1) / c0, (1 - low / q + low * low) / c0]
    return np.array([[c / a0 for c in shelf], cut])


@njit(cache=True, nogil=True, fastmath=True)
def _energies(samples, filters, block):  # type: ignore[no-untyped-def]
    """Mean K-weighted square of each whole block, both channels summed."""
    count = samples.shape[0] // block
    out = np.zeros(count)
    b0, b1, b2, a1, a2 = filters[0]
    d1, d2 = filters[1, 3], filters[1, 4]
    lp = lq = rp = rq = 0.0
    lu = lv = ru = rv = 0.0
    for i in range(count):
        total = 0.0
        if abs(lp) + abs(lq) + abs(rp) + abs(rq) + abs(lu) + abs(lv) + abs(ru) + abs(rv) < 1e-12:
            lp = lq = lu = lv = rp = rq = ru = rv = 0.0
            n = i * block
            while n < (i + 1) * block and samples[n, 0] == 0.0 and samples[n, 1] == 0.0:
                n += 1
            if n == (i + 1) * block:
                continue
        for n in range(i * block, (i + 1) * block):
            x = np.float64(samples[n, 0])
            y = b0 * x + lp
            lp = b1 * x - a1 * y + lq
            lq = b2 * x - a2 * y
            z = y + lu
            lu = -2.0 * y - d1 * z + lv
            lv = y - d2 * z
            total += z * z
            x = np.float64(samples[n, 1])
            y = b0 * x + rp
            rp = b1 * x - a1 * y + rq
            rq = b2 * x - a2 * y
            z = y + ru
            ru = -2.0 * y - d1 * z + rv
            rv = y - d2 * z
            total += z * z
        out[i] = total / block
    return out


def _interpolator() -> NDArray[np.float32]:
    """Windowed-sinc phases, shape (3, taps): the values at 1/4, 1/2 and 3/4 between two samples."""
    taps = np.arange(_TAPS) - (_TAPS // 2 - 1)
    phases = []
    for phase in range(1, _PHASES):
        x = taps - phase / _PHASES
        row = np.sinc(x) * np.cos(np.pi * x / (_TAPS + 1)) ** 2
        phases.append(row / row.sum())
    return np.array(phases, dtype=np.float32)


INTERPOLATOR = _interpolator()


@njit(cache=True, nogil=True, fastmath=True)
def _true_peak(channel, phases, start):  # type: ignore[no-untyped-def]
    """Largest magnitude between and at samples of a channel padded by 6 zeros at each end, or `start` if larger.

    Stretches that cannot hold a larger peak (magnitude times the filter's worst gain) are passed over.
    """
    taps = phases.shape[1]
    worst = np.float32(0.0)
    for p in range(phases.shape[0]):
        total = np.float32(0.0)
        for k in range(taps):
            total += abs(phases[p, k])
        worst = max(worst, total)
    peak = start
    row = np.empty(256, dtype=np.float32)
    last = channel.shape[0] - taps + 1
    for first in range(0, last, 256):
        length = min(256, last - first)
        local = np.float32(0.0)
        for n in range(first, first + length + taps - 1):
            local = max(local, abs(channel[n]))
        peak = max(peak, local)
        if local * worst <= peak:
            continue
        for p in range(phases.shape[0]):
            h = phases[p, 0]
            for n in range(length):
                row[n] = h * channel[first + n]
            for k in range(1, taps):
                h = phases[p, k]
                for n in range(length):
                    row[n] += h * channel[first + n + k]
            for n in range(length):
                peak = max(peak, abs(row[n]))
    return peak


def energies(samples: Samples, rate: int = SAMPLE_RATE) -> Energies:
    """K-weighted energy of every whole 100 ms: (blocks,), channels summed. `lufs(mean)` makes a loudness of it."""
    if len(samples) < rate // 10:
        return np.zeros(0)
    return np.asarray(_energies(samples, _k_weighting(rate), rate // 10))


def lufs(energy: float) -> float:
    """Loudness of a mean K-weighted energy; -inf for silence."""
    return -0.691 + 10 * math.log10(energy) if energy > 1e-14 else -math.inf


def _power(level: float) -> float:
    return float(10 ** ((level + 0.691) / 10))


def _sliding(energy: Energies, width: int, hop: int) -> Energies:
    """Mean energy of windows of `width` blocks every `hop` blocks."""
    if len(energy) < width:
        return np.zeros(0)
    sums = np.concatenate(([0.0], np.cumsum(energy)))
    return np.asarray((sums[width:] - sums[:-width])[::hop] / width)


def integrated(energy: Energies) -> float:
    """Gated integrated loudness in LUFS from the energies of 100 ms blocks."""
    blocks = _sliding(energy, 4, 1)
    blocks = blocks[blocks > _power(_ABSOLUTE_GATE_LUFS)]
    if not len(blocks):
        return -math.inf
    kept = blocks[blocks > blocks.mean() / 10]
    return lufs(float(kept.mean()))


def loudness_range(energy: Energies) -> float:
    """Loudness range in LU from the energies of 100 ms blocks; 0 when there is less than 3 s of sound."""
    blocks = _sliding(energy, 30, 10)
    blocks = blocks[blocks > _power(_ABSOLUTE_GATE_LUFS)]
    if not len(blocks):
        return 0.0
    kept = np.sort(blocks[blocks >= blocks.mean() / 100])
    low = kept[int((len(kept) - 1) * 0.10 + 0.5)]
    high = kept[int((len(kept) - 1) * 0.95 + 0.5)]
    return lufs(float(high)) - lufs(float(low))


def integrated_lufs(samples: Samples, rate: int = SAMPLE_RATE) -> float:
    """Integrated loudness alone."""
    return integrated(energies(samples, rate))


def true_peak_dbtp(samples: Samples) -> float:
    """The largest inter-sample magnitude in dB of full scale; -inf for silence."""
    peak = np.float32(0.0)
    margin = np.zeros(_TAPS // 2, dtype=np.float32)
    for channel in range(samples.shape[1]):
        peak = _true_peak(np.concatenate((margin, samples[:, channel], margin)), INTERPOLATOR, np.float32(peak))
    return 20 * math.log10(float(peak)) if peak > 1e-9 else -math.inf


def measure(samples: Samples, rate: int = SAMPLE_RATE) -> Loudness:
    """Integrated loudness, loudness range and true peak of stereo sound, shape (frames, 2)."""
    energy = energies(samples, rate)
    return Loudness(integrated(energy), loudness_range(energy), true_peak_dbtp(samples))


def warm() -> None:
    """Compile what is compiled, so that the first real measurement is as quick as the rest."""
    measure(np.zeros((SAMPLE_RATE, 2), dtype=np.float32))
