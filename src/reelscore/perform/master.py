"""Mastering: from the sum of the stems to the finished music at its loudness.

Rumble filter -> tone towards the balance of released music (broad bells, at most a few dB) -> glue compression ->
a slow hand on the fader where the piece is wider than 7 LU -> a little warmth -> true-peak limiting to the target.
Length is exact; the last 50 ms fade to nothing; what is silent stays silent.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numba import njit
from numpy.typing import NDArray

from reelscore.perform.filters import Biquad, bell, equalise, high_pass, high_shelf, low_shelf, response_db
from reelscore.perform.limiter import apply, curve, fit, peaks
from reelscore.perform.loop import around, cut
from reelscore.values.brief import LoudnessTarget
from reelscore.values.levels import MasterLevel
from reelscore.values.loudness import energies, loudness_range, lufs, measure, true_peak_dbtp
from reelscore.values.score import Colour
from reelscore.values.sound import SAMPLE_RATE, Loudness, Samples

CODEC_MARGIN_DB = 0.9
"""Lossy encoders overshoot: the limiter stops this far below the target's ceiling."""
FADE_S = 0.05
WIDEST_LU = 7.0

# Spectrum of released instrumental music: level per octave band re 1 kHz, dB (our measurement, many genres averaged).
_BANDS_HZ = (44.0, 88.0, 177.0, 354.0, 707.0, 1414.0, 2828.0, 5657.0, 11_314.0)
_BALANCE_DB = (5.4, 5.4, 5.0, 5.0, -1.3, -4.6, -6.4, -9.4)
# What bands of wood and wire, and what machines, have more of than the mean; the low end of guitars stays warm.
_WOOD_DB = (-2.5, 5.5, 1.8, -0.8, -0.8, -0.6, -1.0, -0.5)
_MACHINES_DB = (3.2, -1.8, -3.8, -1.1, -0.9, 1.2, 1.6, 0.8)
_AIR_DB = -5.5  # 11 to 20 kHz, re the octave below
_REACH_DB = 5.0
_SIZE = 8192


def _spectrum(samples: Samples) -> NDArray[np.float64]:
    """Mean power of a channel per Fourier bin, scaled so that the sum of all is the mean square."""
    count = max(1, min(160, len(samples) // _SIZE))
    power = np.zeros(_SIZE // 2 + 1)
    window = np.hanning(_SIZE).astype(np.float32)
    for i in range(count):
        first = int((len(samples) - _SIZE) * (i + 0.5) / count) if len(samples) > _SIZE else 0
        block = samples[first : first + _SIZE] * window[: len(samples), None]
        power += (np.abs(np.fft.rfft(block, _SIZE, axis=0)) ** 2).sum(axis=1)
    return np.asarray(power * (1 / count / _SIZE / float((window**2).sum())))


def balance_db(samples: Samples) -> NDArray[np.float64]:
    """Mean level of eight octave bands (62 Hz to 8 kHz), dB re their average; zeros for silence."""
    power = _spectrum(samples)
    f = np.arange(len(power)) * (SAMPLE_RATE / _SIZE)
    bands = [power[(f >= low) & (f < high)].sum() for low, high in pairwise(_BANDS_HZ)]
    if max(bands) < 1e-14:
        return np.zeros(len(bands))
    level = 10 * np.log10(np.array(bands) + max(bands) * 1e-7)
    return np.asarray(level - level.mean())


def tone(samples: Samples, colour: Colour) -> tuple[Biquad, ...]:
    """Broad corrections towards the balance of released music, tilted by the colour's brightness."""
    want = np.array(_BALANCE_DB) - np.mean(_BALANCE_DB)
    centres = np.sqrt(np.array(_BANDS_HZ[:-1]) * np.array(_BANDS_HZ[1:]))
    want += (colour.brightness - 0.5) * 1.2 * np.log2(centres / 700) - 2.0 * colour.lofi * (centres > 4000)
    wood = 2 * colour.body - 1
    want += abs(wood) * np.array(_WOOD_DB if wood > 0 else _MACHINES_DB)
    miss = want - balance_db(samples)
    miss -= np.median(miss)
    gains = np.clip(0.9 * miss, -_REACH_DB, _REACH_DB)
    bells = [bell(float(f), float(g), 1.2) for f, g in zip(centres[1:-1], gains[1:-1], strict=True)]
    return (high_pass(28), low_shelf(75, float(gains[0])), *bells, high_shelf(5600, float(gains[-1])))


@njit(cache=True, nogil=True, fastmath=True)
def _excite(x, high, air, amount, drive):  # type: ignore[no-untyped-def]
    """Add the upper harmonics of what lies above `high` (biquad), kept above `air` (biquad)."""
    a0, a1, a2, a3, a4 = high[0], high[1], high[2], high[3], high[4]
    b0, b1, b2, b3, b4 = air[0], air[1], air[2], air[3], air[4]
    for c in range(2):
        p = q = u = v = 0.0
        for n in range(x.shape[0]):
            s = np.float64(x[n, c])
            y = a0 * s + p
            p = a1 * s - a3 * y + q
            q = a2 * s - a4 * y
            d = y * drive
            d = (d + 0.6 * d * abs(d)) / (1.0 + abs(d) + d * d)
            z = b0 * d + u
            u = b1 * d - b3 * z + v
            v = b2 * d - b4 * z
            x[n, c] = s + amount * z


def excite(samples: Samples, colour: Colour, like: tuple[float, float] | None = None) -> tuple[float, float]:
    """Give a dull mix air, in place; amount and drive, as measured or as another take had them."""
    amount, drive = like or _missing_air(samples, colour)
    if amount > 0:
        _excite(samples, high_pass(4500), high_pass(8500), amount, drive)
    return amount, drive


def _missing_air(samples: Samples, colour: Colour) -> tuple[float, float]:
    """Amount and drive of the harmonics that give a dull mix air: of its own presence region, as much as released
    music has above 11 kHz."""
    level, air = _presence(samples)
    missing = _AIR_DB - air - 4 * colour.lofi + 2 * (colour.brightness - 0.5)
    if missing <= 1 or level < 1e-5:
        return 0.0, 0.0
    return 1.6 * min(1.0, missing / 12) * level, 0.5 / level


def _presence(samples: Samples) -> tuple[float, float]:
    """RMS of the 4 to 9 kHz region (of the loud parts), and the level of 11 to 20 kHz re the octave below in dB."""
    power = _spectrum(samples)
    f = np.arange(len(power)) * (SAMPLE_RATE / _SIZE)
    region = power[(f > 4000) & (f < 9000)].sum()
    below, top = (power[(f >= low) & (f < 2 * low)].sum() for low in (5657.0, 11_314.0))
    return float(np.sqrt(region)), float(10 * np.log10((top + 1e-12) / (below + 1e-12)))


@njit(cache=True, nogil=True, fastmath=True)
def _glue(x, threshold, ratio, warmth):  # type: ignore[no-untyped-def]
    """Stereo-linked soft-knee compression of the mean square (30 ms up, 150 ms down), then soft saturation."""
    up = math.exp(-8.0 / (0.030 * 48000.0))
    down = math.exp(-8.0 / (0.150 * 48000.0))
    level = 1e-12
    gain = 1.0
    target = 1.0
    for n in range(x.shape[0]):
        u = np.float64(x[n, 0])
        v = np.float64(x[n, 1])
        if n % 8 == 0:
            power = 0.5 * (u * u + v * v)
            k = up if power > level else down
            level = power + (level - power) * k
            over = 10.0 * math.log10(level + 1e-12) - threshold
            if over <= -3.0:
                target = 1.0
            else:
                knee = over if over >= 3.0 else (over + 3.0) * (over + 3.0) / 12.0
                target = 10.0 ** (-knee * (1.0 - 1.0 / ratio) / 20.0)
        gain += (target - gain) * 0.02
        u *= gain
        v *= gain
        if warmth > 0.0:
            c = min(3.0, max(-3.0, u * warmth))
            u = c * (27.0 + c * c) / (27.0 + 9.0 * c * c) / warmth
            c = min(3.0, max(-3.0, v * warmth))
            v = c * (27.0 + c * c) / (27.0 + 9.0 * c * c) / warmth
        x[n, 0] = u
        x[n, 1] = v


def _slow_hand(samples: Samples, widest_lu: float) -> NDArray[np.float64]:
    """Gain in dB for every 100 ms where the piece's loudness range is too wide: the slow part of the loudness is
    compressed. Empty where nothing need be done."""
    energy = energies(samples)
    found = loudness_range(energy)
    if found <= widest_lu:
        return np.zeros(0)
    window = np.hanning(42)
    smooth = np.convolve(energy, window / window.sum(), "same")
    level = np.maximum(10 * np.log10(smooth + 1e-12), 10 * math.log10(float(energy.max()) + 1e-12) - 24)
    anchor = float(np.percentile(level, 85))
    return np.asarray(np.clip((anchor - level) * (1 - widest_lu / found), -3, 12))


def _ride(samples: Samples, ride: NDArray[np.float64]) -> None:
    """Apply a gain in dB given every 100 ms."""
    if not len(ride):
        return
    times = (np.arange(len(ride)) + 0.5) * (SAMPLE_RATE // 10)
    for first in range(0, len(samples), 1 << 20):
        block = samples[first : first + (1 << 20)]
        gain = 10 ** (np.interp(np.arange(first, first + len(block)), times, ride) / 20)
        block *= gain.astype(np.float32)[:, None]


def fade_out(samples: Samples) -> None:
    """The last 50 ms to nothing, in place: however the music rings, the file ends without a click."""
    length = min(len(samples), round(FADE_S * SAMPLE_RATE))
    if length:
        samples[-length:] *= (np.cos(np.linspace(0, math.pi, length)) * 0.5 + 0.5).astype(np.float32)[:, None]


def finish(samples: Samples, target: LoudnessTarget, fade: bool = True) -> Loudness:
    """Fade, limit and bring to the target, in place; what was reached. Silence stays silence."""
    if fade:
        fade_out(samples)
    return _limit(samples, target, None)[0]


def _limit(samples: Samples, target: LoudnessTarget, like: MasterLevel | None) -> tuple[Loudness, float, float]:
    """Limit to the target, or with the gains of another take; what was reached, the gain and the trim (linear)."""
    ceiling_db = target.true_peak_dbtp - CODEC_MARGIN_DB
    ceiling = 10 ** (ceiling_db / 20)
    peak = peaks(samples)
    gain = like.gain if like else fit(samples, peak, target.lufs, ceiling)[0]
    apply(samples, curve(peak, gain, ceiling), samples)
    reached, trim = measure(samples), like.trim if like else 1.0
    if reached.true_peak_dbtp > ceiling_db + 0.1 and not like:
        trim = 10 ** ((ceiling_db - reached.true_peak_dbtp) / 20)
    if trim != 1.0:
        samples *= np.float32(trim)
        reached = measure(samples)
    return reached, gain, trim


@dataclass(frozen=True, slots=True)
class Mastered:
    """The finished music, its loudness, and how it was made (None: it is silence)."""

    samples: Samples
    loudness: Loudness
    level: MasterLevel | None


def master(
    unmastered: Samples,
    colour: Colour,
    target: LoudnessTarget,
    like: MasterLevel | None = None,
    loop: bool = False,
) -> Mastered:
    """The finished music, a new array of the same length. `like`: the settings of another take instead of measured
    ones; `loop`: it goes round, so nothing fades and every filter is already under way at the first sample."""
    samples = around(unmastered) if loop else unmastered.copy()
    filters = tuple(np.array(one) for one in like.tone) if like else tone(samples, colour)
    equalise(samples, *filters)
    loudness = measure_level(samples)
    if math.isinf(loudness):
        return Mastered(samples[: len(unmastered)], Loudness(-math.inf, 0.0, true_peak_dbtp(samples)), None)
    ride = np.array(like.ride_db) if like else _slow_hand(samples, WIDEST_LU)
    _ride(samples, ride)
    added = excite(samples, colour, like.excite if like else None)
    glue_db = like.glue_db if like else loudness + 1.0
    _glue(samples, glue_db, 1.7, 0.0)
    if not loop:
        fade_out(samples)
    reached, gain, trim = _limit(samples, target, like)
    level = MasterLevel(
        tuple(tuple(float(v) for v in one) for one in filters),
        tuple(float(v) for v in ride),
        (float(added[0]), float(added[1])),
        float(glue_db),
        float(gain),
        float(trim),
    )
    if loop:
        samples = cut(samples)
        reached = measure(samples)
    return Mastered(samples, reached, level)


def measure_level(samples: Samples) -> float:
    """Mean loudness of what sounds, ungated but for silence: the glue's threshold follows it."""
    energy = energies(samples)
    energy = energy[energy > 1e-8]
    return lufs(float(energy.mean())) if len(energy) else -math.inf


def warm() -> None:
    """Compile the kernels."""
    sound = np.zeros((64, 2), dtype=np.float32)
    _glue(sound, -20.0, 2.0, 0.5)
    _excite(sound, high_pass(4500), high_pass(8500), 0.1, 1.0)


__all__ = ["balance_db", "fade_out", "finish", "master", "response_db", "tone", "warm"]
