"""The walking bass: a line of quarters from one root to the next.

Chord notes on the strong beats, scale steps between them, and a half or whole step into the goal on the last one: what
bass methods teach as "target the next root". The cheapest line by dynamic programming, with a little chance by position
so that no two bars walk alike.
"""

from __future__ import annotations

from itertools import pairwise

from reelscore.compose.chords import Harmony
from reelscore.compose.patterns import Step, weight_of
from reelscore.compose.scene import Scene
from reelscore.values.chance import between

_MOVES = {0: 3.0, 1: 0.0, 2: 0.0, 3: 0.35, 4: 0.4, 5: 0.7, 7: 0.9, 12: 1.6}  # semitones -> what a move costs


def walk(
    scene: Scene, chord: Harmony, root: int, goal: int, span: tuple[int, int], measure: int, steps: tuple[Step, ...]
) -> list[int]:
    """Pitches for walking notes on these steps of a measure, after `root` and before `goal`, inside `span`."""
    if not steps:
        return []
    low, high = span
    options = list(range(max(low, min(root, goal) - 6), min(high, max(root, goal) + 8) + 1))
    lines: dict[int, tuple[float, list[int]]] = {root: (0.0, [])}
    for k, step in enumerate(steps):
        last = k == len(steps) - 1
        fresh: dict[int, tuple[float, list[int]]] = {}
        for pitch in options:
            own = _own(scene, chord, pitch, measure, step, goal if last else None)
            if own > 4.0:
                continue
            cost, before = min((line[0] + _MOVES.get(abs(pitch - at), 2.5), at) for at, line in lines.items())
            fresh[pitch] = (cost + own, [*lines[before][1], pitch])
        lines = fresh or {root: (0.0, [*next(iter(lines.values()))[1], root])}
    return min(lines.values(), key=lambda line: (round(line[0] + _turns(root, line[1]), 6), line[1]))[1]


def _own(scene: Scene, chord: Harmony, pitch: int, measure: int, step: Step, goal: int | None) -> float:
    tone = pitch % 12
    strong = weight_of(str(scene.brief.meter), step) >= 2
    cost = _weight(chord, tone, strong)
    if tone not in chord.scale and tone not in chord.classes:
        cost += 0.4 if goal is not None and abs(pitch - goal) == 1 else 5.0
    if goal is not None:
        cost += {0: 4.0, 1: 0.0, 2: 0.15, 5: 0.6, 7: 0.6}.get(abs(pitch - goal), 1.6)
    return cost + between(0.0, 0.9, scene.seed, "walk", measure, step, pitch)


def _weight(chord: Harmony, tone: int, strong: bool) -> float:
    """What speaks against a tone of the scale under a chord: root and fifth carry it, its ninths and thirteenths only
    pass (on a strong beat they would turn it over), bent ninths hardly do."""
    if tone in (chord.root, chord.fifth):
        return 0.0
    if tone in (chord.third, chord.seventh):
        return (0.15 if tone == chord.third else 0.4) if strong else 0.0
    bent = tone in chord.classes and (tone - chord.root) % 12 in (1, 3)
    return 1.2 if strong or bent else 0.3


def _turns(root: int, line: list[int]) -> float:
    """Zigzag is no walk."""
    moves = [b - a for a, b in pairwise([root, *line])]
    return 0.35 * sum(1 for a, b in pairwise(moves) if a * b < 0)
