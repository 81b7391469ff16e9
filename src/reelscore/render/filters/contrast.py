"""Contrast: an S-shaped curve around the middle grey that keeps black and white, or its flattening.

Above 0 the level is moved towards a smooth step, below 0 towards grey. Chroma follows half as much, as eyes expect.
"""

from __future__ import annotations

import numpy as np

from reelscore.render.colour import Floats, Triple
from reelscore.render.filtering import PictureFilter


def _curves(y: Floats, u: Floats, v: Floats, amount: float) -> Triple:
    level = np.clip((y - 16) / 219, 0, 1)
    if amount >= 0:
        bent = level + amount * (level * level * (3 - 2 * level) - level)
    else:
        bent = 0.5 + (level - 0.5) * max(0.0, 1 + 0.7 * amount)
    chroma = np.float32(max(0.0, 1 + 0.35 * amount))
    return np.asarray(16 + 219 * np.clip(bent, 0, 1), np.float32), 128 + (u - 128) * chroma, 128 + (v - 128) * chroma


FILTER = PictureFilter(
    "contrast", "More (above 0) or less (below 0) difference between dark and light.", curves=_curves
)
