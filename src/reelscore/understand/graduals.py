"""Dissolves and fades in a run of consecutive frames.

Over a dissolve the two ends differ in structure and the frames between are mixtures of them, in proportion; over a
fade through black or white the middle loses its contrast. Both ends are calm, and no hard cut lies between. A change of
light keeps its structure and a pan is no mixture, so neither passes. Gradual changes are never as sure as cuts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reelscore.understand.cuts import change_size
from reelscore.understand.differences import Comparer, Floats, Indices

WIDTHS = (10, 16, 24, 40)  # frames at pace 1
MARGIN = 28  # frames of context at pace 1
MOST_CONFIDENCE = 0.85

_LEAST_FAR, _MOST_STRUCTURE, _MOST_BLEND_ERROR, _MOST_CONTRAST, _MOST_RESTLESS = 0.45, 0.55, 0.38, 0.3, 0.45


@dataclass(frozen=True, slots=True)
class Gradual:
    """A gradual change: the place of its middle, its first and last place, its kind, and how sure it is."""

    place: int
    first: int
    last: int
    kind: str  # "dissolve" or "fade"
    confidence: float
    change: float


def graduals(comparer: Comparer, pace: int, cuts: Sequence[int]) -> list[Gradual]:
    """Gradual changes, best first where they overlap, in order of time."""
    found: list[tuple[float, Gradual]] = []
    for width in WIDTHS:
        found += _of_width(comparer, width * pace, pace)
    kept: list[Gradual] = []
    for _, one in sorted(found, key=lambda pair: (-pair[0], pair[1].place)):
        clear = all(one.last < other.first or other.last < one.first for other in kept)
        if clear and not any(one.first - 2 <= cut <= one.last + 2 for cut in cuts):
            kept.append(one)
    return sorted(kept, key=lambda one: one.place)


def _of_width(comparer: Comparer, width: int, pace: int) -> list[tuple[float, Gradual]]:
    half = width // 2
    middles = np.arange(half, comparer.count - half, pace)
    middles = middles[comparer.moved(middles - half, middles + half) > 0.05] if len(middles) else middles
    if not len(middles):
        return []
    a, b = middles - half, middles + half
    far = comparer.unlike(a, b)
    apart = (far > _LEAST_FAR) & (comparer.structure(a, b) < _MOST_STRUCTURE)
    middles, a, b, far = middles[apart], a[apart], b[apart], far[apart]
    if not len(middles):
        return []
    error = _mixture_error(comparer, a, middles, b)
    lost = comparer.contrast[middles] / np.maximum(np.minimum(comparer.contrast[a], comparer.contrast[b]), 0.02)
    flat = comparer.contrast[middles] < 0.03
    restless = _restlessness(comparer, a, b, max(2, width // 4)) / far
    calm = restless < _MOST_RESTLESS
    fade = (lost < _MOST_CONTRAST) & flat & calm
    dissolve: NDArray[np.bool_] = (error < _MOST_BLEND_ERROR) & calm & ~fade
    from_empty = np.minimum(comparer.contrast[a], comparer.contrast[b]) < 0.03
    score = far * np.where(fade, 1.2 - lost, 1 - error) * (1 - restless)
    return [
        (
            float(score[i]),
            _gradual(int(middles[i]), half, bool(fade[i] or from_empty[i]), float(score[i]), float(far[i])),
        )
        for i in np.flatnonzero(fade | dissolve)
    ]


def _gradual(middle: int, half: int, fade: bool, score: float, far: float) -> Gradual:
    sure = MOST_CONFIDENCE * (1 - float(np.exp(-2.5 * score)))
    return Gradual(middle, middle - half, middle + half, "fade" if fade else "dissolve", sure, change_size(far))


def _mixture_error(comparer: Comparer, a: Indices, middle: Indices, b: Indices) -> Floats:
    """The worst of three looks at how far the way from a to b is from a mixture."""
    errors = [comparer.blend_error(a, middle, b, 0.5)]
    for share in (0.25, 0.75):
        errors.append(comparer.blend_error(a, a + np.round((b - a) * share).astype(np.int64), b, share))
    return np.asarray(np.max(errors, axis=0))


def _restlessness(comparer: Comparer, a: Indices, b: Indices, reach: int) -> Floats:
    """How much the ends themselves change just outside the window."""
    before, after = np.maximum(a - reach, 0), np.minimum(b + reach, comparer.count - 1)
    return np.maximum(comparer.unlike(before, a), comparer.unlike(b, after))
