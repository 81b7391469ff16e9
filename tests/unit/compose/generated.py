"""Sound as a model might give it: drums, bass and chords at a tempo of its own, with an imprecise hand."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from reelscore.values.sound import SAMPLE_RATE, Samples

CHORDS = ((220, 277, 330), (196, 247, 294), (174, 220, 262), (196, 247, 294))


def groove(
    bpm: float, seconds: float, start: float = 0.3, beats: int = 4, seed: int = 1, loose: float = 0.003
) -> Samples:
    """Kick on 1 (in fours on 3 too, softer), noise on the other beats, eighths on a hat, a new chord on every 1."""
    chance = np.random.default_rng(seed)
    out, period = np.zeros(round(seconds * SAMPLE_RATE)), 60 / bpm
    for n in range(int((seconds - start - 0.4) / period) + 1):
        at = max(0, round((start + n * period + loose * chance.standard_normal()) * SAMPLE_RATE))
        if n % beats in ((0, 2) if beats == 4 else (0,)):
            _add(out, at, _kick() * (0.8 if n % beats == 0 else 0.4))
        else:
            _add(out, at, 0.35 * _burst(chance, 0.25, 25))
        for eighth in (0, 0.5):
            _add(out, at + round(eighth * period * SAMPLE_RATE), 0.1 * _burst(chance, 0.04, 90))
        if n % beats == 0:
            _add(out, at, _chord(CHORDS[n // beats % 4], beats * period))
    return np.stack([out, out], axis=1).astype(np.float32)


def washes(seconds: float, seed: int = 1) -> Samples:
    """Coloured noise that swells: music without a beat."""
    chance = np.random.default_rng(seed)
    noise = np.cumsum(chance.standard_normal((round(seconds * SAMPLE_RATE), 2)), axis=0)
    noise -= np.cumsum(np.pad(noise, ((200, 0), (0, 0)))[:-200] * 0.005, axis=0) * 0.01
    noise = np.diff(noise, axis=0, prepend=noise[:1]) + 0.2 * chance.standard_normal(noise.shape)
    return np.asarray(0.1 * noise / noise.std(), np.float32)


def _add(out: NDArray[np.float64], at: int, sound: NDArray[np.float64]) -> None:
    room = max(0, min(len(sound), len(out) - at))
    out[at : at + room] += sound[:room]


def _kick() -> NDArray[np.float64]:
    t = np.arange(SAMPLE_RATE // 4) / SAMPLE_RATE
    return np.asarray(np.sin(2 * np.pi * (50 * t + 2.7 * (1 - np.exp(-30 * t)))) * np.exp(-14 * t))


def _burst(chance: np.random.Generator, seconds: float, decay: float) -> NDArray[np.float64]:
    t = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return np.asarray(chance.standard_normal(len(t)) * np.exp(-decay * t))


def _chord(hertz: tuple[int, ...], seconds: float) -> NDArray[np.float64]:
    t = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    swell = np.minimum(1, np.minimum(t / 0.02, (seconds - t) / 0.02))
    return np.asarray(sum(0.08 * np.sin(2 * np.pi * f * t) for f in hertz) * swell)
