"""Effects of a produced track: what announces a change, what marks it, and what lies underneath.

Each is one note, its duration the length. A riser and a reversed cymbal END at the end of their note; an impact and a
sub drop START with theirs; vinyl noise lasts its note. Filter sweeps run in overlapping frames of shaped noise
(short-time Fourier synthesis), so they are smooth at any length.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from reelscore.perform.synths.drum_sounds import boom, cymbal
from reelscore.perform.synths.strokes import band_noise
from reelscore.perform.synths.wavetable import SIZE, hertz, tables
from reelscore.perform.voice import Settings, Take, Voice
from reelscore.values.chance import bits
from reelscore.values.sound import SAMPLE_RATE, PlayedNote, Samples

Wave = NDArray[np.float64]
_FRAME = 2048
_HISS_LOOP = 1 << 18  # samples; shaped in one Fourier transform, so it loops without a seam


def _swept_noise(chance: np.random.Generator, frames: int, low: Wave, high: Wave) -> Wave:
    """Noise between two moving corners; `low` and `high` are Hz over the length, as curves of any size. RMS near 1."""
    import scipy.fft  # here, so that it is loaded while others play

    hop = _FRAME // 2
    count = frames // hop + 2
    at = np.linspace(0, 1, count)
    floor = np.interp(at, np.linspace(0, 1, len(low)), low)[:, None]
    roof = np.interp(at, np.linspace(0, 1, len(high)), high)[:, None]
    f = np.fft.rfftfreq(_FRAME, 1 / SAMPLE_RATE)[None, :] + 1.0
    gain = 1 / np.sqrt((1 + (floor / f) ** 4) * (1 + (f / roof) ** 6))
    spectra = scipy.fft.rfft(chance.standard_normal((count, _FRAME), dtype=np.float32), axis=1)
    blocks = scipy.fft.irfft(spectra * gain, _FRAME, axis=1) * np.sin(np.arange(_FRAME) * (np.pi / _FRAME))
    out = np.zeros((count + 1) * hop)
    for i, block in enumerate(blocks):
        out[i * hop : i * hop + _FRAME] += block
    return np.asarray(out[hop : hop + frames])


def _stereo(chance: np.random.Generator, frames: int, low: Wave, high: Wave, width: float) -> Wave:
    a, b = (_swept_noise(chance, frames, low, high) for _ in range(2))
    return np.stack([a + (1 - width) * b, (1 - width) * a + b], axis=1)


def _riser(pitch: int, frames: int, settings: Settings, chance: np.random.Generator) -> Wave:
    """Noise and a rising chord of saws that peak on the last sample."""
    x = np.linspace(0, 1, frames)
    grow = (np.expm1(3.2 * x) / np.expm1(3.2))[:, None]
    air = _stereo(chance, frames, 250 * 24 ** np.linspace(0, 1, 64), 1500 * 11 ** np.linspace(0, 1, 64), 0.9) * 0.10
    tones = np.zeros((frames, 2), dtype=np.float32)
    saw, swell = tables("soft saw")[8][:-1], (0.15 + 0.85 * x**2).astype(np.float32)
    for k, (interval, side) in enumerate(((0, 0), (7, -0.7), (12, 0.7), (12.08, -0.4), (19, 0.4))):
        tone = hertz(48 + pitch % 12 + interval) * 2 ** (settings["rise_semitones"] / 12 * x**1.6)
        turns = np.cumsum(tone) / SAMPLE_RATE + k * 0.37
        wave = saw[(turns * SIZE).astype(np.int64) % SIZE] * swell
        tones += wave[:, None] * np.array([1 - side, 1 + side], dtype=np.float32) * np.float32(0.05)
    pulse = 1 - settings["pulse"] * 0.5 * (1 + np.cos(2 * np.pi * (2 * x + 10 * x**2.5)))[:, None]
    return np.asarray((air + settings["tone"] * tones) * grow * pulse * 0.9)


def _noise_sweep(_: int, frames: int, settings: Settings, chance: np.random.Generator) -> Wave:
    """A wash that opens to the middle and closes again (or only falls, with `rise` 0)."""
    x = np.linspace(0, 1, 64)
    peak = max(0.02, settings["rise"])
    shape = np.where(x < peak, x / peak, (1 - x) / (1 - peak + 1e-9)) ** 1.3
    level = np.interp(np.linspace(0, 1, frames), x, shape)[:, None]
    return np.asarray(_stereo(chance, frames, 200 + 900 * shape, 700 * 20**shape, 1.0) * level * 0.09)


def _reverse_cymbal(_: int, frames: int, settings: Settings, chance: np.random.Generator) -> Wave:
    """A crash played backwards into the change."""
    sound = cymbal(chance, 0.9, decay_s=frames / SAMPLE_RATE * 0.42, low_hz=2200)[:frames][::-1]
    wave = np.zeros((frames, 2))
    wave[frames - len(sound) :] = sound
    wave[-96:] *= np.linspace(1, 0, 96)[:, None]
    return wave * 0.22


def _impact(pitch: int, frames: int, settings: Settings, chance: np.random.Generator) -> Wave:
    """Boom, crash and a burst of air at once."""
    low = boom(chance, 1.0, tone_hz=hertz(24 + pitch % 12), decay_s=min(1.3, 0.3 * frames / SAMPLE_RATE + 0.2))
    wave = np.zeros((max(frames, len(low)), 2))
    wave[: len(low)] += low * 0.30
    high = cymbal(chance, 1.0, decay_s=1.2, low_hz=1800)[: len(wave)]
    wave[: len(high)] += high * 0.10 * settings["brightness"] * 2
    burst = min(len(wave), SAMPLE_RATE)
    t = np.arange(burst)[:, None] / SAMPLE_RATE
    air = _stereo(chance, burst, np.full(8, 120.0), 9000 * 0.08 ** np.linspace(0, 1, 16), 0.9)
    wave[:burst] += air * np.exp(-t / 0.22) * 0.06
    tail = len(wave) // 4
    wave[-tail:] *= np.linspace(1, 0, tail)[:, None]
    return wave


def _sub_drop(pitch: int, frames: int, settings: Settings, chance: np.random.Generator) -> Wave:
    """A sine that falls an octave and a half below hearing's floor and takes the room with it."""
    t = np.arange(frames) / SAMPLE_RATE
    length = frames / SAMPLE_RATE
    tone = 28 + (hertz(36 + pitch % 12) * 1.3 - 28) * np.exp(-t / (length * 0.35))
    wave = np.tanh(1.6 * np.sin(2 * np.pi * np.cumsum(tone) / SAMPLE_RATE))
    wave *= np.minimum(1, t / 0.004) * np.minimum(1, (length - t) / (0.4 * length)).clip(0) ** 1.5
    return np.stack([wave, wave], axis=1) * 0.25


def _scrape(pitch: int, frames: int, settings: Settings, chance: np.random.Generator) -> Wave:
    """A bow or nail drawn over metal: stick and slip, a rising cluster of plate modes, gone where the note ends."""
    x = np.linspace(0, 1, frames)
    swell = np.sin(np.pi * x**1.4) ** 1.5
    slips = np.cumsum(18 + 120 * x**1.5 + 30 * np.interp(x, np.linspace(0, 1, 24), chance.random(24))) / SAMPLE_RATE
    grit = (1 - (slips % 1.0)) ** 3 * (0.6 + 0.4 * np.interp(x, np.linspace(0, 1, 60), chance.random(60)))
    root = hertz(50 + pitch % 12)
    wave = _stereo(
        chance, frames, 500 + 1500 * x[:: max(1, frames // 64)], 3500 + 6000 * x[:: max(1, frames // 64)], 0.8
    )
    wave *= (grit * swell)[:, None] * 0.07
    for ratio in (1.0, 1.483, 2.756, 3.91, 5.404, 7.13, 8.933):
        bend = 1 + 0.05 * settings["rise"] * x**2 + 0.004 * np.sin(2 * np.pi * (3 + 4 * chance.random()) * x)
        tone = np.sin(2 * np.pi * np.cumsum(root * ratio * bend) / SAMPLE_RATE + 6 * chance.random())
        side = chance.uniform(-0.8, 0.8)
        wave += (tone * (0.35 + 0.65 * grit) * swell)[:, None] * np.array([1 - side, 1 + side]) * (0.05 / ratio**0.6)
    return wave


def _vinyl(_: int, frames: int, settings: Settings, chance: np.random.Generator) -> Wave:
    """Surface noise: hiss, a slow rumble that turns 33 times a minute, ticks and the odd pop."""
    loop = np.stack([band_noise(chance, _HISS_LOOP, 900, 9500) for _ in range(2)], axis=1)
    wave = np.resize(loop, (frames, 2)) * (0.0045 * settings["hiss"] * 2)
    turn = 1 + 0.25 * np.sin(2 * np.pi * np.arange(frames) / SAMPLE_RATE * 33.333 / 60)
    wave *= turn[:, None]
    ticks = max(1, round(frames / SAMPLE_RATE * 26 * settings["crackle"]))
    for at, size, side, tone in zip(
        chance.integers(0, frames, ticks),
        chance.pareto(2.2, ticks).clip(0, 6),
        chance.uniform(-0.8, 0.8, ticks),
        chance.uniform(1800, 5500, ticks),
        strict=True,
    ):
        length = min(140, frames - int(at))
        n = np.arange(length)
        tick = np.exp(-n / 14) * np.sin(2 * np.pi * tone * n / SAMPLE_RATE) * 0.011 * (0.3 + size)
        wave[at : at + length] += tick[:, None] * np.array([1 - side, 1 + side])
    edge = min(frames // 2, SAMPLE_RATE // 4)
    fade = np.linspace(0, 1, edge)[:, None]
    wave[:edge] *= fade
    wave[frames - edge :] *= fade[::-1]
    return wave


Draw = Callable[[int, int, Settings, np.random.Generator], Wave]


def _voice(name: str, draw: Draw, **settings: float) -> Voice:
    @lru_cache(maxsize=16)
    def drawn(pitch: int, frames: int, seed: int, given: tuple[tuple[str, float], ...]) -> Samples:
        return draw(pitch, frames, dict(given), np.random.default_rng(bits(seed, name, pitch))).astype(np.float32)

    def render(notes: Sequence[PlayedNote], given: Settings, take: Take) -> None:
        for note in notes:
            frames = max(256, round(float(note.duration) * SAMPLE_RATE))
            sound = drawn(note.pitch, frames, take.seed, tuple(sorted(given.items())))
            gain = 10 ** (given["level_db"] / 20) * (note.velocity / 127) ** 1.3
            _add(take.out, sound, round(float(note.at) * SAMPLE_RATE), gain)

    return Voice(name, {"level_db": 0.0, **settings}, render)


def _add(out: Samples, sound: Samples, first: int, gain: float) -> None:
    start, end = max(0, first), min(len(out), first + len(sound))
    if start < end:
        out[start:end] += sound[start - first : end - first] * np.float32(gain)


VOICES = (
    _voice("riser", _riser, tone=0.6, rise_semitones=12.0, pulse=0.25),
    _voice("noise_sweep", _noise_sweep, rise=0.55),
    _voice("reverse_cymbal", _reverse_cymbal),
    _voice("impact", _impact, brightness=0.5),
    _voice("sub_drop", _sub_drop),
    _voice("scrape", _scrape, rise=1.0),
    _voice("vinyl_noise", _vinyl, hiss=0.5, crackle=0.5),
)
