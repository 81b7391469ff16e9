"""Exposure: more or less light, in stops; the brightest parts are rolled off instead of clipped."""

from __future__ import annotations

import numpy as np

from reelscore.render.colour import Floats, Triple
from reelscore.render.filtering import PictureFilter

_GAMMA = 2.2


def _grade(red: Floats, green: Floats, blue: Floats, amount: float) -> Triple:
    gain = np.float32(2.0**amount)

    def exposed(part: Floats) -> Floats:
        light = part ** np.float32(_GAMMA) * gain
        if amount > 0:  # straight in the shadows, full light still comes to white
            light = light / (1 + light * (1 - 1 / gain))
        return np.asarray(np.clip(light, 0, 1) ** np.float32(1 / _GAMMA), np.float32)

    return exposed(red), exposed(green), exposed(blue)


FILTER = PictureFilter("exposure", "More (above 0) or less (below 0) light, in stops.", grade=_grade)
