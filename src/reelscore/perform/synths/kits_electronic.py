"""Kits of drum machines, samplers, consoles and the club."""

from __future__ import annotations

from functools import partial

from reelscore.perform.synths.drum_bodies import (
    blip,
    bright_hat,
    chip_drum,
    crack,
    crush_noise,
    gated_kick,
    gated_snare,
    gated_tom,
    heavy_snare,
    noise_channel,
    punch,
    snap,
    tick,
)
from reelscore.perform.synths.drum_sounds import block, clap, cymbal, hat, shaken, tom
from reelscore.perform.synths.kit_player import Kit, both, kit_voice, toms
from reelscore.perform.synths.kits import KIT_808, KIT_909, SHAKERS

_TRAP: Kit = {
    **KIT_808,
    36: (partial(punch, tone_hz=52, drop=7, drop_s=0.009, decay_s=0.17, click=0.5, click_hz=4200, drive=0.5), 0, 0.0),
    35: (partial(punch, tone_hz=45, drop=5, decay_s=0.4, click=0.25, drive=0.35), -1, 0.0),
    38: (partial(crack, tone_hz=205, shell_s=0.06, body=0.5, wires_s=0.12, wires=0.62, snap=0.8, drive=0.35), -2, 0.0),
    40: (partial(crack, tone_hz=240, shell_s=0.05, body=0.4, wires_s=0.09, snap=0.7), -3, 0.0),
    39: (partial(clap, tail_s=0.13, bright_hz=12_000), -2, 0.0),
    37: (partial(block, tones_hz=(1720, 2480, 480), decay_s=0.014, click=0.8), -4, 0.0),
    42: (partial(bright_hat, decay_s=0.036, low_hz=8200), -4, 0.1),
    44: (partial(bright_hat, decay_s=0.025, low_hz=7600), -6, 0.1),
    46: (partial(bright_hat, decay_s=0.196, low_hz=7600), -4, 0.1),
    49: (partial(cymbal, decay_s=1.1, low_hz=3200), -7, -0.25),
    **toms(70, 1.2, tom, decay_s=0.3, skin=0.1),
}

_EDM: Kit = {
    **both(
        {
            **KIT_909,
            36: (
                partial(punch, tone_hz=51, drop=8, drop_s=0.011, decay_s=0.2, hold_s=0.05, knock_hz=170, knock=0.3,
                        click=0.55, click_hz=4600, drive=0.5), 0, 0.0,
            ),
            38: (
                partial(crack, tone_hz=190, shell_s=0.09, body=0.6, wires_s=0.11, wires=0.62, bright_hz=15_000,
                        snap=0.8, drive=0.5), -1, 0.0,
            ),
            39: (partial(clap, tail_s=0.09, bright_hz=13_000), -1, 0.0),
            42: (partial(bright_hat, decay_s=0.042, low_hz=7800), -4, 0.1),
            44: (partial(bright_hat, decay_s=0.028, low_hz=7800), -6, 0.1),
            46: (partial(bright_hat, decay_s=0.167, low_hz=7000), -2, 0.1),
            49: (partial(cymbal, decay_s=1.3, low_hz=3000), -5, -0.2),
            51: (partial(cymbal, decay_s=0.5, ping=0.5, low_hz=4200), -10, 0.3),
        },
        {35: 36, 40: 38, 57: 49, 59: 51},
    ),
    **toms(80, 1.2, gated_tom, open_s=0.2),
}  # fmt: skip

_HEAVY: Kit = {
    **both(
        {
            **_EDM,
            36: (
                partial(punch, tone_hz=54, drop=9, drop_s=0.008, decay_s=0.13, hold_s=0.06, knock_hz=115, knock=0.6,
                        click=0.8, click_hz=3600, drive=0.75), 0, 0.0,
            ),
            38: (heavy_snare, -1.0, 0.0),
            42: (partial(bright_hat, decay_s=0.042, low_hz=7000), -5, 0.12),
            46: (partial(bright_hat, decay_s=0.216, low_hz=6400), -4, 0.12),
            51: (partial(cymbal, decay_s=0.8, ping=0.7, low_hz=3600), -11, 0.3),
        },
        {35: 36, 40: 38},
    ),
    39: (partial(clap, tail_s=0.2), -3, 0.0),
}  # fmt: skip

_GATED: Kit = {
    **both(
        {
            **KIT_909,
            36: (gated_kick, 0, 0.0),
            38: (gated_snare, 2, 0.0),
            39: (partial(clap, tail_s=0.12), -3, 0.0),
            42: (partial(hat, decay_s=0.035, low_hz=6800, grain=0.5), -3, 0.15),
            46: (partial(hat, decay_s=0.2, low_hz=6400, grain=0.5), -5, 0.15),
            49: (partial(cymbal, decay_s=1.3), -5, -0.3),
        },
        {35: 36, 40: 38, 57: 49},
    ),
    **toms(78, 1.2, gated_tom),
    56: (partial(block, tones_hz=(540, 800), decay_s=0.09, click=0.15), -8, 0.3),
}

_BOOM_BAP: Kit = {
    **both(
        {
            **KIT_909,
            36: (
                partial(punch, tone_hz=62, drop=3.2, drop_s=0.016, decay_s=0.1, hold_s=0.02, knock_hz=105, knock=0.5,
                        click=0.3, click_hz=2600, drive=0.65, air=0.8), 0, 0.0,
            ),
            38: (
                partial(crack, tone_hz=182, shell_s=0.08, body=0.75, wires_s=0.13, wires=0.5, low_hz=900,
                        bright_hz=9000, snap=0.6, ring_hz=480, ring_s=0.09, drive=0.6), -0.5, 0.0,
            ),
            42: (partial(hat, decay_s=0.04, low_hz=4800, grain=0.35, high_hz=12_500), -5, 0.18),
            44: (partial(hat, decay_s=0.03, low_hz=4400, grain=0.35, high_hz=12_000), -8, 0.18),
            46: (partial(hat, decay_s=0.19, low_hz=4600, grain=0.35, high_hz=12_500), -5, 0.18),
            51: (partial(cymbal, decay_s=0.55, ping=0.8, low_hz=2800), -10, 0.28),
        },
        {35: 36, 40: 38},
    ),
    37: (partial(block, tones_hz=(1480, 430), decay_s=0.02), -5, 0.0),
}  # fmt: skip

_DEMBOW: Kit = {
    **both(
        {
            **KIT_808,
            36: (
                partial(punch, tone_hz=56, drop=5, drop_s=0.012, decay_s=0.15, hold_s=0.03, knock_hz=140, knock=0.35,
                        click=0.45, click_hz=3400, drive=0.5), 0, 0.0,
            ),
            38: (
                partial(crack, tone_hz=300, shell_s=0.05, body=0.9, wires_s=0.07, wires=0.35, snap=0.55, ring_hz=620,
                        ring_s=0.07, drop=1.35, drive=0.3), -1, 0.0,
            ),
            42: (partial(bright_hat, decay_s=0.034, low_hz=7400), -5, 0.12),
            46: (partial(bright_hat, decay_s=0.157, low_hz=7000), -5, 0.12),
        },
        {35: 36},
    ),
    40: (partial(crack, tone_hz=390, shell_s=0.04, body=0.9, wires_s=0.05, wires=0.25, snap=0.5, drop=1.3), -3, 0.15),
    37: (partial(block, tones_hz=(1380, 2300, 510), decay_s=0.018, click=0.6), -4, -0.1),
    39: (partial(clap, tail_s=0.1, bright_hz=11_000), -3, 0.0),
    **toms(150, 1.16, tom, decay_s=0.13, skin=0.7),
}  # fmt: skip

_CLICK: Kit = {
    36: (partial(punch, tone_hz=54, drop=3, drop_s=0.008, decay_s=0.09, hold_s=0.02, click=0.25, drive=0.1), 0, 0.0),
    35: (partial(punch, tone_hz=46, drop=2.5, decay_s=0.13, click=0.1, drive=0.1), 0, 0.0),
    38: (partial(crush_noise, decay_s=0.035, low_hz=2200), -5, 0.05),
    40: (partial(crush_noise, decay_s=0.02, low_hz=4200), -7, -0.2),
    37: (partial(tick, tone_hz=1900, decay_s=0.008, noise=0.6), -5, -0.25),
    39: (snap, -3, 0.1),
    42: (partial(tick, tone_hz=7200, decay_s=0.004), -8, 0.3),
    44: (partial(tick, tone_hz=5200, decay_s=0.003, noise=0.2), -9, -0.3),
    46: (partial(crush_noise, decay_s=0.06, low_hz=6500), -10, 0.35),
    49: (partial(cymbal, decay_s=0.6, low_hz=4500), -11, -0.3),
    51: (partial(blip, tone_hz=2300, decay_s=0.02), -10, 0.4),
    53: (partial(blip, tone_hz=3100, decay_s=0.05), -11, 0.4),
    **toms(320, 1.31, blip, decay_s=0.035),
    54: (partial(shaken, attack_s=0.004, decay_s=0.02, low_hz=7000), -10, 0.4),
    69: SHAKERS[69],
    70: (partial(tick, tone_hz=8800, decay_s=0.003, noise=0.7), -10, -0.45),
    75: (partial(tick, tone_hz=2700, decay_s=0.012, noise=0.1), -8, 0.35),
    56: (partial(blip, tone_hz=1250, decay_s=0.03), -9, 0.2),
    82: (partial(shaken, attack_s=0.012, decay_s=0.02, low_hz=7500), -10, -0.35),
}

_CHIP: Kit = {
    **both(
        {
            36: (partial(chip_drum, start_hz=360, end_hz=52, decay_s=0.15, noise=0.15), 2, 0.0),
            38: (partial(noise_channel, clock_hz=15_000, decay_s=0.09, fall=0.25), -7, 0.0),
            37: (partial(noise_channel, clock_hz=30_000, decay_s=0.025), -7, 0.0),
            39: (partial(noise_channel, clock_hz=11_000, decay_s=0.06), -6, 0.0),
            42: (partial(noise_channel, clock_hz=90_000, decay_s=0.018), -11, 0.0),
            46: (partial(noise_channel, clock_hz=70_000, decay_s=0.08), -12, 0.0),
            49: (partial(noise_channel, clock_hz=44_000, decay_s=0.3), -13, 0.0),
            51: (partial(noise_channel, clock_hz=110_000, decay_s=0.05, metal=1), -11, 0.0),
            54: (partial(noise_channel, clock_hz=60_000, decay_s=0.03), -13, 0.0),
            56: (partial(noise_channel, clock_hz=40_000, decay_s=0.07, metal=1), -12, 0.0),
            82: (partial(noise_channel, clock_hz=100_000, decay_s=0.025), -13, 0.0),
        },
        {35: 36, 40: 38, 44: 42, 57: 49, 53: 51, 59: 51, 69: 82, 70: 82, 75: 37, 55: 46, 52: 49},
    ),
    **{
        pitch: (partial(chip_drum, start_hz=low * 2.6, end_hz=low, fall_s=0.06, decay_s=0.14, noise=0.1), -2, 0.0)
        for pitch, low in zip((41, 43, 45, 47, 48, 50), (72, 92, 116, 140, 165, 200), strict=True)
    },
}

VOICES = (
    kit_voice("kit_trap", _TRAP),
    kit_voice("kit_edm", _EDM),
    kit_voice("kit_heavy", _HEAVY),
    kit_voice("kit_gated", _GATED),
    kit_voice("kit_boom_bap", _BOOM_BAP),
    kit_voice("kit_dembow", _DEMBOW),
    kit_voice("kit_click", _CLICK),
    kit_voice("kit_chip", _CHIP),
)
