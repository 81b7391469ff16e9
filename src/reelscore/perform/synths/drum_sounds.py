"""Single strokes of drums and percussion, drawn as arrays: membranes, shells, wires, metal and shaken grains.

Every function returns float32, shape (frames, 2), with a peak near 1. `force` (0..1) is how hard the stroke is: it
sets brightness and length; level is the caller's. `chance` makes each stroke a little different.
Membrane partials follow an ideal circular skin; the metal is dense inharmonic noise, as in a real cymbal.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from reelscore.values.sound import SAMPLE_RATE, Samples

Wave = NDArray[np.float64]
Chance = np.random.Generator

_SKIN = (1.0, 1.594, 2.136, 2.296, 2.653, 2.918, 3.156, 3.501)


def _time(length_s: float) -> Wave:
    return np.arange(max(64, round(length_s * SAMPLE_RATE))) / SAMPLE_RATE


def band_noise(chance: Chance, frames: int, low_hz: float, high_hz: float, slope_db: float = 0.0) -> Wave:
    """Noise between two frequencies (soft edges), tilted by `slope_db` an octave, RMS 1."""
    size = scipy.fft.next_fast_len(frames, real=True)
    spectrum = scipy.fft.rfft(chance.standard_normal(size, dtype=np.float32))
    f = np.fft.rfftfreq(size, 1 / SAMPLE_RATE).astype(np.float32) + 1e-3
    gain = 1 / np.sqrt((1 + (low_hz / f) ** 4) * (1 + (f / high_hz) ** 6))
    if slope_db:
        gain *= (f / 1000) ** (slope_db / 6.02)
    wave = scipy.fft.irfft(spectrum * gain, size)[:frames].astype(np.float64)
    return np.asarray(wave / (np.sqrt(np.mean(wave**2)) + 1e-9))


def _metal(chance: Chance, frames: int, low_hz: float, high_hz: float, grain: float) -> Wave:
    """Noise whose spectrum is a thicket of peaks (`grain` 0 smooth .. 1 clangy), RMS 1."""
    size = scipy.fft.next_fast_len(frames + 2400, real=True)
    f = np.fft.rfftfreq(size, 1 / SAMPLE_RATE)
    peaks = np.zeros(len(f))
    for centre in low_hz * (high_hz / low_hz) ** np.sort(chance.random(70)):
        at = int(centre / SAMPLE_RATE * size)
        peaks[max(0, at - 2) : at + 3] += (0.4 + chance.random()) * 9
    gain = ((1 - grain) + grain * peaks) / np.sqrt((1 + (low_hz / (f + 1)) ** 6) * (1 + (f / high_hz) ** 8))
    phases = np.exp(np.complex64(2j * np.pi) * chance.random(len(f), dtype=np.float32))
    wave = scipy.fft.irfft(gain.astype(np.float32) * phases, size)[:frames].astype(np.float64)
    return np.asarray(wave / (np.sqrt(np.mean(wave**2)) + 1e-9))


def _sweep(t: Wave, start_hz: float, end_hz: float, fall_s: float, phase: float = 0.0) -> Wave:
    """A sine that falls exponentially in pitch."""
    turns = end_hz * t + (start_hz - end_hz) * fall_s * (1 - np.exp(-t / fall_s))
    return np.asarray(np.sin(2 * np.pi * turns + phase))


def _onset(t: Wave, attack_s: float) -> Wave:
    return np.asarray(np.minimum(1.0, t / attack_s))


def _finish(left: Wave, right: Wave | None = None, drive: float = 0.0) -> Samples:
    """Stereo, saturated if asked, peak 1, faded to nothing."""
    wave = np.stack([left, left if right is None else right], axis=1)
    wave /= np.abs(wave).max() + 1e-9
    if drive > 0:
        wave = np.tanh(wave * (1 + 4 * drive)) / np.tanh(1 + 4 * drive)
    tail = min(len(wave), 480)
    wave[-tail:] *= np.linspace(1, 0, tail)[:, None]
    return wave.astype(np.float32)


def kick(
    chance: Chance, force: float, tone_hz: float = 50, decay_s: float = 0.32, snap: float = 0.5, drive: float = 0.3
) -> Samples:
    """Bass drum: a falling sine with a beater click."""
    t = _time(decay_s * 3 + 0.05)
    body = _sweep(t, tone_hz * (3.2 + 2.6 * snap), tone_hz, 0.022) * np.exp(-np.maximum(0, t - 0.02) / decay_s)
    punch = _sweep(t, tone_hz * 9, tone_hz * 2, 0.008) * np.exp(-t / 0.03) * 0.35 * snap
    click = band_noise(chance, len(t), 1800, 11_000) * np.exp(-t / 0.0035) * 0.12 * (0.4 + force) * snap
    return _finish((body + punch) * _onset(t, 0.0008) + click, drive=drive)


def snare(
    chance: Chance, force: float, tone_hz: float = 190, wires_s: float = 0.14, body: float = 0.6,
    bright_hz: float = 13_000, drive: float = 0.15,
) -> Samples:  # fmt: skip
    """Snare drum: two shell modes, wires in two bands, the crack of the stick."""
    t = _time(wires_s * 3.2 + 0.12)
    shell = _sweep(t, tone_hz * 1.5, tone_hz, 0.012) * np.exp(-t / 0.085)
    shell += 0.55 * _sweep(t, tone_hz * 2.3, tone_hz * 1.78, 0.010, 0.4) * np.exp(-t / 0.055)
    sides = []
    for _ in range(2):
        low = band_noise(chance, len(t), 900, 5000) * np.exp(-t / (wires_s * 0.75))
        high = band_noise(chance, len(t), 4500, bright_hz) * np.exp(-t / wires_s) * (0.45 + 0.55 * force)
        crack = band_noise(chance, len(t), 1500, bright_hz) * np.exp(-t / 0.006) * 0.9 * force
        sides.append(0.24 * low + 0.22 * high + 0.25 * crack)
    middle = (sides[0] + sides[1]) * 0.6
    onset = _onset(t, 0.0006)
    left, right = (onset * (body * shell + middle + 0.4 * side) for side in sides)
    return _finish(left, right, drive)


def clap(chance: Chance, force: float, tail_s: float = 0.11, bright_hz: float = 9000) -> Samples:
    """Several hands a few milliseconds apart, then the room."""
    t = _time(tail_s * 4 + 0.06)
    sides = []
    for _ in range(2):
        envelope = np.zeros(len(t))
        for at in (0.0, 0.0095 + 0.002 * chance.random(), 0.020 + 0.003 * chance.random()):
            envelope += (t >= at) * np.exp(-np.maximum(0, t - at) / 0.0045)
        envelope += (t >= 0.029) * np.exp(-np.maximum(0, t - 0.029) / tail_s) * 0.75
        sides.append(envelope * band_noise(chance, len(t), 850, bright_hz, -3.0))
    middle = 0.55 * (sides[0] + sides[1])
    return _finish(middle + 0.5 * sides[0], middle + 0.5 * sides[1], 0.1 * force)


def hat(
    chance: Chance, force: float, decay_s: float = 0.045, low_hz: float = 6500, grain: float = 0.45,
    high_hz: float = 16_500,
) -> Samples:  # fmt: skip
    """Hi-hat: dense metal; harder strokes are longer and brighter."""
    length = decay_s * (0.75 + 0.5 * force)
    t = _time(length * 5 + 0.02)
    sides = [
        _metal(chance, len(t), low_hz, high_hz, grain) * np.exp(-t / length)
        + 0.7 * _metal(chance, len(t), low_hz * 0.6, low_hz * 1.4, grain) * np.exp(-t / (length * 0.55)) * force
        + 0.8 * band_noise(chance, len(t), 3500, high_hz) * np.exp(-t / 0.004) * force
        for _ in range(2)
    ]
    middle = 0.7 * (sides[0] + sides[1])
    left, right = (_onset(t, 0.0006) * (middle + 0.35 * side) for side in sides)
    return _finish(left, right)


def cymbal(
    chance: Chance, force: float, decay_s: float = 1.1, ping: float = 0.0, low_hz: float = 2600, swell_s: float = 0.0
) -> Samples:
    """Crash (`ping` 0) or ride (`ping` 1): highs die first; `swell_s` lets it bloom as under mallets."""
    t = _time(decay_s * 3.2 + swell_s)
    rise = _onset(t, max(0.001, swell_s)) ** 2
    sides = []
    for _ in range(2):
        wave = _metal(chance, len(t), low_hz, 9000, 0.55) * np.exp(-t / decay_s)
        wave += 0.9 * _metal(chance, len(t), 7000, 17_000, 0.25) * np.exp(-t / (decay_s * 0.5)) * (0.4 + 0.6 * force)
        wave += 0.8 * band_noise(chance, len(t), 1500, 15_000) * np.exp(-t / 0.03) * force * (swell_s == 0)
        for partial in (2750, 3640, 4980, 6120):
            wave += ping * 1.2 * np.sin(2 * np.pi * partial * t) * np.exp(-t / 0.35)
        sides.append(wave * rise)
    middle = 0.5 * (sides[0] + sides[1])
    return _finish(middle + 0.6 * sides[0], middle + 0.6 * sides[1])


def tom(
    chance: Chance, force: float, tone_hz: float = 110, decay_s: float = 0.28, skin: float = 0.5, room: float = 0.0
) -> Samples:
    """Tom or taiko: the modes of a skin, its attack noise, and a low room when asked."""
    t = _time(decay_s * 3.5 + 0.1 + room)
    wave = np.zeros(len(t))
    for k, ratio in enumerate(_SKIN):
        strength = 1.0 if k == 0 else 0.42 * skin * force / k**0.7
        fall = decay_s / (1 + 0.9 * k)
        wave += (
            strength
            * _sweep(t, tone_hz * ratio * (1.25 + 0.35 * force), tone_hz * ratio, 0.03, 0.7 * k)
            * np.exp(-t / fall)
        )
    wave += band_noise(chance, len(t), 300, 2200 + 5000 * force) * np.exp(-t / 0.012) * 0.30 * (0.3 + force)
    wave *= _onset(t, 0.001)
    if room <= 0:
        return _finish(wave, drive=0.1)
    sides = [
        band_noise(chance, len(t), tone_hz * 0.8, 1500, -6) * np.exp(-t / room) * _onset(t, 0.02) * 0.16
        for _ in range(2)
    ]
    return _finish(wave + sides[0], wave + sides[1], 0.2)


def boom(chance: Chance, force: float, tone_hz: float = 38, decay_s: float = 0.9) -> Samples:
    """The deep stroke of a film score: sub, skin and the hall answering."""
    t = _time(decay_s * 3.5)
    sub = _sweep(t, tone_hz * 2.6, tone_hz, 0.06) * np.exp(-t / decay_s)
    body = _sweep(t, tone_hz * 5, tone_hz * 2.02, 0.05, 0.5) * np.exp(-t / (decay_s * 0.4)) * 0.5
    sides = []
    for _ in range(2):
        skin = band_noise(chance, len(t), 90, 900 + 2500 * force, -4) * np.exp(-t / 0.05) * 0.5
        hall = band_noise(chance, len(t), 50, 700, -6) * np.exp(-t / (decay_s * 0.8)) * _onset(t, 0.03) * 0.22
        slap = band_noise(chance, len(t), 1500, 8000) * np.exp(-t / 0.012) * 0.13 * force
        sides.append(skin + hall + slap)
    onset = _onset(t, 0.0015)
    return _finish(onset * (sub + body + sides[0]), onset * (sub + body + sides[1]), 0.25)


def block(
    chance: Chance, force: float, tones_hz: Sequence[float] = (1720, 480), decay_s: float = 0.018, click: float = 0.5
) -> Samples:
    """Rim, claves, cowbell: short tuned wood or metal."""
    t = _time(decay_s * 7)
    wave = np.zeros(len(t))
    for k, tone in enumerate(tones_hz):
        wave += np.sin(2 * np.pi * tone * t + k) * np.exp(-t / (decay_s * (1 if k == 0 else 0.8))) / (1 + 0.4 * k)
    wave += band_noise(chance, len(t), 1500, 9000) * np.exp(-t / 0.002) * click * force
    return _finish(wave * _onset(t, 0.0004), drive=0.2)


def shaken(
    chance: Chance, force: float, attack_s: float = 0.018, decay_s: float = 0.035, low_hz: float = 4200,
    jingle: float = 0.0,
) -> Samples:  # fmt: skip
    """Shaker, cabasa, maracas; with `jingle`, a tambourine."""
    t = _time(attack_s + decay_s * 6 + 0.25 * jingle)
    rise = np.minimum(1, t / attack_s) ** 1.5
    envelope = rise * np.exp(-np.maximum(0, t - attack_s) / decay_s)
    sides = []
    for _ in range(2):
        wave = envelope * band_noise(chance, len(t), low_hz, 13_500)
        if jingle > 0:
            ring = np.exp(-t / 0.09) + 0.6 * (t > 0.022) * np.exp(-np.maximum(0, t - 0.022) / 0.07)
            wave = 0.5 * wave + jingle * ring * _metal(chance, len(t), 5200, 15_000, 0.75)
        sides.append(wave * (0.6 + 0.4 * force))
    middle = 0.6 * (sides[0] + sides[1])
    return _finish(middle + 0.4 * sides[0], middle + 0.4 * sides[1])
