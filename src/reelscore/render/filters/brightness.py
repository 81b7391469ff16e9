"""Brightness: lighter or darker, black and white staying where they are.

A curve of the form level ** gamma; -1 and 1 bend by a factor of two and a half. Chroma is kept.
"""

from __future__ import annotations

import numpy as np

from reelscore.render.colour import Floats, Triple
from reelscore.render.filtering import PictureFilter


def _curves(y: Floats, u: Floats, v: Floats, amount: float) -> Triple:
    level = np.clip((y - 16) / 219, 0, 1)
    bent = level ** np.float32(2.5**-amount)
    return np.asarray(16 + 219 * bent, np.float32), u, v


FILTER = PictureFilter("brightness", "Lighter (above 0) or darker (below 0).", curves=_curves)
