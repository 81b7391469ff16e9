"""Dip: down into a colour, up out of it. In the middle there is the colour alone."""

from __future__ import annotations

import numpy as np

from reelscore.render.kernels import mix
from reelscore.render.planes import Planes, parse_colour
from reelscore.render.transitioning import Manner, PictureTransition, eased, plane_triples


def _draw(first: Planes, second: Planes, share: float, manner: Manner, out: Planes) -> None:
    colour = parse_colour(manner.colour)
    depth = eased(1 - abs(2 * share - 1))
    for (a, b, to), level in zip(plane_triples(first, second, out), (colour.y, colour.u, colour.v, 255), strict=False):
        mix(a if share < 0.5 else b, np.full(to.shape, level, np.uint8), depth, to)


TRANSITION = PictureTransition("dip", "Down into a colour and up again.", _draw)
