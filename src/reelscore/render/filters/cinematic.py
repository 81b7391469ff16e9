"""Cinematic: teal shadows, orange lights, firmer contrast; the complementary grade of many feature films."""

from __future__ import annotations

import numpy as np

from reelscore.render.colour import Floats, Triple
from reelscore.render.filtering import PictureFilter
from reelscore.render.grading import luma, mixed, saturated, steeper


def _grade(red: Floats, green: Floats, blue: Floats, amount: float) -> Triple:
    r, g, b = (steeper(part, 0.45) for part in saturated((red, green, blue), 0.92))
    light = luma(r, g, b)
    dark = (1 - light) ** 2 * (1 - (1 - light) ** 8)  # pure black stays black
    high = light * light * (1 - light) * np.float32(2.2)
    graded = (r - 0.085 * dark + 0.100 * high, g + 0.015 * dark + 0.020 * high, b + 0.080 * dark - 0.120 * high)
    return mixed((red, green, blue), graded, amount)


FILTER = PictureFilter("cinematic", "Teal shadows, orange lights.", grade=_grade)
