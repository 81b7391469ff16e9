"""Beats, bars and tempo of music that was not written here, heard from its sound alone.

Every tempo that may be meant is followed (pulse.py), on its strongest moments and beside them, for off-beats may be
louder than beats; the path is chosen that WEIGHTS prefer: by what is heard on and between its beats, how alike its
beats and bars are, and how usual its tempo is. Bars are found on it (bars.py), and each beat goes to the beginning it
belongs to. Speech, noise and music that floats have no such path: confidence tells.

Times are seconds from the first sample.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reelscore.understand.bars import bars_of, plainness, resemblance, signs_of
from reelscore.understand.pulse import (
    RATE,
    USUAL_BPM,
    Floats,
    beside,
    candidates,
    clear_strength,
    followed,
    likeness,
)
from reelscore.understand.strengths import PER_SECOND, SEEN_LATE, Ear, Strengths

SHORTEST_SECONDS = 5.0
FEWEST_BEATS = 8
SHIFTS = (0.0, 0.5, 1 / 3, 2 / 3)
PLACES = (0.0, 0.25, 1 / 3, 0.5, 2 / 3, 0.75)  # shares of a beat at which is listened
LAGS = (0.25, 1 / 3, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0)  # beats
PARTS = 12  # of a beat, compared with those of other beats
DOUBTFUL, PLAIN, FEW = 0.15, 0.65, 0.5  # likeness that says nothing, that leaves no doubt; what few beats feign
STEADIER = 1500.0  # as pulse.STEADY, once the pattern is known
NEAR_HOPS = 6  # a beat moves at most this far to its beginning
# What a path's evidence is worth. Fitted by multinomial regression (which of a piece's paths is the beat) on pieces
# rendered here, whose beats are known exactly, on made patterns (swing, off-beats, three and four), and on some played.
WEIGHTS = np.array([
    0.927, 1.118, -0.224,  # on the beat: all bands, low, high
    0.401, 0.234, -0.306,  # half-way: all, low, high
    -1.319, -0.058, -2.383, 1.664,  # all at a third, two thirds, a quarter, three quarters
    0.434, -0.343, 0.33,  # odd beats unlike even ones: all, low, high
    -0.201, -4.14,  # octaves from the usual tempo, and their square
    1.844, -0.904,  # change of harmony on the beat, half-way
    -3.757, -2.978, -0.345, 4.777, -1.636, 1.006, 2.918, 0.906,  # how alike the music is at LAGS
    0.773, 0.191, 1.698,  # how alike bars are, bars of three, how plain the first beats
])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beats:
    """`confidence` 0..1: how sure it is that there are beats, and these; empty and 0 where there are none."""

    beats: tuple[float, ...] = ()
    downbeats: tuple[float, ...] = ()
    bpm: float = 0.0
    meter: int = 0  # beats in a bar
    confidence: float = 0.0


def beats_of(heard: Strengths) -> Beats:
    """Beats and bars of what was heard."""
    if len(heard.bands) < SHORTEST_SECONDS * PER_SECOND or float(heard.bands.max()) < 1e-3:
        return Beats()
    clear = clear_strength(heard)
    alike = likeness(clear[:, 0])
    paths: list[Floats] = []
    for bpm in candidates(alike):
        frames = followed(clear, bpm)
        if len(frames) > FEWEST_BEATS:
            paths += [beside(frames, clear, by) if by else frames for by in SHIFTS]
    if not paths:
        return Beats()
    best = max(paths, key=lambda frames: float(evidence(frames, clear, alike, heard) @ WEIGHTS))
    best = followed_again(best, clear)
    times = placed(best, heard.bands[:, 0])
    if len(times) < FEWEST_BEATS:
        return Beats()
    meter, firsts = bars_of(times, heard)
    lengths = np.diff(times)
    usual = lengths[np.abs(lengths / np.median(lengths) - 1) < 0.1]
    return Beats(
        tuple(times.tolist()), tuple(times[firsts].tolist()), round(60 / float(usual.mean()), 1), meter,
        confidence(best, clear),
    )  # fmt: skip


def evidence(frames: Floats, clear: Floats, alike: Floats, heard: Strengths) -> Floats:
    """What speaks for a path, in the order of WEIGHTS."""
    parts = {place: _at(frames, clear, place) for place in PLACES}
    on, quarter, third, half, thirds, quarters = (parts[place].mean(axis=0) for place in PLACES)
    turns = parts[0.0][: len(parts[0.0]) // 2 * 2].reshape(-1, 2, clear.shape[1]).mean(axis=0)
    uneven = np.abs(turns[0] - turns[1])
    length = float(np.median(np.diff(frames)))
    octaves = np.log2(60 * RATE / length / USUAL_BPM)
    resembling = {meter: resemblance(frames / RATE, heard, meter) for meter in (3, 4)}
    bars = max(plainness(signs_of(frames / RATE, heard)).values())
    return np.array([
        on[0], on[1], on[4], half[0], half[1], half[4], third[0], thirds[0], quarter[0], quarters[0],
        uneven[0], uneven[1], uneven[4], octaves, octaves**2, on[5], half[5],
        *(_alike_at(alike, length * lag) for lag in LAGS), max(resembling.values()), resembling[3], bars,
    ])  # fmt: skip


def confidence(frames: Floats, clear: Floats) -> float:
    """How alike what is heard is from beat to beat, and two and four beats later: 0 like noise, 1 like a band."""
    profile = _profile(frames, clear)
    profile = profile - profile.mean()
    power = float(np.mean(np.sum(profile**2, axis=1))) + 1e-9
    alike = [float(np.mean(np.sum(profile[lag:] * profile[:-lag], axis=1))) / power for lag in (1, 2, 4)]
    shown = float(np.mean(alike)) - FEW / len(frames) ** 0.5
    return round(float(np.clip((shown - DOUBTFUL) / (PLAIN - DOUBTFUL), 0.0, 1.0)), 3)


def followed_again(frames: Floats, clear: Floats) -> Floats:
    """The path that fits the piece's own pattern best, so that its quiet or odd passages keep to the same beat."""
    length = float(np.median(np.diff(frames)))
    pattern = _profile(frames, clear).mean(axis=0)
    n = np.arange(len(clear))
    fits = sum((p * np.interp(n + k * length / PARTS, n, clear[:, 0]) for k, p in enumerate(pattern)), np.zeros(len(n)))
    again = followed(((fits - fits.mean()) / (fits.std() + 1e-9))[:, None], 60 * RATE / length, STEADIER)
    return again if len(again) > FEWEST_BEATS else frames


def _profile(frames: Floats, clear: Floats) -> Floats:
    """Strength of all bands through each beat, (beats - 1, PARTS)."""
    moments = np.interp(np.arange(0, len(frames) - 1, 1 / PARTS), np.arange(len(frames)), frames)
    return np.asarray(np.interp(moments, np.arange(len(clear)), clear[:, 0]).reshape(-1, PARTS))


def placed(frames: Floats, strength: NDArray[np.float32]) -> Floats:
    """The beats in seconds: each where the beginning it belongs to is, those before and after the music left out."""
    hops = np.round(frames * (PER_SECOND / RATE)).astype(np.int64)
    near = np.arange(-NEAR_HOPS, NEAR_HOPS + 1)
    around = strength[np.clip(hops[:, None] + near, 0, len(strength) - 1)]
    reach = around - 0.15 * np.abs(near) / NEAR_HOPS * around.max(axis=1, keepdims=True)
    best, peak = reach.argmax(axis=1), around.max(axis=1)
    usual = float(np.median(peak))
    moved = np.where(peak >= 0.4 * usual, hops + near[best], hops + 0.5)
    sounding = np.flatnonzero(peak >= 0.15 * usual)
    times = (moved[sounding[0] : sounding[-1] + 1] - SEEN_LATE) / PER_SECOND
    return np.asarray(np.maximum.accumulate(np.maximum(times, 0.0)))


def _at(frames: Floats, clear: Floats, place: float) -> Floats:
    """Strength this share of a beat after each beat, (beats - 1, groups): the greatest within 20 ms."""
    at = np.round(frames[:-1] + place * np.diff(frames)).astype(np.int64)
    return np.asarray(clear[np.clip(at[:, None] + np.arange(-2, 3), 0, len(clear) - 1)].max(axis=1))


def _alike_at(alike: Floats, lag: float) -> float:
    """Likeness near a lag."""
    return float(np.interp(lag + np.arange(-1.0, 2.0), np.arange(len(alike)), alike).max())


def warm() -> None:
    """Compile what following beats needs."""
    ear = Ear()
    ear.push(np.random.default_rng(1).normal(size=6 * 16_000).astype(np.float32))
    beats_of(ear.strengths())
