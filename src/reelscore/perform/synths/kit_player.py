"""How a kit is played: which stroke answers which General MIDI percussion pitch, and how hits become sound.

Strokes come in three forces and three takes each, so repeated hits are never the same sound twice running; every take
is drawn once and kept. A kit ignores pitches it does not have. A closed or pedalled hi-hat stops an open one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np

from reelscore.perform.filters import equalise, high_pass, low_pass
from reelscore.perform.synths.kept import Kept, Turns
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
_FORCES = (0.35, 0.65, 1.0)
_KEPT = Kept(48 << 20)


def toms(low_hz: float, ratio: float, make: Callable[..., Samples], **settings: float) -> Kit:
    """Six toms across the stereo field, from 41 (low) to 50 (high)."""
    pitches = (41, 43, 45, 47, 48, 50)
    return {
        pitch: (partial(make, tone_hz=low_hz * ratio**i, **settings), -4.0, 0.45 - 0.18 * i)
        for i, pitch in enumerate(pitches)
    }


def both(kit: Kit, same: Mapping[int, int]) -> Kit:
    """Pitches that share a sound: {copy: original}."""
    return {**kit, **{copy: kit[original] for copy, original in same.items()}}


def kit_voice(name: str, kit: Kit, **changes: float) -> Voice:
    """The voice that plays this kit."""

    def stroke(pitch: int, force: int, take: int, colour: tuple[float, float, float, float]) -> Samples:
        return _KEPT((name, pitch, force, take, colour), partial(drawn, pitch, force, take, colour))

    def drawn(pitch: int, force: int, take: int, colour: tuple[float, float, float, float]) -> Samples:
        make, level_db, place = kit[pitch]
        sound = make(np.random.default_rng(bits(0, name, pitch, take)), _FORCES[force])
        balance = np.array([min(1.0, 1 - place), min(1.0, 1 + place)])
        sound = np.asarray(_coloured(sound, colour) * (0.25 * 10 ** (level_db / 20) * balance), dtype=np.float32)
        return sound[: 1 + int(np.flatnonzero(np.abs(sound).max(axis=1) > 1e-6)[-1])]

    def render(notes: Sequence[PlayedNote], settings: Settings, take: Take) -> None:
        colour = (settings["low_pass_hz"], settings["high_pass_hz"], settings["drive"], settings["crush"])
        hits = [note for note in sorted(notes, key=lambda n: (n.at, n.pitch)) if note.pitch in kit]
        closing = [note.at for note in hits if note.pitch in (42, 44)]
        turns = Turns(_TAKES, take.seed, name)
        for note in hits:
            turn = turns(note.pitch, note.at)
            force = 0 if note.velocity < 55 else 1 if note.velocity < 95 else 2
            sound = stroke(note.pitch, force, 0 if note.pitch in _LONG else turn, colour)
            if note.pitch == 46:
                sound = _choked(sound, next((float(at - note.at) for at in closing if at > note.at), 60.0))
            gain = 10 ** ((settings["level_db"] + settings[_family(note.pitch)]) / 20) * (note.velocity / 127) ** 1.6
            add(take.out, sound, round(float(note.at) * SAMPLE_RATE), gain)

    return Voice(name, {**_BASE, **changes}, render)


def _coloured(sound: Samples, colour: tuple[float, float, float, float]) -> Samples:
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
    return sound


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


def add(out: Samples, sound: Samples, first: int, gain: float) -> None:
    """Add a stroke at this sample; what falls outside is dropped."""
    start, end = max(0, first), min(len(out), first + len(sound))
    if start < end:
        out[start:end] += sound[start - first : end - first] * np.float32(gain)
