"""Electric guitars: strings of the string model into an amplifier and its speakers.

Signal path, after what the circuits do: tight high-pass and a boost of the middle -> two asymmetric valve stages, the
coupling between them cut below (so that a chord's difference tones do not turn to mud) -> speaker: two resonances, no
highs above 5 kHz -> its box: the cone's many small modes and what the floor and the walls give back to the microphone.
Waveshapers are antialiased by their antiderivative. A chord's root, fifths and octaves share one amplifier, whose
beating is the power of a power chord; its other notes go through another, and only meet the first in the air. A
plectrum comes to one string after the other. Two takes play left and right, as on records, neither quite in tune or in
time with the other; single notes high on the neck are a solo: one take in the middle, driven harder, with the vibrato
of a hand. Curves and corners are in Hz and dB.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache, partial
from math import ceil

import numpy as np
from numba import njit
from numpy.typing import NDArray

from reelscore.perform.filters import Biquad, bell, equalise, high_pass, low_pass
from reelscore.perform.space import convolve
from reelscore.perform.synths.kept import Kept
from reelscore.perform.synths.string_model import Pluck, string
from reelscore.perform.voice import Settings, Take, Voice
from reelscore.values.chance import bits
from reelscore.values.sound import SAMPLE_RATE, PlayedNote, Samples

_STRING = Pluck(
    ring_s=5.0, ring_slope=0.75, damp=0.16, place=0.13, bright_hz=5600, bright_octaves=1.8, noise=0.28,
    twang_cents=9, vibrato_cents=8, vibrato_hz=5.4, vibrato_after_s=0.45,
)  # fmt: skip
_BASE: Settings = {
    "gain_db": 24.0,  # into the first stage
    "tight_hz": 110.0,  # what the amplifier does not get to see
    "middle_db": 4.0,  # at 750 Hz, before the stages
    "bias": 0.25,  # asymmetry
    "second_db": 6.0,  # into the second stage
    "speaker_hz": 4600.0,
    "presence_db": 3.0,
    "scoop_db": 0.0,  # at 450 Hz, after the speaker
    "ring": 1.0,  # times the strings' own
    "damp": 0.16,
    "mute_s": 0.0,  # > 0: palm on the strings: notes die within this
    "release_s": 0.07,
    "width": 0.85,  # of the two takes; 0: one take in the middle
    "solo_db": 8.0,  # more into the first stage for single notes high on the neck
    "octave": 0.0,  # force of the string an octave below that rings with them, 0..1
    "level_db": 0.0,
}
_TAKES, _LAYERS = 3, 6
_SLICE_S, _LONGEST_S = 0.5, 6.0
_SAME_CHORD = Fraction(60, 1000)
_POWER = (0, 5, 7)  # intervals from the lowest note that share its amplifier
_SOLO_FROM = 60  # a note that begins alone from here on is a solo
_APART_CENTS, _TAKE_CENTS = 3.5, (-2.0, 0.5, 2.5)  # how far the takes' tuning lies apart
_STRING_MS = (1, 4)  # from one string of a chord to the next: a hard stroke, a soft one
_BOX_S = 0.045
_MIDDLE = 2  # the side of a take that plays alone; 0 left, 1 right
_BUS = (1.0, 0.8)  # how loud the power and the other notes leave their amplifiers
_KEPT = Kept(32 << 20)


@njit(cache=True, nogil=True, fastmath=True)
def _add(out, wave, first, hold, release, amp, mute):  # type: ignore[no-untyped-def]
    """Add a string that is damped after `hold` frames; `mute` > 0: under the palm, dying with this time constant."""
    last = min(wave.shape[0], out.shape[0] - first)
    level = amp
    n = max(0, -first)
    while n < last and level > 1e-5:
        pace = -1.0 / release if n > hold else -1.0 / mute if mute > 0.0 else 0.0
        until = min(last, n + 32) if n > hold else min(last, n + 32, hold + 1)
        below = level * np.exp(pace * (until - n))
        gain, slope = np.float32(level), np.float32((below - level) / (until - n))
        left = np.float32(wave.shape[0] - n)  # of the recording, whose end is faded
        for k in range(until - n):
            step = np.float32(k)
            fade = min(np.float32(1.0), (left - step) * np.float32(1.0 / 240.0))
            out[first + n + k] += wave[n + k] * (gain + slope * step) * fade
        level = below
        n = until


@njit(cache=True, nogil=True, fastmath=True)
def _stages(x, gain, bias, second, tight):  # type: ignore[no-untyped-def]
    """Two valve stages in place: x / sqrt(1 + x^2) about a bias, averaged between samples; silence is passed over."""
    rest1 = bias / np.sqrt(1.0 + bias * bias)
    offset2 = -0.6 * bias
    rest2 = offset2 / np.sqrt(1.0 + offset2 * offset2)
    before = bias
    primitive = np.sqrt(1.0 + bias * bias)
    before2 = offset2
    primitive2 = np.sqrt(1.0 + offset2 * offset2)
    low = last = 0.0
    k = 1.0 - np.exp(-6.283185307 * tight / 48000.0)
    quiet = 0
    for n in range(x.shape[0]):
        if abs(x[n]) < 1e-7:
            quiet += 1
            if quiet > 9600:
                x[n] = np.float32(0.0)
                continue
        else:
            quiet = 0
        v = gain * x[n] + bias
        area = np.sqrt(1.0 + v * v)
        y = (v + before) / (area + primitive) - rest1  # (area - primitive) / (v - before), also where v stands still
        before, primitive = v, area
        low += k * (y - low)
        v = second * (y - low) + offset2
        area = np.sqrt(1.0 + v * v)
        y = (v + before2) / (area + primitive2) - rest2
        before2, primitive2 = v, area
        last += 0.004 * (y - last)
        x[n] = np.float32(y - last)


@njit(cache=True, nogil=True)
def _seat(out, sound, left, right):  # type: ignore[no-untyped-def]
    for n in range(sound.shape[0]):
        out[n, 0] += sound[n] * left
        out[n, 1] += sound[n] * right


def _front(s: Settings) -> tuple[Biquad, ...]:
    return high_pass(s["tight_hz"], 0.8), bell(750, s["middle_db"], 0.7), low_pass(6500, 0.7)


def _speaker(s: Settings) -> tuple[Biquad, ...]:
    return (
        high_pass(75, 0.9), bell(120, 2.5, 1.2), bell(450, s["scoop_db"], 0.8), bell(2400, s["presence_db"], 1.0),
        low_pass(s["speaker_hz"], 0.9), low_pass(s["speaker_hz"] * 1.25, 0.7),
    )  # fmt: skip


@lru_cache(maxsize=3)
def _box(side: int) -> NDArray[np.float32]:
    """The impulse of a speaker's box in its room; `side`: which of the boxes. Uneven from mode to mode, even across
    octaves, whose balance is the speaker's."""
    chance = np.random.default_rng(bits(0, "box", side))
    t = np.arange(round(_BOX_S * SAMPLE_RATE)) / SAMPLE_RATE
    impulse = 0.09 * chance.standard_normal(len(t)) * np.exp(-t / 0.0011)
    impulse += 0.012 * chance.standard_normal(len(t)) * np.exp(-t / 0.014) * (t > 0.004)
    for at_ms, level in ((1.9, -0.22), (3.7, 0.16), (7.3, 0.14), (11.9, -0.12), (17.1, 0.1), (24.0, 0.07)):
        impulse[round(at_ms * (0.92 + 0.16 * chance.random()) * SAMPLE_RATE / 1000)] += level
    size = 1 << 14
    f = np.fft.rfftfreq(size, 1 / SAMPLE_RATE)
    impulse = np.fft.irfft(np.fft.rfft(impulse, size) * f / np.hypot(f, 350.0), size)  # a small room has no lows
    impulse[0] += 1.0
    spectrum = np.fft.rfft(impulse)
    octave = np.log2(np.maximum(f, 20.0))
    centres = np.arange(4.5, 15.0, 0.5)
    loud = [np.mean(np.log(np.abs(spectrum[np.abs(octave - c) < 0.5]) + 1e-9)) for c in centres]
    even = np.fft.irfft(spectrum * np.exp(-np.interp(octave, centres, loud)), size)
    early = np.roll(even, 96)[: len(t) + 96]  # what evens it out begins a little before the stroke
    early[:48] *= np.linspace(0, 1, 48)
    return np.asarray(early, dtype=np.float32)


def _chords(notes: Sequence[PlayedNote]) -> Iterator[list[PlayedNote]]:
    """What is struck together, lowest first."""
    ordered = sorted(notes, key=lambda n: (n.at, n.pitch))
    i = 0
    while i < len(ordered):
        j = i
        while j < len(ordered) and ordered[j].at - ordered[i].at < _SAME_CHORD:
            j += 1
        yield sorted(ordered[i:j], key=lambda n: n.pitch)
        i = j


def buses(notes: Sequence[PlayedNote]) -> tuple[list[PlayedNote], list[PlayedNote]]:
    """What shares the first amplifier (single notes, roots, fifths, octaves), and the other notes of chords."""
    power: list[PlayedNote] = []
    other: list[PlayedNote] = []
    for chord in _chords(notes):
        root = chord[0].pitch
        for note in chord:
            (power if (note.pitch - root) % 12 in _POWER else other).append(note)
    return power, other


def hands(notes: Sequence[PlayedNote]) -> tuple[list[PlayedNote], list[PlayedNote]]:
    """Rhythm and solo. A chord that falls on one instant is spread as a plectrum would, from the lowest string."""
    rhythm: list[PlayedNote] = []
    solo: list[PlayedNote] = []
    for chord in _chords(notes):
        if len(chord) == 1 and chord[0].pitch >= _SOLO_FROM:
            solo += chord
            continue
        together = chord[-1].at - chord[0].at < Fraction(1, 1000)
        hard, soft = _STRING_MS
        step = Fraction(round(soft - (soft - hard) * chord[0].velocity / 127), 1000) if together else 0
        rhythm += [replace(note, at=note.at + i * step) for i, note in enumerate(chord)]
    return rhythm, solo


def _play(out: NDArray[np.float32], notes: Sequence[PlayedNote], p: Pluck, s: Settings, seed: int, side: int) -> None:
    """Strings of one bus of one take, into `out` (frames,)."""
    strokes = []
    longest: dict[tuple[int, int, int], int] = {}  # slices of each string; a shorter one is the beginning of a longer
    for note in sorted(notes, key=lambda n: (n.pitch, n.velocity * _LAYERS // 128, n.at)):
        dice = bits(seed, "guitar", note.player, note.at, note.pitch, side)
        wanted = note.pitch, min(_LAYERS - 1, note.velocity * _LAYERS // 128), dice % _TAKES
        lasts_s = min(_LONGEST_S, float(note.duration) + 5 * s["release_s"], 7 * s["mute_s"] or _LONGEST_S)
        slices = max(1, ceil(lasts_s / _SLICE_S))
        longest[wanted] = max(slices, longest.get(wanted, 0))
        strokes.append((note, dice, wanted, slices))
    for note, dice, wanted, slices in strokes:
        pitch, layer, take = wanted
        own = (pitch, (layer + 1) / _LAYERS, _frames(longest[wanted]), take, side, p)
        wave = _KEPT(own, partial(_drawn, *own))[: _frames(slices)]
        late = (dice >> 8) % 480 * (side == 1)  # the second take is never quite together with the first
        _add(
            out, wave[:, 0], round(float(note.at) * SAMPLE_RATE) + late,
            max(64, round(float(note.duration) * SAMPLE_RATE)), max(48.0, s["release_s"] * 0.3 * SAMPLE_RATE),
            (note.velocity / 127) ** 2, s["mute_s"] * 0.35 * SAMPLE_RATE,
        )  # fmt: skip


def _frames(slices: int) -> int:
    return round(slices * _SLICE_S * SAMPLE_RATE)


def _drawn(pitch: int, force: float, frames: int, take: int, side: int, p: Pluck) -> Samples:
    cents = (0.0 if side == _MIDDLE else _APART_CENTS * (1 - 2 * side)) + _TAKE_CENTS[take]
    own = p._replace(cents=cents)
    return string(pitch, force, frames, take + _TAKES * side, 0.0, own).astype(np.float32)[:, None]


def render(notes: Sequence[PlayedNote], settings: Settings, take: Take) -> None:
    """Play notes with these settings."""
    s = settings
    p = _STRING._replace(ring_s=_STRING.ring_s * s["ring"], damp=s["damp"])
    rhythm, solo = hands(notes)
    if rhythm:
        _amplified(take, rhythm, p, s, (0, 1) if s["width"] > 0 else (_MIDDLE,))
    if solo:
        singing = p._replace(
            ring_s=1.6 * p.ring_s, damp=0.8 * p.damp, vibrato_cents=22, vibrato_hz=5.7, vibrato_after_s=0.2
        )
        driven = {
            **s,
            "gain_db": s["gain_db"] + s["solo_db"],
            "tight_hz": s["tight_hz"] + 50,
            "speaker_hz": 0.8 * s["speaker_hz"],
        }
        below = [
            replace(note, pitch=note.pitch - 12, velocity=max(1, round(note.velocity * s["octave"]))) for note in solo
        ]
        _amplified(take, [*solo, *below] if s["octave"] > 0 else solo, singing, driven, (_MIDDLE,))


def _amplified(take: Take, notes: Sequence[PlayedNote], p: Pluck, s: Settings, sides: tuple[int, ...]) -> None:
    """One take, or two side by side: strings, amplifiers, speaker, box; added where each sits."""
    air: Samples | None = None
    for members, loud in zip(buses(notes), _BUS, strict=True):
        if not members:
            continue
        heard: Samples = np.zeros((len(take.out), 2), dtype=np.float32)  # a column for each side
        for column, side in enumerate(sides):
            _play(heard[:, column], members, p, s, take.seed, side)
        equalise(heard, *_front(s))
        for column in range(len(sides)):
            _stages(
                heard[:, column], 10 ** (s["gain_db"] / 20), s["bias"], 10 ** (s["second_db"] / 20), s["tight_hz"] * 0.9
            )
        if loud != 1.0:
            heard *= np.float32(loud)
        if air is not None:
            heard += air
        air = heard
    assert air is not None  # notes has at least one
    equalise(air, *_speaker(s))
    for column, side in enumerate(sides):
        boxed = np.zeros(len(air), dtype=np.float32)
        convolve(np.ascontiguousarray(air[:, column]), _box(side), boxed, 1.0)
        pan = 0.0 if side == _MIDDLE else (side * 2 - 1) * s["width"]
        scale = 0.16 * 10 ** (s["level_db"] / 20) * (1.0 if side == _MIDDLE else 0.75)
        _seat(take.out, boxed, np.float32(scale * min(1.0, 1 - pan)), np.float32(scale * min(1.0, 1 + pan)))


def _voice(name: str, **changes: float) -> Voice:
    return Voice(name, {**_BASE, **changes}, render)


VOICES = (
    _voice(
        "amp_clean", gain_db=4, second_db=0, bias=0.35, tight_hz=90, middle_db=1, speaker_hz=5200, damp=0.12,
        level_db=15,
    ),
    _voice("amp_crunch", gain_db=20, second_db=3, tight_hz=110, middle_db=4, bias=0.35, level_db=2),
    _voice(
        "amp_high_gain", gain_db=32, second_db=11, tight_hz=120, middle_db=3, scoop_db=-4, presence_db=4.5, level_db=-5,
    ),
    _voice(
        "amp_chug", gain_db=34, second_db=11, tight_hz=140, middle_db=2, scoop_db=-4.5, presence_db=5, mute_s=0.22,
        damp=0.3, release_s=0.03,
    ),
)  # fmt: skip


def warm() -> None:
    """Compile the kernels."""
    note = PlayedNote("", Fraction(0), Fraction(1, 100), 60, 100)
    VOICES[0].render([note], {}, Take(np.zeros((512, 2), dtype=np.float32)))
