"""Noir: black and white as through a red filter, hard contrast, deep shadows."""

from __future__ import annotations

import numpy as np

from reelscore.render.colour import Floats, Triple
from reelscore.render.filtering import PictureFilter
from reelscore.render.grading import mixed, steeper


def _grade(red: Floats, green: Floats, blue: Floats, amount: float) -> Triple:
    seen = np.float32(0.55) * red + np.float32(0.35) * green + np.float32(0.10) * blue
    hard = steeper(steeper(np.clip(seen, 0, 1) ** np.float32(1.15), 0.8), 0.5)
    return mixed((red, green, blue), (hard, hard, hard), min(1.0, max(0.0, amount)))


FILTER = PictureFilter("noir", "Hard black and white.", grade=_grade)
