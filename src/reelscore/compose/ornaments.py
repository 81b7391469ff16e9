"""Ornaments: grace notes before longer notes, mordents and turns on long ones, by the style's habit.

Neighbours are taken from the notes the tune is made of; what comes before makes room for what is put in.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from reelscore.compose.band import Chair
from reelscore.compose.scene import Scene
from reelscore.values.chance import choose, happens
from reelscore.values.score import Note

_GRACE = Fraction(1, 10)  # beats
_TURN = Fraction(1, 6)
_HELD, _LONG = Fraction(3, 4), Fraction(3, 2)  # beats from which a note may be graced, and turned
_FIGURES = ((0, 1, 0), (0, -1, 0), (1, 0, -1, 0))  # scale steps from the note: mordents and the turn


def ornamented(scene: Scene, chair: Chair, notes: list[Note]) -> list[Note]:
    """A phrase with its ornaments; a style without any gets it back as it is."""
    table = scene.genre.melody
    if not table.grace and not table.turns:
        return notes
    found: list[Note] = []
    for note in notes:
        where = (chair.name, note.at)
        if table.turns and note.beats >= _LONG and happens(table.turns, scene.seed, "turn", *where):
            found += _turned(scene, chair, note)
            continue
        if table.grace and note.beats >= _HELD and happens(table.grace, scene.seed, "grace", *where):
            grace = _graced(scene, chair, note)
            if grace is not None and found and found[-1].at + found[-1].beats > grace.at:
                room = grace.at - found[-1].at
                grace = grace if room >= _GRACE else None
                if grace is not None:
                    found[-1] = replace(found[-1], beats=room)
            found += [grace] if grace is not None else []
        found.append(note)
    return found


def _neighbour(scene: Scene, chair: Chair, note: Note, step: int) -> int:
    if step == 0:
        return note.pitch
    measure = next((i for i, m in scene.measures if m.start <= note.at < m.end), scene.plan.first)
    start = scene.ground.measures[measure].start
    scale = scene.sings(scene.harmonies.at(measure, int((note.at - start) * 4)))
    way = 1 if step > 0 else -1
    near = (p for p in range(note.pitch + way, note.pitch + 6 * way, way) if p % 12 in scale)
    pitch = next(near, note.pitch)
    return pitch if chair.low <= pitch <= chair.high else note.pitch


def _graced(scene: Scene, chair: Chair, note: Note) -> Note | None:
    step = choose((1, -1, -1), scene.seed, "grace from", chair.name, note.at)
    pitch = _neighbour(scene, chair, note, step)
    at = note.at - _GRACE
    if pitch == note.pitch or at < scene.measures[0][1].start:
        return None
    return Note(at, _GRACE, pitch, max(14, note.velocity - 16), "legato")


def _turned(scene: Scene, chair: Chair, note: Note) -> list[Note]:
    figure = choose(_FIGURES, scene.seed, "turn kind", chair.name, note.at)
    pitches = [_neighbour(scene, chair, note, step) for step in figure]
    notes = []
    for k, pitch in enumerate(pitches):
        last = k == len(pitches) - 1
        beats = note.beats - _TURN * k if last else _TURN
        soft = 0 if pitch == note.pitch else 8
        notes.append(
            replace(note, at=note.at + _TURN * k, beats=beats, pitch=pitch, velocity=max(14, note.velocity - soft))
        )
    return notes
