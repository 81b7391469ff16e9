"""Music whose beats are known, made of clicks, drums and plucked chords: 16 kHz mono."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
RATE = 16_000
KEY = (0, 5, 7, 0, 9, 5, 2, 7)  # the roots of the bars, in semitones
# Beats of a bar at which each part plays (".5" swings), for bars of four and of three.
PARTS: dict[str, tuple[dict[str, tuple[float, ...]], ...]] = {
    "rock": ({"kick": (0, 2), "snare": (1, 3), "hat": (0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5), "bass": (0, 2), "chord": (0,)},
             {"kick": (0,), "snare": (1, 2), "hat": (0, 0.5, 1, 1.5, 2, 2.5), "bass": (0,), "chord": (0,)}),
    "offbeat": ({"kick": (0, 1, 2, 3), "hat": (0.5, 1.5, 2.5, 3.5), "bass": (0.5, 1.5, 2.5, 3.5), "chord": (0,)},
                {"kick": (0, 1, 2), "hat": (0.5, 1.5, 2.5), "bass": (0,), "chord": (0,)}),
    "oompah": ({"bass": (0, 2), "chord": (1, 3)}, {"bass": (0,), "chord": (1, 2)}),
    "shuffle": ({"bass": (0, 1, 2, 3), "chord": (0, 0.5, 1.5, 2.5, 3.5)},
                {"bass": (0, 1, 2), "chord": (0.5, 1.5, 2.5)}),
    "skank": ({"bass": (0, 1.5, 2), "kick": (2,), "chord": (0.5, 1.5, 2.5, 3.5), "hat": (0, 1, 2, 3)},
              {"bass": (0,), "chord": (0.5, 1.5, 2.5), "hat": (0, 1, 2)}),
    "arpeggio": ({"bass": (0,), "arp": (0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5)},
                 {"bass": (0,), "arp": (0, 0.5, 1, 1.5, 2, 2.5)}),
    "chords": ({"chord": (0, 1, 2, 3), "bass": (0,)}, {"chord": (0, 1, 2), "bass": (0,)}),
}  # fmt: skip


@dataclass(frozen=True)
class Groove:
    """Sound, and when its beats and bars are."""

    sound: NDArray[np.float32]
    beats: Floats
    downbeats: Floats


def clicks(times: Floats, seconds: float) -> NDArray[np.float32]:
    """A short tick at each moment."""
    sound = np.zeros(round(seconds * RATE))
    for at in times:
        _lay(sound, at, _noise(0.02, 7))
    return sound.astype(np.float32)


def groove(
    kind: str,
    bpm: float,
    meter: int = 4,
    *,
    swing: float = 0.5,
    seconds: float = 30.0,
    to_bpm: float = 0.0,
    seed: int = 1,
) -> Groove:
    """A pattern from PARTS; `swing` is where within a beat its second half begins; `to_bpm` is the tempo at the end."""
    rng = np.random.default_rng(seed)
    beats = [0.3]
    while beats[-1] < seconds:
        share = min(1.0, beats[-1] / seconds)
        beats.append(beats[-1] + 60 / (bpm + ((to_bpm or bpm) - bpm) * share))
    at = np.array(beats)
    sound = np.zeros(round((seconds + 2) * RATE))
    parts = PARTS[kind][0 if meter == 4 else 1]
    for n in range(0, len(at) - 1, meter):
        root = 40 + KEY[n // meter % len(KEY)]
        for part, places in parts.items():
            for k, place in enumerate(places):
                whole, rest = int(place), place % 1
                if n + whole + 1 >= len(at):
                    continue
                swung = swing if rest == 0.5 else rest
                when = at[n + whole] + swung * (at[n + whole + 1] - at[n + whole]) + rng.normal(0, 0.004)
                _lay(sound, when, _voice(part, root, k, rng) * rng.uniform(0.8, 1.0))
    sound = sound[: round(seconds * RATE)] * 0.3
    at = at[at < seconds - 0.2]
    return Groove(sound.astype(np.float32), at, at[::meter])


def _voice(part: str, root: int, turn: int, rng: np.random.Generator) -> Floats:
    if part == "kick":
        t = np.arange(round(0.2 * RATE)) / RATE
        return np.asarray(1.2 * np.sin(2 * np.pi * (50 * t + 6 * (1 - np.exp(-t / 0.02)))) * np.exp(-t / 0.08))
    if part == "snare":
        return 0.6 * _noise(0.15, int(rng.integers(1000)))
    if part == "hat":
        wave = _noise(0.05, int(rng.integers(1000)))
        return 0.5 * np.diff(wave, prepend=0.0)
    if part == "bass":
        return 0.8 * _pluck(root, 0.35)
    tones = (12, 16, 19) if part == "chord" else ((12, 19, 16, 24)[turn % 4],)
    return np.asarray(sum(0.35 * _pluck(root + 12 + tone, 0.3) for tone in tones))


def _pluck(tone: int, seconds: float) -> Floats:
    t = np.arange(round(2 * seconds * RATE)) / RATE
    hertz = 440 * 2 ** ((tone - 69) / 12)
    wave = sum(np.sin(2 * np.pi * hertz * k * t) / k for k in range(1, 6))
    return np.asarray(wave * np.exp(-t / seconds * 2) * np.minimum(1, t / 0.004))


def _noise(seconds: float, seed: int) -> Floats:
    t = np.arange(round(seconds * RATE)) / RATE
    return np.asarray(np.random.default_rng(seed).normal(size=len(t)) * np.exp(-t / (seconds / 4)))


def _lay(sound: Floats, at: float, wave: Floats) -> None:
    start = max(0, round(at * RATE))
    end = min(len(sound), start + len(wave))
    if end > start:
        sound[start:end] += wave[: end - start]
