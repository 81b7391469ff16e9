"""What struck and shaken sounds are made of: bursts of shaped noise, thickets of metal, ringing and falling tones.

Each helper adds to a line of sound (float64, mono) and works only as long as its own decay is heard, so a click costs
a click's time. Noise is shaped in the Fourier domain; lengths are rounded up to ones that transform quickly.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from reelscore.values.sound import SAMPLE_RATE

Wave = NDArray[np.float64]
Chance = np.random.Generator

_HEARD = 7.0  # time constants until a decay is 60 dB down


def fast_length(frames: int) -> int:
    """The next 2, 3, 5 or 9 times a power of two."""
    power = 1 << max(4, frames - 1).bit_length()
    return next(size for size in (power * 9 // 16, power * 5 // 8, power * 3 // 4, power) if size >= frames)


def frequencies(size: int) -> Wave:
    """Hz of the bins of a real transform of this size."""
    return np.arange(size // 2 + 1, dtype=np.float64) * (SAMPLE_RATE / size)


def band_noise(chance: Chance, frames: int, low_hz: float, high_hz: float, slope_db: float = 0.0) -> Wave:
    """Noise between two frequencies (soft edges), tilted by `slope_db` an octave, RMS 1."""
    import scipy.fft  # here, so that it is loaded while others play

    size = fast_length(frames)
    spectrum = scipy.fft.rfft(chance.standard_normal(size, dtype=np.float32))
    f = frequencies(size).astype(np.float32) + np.float32(1e-3)
    low, high = np.square(low_hz / f), np.square(f / high_hz)  # products, for numpy's power is slow
    gain = 1 / np.sqrt((1 + low * low) * (1 + high * high * high))
    if slope_db:
        gain *= (f / 1000) ** (slope_db / 6.02)
    wave = scipy.fft.irfft(spectrum * gain, size)[:frames].astype(np.float64)
    return np.asarray(wave / (np.sqrt(np.mean(wave**2)) + 1e-9))


def metal_noise(chance: Chance, frames: int, low_hz: float, high_hz: float, grain: float) -> Wave:
    """Noise whose spectrum is a thicket of peaks (`grain` 0 smooth .. 1 clangy), RMS 1."""
    import scipy.fft  # here, so that it is loaded while others play

    size = fast_length(frames + 2400)
    f = frequencies(size)
    peaks = np.zeros(len(f))
    for centre in low_hz * (high_hz / low_hz) ** np.sort(chance.random(70)):
        at = int(centre / SAMPLE_RATE * size)
        peaks[max(0, at - 2) : at + 3] += (0.4 + chance.random()) * 9
    low, high = np.square(low_hz / (f + 1)), np.square(f / high_hz)
    gain = ((1 - grain) + grain * peaks) / np.sqrt((1 + low * low * low) * (1 + np.square(high * high)))
    phases = np.exp(np.complex64(2j * np.pi) * chance.random(len(f), dtype=np.float32))
    wave = scipy.fft.irfft(gain.astype(np.float32) * phases, size)[:frames].astype(np.float64)
    return np.asarray(wave / (np.sqrt(np.mean(wave**2)) + 1e-9))


def _decay(frames: int, decay_s: float) -> Wave:
    return np.asarray(np.exp(np.arange(frames) * (-1 / (decay_s * SAMPLE_RATE))))


def _reach(out: Wave, decay_s: float) -> int:
    return max(1, min(len(out), round(decay_s * _HEARD * SAMPLE_RATE)))


def burst(
    out: Wave, chance: Chance, low_hz: float, high_hz: float, decay_s: float, level: float,
    slope_db: float = 0.0, attack_s: float = 0.0,
) -> None:  # fmt: skip
    """Add a burst of band noise that decays exponentially."""
    frames = _reach(out, decay_s)
    wave = band_noise(chance, frames, low_hz, high_hz, slope_db) * _decay(frames, decay_s) * level
    if attack_s > 0:
        rise = min(frames, max(1, round(attack_s * SAMPLE_RATE)))
        wave[:rise] *= np.linspace(0, 1, rise)
    out[:frames] += wave


def clang(out: Wave, chance: Chance, low_hz: float, high_hz: float, grain: float, decay_s: float, level: float) -> None:
    """Add metal that decays exponentially."""
    frames = _reach(out, decay_s)
    out[:frames] += metal_noise(chance, frames, low_hz, high_hz, grain) * _decay(frames, decay_s) * level


@njit(cache=True, nogil=True, fastmath=True)
def _ring(out, start, end, fall, decay, hold, level, phase):  # type: ignore[no-untyped-def]
    """Add level * sin(phase), frequency falling from start to end, amplitude exp(-(t - hold) / decay) after hold."""
    rate = 48000.0
    bend = math.exp(-1.0 / (fall * rate))
    fade = math.exp(-1.0 / (decay * rate))
    extra = start - end
    amplitude = level
    turn = phase
    still = hold * rate
    for n in range(out.shape[0]):
        out[n] += amplitude * math.sin(turn)
        turn += 6.283185307179586 * (end + extra) / rate
        extra *= bend
        if n >= still:
            amplitude *= fade
            if abs(amplitude) < 1e-4:
                break


def ring(
    out: Wave, start_hz: float, end_hz: float, fall_s: float, decay_s: float, level: float = 1.0,
    phase: float = 0.0, hold_s: float = 0.0,
) -> None:  # fmt: skip
    """Add a tone that falls in pitch within about `fall_s` and dies within `decay_s` (time constants)."""
    _ring(out, float(start_hz), float(end_hz), float(fall_s), float(decay_s), float(hold_s), float(level), float(phase))


def warm() -> None:
    """Compile the kernel."""
    ring(np.zeros(16), 2.0, 1.0, 0.1, 0.1)
