"""Sharpen: an unsharp mask on luma; colours have no fine detail in 4:2:0 anyway."""

from __future__ import annotations

import cv2
import numpy as np

from reelscore.render.filtering import PictureFilter
from reelscore.render.planes import Planes

_SPREAD = 1 / 900  # of the height
_STRENGTH = 0.8


def _area(planes: Planes, amount: float, _: int) -> Planes:
    soft = cv2.GaussianBlur(planes.y, (0, 0), max(0.6, _SPREAD * planes.height), borderType=cv2.BORDER_REPLICATE)
    k = _STRENGTH * amount
    crisp = cv2.addWeighted(planes.y, 1 + k, soft, -k, 0)
    return Planes(np.asarray(crisp, np.uint8), planes.u, planes.v)


FILTER = PictureFilter("sharpen", "Crisper edges.", area=_area)
