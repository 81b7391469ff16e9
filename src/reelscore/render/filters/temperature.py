"""Temperature: from blue (below 0) to amber (above 0), as a camera's white balance does."""

from __future__ import annotations

from reelscore.render.colour import Floats, Triple
from reelscore.render.filtering import PictureFilter
from reelscore.render.grading import gained


def _grade(red: Floats, green: Floats, blue: Floats, amount: float) -> Triple:
    return gained((red, green, blue), 1.25**amount, 1.0, 1.35**-amount)


FILTER = PictureFilter("temperature", "Warmer (above 0) or cooler (below 0) white balance.", grade=_grade)
