"""Where a picture lies on the canvas: crop, flip, rotate, zoom, fit, scale and place as one affine map. Pure.

A map takes the source's pixels (corner coordinates: the first pixel covers 0..1) to the canvas' pixels. `visible` is
the rectangle of the canvas that the layer may cover. A turn by right angles is done on the planes first and is no
longer part of the map.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from math import cos, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from reelscore.values.time import Seconds
from reelscore.values.timeline import Box, Picture, Zoom

Matrix = NDArray[np.float64]  # (3, 3)
Rect = tuple[float, float, float, float]  # left, top, right, bottom in pixels
_FLAT = 1e-6


@dataclass(frozen=True, slots=True)
class Placement:
    """`turns` quarter turns clockwise, then `matrix`. `slanted`: more is left than scaling, mirroring and moving."""

    turns: int
    matrix: Matrix
    visible: Rect
    slanted: bool

    @property
    def scale(self) -> float:
        """Canvas pixels a source pixel, in the mean of both directions."""
        return sqrt(abs(float(np.linalg.det(self.matrix[:2, :2]))))


def place(
    picture: Picture,
    shown: tuple[int, int],
    stored: tuple[int, int],
    canvas: tuple[int, int],
    window: Box | None = None,
    fit: str = "",
) -> Placement:
    """The placement of a picture of `stored` pixels that is shown as `shown` square pixels. `window` is the part of the
    picture that the zoom shows now; `fit` replaces the picture's own."""
    turns = round(picture.rotation / 90)
    rest = picture.rotation - 90 * turns
    crop = _sane(picture.crop)
    width, height = shown[0] * (crop.right - crop.left), shown[1] * (crop.bottom - crop.top)
    chain = _scaled(1 / stored[0], 1 / stored[1])
    chain = _moved(-crop.left, -crop.top) @ chain
    chain = _scaled(1 / (crop.right - crop.left), 1 / (crop.bottom - crop.top)) @ chain
    chain = _scaled(width, height) @ _moved(-0.5, -0.5) @ chain
    chain = _scaled(-1.0 if picture.flip_horizontal else 1.0, -1.0 if picture.flip_vertical else 1.0) @ chain
    chain = _turned(picture.rotation) @ chain
    c, s = abs(cos(radians(picture.rotation))), abs(sin(radians(picture.rotation)))
    across, down = width * c + height * s, width * s + height * c
    shares = (1.0, 1.0)
    if window is not None:
        window = _sane(window)
        shift = ((window.left + window.right - 1) / 2 * across, (window.top + window.bottom - 1) / 2 * down)
        chain = _moved(-shift[0], -shift[1]) @ chain
        shares = (window.right - window.left, window.bottom - window.top)
        across, down = across * shares[0], down * shares[1]
    own = (shares[1], shares[0]) if turns % 2 else shares
    hides = max((canvas[0] * c + canvas[1] * s) / (width * own[0]), (canvas[0] * s + canvas[1] * c) / (height * own[1]))
    fitted, visible = _fitted(fit or picture.fit, (across, down), hides, canvas)
    focus = chain @ np.array([picture.focus_x * stored[0], picture.focus_y * stored[1], 1.0])
    offset = [
        min(room, max(-room, -point * factor))
        for point, factor, room in zip(
            focus[:2],
            fitted,
            (max(0.0, (across * fitted[0] - visible[0]) / 2), max(0.0, (down * fitted[1] - visible[1]) / 2)),
            strict=True,
        )
    ]
    if abs(rest) > _FLAT:
        offset = [0.0, 0.0]  # a tilted picture has no edge to stay within but its middle
    chain = _moved(*offset) @ _scaled(*fitted) @ chain
    chain = _moved(picture.x * canvas[0], picture.y * canvas[1]) @ _scaled(picture.scale, picture.scale) @ chain
    half = visible[0] * picture.scale / 2, visible[1] * picture.scale / 2
    centre = picture.x * canvas[0], picture.y * canvas[1]
    rect = (centre[0] - half[0], centre[1] - half[1], centre[0] + half[0], centre[1] + half[1])
    return Placement(turns % 4, chain @ _unturned(turns % 4, stored), rect, abs(rest) > _FLAT)


def window_at(zoom: Zoom, share: float) -> Box:
    """The part of the picture a move shows after this share of its time. Sizes change by equal factors in equal times,
    so that the zoom seems steady; the view moves along as its size does."""
    share = min(1.0, max(0.0, share))
    if zoom.easing != "linear":
        share = share * share * (3 - 2 * share)
    start, end = _sane(zoom.start), _sane(zoom.end)
    left, right = _between(start.left, start.right, end.left, end.right, share)
    top, bottom = _between(start.top, start.bottom, end.top, end.bottom, share)
    return Box(left, top, right, bottom)


def aimed(picture: Picture, at: Seconds) -> Picture:
    """The picture with the focus that its path has at this moment of the source."""
    path = picture.path
    if not path:
        return picture
    n = bisect_right(path, at, key=lambda aim: aim.at)
    a, b = path[max(0, n - 1)], path[min(n, len(path) - 1)]
    share = float((at - a.at) / (b.at - a.at)) if n and b.at > a.at else 0.0
    x, y = a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share
    return replace(picture, focus_x=x, focus_y=y, path=())


def _between(a0: float, a1: float, b0: float, b1: float, share: float) -> tuple[float, float]:
    first, last = a1 - a0, b1 - b0
    size = first * (last / first) ** share
    moved = (size - first) / (last - first) if abs(last - first) > 1e-9 else share
    low = a0 + (b0 - a0) * moved
    return low, low + size


def _sane(box: Box) -> Box:
    """Never smaller than a hundredth, never inside out."""
    left, top = min(box.left, 0.99), min(box.top, 0.99)
    return Box(left, top, max(box.right, left + 0.01), max(box.bottom, top + 0.01))


def _fitted(
    fit: str, size: tuple[float, float], hides: float, canvas: tuple[int, int]
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Factors across and down, and the size that is seen. `hides` is the least factor that covers the canvas."""
    across, down = canvas[0] / size[0], canvas[1] / size[1]
    if fit == "stretch":
        return (across, down), (float(canvas[0]), float(canvas[1]))
    if fit == "cover":
        return (hides, hides), (float(canvas[0]), float(canvas[1]))
    factor = min(across, down)
    return (factor, factor), (size[0] * factor, size[1] * factor)


def _scaled(x: float, y: float) -> Matrix:
    return np.diag([x, y, 1.0])


def _moved(x: float, y: float) -> Matrix:
    return np.array([[1.0, 0.0, x], [0.0, 1.0, y], [0.0, 0.0, 1.0]])


def _turned(degrees: float) -> Matrix:
    """Clockwise on a canvas whose y points down."""
    quarter = degrees / 90
    if abs(quarter - round(quarter)) < 1e-9:
        c, s = ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))[round(quarter) % 4]
    else:
        c, s = cos(radians(degrees)), sin(radians(degrees))
    return np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])


def _unturned(turns: int, stored: tuple[int, int]) -> Matrix:
    """From the pixels of the planes after `turns` quarter turns back to the stored ones."""
    width, height = stored
    if turns == 0:
        return np.eye(3)
    if turns == 1:
        return np.array([[0.0, 1.0, 0.0], [-1.0, 0.0, height], [0.0, 0.0, 1.0]])
    if turns == 2:
        return np.array([[-1.0, 0.0, width], [0.0, -1.0, height], [0.0, 0.0, 1.0]])
    return np.array([[0.0, -1.0, width], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
