"""A monophonic synthesiser: a run of touching notes is ONE sound whose pitch slides and whose phase never jumps.

That is what makes an 808, an acid line or a lead a line: overlapping notes glide without a new attack, separate ones
start afresh, and nothing clicks between them. Signal path: up to nine detuned oscillators (band-limited wavetables, or
pulses as the difference of two saws a duty apart), a second oscillator, sub and noise, phase modulation -> drive
before -> low-pass (state variable, 12 or 24 dB; or a saturating four-pole ladder, both zero-delay after Zavalishin)
-> drive after -> two vowel formants -> amplifier. Drives are antialiased by their antiderivative (Parker et al.,
"Reducing the aliasing of nonlinear waveshaping", 2016). An LFO runs in beats where the score has any.
Pitch, filter and LFO move every 16 samples; levels every sample. Times in seconds, cutoffs in Hz.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from reelscore.perform.synths.wavetable import WAVES, hertz, tables
from reelscore.perform.voice import CONTROL_STEP, Settings, Take
from reelscore.values.chance import bits, draw
from reelscore.values.sound import SAMPLE_RATE, PlayedNote


class Patch(NamedTuple):
    """All settings of the line synthesiser."""

    wave: float = 2.0  # index into WAVES
    duty: float = 0.0  # > 0: a pulse of this duty instead
    pwm: float = 0.0  # how far the duty sways
    pwm_hz: float = 0.6
    unison: float = 1.0
    detune_cents: float = 0.0
    width: float = 0.0
    drift_cents: float = 1.0
    second: float = 0.0  # a second set of oscillators: strength
    second_ratio: float = 0.5
    sub: float = 0.0  # sine an octave below
    noise: float = 0.0
    fm: float = 0.0  # phase modulation of the oscillators by a sine, radians
    fm_ratio: float = 1.0
    fm_s: float = 0.0  # > 0: the modulation dies within this
    bend_semitones: float = 0.0  # each new attack starts this far off pitch
    bend_s: float = 0.03
    glide_s: float = 0.06
    touch_s: float = 0.002  # a note this soon after another glides from it
    retrigger: float = 0.0  # 1: so does its attack, though it be tied
    mono_gap: float = 1.0  # 0: notes are polyphonic, nothing is tied
    attack_s: float = 0.004
    decay_s: float = 0.4
    sustain: float = 0.8
    release_s: float = 0.08
    steps: float = 0.0  # the level moves in this many steps, 60 times a second
    drive: float = 0.0  # before the filter
    cutoff_hz: float = 18_000.0
    keytrack: float = 0.3
    env_octaves: float = 0.0
    env_decay_s: float = 0.25
    env_sustain: float = 0.0
    velocity_cutoff: float = 1.0  # octaves the filter closes from velocity 127 to 40
    accent: float = 0.0  # loud notes: deeper, shorter envelope and more resonance
    resonance: float = 0.1
    slope: float = 12.0  # 12, 24, or 4 for the ladder
    lfo_per_beat: float = 0.0  # cycles a beat; in a film without beats, half a second counts as one
    lfo_hz: float = 0.0  # free-running instead
    lfo_variety: float = 0.0  # chance that a note goes at another rate
    lfo_octaves: float = 0.0
    lfo_level: float = 0.0
    lfo_fm: float = 0.0
    post_drive: float = 0.0
    formant: float = 0.0  # share of the vowel formants
    vibrato_cents: float = 0.0
    vibrato_hz: float = 5.4
    vibrato_delay_s: float = 0.35
    level_db: float = 0.0


NEUTRAL: Settings = Patch()._asdict()
_RATES = (1.0, 0.5, 1.5, 2.0, 0.75)  # a varied wobble goes at one of these times its own rate
_TIED_S = Fraction(2, 1000)  # notes nearer than this are one gesture
_ONE = float(1 << 32)


@njit(cache=True, nogil=True, fastmath=True, inline="always")
def _shape(x, before):  # type: ignore[no-untyped-def]
    """x / sqrt(1 + x^2) averaged between two samples."""
    if abs(x - before) < 1e-4:
        mid = 0.5 * (x + before)
        return mid / math.sqrt(1.0 + mid * mid)
    return (math.sqrt(1.0 + x * x) - math.sqrt(1.0 + before * before)) / (x - before)


@njit(cache=True, nogil=True, fastmath=True)
def _sing(  # type: ignore[no-untyped-def]
    out, starts, ends, tones, forces, ties, slides, rates, bank, p, ratios, left, right, phase, seeds, beats, curve, amp
):
    """Add one phrase. `ties[k]`: note k goes on without an attack; `slides[k]`: it glides from the pitch before.
    `starts` and `ends` in samples; `beats` per 64 samples, or empty."""
    rate = 48000.0
    until = ends[-1]
    frames = out.shape[0]
    count = ratios.shape[0]
    release = max(p.release_s * rate, 64.0)
    end = int(until + release * 1.7) + 64
    sides = 2 if p.width > 0.0 else 1
    state = np.zeros((2, 14))
    mix = np.zeros((2, 16))
    k = -1
    tone = tones[0]
    env = fenv = fm_env = level = bend = 0.0
    attack_step = 1.0 / max(p.attack_s * rate, 24.0)
    decay_k = math.exp(-1.0 / max(p.decay_s * rate * 0.35, 1.0))
    release_k = math.exp(-1.0 / (release * 0.22))
    fdecay = math.exp(-16.0 / max(p.env_decay_s * rate * 0.35, 1.0))
    fast = math.exp(-16.0 / max(p.env_decay_s * rate * 0.16, 1.0))
    glide_k = math.exp(-16.0 / max(p.glide_s * rate * 0.3, 1.0))
    bend_k = math.exp(-16.0 / max(p.bend_s * rate * 0.4, 1.0))
    fm_k = math.exp(-16.0 / max(p.fm_s * rate * 0.4, 1.0)) if p.fm_s > 0.0 else 1.0
    pre, post = 1.0 + 6.0 * p.drive, 1.0 + 9.0 * p.post_drive
    rising = True
    attacked = starts[0]
    modulator = 0.0
    subphase = 0.0
    lfo_start = 0.0
    stepped = 1.0
    noise = np.int64(seeds[0] * 2147483647.0) | 1
    for block in range(starts[0], end, 16):
        if block >= frames:
            break
        while k + 1 < starts.shape[0] and starts[k + 1] <= block + 8:
            k += 1
            if k == 0 or not ties[k] or p.retrigger > 0.5:
                rising = True
                fenv = fm_env = 1.0
                bend = p.bend_semitones
                attacked = block
            if not slides[k]:
                tone = tones[k]
            lfo_start = 0.0
            if beats.shape[0] > 0:
                lfo_start = beats[min(max(block // 64, 0), beats.shape[0] - 1)]
            else:
                lfo_start = block / 24000.0
        if block > until and env * amp < 1e-5:
            break
        force = forces[k]
        hard = min(1.0, max(0.0, force * 3.2 - 2.2)) * p.accent
        t = (block - attacked) / rate
        tone = tones[k] * (tone / tones[k]) ** glide_k
        bend *= bend_k
        fenv = p.env_sustain + (fenv - p.env_sustain) * (fdecay + (fast - fdecay) * hard)
        fm_env *= fm_k
        lfo = 0.0
        if p.lfo_hz > 0.0:
            lfo = 0.5 - 0.5 * math.cos(6.283185307 * (p.lfo_hz * block / rate + seeds[1]))
        elif p.lfo_per_beat > 0.0:
            now = block / 24000.0
            if beats.shape[0] > 0:
                now = beats[min(max(block // 64, 0), beats.shape[0] - 1)]
            lfo = 0.5 - 0.5 * math.cos(6.283185307 * p.lfo_per_beat * rates[k] * (now - lfo_start))
        pitch = tone * 2.0 ** (bend / 12.0)
        if p.vibrato_cents > 0.0:
            depth = min(1.0, max(0.0, (t - p.vibrato_delay_s) * 3.5)) * p.vibrato_cents
            pitch *= 1.0 + depth * 0.000577789 * math.sin(6.283185307 * p.vibrato_hz * t)
        closing = p.velocity_cutoff * max(0.0, 1.0 - max(0.0, force - 0.315) / 0.685)
        octaves = p.env_octaves * fenv * (0.45 + 0.55 * force) * (1.0 + 0.45 * hard) - closing + p.lfo_octaves * lfo
        if curve.shape[0] > 0:
            octaves += (curve[min(max(block // 64, 0), curve.shape[0] - 1)] - 1.0) * 6.0
        cutoff = min(19000.0, max(28.0, p.cutoff_hz * (tone / 130.8) ** p.keytrack * 2.0**octaves))
        g = math.tan(math.pi * cutoff / rate)
        damping = 2.0 - 1.93 * min(1.0, p.resonance + 0.12 * hard)
        a1 = 1.0 / (1.0 + g * (g + damping))
        a2 = g * a1
        a3 = g * a2
        ladder = 4.1 * min(1.0, p.resonance + 0.1 * hard)
        one = g / (1.0 + g)
        four = 1.0 / (1.0 + ladder * one * one * one * one)
        vowel = lfo if p.lfo_per_beat > 0.0 or p.lfo_hz > 0.0 else fenv
        f1 = math.tan(math.pi * (280.0 * 2.6**vowel) / rate)
        f2 = math.tan(math.pi * (760.0 * 2.9**vowel) / rate)
        e1 = 1.0 / (1.0 + f1 * (f1 + 0.22))
        e2 = 1.0 / (1.0 + f2 * (f2 + 0.16))
        duty = min(0.95, max(0.05, p.duty + p.pwm * math.sin(6.283185307 * (p.pwm_hz * block / rate + seeds[2]))))
        offset = np.int64(duty * 4294967296.0)
        index = (p.fm * (fm_env if p.fm_s > 0.0 else 1.0) + p.lfo_fm * lfo) * (0.35 + 0.65 * force) * 683565275.6
        for i in range(16):
            mix[0, i] = 0.0
            mix[1, i] = 0.0
        mod_step = 6.283185307 * pitch * p.fm_ratio / rate
        for o in range(count):
            own = (
                pitch
                * ratios[o]
                * (
                    1.0
                    + p.drift_cents
                    * 0.000577789
                    * math.sin(6.283185307 * ((0.11 + 0.13 * seeds[o % 8]) * block / rate + seeds[(o + 3) % 8] * 7.0))
                )
            )
            row = min(bank.shape[0] - 1, max(0, math.floor(2.0 * math.log2(max(own, 20.0) / 20.0))))
            step = np.int64(own / rate * 4294967296.0)
            pos = phase[o]
            for i in range(16):
                at = pos + i * step
                if index != 0.0:
                    at += np.int64(index * math.sin(modulator + i * mod_step))
                at &= 0xFFFFFFFF
                q = at >> 20
                v = bank[row, q] + (bank[row, q + 1] - bank[row, q]) * ((at & 0xFFFFF) * 9.5367431640625e-07)
                if p.duty > 0.0:
                    at = (at + offset) & 0xFFFFFFFF
                    q = at >> 20
                    v -= bank[row, q] + (bank[row, q + 1] - bank[row, q]) * ((at & 0xFFFFF) * 9.5367431640625e-07)
                mix[0, i] += left[o] * v
                mix[1, i] += right[o] * v
            phase[o] = (pos + 16 * step) & 0xFFFFFFFF
        modulator += 16 * mod_step
        if modulator > 1e5:
            modulator -= 6.283185307179586 * math.floor(modulator / 6.283185307179586)
        if p.steps > 0.0 and (block - starts[0]) % 800 < 16:
            stepped = math.ceil(p.steps * env - 0.35) / p.steps if env > 0.02 else 0.0
        sub_step = 3.14159265358979 * pitch / rate
        for i in range(16):
            n = block + i
            if n < ends[k]:
                if rising:
                    env += attack_step
                    if env >= 1.0:
                        env = 1.0
                        rising = False
                else:
                    env = p.sustain + (env - p.sustain) * decay_k
            else:
                env *= release_k
            level += (force**1.5 - level) * 0.006 if n > starts[0] + 2 else force**1.5
            base = 0.0
            if p.sub > 0.0:
                base = p.sub * math.sin(subphase)
                subphase += sub_step
            hiss = 0.0
            if p.noise > 0.0:
                noise = (noise * 1103515245 + 12345) & 0x7FFFFFFF
                hiss = p.noise * (noise * 9.313225746e-10 - 1.0)
            loud = env if p.steps <= 0.0 else (0.15 * env + 0.85 * stepped)
            gain = loud * level * amp * (1.0 - p.lfo_level * (1.0 - lfo)) * min(1.0, (end - n) / 64.0)
            for c in range(sides):
                s = state[c]
                x = mix[c, i] + base + hiss
                if p.drive > 0.0:
                    x *= pre
                    y = _shape(x, s[12])
                    s[12] = x
                    x = y * (1.0 + 0.15 * p.drive)
                if p.slope < 8.0:
                    known = one * (one * (one * s[0] + s[1]) + s[2]) + s[3]
                    u = (x * (1.0 + 0.4 * ladder) - ladder * known / (1.0 + g)) * four
                    u = u / math.sqrt(1.0 + 0.25 * u * u)
                    for q in range(4):
                        v = (u - s[q]) * one
                        u = v + s[q]
                        s[q] = u + v
                    x = u
                else:
                    v3 = x - s[1]
                    v1 = a1 * s[0] + a2 * v3
                    v2 = s[1] + a2 * s[0] + a3 * v3
                    s[0] = 2.0 * v1 - s[0]
                    s[1] = 2.0 * v2 - s[1]
                    x = v2
                    if p.slope > 18.0:
                        v3 = x - s[3]
                        v1 = a1 * s[2] + a2 * v3
                        v2 = s[3] + a2 * s[2] + a3 * v3
                        s[2] = 2.0 * v1 - s[2]
                        s[3] = 2.0 * v2 - s[3]
                        x = v2
                if p.post_drive > 0.0:
                    x *= post
                    y = _shape(x, s[13])
                    s[13] = x
                    x = y
                if p.formant > 0.0:
                    v3 = x - s[5]
                    v1 = e1 * (s[4] + f1 * v3)
                    v2 = s[5] + f1 * v1
                    s[4] = 2.0 * v1 - s[4]
                    s[5] = 2.0 * v2 - s[5]
                    w3 = x - s[7]
                    w1 = e2 * (s[6] + f2 * w3)
                    w2 = s[7] + f2 * w1
                    s[6] = 2.0 * w1 - s[6]
                    s[7] = 2.0 * w2 - s[7]
                    x = (1.0 - p.formant) * x + p.formant * (0.9 * v1 + 0.7 * w1)
                y = x - s[8] + 0.9985 * s[9]  # no standing offset from modulation or drive
                s[8] = x
                s[9] = y
                x = y
                if 0 <= n < frames:
                    out[n, c] += np.float32(x * gain)
                    if sides == 1:
                        out[n, 1] += np.float32(x * gain)


def render(notes: Sequence[PlayedNote], settings: Settings, take: Take) -> None:
    """Play notes with these settings (all fields of `Patch`)."""
    patch = Patch(**{key: float(value) for key, value in settings.items()})
    bank = tables("saw" if patch.duty > 0 else WAVES[int(patch.wave)])
    ratios, left, right = _spread(patch)
    beats = np.zeros(0) if take.beats is None else take.beats
    curve = np.zeros(0, dtype=np.float32) if take.cutoff is None else take.cutoff
    for phrase in phrases(notes, patch):
        first = phrase[0]
        chance = np.random.default_rng(bits(take.seed, "line", first.player, first.at, first.pitch))
        phase = (chance.random(len(ratios)) * _ONE * (patch.unison > 1)).astype(np.int64)
        starts = np.array([round(float(n.at) * SAMPLE_RATE) for n in phrase], dtype=np.int64)
        ends = np.array([round(float(n.at + n.duration) * SAMPLE_RATE) for n in phrase], dtype=np.int64)
        ends = np.maximum(ends, starts + 64)
        ends[:-1] = np.minimum(ends[:-1], starts[1:] + round(_TIED_S * SAMPLE_RATE))
        ties = np.array([False] + [a.at + a.duration >= b.at - _TIED_S for a, b in pairwise(phrase)])
        _sing(
            take.out,
            starts,
            ends,
            np.array([hertz(n.pitch) for n in phrase]),
            np.array([n.velocity / 127 for n in phrase]),
            ties,
            np.arange(len(phrase)) > 0,
            np.array([_rate(patch, take.seed, n) for n in phrase]),
            bank,
            patch,
            ratios,
            left,
            right,
            phase,
            chance.random(8),
            beats,
            curve,
            0.25 * 10 ** (patch.level_db / 20),
        )


def phrases(notes: Sequence[PlayedNote], patch: Patch) -> list[list[PlayedNote]]:
    """Runs of notes that touch; of notes struck together the highest leads. A gap ends a run."""
    ordered = sorted(notes, key=lambda n: (n.at, -n.pitch))
    if patch.mono_gap < 0.5:
        return [[note] for note in ordered]
    found: list[list[PlayedNote]] = []
    for note in ordered:
        before = found[-1][-1] if found else None
        if before is not None and note.at - before.at < Fraction(1, 100):
            continue
        if before is not None and before.at + before.duration >= note.at - _touch(patch):
            found[-1].append(note)
        else:
            found.append([note])
    return found


def _touch(patch: Patch) -> Fraction:
    return Fraction(patch.touch_s).limit_denominator(1000)


def _rate(patch: Patch, seed: int, note: PlayedNote) -> float:
    if draw(seed, "wobble", note.player, note.at) >= patch.lfo_variety:
        return 1.0
    return _RATES[bits(seed, "rate", note.player, note.at) % len(_RATES)]


Array = NDArray[np.float64]


def _spread(patch: Patch) -> tuple[Array, Array, Array]:
    """Pitch ratios and left and right gains; neighbours in pitch sit on opposite sides."""
    unison = max(1, min(9, int(patch.unison)))
    place = np.linspace(-1, 1, unison) if unison > 1 else np.zeros(1)
    ratio = 2 ** (patch.detune_cents * np.sign(place) * np.abs(place) ** 1.15 / 1200)
    side = np.abs(place) * np.where(np.arange(unison) % 2 == 0, 1, -1) * patch.width
    angle = (1 + side) * math.pi / 4
    strength = math.sqrt(2) / math.sqrt(unison)
    left, right = np.cos(angle) * strength, np.sin(angle) * strength
    if patch.second > 0:
        ratio = np.concatenate((ratio, ratio[::-1] * patch.second_ratio))
        left, right = (np.concatenate((own, own * patch.second)) for own in (left, right))
    return ratio, left, right


def warm() -> None:
    """Compile the kernel."""
    note = PlayedNote("", Fraction(0), Fraction(1, 100), 60, 100)
    render([note], NEUTRAL, Take(np.zeros((CONTROL_STEP * 8, 2), dtype=np.float32)))
