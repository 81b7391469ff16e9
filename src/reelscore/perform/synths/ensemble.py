"""Ensembles and clouds: the string machine with its chorus, a wide pad, and a pad made of grains.

The string machine is plain saws of whole octaves (as divided from one top octave) into three delays that two slow
oscillators move against each other; all its width comes from there. Grains are windows of a looped note, each read at
another place, octave and side: they never repeat, and their density breathes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numba import njit

from reelscore.perform.synths.pads import loop_of
from reelscore.perform.synths.wavetable import hertz, level_of, tables
from reelscore.perform.voice import Settings, Take, Voice
from reelscore.values.chance import bits
from reelscore.values.sound import SAMPLE_RATE, PlayedNote, Samples

_MACHINE: Settings = {
    "eight": 1.0,  # saw at pitch
    "four": 0.7,  # an octave up
    "sixteen": 0.25,  # an octave down
    "cutoff_hz": 5200.0,
    "attack_s": 0.09,
    "release_s": 0.45,
    "chorus": 1.0,  # depth
    "level_db": 6.0,
}
_CLOUD: Settings = {
    "grain_s": 0.16,
    "rate_hz": 26.0,  # grains a second
    "octave_up": 0.25,  # share of grains an octave higher
    "fifth_up": 0.08,
    "air": 0.5,  # breath of the source
    "jitter_cents": 7.0,
    "attack_s": 0.9,
    "release_s": 1.6,
    "width": 0.9,
    "level_db": 0.0,
}


@njit(cache=True, nogil=True, fastmath=True)
def _saws(dry, bank, rows, tones, strengths, first, hold, attack, release, cutoff, amp):  # type: ignore[no-untyped-def]
    """Add the footages of one key, low-passed, to a mono line."""
    rate = 48000.0
    count = tones.shape[0]
    phase = np.zeros(count, dtype=np.int64)
    step = np.empty(count, dtype=np.int64)
    for q in range(count):
        step[q] = np.int64(tones[q] / rate * 4294967296.0)
        phase[q] = np.int64(q) * 1431655765
    fall = math.exp(-1.0 / (release * 0.3))
    k = 1.0 - math.exp(-6.283185307 * cutoff / rate)
    total = hold + int(release * 1.6)
    env = low = lower = 0.0
    for n in range(total):
        at = first + n
        if at >= dry.shape[0]:
            break
        env = min(1.0, env + 1.0 / attack) if n < hold else env * fall
        v = 0.0
        for q in range(count):
            phase[q] = (phase[q] + step[q]) & 0xFFFFFFFF
            i = phase[q] >> 20
            v += strengths[q] * (
                bank[rows[q], i]
                + (bank[rows[q], i + 1] - bank[rows[q], i]) * ((phase[q] & 0xFFFFF) * 9.5367431640625e-07)
            )
        low += k * (v - low)
        lower += k * (low - lower)
        if at >= 0:
            dry[at] += np.float32(lower * env * amp * min(1.0, (total - n) / 480.0))


@njit(cache=True, nogil=True, fastmath=True)
def _chorus(dry, out, depth):  # type: ignore[no-untyped-def]
    """Three delays of about 12 ms, a third of a turn apart, swayed slowly (0.63 Hz) and fast (6.1 Hz)."""
    rate = 48000.0
    quiet = 0
    reads = np.zeros(3)
    for n in range(dry.shape[0]):
        quiet = quiet + 1 if dry[n] == 0.0 else 0
        if quiet > 2400:
            continue
        t = n / rate
        for tap in range(3):
            turn = 2.0943951 * tap
            ms = 12.0 + depth * (
                3.6 * math.sin(6.283185307 * 0.63 * t + turn) + 0.55 * math.sin(6.283185307 * 6.1 * t + turn)
            )
            place = n - ms * 48.0
            whole = math.floor(place)
            f = place - whole
            i = int(whole)
            a = dry[i] if 0 <= i < dry.shape[0] else 0.0
            b = dry[i + 1] if 0 <= i + 1 < dry.shape[0] else 0.0
            reads[tap] = a + (b - a) * f
        out[n, 0] += np.float32(0.62 * reads[0] + 0.45 * reads[1] + 0.12 * reads[2])
        out[n, 1] += np.float32(0.12 * reads[0] + 0.45 * reads[1] + 0.62 * reads[2])


@njit(cache=True, nogil=True, fastmath=True)
def _grains(out, loop, window, starts, places, steps, lefts, rights, first, hold, attack, release, amp):  # type: ignore[no-untyped-def]
    """Add windows of `loop`: grain g begins at `starts[g]` of the note and at `places[g]` of the loop."""
    length = loop.shape[0]
    size = window.shape[0]
    for g in range(starts.shape[0]):
        when = starts[g]
        level = min(1.0, when / attack) ** 2 if when < hold else math.exp(-(when - hold) / release)
        position = places[g]
        gain = level * amp
        for n in range(size):
            at = first + when + n
            if at >= out.shape[0]:
                break
            whole = int(position)
            f = position - whole
            while whole >= length - 1:
                whole -= length - 1
                position -= length - 1
            a = loop[whole]
            v = (a + (loop[whole + 1] - a) * f) * window[n] * gain
            position += steps[g]
            if at >= 0:
                out[at, 0] += np.float32(v * lefts[g])
                out[at, 1] += np.float32(v * rights[g])


def render_machine(notes: Sequence[PlayedNote], settings: Settings, take: Take) -> None:
    """Play the string machine."""
    dry = np.zeros(len(take.out), dtype=np.float32)
    bank = tables("saw")
    strengths = np.array([settings["eight"], settings["four"], settings["sixteen"]])
    for note in notes:
        tones = hertz(note.pitch) * np.array([1.0, 2.0, 0.5])
        force = note.velocity / 127
        _saws(
            dry, bank, np.array([level_of(tone) for tone in tones]), tones, strengths,
            round(float(note.at) * SAMPLE_RATE), max(64, round(float(note.duration) * SAMPLE_RATE)),
            max(48.0, settings["attack_s"] * SAMPLE_RATE), settings["release_s"] * SAMPLE_RATE,
            settings["cutoff_hz"] * (0.45 + 0.55 * force), 0.06 * 10 ** (settings["level_db"] / 20) * force**1.2,
        )  # fmt: skip
    if take.cutoff is not None:
        _close(dry, take.cutoff)
    _chorus(dry, take.out, settings["chorus"])


@njit(cache=True, nogil=True, fastmath=True)
def _close(dry, cutoff):  # type: ignore[no-untyped-def]
    """One pole that follows the score's cutoff."""
    low = 0.0
    for n in range(dry.shape[0]):
        k = 1.0 - math.exp(-6.283185307 * 12000.0 * 2.0 ** (6.0 * (cutoff[n // 64] - 1.0)) / 48000.0)
        low += k * (dry[n] - low)
        dry[n] = np.float32(low)


def render_cloud(notes: Sequence[PlayedNote], settings: Settings, take: Take) -> None:
    """Play a pad of grains."""
    own: Samples = np.zeros_like(take.out) if take.cutoff is not None else take.out
    size = round(settings["grain_s"] * SAMPLE_RATE)
    shape = (16.0, 1.1, 0.0, 1800.0, 4.0, settings["air"], 0.25, 0.0, 0.2)
    for note in notes:
        chance = np.random.default_rng(bits(take.seed, "grains", note.player, note.at, note.pitch))
        loop = loop_of(note.pitch, shape, take.seed)
        hold, release = float(note.duration), settings["release_s"]
        count = max(2, round((hold + 2.5 * release) * settings["rate_hz"]))
        starts = np.sort((np.arange(count) + chance.random(count)) / settings["rate_hz"] * SAMPLE_RATE).astype(np.int64)
        dice = chance.random(count)
        up = np.where(dice < settings["octave_up"], 2.0, np.where(dice > 1 - settings["fifth_up"], 1.5, 1.0))
        steps = up * 2 ** (settings["jitter_cents"] * chance.standard_normal(count).clip(-2, 2) / 1200)
        side = chance.uniform(-1, 1, count) * settings["width"]
        strength = np.where(up > 1, 0.55, 1.0)
        _grains(
            own, loop, np.hanning(size), starts, chance.random(count) * len(loop), steps,
            strength * np.sqrt(0.5 * (1 - side)), strength * np.sqrt(0.5 * (1 + side)),
            round(float(note.at) * SAMPLE_RATE), round(hold * SAMPLE_RATE),
            max(1.0, min(settings["attack_s"], 0.6 * hold) * SAMPLE_RATE), release * 0.45 * SAMPLE_RATE,
            0.55 * 10 ** (settings["level_db"] / 20) * (note.velocity / 127) ** 1.2,
        )  # fmt: skip
    if take.cutoff is not None:
        for side_of in range(2):
            _close(own[:, side_of], take.cutoff)
        take.out[:] += own


VOICES = (
    Voice("string_machine", _MACHINE, render_machine),
    Voice("granular_pad", _CLOUD, render_cloud),
)


def warm() -> None:
    """Compile the kernels."""
    note = PlayedNote("", Fraction(0), Fraction(1, 100), 60, 100)
    take = Take(np.zeros((512, 2), dtype=np.float32), cutoff=np.ones(16, dtype=np.float32))
    for voice in VOICES:
        voice.render([note], {}, take)
