"""The compiled part of the sampler: one zone of one note, read, filtered, shaped and added to a buffer.

It works in blocks of `BLOCK` frames: envelopes, LFOs, pitch and filter move per block (0.67 ms; the amplitude
linearly inside it), so an attack of 1 ms keeps its shape. Interpolation is by an 8-point windowed sinc; where a
sample is pitched up, by a longer one whose band ends at the new Nyquist frequency, so nothing folds back.

Everything a note needs stands in one row of float64, `At` names the places; times are in frames at 48 kHz.
"""

from __future__ import annotations

import math
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numba import njit
from numpy.typing import NDArray

from reelscore.values.sound import SAMPLE_RATE

BLOCK = 32
CHOKE_S = 0.12  # per 100 dB: how fast a closed hat stops an open one
_PHASE_BITS = 10
_PHASES = 1 << _PHASE_BITS
_ONE = float(1 << 32)  # positions are 32.32 fixed point
_MOST_TAPS = 96
_WINDOW_BETA = 7.0
_BAND = 0.94  # share of the band that an interpolator passes
_INAUDIBLE = 3e-5  # -90 dB: a note that has fallen below it ends


class At(IntEnum):
    """Places in a note's row. Envelopes take six: delay, attack, hold, decay, sustain (dB fallen, or per cent),
    release; oscillators two: delay, cycles per frame."""

    POSITION, STEP, LOOP_START, LOOP_END, END = 0, 1, 2, 3, 4
    LEFT, RIGHT, HOLD, CHOKE = 5, 6, 7, 8
    VOLUME, SHAPE = 9, 15
    SHAPE_PITCH, SHAPE_FILTER = 21, 22
    VIBRATO, LFO = 23, 25
    VIBRATO_PITCH, LFO_PITCH, LFO_FILTER, LFO_VOLUME = 27, 28, 29, 30
    CUTOFF, RESONANCE, FILTERED = 31, 32, 33
    HAND, HAND_PITCH, HAND_VOLUME = 34, 38, 39  # delay, cycles per frame, rise, phase; cents; dB
    SLIDE, SLIDE_FRAMES, SWELL = 40, 41, 42  # cents at the start; dB at the middle of the note


ROW = 43


def _band(step: float) -> int:
    """Thirds of an octave by which the band must shrink so that a sample read at this step does not fold."""
    return 0 if step <= 1.1 else math.ceil(3 * math.log2(min(step, _MOST_TAPS / 8)))


def interpolator(step: float) -> NDArray[np.float32]:
    """The weights for reading a sample at this many of its frames per frame."""
    return _weights(_band(step))


@lru_cache(maxsize=16)
def _weights(band: int) -> NDArray[np.float32]:
    """Windowed-sinc weights, shape (_PHASES, taps); each row sums to 1."""
    shrink = 2.0 ** (band / 3)
    taps = min(_MOST_TAPS, 8 * math.ceil(shrink))
    width = _BAND / shrink
    at = np.arange(taps) - (taps // 2 - 1) - np.arange(_PHASES)[:, None] / _PHASES
    inside = np.clip(1 - (at / (taps / 2)) ** 2, 0, None)
    weights = np.sinc(at * width) * np.i0(_WINDOW_BETA * np.sqrt(inside)) * (inside > 0)
    return np.ascontiguousarray(weights / weights.sum(axis=1, keepdims=True), dtype=np.float32)


@njit(cache=True, nogil=True, fastmath=True)
def _volume(t: float, row: NDArray[np.float64]) -> float:
    """The volume envelope while held, linear, `t` frames after the start."""
    t -= row[At.VOLUME]
    if t <= 0.0:
        return 0.0
    attack = max(48.0, row[At.VOLUME + 1])
    if t < attack:
        return float(t / attack)
    t -= attack + row[At.VOLUME + 2]
    if t <= 0.0:
        return 1.0
    fall_db = row[At.VOLUME + 4]
    if row[At.VOLUME + 3] > 0.0:
        fall_db = min(fall_db, 100.0 * t / row[At.VOLUME + 3])
    return float(10.0 ** (-0.05 * fall_db))


@njit(cache=True, nogil=True, fastmath=True)
def _fade(share: float) -> float:
    """A release, `share` of the way through: 100 dB in all, three times as fast once 50 dB down and out of hearing."""
    fall_db = 100.0 * share
    if fall_db > 50.0:
        fall_db += 2.0 * (fall_db - 50.0)
    return float(10.0 ** (-0.05 * fall_db))


@njit(cache=True, nogil=True, fastmath=True)
def _shape(t: float, row: NDArray[np.float64]) -> float:
    """The modulation envelope while held, 0..1."""
    t -= row[At.SHAPE]
    if t <= 0.0:
        return 0.0
    if t < row[At.SHAPE + 1]:
        return float(t / row[At.SHAPE + 1])
    t -= row[At.SHAPE + 1] + row[At.SHAPE + 2]
    if t <= 0.0:
        return 1.0
    fall = row[At.SHAPE + 4] * 0.01
    if row[At.SHAPE + 3] > 0.0:
        fall = min(fall, t / row[At.SHAPE + 3])
    return float(1.0 - fall)


@njit(cache=True, nogil=True, fastmath=True)
def _swing(t: float, row: NDArray[np.float64], place: int) -> float:
    """A triangle oscillator, -1..1, from 0 upwards."""
    t -= row[place]
    if t <= 0.0:
        return 0.0
    phase = t * row[place + 1] + 0.25
    phase -= math.floor(phase)
    return float(1.0 - 4.0 * abs(phase - 0.5))


@njit(cache=True, nogil=True, fastmath=True)
def _hand(t: float, row: NDArray[np.float64]) -> float:
    """A player's vibrato, -1..1: sets in late, grows, and quickens a little as it does."""
    t -= row[At.HAND]
    if t <= 0.0:
        return 0.0
    grown = min(1.0, t / row[At.HAND + 2])
    return float(grown * math.sin(2.0 * math.pi * (t * row[At.HAND + 1] * (0.94 + 0.06 * grown) + row[At.HAND + 3])))


@njit(cache=True, nogil=True, fastmath=True)
def _read(
    dry: NDArray[np.float32],
    pcm: NDArray[np.float32],
    table: NDArray[np.float32],
    position: int,
    pace: int,
    loop: int,
    stop: int,
) -> int:
    """Fill `dry` from the sample; returns the new position. Positions are 32.32 fixed point: exact loops, and no
    conversions inside. `loop` > 0: at `stop` the position goes back by `loop`; else silence follows `stop`."""
    half, mask = np.uint64(1 << 31 - _PHASE_BITS), np.uint64(_PHASES - 1)
    whole, fine = np.uint64(32), np.uint64(32 - _PHASE_BITS)
    taps, eight = np.uintp(table.shape[1]), np.uintp(8)
    before = np.uintp(table.shape[1] // 2 - 1)
    i = 0
    while i < BLOCK:
        if position >= stop:
            if loop <= 0:
                dry[i:] = np.float32(0.0)
                return position
            position -= ((position - stop) // loop + 1) * loop
        until = min(BLOCK, i + (stop - position + pace - 1) // pace)
        at, step = np.uint64(position), np.uint64(pace)
        if taps == eight:
            for j in range(i, until):
                near = at + half
                first = np.uintp(near >> whole) - before
                phase = np.uintp((near >> fine) & mask)
                total = np.float32(0.0)
                for k in range(eight):
                    total += table[phase, k] * pcm[first + k]
                dry[j] = total
                at += step
        else:
            for j in range(i, until):
                near = at + half
                first = np.uintp(near >> whole) - before
                phase = np.uintp((near >> fine) & mask)
                total = np.float32(0.0)
                for k in range(taps):
                    total += table[phase, k] * pcm[first + k]
                dry[j] = total
                at += step
        position += (until - i) * pace
        i = until
    return position


@njit(cache=True, nogil=True, fastmath=True)
def add_zone(
    out: NDArray[np.float32], pcm: NDArray[np.float32], table: NDArray[np.float32], start: int, row: NDArray[np.float64]
) -> None:
    """Add one zone of one note to `out`, beginning at frame `start`."""
    frames = out.shape[0]
    hold, release, choke = row[At.HOLD], row[At.VOLUME + 5], row[At.CHOKE]
    position = int(row[At.POSITION] * _ONE)
    loop = int(row[At.LOOP_END] - row[At.LOOP_START]) << 32
    stop = (int(row[At.LOOP_END]) + table.shape[1] // 2) << 32 if loop > 0 else int(row[At.END]) << 32
    moving = row[At.SHAPE_PITCH] != 0.0 or row[At.VIBRATO_PITCH] != 0.0 or row[At.LFO_PITCH] != 0.0
    played = row[At.HAND_PITCH] != 0.0 or row[At.HAND_VOLUME] != 0.0 or row[At.SLIDE] != 0.0 or row[At.SWELL] != 0.0
    shaped = row[At.SHAPE_PITCH] != 0.0 or row[At.SHAPE_FILTER] != 0.0
    at_release, shape_at_release = _volume(hold, row), _shape(hold, row)
    left, right = np.float32(row[At.LEFT]), np.float32(row[At.RIGHT])
    loudest = max(abs(row[At.LEFT]), abs(row[At.RIGHT]))
    attacked = row[At.VOLUME] + max(48.0, row[At.VOLUME + 1])
    dry = np.empty(BLOCK, np.float32)
    pace = int(row[At.STEP] * _ONE)
    b0 = b1 = a1 = a2 = s1 = s2 = 0.0
    cutoff_was = -1.0
    level = t = 0.0
    frame = start
    while frame < frames:
        later = t + BLOCK
        target = _volume(later, row) if later <= hold else at_release * _fade((later - hold) / release)
        if choke >= 0.0 and later > choke:
            target *= _fade((later - choke) / (CHOKE_S * SAMPLE_RATE))
        shape = 0.0
        if shaped:
            shape = _shape(t, row)
            if t > hold:
                shape = shape_at_release * max(0.0, 1.0 - (t - hold) / max(1.0, row[At.SHAPE + 5]))
        lfo = _swing(t, row, At.LFO)
        if row[At.LFO_VOLUME] != 0.0:
            target *= 10.0 ** (0.05 * row[At.LFO_VOLUME] * lfo)
        if moving or played:
            cents = (
                row[At.SHAPE_PITCH] * shape
                + row[At.LFO_PITCH] * lfo
                + row[At.VIBRATO_PITCH] * _swing(t, row, At.VIBRATO)
            )
            if played:
                hand = _hand(t, row)
                cents += row[At.HAND_PITCH] * hand
                if row[At.SLIDE] != 0.0:
                    cents += row[At.SLIDE] * math.exp(-t / row[At.SLIDE_FRAMES])
                arch = math.sin(math.pi * min(1.0, t / hold))
                target *= 10.0 ** (0.05 * (row[At.HAND_VOLUME] * hand + row[At.SWELL] * arch))
            pace = int(min(64.0, row[At.STEP] * 2.0 ** (cents / 1200.0)) * _ONE)
        position = _read(dry, pcm, table, position, pace, loop, stop)
        if row[At.FILTERED] != 0.0:
            cutoff = row[At.CUTOFF] + row[At.SHAPE_FILTER] * shape + row[At.LFO_FILTER] * lfo
            if abs(cutoff - cutoff_was) > 1.0:
                cutoff_was = cutoff
                w = 2.0 * math.pi * min(21000.0, max(20.0, 8.176 * 2.0 ** (cutoff / 1200.0))) / SAMPLE_RATE
                alpha = math.sin(w) / (2.0 * row[At.RESONANCE])
                a1 = -2.0 * math.cos(w) / (1.0 + alpha)
                a2 = (1.0 - alpha) / (1.0 + alpha)
                b1 = (1.0 - math.cos(w)) / (1.0 + alpha) / math.sqrt(max(1.0, row[At.RESONANCE]))
                b0 = 0.5 * b1
            for i in range(BLOCK):
                x = float(dry[i])
                y = b0 * x + s1
                s1 = b1 * x - a1 * y + s2
                s2 = b0 * x - a2 * y
                dry[i] = np.float32(y)
        slope, first = np.float32((target - level) / BLOCK), np.float32(level)
        for i in range(min(BLOCK, frames - frame)):
            value = (first + slope * np.float32(i + 1)) * dry[i]
            out[frame + i, 0] += left * value
            out[frame + i, 1] += right * value
        level = target
        frame += BLOCK
        t = later
        if loop <= 0 and position >= stop and abs(s1) + abs(s2) < 1e-6:
            break
        if t > attacked and level * loudest < _INAUDIBLE:
            break


def warm() -> None:
    """Compile the kernel (or load it)."""
    row = np.zeros(ROW)
    row[At.STEP], row[At.END], row[At.VOLUME + 5] = 1.0, 8.0, 100.0
    add_zone(np.zeros((64, 2), np.float32), np.zeros(512, np.float32), interpolator(1.0), 0, row)
