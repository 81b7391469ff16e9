"""The few moves that colour grades are made of. R'G'B' as float arrays, 0..1."""

from __future__ import annotations

import numpy as np

from reelscore.render.colour import Floats, Triple
from reelscore.render.planes import KB, KR


def luma(red: Floats, green: Floats, blue: Floats) -> Floats:
    """BT.709 luma."""
    return np.asarray(np.float32(KR) * red + np.float32(1 - KR - KB) * green + np.float32(KB) * blue, np.float32)


def mixed(before: Triple, after: Triple, amount: float) -> Triple:
    """From one to the other; above 1 further on."""
    k = np.float32(amount)
    red, green, blue = (a + (b - a) * k for a, b in zip(before, after, strict=True))
    return red, green, blue


def saturated(colours: Triple, factor: float) -> Triple:
    """Colours further from (above 1) or nearer to their grey."""
    grey = luma(*colours)
    red, green, blue = (grey + (part - grey) * np.float32(factor) for part in colours)
    return red, green, blue


def steeper(part: Floats, amount: float) -> Floats:
    """An S-shaped curve through black, middle and white."""
    x = np.clip(part, 0, 1)
    return np.asarray(x + np.float32(amount) * (x * x * (3 - 2 * x) - x), np.float32)


def gained(colours: Triple, red: float, green: float, blue: float) -> Triple:
    """Each colour times its own gain, at the same luma as before where nothing clips."""
    grey = luma(*colours)
    parts = (colours[0] * np.float32(red), colours[1] * np.float32(green), colours[2] * np.float32(blue))
    new = np.maximum(luma(*parts), np.float32(1e-4))
    scale = np.where(grey > 1e-4, grey / new, np.float32(1)).astype(np.float32)
    return parts[0] * scale, parts[1] * scale, parts[2] * scale
