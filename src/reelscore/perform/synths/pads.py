"""Pads and drones: whole ensembles in one table.

The spectrum of a note is drawn with every harmonic as a band instead of a line, given random phases and turned into
a loop of 2.7 s (the PADsynth idea, P. O. Nasca): it moves by itself, never beats like two plain oscillators, and two
places in the loop read at once are as wide as two rooms. All notes of a player then go through one slowly breathing
low-pass, opened a little by each new chord.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

import numpy as np
from numba import njit
from numpy.typing import NDArray

from reelscore.perform.filters import silent
from reelscore.perform.synths.wavetable import hertz
from reelscore.perform.voice import Curve, Settings, Take, Voice
from reelscore.values.chance import bits, draw
from reelscore.values.sound import SAMPLE_RATE, PlayedNote, Samples

_LOOP = 1 << 17

_BASE: Settings = {
    "spread_cents": 28.0,  # width of each harmonic's band
    "slope": 1.2,  # harmonic k has strength k ** -slope
    "odd": 0.0,  # 1: odd harmonics only
    "formant_hz": 0.0,  # a broad bump of the spectrum; 0: none
    "formant_db": 6.0,
    "breath": 0.0,  # noise between the harmonics
    "octave": 0.0,  # the same an octave up, 0..1
    "fifth": 0.0,  # and a twelfth up
    "shimmer": 0.0,  # two octaves up, swelling
    "attack_s": 0.6,
    "release_s": 1.2,
    "cutoff_hz": 2400.0,
    "bloom_octaves": 0.8,  # each chord opens the filter this far
    "bloom_s": 1.2,
    "breathe_octaves": 0.4,  # slow movement of the filter
    "breathe_hz": 0.11,
    "resonance": 0.05,
    "width": 0.9,
    "level_db": 0.0,
}


@lru_cache(maxsize=96)
def loop_of(pitch: int, shape: tuple[float, ...], seed: int) -> NDArray[np.float32]:
    """One note as a loop of _LOOP samples with an RMS of 0.1."""
    spread, slope, odd, formant, formant_db, breath, octave, fifth, shimmer = shape
    import scipy.fft  # here, so that it is loaded while others play

    root = hertz(pitch)
    bins = np.zeros(_LOOP // 2 + 1)
    resolution = SAMPLE_RATE / _LOOP
    for ratio, strength in ((1.0, 1.0), (2.0, octave), (3.0, fifth), (4.0, shimmer)):
        if strength <= 0:
            continue
        for k in range(1, max(2, min(90, int(15_000 / (root * ratio)))) + 1):
            centre = root * ratio * k
            if centre > 17_000:
                break
            width = max(0.6, centre * (2 ** (spread / 1200) - 1))
            gain = strength * k**-slope * ((1 - odd) if k % 2 == 0 else 1.0)
            gain *= math.sqrt(1.0 / width)
            _add_band(bins, centre / resolution, width / resolution, gain, breath)
    if formant > 0:
        octaves = np.log2(np.maximum(np.arange(len(bins)) * resolution, 20.0) / formant)
        bins *= 10 ** (formant_db / 20 * np.exp(-0.5 * (octaves / 0.5) ** 2))
    phases = np.random.default_rng(bits(seed, "pad", pitch)).random(len(bins)).astype(np.float32)
    spectrum = (bins.astype(np.float32) * np.exp(2j * np.pi * phases)).astype(np.complex64)
    wave = scipy.fft.irfft(spectrum, _LOOP)
    return np.asarray(wave * (0.1 / max(1e-9, float(np.sqrt(np.mean(wave**2))))), dtype=np.float32)


@njit(cache=True, nogil=True)
def _add_band(bins, centre, width, gain, breath):  # type: ignore[no-untyped-def]
    """One harmonic: a Gaussian band with, for breathy sounds, a wide foot."""
    reach = 5.0 if breath <= 0 else 60.0
    low, high = max(1, int(centre - reach * width)), min(bins.shape[0], int(centre + reach * width) + 2)
    for i in range(low, high):
        x = (i - centre) / width
        if abs(x) < 6.0:
            bins[i] += gain * math.exp(-x * x)
        if breath > 0:
            bins[i] += gain * breath * 0.05 / (1.0 + (x / 6.0) ** 2)


@njit(cache=True, nogil=True, fastmath=True)
def _lay(out, bloom, loop, first, hold, attack, release, offset, amp, width):  # type: ignore[no-untyped-def]
    """Add one looped note; `bloom` (per 64 samples) remembers the newest attack."""
    size = loop.shape[0]
    total = hold + int(release * 1.5)
    middle = 0.5 + 0.5 * width
    side = 0.5 - 0.5 * width
    scale = amp / math.sqrt(middle * middle + side * side)
    env = 0.0
    fall = math.exp(-1.0 / (release * 0.25))
    i = offset % size
    j = (offset + size // 2 + 7919) % size
    for n in range(total):
        at = first + n
        if at >= out.shape[0]:
            break
        if n < hold:
            x = min(1.0, n / attack)
            env = x * x * (3.0 - 2.0 * x)
        else:
            env *= fall
        if at >= 0:
            gain = env * scale * min(1.0, (total - n) / 4800.0)
            a = loop[i]
            b = loop[j]
            out[at, 0] += np.float32(gain * (middle * a + side * b))
            out[at, 1] += np.float32(gain * (middle * b + side * a))
        i += 1
        if i == size:
            i = 0
        j += 1
        if j == size:
            j = 0
    if 0 <= first < out.shape[0]:
        bloom[first // 64] = 1.0


@njit(cache=True, nogil=True, fastmath=True)
def _breathe(dry, out, bloom, curve, cutoff, octaves, fade_s, lfo_octaves, lfo_hz, phase, resonance):  # type: ignore[no-untyped-def]
    """One stereo low-pass over all notes; adds to `out`. The bloom decays over `fade_s`."""
    s1 = s2 = s3 = s4 = 0.0
    open_ = 0.0
    glow = 0.0
    k = 1.42 - 1.3 * resonance
    fade = math.exp(-64.0 / 48000.0 / max(fade_s, 0.01))
    for block in range(0, dry.shape[0], 64):
        b = block // 64
        glow = max(glow * fade, bloom[b])
        open_ += (glow - open_) * 0.02
        if abs(s1) + abs(s2) + abs(s3) + abs(s4) < 1e-9:  # numbers too small for the processor would cost most of all
            s1 = s2 = s3 = s4 = 0.0
            if silent(dry, block, min(block + 64, dry.shape[0])):
                continue
        t = block / 48000.0
        move = math.sin(6.283185 * (lfo_hz * t + phase)) + 0.5 * math.sin(6.283185 * (lfo_hz * 2.618 * t + phase * 3.0))
        level = octaves * open_ + lfo_octaves * move * 0.67
        if curve.shape[0] > 0:
            level += (curve[min(b, curve.shape[0] - 1)] - 1.0) * 6.0
        fc = min(max(cutoff * 2.0**level, 40.0), 18500.0)
        g = math.tan(math.pi * fc / 48000.0)
        a1 = 1.0 / (1.0 + g * (g + k))
        a2 = g * a1
        a3 = g * a2
        for n in range(block, min(block + 64, dry.shape[0])):
            v3 = dry[n, 0] - s2
            v1 = a1 * s1 + a2 * v3
            v2 = s2 + a2 * s1 + a3 * v3
            s1 = 2.0 * v1 - s1
            s2 = 2.0 * v2 - s2
            out[n, 0] += np.float32(v2)
            v3 = dry[n, 1] - s4
            v1 = a1 * s3 + a2 * v3
            v2 = s4 + a2 * s3 + a3 * v3
            s3 = 2.0 * v1 - s3
            s4 = 2.0 * v2 - s4
            out[n, 1] += np.float32(v2)


_SHAPE = ("spread_cents", "slope", "odd", "formant_hz", "formant_db", "breath", "octave", "fifth", "shimmer")


def render(notes: Sequence[PlayedNote], settings: Settings, take: Take) -> None:
    """Play notes with these settings (all keys of _BASE)."""
    dry: Samples = np.zeros_like(take.out)
    bloom = np.zeros(len(dry) // 64 + 1, dtype=np.float32)
    shape = tuple(float(settings[key]) for key in _SHAPE)
    attack, release = settings["attack_s"] * SAMPLE_RATE, settings["release_s"] * SAMPLE_RATE
    for note in notes:
        first, hold = round(float(note.at) * SAMPLE_RATE), max(64, round(float(note.duration) * SAMPLE_RATE))
        amp = 0.6 * 10 ** (settings["level_db"] / 20) * (note.velocity / 127) ** 1.2
        offset = int(draw(take.seed, "pad", note.player, note.at, note.pitch) * _LOOP)
        rise = max(64.0, min(attack, hold * 0.6))
        loop = loop_of(note.pitch, shape, take.seed)
        _lay(dry, bloom, loop, first, hold, rise, max(64.0, release), offset, amp, settings["width"])
    curve: Curve = take.cutoff if take.cutoff is not None else np.zeros(0, dtype=np.float32)
    _breathe(
        dry,
        take.out,
        bloom,
        curve,
        float(settings["cutoff_hz"]),
        float(settings["bloom_octaves"]),
        float(settings["bloom_s"]),
        float(settings["breathe_octaves"]),
        float(settings["breathe_hz"]),
        draw(take.seed, "pad", "breathe"),
        float(settings["resonance"]),
    )


def _voice(name: str, **changes: float) -> Voice:
    return Voice(name, {**_BASE, **changes}, render)


VOICES = (
    _voice("warm_pad", slope=1.2, octave=0.3, breath=0.15, cutoff_hz=4000, attack_s=0.45, release_s=1.0),
    _voice(
        "air_pad", slope=1.0, spread_cents=42, breath=0.9, octave=0.5, shimmer=0.35, formant_hz=3200, formant_db=5,
        cutoff_hz=7500, bloom_octaves=0.5, attack_s=0.9, release_s=1.8, level_db=-1,
    ),
    _voice(
        "dark_pad", slope=1.6, spread_cents=24, fifth=0.10, formant_hz=330, formant_db=4, cutoff_hz=1100,
        bloom_octaves=1.2, bloom_s=2.5, breathe_octaves=0.7, breathe_hz=0.07, attack_s=0.8, release_s=1.6,
    ),
    _voice(
        "glass_pad", slope=0.9, odd=0.75, spread_cents=12, octave=0.45, shimmer=0.5, formant_hz=2500, formant_db=4,
        cutoff_hz=6000, bloom_octaves=1.0, attack_s=0.25, release_s=2.0, level_db=-1,
    ),
    _voice(
        "string_pad", slope=0.95, spread_cents=34, octave=0.3, formant_hz=1300, formant_db=3, cutoff_hz=6500,
        bloom_octaves=0.5, attack_s=0.30, release_s=0.7,
    ),
    _voice(
        "drone", slope=1.15, spread_cents=20, fifth=0.2, octave=0.3, breath=0.4, cutoff_hz=1000, bloom_octaves=0.6,
        bloom_s=6, breathe_octaves=1.5, breathe_hz=0.045, resonance=0.3, attack_s=2.0, release_s=3.0,
    ),
    _voice(
        "wide_pad", slope=1.02, spread_cents=40, octave=0.45, fifth=0.05, formant_hz=900, formant_db=2, cutoff_hz=3400,
        bloom_octaves=1.1, bloom_s=1.6, breathe_octaves=0.5, breathe_hz=0.09, width=1.0, attack_s=0.5, release_s=1.4,
    ),
)  # fmt: skip


def warm() -> None:
    """Compile the kernels."""
    note = PlayedNote("", Fraction(0), Fraction(1, 100), 60, 100)
    VOICES[0].render([note], {}, Take(np.zeros((512, 2), dtype=np.float32)))
