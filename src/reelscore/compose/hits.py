"""Hit points: what the film marks, the music must be heard to mark.

Drums, bass and chords already strike on accents; this is the guarantee for the bars where they rest: at least two
attacks on every kept hit, from players whose tone begins at once.
"""

from __future__ import annotations

from fractions import Fraction

from reelscore.compose.band import Chair
from reelscore.compose.players import Parts
from reelscore.compose.scene import Scene
from reelscore.compose.voicing import voice
from reelscore.values.score import Note

_PROMPT = ("comp", "strum", "arp", "melody", "bass", "drums", "percussion", "counter")
_ENOUGH = 2  # players that must attack on a kept hit


def mark_hits(scene: Scene, band: tuple[Chair, ...], parts: Parts) -> None:
    """Add attacks in place where a kept hit has too few."""
    for i, measure in scene.measures:
        for accent in measure.accents:
            if not accent.kept:
                continue
            at = measure.beat(accent.step)
            attacking = {
                c.name
                for c in band
                if c.seat.writes in _PROMPT and any(n.at == at and n.velocity >= 45 for n in parts[c.name][0])
            }
            for chair in _volunteers(scene, band, attacking)[: max(0, _ENOUGH - len(attacking))]:
                parts[chair.name][0].extend(_stroke(scene, chair, i, accent.step, accent.weight))


def _volunteers(scene: Scene, band: tuple[Chair, ...], attacking: set[str]) -> list[Chair]:
    """Players free to strike, those with the clearest attack first."""
    order = {"comp": 0, "bass": 1, "arp": 2, "strum": 3, "melody": 4}
    free = [c for c in band if c.seat.writes in order and c.name not in attacking and scene.kind not in c.silent]
    return sorted(free, key=lambda c: order[c.seat.writes])


def _stroke(scene: Scene, chair: Chair, measure: int, step: int, weight: float) -> list[Note]:
    chord = scene.harmonies.at(measure, step)
    bar = scene.ground.measures[measure]
    length = min(8, bar.steps - step)
    speed = round(62 + 34 * weight)
    if chair.seat.writes == "bass":
        pitch = chair.low + (chord.bass - chair.low) % 12
        return [Note(bar.beat(step), Fraction(length, 4), pitch, speed, "accent")]
    shape = voice(chord, (), chair.low, chair.high, 4 if chair.seat.writes in ("comp", "strum") else 2)
    return [Note(bar.beat(step), Fraction(length, 4), pitch, speed, "accent") for pitch in shape]
