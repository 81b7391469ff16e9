"""Grain: film grain on luma, new in every frame, the same for the same frame of the same segment.

One tile of noise is made once; each frame sees it from another place and side.
"""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from reelscore.render.filtering import PictureFilter
from reelscore.render.planes import Planes
from reelscore.values.chance import bits

_STRENGTH = 7.0  # standard deviation in code values
_MARGIN = 256


@lru_cache(maxsize=4)
def _tile(width: int, height: int) -> NDArray[np.int16]:
    """Noise a little softer than pixels, larger than the picture by the margin; standard deviation 256."""
    noise = np.random.default_rng(20).standard_normal((height + _MARGIN, width + _MARGIN), dtype=np.float32)
    soft = cv2.GaussianBlur(noise, (0, 0), max(0.5, height / 1400))
    return np.asarray(soft * (256 / soft.std()), np.int16)


@lru_cache(maxsize=4)
def _scaled(width: int, height: int, amount: float) -> NDArray[np.int16]:
    return np.asarray(np.round(_tile(width, height) * (_STRENGTH * amount / 256)), np.int16)


def _area(planes: Planes, amount: float, frame: int) -> Planes:
    tile = _scaled(planes.width, planes.height, float(abs(amount)))
    chance = bits(1, "grain", frame)
    top, left = chance % _MARGIN, (chance >> 8) % _MARGIN
    noise = tile[top : top + planes.height, left : left + planes.width]
    if chance >> 16 & 1:
        noise = noise[:, ::-1]
    grainy = cv2.add(planes.y, np.ascontiguousarray(noise), dtype=cv2.CV_8U)
    return Planes(np.asarray(grainy, np.uint8), planes.u, planes.v)


FILTER = PictureFilter("grain", "Film grain.", area=_area, moving=True)
