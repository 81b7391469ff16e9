"""Vintage: old film stock. Raised blacks, soft lights, colours a little pale, green-blue shadows, yellow lights."""

from __future__ import annotations

import numpy as np

from reelscore.render.colour import Floats, Triple
from reelscore.render.filtering import PictureFilter
from reelscore.render.grading import mixed, saturated, steeper


def _grade(red: Floats, green: Floats, blue: Floats, amount: float) -> Triple:
    r, g, b = saturated((red, green, blue), 0.78)
    aged = (
        0.055 + 0.90 * steeper(r, 0.35),
        0.065 + 0.865 * steeper(g, 0.20),
        0.115 + 0.73 * np.clip(b, 0, 1),
    )
    return mixed((red, green, blue), aged, amount)


FILTER = PictureFilter("vintage", "Old film stock.", grade=_grade)
