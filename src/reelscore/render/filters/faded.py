"""Faded: blacks raised to a soft grey, colours washed out."""

from __future__ import annotations

from reelscore.render.colour import Floats, Triple
from reelscore.render.filtering import PictureFilter
from reelscore.render.grading import mixed, saturated


def _grade(red: Floats, green: Floats, blue: Floats, amount: float) -> Triple:
    r, g, b = saturated((red, green, blue), 0.65)
    return mixed((red, green, blue), (0.14 + 0.80 * r, 0.14 + 0.80 * g, 0.15 + 0.79 * b), amount)


FILTER = PictureFilter("faded", "Washed out, with soft blacks.", grade=_grade)
