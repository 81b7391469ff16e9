"""Blur: out of focus; amount 1 spreads each point over about a fiftieth of the height.

Large blurs are made at a smaller size, where they cost little and look the same.
"""

from __future__ import annotations

import cv2
import numpy as np

from reelscore.render.filtering import PictureFilter
from reelscore.render.planes import Plane, Planes

_SPREAD = 1 / 90  # standard deviation, share of the height
_LARGEST = 2.5  # pixels, at the size at which it is done


def blurred(plane: Plane, sigma: float) -> Plane:
    """A plane with Gaussian blur of this many pixels."""
    if sigma < 0.3:
        return plane
    factor = 1
    while sigma / factor > _LARGEST and min(plane.shape) // (factor * 2) >= 8:
        factor *= 2
    if factor == 1:
        return np.asarray(cv2.GaussianBlur(plane, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE), np.uint8)
    small = cv2.resize(plane, (plane.shape[1] // factor, plane.shape[0] // factor), interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), sigma / factor, borderType=cv2.BORDER_REPLICATE)
    large = cv2.resize(small, (plane.shape[1], plane.shape[0]), interpolation=cv2.INTER_CUBIC)
    return np.asarray(large, np.uint8)


def _area(planes: Planes, amount: float, _: int) -> Planes:
    sigma = _SPREAD * abs(amount) * planes.height
    return Planes(blurred(planes.y, sigma), blurred(planes.u, sigma / 2), blurred(planes.v, sigma / 2))


FILTER = PictureFilter("blur", "Out of focus.", area=_area)
