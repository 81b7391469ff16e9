"""Saturation: chroma times a factor; -1 takes all colour away, 1 doubles it."""

from __future__ import annotations

import numpy as np

from reelscore.render.colour import Floats, Triple
from reelscore.render.filtering import PictureFilter


def _curves(y: Floats, u: Floats, v: Floats, amount: float) -> Triple:
    factor = np.float32(max(0.0, 1 + amount))
    return y, 128 + (u - 128) * factor, 128 + (v - 128) * factor


FILTER = PictureFilter("saturation", "Stronger (above 0) or paler (below 0) colours.", curves=_curves)
