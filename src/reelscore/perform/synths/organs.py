"""Organs: drawbars of sine partials with key click and a turning speaker, and the house organ of the nineties.

Drawbars follow the footages of tone-wheel organs (16' 5 1/3' 8' 4' 2 2/3' 2' 1 3/5' 1 1/3' 1').
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numba import njit

from reelscore.perform.synths.wavetable import hertz
from reelscore.perform.voice import Settings, Take, Voice
from reelscore.values.sound import SAMPLE_RATE, PlayedNote

_RATIOS = (0.5, 1.5, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0)
_BASE: Settings = {
    **{f"drawbar_{i}": 0.0 for i in range(1, 10)},  # 0..8, from 16' to 1'
    "click": 0.2,
    "percussion": 0.0,  # a fast third harmonic
    "decay_s": 0.0,  # 0: holds
    "release_s": 0.06,
    "rotor_hz": 0.8,  # speed of the turning speaker
    "rotor": 0.35,  # how far it moves pitch, level and place
    "drive": 0.2,
    "level_db": 0.0,
}


@njit(cache=True, nogil=True, fastmath=True)
def _key(out, first, hold, tone, ratios, bars, click, percussion, decay_s, release_s, hz, rotor, drive, amp):  # type: ignore[no-untyped-def]
    """Add one key; partials rotate as complex numbers, turned at the speaker's changing rate every 32 samples."""
    rate = 48000.0
    count = ratios.shape[0]
    re = np.zeros(count)
    im = np.zeros(count)
    cr = np.zeros(count)
    ci = np.zeros(count)
    for q in range(count):
        angle = q * 2.399963
        re[q] = math.cos(angle)
        im[q] = math.sin(angle)
    total = hold + int(release_s * 2.5 * rate) + 32
    env = 0.0
    hit = 1.0
    fall = math.exp(-1.0 / (release_s * 0.3 * rate))
    fade = math.exp(-1.0 / (decay_s * 0.4 * rate)) if decay_s > 0.0 else 1.0
    tick = math.exp(-1.0 / (0.12 * rate))
    level = 1.0
    noise = np.int64(first % 65521 + 17)
    rise = 1.0 / (0.003 * rate)
    for block in range(0, total, 32):
        turn = math.sin(6.283185307 * hz * (first + block) / rate)
        side = math.cos(6.283185307 * hz * (first + block) / rate)
        for q in range(count):
            f = tone * ratios[q] * (1.0 + 0.0025 * rotor * turn)
            w = 6.283185307179586 * f / rate
            if f > 16000.0:
                w = 0.0
            cr[q] = math.cos(w)
            ci[q] = math.sin(w)
        for n in range(block, block + 32):
            at = first + n
            v = 0.0
            for q in range(count):
                x = re[q] * cr[q] - im[q] * ci[q]
                im[q] = re[q] * ci[q] + im[q] * cr[q]
                re[q] = x
                v += bars[q] * im[q]
            v += percussion * hit * im[4]
            hit *= tick
            if n < 240:
                noise = (noise * 1103515245 + 12345) & 0x7FFFFFFF
                v += click * (1.0 - n / 240.0) * (noise * 9.313225746e-10 - 1.0)
            if n < hold:
                env = min(1.0, env + rise)
            else:
                env *= fall
            level *= fade
            v *= env * level
            v = v * (1.0 + drive) / (1.0 + drive * abs(v))
            v *= amp * min(1.0, (total - n) / 32.0)
            if 0 <= at < out.shape[0] and n < total:
                out[at, 0] += np.float32(v * (1.0 + 0.5 * rotor * side))
                out[at, 1] += np.float32(v * (1.0 - 0.5 * rotor * side))
        if first + block >= out.shape[0] or (env * level < 1e-5 and block > hold):
            break
        for q in range(count):
            norm = 1.5 - 0.5 * (re[q] * re[q] + im[q] * im[q])
            re[q] *= norm
            im[q] *= norm


def render(notes: Sequence[PlayedNote], settings: Settings, take: Take) -> None:
    """Play notes; velocity moves the level a little, as a swell pedal would."""
    bars = np.array([settings[f"drawbar_{i}"] for i in range(1, 10)]) / 8
    bars /= max(1.0, float(bars.sum()) * 0.6)
    ratios = np.array(_RATIOS)
    for note in notes:
        _key(
            take.out,
            round(float(note.at) * SAMPLE_RATE),
            max(64, round(float(note.duration) * SAMPLE_RATE)),
            hertz(note.pitch),
            ratios,
            bars,
            float(settings["click"]),
            float(settings["percussion"]),
            float(settings["decay_s"]),
            float(settings["release_s"]),
            float(settings["rotor_hz"]),
            float(settings["rotor"]),
            float(settings["drive"]),
            0.22 * 10 ** (settings["level_db"] / 20) * (note.velocity / 127),
        )


def _voice(name: str, drawbars: tuple[int, ...], **changes: float) -> Voice:
    pulled = {f"drawbar_{i}": float(value) for i, value in enumerate(drawbars, 1)}
    return Voice(name, {**_BASE, **pulled, **changes}, render)


VOICES = (
    _voice("organ", (8, 4, 8, 6, 2, 4, 1, 2, 3), rotor=0.5, click=0.15),
    _voice("house_organ", (8, 0, 8, 5, 3, 3, 2, 2, 2), percussion=0.9, click=0.5, decay_s=0.9, rotor=0.15, drive=0.5),
)


def warm() -> None:
    """Compile the kernel."""
    note = PlayedNote("", Fraction(0), Fraction(1, 100), 60, 100)
    VOICES[0].render([note], {}, Take(np.zeros((512, 2), dtype=np.float32)))
