"""Brightness as form: filters that open through an intro or a build and close for a break.

A style names the seats it filters; every other player keeps its own tone.
"""

from __future__ import annotations

from reelscore.compose.band import Chair
from reelscore.compose.scene import Scene
from reelscore.values.score import Control

# Kind of section -> cutoff at its start, its middle and its end (0..1).
_CURVES = {
    "intro": (0.32, 0.5, 0.75),
    "theme": (0.78, 0.8, 0.82),
    "build": (0.45, 0.62, 1.0),
    "lift": (0.95, 0.97, 0.95),
    "break": (0.8, 0.45, 0.6),
    "ending": (0.8, 0.72, 0.55),
}


def write_filter(scene: Scene, chair: Chair) -> list[Control]:
    """The cutoff curve of one section for a filtered chair; empty for others."""
    if chair.seat.name not in scene.genre.filters or not scene.plan.count:
        return []
    first, last = scene.measures[0][1], scene.measures[-1][1]
    span = last.end - first.start
    lean = 0.5 * scene.mood.brightness
    values = [max(0.1, min(1.0, value + lean)) for value in scene.genre.curves.get(scene.kind, _CURVES[scene.kind])]
    beats = (first.start, first.start + span / 2, last.end)
    return [Control(beat, "cutoff", round(value, 3)) for beat, value in zip(beats, values, strict=True)]
