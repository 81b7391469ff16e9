"""Cool: the light of a clear morning; whites turn to blue."""

from __future__ import annotations

from reelscore.render.colour import Floats, Triple
from reelscore.render.filtering import PictureFilter
from reelscore.render.grading import gained, mixed


def _grade(red: Floats, green: Floats, blue: Floats, amount: float) -> Triple:
    before = (red, green, blue)
    return mixed(before, gained(before, 0.91, 1.0, 1.13), amount)


FILTER = PictureFilter("cool", "Cooler light.", grade=_grade)
