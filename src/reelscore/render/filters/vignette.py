"""Vignette: darker towards the corners, as by cos to the fourth of an old lens; hue stays."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from reelscore.render.filtering import PictureFilter
from reelscore.render.kernels import mix_masked
from reelscore.render.planes import Plane, Planes


@lru_cache(maxsize=8)
def _mask(width: int, height: int, amount: float) -> Plane:
    """How much of the dark is mixed in, 0..255."""
    x = (np.arange(width, dtype=np.float32) + 0.5) / width * 2 - 1
    y = (np.arange(height, dtype=np.float32) + 0.5) / height * 2 - 1
    away = x[None, :] ** 2 + y[:, None] ** 2  # 0 in the middle, 2 in the corners
    kept = 1 / (1 + 0.28 * away * max(0.0, amount)) ** 2
    middle = np.clip((away - 0.15) / 0.85, 0, 1)
    return np.asarray(np.round(255 * np.clip((1 - kept) * middle * middle * (3 - 2 * middle), 0, 1)), np.uint8)


def _area(planes: Planes, amount: float, _: int) -> Planes:
    outs = []
    for plane, dark in zip(planes.colour, (16, 128, 128), strict=True):
        out = np.empty(plane.shape, np.uint8)
        night = np.full(plane.shape, dark, np.uint8)
        mix_masked(np.ascontiguousarray(plane), night, _mask(plane.shape[1], plane.shape[0], float(amount)), out)
        outs.append(out)
    return Planes(*outs)


FILTER = PictureFilter("vignette", "Darker corners.", area=_area)
