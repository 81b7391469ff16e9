"""Drums of the world: tuned skins played by hand or stick, wooden and bronze percussion.

Each stroke is a sum of decaying modes with the noise of the contact; the ratios are those measured on the instruments.
The loaded skin of the dayan (C. V. Raman, "The Indian musical drums", 1934) is nearly harmonic, 1:2:3:4:5: `na` is
struck at the rim and leaves out the first, `tin` rings on it, `te` is a damped slap. The bayan's pitch is bent by the
heel of the hand while it rings (`ge`); `ke` is its slap. A conga's open tone has one strong mode over a short slap.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from reelscore.perform.synths.drum_sounds import blank, block, boom, cymbal, finish, onset, seconds, tom, two_sides
from reelscore.perform.synths.kit_player import Kit, Stroke, both, kit_voice
from reelscore.perform.synths.kits import SHAKERS
from reelscore.perform.synths.strokes import Chance, Wave, burst, clang, ring
from reelscore.values.sound import SAMPLE_RATE, Samples

Mode = tuple[float, float, float]  # ratio, decay in s, level
_DAYAN_HZ, _BAYAN_HZ = 293.66, 92.0


def modes(
    chance: Chance, force: float, tone_hz: float, partials: Sequence[Mode], bend: float = 0.0, bend_s: float = 0.02,
    slap: float = 0.3, slap_hz: tuple[float, float] = (800, 6000), slap_s: float = 0.004, spread: float = 0.004,
    room: float = 0.0,
) -> Samples:  # fmt: skip
    """Decaying modes with the noise of the touch; `bend` is how far (as a ratio) the pitch falls onto its place."""
    longest = max(decay for _, decay, _ in partials)
    length_s = min(6.0, longest * 6 + 0.03 + room)
    wave = blank(length_s)
    detune = 1 + spread * (chance.random() - 0.5)
    for k, (ratio, decay_s, level) in enumerate(partials):
        tone = tone_hz * ratio * detune
        if tone < 20_000:
            bright = level * (1 if k == 0 else (0.45 + 0.55 * force) ** (0.5 + 0.25 * k))
            ring(wave, tone * (1 + bend * force), tone, bend_s, decay_s, bright, chance.random() * 2)
    burst(wave, chance, *slap_hz, slap_s, slap * (0.3 + 0.7 * force))
    if room <= 0:
        return finish(onset(wave, 0.0004))

    def answer(side: Wave) -> None:
        burst(side, chance, tone_hz * 0.8, 3500, room, 0.1, -5, 0.012)

    left, right = two_sides(length_s, answer, 0.1, 0.9)
    return finish(onset(wave + left, 0.0004), onset(wave + right, 0.0004))


_NA: Sequence[Mode] = (
    (1, 0.05, 0.12),
    (2, 0.42, 0.8),
    (3, 0.34, 1.0),
    (4, 0.2, 0.45),
    (5.02, 0.14, 0.25),
    (7, 0.06, 0.1),
)
_TIN: Sequence[Mode] = ((1, 0.5, 1.0), (2, 0.36, 0.5), (3, 0.2, 0.3), (4, 0.12, 0.14), (5.02, 0.08, 0.08))
_TE: Sequence[Mode] = ((1.35, 0.02, 0.6), (2.2, 0.022, 0.5), (3.4, 0.016, 0.4), (5.1, 0.01, 0.3))
_CONGA: Sequence[Mode] = ((1, 0.19, 1.0), (1.58, 0.08, 0.4), (2.14, 0.06, 0.3), (2.9, 0.045, 0.22), (4.2, 0.02, 0.14))
_SLAP: Sequence[Mode] = ((1.02, 0.045, 0.5), (1.6, 0.03, 0.6), (2.5, 0.03, 0.7), (3.9, 0.02, 0.6), (5.6, 0.014, 0.4))
_WOOD: Sequence[Mode] = ((1, 0.028, 1.0), (2.42, 0.014, 0.4), (4.9, 0.006, 0.2))
_TEMPLE: Sequence[Mode] = ((1, 0.05, 1.0), (1.52, 0.022, 0.3), (2.78, 0.012, 0.25))
_TIMBALE: Sequence[Mode] = (
    (1, 0.22, 0.9),
    (1.59, 0.2, 0.7),
    (2.14, 0.15, 0.5),
    (2.65, 0.12, 0.45),
    (3.6, 0.1, 0.35),
    (5.3, 0.07, 0.2),
)
_AGOGO: Sequence[Mode] = ((1, 0.22, 1.0), (2.57, 0.12, 0.6), (4.95, 0.07, 0.35), (7.9, 0.04, 0.2))
_KANE: Sequence[Mode] = ((1, 0.16, 0.7), (2.31, 0.13, 1.0), (3.87, 0.09, 0.6), (5.9, 0.06, 0.4), (8.3, 0.04, 0.2))


def ge(chance: Chance, force: float, tone_hz: float = _BAYAN_HZ, swoop: float = 0.32, decay_s: float = 0.45) -> Samples:
    """The bayan, open: struck, then pressed upwards and let go."""
    t = seconds(decay_s * 6)
    rise = swoop * (0.5 + 0.5 * force) * (0.8 + 0.4 * chance.random())
    press = 1 + rise * np.sin(np.pi * np.clip(t / (decay_s * 1.5), 0, 1)) ** 2 - 0.06 * np.exp(-t / 0.02)
    turn = 2 * np.pi * np.cumsum(tone_hz * press) / SAMPLE_RATE
    wave = np.zeros(len(t))
    for ratio, fade_s, level in (
        (1, decay_s, 1.0),
        (2.0, decay_s * 0.35, 0.35),
        (3.01, decay_s * 0.16, 0.2),
        (4.1, 0.05, 0.1),
    ):
        wave += level * np.sin(ratio * turn) * np.exp(-t / fade_s)
    burst(wave, chance, 250, 2600, 0.007, 0.16 * (0.4 + 0.6 * force))
    return finish(onset(wave, 0.001), drive=0.12)


def gong(chance: Chance, force: float, tone_hz: float = 78, decay_s: float = 2.2, rise: float = 0.0) -> Samples:
    """Bronze: low modes at once, the shimmer a moment later; `rise` bends a small gong upwards (or, negative, down)."""
    length_s = min(9.0, decay_s * 4)
    wave = blank(length_s)
    for k, ratio in enumerate((1, 1.47, 1.98, 2.43, 2.91, 3.36, 4.17, 5.22)):
        tone = tone_hz * ratio * (1 + 0.008 * (chance.random() - 0.5))
        fade_s, level = decay_s / (1 + 0.35 * k), 1 / (1 + 0.5 * k) * (1 if k < 2 else 0.4 + 0.6 * force)
        ring(wave, tone * (1 - rise), tone, 0.09, fade_s, level, chance.random() * 6)

    def shimmer(side: Wave) -> None:
        cloud = blank(length_s)
        clang(cloud, chance, tone_hz * 5, min(11_000, tone_hz * 70), 0.75, decay_s * 0.45, 0.35 * (0.3 + 0.7 * force))
        side += onset(cloud, min(0.12, decay_s * 0.07))
        burst(side, chance, tone_hz * 4, 6000, 0.012, 0.3 * force)

    left, right = two_sides(length_s, shimmer, 0.5, 0.5)
    return finish(onset(wave + left, 0.002), onset(wave + right, 0.002))


def scrape(chance: Chance, force: float, teeth: int = 9, length_s: float = 0.09) -> Samples:
    """Guiro: a stick over notches of a gourd."""
    wave = blank(length_s + 0.08)
    for i in range(teeth):
        at = round(length_s * (i / teeth) ** 0.85 * SAMPLE_RATE)
        tick = blank(0.02)
        ring(tick, 2300 + 160 * i, 2250 + 160 * i, 0.002, 0.003, 0.6, chance.random() * 6)
        burst(tick, chance, 1800, 9000, 0.002, 0.7)
        wave[at : at + len(tick)] += tick[: len(wave) - at] * (0.5 + 0.5 * i / teeth) * (0.8 + 0.4 * chance.random())
    return finish(onset(wave, 0.0004))


def _skin(
    tone_hz: float, partials: Sequence[Mode], level_db: float, place: float, **more: Any
) -> tuple[Stroke, float, float]:
    return partial(modes, tone_hz=tone_hz, partials=partials, **more), level_db, place


_TABLA: Kit = both(
    {
        60: _skin(_DAYAN_HZ, _NA, -1, 0.15, slap=0.5, slap_hz=(2500, 9000), slap_s=0.003, room=0.08),
        61: _skin(_DAYAN_HZ, _TIN, -5, 0.15, bend=0.015, slap=0.15, room=0.08),
        62: _skin(_DAYAN_HZ, _TE, 2, 0.18, slap=0.9, slap_hz=(900, 5000), slap_s=0.007),
        63: (partial(modes, tone_hz=150, partials=_TE, slap=0.9, slap_hz=(300, 2600), slap_s=0.012), 2, -0.2),
        64: (ge, -2, -0.2),
    },
    {36: 64, 35: 64, 38: 60, 40: 61, 37: 62, 42: 62, 39: 63, 45: 63, 41: 64},
)  # fmt: skip

_CONGAS: Kit = {
    60: _skin(420, _CONGA, -5, -0.3, bend=0.05, slap=0.55, slap_hz=(900, 7000), spread=0.01),
    61: _skin(305, _CONGA, -4, -0.45, bend=0.05, slap=0.5, slap_hz=(700, 6000), spread=0.01),
    62: _skin(232, _SLAP, 0, 0.35, slap=0.9, slap_hz=(700, 6500), slap_s=0.006, spread=0.01),
    63: _skin(221, _CONGA, -1, 0.3, bend=0.04, slap=0.35, slap_hz=(400, 4500), spread=0.008, room=0.05),
    64: _skin(165, _CONGA, 0, 0.15, bend=0.04, slap=0.3, slap_hz=(300, 4000), spread=0.008, room=0.05),
    65: _skin(330, _TIMBALE, -4, -0.2, bend=0.03, slap=0.6, slap_hz=(1500, 10_000), spread=0.01, room=0.06),
    66: _skin(245, _TIMBALE, -4, -0.05, bend=0.03, slap=0.55, slap_hz=(1200, 9000), spread=0.01, room=0.06),
    67: _skin(1010, _AGOGO, -9, 0.45, slap=0.3, slap_hz=(3000, 12_000)),
    68: _skin(705, _AGOGO, -9, 0.45, slap=0.3, slap_hz=(3000, 12_000)),
    73: (partial(scrape, teeth=7, length_s=0.07), -8, -0.4),
    74: (partial(scrape, teeth=17, length_s=0.24), -8, -0.4),
    75: SHAKERS[75],
    56: _skin(560, _AGOGO, -8, 0.2, slap=0.35, slap_hz=(2500, 9000)),
}

_DJEMBE: Kit = {
    **_CONGAS,
    36: _skin(72, ((1, 0.16, 1.0), (1.6, 0.06, 0.3), (2.3, 0.04, 0.15)), 1, 0.0, bend=0.12, slap=0.2,
              slap_hz=(200, 2000), slap_s=0.008),
    63: _skin(248, _CONGA, -1, 0.2, bend=0.05, slap=0.5, slap_hz=(600, 6500)),
    62: _skin(310, _SLAP, 1, 0.2, slap=1.0, slap_hz=(1200, 9000), slap_s=0.006),
    64: _skin(98, ((1, 0.2, 1.0), (1.6, 0.08, 0.35), (2.3, 0.05, 0.2), (3.5, 0.03, 0.1)), 1, 0.05, bend=0.1, slap=0.25,
              slap_hz=(300, 2500), slap_s=0.006, room=0.05),
    60: _skin(360, _CONGA, -4, -0.35, bend=0.18, bend_s=0.06, slap=0.4),
    61: _skin(262, _CONGA, -4, -0.35, bend=0.22, bend_s=0.08, slap=0.35),
}  # fmt: skip

_CHINESE: Kit = both(
    {
        76: _skin(1180, _WOOD, 0, -0.3, slap=0.35, slap_hz=(1500, 9000), slap_s=0.002, room=0.05),
        77: _skin(860, _WOOD, 0, -0.3, slap=0.35, slap_hz=(1200, 8000), slap_s=0.002, room=0.05),
        **{
            pitch: _skin(tone, _TEMPLE, -1, place, slap=0.2, slap_hz=(500, 4000), slap_s=0.003, room=0.06)
            for pitch, tone, place in (
                (60, 830, 0.4), (61, 690, 0.25), (62, 590, 0.1), (63, 500, -0.05), (64, 420, -0.2),
            )
        },
        52: (partial(gong, tone_hz=74, decay_s=2.4), -2, 0.1),
        53: (partial(gong, tone_hz=520, decay_s=0.4, rise=0.16), -7, 0.3),
        51: (partial(gong, tone_hz=390, decay_s=0.5, rise=-0.12), -7, -0.25),
        49: (partial(cymbal, decay_s=0.5, low_hz=1500), -6, 0.25),
        42: (partial(cymbal, decay_s=0.05, low_hz=2600), -10, 0.25),
        46: (partial(cymbal, decay_s=0.3, low_hz=2200), -9, 0.25),
        36: (partial(tom, tone_hz=62, decay_s=0.34, skin=0.6, room=0.35), 0, 0.0),
        38: _skin(640, ((1, 0.05, 1.0), (1.7, 0.03, 0.6), (2.6, 0.02, 0.5), (4.1, 0.012, 0.3)), -4, 0.1, slap=0.6),
        75: _skin(2150, _WOOD, -7, 0.3, slap=0.3, slap_hz=(2500, 10_000), slap_s=0.002),
        **{
            pitch: (partial(tom, tone_hz=tone, decay_s=0.26, skin=0.7, room=0.3), -2, 0.3 - 0.12 * i)
            for i, (pitch, tone) in enumerate(zip((41, 43, 45, 47, 48, 50), (76, 92, 110, 132, 160, 190), strict=True))
        },
    },
    {35: 36, 40: 38, 37: 77, 57: 49, 55: 49, 44: 42, 39: 75, 59: 53, 56: 53, 54: 42},
)  # fmt: skip

_WADAIKO: Kit = both(
    {
        36: (partial(boom, tone_hz=52, decay_s=0.55), 0, 0.0),
        **{
            pitch: (partial(tom, tone_hz=tone, decay_s=fade, skin=0.8, room=0.45), level, 0.4 - 0.16 * i)
            for i, (pitch, tone, fade, level) in enumerate(
                ((41, 70, 0.4, -1), (43, 84, 0.36, -1), (45, 102, 0.32, -2), (47, 126, 0.28, -2), (48, 205, 0.12, -4),
                 (50, 262, 0.1, -4))
            )
        },
        38: (partial(tom, tone_hz=330, decay_s=0.07, skin=0.9, room=0.2), -4, 0.15),
        37: _skin(1350, _WOOD, -2, 0.25, slap=0.6, slap_hz=(1500, 8000), slap_s=0.003, room=0.12),
        75: _skin(1650, _WOOD, -5, -0.3, slap=0.5, slap_hz=(2000, 9000), slap_s=0.003, room=0.25),
        56: _skin(880, _KANE, -9, 0.4, slap=0.4, slap_hz=(3000, 12_000)),
        52: (partial(gong, tone_hz=92, decay_s=2.0), -4, 0.1),
        49: (partial(cymbal, decay_s=1.0, low_hz=1800), -9, -0.2),
        46: _skin(880, _KANE, -9, 0.4, slap=0.4, slap_hz=(3000, 12_000)),
        54: (partial(block, tones_hz=(2900, 3900, 5300), decay_s=0.05, click=0.2), -12, 0.4),
    },
    {35: 36, 40: 38, 39: 37, 42: 37, 44: 37, 57: 49, 51: 56, 76: 75, 77: 37, 60: 48, 61: 47, 62: 37, 63: 45, 64: 43},
)  # fmt: skip

VOICES = (
    kit_voice("kit_tabla", _TABLA),
    kit_voice("kit_congas", _CONGAS),
    kit_voice("kit_djembe", _DJEMBE),
    kit_voice("kit_chinese", _CHINESE),
    kit_voice("kit_wadaiko", _WADAIKO),
)
