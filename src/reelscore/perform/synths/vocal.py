"""A sung syllable cut short: the vocal chop.

A glottal wave (band-limited, falling 9 dB an octave) with breath goes through five formants that move from one vowel
to another within the syllable; the pitch scoops up to its note, as a sampled singer's does when keyed. Which vowels
is drawn by position. Formant figures: the alto of the usual tables (Peterson and Barney, 1952, and followers).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numba import njit

from reelscore.perform.synths.wavetable import hertz, level_of, tables
from reelscore.perform.voice import Settings, Take, Voice
from reelscore.values.chance import bits
from reelscore.values.sound import SAMPLE_RATE, PlayedNote

_BASE: Settings = {
    "shift": 1.12,  # of all formants: smaller heads sing higher
    "move_s": 0.14,  # from the first vowel to the second
    "scoop_cents": -90.0,
    "breath": 0.10,
    "vibrato_cents": 14.0,
    "attack_s": 0.012,
    "decay_s": 0.5,
    "sustain": 0.55,
    "release_s": 0.12,
    "width": 0.35,  # of a doubling a few cents off
    "level_db": -3.0,
}
# vowel -> centres in Hz and gains in dB of five formants
_VOWELS = (
    ((800, 1150, 2800, 3500, 4950), (0, -4, -20, -36, -60)),  # ah
    ((400, 1600, 2700, 3300, 4950), (0, -24, -30, -35, -60)),  # eh
    ((350, 1700, 2700, 3700, 4950), (0, -20, -30, -36, -60)),  # ee
    ((450, 800, 2830, 3500, 4950), (0, -9, -16, -28, -55)),  # oh
    ((325, 700, 2530, 3500, 4950), (0, -12, -30, -40, -64)),  # oo
)
_SYLLABLES = ((0, 0), (0, 3), (3, 0), (1, 0), (4, 0), (1, 2), (3, 4), (4, 3))
_WIDTHS_HZ = np.array([130.0, 150.0, 190.0, 220.0, 300.0])  # wide: a syllable is as loud on every note


@njit(cache=True, nogil=True, fastmath=True)
def _syllable(out, table, first, hold, tone, p, centres, gains, widths, side, seed, amp):  # type: ignore[no-untyped-def]
    """Add one take of a note. `p`: move, scoop, breath, vibrato, attack, decay, sustain, release; `centres` (2, 5)."""
    rate = 48000.0
    release = p[7] * rate
    total = hold + int(release * 1.8) + 64
    fall = math.exp(-1.0 / (release * 0.25))
    decay = math.exp(-1.0 / (p[5] * rate * 0.4))
    attack = max(p[4] * rate, 48.0)
    state = np.zeros((5, 2))
    g = np.zeros(5)
    k = np.zeros(5)
    level = np.zeros(5)
    phase = np.int64(seed) & 0xFFFFFFFF
    noise = np.int64(seed) | 1
    env = low = 0.0
    step = np.int64(0)
    for n in range(total):
        at = first + n
        if at >= out.shape[0]:
            break
        t = n / rate
        if n % 32 == 0:
            cents = p[1] * math.exp(-t / 0.035)
            cents += p[3] * min(1.0, max(0.0, (t - 0.25) * 3.0)) * math.sin(6.283185307 * 5.4 * t)
            step = np.int64(tone * 2.0 ** (cents / 1200.0) / rate * 4294967296.0)
            move = min(1.0, t / p[0])
            move = move * move * (3.0 - 2.0 * move)
            for r in range(5):
                centre = centres[0, r] ** (1.0 - move) * centres[1, r] ** move
                if r == 0:
                    centre = max(centre, tone * 1.02)  # singers open the mouth as they rise
                g[r] = math.tan(math.pi * min(16000.0, centre) / rate)
                k[r] = widths[r] / centre
                level[r] = 10.0 ** ((gains[0, r] * (1.0 - move) + gains[1, r] * move) / 20.0)
        phase = (phase + step) & 0xFFFFFFFF
        q = phase >> 20
        x = table[q] + (table[q + 1] - table[q]) * ((phase & 0xFFFFF) * 9.5367431640625e-07)
        noise = (noise * 1103515245 + 12345) & 0x7FFFFFFF
        x += p[2] * (noise * 9.313225746e-10 - 1.0) * (1.0 + 2.0 * math.exp(-t / 0.02))
        if n < hold:
            env = min(1.0, n / attack) if n < attack else p[6] + (env - p[6]) * decay
        else:
            env *= fall
        y = 0.0
        for r in range(5):
            v3 = x - state[r, 1]
            v1 = (state[r, 0] + g[r] * v3) / (1.0 + g[r] * (g[r] + k[r]))
            v2 = state[r, 1] + g[r] * v1
            state[r, 0] = 2.0 * v1 - state[r, 0]
            state[r, 1] = 2.0 * v2 - state[r, 1]
            y += level[r] * k[r] * v1
        low += 0.004 * (y - low)
        y = (y - low) * env * amp * min(1.0, (total - n) / 64.0)
        if at >= 0:
            out[at, 0] += np.float32(y * (1.0 - side))
            out[at, 1] += np.float32(y * (1.0 + side))


def render(notes: Sequence[PlayedNote], settings: Settings, take: Take) -> None:
    """Play syllables; harder ones are brighter and start further down."""
    bank = tables("soft saw")
    for note in notes:
        dice = bits(take.seed, "vowel", note.player, note.at, note.pitch)
        syllable = _SYLLABLES[dice % len(_SYLLABLES)]
        force = note.velocity / 127
        centres = np.array([_VOWELS[v][0] for v in syllable], dtype=np.float64) * settings["shift"]
        gains = np.array([_VOWELS[v][1] for v in syllable], dtype=np.float64)
        gains[:, 1:] += 7 * force - 2
        p = np.array(
            [
                settings["move_s"], settings["scoop_cents"] * (0.4 + 0.6 * force), settings["breath"],
                settings["vibrato_cents"], settings["attack_s"], settings["decay_s"], settings["sustain"],
                settings["release_s"],
            ]
        )  # fmt: skip
        sides = ((-1, -4.0), (1, 4.0)) if settings["width"] > 0 else ((0, 0.0),)
        for side, cents in sides:
            tone = hertz(note.pitch) * 2 ** (cents / 1200)
            _syllable(
                take.out, bank[level_of(tone)], round(float(note.at) * SAMPLE_RATE),
                max(480, round(float(note.duration) * SAMPLE_RATE)), tone, p, centres, gains, _WIDTHS_HZ,
                side * settings["width"], (dice >> (16 + side * 8)) & 0x7FFFFFFF,
                0.75 * 10 ** (settings["level_db"] / 20) * force**1.5 / len(sides) ** 0.5,
            )  # fmt: skip


VOICES = (Voice("vocal_chop", _BASE, render),)


def warm() -> None:
    """Compile the kernel."""
    note = PlayedNote("", Fraction(0), Fraction(1, 100), 60, 100)
    VOICES[0].render([note], {}, Take(np.zeros((512, 2), dtype=np.float32)))
