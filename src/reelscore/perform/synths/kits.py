"""The first drum kits: two drum machines, a studio, a dusty sampler, a film stage, and what is shaken."""

from __future__ import annotations

from functools import partial

from reelscore.perform.synths.drum_sounds import block, boom, clap, cymbal, hat, kick, shaken, snare, tom
from reelscore.perform.synths.kit_player import Kit, both, kit_voice, toms

SHAKERS: Kit = {
    54: (partial(shaken, attack_s=0.004, decay_s=0.03, jingle=0.8), -8, 0.35),
    69: (partial(shaken, attack_s=0.008, decay_s=0.03, low_hz=5500), -9, -0.4),
    70: (partial(shaken, attack_s=0.006, decay_s=0.02, low_hz=4800), -9, 0.4),
    82: (partial(shaken, attack_s=0.022, decay_s=0.04), -9, -0.35),
    39: (partial(clap, tail_s=0.09), -5, 0.0),
    75: (partial(block, tones_hz=(2480, 4990), decay_s=0.022), -10, 0.3),
}

KIT_909: Kit = {
    **both(
        {
            36: (partial(kick, tone_hz=49, decay_s=0.26, snap=0.75, drive=0.4), 0, 0.0),
            38: (partial(snare, tone_hz=188, wires_s=0.15, body=0.55, drive=0.2), -3, 0.0),
            42: (partial(hat, decay_s=0.045, low_hz=7200, grain=0.35), -8, 0.12),
            44: (partial(hat, decay_s=0.03, low_hz=6500, grain=0.35), -12, 0.12),
            46: (partial(hat, decay_s=0.22, low_hz=6800, grain=0.35), -8, 0.12),
            49: (partial(cymbal, decay_s=0.9), -7, -0.25),
            51: (partial(cymbal, decay_s=0.6, ping=0.6, low_hz=3600), -12, 0.3),
        },
        {35: 36, 40: 38, 57: 49, 59: 51, 53: 51},
    ),
    37: (partial(block, tones_hz=(1720, 480), decay_s=0.016), -7, 0.0),
    56: (partial(block, tones_hz=(562, 845, 1690), decay_s=0.07, click=0.2), -10, 0.3),
    **toms(82, 1.17, tom, decay_s=0.22, skin=0.4),
    **SHAKERS,
}

KIT_808: Kit = {
    **KIT_909,
    36: (partial(kick, tone_hz=46, decay_s=0.42, snap=0.3, drive=0.2), 0, 0.0),
    35: (partial(kick, tone_hz=43, decay_s=0.55, snap=0.2, drive=0.15), 0, 0.0),
    38: (partial(snare, tone_hz=176, wires_s=0.10, body=0.75, bright_hz=11_000), -3, 0.0),
    40: (partial(snare, tone_hz=200, wires_s=0.12, body=0.5), -3, 0.0),
    39: (partial(clap, tail_s=0.14), -3, 0.0),
    42: (partial(hat, decay_s=0.038, low_hz=7800, grain=0.6), -9, 0.1),
    46: (partial(hat, decay_s=0.26, low_hz=7400, grain=0.6), -11, 0.1),
    **toms(74, 1.22, tom, decay_s=0.34, skin=0.1),
}

KIT_POP: Kit = {
    **KIT_909,
    **both(
        {
            36: (partial(kick, tone_hz=56, decay_s=0.17, snap=0.6, drive=0.3), 0, 0.0),
            38: (partial(snare, tone_hz=205, wires_s=0.17, body=0.5, drive=0.2), -2.5, 0.0),
            42: (partial(hat, decay_s=0.035, low_hz=5800, grain=0.4), -11, 0.25),
            46: (partial(hat, decay_s=0.28, low_hz=5400, grain=0.4), -10, 0.25),
            49: (partial(cymbal, decay_s=1.2), -7, -0.35),
        },
        {35: 36, 40: 38, 57: 49},
    ),
    **toms(92, 1.16, tom, decay_s=0.3, skin=0.6),
}

_DUSTY: Kit = {
    **KIT_909,
    **both(
        {
            36: (partial(kick, tone_hz=61, decay_s=0.13, snap=0.28, drive=0.55), 0, 0.0),
            38: (partial(snare, tone_hz=178, wires_s=0.115, body=0.8, bright_hz=7500, drive=0.45), -2, 0.0),
            42: (partial(hat, decay_s=0.035, low_hz=4200, grain=0.3, high_hz=11_500), -11, 0.15),
            46: (partial(hat, decay_s=0.16, low_hz=4000, grain=0.3, high_hz=11_500), -11, 0.15),
            51: (partial(cymbal, decay_s=0.5, ping=0.8, low_hz=2800), -13, 0.25),
        },
        {35: 36, 40: 38},
    ),
    37: (partial(block, tones_hz=(1450, 420), decay_s=0.02), -6, 0.0),
}

_CINEMATIC: Kit = {
    **both(
        {
            36: (partial(boom, tone_hz=37, decay_s=0.85), 0, 0.0),
            38: (partial(snare, tone_hz=160, wires_s=0.22, body=0.6), -6, 0.0),
            49: (partial(cymbal, decay_s=1.7, low_hz=2000), -9, -0.2),
            52: (partial(cymbal, decay_s=2.2, low_hz=420, swell_s=0.06), -8, 0.15),
            51: (partial(cymbal, decay_s=0.9, ping=0.5), -14, 0.3),
        },
        {40: 38, 57: 49, 35: 36},
    ),
    **toms(58, 1.2, tom, decay_s=0.42, skin=0.75, room=0.5),
    37: (partial(block, tones_hz=(890, 1420), decay_s=0.025), -9, 0.2),
    **{pitch: SHAKERS[pitch] for pitch in (54, 69, 70, 82)},
}

VOICES = (
    kit_voice("kit_909", KIT_909),
    kit_voice("kit_808", KIT_808),
    kit_voice("kit_pop", KIT_POP),
    kit_voice("kit_dusty", _DUSTY),
    kit_voice("kit_cinematic", _CINEMATIC),
    kit_voice("kit_shakers", SHAKERS),
)
