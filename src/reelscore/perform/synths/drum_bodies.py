"""Drums of produced music: kicks in three parts, snares with a ring, gated rooms, clicks, and a noise channel.

Same conventions as `drum_sounds`: float32, shape (frames, 2), peak near 1; `force` 0..1 is how hard, `chance` makes
each take its own. A produced kick is a sweep (the beater), a knock (the wood) and a body (the skin) with their own
decays; a gated drum is the stroke in a dense room whose tail is shut like a door (London, 1980).
"""

from __future__ import annotations

import numpy as np

from reelscore.perform.filters import bell, equalise, high_pass, low_pass
from reelscore.perform.synths.drum_sounds import blank, finish, onset, seconds, two_sides
from reelscore.perform.synths.strokes import Chance, Wave, band_noise, burst, clang, fast_length, ring
from reelscore.values.sound import SAMPLE_RATE, Samples


def punch(
    chance: Chance, force: float, tone_hz: float = 50, drop: float = 6.0, drop_s: float = 0.012,
    decay_s: float = 0.25, hold_s: float = 0.03, knock_hz: float = 0.0, knock: float = 0.4, click: float = 0.3,
    click_hz: float = 3500, drive: float = 0.3, air: float = 0.0,
) -> Samples:  # fmt: skip
    """Bass drum of a record: a two-stage sweep onto the body, a wooden knock, a click, and air around it."""
    t = seconds(hold_s + decay_s * 5 + 0.02)
    sweep = (drop - 1) * (0.7 + 0.3 * force) * np.exp(-t / drop_s) + 0.35 * np.exp(-t / (drop_s * 4.5))
    body = np.sin(2 * np.pi * np.cumsum(tone_hz * (1 + sweep)) / SAMPLE_RATE)
    body *= np.exp(-np.maximum(0, t - hold_s) / decay_s)
    if knock_hz > 0:
        tone = knock_hz * (1 + 0.03 * (chance.random() - 0.5))
        ring(body, tone * 1.6, tone, 0.008, 0.035, knock * (0.6 + 0.4 * force))
    onset(body, 0.0006)
    burst(body, chance, click_hz * 0.55, min(14_000, click_hz * 2.2), 0.0045, 0.34 * click * (0.35 + 0.65 * force))
    ring(body, click_hz * 1.3, click_hz * 0.8, 0.003, 0.0035, 0.5 * click * force)
    if air <= 0:
        return finish(body, drive=drive)

    def room(side: Wave) -> None:
        burst(side, chance, 120, 5000, 0.09, 0.05 * air, -4, 0.004)

    left, right = two_sides(len(t) / SAMPLE_RATE, room, 0.1, 0.9)
    return finish(body + left[: len(t)], body + right[: len(t)], drive)


def crack(
    chance: Chance, force: float, tone_hz: float = 195, shell_s: float = 0.08, body: float = 0.6,
    wires_s: float = 0.14, wires: float = 0.5, low_hz: float = 1200, bright_hz: float = 12_000, snap: float = 0.5,
    ring_hz: float = 0.0, ring_s: float = 0.18, drop: float = 1.7, drive: float = 0.2,
) -> Samples:  # fmt: skip
    """Snare of a record: shell modes that fall in pitch, wires, the crack of the stick, and a rim that rings."""
    length_s = max(wires_s, shell_s, ring_s if ring_hz else 0.0) * 4.5 + 0.05
    shell = blank(length_s)
    tone = tone_hz * (1 + 0.012 * (chance.random() - 0.5))
    ring(shell, tone * drop, tone, 0.011, shell_s, body)
    ring(shell, tone * 1.62 * drop, tone * 1.62, 0.009, shell_s * 0.65, 0.5 * body, 0.4)
    ring(shell, tone * 2.34 * drop, tone * 2.34, 0.007, shell_s * 0.4, 0.3 * body, 1.1)
    if ring_hz > 0:
        ring(shell, ring_hz, ring_hz, 1, ring_s, 0.16 * (0.5 + 0.5 * force))
        ring(shell, ring_hz * 1.47, ring_hz * 1.47, 1, ring_s * 0.6, 0.09 * force)

    def rattle(side: Wave) -> None:
        burst(side, chance, low_hz, 5200, wires_s * 0.8, 0.42 * wires)
        burst(side, chance, 4200, bright_hz, wires_s, 0.46 * wires * (0.4 + 0.6 * force))
        burst(side, chance, 1800, bright_hz, 0.005, 0.55 * snap * (0.3 + 0.7 * force))

    left, right = two_sides(length_s, rattle, 0.55, 0.45)
    return finish(onset(shell + left, 0.0005), onset(shell + right, 0.0005), drive)


def gated(dry: Samples, chance: Chance, open_s: float = 0.2, room: float = 0.5, low_hz: float = 180) -> Samples:
    """The stroke in a dense bright room, shut after `open_s`."""
    frames = round((open_s + 0.04) * SAMPLE_RATE)
    t = np.arange(frames) / SAMPLE_RATE
    level = 0.75 + 0.25 * np.exp(-t / 0.05)
    wet = np.zeros((len(dry) + frames, 2))
    source = dry.mean(axis=1)[: SAMPLE_RATE // 12]
    for side in range(2):
        wet[: len(source) + frames - 1, side] += _convolved(
            source, band_noise(chance, frames, low_hz, 9500, -1.5) * level
        )
    wet *= room / (3.2 * np.sqrt(np.mean(wet[: frames // 2] ** 2)) + 1e-9)
    wet *= np.clip((open_s - np.arange(len(wet)) / SAMPLE_RATE) / 0.022, 0, 1)[:, None] ** 1.5
    wet[: len(dry)] += dry
    return finish(wet[:, 0], wet[:, 1], 0.1)


def gated_snare(chance: Chance, force: float, tone_hz: float = 185, open_s: float = 0.24) -> Samples:
    """Big snare through the gate."""
    dry = crack(chance, force, tone_hz, 0.11, 0.75, 0.12, 0.5, snap=0.55, drive=0.25)
    return gated(dry, chance, open_s * (0.8 + 0.2 * force), 0.75)


def gated_tom(chance: Chance, force: float, tone_hz: float = 110, open_s: float = 0.3) -> Samples:
    """Concert tom through the gate: two close modes that fall."""
    wave = blank(0.9)
    ring(wave, tone_hz * 1.7, tone_hz, 0.04, 0.22)
    ring(wave, tone_hz * 2.7, tone_hz * 1.59, 0.03, 0.1, 0.35 * force)
    burst(wave, chance, 400, 5000, 0.012, 0.3 * (0.4 + 0.6 * force))
    return gated(finish(onset(wave, 0.0008), drive=0.2), chance, open_s, 0.6, 120)


def gated_kick(chance: Chance, force: float) -> Samples:
    """Round kick with a short gated bloom."""
    dry = punch(chance, force, 54, 4.5, 0.012, 0.16, 0.03, 130, 0.35, 0.4, 3800, 0.3)
    return gated(dry, chance, 0.13, 0.3, 90)


def heavy_snare(chance: Chance, force: float, tone_hz: float = 196) -> Samples:
    """Half-time snare: a knock one can sing, white tail, everything pressed flat."""
    dry = crack(chance, force, tone_hz, 0.085, 0.9, 0.15, 0.6, 900, 14_000, 0.8, drop=2.4, drive=0.5)
    equalise(dry, bell(tone_hz, 3, 1.2), high_pass(110))
    return finish(dry[:, 0].astype(float), dry[:, 1].astype(float), 0.3)


def tick(chance: Chance, force: float, tone_hz: float = 3200, decay_s: float = 0.006, noise: float = 0.4) -> Samples:
    """A click: a few milliseconds of tone and grit."""
    wave = blank(max(0.02, decay_s * 7))
    ring(wave, tone_hz * (1 + 0.6 * force), tone_hz, 0.002, decay_s * (0.7 + 0.5 * force))
    burst(wave, chance, tone_hz * 0.6, min(16_000, tone_hz * 3), decay_s * 0.6, noise)
    return finish(onset(wave, 0.0003))


def blip(chance: Chance, force: float, tone_hz: float = 900, decay_s: float = 0.03) -> Samples:
    """A tiny sine with a bend: glitch percussion."""
    wave = blank(decay_s * 7)
    bend = 1.0 + 0.5 * force * (1 if chance.random() < 0.5 else -0.5)
    ring(wave, tone_hz * bend, tone_hz, 0.008, decay_s)
    ring(wave, tone_hz * 2.76, tone_hz * 2.76, 1, decay_s * 0.3, 0.25 * force)
    return finish(onset(wave, 0.0005))


def crush_noise(chance: Chance, force: float, decay_s: float = 0.08, low_hz: float = 2000) -> Samples:
    """A burst of noise cut into steps."""
    t = seconds(decay_s * 6)
    wave = band_noise(chance, len(t), low_hz, 15_000) * np.exp(-t / decay_s)
    every = 3 + int(5 * (1 - force))
    wave = np.repeat(wave[::every], every)[: len(t)]
    return finish(onset(wave, 0.0004))


def noise_channel(
    chance: Chance, force: float, clock_hz: float = 22_000, decay_s: float = 0.12, metal: float = 0.0,
    fall: float = 0.0,
) -> Samples:  # fmt: skip
    """A shift register of 15 bits as noise (`metal` 1: of 93 steps, which sings), its level in 16 steps at 60 Hz."""
    frames = round((decay_s * 4 + 0.02) * SAMPLE_RATE)
    register, tap = 1 + int(chance.integers(1, 32_767)), 6 if metal > 0.5 else 1
    pattern = np.empty(32_767 if metal <= 0.5 else 93)
    for i in range(len(pattern)):
        pattern[i] = 1.0 - 2.0 * (register & 1)
        register = (register >> 1) | (((register ^ (register >> tap)) & 1) << 14)
    t = np.arange(frames) / SAMPLE_RATE
    clock = np.cumsum(clock_hz * np.exp(-fall * np.floor(t * 60) / 60 / decay_s)) / SAMPLE_RATE
    sums = np.concatenate(([0.0], np.cumsum(np.tile(pattern, 2))))
    edges = np.append(clock, clock[-1] + clock_hz / SAMPLE_RATE)  # the register's mean over each sample: less folds
    whole = np.floor(edges)
    at = whole.astype(np.int64) % len(pattern)
    area = sums[at] + (edges - whole) * pattern[at] + np.floor(whole / len(pattern)) * pattern.sum()
    wave = np.diff(area) / np.maximum(np.diff(edges), 1e-9)
    steps = np.round(15 * (0.55 + 0.45 * force) * np.exp(-np.floor(t * 60) / 60 / decay_s)) / 15
    wave = (wave - pattern.mean()) * steps
    return finish(wave)


def chip_drum(chance: Chance, force: float, start_hz: float = 330, end_hz: float = 52, fall_s: float = 0.035,
              decay_s: float = 0.12, noise: float = 0.25) -> Samples:  # fmt: skip
    """Kick or tom of a game console: the triangle channel falling in pitch, a tick of noise on top."""
    t = seconds(decay_s * 4)
    tone = end_hz + (start_hz - end_hz) * np.exp(-np.floor(t * 240) / 240 / fall_s)
    turns = np.cumsum(tone) / SAMPLE_RATE + 0.25
    wave = np.abs((turns % 1.0) * 4 - 2) - 1
    wave = np.round(wave * 7.5) / 7.5 * np.exp(-np.maximum(0, t - 0.03) / decay_s)
    tail = noise_channel(chance, force, 9000, 0.02)[: len(wave), 0]
    wave[: len(tail)] += noise * tail
    sound = finish(onset(wave, 0.0003))
    equalise(sound, low_pass(13_000))
    return sound


def heart(chance: Chance, force: float, tone_hz: float = 46, second: float = 0.0) -> Samples:
    """One half of a heartbeat, heard through the chest."""
    wave = blank(0.6)
    ring(wave, tone_hz * 1.9, tone_hz, 0.03, 0.075 + 0.02 * force)
    ring(wave, tone_hz * 2.6, tone_hz * 2.1, 0.02, 0.035, 0.35 + 0.15 * second)
    burst(wave, chance, 30, 260 + 120 * force, 0.05, 0.30, -5, 0.006)
    return finish(onset(wave, 0.006), drive=0.3)


def snap(chance: Chance, force: float) -> Samples:
    """Snapped fingers: two resonances of the hollow hand, a short room."""
    wave = blank(0.16)
    for tone, level in ((1750, 0.7), (2900, 1.0), (4600, 0.5)):
        pitch = tone * (1 + 0.05 * (chance.random() - 0.5))
        ring(wave, pitch * 1.08, pitch, 0.004, 0.009, level, chance.random() * 6)
    burst(wave, chance, 1800, 9000, 0.005, 0.6 * (0.4 + 0.6 * force))

    def room(side: Wave) -> None:
        burst(side, chance, 900, 6000, 0.035, 0.06, -3, 0.002)

    left, right = two_sides(0.16, room, 0.2, 0.8)
    return finish(onset(wave + left, 0.0004), onset(wave + right, 0.0004))


def stomp(chance: Chance, force: float, tone_hz: float = 68) -> Samples:
    """A boot on a wooden floor: the boards' modes and a scuff."""
    wave = blank(0.7)
    for ratio, level, decay_s in ((1, 1.0, 0.09), (1.7, 0.6, 0.06), (2.9, 0.35, 0.04), (4.6, 0.2, 0.025)):
        tone = tone_hz * ratio * (1 + 0.06 * (chance.random() - 0.5))
        ring(wave, tone * 1.3, tone, 0.012, decay_s, level, chance.random())

    def floor(side: Wave) -> None:
        burst(side, chance, 90, 1800, 0.045, 0.22 * (0.5 + 0.5 * force), -3)
        burst(side, chance, 300, 4000, 0.012, 0.15 * force)

    left, right = two_sides(0.7, floor, 0.4, 0.6)
    return finish(onset(wave + left, 0.001), onset(wave + right, 0.001), 0.15)


def crowd(chance: Chance, force: float, hands: int = 7, spread_s: float = 0.014, room_s: float = 0.12) -> Samples:
    """Several people clapping: each pair of hands has its own hollow, place and moment."""
    frames = round((spread_s * 2 + room_s * 5 + 0.05) * SAMPLE_RATE)
    sides = np.zeros((2, frames))
    for _ in range(hands):
        at = round(max(0.0, spread_s * (1 + 0.5 * chance.standard_normal())) * SAMPLE_RATE)
        place, tone = chance.uniform(-0.9, 0.9), chance.uniform(850, 2100)
        one = blank(0.08)
        burst(one, chance, tone * 0.6, tone * 4.5, 0.006, 0.5, -2)
        ring(one, tone * 1.1, tone, 0.004, 0.007, 0.6, chance.random() * 6)
        one = onset(one, 0.0006) * chance.uniform(0.5, 1.0)
        end = min(frames, at + len(one))
        sides[0, at:end] += one[: end - at] * (1 - place)
        sides[1, at:end] += one[: end - at] * (1 + place)

    def answer(side: Wave) -> None:
        burst(side, chance, 500, 5500, room_s, 0.10 + 0.05 * force, -3, spread_s)

    left, right = two_sides(frames / SAMPLE_RATE, answer, 0.2, 0.8)
    return finish(sides[0] + left[:frames], sides[1] + right[:frames], 0.1)


def bright_hat(
    chance: Chance, force: float, decay_s: float = 0.035, low_hz: float = 7000, sizzle: float = 0.6,
) -> Samples:  # fmt: skip
    """Hi-hat of a record: tuned metal under a band of sizzle, with a stick."""
    length = decay_s * (0.7 + 0.6 * force)

    def strike(side: Wave) -> None:
        clang(side, chance, low_hz, 17_000, 0.5, length, 0.7)
        burst(side, chance, low_hz * 1.25, 16_500, length * 1.1, 0.8 * sizzle)
        clang(side, chance, 3800, 8000, 0.7, length * 0.35, 0.3 * force)
        burst(side, chance, 5000, 16_000, 0.0025, 0.9 * (0.3 + 0.7 * force))

    left, right = two_sides(length * 6 + 0.01, strike, 0.75, 0.3)
    return finish(onset(left, 0.0004), onset(right, 0.0004))


def _convolved(a: Wave, b: Wave) -> Wave:
    """Their convolution, len(a) + len(b) - 1 long."""
    import scipy.fft  # here, so that it is loaded while others play

    length = len(a) + len(b) - 1
    size = fast_length(length)
    return np.asarray(scipy.fft.irfft(scipy.fft.rfft(a, size) * scipy.fft.rfft(b, size), size)[:length])
