"""Touch: what a seat does with notes once they are written: octaves, tremolo, short or long strokes, the pedal."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reelscore.compose.band import Chair
from reelscore.compose.comping import Written, pedalled, repeated
from reelscore.compose.scene import Scene
from reelscore.values.score import Note

_SHAPED = ("comp", "strum", "arp", "riff", "counter")
_SHORTEST, _LONGEST = Fraction(1, 4), Fraction(3)  # beats: lengths that a mood may change


def touched(scene: Scene, chair: Chair, written: Written) -> Written:
    """A part as its seat plays it; a seat that asks for nothing leaves it as it is."""
    notes, controls = written
    seat = chair.seat
    if seat.octaves:
        notes = _doubled(notes, chair)
    if seat.tremolo:
        notes = repeated(notes, seat.tremolo)
    notes = _articulated(scene, chair, notes)
    if seat.gate != 1.0:
        notes = [replace(n, beats=_gated(n.beats, seat.gate)) for n in notes]
    if seat.pedal:
        extra = [c for i, m, _ in scene.playing(chair) for c in pedalled(m, scene.harmonies.slots[i])]
        controls = [*controls, *extra]
    return notes, controls


def _articulated(scene: Scene, chair: Chair, notes: list[Note]) -> list[Note]:
    """Shorter strokes for a playful or lively mood, fuller ones for a calm one; what is held or damped stays."""
    if chair.seat.writes not in _SHAPED:
        return notes
    factor = min(1.1, max(0.74, 1.0 + 0.58 * (0.45 - scene.mood.articulation)))
    if 0.94 < factor < 1.04:
        return notes
    return [
        replace(n, beats=_gated(n.beats, factor))
        if _SHORTEST <= n.beats <= _LONGEST and n.articulation != "ghost"
        else n
        for n in notes
    ]


def _gated(beats: Fraction, gate: float) -> Fraction:
    return max(Fraction(1, 32), Fraction(round(beats * 96 * Fraction(gate).limit_denominator(100)), 96))


def _doubled(notes: list[Note], chair: Chair) -> list[Note]:
    """Every note with its octave: above where there is room; a single line else below, a chord only its top."""
    chordal = chair.seat.writes in ("comp", "strum", "pad")
    top: dict[Fraction, int] = {}
    for note in notes:
        top[note.at] = max(note.pitch, top.get(note.at, 0))
    found = []
    for note in notes:
        below = not chordal or (note.pitch == top[note.at] and note.pitch >= 62)
        other = note.pitch + 12 if note.pitch + 12 <= chair.high else note.pitch - 12 if below else -1
        found.append(note)
        if chair.low <= other <= chair.high:
            found.append(replace(note, pitch=other, velocity=max(14, note.velocity - 5)))
    return found
