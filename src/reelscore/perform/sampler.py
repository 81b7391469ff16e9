"""Plays the zones of a SoundFont: one compiled kernel turns one zone of one note into sound, added to the buffer.

The kernel works in blocks of `BLOCK` frames: envelopes, LFOs, pitch and filter move per block (0.67 ms; the
amplitude linearly inside it), so an attack of 1 ms keeps its shape. Interpolation is by an 8-point windowed sinc;
where a sample is pitched up, by a longer one whose band ends at the new Nyquist frequency, so nothing folds back.

Model: SoundFont Technical Specification 2.04, chapters 8 and 9: volume and modulation envelopes (DAHDSR), vibrato and
modulation LFOs, resonant low-pass, scale tuning, attenuation (0.4 of the number written, the practice since the
EMU8000 that fonts are tuned for). Velocity is 40 log10(v/127) dB; the specification's default modulator from velocity
to filter is left out, as most players do.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numba import njit
from numpy.typing import NDArray

from reelscore.perform.soundfont import Gen, Sample, SoundFont, Zone
from reelscore.values.sound import SAMPLE_RATE, Samples

BLOCK = 32
CHOKE_S = 0.12  # per 100 dB: how fast a closed hat stops an open one
_PHASE_BITS = 10
_PHASES = 1 << _PHASE_BITS
_ONE = float(1 << 32)  # positions are 32.32 fixed point
_SHORTEST_RELEASE_S = 0.03  # per 100 dB: no click, yet no tail
_MOST_TAPS = 96
_WINDOW_BETA = 7.0
_BAND = 0.94  # share of the band that an interpolator passes
_FLAT_CENTS = 13300  # a filter that never closes below this (17.7 kHz) is not run

# Places in the kernel's parameter row (float64). Times in frames.
_POSITION, _STEP, _LOOP_START, _LOOP_END, _END = 0, 1, 2, 3, 4
_LEFT, _RIGHT, _HOLD, _CHOKE = 5, 6, 7, 8
_VOLUME, _SHAPE = 9, 15  # two envelopes: delay, attack, hold, decay, sustain, release
_SHAPE_PITCH, _SHAPE_FILTER = 21, 22
_VIBRATO, _LFO = 23, 25  # two oscillators: delay, cycles per frame
_VIBRATO_PITCH, _LFO_PITCH, _LFO_FILTER, _LFO_VOLUME = 27, 28, 29, 30
_CUTOFF, _RESONANCE, _FILTERED = 31, 32, 33
_ROW = 34


@dataclass(frozen=True, slots=True)
class Strike:
    """How one note asks to be sounded. Frames at 48 kHz; `choke` is the frame (from the start of the film) at which
    another note of its exclusive class stops it, -1 for none."""

    start: int
    hold: int
    key: int
    velocity: int
    gain: float = 1.0  # linear
    pan: float = 0.0  # -1..1, added to the zone's
    cents: float = 0.0
    choke: int = -1
    skip_s: float = 0.0  # begins this far inside the sample
    cutoff_cents: float = 0.0  # added to the zone's filter cutoff
    attack_s: float = 0.0  # a slower attack than the zone's, when longer
    release: float = 1.0  # times the zone's release


def zones_for(zones: Sequence[Zone], key: int, velocity: int) -> list[Zone]:
    """The zones of a preset that sound for this key and velocity."""
    return [zone for zone in zones if zone.takes(key, velocity)]


def looped(zone: Zone) -> bool:
    """Does this zone loop? (Mode 3, "until release", goes on looping through the release.)"""
    return zone.generators[Gen.MODES] & 1 == 1


def exclusive_class(zones: Sequence[Zone], key: int, velocity: int) -> int:
    """The class of notes that stop each other (hi-hats), 0 for none."""
    return max((zone.generators[Gen.EXCLUSIVE] for zone in zones_for(zones, key, velocity)), default=0)


def sound(out: Samples, font: SoundFont, zones: Sequence[Zone], strike: Strike) -> None:
    """Add every zone that takes this strike to `out` (frames, 2); what falls outside is dropped."""
    for zone in zones_for(zones, strike.key, strike.velocity):
        sample = font.sample(zone.sample, looped(zone))
        row = _row(zone, sample, strike)
        _add(out, sample.frames, _interpolator(_band(float(row[_STEP]))), strike.start, row)


def _row(zone: Zone, sample: Sample, strike: Strike) -> NDArray[np.float64]:
    g = zone.generators
    row = _fixed_row(zone, strike.key).copy()
    key = g[Gen.KEY] if g[Gen.KEY] >= 0 else strike.key
    root = g[Gen.ROOT] if 0 <= g[Gen.ROOT] <= 127 else sample.root
    tune = g[Gen.COARSE] * 100 + g[Gen.FINE] + sample.correction_cents + strike.cents
    cents = (key - root) * g[Gen.SCALE] + tune
    row[_STEP] = min(64.0, 2.0 ** (cents / 1200) * sample.rate / SAMPLE_RATE)
    row[_POSITION] = min(sample.start + strike.skip_s * sample.rate, sample.end - 1)
    row[_LOOP_START], row[_LOOP_END], row[_END] = sample.loop_start, sample.loop_end, sample.end
    velocity = g[Gen.VELOCITY] if g[Gen.VELOCITY] > 0 else strike.velocity
    gain = strike.gain * (velocity / 127) ** 2 * 10 ** (-0.002 * max(-240, g[Gen.ATTENUATION]))
    pan = max(-1.0, min(1.0, g[Gen.PAN] / 500 + strike.pan))
    row[_LEFT] = gain * math.cos((pan + 1) * math.pi / 4)
    row[_RIGHT] = gain * math.sin((pan + 1) * math.pi / 4)
    row[_HOLD] = strike.hold
    row[_CHOKE] = strike.choke - strike.start if strike.choke >= 0 else -1.0
    row[_VOLUME + 1] = max(row[_VOLUME + 1], strike.attack_s * SAMPLE_RATE)
    row[_VOLUME + 5] = max(_SHORTEST_RELEASE_S * SAMPLE_RATE, row[_VOLUME + 5] * strike.release)
    row[_CUTOFF] += strike.cutoff_cents
    lowest = row[_CUTOFF] + min(0.0, row[_SHAPE_FILTER]) - abs(row[_LFO_FILTER])
    row[_FILTERED] = 1.0 if lowest < _FLAT_CENTS else 0.0
    return row


@lru_cache(maxsize=8192)
def _fixed_row(zone: Zone, key: int) -> NDArray[np.float64]:
    """What of a kernel row depends only on zone and key."""
    g = zone.generators
    row = np.zeros(_ROW)
    for place, first in ((_VOLUME, Gen.VOL_ENV), (_SHAPE, Gen.MOD_ENV)):
        delay, attack, hold, decay, sustain, release, to_hold, to_decay = g[first : first + 8]
        row[place] = _frames(delay)
        row[place + 1] = _frames(attack)
        row[place + 2] = _frames(hold + to_hold * (60 - key))
        row[place + 3] = _frames(decay + to_decay * (60 - key))
        row[place + 4] = min(max(sustain, 0), 1440 if place == _VOLUME else 1000) / 10  # dB; per cent
        row[place + 5] = _frames(release)
    row[_SHAPE_PITCH], row[_SHAPE_FILTER] = g[Gen.MOD_ENV_TO_PITCH], g[Gen.MOD_ENV_TO_FILTER]
    row[_VIBRATO], row[_VIBRATO + 1] = _frames(g[Gen.DELAY_VIB_LFO]), _cycles(g[Gen.FREQ_VIB_LFO])
    row[_LFO], row[_LFO + 1] = _frames(g[Gen.DELAY_MOD_LFO]), _cycles(g[Gen.FREQ_MOD_LFO])
    row[_VIBRATO_PITCH], row[_LFO_PITCH] = g[Gen.VIB_LFO_TO_PITCH], g[Gen.MOD_LFO_TO_PITCH]
    row[_LFO_FILTER], row[_LFO_VOLUME] = g[Gen.MOD_LFO_TO_FILTER], g[Gen.MOD_LFO_TO_VOLUME] / 10
    row[_CUTOFF] = g[Gen.FILTER_FC]
    row[_RESONANCE] = 10 ** ((min(max(g[Gen.FILTER_Q], 0), 960) / 10 - 3.01) / 20)
    return row


def _frames(timecents: int) -> float:
    """A time of the font in frames; below 1 ms is none at all."""
    return 0.0 if timecents <= -12000 else float(2.0 ** (min(timecents, 8000) / 1200) * SAMPLE_RATE)


def _cycles(cents: int) -> float:
    """An LFO's rate in cycles per frame, from cents above 8.176 Hz."""
    return float(8.176 * 2.0 ** (max(-16000, min(cents, 4500)) / 1200) / SAMPLE_RATE)


def _band(step: float) -> int:
    """Thirds of an octave by which the band must shrink so that a sample read at this step does not fold."""
    return 0 if step <= 1.1 else math.ceil(3 * math.log2(min(step, _MOST_TAPS / 8)))


@lru_cache(maxsize=16)
def _interpolator(band: int) -> NDArray[np.float32]:
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
    t -= row[_VOLUME]
    if t <= 0.0:
        return 0.0
    attack = max(48.0, row[_VOLUME + 1])
    if t < attack:
        return float(t / attack)
    t -= attack + row[_VOLUME + 2]
    if t <= 0.0:
        return 1.0
    fall_db = row[_VOLUME + 4]
    if row[_VOLUME + 3] > 0.0:
        fall_db = min(fall_db, 100.0 * t / row[_VOLUME + 3])
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
    t -= row[_SHAPE]
    if t <= 0.0:
        return 0.0
    if t < row[_SHAPE + 1]:
        return float(t / row[_SHAPE + 1])
    t -= row[_SHAPE + 1] + row[_SHAPE + 2]
    if t <= 0.0:
        return 1.0
    fall = row[_SHAPE + 4] * 0.01
    if row[_SHAPE + 3] > 0.0:
        fall = min(fall, t / row[_SHAPE + 3])
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
def _add(
    out: NDArray[np.float32], pcm: NDArray[np.float32], table: NDArray[np.float32], start: int, row: NDArray[np.float64]
) -> None:
    """Add one zone of one note to `out`, beginning at frame `start`."""
    frames = out.shape[0]
    hold, release, choke = row[_HOLD], row[_VOLUME + 5], row[_CHOKE]
    position = int(row[_POSITION] * _ONE)
    loop = int(row[_LOOP_END] - row[_LOOP_START]) << 32
    stop = (int(row[_LOOP_END]) + table.shape[1] // 2) << 32 if loop > 0 else int(row[_END]) << 32
    moving = row[_SHAPE_PITCH] != 0.0 or row[_VIBRATO_PITCH] != 0.0 or row[_LFO_PITCH] != 0.0
    shaped = row[_SHAPE_PITCH] != 0.0 or row[_SHAPE_FILTER] != 0.0
    at_release, shape_at_release = _volume(hold, row), _shape(hold, row)
    left, right = np.float32(row[_LEFT]), np.float32(row[_RIGHT])
    loudest = max(abs(row[_LEFT]), abs(row[_RIGHT]))
    attacked = row[_VOLUME] + max(48.0, row[_VOLUME + 1])
    dry = np.empty(BLOCK, np.float32)
    pace = int(row[_STEP] * _ONE)
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
                shape = shape_at_release * max(0.0, 1.0 - (t - hold) / max(1.0, row[_SHAPE + 5]))
        lfo = _swing(t, row, _LFO)
        if row[_LFO_VOLUME] != 0.0:
            target *= 10.0 ** (0.05 * row[_LFO_VOLUME] * lfo)
        if moving:
            cents = row[_SHAPE_PITCH] * shape + row[_LFO_PITCH] * lfo + row[_VIBRATO_PITCH] * _swing(t, row, _VIBRATO)
            pace = int(min(64.0, row[_STEP] * 2.0 ** (cents / 1200.0)) * _ONE)
        position = _read(dry, pcm, table, position, pace, loop, stop)
        if row[_FILTERED] != 0.0:
            cutoff = row[_CUTOFF] + row[_SHAPE_FILTER] * shape + row[_LFO_FILTER] * lfo
            if abs(cutoff - cutoff_was) > 1.0:
                cutoff_was = cutoff
                w = 2.0 * math.pi * min(21000.0, max(20.0, 8.176 * 2.0 ** (cutoff / 1200.0))) / SAMPLE_RATE
                alpha = math.sin(w) / (2.0 * row[_RESONANCE])
                a1 = -2.0 * math.cos(w) / (1.0 + alpha)
                a2 = (1.0 - alpha) / (1.0 + alpha)
                b1 = (1.0 - math.cos(w)) / (1.0 + alpha) / math.sqrt(max(1.0, row[_RESONANCE]))
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
        if t > attacked and level * loudest < 3e-5:
            break


def warm() -> None:
    """Compile the kernel (or load it)."""
    row = np.zeros(_ROW)
    row[_STEP], row[_END], row[_VOLUME + 5] = 1.0, 8.0, 100.0
    _add(np.zeros((64, 2), np.float32), np.zeros(512, np.float32), _interpolator(0), 0, row)
