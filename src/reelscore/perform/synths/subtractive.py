"""Subtractive synthesis: detuned oscillators through a resonant low-pass with envelopes.

Signal path of a note: up to nine unison oscillators (band-limited wavetables, each with its own pitch drift and place
in the stereo field) + a sub-oscillator an octave down + noise -> soft drive -> state-variable low-pass (12 or 24 dB an
octave; the zero-delay form after Zavalishin, "The Art of VA Filter Design") -> amplifier.
Pitch and filter move every 16 samples; amplitude every sample.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numba import njit
from numpy.typing import NDArray

from reelscore.perform.synths.wavetable import WAVES, hertz, level_of, tables
from reelscore.perform.voice import Curve, Settings, Take
from reelscore.values.chance import bits
from reelscore.values.sound import SAMPLE_RATE, PlayedNote

NEUTRAL: Settings = {
    "wave": 2.0,  # index into WAVES
    "unison": 1.0,  # oscillators, 1..9
    "detune_cents": 0.0,  # outermost oscillators, each side
    "width": 0.5,  # stereo spread of the oscillators
    "drift_cents": 2.0,  # slow wander of each oscillator
    "octave_mix": 0.0,  # a second set of the same wave an octave up, 0..1
    "sub": 0.0,  # sine an octave below
    "noise": 0.0,
    "attack_s": 0.005,
    "decay_s": 0.3,
    "sustain": 0.7,
    "release_s": 0.2,
    "cutoff_hz": 4000.0,
    "keytrack": 0.4,  # how far the cutoff follows the pitch (around middle C)
    "env_octaves": 0.0,  # filter envelope depth at full velocity
    "env_attack_s": 0.002,
    "env_decay_s": 0.25,
    "env_sustain": 0.0,
    "resonance": 0.15,
    "steep": 0.0,  # 1: 24 dB an octave
    "drive": 0.0,
    "wobble_octaves": 0.0,  # filter LFO depth
    "wobble_hz": 0.2,
    "vibrato_cents": 0.0,
    "vibrato_hz": 5.2,
    "vibrato_delay_s": 0.35,
    "glide_s": 0.0,  # from the previous note, when it touches this one
    "mono": 0.0,  # 1: a note ends where the next begins
    "level_db": 0.0,
    "velocity_cutoff": 1.0,  # octaves the filter closes from velocity 127 to 40
}
_ORDER = tuple(NEUTRAL)
_RELEASE_S = _ORDER.index("release_s")
_ATTACK_S = _ORDER.index("attack_s")
_DECAY_S = _ORDER.index("decay_s")
_ENV_DECAY_S = _ORDER.index("env_decay_s")
_ENV_ATTACK_S = _ORDER.index("env_attack_s")
_RESONANCE = _ORDER.index("resonance")
_DRIVE = _ORDER.index("drive")
_VIBRATO_CENTS = _ORDER.index("vibrato_cents")
_VIBRATO_DELAY_S = _ORDER.index("vibrato_delay_s")
_VIBRATO_HZ = _ORDER.index("vibrato_hz")
_GLIDE_S = _ORDER.index("glide_s")
_ENV_SUSTAIN = _ORDER.index("env_sustain")
_WOBBLE_OCTAVES = _ORDER.index("wobble_octaves")
_WOBBLE_HZ = _ORDER.index("wobble_hz")
_ENV_OCTAVES = _ORDER.index("env_octaves")
_VELOCITY_CUTOFF = _ORDER.index("velocity_cutoff")
_CUTOFF_HZ = _ORDER.index("cutoff_hz")
_DRIFT_CENTS = _ORDER.index("drift_cents")
_SUB = _ORDER.index("sub")
_NOISE = _ORDER.index("noise")
_STEEP = _ORDER.index("steep")
_SUSTAIN = _ORDER.index("sustain")
_STEP = np.float32(2.0**-20)
_ONE = 1 << 32  # one cycle of an oscillator's integer phase


@njit(cache=True, nogil=True, fastmath=True)
def _note(out, first, hold, table, high, inc, tone, phase, left, right, seeds, p, curve, glide_from, amp, velocity):  # type: ignore[no-untyped-def]
    """Add one note to `out` from sample `first`; `hold` samples until release. `p` is in the order of NEUTRAL."""
    rate = 48000.0
    count = inc.shape[0]
    release = p[_RELEASE_S] * rate
    total = int(hold + release * 1.6) + 64
    attack = max(p[_ATTACK_S] * rate, 32.0)
    env = 0.0
    fenv = 0.0
    fstage = 0
    decay_k = math.exp(-1.0 / max(p[_DECAY_S] * rate * 0.35, 1.0))
    release_k = math.exp(-1.0 / max(release * 0.22, 32.0))
    fdecay_k = math.exp(-16.0 / max(p[_ENV_DECAY_S] * rate * 0.35, 1.0))
    fattack = 16.0 / max(p[_ENV_ATTACK_S] * rate, 16.0)
    damping = 2.0 - 1.92 * p[_RESONANCE]
    drive = 1.0 + 5.0 * p[_DRIVE]
    s1 = s2 = s3 = s4 = s5 = s6 = s7 = s8 = 0.0
    wl = np.empty(16, dtype=np.float32)
    wr = np.empty(16, dtype=np.float32)
    subphase = 0.0
    state = np.int64(seeds[0] * 2147483647.0) | 1
    g = a1 = a2 = a3 = 0.0
    for block in range(0, total, 16):
        t = block / rate
        if first + block >= out.shape[0] or (block > attack and env * amp < 1e-5):
            break
        # pitch
        bend = 1.0
        if p[_VIBRATO_CENTS] > 0.0:
            depth = min(1.0, max(0.0, (t - p[_VIBRATO_DELAY_S]) * 3.0)) * p[_VIBRATO_CENTS]
            bend *= 1.0 + depth * 0.000577789 * math.sin(6.283185307 * p[_VIBRATO_HZ] * t)
        if glide_from != 1.0 and p[_GLIDE_S] > 0.0:
            bend *= glide_from ** math.exp(-t / (p[_GLIDE_S] * 0.4))
        # filter
        if fstage == 0:
            fenv += fattack
            if fenv >= 1.0:
                fenv = 1.0
                fstage = 1
        else:
            fenv = p[_ENV_SUSTAIN] + (fenv - p[_ENV_SUSTAIN]) * fdecay_k
        wobble = p[_WOBBLE_OCTAVES] * math.sin(6.283185307 * (p[_WOBBLE_HZ] * t + seeds[1]))
        octaves = p[_ENV_OCTAVES] * fenv * (0.4 + 0.6 * velocity) + wobble - p[_VELOCITY_CUTOFF] * (1.0 - velocity)
        if curve.shape[0] > 0:
            at = min(max((first + block) // 64, 0), curve.shape[0] - 1)
            octaves += (curve[at] - 1.0) * 6.0
        fc = min(max(p[_CUTOFF_HZ] * 2.0**octaves, 25.0), 19000.0)
        g = math.tan(math.pi * fc / rate)
        a1 = 1.0 / (1.0 + g * (g + damping))
        a2 = g * a1
        a3 = g * a2
        for i in range(16):
            wl[i] = 0.0
            wr[i] = 0.0
        for o in range(count):
            wander = 1.0 + p[_DRIFT_CENTS] * 0.000577789 * (
                math.sin(6.283185307 * ((0.11 + 0.13 * seeds[o % 8]) * t + seeds[(o + 3) % 8] * 7.0 + o * 0.37))
            )
            step = np.int64(inc[o] * bend * wander)
            pos = phase[o]
            gl = left[o]
            gr = right[o]
            if o * 2 >= count and high.shape[0] > 1:
                for i in range(16):
                    at = (pos + i * step) & 0xFFFFFFFF
                    k = at >> 20
                    v = high[k] + (high[k + 1] - high[k]) * (np.float32(at & 0xFFFFF) * _STEP)
                    wl[i] += gl * v
                    wr[i] += gr * v
            else:
                for i in range(16):
                    at = (pos + i * step) & 0xFFFFFFFF
                    k = at >> 20
                    v = table[k] + (table[k + 1] - table[k]) * (
                        np.float32(at & 0xFFFFF) * np.float32(9.5367431640625e-07)
                    )
                    wl[i] += gl * v
                    wr[i] += gr * v
            phase[o] = (pos + 16 * step) & 0xFFFFFFFF
        sub_inc = tone * bend * (0.5 * 6.283185307 / 48000.0)
        for i in range(16):
            n = block + i
            x = wl[i]
            y = wr[i]
            if p[_SUB] > 0.0:
                s = p[_SUB] * math.sin(subphase)
                subphase += sub_inc
                x += s
                y += s
            if p[_NOISE] > 0.0:
                state = (state * 1103515245 + 12345) & 0x7FFFFFFF
                x += p[_NOISE] * (state * 9.313225746e-10 - 1.0)
                state = (state * 1103515245 + 12345) & 0x7FFFFFFF
                y += p[_NOISE] * (state * 9.313225746e-10 - 1.0)
            if drive > 1.0:
                x *= drive
                y *= drive
                x = x / (1.0 + abs(x) * 0.5)
                y = y / (1.0 + abs(y) * 0.5)
            v3 = x - s2
            v1 = a1 * s1 + a2 * v3
            v2 = s2 + a2 * s1 + a3 * v3
            s1 = 2.0 * v1 - s1
            s2 = 2.0 * v2 - s2
            x = v2
            v3 = y - s4
            v1 = a1 * s3 + a2 * v3
            v2 = s4 + a2 * s3 + a3 * v3
            s3 = 2.0 * v1 - s3
            s4 = 2.0 * v2 - s4
            y = v2
            if p[_STEEP] > 0.5:
                v3 = x - s6
                v1 = a1 * s5 + a2 * v3
                v2 = s6 + a2 * s5 + a3 * v3
                s5 = 2.0 * v1 - s5
                s6 = 2.0 * v2 - s6
                x = v2
                v3 = y - s8
                v1 = a1 * s7 + a2 * v3
                v2 = s8 + a2 * s7 + a3 * v3
                s7 = 2.0 * v1 - s7
                s8 = 2.0 * v2 - s8
                y = v2
            if n < hold:
                if n < attack:
                    env = (n + 1.0) / attack
                else:
                    env = p[_SUSTAIN] + (env - p[_SUSTAIN]) * decay_k
            else:
                env *= release_k
            at = first + n
            if at >= 0 and at < out.shape[0]:
                fade = min(1.0, (total - n) / 64.0)
                out[at, 0] += np.float32(x * env * amp * fade)
                out[at, 1] += np.float32(y * env * amp * fade)


def render(notes: Sequence[PlayedNote], settings: Settings, take: Take) -> None:
    """Play notes with these settings (all keys of NEUTRAL)."""
    wave = WAVES[int(settings["wave"])]
    bank = tables(wave)
    nothing = np.zeros(1, dtype=np.float32)
    curve: Curve = take.cutoff if take.cutoff is not None else np.zeros(0, dtype=np.float32)
    unison = max(1, min(9, int(settings["unison"])))
    doubled = settings["octave_mix"] > 0
    detune, left, right = _spread(unison, settings, doubled)
    shape = np.array([settings[key] for key in _ORDER], dtype=np.float64)
    ordered = sorted(notes, key=lambda n: (n.at, n.pitch))
    for i, note in enumerate(ordered):
        tone = hertz(note.pitch)
        inc = tone / SAMPLE_RATE * _ONE * detune
        chance = np.random.default_rng(_place(take.seed, note))
        phase = (chance.random(len(inc)) * _ONE * (unison > 1)).astype(np.int64)
        hold, slide = float(note.duration), 1.0
        if settings["mono"] > 0.5:
            hold, slide = _one_at_a_time(ordered, i, settings["glide_s"])
        p = shape.copy()
        p[_CUTOFF_HZ] *= (tone / 261.6) ** settings["keytrack"]
        amp = 0.25 * 10 ** (settings["level_db"] / 20) * (note.velocity / 127) ** 1.5
        _note(
            take.out,
            round(float(note.at) * SAMPLE_RATE),
            max(32, round(hold * SAMPLE_RATE)),
            bank[level_of(tone)],
            bank[level_of(2 * tone)] if doubled else nothing,
            inc,
            tone,
            phase,
            left,
            right,
            chance.random(8),
            p,
            curve,
            slide,
            amp,
            min(1.0, max(0.0, (note.velocity - 40) / 87)),
        )


def _place(seed: int, note: PlayedNote) -> int:
    """Where this note's chance comes from: its own player, time and pitch."""
    return bits(seed, "synth", note.player, note.at, note.pitch)


def _one_at_a_time(notes: Sequence[PlayedNote], i: int, glide_s: float) -> tuple[float, float]:
    """How long note i of a monophonic line holds (seconds), and the pitch ratio it slides from."""
    hold, slide = float(notes[i].duration), 1.0
    if i + 1 < len(notes):
        hold = min(hold, max(0.02, float(notes[i + 1].at - notes[i].at)))
    if i and glide_s > 0:
        before = notes[i - 1]
        if before.at + before.duration >= notes[i].at - Fraction(3, 100):
            slide = hertz(before.pitch) / hertz(notes[i].pitch)
    return hold, slide


Array = NDArray[np.float64]


def _spread(unison: int, settings: Settings, doubled: bool) -> tuple[Array, Curve, Curve]:
    """Pitch ratios and left and right gains of the oscillators; neighbours in pitch sit on opposite sides."""
    place = np.linspace(-1, 1, unison) if unison > 1 else np.zeros(1)
    ratio = 2 ** (settings["detune_cents"] * np.sign(place) * np.abs(place) ** 1.15 / 1200)
    side = np.abs(place) * np.where(np.arange(unison) % 2 == 0, 1, -1) * settings["width"]
    angle = (1 + side) * math.pi / 4
    strength = math.sqrt(2) / math.sqrt(unison)
    left, right = np.cos(angle) * strength, np.sin(angle) * strength
    if doubled:
        mix = settings["octave_mix"]
        ratio = np.concatenate((ratio, 2 * ratio))
        left, right = np.concatenate((left, right * mix)), np.concatenate((right, left * mix))
    return ratio, left.astype(np.float32), right.astype(np.float32)


def warm() -> None:
    """Compile the kernel."""
    note = PlayedNote("", Fraction(0), Fraction(1, 100), 60, 100)
    render([note], NEUTRAL, Take(np.zeros((512, 2), dtype=np.float32)))
