"""Drum kits: which stroke answers which General MIDI percussion pitch, and how a kit as a whole is coloured.

Strokes come in three forces and three takes each, so repeated hits are never the same sound twice running. A kit
ignores pitches it does not have.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial

import numpy as np

from reelscore.perform.filters import equalise, high_pass, low_pass
from reelscore.perform.synths.drum_sounds import block, boom, clap, cymbal, hat, kick, shaken, snare, tom
from reelscore.perform.voice import Settings, Take, Voice
from reelscore.values.chance import bits
from reelscore.values.sound import SAMPLE_RATE, PlayedNote, Samples

Stroke = Callable[[np.random.Generator, float], Samples]
# a pitch's sound: the stroke, level in dB, place (-1 left .. 1 right)
Kit = Mapping[int, tuple[Stroke, float, float]]

_BASE: Settings = {
    "kick_db": 0.0,
    "snare_db": 0.0,
    "hats_db": 0.0,
    "percussion_db": 0.0,
    "low_pass_hz": 0.0,  # 0: open
    "high_pass_hz": 0.0,
    "drive": 0.0,  # saturation of every stroke
    "crush": 0.0,  # coarser sample values, as from an old sampler
    "level_db": 0.0,
}
_TAKES = 3
_LONG = (49, 51, 52, 53, 55, 57, 59)  # cymbals ring over each other: one take is enough
_KICKS, _SNARES, _HATS = (35, 36), (37, 38, 39, 40), (42, 44, 46, 49, 51, 52, 53, 55, 57, 59)


def _toms(low_hz: float, ratio: float, make: Callable[..., Samples], **settings: float) -> Kit:
    """Six toms across the stereo field, from 41 (low) to 50 (high)."""
    pitches = (41, 43, 45, 47, 48, 50)
    return {
        pitch: (partial(make, tone_hz=low_hz * ratio**i, **settings), -4.0, 0.45 - 0.18 * i)
        for i, pitch in enumerate(pitches)
    }


def _both(kit: dict[int, tuple[Stroke, float, float]], same: Mapping[int, int]) -> Kit:
    """Pitches that share a sound: {copy: original}."""
    return {**kit, **{copy: kit[original] for copy, original in same.items()}}


_SHAKERS: Kit = {
    54: (partial(shaken, attack_s=0.004, decay_s=0.03, jingle=0.8), -8, 0.35),
    69: (partial(shaken, attack_s=0.008, decay_s=0.03, low_hz=5500), -9, -0.4),
    70: (partial(shaken, attack_s=0.006, decay_s=0.02, low_hz=4800), -9, 0.4),
    82: (partial(shaken, attack_s=0.022, decay_s=0.04), -9, -0.35),
    39: (partial(clap, tail_s=0.09), -5, 0.0),
    75: (partial(block, tones_hz=(2480, 4990), decay_s=0.022), -10, 0.3),
}

_909: Kit = {
    **_both(
        {
            36: (partial(kick, tone_hz=49, decay_s=0.26, snap=0.75, drive=0.4), 0, 0.0),
            38: (partial(snare, tone_hz=188, wires_s=0.15, body=0.55, drive=0.2), -3, 0.0),
            42: (partial(hat, decay_s=0.04, low_hz=7200, grain=0.35), -10, 0.12),
            44: (partial(hat, decay_s=0.03, low_hz=6500, grain=0.35), -12, 0.12),
            46: (partial(hat, decay_s=0.22, low_hz=6800, grain=0.35), -9, 0.12),
            49: (partial(cymbal, decay_s=0.9), -7, -0.25),
            51: (partial(cymbal, decay_s=0.6, ping=0.6, low_hz=3600), -12, 0.3),
        },
        {35: 36, 40: 38, 57: 49, 59: 51, 53: 51},
    ),
    37: (partial(block, tones_hz=(1720, 480), decay_s=0.016), -7, 0.0),
    56: (partial(block, tones_hz=(562, 845, 1690), decay_s=0.07, click=0.2), -10, 0.3),
    **_toms(82, 1.17, tom, decay_s=0.22, skin=0.4),
    **_SHAKERS,
}

_808: Kit = {
    **_909,
    36: (partial(kick, tone_hz=46, decay_s=0.42, snap=0.3, drive=0.2), 0, 0.0),
    35: (partial(kick, tone_hz=43, decay_s=0.55, snap=0.2, drive=0.15), 0, 0.0),
    38: (partial(snare, tone_hz=176, wires_s=0.10, body=0.75, bright_hz=11_000), -3, 0.0),
    40: (partial(snare, tone_hz=200, wires_s=0.12, body=0.5), -3, 0.0),
    39: (partial(clap, tail_s=0.14), -3, 0.0),
    42: (partial(hat, decay_s=0.032, low_hz=7800, grain=0.6), -11, 0.1),
    46: (partial(hat, decay_s=0.26, low_hz=7400, grain=0.6), -11, 0.1),
    **_toms(74, 1.22, tom, decay_s=0.34, skin=0.1),
}

_POP: Kit = {
    **_909,
    **_both(
        {
            36: (partial(kick, tone_hz=56, decay_s=0.17, snap=0.6, drive=0.3), 0, 0.0),
            38: (partial(snare, tone_hz=205, wires_s=0.17, body=0.5, drive=0.2), -2.5, 0.0),
            42: (partial(hat, decay_s=0.035, low_hz=5800, grain=0.4), -11, 0.25),
            46: (partial(hat, decay_s=0.28, low_hz=5400, grain=0.4), -10, 0.25),
            49: (partial(cymbal, decay_s=1.2), -7, -0.35),
        },
        {35: 36, 40: 38, 57: 49},
    ),
    **_toms(92, 1.16, tom, decay_s=0.3, skin=0.6),
}

_DUSTY: Kit = {
    **_909,
    **_both(
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
    **_both(
        {
            36: (partial(boom, tone_hz=37, decay_s=0.85), 0, 0.0),
            38: (partial(snare, tone_hz=160, wires_s=0.22, body=0.6), -6, 0.0),
            49: (partial(cymbal, decay_s=1.7, low_hz=2000), -9, -0.2),
            52: (partial(cymbal, decay_s=2.2, low_hz=420, swell_s=0.06), -8, 0.15),
            51: (partial(cymbal, decay_s=0.9, ping=0.5), -14, 0.3),
        },
        {40: 38, 57: 49, 35: 36},
    ),
    **_toms(58, 1.2, tom, decay_s=0.42, skin=0.75, room=0.5),
    37: (partial(block, tones_hz=(890, 1420), decay_s=0.025), -9, 0.2),
    **{pitch: _SHAKERS[pitch] for pitch in (54, 69, 70, 82)},
}

_KITS: Mapping[str, Kit] = {
    "kit_909": _909,
    "kit_808": _808,
    "kit_pop": _POP,
    "kit_dusty": _DUSTY,
    "kit_cinematic": _CINEMATIC,
    "kit_shakers": _SHAKERS,
}


@lru_cache(maxsize=512)
def _stroke(kit: str, pitch: int, force: int, take: int, colour: tuple[float, float, float, float]) -> Samples:
    """One stroke, coloured and placed, peak 0.25 times its level."""
    make, level_db, place = _KITS[kit][pitch]
    sound = make(np.random.default_rng(bits(0, kit, pitch, take)), (0.35, 0.65, 1.0)[force])
    low_pass_hz, high_pass_hz, drive, crush = colour
    if drive > 0:
        sound = np.asarray(np.tanh(sound * (1 + 3 * drive)) / np.tanh(1 + 3 * drive), dtype=np.float32)
    if crush > 0:
        steps = np.float32(2 ** (11 - 6 * crush))
        sound = np.asarray(np.round(sound * steps) / steps, dtype=np.float32)
    if low_pass_hz > 0:
        equalise(sound, low_pass(low_pass_hz))
    if high_pass_hz > 0:
        equalise(sound, high_pass(high_pass_hz))
    balance = np.array([min(1.0, 1 - place), min(1.0, 1 + place)])
    return np.asarray(sound * (0.25 * 10 ** (level_db / 20) * balance), dtype=np.float32)


def render(kit: str, notes: Sequence[PlayedNote], settings: Settings, take: Take) -> None:
    """Add the strokes of one kit; a closed or pedalled hi-hat chokes an open one."""
    known = _KITS[kit]
    colour = (settings["low_pass_hz"], settings["high_pass_hz"], settings["drive"], settings["crush"])
    hits = [note for note in sorted(notes, key=lambda n: (n.at, n.pitch)) if note.pitch in known]
    closing = [note.at for note in hits if note.pitch in (42, 44)]
    played: dict[int, int] = {}
    for note in hits:
        turn = played.get(note.pitch, bits(take.seed, kit, note.pitch) % _TAKES)
        played[note.pitch] = turn + 1
        force = 0 if note.velocity < 55 else 1 if note.velocity < 95 else 2
        sound = _stroke(kit, note.pitch, force, 0 if note.pitch in _LONG else turn % _TAKES, colour)
        if note.pitch == 46:
            sound = _choked(sound, next((float(at - note.at) for at in closing if at > note.at), 60.0))
        gain = 10 ** ((settings["level_db"] + settings[_family(note.pitch)]) / 20) * (note.velocity / 127) ** 1.6
        _add(take.out, sound, round(float(note.at) * SAMPLE_RATE), gain)


def _family(pitch: int) -> str:
    if pitch in _KICKS:
        return "kick_db"
    if pitch in _SNARES:
        return "snare_db"
    return "hats_db" if pitch in _HATS else "percussion_db"


def _choked(sound: Samples, after_s: float) -> Samples:
    """The stroke, damped by the foot after this time."""
    end = round(after_s * SAMPLE_RATE)
    if end >= len(sound):
        return sound
    cut = sound[: end + 480].copy()
    cut[end:] *= np.linspace(1, 0, len(cut) - end, dtype=np.float32)[:, None]
    return cut


def _add(out: Samples, sound: Samples, first: int, gain: float) -> None:
    start, end = max(0, first), min(len(out), first + len(sound))
    if start < end:
        out[start:end] += sound[start - first : end - first] * np.float32(gain)


VOICES = tuple(Voice(name, _BASE, partial(render, name)) for name in _KITS)
