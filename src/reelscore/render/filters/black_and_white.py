"""Black and white: luma alone."""

from __future__ import annotations

import numpy as np

from reelscore.render.colour import Floats, Triple
from reelscore.render.filtering import PictureFilter


def _curves(y: Floats, u: Floats, v: Floats, amount: float) -> Triple:
    factor = np.float32(min(1.0, max(0.0, 1 - amount)))
    return y, 128 + (u - 128) * factor, 128 + (v - 128) * factor


FILTER = PictureFilter("black_and_white", "No colour.", curves=_curves)
