"""Curves over a player's whole part: expression, cutoff, and the sustain pedal.

Score controls stand on beats; sound wants them on the film's clock. Curves are float32 with one point every
`CONTROL_STEP` samples from the start of the film, 1 where nothing is written.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np
from numba import njit
from numpy.typing import NDArray

from reelscore.perform.filters import silent
from reelscore.perform.voice import CONTROL_STEP, Curve
from reelscore.values.score import Control, Score
from reelscore.values.sound import SAMPLE_RATE, PlayedNote, Samples
from reelscore.values.time import Seconds

_GLIDE_S = 0.03  # a jump between two sections is this long, so that it does not click


def curve(score: Score, player: str, kind: str, frames: int) -> Curve | None:
    """The control of this kind as a curve over `frames` samples, or None where it is 1 throughout.

    Linear between the points of a section; a section without any stands at 1.
    """
    times: list[float] = []
    values: list[float] = []
    for section in score.sections:
        points = [c for part in section.parts if part.player == player for c in part.controls if c.kind == kind]
        points = sorted(points, key=_at) or [Control(section.start, kind, 1.0)]
        opening = float(score.tempo_map.seconds_at(section.start))
        for i, point in enumerate(points):
            at = float(score.tempo_map.seconds_at(point.at))
            if i == 0 and times:
                times.append(max(times[-1], min(at, opening) - _GLIDE_S))
                values.append(values[-1])
                if at > opening:
                    times.append(opening)
                    values.append(point.value)
            times.append(at)
            values.append(point.value)
    if all(value == 1.0 for value in values):
        return None
    grid = np.arange(frames // CONTROL_STEP + 2) * (CONTROL_STEP / SAMPLE_RATE)
    return np.asarray(np.interp(grid, times, np.clip(values, 0.0, 1.0)), dtype=np.float32)


def _at(control: Control) -> float:
    return float(control.at)


def pedalled(score: Score, player: str, notes: Sequence[PlayedNote]) -> list[PlayedNote]:
    """Notes (in order of time) that ring on while the sustain pedal is down when they end."""
    steps = sorted(
        (score.tempo_map.seconds_at(c.at), c.value >= 0.5)
        for section in score.sections
        for part in section.parts
        if part.player == player
        for c in part.controls
        if c.kind == "sustain"
    )
    if not steps:
        return list(notes)
    times = [at for at, _ in steps]
    releases: list[Seconds | None] = []  # per step: when the pedal that is down after it comes up
    up: Seconds | None = None
    for at, down in reversed(steps):
        if not down:
            up = at
        releases.append(up if down else None)
    releases.reverse()
    held = []
    for note in notes:
        end = note.at + note.duration
        step = bisect_right(times, end) - 1
        until = releases[step] if step >= 0 else None
        held.append(note if until is None else replace(note, duration=until - note.at))
    return held


def beats_of(score: Score, frames: int) -> NDArray[np.float64]:
    """The beat that stands every `CONTROL_STEP` samples, as written (unswung)."""
    tempo_map = score.tempo_map
    last = math.ceil(tempo_map.end) + 16  # what rings on goes on beating
    times = [float(tempo_map.seconds_at(Fraction(beat))) for beat in range(last + 1)]
    grid = np.arange(frames // CONTROL_STEP + 2) * (CONTROL_STEP / SAMPLE_RATE)
    return np.asarray(np.interp(grid, times, np.arange(last + 1)), dtype=np.float64)


def apply_gain(out: Samples, gain: Curve) -> None:
    """Multiply `out` (frames, 2) in place by a curve."""
    _gain(out, gain, CONTROL_STEP)


def close_filter(out: Samples, cutoff: Curve) -> None:
    """Low-pass `out` in place, 12 dB per octave: 1 = open at 20 kHz, each 0.1 less closes it by 0.6 octave."""
    _low_pass(out, cutoff, CONTROL_STEP, SAMPLE_RATE)


@njit(cache=True, nogil=True, fastmath=True)
def _gain(out: NDArray[np.float32], gain: NDArray[np.float32], step: int) -> None:
    for start in range(0, out.shape[0], step):
        value = gain[start // step]
        slope = (gain[start // step + 1] - value) / np.float32(step)
        for i in range(min(step, out.shape[0] - start)):
            out[start + i, 0] *= value + slope * np.float32(i)
            out[start + i, 1] *= value + slope * np.float32(i)


@njit(cache=True, nogil=True, fastmath=True)
def _low_pass(out: NDArray[np.float32], cutoff: NDArray[np.float32], step: int, rate: int) -> None:
    """A state-variable filter with trapezoidal integration (A. Simper, 2013): stays calm while its cutoff moves."""
    p = q = u = v = 0.0
    for start in range(0, out.shape[0], step):
        end = min(start + step, out.shape[0])
        if abs(p) + abs(q) + abs(u) + abs(v) < 1e-9:  # numbers too small for the processor would cost most of all
            p = q = u = v = 0.0
            if silent(out, start, end):
                continue
        g = math.tan(math.pi * 20000.0 * 2.0 ** (-6.0 * (1.0 - cutoff[start // step])) / rate)
        a1 = 1.0 / (1.0 + g * (g + 1.4142135623730951))
        a2 = g * a1
        a3 = g * a2
        for i in range(start, end):
            rise = out[i, 0] - q
            band = a1 * p + a2 * rise
            low = q + a2 * p + a3 * rise
            p = 2.0 * band - p
            q = 2.0 * low - q
            out[i, 0] = low
            rise = out[i, 1] - v
            band = a1 * u + a2 * rise
            low = v + a2 * u + a3 * rise
            u = 2.0 * band - u
            v = 2.0 * low - v
            out[i, 1] = low


def warm() -> None:
    """Compile the kernels (or load them)."""
    out, ones = np.zeros((8, 2), np.float32), np.ones(4, np.float32)
    apply_gain(out, ones)
    close_filter(out, ones)
