"""Zoom: through the last picture into the next; both grow, and one dissolves into the other on the way."""

from __future__ import annotations

import cv2
import numpy as np

from reelscore.render.kernels import mix
from reelscore.render.planes import Plane, Planes
from reelscore.render.transitioning import Manner, PictureTransition, eased, plane_triples

_GROWTH = 1.6
_DISSOLVES = (0.3, 0.7)  # share of the way


def _grown(plane: Plane, factor: float, clear: bool) -> Plane:
    """Scaled about its middle; beyond its edges mirrored, or nothing where pictures have opacity."""
    height, width = plane.shape
    middle = ((width - 1) / 2, (height - 1) / 2)
    matrix = np.array([[factor, 0, middle[0] * (1 - factor)], [0, factor, middle[1] * (1 - factor)]])
    border = cv2.BORDER_CONSTANT if clear else cv2.BORDER_REFLECT
    return np.asarray(cv2.warpAffine(plane, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=border))


def _draw(first: Planes, second: Planes, share: float, manner: Manner, out: Planes) -> None:
    way = eased(share)
    mixed = eased((share - _DISSOLVES[0]) / (_DISSOLVES[1] - _DISSOLVES[0]))
    clear = out.a is not None
    for a, b, to in plane_triples(first, second, out):
        old = _grown(a, _GROWTH**way, clear) if mixed < 1 else to
        new = _grown(b, _GROWTH ** (way - 1), clear) if mixed > 0 else to
        mix(old, new, mixed, to)


TRANSITION = PictureTransition("zoom", "Through one picture into the next.", _draw)
