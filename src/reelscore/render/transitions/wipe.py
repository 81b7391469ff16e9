"""Wipe: a soft edge moves across and uncovers the next picture."""

from __future__ import annotations

import numpy as np

from reelscore.render.kernels import mix_masked
from reelscore.render.planes import Plane, Planes
from reelscore.render.transitioning import Manner, PictureTransition, plane_triples

_SOFT = 0.06  # width of the edge, share of the way


def _mask(height: int, width: int, share: float, direction: str) -> Plane:
    """How much of the new picture is seen, 0..255."""
    length = width if direction in ("left", "right") else height
    place = (np.arange(length) + 0.5) / length
    if direction in ("left", "up"):
        place = 1 - place
    edge = share * (1 + _SOFT)
    line = np.round(255 * np.clip((edge - place) / _SOFT, 0, 1)).astype(np.uint8)
    whole = line[None, :] if direction in ("left", "right") else line[:, None]
    return np.ascontiguousarray(np.broadcast_to(whole, (height, width)))


def _draw(first: Planes, second: Planes, share: float, manner: Manner, out: Planes) -> None:
    for a, b, to in plane_triples(first, second, out):
        mix_masked(a, b, _mask(to.shape[0], to.shape[1], share, manner.direction), to)


TRANSITION = PictureTransition("wipe", "A soft edge uncovers the next picture.", _draw)
