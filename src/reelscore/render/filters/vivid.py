"""Vivid: fuller colours and a firmer contrast; colours that are strong already gain less."""

from __future__ import annotations

import numpy as np

from reelscore.render.colour import Floats, Triple
from reelscore.render.filtering import PictureFilter
from reelscore.render.grading import luma, mixed, steeper


def _grade(red: Floats, green: Floats, blue: Floats, amount: float) -> Triple:
    grey = luma(red, green, blue)
    strength = np.maximum(np.maximum(red, green), blue) - np.minimum(np.minimum(red, green), blue)
    factor = 1 + np.float32(0.55) * (1 - strength)
    r, g, b = (steeper(grey + (part - grey) * factor, 0.35) for part in (red, green, blue))
    return mixed((red, green, blue), (r, g, b), amount)


FILTER = PictureFilter("vivid", "Fuller colours, firmer contrast.", grade=_grade)
