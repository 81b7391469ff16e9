"""Tint: from green (below 0) to magenta (above 0), the other axis of the white balance."""

from __future__ import annotations

from reelscore.render.colour import Floats, Triple
from reelscore.render.filtering import PictureFilter
from reelscore.render.grading import gained


def _grade(red: Floats, green: Floats, blue: Floats, amount: float) -> Triple:
    return gained((red, green, blue), 1.12**amount, 1.12**-amount, 1.12**amount)


FILTER = PictureFilter("tint", "Towards magenta (above 0) or green (below 0).", grade=_grade)
