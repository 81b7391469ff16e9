"""What surrounds a blown or bowed tone: the chiff of its start, air that sings with the pitch, the grain of a bow.

Noise excites three resonances on the note's partials, with some of it left plain; a burst at the start, less while the
note lasts, more when it is loud. Laid under a sampled tone it makes each note begin differently. Tied notes have no
chiff. Notes are mono and in the middle.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numba import njit

from reelscore.perform.synths.wavetable import hertz
from reelscore.perform.voice import Settings, Take, Voice
from reelscore.values.chance import bits
from reelscore.values.sound import SAMPLE_RATE, PlayedNote

_BASE: Settings = {
    "chiff": 1.0,  # level of the start
    "chiff_s": 0.045,
    "air": 0.25,  # level while it lasts
    "pitched": 0.6,  # share that sings
    "partial": 1.0,  # the lowest partial that sings
    "sharpness": 25.0,  # Q of the resonances
    "air_hz": 3200.0,  # centre of the plain noise
    "attack_s": 0.012,
    "release_s": 0.06,
    "flutter_hz": 0.0,  # the air trembles: a bow's grain, a reed's buzz
    "flutter": 0.0,
    "level_db": 0.0,
}


@njit(cache=True, nogil=True, fastmath=True)
def _blow(  # type: ignore[no-untyped-def]
    out, first, hold, tone, partial, q, chiff, chiff_s, air, pitched, air_hz, attack_s, release_s, hz, depth, seed, amp
):
    """Add one note's noise to both sides."""
    rate = 48000.0
    total = hold + int(release_s * 3.0 * rate)
    fall = math.exp(-1.0 / (release_s * 0.35 * rate))
    chiff_k = math.exp(-1.0 / (chiff_s * 0.5 * rate))
    state = np.zeros((4, 2))
    g = np.zeros(4)
    k = np.zeros(4)
    for r in range(4):
        centre = min(15000.0, air_hz if r == 3 else tone * (partial + r))
        g[r] = math.tan(math.pi * centre / rate)
        k[r] = 1.1 if r == 3 else 1.0 / q
    noise = np.int64(seed) | 1
    burst, env, tremble = chiff, 0.0, 1.0
    rise = 1.0 / max(attack_s * rate, 24.0)
    scale = math.sqrt(q) * 0.5
    for n in range(total):
        at = first + n
        if at >= out.shape[0]:
            break
        env = min(1.0, env + rise) if n < hold else env * fall
        burst *= chiff_k
        noise = (noise * 1103515245 + 12345) & 0x7FFFFFFF
        x = noise * 9.313225746e-10 - 1.0
        sung = 0.0
        plain = 0.0
        for r in range(4):
            a1 = 1.0 / (1.0 + g[r] * (g[r] + k[r]))
            v3 = x - state[r, 1]
            v1 = a1 * (state[r, 0] + g[r] * v3)
            v2 = state[r, 1] + g[r] * v1
            state[r, 0] = 2.0 * v1 - state[r, 0]
            state[r, 1] = 2.0 * v2 - state[r, 1]
            if r == 3:
                plain = v1
            else:
                sung += k[r] * v1 * scale / (1.0 + 0.7 * r)
        if depth > 0.0 and n % 16 == 0:
            phase = hz * n / rate
            tremble = 1.0 - depth * (phase - math.floor(phase))
        v = (pitched * sung + (1.0 - pitched) * plain) * (burst + air * tremble) * env * amp
        if at >= 0:
            v *= min(1.0, (total - n) / 64.0)
            out[at, 0] += np.float32(v)
            out[at, 1] += np.float32(v)


def render(notes: Sequence[PlayedNote], settings: Settings, take: Take) -> None:
    """Play the noise of these notes."""
    ordered = sorted(notes, key=lambda n: (n.at, n.pitch))
    for before, note in zip([None, *ordered], ordered, strict=False):
        tied = before is not None and before.at < note.at <= before.at + before.duration
        dice = bits(take.seed, "breath", note.player, note.at, note.pitch)
        force = note.velocity / 127
        _blow(
            take.out,
            round(float(note.at) * SAMPLE_RATE),
            max(64, round(float(note.duration) * SAMPLE_RATE)),
            hertz(note.pitch),
            settings["partial"],
            settings["sharpness"],
            settings["chiff"] * (0.15 if tied else 0.7 + 0.6 * (dice & 0xFF) / 255) * (0.4 + 0.6 * force),
            settings["chiff_s"] * (0.8 + 0.4 * ((dice >> 8) & 0xFF) / 255),
            settings["air"],
            settings["pitched"],
            settings["air_hz"],
            settings["attack_s"],
            settings["release_s"],
            hertz(note.pitch) if settings["flutter_hz"] < 0 else settings["flutter_hz"],
            settings["flutter"],
            (dice >> 16) & 0x7FFFFFFF,
            1.4 * 10 ** (settings["level_db"] / 20) * force**2 * 1.18,
        )


def _voice(name: str, **changes: float) -> Voice:
    return Voice(name, {**_BASE, **changes}, render)


VOICES = (
    _voice("breath"),
    _voice("pipe_breath", chiff=1.4, air=0.4, pitched=0.8, sharpness=35, air_hz=2600, chiff_s=0.06),
    _voice("reed_breath", chiff=0.8, air=0.18, pitched=0.2, air_hz=4500, chiff_s=0.03, flutter_hz=-1, flutter=0.6),
    _voice(
        "bow_noise", chiff=0.9, air=0.3, pitched=0.35, partial=2, air_hz=5200, chiff_s=0.035, flutter_hz=-1,
        flutter=0.8, sharpness=12,
    ),
)  # fmt: skip


def warm() -> None:
    """Compile the kernel."""
    note = PlayedNote("", Fraction(0), Fraction(1, 100), 60, 100)
    VOICES[0].render([note], {}, Take(np.zeros((512, 2), dtype=np.float32)))
