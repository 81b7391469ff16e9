"""Sepia: a toned print. Black and white first, then brown in the middle and cream in the lights."""

from __future__ import annotations

import numpy as np

from reelscore.render.colour import Floats, Triple
from reelscore.render.filtering import PictureFilter
from reelscore.render.grading import luma, mixed


def _grade(red: Floats, green: Floats, blue: Floats, amount: float) -> Triple:
    grey = luma(red, green, blue)
    toned = (
        grey ** np.float32(0.82),
        grey ** np.float32(1.02) * np.float32(0.93),
        grey ** np.float32(1.3) * np.float32(0.78),
    )
    return mixed((red, green, blue), toned, min(1.0, max(0.0, amount)))


FILTER = PictureFilter("sepia", "A brown-toned print.", grade=_grade)
