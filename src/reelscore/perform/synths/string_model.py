"""A plucked string as a physical model: a delay line that rings, what plucks it, and the body it stands on.

After K. Karplus and A. Strong (1983) with D. Jaffe's and J. Smith's extensions: the excitation is shaped by the
plectrum (brightness by force), its place on the string (a comb) and a little noise; the loop loses highs at every
turn; courses of two strings are detuned; on a curved bridge (the jawari of Indian lutes) the string leans at every
swing, which buzzes for as long as it sounds. Bodies are a few resonances, a little different left and right.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from reelscore.perform.synths.wavetable import hertz
from reelscore.values.chance import bits
from reelscore.values.sound import SAMPLE_RATE, Samples

Wave = NDArray[np.float64]


class Pluck(NamedTuple):
    """All settings of a plucked instrument."""

    ring_s: float = 3.0  # until 60 dB down, at middle C
    ring_slope: float = 0.6  # times this for each octave up
    damp: float = 0.25  # loss of highs at each turn, 0..0.5
    place: float = 0.14  # where it is plucked, share of the length
    bright_hz: float = 6000.0
    bright_octaves: float = 2.2  # darker when soft
    noise: float = 0.25  # share of the excitation
    click: float = 0.15  # of plectrum or nail
    click_hz: float = 4000.0
    course_cents: float = 0.0  # > 0: two strings, this far apart
    buzz: float = 0.0  # of a curved bridge
    body: float = 0.0  # index into BODIES
    body_mix: float = 0.6
    knock: float = 0.1  # the hand on the body
    twang_cents: float = 8.0  # sharp at first, when hard
    cents: float = 0.0  # out of tune
    vibrato_cents: float = 0.0
    vibrato_hz: float = 5.5
    vibrato_after_s: float = 0.3
    glide_s: float = 0.1  # how long a pull lasts
    pulled: float = 0.0  # share of the tied notes that are bent from the one before
    release_s: float = 0.12
    tremolo_after_s: float = 0.0  # > 0: notes longer than this are plucked over and over
    tremolo_hz: float = 12.0
    sympathy: float = 0.0
    level_db: float = 0.0


# centre in Hz, Q, gain: what each body rings at
BODIES: Sequence[Sequence[tuple[float, float, float]]] = (
    ((180, 4, 0.8), (390, 5, 0.7), (760, 4, 0.4), (2300, 1.2, 0.5)),  # lute
    ((300, 5, 0.9), (560, 6, 0.6), (1150, 4, 0.5), (2900, 1.5, 0.4)),  # ukulele
    ((330, 4, 0.6), (720, 3, 1.0), (1450, 3, 0.9), (3100, 1.5, 0.9)),  # banjo: a drum
    ((240, 4, 0.6), (480, 5, 0.8), (1250, 3, 0.6), (3600, 1.3, 0.7)),  # mandolin
    ((130, 3, 0.9), (290, 5, 0.7), (620, 4, 0.5), (1800, 1.5, 0.5), (4200, 1.2, 0.3)),  # zither
    ((260, 4, 0.6), (530, 4, 0.8), (1050, 3, 0.8), (2500, 1.5, 0.8)),  # pear lute
    ((420, 4, 0.8), (880, 3, 0.9), (1700, 2.5, 0.8), (3500, 1.5, 0.6)),  # skin lute
    ((110, 4, 0.7), (230, 5, 0.7), (520, 4, 0.6), (1500, 1.6, 0.6), (3200, 1.3, 0.6)),  # gourd
)


@njit(cache=True, nogil=True, fastmath=True)
def ring_string(out, excitation, period, gain, damp, buzz, start_cents, slide, twang, vibrato, hz, after):  # type: ignore[no-untyped-def]
    """Add one string to `out`; `period` in frames, bends in cents over frames, read by four-point interpolation."""
    size = 1
    while size < period * 1.3 + 8:
        size *= 2
    line = np.zeros(size)
    mask = size - 1
    delay = period - damp
    last = high = touched = before = bent = 0.0
    for n in range(out.shape[0]):
        if n % 16 == 0:
            cents = start_cents * math.exp(-n / slide) + twang * math.exp(-n / 2400.0)
            if vibrato > 0.0 and n > after:
                grown = min(1.0, (n - after) / 14400.0)
                cents += vibrato * grown * math.sin(6.283185307 * hz * (n - after) / 48000.0)
            delay = period * 2.0 ** (-cents / 1200.0) - damp
        d = max(2.0, delay)
        whole = int(d)
        f = d - whole
        at = n - whole
        a = line[(at + 1) & mask]
        b = line[at & mask]
        c = line[(at - 1) & mask]
        e = line[(at - 2) & mask]
        x = b + 0.5 * f * (c - a + f * (2.0 * a - 5.0 * b + 4.0 * c - e + f * (3.0 * (b - c) + e - a)))
        y = gain * ((1.0 - damp) * x + damp * last)
        last = x
        if n < excitation.shape[0]:
            y += excitation[n]
        line[n & mask] = y
        if buzz > 0.0:
            high = max(abs(y), high * 0.99994)
            touch = max(0.0, y - 0.45 * high)  # the string leans on the bridge
            bent += 0.5 * (touch - 2.0 * touched + before - bent)
            out[n] += buzz * bent
            before, touched = touched, touch
        out[n] += y


@njit(cache=True, nogil=True, fastmath=True)
def _embody(dry, out, tones, sharpness, gains, mix):  # type: ignore[no-untyped-def]
    """Two sides of a body: resonances in parallel with the string, the right ones 4 % higher."""
    count = tones.shape[0]
    for side in range(2):
        state = np.zeros((count, 2))
        g = np.zeros(count)
        for r in range(count):
            g[r] = math.tan(math.pi * min(15000.0, tones[r] * (1.0 + 0.04 * side)) / 48000.0)
        low = 0.0
        for n in range(dry.shape[0]):
            x = dry[n]
            low += (x - low) * 0.004  # what stands below 30 Hz
            x -= low
            y = (1.0 - 0.6 * mix) * x
            for r in range(count):
                k = 1.0 / sharpness[r]
                v3 = x - state[r, 1]
                v1 = (state[r, 0] + g[r] * v3) / (1.0 + g[r] * (g[r] + k))
                v2 = state[r, 1] + g[r] * v1
                state[r, 0] = 2.0 * v1 - state[r, 0]
                state[r, 1] = 2.0 * v2 - state[r, 1]
                y += mix * gains[r] * k * v1 * 1.6
            out[n, side] = np.float32(y)


def excitation(chance: np.random.Generator, force: float, tone: float, p: Pluck) -> Wave:
    """What the finger gives the string: a pulse with some noise, as bright as the touch, combed by its place."""
    period = SAMPLE_RATE / tone
    count = max(8, round(period))
    pulse = np.hanning(max(6, round(count * 0.5)))
    wave = np.zeros(count * 2 + 32)
    wave[: len(pulse)] += np.gradient(pulse) * len(pulse) * 0.5
    wave[:count] += p.noise * chance.standard_normal(count) * np.hanning(count)
    back = max(1, round(p.place * (0.92 + 0.16 * chance.random()) * period))
    wave[back:] -= 0.9 * wave[:-back]
    cutoff = min(18_000.0, p.bright_hz * 2 ** (p.bright_octaves * (force - 1)))
    f = np.fft.rfftfreq(len(wave), 1 / SAMPLE_RATE)
    tilt = np.sqrt(np.maximum(f, tone) / tone)  # a pluck is flatter than a pulse's slopes
    wave = np.fft.irfft(np.fft.rfft(wave) * tilt / (1 + (f / cutoff) ** 4), len(wave))
    return np.asarray(wave - wave.mean())


def string(pitch: int, force: float, frames: int, take: int, slide_cents: float, p: Pluck) -> Wave:
    """One stroke of one course, mono, before the body; loudness even across the register."""
    chance = np.random.default_rng(bits(take, "pluck", pitch, round(force * 100)))
    tone = hertz(pitch + p.cents / 100)
    ring_s = p.ring_s * p.ring_slope ** ((pitch - 60) / 12)
    wave = np.zeros(frames)
    if slide_cents:
        p = p._replace(noise=0.0, bright_hz=0.35 * p.bright_hz)
    apart = (-0.5, 0.5) if p.course_cents > 0 else (0.0,)
    for side in apart:
        own = tone * 2 ** (side * p.course_cents * (0.85 + 0.3 * chance.random()) / 1200)
        push = excitation(chance, force, tone, p)
        ring_string(
            wave, push, SAMPLE_RATE / own, 10 ** (-3 / (own * ring_s)), p.damp, p.buzz * (0.4 + 0.6 * force),
            slide_cents, max(1.0, p.glide_s * 0.4 * SAMPLE_RATE), p.twang_cents * force**2, p.vibrato_cents,
            p.vibrato_hz, p.vibrato_after_s * SAMPLE_RATE,
        )  # fmt: skip
    early = wave[: round(0.12 * SAMPLE_RATE)]
    if slide_cents:
        rise = min(frames, round(0.02 * SAMPLE_RATE))
        wave[:rise] *= np.linspace(0, 1, rise)
        wave *= 0.8
    return np.asarray(wave * (0.11 / (float(np.sqrt(np.mean(early**2))) + 1e-9)))


def _touches(chance: np.random.Generator, wave: Wave, force: float, p: Pluck) -> None:
    """Plectrum and hand: noises that the body answers."""
    for level, centre, fade_s in ((p.click, p.click_hz, 0.003), (p.knock, 260.0, 0.012)):
        count = min(len(wave), round(fade_s * 7 * SAMPLE_RATE))
        if level > 0 and count > 16:
            noise = chance.standard_normal(count)
            f = np.fft.rfftfreq(count, 1 / SAMPLE_RATE)
            noise = np.fft.irfft(np.fft.rfft(noise) / (1 + ((f - centre) / (0.7 * centre)) ** 4), count)
            noise *= np.exp(-np.arange(count) / (fade_s * SAMPLE_RATE)) * np.minimum(1, np.arange(count) / 24)
            wave[:count] += noise * (level * 0.5 * force / (np.abs(noise).max() + 1e-9))


def stroke(pitch: int, force: float, frames: int, take: int, slide_cents: float, p: Pluck) -> Samples:
    """One stroke on its body, stereo. `slide_cents` other than 0: pulled from there, not plucked."""
    wave = string(pitch, force, frames, take, slide_cents, p)
    if not slide_cents:
        _touches(np.random.default_rng(bits(take, "touch", pitch, round(force * 100))), wave, force, p)
    tones, sharpness, gains = (np.array(column, dtype=np.float64) for column in zip(*BODIES[int(p.body)], strict=True))
    out: Samples = np.zeros((len(wave), 2), dtype=np.float32)
    _embody(wave, out, tones, sharpness, gains, p.body_mix)
    return out
