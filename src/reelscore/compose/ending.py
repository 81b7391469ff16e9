"""The ending: a real final chord, struck together on one beat and left to ring to the film's last frame."""

from __future__ import annotations

from fractions import Fraction

from reelscore.compose.band import Chair
from reelscore.compose.bars import Ground
from reelscore.compose.chords import Harmony
from reelscore.compose.comping import low_pitch
from reelscore.compose.form import SectionPlan
from reelscore.compose.genre import DRUMS
from reelscore.compose.tables import orchestra
from reelscore.compose.voicing import voice
from reelscore.values.score import Control, Note

_SUSTAINED = ("strings", "brass", "winds", "voices", "synth", "bass")
_TOGETHER = {"cinematic_drums": ("taiko1", "taiko3", "ensemble", "gong"), "wadaiko": ("taiko1",)}  # on the last stroke
_LOUD = {"melody": 84, "counter": 70, "chords": 84, "arp": 70, "pad": 76, "bass": 92}


def write_ending(
    ground: Ground, plan: SectionPlan, chord: Harmony, chair: Chair, near: int | None
) -> tuple[list[Note], list[Control]]:
    """One player's last notes; `near` is the pitch its tune last had."""
    role = chair.seat.role
    if plan.kind in chair.silent or (role == "counter" and plan.energy < 0.6):
        return [], []
    if chair.seat.writes == "double":
        return [], []
    length = max(Fraction(1, 2), ground.end_beat - ground.final_beat)
    strength = 0.86 + 0.2 * (plan.energy - 0.55)
    if role in ("drums", "percussion"):
        return _last_stroke(chair, plan, ground, strength), []
    if role in ("melody", "counter") and ground.speaks(ground.final_beat, ground.final_beat + 1):
        return [], []
    notes: list[Note] = []
    guitar = orchestra()[chair.player.instrument].family == "guitar"
    pitches = _pitches(plan, chord, chair, near)
    for k, pitch in enumerate(pitches):
        lean = 4 if k == len(pitches) - 1 else 0
        speed = max(14, min(127, round((_LOUD.get(role, 76) + lean) * strength)))
        kind = "strum_down" if guitar and len(pitches) > 2 else ""
        notes.append(Note(ground.final_beat, length, pitch, speed, kind))
    notes += _late(ground, chair, pitches, strength)
    return notes, _fade(chair, ground, length)


def _pitches(plan: SectionPlan, chord: Harmony, chair: Chair, near: int | None) -> tuple[int, ...]:
    writes = chair.seat.writes
    if writes in ("bass", "sub"):
        return (low_pitch(chord.bass, chair),)
    if writes in ("melody", "counter"):
        around = near if near is not None else (chair.low + chair.high) // 2
        goals = [c for c in (plan.key.tonic, chord.third, chord.fifth) if c is not None and c in chord.classes]
        options = [p for p in range(chair.low, chair.high + 1) if p % 12 in (goals or chord.classes)]
        return (min(options, key=lambda p: (abs(p - around), p)),) if options else (around,)
    if writes == "arp":
        return voice(chord, (), chair.low, chair.high, 3)
    return voice(chord, (), chair.low, chair.high, 5 if writes in ("comp", "strum") else 4, wide=writes != "comp")


def _last_stroke(chair: Chair, plan: SectionPlan, ground: Ground, strength: float) -> list[Note]:
    """A kick and a cymbal where there was a kit; percussion just stops."""
    if chair.seat.role == "percussion":
        return []
    strokes = [("kick", 88.0), ("crash", 62.0 + 22 * plan.energy)]
    strokes += [(drum, 70.0 + 26 * plan.energy) for drum in _TOGETHER.get(chair.player.instrument, ())]
    length = max(Fraction(1, 2), ground.end_beat - ground.final_beat)
    return [Note(ground.final_beat, length, DRUMS[d], round(v * strength), "accent") for d, v in strokes]


def _late(ground: Ground, chair: Chair, pitches: tuple[int, ...], strength: float) -> list[Note]:
    """Kept hits that fall into the ringing are struck once more, softly, by whoever has the chord."""
    if chair.seat.writes not in ("comp", "melody"):
        return []
    notes: list[Note] = []
    for beat, weight in ground.late_accents:
        length = ground.end_beat - beat
        if length > 0:
            speed = max(14, min(127, round((46 + 30 * weight) * strength)))
            notes += [Note(beat, length, pitch, speed, "accent") for pitch in pitches]
    return notes


def _fade(chair: Chair, ground: Ground, length: Fraction) -> list[Control]:
    """What would sound on for ever dies away before the last frame; what rings is left alone."""
    if orchestra()[chair.player.instrument].family not in _SUSTAINED:
        return [Control(ground.final_beat + Fraction(1, 16), "sustain", 1.0)] if chair.seat.writes == "comp" else []
    return [
        Control(ground.final_beat, "expression", 0.9),
        Control(ground.final_beat + length / 4, "expression", 0.85),
        Control(ground.final_beat + length * Fraction(3, 4), "expression", 0.3),
        Control(ground.final_beat + length, "expression", 0.0),
    ]
