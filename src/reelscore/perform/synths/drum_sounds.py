"""Single strokes of drums and percussion, drawn as arrays: membranes, shells, wires, metal and shaken grains.

Every function returns float32, shape (frames, 2), with a peak near 1. `force` (0..1) is how hard the stroke is: it
sets brightness and length; level is the caller's. `chance` makes each stroke a little different.
Membrane partials follow an ideal circular skin; the metal is dense inharmonic noise, as in a real cymbal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from reelscore.perform.synths.strokes import Chance, Wave, band_noise, burst, clang, metal_noise, ring
from reelscore.values.sound import SAMPLE_RATE, Samples

_SKIN = (1.0, 1.594, 2.136, 2.296, 2.653, 2.918, 3.156, 3.501)


def blank(length_s: float) -> Wave:
    return np.zeros(max(64, round(length_s * SAMPLE_RATE)))


def seconds(length_s: float) -> Wave:
    return np.arange(max(64, round(length_s * SAMPLE_RATE))) / SAMPLE_RATE


def onset(wave: Wave, attack_s: float) -> Wave:
    rise = min(len(wave), max(1, round(attack_s * SAMPLE_RATE)))
    wave[:rise] *= np.arange(rise) / rise
    return wave


def two_sides(length_s: float, draw: Callable[[Wave], None], middle: float, side: float) -> tuple[Wave, Wave]:
    """Two drawings of the same thing, half shared and half apart, as two microphones hear it."""
    a, b = blank(length_s), blank(length_s)
    draw(a)
    draw(b)
    return middle * (a + b) + side * a, middle * (a + b) + side * b


def finish(left: Wave, right: Wave | None = None, drive: float = 0.0) -> Samples:
    """Stereo, saturated if asked, peak 1, faded to nothing."""
    wave = np.stack([left, left if right is None else right], axis=1)
    wave /= np.abs(wave).max() + 1e-9
    if drive > 0:
        wave = np.tanh(wave * (1 + 4 * drive)) / np.tanh(1 + 4 * drive)
    tail = min(len(wave), 480)
    wave[-tail:] *= np.linspace(1, 0, tail)[:, None]
    return wave.astype(np.float32)


def kick(
    chance: Chance, force: float, tone_hz: float = 50, decay_s: float = 0.32, snap: float = 0.5, drive: float = 0.3
) -> Samples:
    """Bass drum: a falling sine with a beater click."""
    wave = blank(decay_s * 3 + 0.05)
    ring(wave, tone_hz * (3.2 + 2.6 * snap), tone_hz, 0.022, decay_s, hold_s=0.02)
    ring(wave, tone_hz * 9, tone_hz * 2, 0.008, 0.03, 0.35 * snap)
    onset(wave, 0.0008)
    burst(wave, chance, 1800, 11_000, 0.0035, 0.12 * (0.4 + force) * snap)
    return finish(wave, drive=drive)


def snare(
    chance: Chance, force: float, tone_hz: float = 190, wires_s: float = 0.14, body: float = 0.6,
    bright_hz: float = 13_000, drive: float = 0.15,
) -> Samples:  # fmt: skip
    """Snare drum: two shell modes, wires in two bands, the crack of the stick."""
    length_s = wires_s * 3.2 + 0.12
    shell = blank(length_s)
    ring(shell, tone_hz * 1.5, tone_hz, 0.012, 0.085, body)
    ring(shell, tone_hz * 2.3, tone_hz * 1.78, 0.010, 0.055, 0.55 * body, 0.4)

    def wires(side: Wave) -> None:
        burst(side, chance, 900, 5000, wires_s * 0.75, 0.24)
        burst(side, chance, 4500, bright_hz, wires_s, 0.22 * (0.45 + 0.55 * force))
        burst(side, chance, 1500, bright_hz, 0.006, 0.22 * force)

    left, right = two_sides(length_s, wires, 0.6, 0.4)
    return finish(onset(shell + left, 0.0006), onset(shell + right, 0.0006), drive)


def clap(chance: Chance, force: float, tail_s: float = 0.11, bright_hz: float = 9000) -> Samples:
    """Several hands a few milliseconds apart, then the room."""
    t = seconds(tail_s * 4 + 0.06)
    sides = []
    for _ in range(2):
        envelope = np.zeros(len(t))
        for at in (0.0, 0.0095 + 0.002 * chance.random(), 0.020 + 0.003 * chance.random()):
            envelope += (t >= at) * np.exp(-np.maximum(0, t - at) / 0.0045)
        envelope += (t >= 0.029) * np.exp(-np.maximum(0, t - 0.029) / tail_s) * 0.75
        sides.append(envelope * band_noise(chance, len(t), 850, bright_hz, -3.0))
    middle = 0.55 * (sides[0] + sides[1])
    return finish(middle + 0.5 * sides[0], middle + 0.5 * sides[1], 0.1 * force)


def hat(
    chance: Chance, force: float, decay_s: float = 0.045, low_hz: float = 6500, grain: float = 0.45,
    high_hz: float = 16_500,
) -> Samples:  # fmt: skip
    """Hi-hat: dense metal; harder strokes are longer and brighter."""
    length = decay_s * (0.75 + 0.5 * force)

    def draw(side: Wave) -> None:
        clang(side, chance, low_hz, high_hz, grain, length, 1.0)
        clang(side, chance, low_hz * 0.6, low_hz * 1.4, grain, length * 0.55, 0.7 * force)
        burst(side, chance, 3500, high_hz, 0.004, 0.8 * force)

    left, right = two_sides(length * 5 + 0.02, draw, 0.7, 0.35)
    return finish(onset(left, 0.0006), onset(right, 0.0006))


def cymbal(
    chance: Chance, force: float, decay_s: float = 1.1, ping: float = 0.0, low_hz: float = 2600, swell_s: float = 0.0
) -> Samples:
    """Crash (`ping` 0) or ride (`ping` 1): highs die first; `swell_s` lets it bloom as under mallets."""

    def draw(side: Wave) -> None:
        clang(side, chance, low_hz, 9000, 0.55, decay_s, 1.0)
        clang(side, chance, 7000, 17_000, 0.25, decay_s * 0.5, 0.9 * (0.4 + 0.6 * force))
        if swell_s == 0:
            burst(side, chance, 1500, 15_000, 0.03, 0.8 * force)
        if ping > 0:
            for k, partial in enumerate((2750, 3640, 4980, 6120)):
                ring(side, partial, partial, 1, 0.35, ping * 1.2, k)

    left, right = two_sides(decay_s * 3.2 + swell_s, draw, 0.5, 0.6)
    return finish(onset(left, max(0.001, swell_s)), onset(right, max(0.001, swell_s)))


def tom(
    chance: Chance, force: float, tone_hz: float = 110, decay_s: float = 0.28, skin: float = 0.5, room: float = 0.0
) -> Samples:
    """Tom or taiko: the modes of a skin, its attack noise, and a low room when asked."""
    length_s = decay_s * 3.5 + 0.1 + room
    wave = blank(length_s)
    for k, ratio in enumerate(_SKIN):
        tone, strength = tone_hz * ratio, 1.0 if k == 0 else 0.42 * skin * force / k**0.7
        ring(wave, tone * (1.25 + 0.35 * force), tone, 0.03, decay_s / (1 + 0.9 * k), strength, 0.7 * k)
    burst(wave, chance, 300, 2200 + 5000 * force, 0.012, 0.30 * (0.3 + force))
    onset(wave, 0.001)
    if room <= 0:
        return finish(wave, drive=0.1)

    def answer(side: Wave) -> None:
        burst(side, chance, tone_hz * 0.8, 1500, room, 0.16, -6, 0.02)

    left, right = two_sides(length_s, answer, 0.0, 1.0)
    return finish(wave + left, wave + right, 0.2)


def boom(chance: Chance, force: float, tone_hz: float = 38, decay_s: float = 0.9) -> Samples:
    """The deep stroke of a film score: sub, skin and the hall answering."""
    length_s = decay_s * 3.5
    wave = blank(length_s)
    ring(wave, tone_hz * 2.6, tone_hz, 0.06, decay_s)
    ring(wave, tone_hz * 5, tone_hz * 2.02, 0.05, decay_s * 0.4, 0.5, 0.5)

    def skin(side: Wave) -> None:
        burst(side, chance, 90, 900 + 2500 * force, 0.05, 0.5, -4)
        burst(side, chance, 50, 700, decay_s * 0.8, 0.22, -6, 0.03)
        burst(side, chance, 1500, 8000, 0.012, 0.13 * force)

    left, right = two_sides(length_s, skin, 0.0, 1.0)
    return finish(onset(wave + left, 0.0015), onset(wave + right, 0.0015), 0.25)


def block(
    chance: Chance, force: float, tones_hz: Sequence[float] = (1720, 480), decay_s: float = 0.018, click: float = 0.5
) -> Samples:
    """Rim, claves, cowbell: short tuned wood or metal."""
    wave = blank(decay_s * 7)
    for k, tone in enumerate(tones_hz):
        ring(wave, tone, tone, 1, decay_s * (1 if k == 0 else 0.8), 1 / (1 + 0.4 * k), k)
    burst(wave, chance, 1500, 9000, 0.002, click * force)
    return finish(onset(wave, 0.0004), drive=0.2)


def shaken(
    chance: Chance, force: float, attack_s: float = 0.018, decay_s: float = 0.035, low_hz: float = 4200,
    jingle: float = 0.0,
) -> Samples:  # fmt: skip
    """Shaker, cabasa, maracas; with `jingle`, a tambourine."""
    t = seconds(attack_s + decay_s * 6 + 0.25 * jingle)
    rise = np.minimum(1, t / attack_s) ** 1.5
    envelope = rise * np.exp(-np.maximum(0, t - attack_s) / decay_s)
    sides = []
    for _ in range(2):
        wave = envelope * band_noise(chance, len(t), low_hz, 13_500)
        if jingle > 0:
            shake = np.exp(-t / 0.09) + 0.6 * (t > 0.022) * np.exp(-np.maximum(0, t - 0.022) / 0.07)
            wave = 0.5 * wave + jingle * shake * metal_noise(chance, len(t), 5200, 15_000, 0.75)
        sides.append(wave * (0.6 + 0.4 * force))
    middle = 0.6 * (sides[0] + sides[1])
    return finish(middle + 0.4 * sides[0], middle + 0.4 * sides[1])
