"""Crossfade: one picture dissolves into the next."""

from __future__ import annotations

from reelscore.render.kernels import mix
from reelscore.render.planes import Planes
from reelscore.render.transitioning import Manner, PictureTransition, plane_triples


def _draw(first: Planes, second: Planes, share: float, manner: Manner, out: Planes) -> None:
    for a, b, to in plane_triples(first, second, out):
        mix(a, b, share, to)


TRANSITION = PictureTransition("crossfade", "One picture dissolves into the next.", _draw)
