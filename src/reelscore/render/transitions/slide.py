"""Slide: the next picture pushes the last one out."""

from __future__ import annotations

from reelscore.render.planes import Planes
from reelscore.render.transitioning import Manner, PictureTransition, eased, plane_triples


def _draw(first: Planes, second: Planes, share: float, manner: Manner, out: Planes) -> None:
    along = 1 if manner.direction in ("left", "right") else 0
    forward = manner.direction in ("left", "up")
    half = out.v.shape[along]
    moved = round(eased(share) * half)  # in chroma samples, so that colours stay on their shapes
    for n, (a, b, to) in enumerate(plane_triples(first, second, out)):
        step = moved if n in (1, 2) else 2 * moved
        if along:
            a, b, to = a.T, b.T, to.T
        length = to.shape[0]
        if forward:  # the last picture leaves towards the beginning
            to[: length - step], to[length - step :] = a[step:], b[:step]
        else:
            to[step:], to[:step] = a[: length - step], b[length - step :]


TRANSITION = PictureTransition("slide", "The next picture pushes the last one out.", _draw)
