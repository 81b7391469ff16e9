"""Bodies and rooms that stand beside recorded drums: for the funk, disco, break and folk kits.

A recorded kick has the room, a drawn one the weight; layered, they are one produced drum. These kits leave out what
the recording does well (cymbals, most toms).
"""

from __future__ import annotations

from functools import partial

from reelscore.perform.synths.drum_bodies import bright_hat, crack, crowd, heart, punch, snap, stomp
from reelscore.perform.synths.drum_sounds import clap, cymbal, hat, shaken
from reelscore.perform.synths.kit_player import Kit, both, kit_voice
from reelscore.perform.synths.kits import SHAKERS

_FUNK: Kit = both(
    {
        36: (
            partial(punch, tone_hz=64, drop=3, drop_s=0.014, decay_s=0.085, knock_hz=120, knock=0.4, click=0.4,
                    click_hz=2800, drive=0.35), 0, 0.0,
        ),
        38: (
            partial(crack, tone_hz=228, shell_s=0.06, body=0.7, wires_s=0.085, wires=0.45, snap=0.7, ring_hz=1040,
                    ring_s=0.05, drive=0.25), -2, 0.0,
        ),
        42: (partial(hat, decay_s=0.032, low_hz=6800, grain=0.45), -8, 0.2),
    },
    {35: 36, 40: 38},
)  # fmt: skip

_DISCO: Kit = both(
    {
        36: (
            partial(punch, tone_hz=60, drop=3.4, drop_s=0.013, decay_s=0.11, hold_s=0.03, knock_hz=135, knock=0.35,
                    click=0.5, click_hz=3000, drive=0.35), 0, 0.0,
        ),
        38: (
            partial(crack, tone_hz=186, shell_s=0.07, body=0.8, wires_s=0.12, wires=0.5, bright_hz=11_000, snap=0.5,
                    drive=0.3), -1, 0.0,
        ),
        39: (partial(clap, tail_s=0.12), -3, 0.0),
        46: (partial(bright_hat, decay_s=0.14, low_hz=7200, sizzle=0.8), -6, 0.2),
    },
    {35: 36, 40: 38},
)  # fmt: skip

_BREAK: Kit = both(
    {
        36: (
            partial(punch, tone_hz=66, drop=2.6, drop_s=0.016, decay_s=0.085, knock_hz=98, knock=0.5, click=0.35,
                    click_hz=2300, drive=0.6, air=1.6), 0, 0.0,
        ),
        38: (
            partial(crack, tone_hz=236, shell_s=0.07, body=0.75, wires_s=0.12, wires=0.55, low_hz=1400, snap=0.8,
                    ring_hz=690, ring_s=0.12, drive=0.5), -0.5, 0.0,
        ),
        42: (partial(hat, decay_s=0.045, low_hz=5600, grain=0.35), -7, 0.15),
        46: (partial(hat, decay_s=0.2, low_hz=5200, grain=0.35), -7, 0.15),
        51: (partial(cymbal, decay_s=0.5, ping=0.9, low_hz=3200), -7, 0.2),
    },
    {35: 36, 40: 38, 44: 42},
)  # fmt: skip

_FOLK: Kit = both(
    {
        36: (stomp, 0, 0.0),
        38: (partial(crowd, hands=5), 0, 0.0),
        39: (partial(crowd, hands=8, spread_s=0.018), 0, 0.0),
        37: (snap, -1, 0.15),
        45: (partial(stomp, tone_hz=92), -2, -0.15),
        41: (partial(stomp, tone_hz=56), 0, 0.15),
    },
    {35: 36, 40: 38},
)

_CLAPS: Kit = both(
    {
        39: (partial(crowd, hands=7), 0, 0.0),
        38: (partial(crowd, hands=10, spread_s=0.02, room_s=0.16), 0, 0.0),
        40: (partial(crowd, hands=4, spread_s=0.010), -1, -0.1),
        37: (snap, 2, 0.1),
        42: (snap, 0, -0.1),
        36: (stomp, 0, 0.0),
        **{pitch: SHAKERS[pitch] for pitch in (54, 69, 70, 82)},
    },
    {35: 36, 44: 42},
)

_HEART: Kit = both(
    {
        36: (heart, 0, 0.0),
        38: (partial(heart, tone_hz=54, second=1.0), -3, 0.0),
        41: (partial(heart, tone_hz=40), -1, 0.0),
        45: (partial(heart, tone_hz=62, second=1.0), -4, 0.0),
        42: (partial(shaken, attack_s=0.012, decay_s=0.03, low_hz=5000), -16, 0.2),
        49: (partial(cymbal, decay_s=1.4, low_hz=2200, swell_s=0.4), -12, 0.0),
    },
    {35: 36, 40: 38, 37: 38, 39: 38, 43: 41, 47: 45, 48: 45, 50: 45, 44: 42, 46: 42, 82: 42, 57: 49},
)

VOICES = (
    kit_voice("kit_funk", _FUNK),
    kit_voice("kit_disco", _DISCO),
    kit_voice("kit_break", _BREAK),
    kit_voice("kit_folk", _FOLK),
    kit_voice("kit_claps", _CLAPS),
    kit_voice("kit_heart", _HEART),
)
