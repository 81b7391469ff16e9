"""Invert: the negative."""

from __future__ import annotations

import numpy as np

from reelscore.render.colour import Floats, Triple
from reelscore.render.filtering import PictureFilter


def _curves(y: Floats, u: Floats, v: Floats, amount: float) -> Triple:
    k = np.float32(min(1.0, max(0.0, amount)))
    return y + (251 - 2 * y) * k, u + (256 - 2 * u) * k, v + (256 - 2 * v) * k


FILTER = PictureFilter("invert", "The negative.", curves=_curves)
