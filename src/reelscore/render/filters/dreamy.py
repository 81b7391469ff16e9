"""Dreamy: lights that glow (a blurred copy laid over as a screen), softer contrast, a breath of rose."""

from __future__ import annotations

import numpy as np

from reelscore.render.colour import Floats, Triple
from reelscore.render.filtering import PictureFilter
from reelscore.render.filters.blur import blurred
from reelscore.render.grading import gained, mixed
from reelscore.render.kernels import mix
from reelscore.render.planes import Planes


def _grade(red: Floats, green: Floats, blue: Floats, amount: float) -> Triple:
    before = (red, green, blue)
    lifted = tuple(0.05 + 0.95 * part ** np.float32(0.85) for part in gained(before, 1.05, 0.98, 1.02))
    return mixed(before, (lifted[0], lifted[1], lifted[2]), amount)


def _area(planes: Planes, amount: float, _: int) -> Planes:
    sigma = planes.height / 45
    outs = []
    for plane, size in zip(planes.colour, (1, 2, 2), strict=True):
        soft = blurred(plane, sigma / size)
        glow = np.maximum(soft, plane) if size == 1 else soft
        out = np.empty(plane.shape, np.uint8)
        mix(np.ascontiguousarray(plane), glow, min(1.0, max(0.0, 0.55 * amount)), out)
        outs.append(out)
    return Planes(*outs)


FILTER = PictureFilter("dreamy", "Soft, glowing lights.", grade=_grade, area=_area)
