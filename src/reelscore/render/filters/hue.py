"""Hue: all colours turned around the grey axis; 1 is a whole turn."""

from __future__ import annotations

from math import cos, pi, sin

import numpy as np

from reelscore.render.colour import Floats, Triple
from reelscore.render.filtering import PictureFilter
from reelscore.render.grading import luma
from reelscore.render.planes import KB, KR


def _grade(red: Floats, green: Floats, blue: Floats, amount: float) -> Triple:
    grey = luma(red, green, blue)
    pb, pr = (blue - grey) / np.float32(2 * (1 - KB)), (red - grey) / np.float32(2 * (1 - KR))
    c, s = np.float32(cos(2 * pi * amount)), np.float32(sin(2 * pi * amount))
    pb, pr = pb * c - pr * s, pb * s + pr * c
    out_red, out_blue = grey + np.float32(2 * (1 - KR)) * pr, grey + np.float32(2 * (1 - KB)) * pb
    out_green = (grey - np.float32(KR) * out_red - np.float32(KB) * out_blue) / np.float32(1 - KR - KB)
    return out_red, np.asarray(out_green, np.float32), out_blue


FILTER = PictureFilter("hue", "Colours turned around; 1 is a whole turn.", grade=_grade)
