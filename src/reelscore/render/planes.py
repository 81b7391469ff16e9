"""Pictures as planes: what the renderer works on, from the decoder to the encoder.

Everything is 8-bit YUV 4:2:0, BT.709, limited range, because that is what decoders give and encoders take; whole frames
never go through RGB. A picture with transparency carries a fourth plane and is *premultiplied in code values*: each
sample is multiplied by its own opacity, so that laying it over another picture is `under * (1 - alpha) + over`, exact
for these affine codes as well, and resampling leaves no fringes (Porter & Duff 1984).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.uint8]

KR, KB = 0.2126, 0.0722  # BT.709
KG = 1.0 - KR - KB


@dataclass(frozen=True, slots=True)
class Planes:
    """Luma (height, width), chroma at half size (rounded up), and opacity at luma size, or None when opaque."""

    y: Plane
    u: Plane
    v: Plane
    a: Plane | None = None

    @property
    def width(self) -> int:
        return int(self.y.shape[1])

    @property
    def height(self) -> int:
        return int(self.y.shape[0])

    @property
    def colour(self) -> tuple[Plane, Plane, Plane]:
        return self.y, self.u, self.v


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour in code values, not multiplied by its opacity (0..255)."""

    y: int
    u: int
    v: int
    alpha: int = 255


def parse_colour(text: str) -> Colour:
    """`#rgb`, `#rrggbb` or `#rrggbbaa` as BT.709 code values. The edit has checked the form; odd ones are black."""
    digits = text.lstrip("#")
    if len(digits) in (3, 4):
        digits = "".join(c * 2 for c in digits)
    try:
        parts = [int(digits[n : n + 2], 16) for n in range(0, len(digits), 2)]
    except ValueError:
        parts = []
    if len(parts) not in (3, 4):
        parts = [0, 0, 0]
    y, u, v = codes(*(part / 255.0 for part in parts[:3]))
    return Colour(y, u, v, parts[3] if len(parts) == 4 else 255)


def codes(red: float, green: float, blue: float) -> tuple[int, int, int]:
    """One R'G'B' colour, 0..1, as limited-range code values."""
    luma = KR * red + KG * green + KB * blue
    u = (blue - luma) / (2 * (1 - KB))
    v = (red - luma) / (2 * (1 - KR))
    return round(16 + 219 * luma), round(128 + 224 * u), round(128 + 224 * v)


def chroma_size(width: int, height: int) -> tuple[int, int]:
    return (width + 1) // 2, (height + 1) // 2


def empty(width: int, height: int, alpha: bool = False) -> Planes:
    """Planes whose samples mean nothing yet."""
    cw, ch = chroma_size(width, height)
    y = np.empty((height, width), np.uint8)
    u, v = np.empty((ch, cw), np.uint8), np.empty((ch, cw), np.uint8)
    return Planes(y, u, v, np.empty((height, width), np.uint8) if alpha else None)


def transparent(width: int, height: int) -> Planes:
    """Nothing at all."""
    cw, ch = chroma_size(width, height)
    y, a = np.zeros((height, width), np.uint8), np.zeros((height, width), np.uint8)
    return Planes(y, np.zeros((ch, cw), np.uint8), np.zeros((ch, cw), np.uint8), a)


def fill(planes: Planes, colour: Colour) -> None:
    """Every sample of this colour (opaque)."""
    planes.y.fill(colour.y)
    planes.u.fill(colour.u)
    planes.v.fill(colour.v)
    if planes.a is not None:
        planes.a.fill(255)


def packed(width: int, height: int) -> tuple[Plane, Planes]:
    """A packed I420 frame, shape (height * 3 // 2, width), and its planes as views into it. Even sizes only."""
    frame = np.empty((height * 3 // 2, width), np.uint8)
    flat = frame.reshape(-1)
    luma, chroma = width * height, width * height // 4
    half = (height // 2, width // 2)
    planes = Planes(
        flat[:luma].reshape(height, width),
        flat[luma : luma + chroma].reshape(half),
        flat[luma + chroma :].reshape(half),
    )
    return frame, planes


def copy_into(target: Planes, source: Planes) -> None:
    """All samples of a picture of the same size."""
    for to, of in zip(target.colour, source.colour, strict=True):
        np.copyto(to, of)
    if target.a is not None:
        if source.a is None:
            target.a.fill(255)
        else:
            np.copyto(target.a, source.a)
