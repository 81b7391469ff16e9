"""Warm: the light of a late afternoon; whites turn to amber, shadows hardly."""

from __future__ import annotations

from reelscore.render.colour import Floats, Triple
from reelscore.render.filtering import PictureFilter
from reelscore.render.grading import gained, mixed


def _grade(red: Floats, green: Floats, blue: Floats, amount: float) -> Triple:
    before = (red, green, blue)
    return mixed(before, gained(before, 1.08, 1.0, 0.84), amount)


FILTER = PictureFilter("warm", "Warmer light.", grade=_grade)
