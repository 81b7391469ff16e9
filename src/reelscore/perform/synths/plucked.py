"""Plucked instruments of many countries, on the string model: their strings, bodies and ways of playing.

A tied note is pulled or pressed, not plucked again; long notes of some are plucked over and over (tremolo);
sympathetic strings are tuned to the notes that the player uses most.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial

import numpy as np
from numba import njit

from reelscore.perform.synths.kept import Kept, Turns
from reelscore.perform.synths.string_model import Pluck, stroke
from reelscore.perform.synths.wavetable import hertz
from reelscore.perform.voice import Settings, Take, Voice
from reelscore.values.chance import draw
from reelscore.values.sound import SAMPLE_RATE, PlayedNote, Samples

_TAKES, _LAYERS = 3, 8
_SLICE_S = 0.5  # strokes are drawn in lengths of this many seconds
_LONGEST_S = 7.0
_KEPT = Kept(32 << 20)


@njit(cache=True, nogil=True, fastmath=True)
def _lay(out, stroke, first, hold, release, amp):  # type: ignore[no-untyped-def]
    """Add a stroke that is damped after `hold` frames."""
    fall = math.exp(-1.0 / release)
    level = amp
    for n in range(stroke.shape[0]):
        at = first + n
        if at >= out.shape[0]:
            break
        if n > hold:
            level *= fall
            if level < 2e-5:
                break
        if at >= 0:
            fade = min(1.0, (stroke.shape[0] - n) / 240.0) * level
            out[at, 0] += np.float32(stroke[n, 0] * fade)
            out[at, 1] += np.float32(stroke[n, 1] * fade)


@njit(cache=True, nogil=True, fastmath=True)
def _sympathise(dry, out, first, last, periods, gain, level):  # type: ignore[no-untyped-def]
    """Strings that nobody plucks ring along, left and right by turns; adds to `out`."""
    for r in range(periods.shape[0]):
        period = periods[r]
        whole = int(period)
        f = period - whole
        size = 1
        while size < whole + 4:
            size *= 2
        line = np.zeros(size)
        mask = size - 1
        damped = 0.0
        side = r % 2
        for n in range(first, last):
            x = line[(n - whole) & mask] * (1.0 - f) + line[(n - whole - 1) & mask] * f
            damped += (x - damped) * 0.72
            y = 0.02 * (dry[n, 0] + dry[n, 1]) + gain * damped
            line[n & mask] = y
            out[n, side] += np.float32(level * y)
            out[n, 1 - side] += np.float32(0.4 * level * y)


def _frames(slices: int) -> int:
    return round(slices * _SLICE_S * SAMPLE_RATE)


def repeated(note: PlayedNote, p: Pluck) -> list[tuple[float, float, int]]:
    """(start, length, velocity) of every stroke of a note: one, or a tremolo that breathes."""
    start, length = float(note.at), float(note.duration)
    if p.tremolo_after_s <= 0 or length < p.tremolo_after_s:
        return [(start, length, note.velocity)]
    count = max(2, round(length * p.tremolo_hz))
    step = length / count
    return [(start + i * step, step * 1.15, round(note.velocity * _swell(i / count))) for i in range(count)]


def _swell(along: float) -> float:
    """How a tremolo's strokes grow and fade after the first."""
    return 1.0 if along == 0 else 0.68 + 0.2 * math.sin(math.pi * along)


def _pulled_cents(seed: int, before: PlayedNote | None, note: PlayedNote, p: Pluck) -> float:
    """Where a note that is tied to the one before comes from, in cents; 0 when it is plucked, as most are."""
    if before is None or before.articulation != "legato" or not 0 < abs(note.pitch - before.pitch) <= 4:
        return 0.0
    tied = before.at < note.at <= before.at + before.duration
    pulled = tied and draw(seed, "pulled", note.player, note.at) < p.pulled
    return 100.0 * (before.pitch - note.pitch) if pulled else 0.0


def render(notes: Sequence[PlayedNote], settings: Settings, take: Take) -> None:
    """Play notes with these settings (all fields of `Pluck`)."""
    p = Pluck(**{key: float(value) for key, value in settings.items()})
    dry: Samples = np.zeros_like(take.out) if p.sympathy > 0 else take.out
    ordered = sorted(notes, key=lambda n: (n.at, n.pitch))
    turns = Turns(_TAKES, take.seed, "round", notes[0].player)
    wanted: list[tuple[tuple[int, int, int, int, float], float, float, int]] = []
    for before, note in zip([None, *ordered], ordered, strict=False):
        slide = _pulled_cents(take.seed, before, note, p)
        ring_s = min(_LONGEST_S, p.ring_s * p.ring_slope ** ((note.pitch - 60) / 12))
        for at, length, velocity in repeated(note, p):
            layer = min(_LAYERS - 1, velocity * _LAYERS // 128)
            slices = max(1, math.ceil(min(ring_s, length + 5 * p.release_s) / _SLICE_S))
            which = turns(note.pitch, Fraction(round(at * SAMPLE_RATE), SAMPLE_RATE))
            wanted.append(((note.pitch, layer, which, slices, slide), at, length, velocity))
    plain = p._replace(level_db=0.0)
    longest: dict[tuple[int, int, int, float], int] = {}  # a shorter stroke is the beginning of a longer one
    for (pitch, layer, which, slices, slide), *_ in wanted:
        longest[pitch, layer, which, slide] = max(slices, longest.get((pitch, layer, which, slide), 0))
    for (pitch, layer, which, slices, slide), at, length, velocity in sorted(wanted):  # like strokes together: few kept
        own = (pitch, (layer + 1) / _LAYERS, _frames(longest[pitch, layer, which, slide]), which, slide, plain)
        drawn = _KEPT(own, partial(stroke, *own))[: _frames(slices)]
        amp = 10 ** (p.level_db / 20) * (velocity / 127) ** 1.6
        hold, release = max(32, round(length * SAMPLE_RATE)), max(48.0, p.release_s * 0.3 * SAMPLE_RATE)
        _lay(dry, drawn, round(at * SAMPLE_RATE), hold, release, amp)
    if p.sympathy > 0 and ordered:
        _resound(dry, take.out, ordered, p.sympathy)


def _resound(dry: Samples, out: Samples, notes: Sequence[PlayedNote], level: float) -> None:
    """Add the strokes and the strings that ring along with them."""
    out += dry
    often = sorted(Counter(note.pitch % 12 for note in notes).items(), key=lambda found: (-found[1], found[0]))
    periods = np.array([SAMPLE_RATE / hertz(60 + tone + 12 * (tone < 5)) for tone, _ in often[:9]])
    first = max(0, round(float(notes[0].at) * SAMPLE_RATE))
    last = min(len(dry), round((max(float(n.at + n.duration) for n in notes) + 3) * SAMPLE_RATE))
    _sympathise(dry, out, first, max(first, last), periods, 0.9965, level)


def _voice(name: str, **changes: float) -> Voice:
    return Voice(name, {**Pluck()._asdict(), **changes}, render)


_TABLE: Mapping[str, dict[str, float]] = {
    "lute": {},
    "ukulele": {
        "ring_s": 1.5, "damp": 0.3, "place": 0.2, "bright_hz": 4200, "noise": 0.2, "click": 0.1, "click_hz": 2500,
        "body": 1, "body_mix": 0.8, "knock": 0.2, "release_s": 0.1,
    },
    "banjo": {
        "ring_s": 1.1, "ring_slope": 0.7, "damp": 0.12, "place": 0.09, "bright_hz": 9000, "noise": 0.2, "click": 0.35,
        "click_hz": 3500, "body": 2, "body_mix": 0.95, "knock": 0.25, "twang_cents": 14, "release_s": 0.1,
    },
    "mandolin": {
        "ring_s": 1.5, "damp": 0.14, "place": 0.1, "bright_hz": 8500, "click": 0.3, "click_hz": 5000, "body": 3,
        "body_mix": 0.75, "course_cents": 7, "release_s": 0.1, "tremolo_after_s": 0.75, "tremolo_hz": 11.5,
    },
    "koto": {
        "ring_s": 3.2, "damp": 0.16, "place": 0.11, "bright_hz": 7500, "click": 0.3, "click_hz": 5200, "body": 4,
        "body_mix": 0.6, "twang_cents": 22, "vibrato_cents": 9, "vibrato_hz": 5.2, "vibrato_after_s": 0.35,
        "glide_s": 0.12, "pulled": 0.3, "release_s": 0.9,
    },
    "guzheng": {
        "ring_s": 4.5, "damp": 0.1, "place": 0.12, "bright_hz": 9500, "click": 0.25, "click_hz": 6000, "body": 4,
        "body_mix": 0.55, "twang_cents": 10, "vibrato_cents": 16, "vibrato_hz": 5.6, "vibrato_after_s": 0.25,
        "glide_s": 0.18, "pulled": 0.35, "release_s": 1.3, "tremolo_after_s": 2.4, "tremolo_hz": 10,
    },
    "pipa": {
        "ring_s": 1.3, "damp": 0.13, "place": 0.1, "bright_hz": 9000, "click": 0.45, "click_hz": 4200, "body": 5,
        "body_mix": 0.75, "twang_cents": 16, "vibrato_cents": 8, "glide_s": 0.1, "pulled": 0.25, "release_s": 0.12,
        "tremolo_after_s": 0.6, "tremolo_hz": 13,
    },
    "shamisen": {
        "ring_s": 0.9, "damp": 0.16, "place": 0.08, "bright_hz": 7000, "click": 0.7, "click_hz": 2400, "body": 6,
        "body_mix": 0.95, "knock": 0.6, "buzz": 2.0, "twang_cents": 18, "glide_s": 0.07, "pulled": 0.25,
        "release_s": 0.09, "level_db": -3,
    },
    "sitar": {
        "ring_s": 3.6, "ring_slope": 0.7, "damp": 0.05, "place": 0.07, "bright_hz": 6500, "click": 0.25, "body": 7,
        "body_mix": 0.55, "buzz": 7.0, "twang_cents": 25, "vibrato_cents": 7, "vibrato_hz": 5, "glide_s": 0.22,
        "release_s": 0.5, "sympathy": 0.55, "level_db": -3, "pulled": 0.6,
    },
    "tanpura": {
        "ring_s": 6.5, "ring_slope": 0.8, "damp": 0.03, "place": 0.25, "bright_hz": 2600, "noise": 0.08, "click": 0.02,
        "body": 7, "body_mix": 0.6, "buzz": 14.0, "course_cents": 2.5, "twang_cents": 2,
        "release_s": 1.6, "level_db": -3,
    },
}  # fmt: skip

VOICES = tuple(_voice(f"{name}_string", **changes) for name, changes in _TABLE.items())


def warm() -> None:
    """Compile the kernels."""
    note = PlayedNote("", Fraction(0), Fraction(1, 100), 60, 100)
    for name in ("lute_string", "sitar_string"):
        voice = next(v for v in VOICES if v.name == name)
        voice.render([note], {}, Take(np.zeros((512, 2), dtype=np.float32)))
