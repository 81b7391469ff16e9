"""A picture's pixels brought to their place on the canvas.

Straight placements are a cut-out that is resized (averaging when it shrinks, cubic when it grows); moves and tilts are
warped with positions finer than a pixel, because a slow zoom in whole pixels judders. Places are even pixels, so that
chroma fits. Borders of a tilted picture are smooth.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

import cv2
import numpy as np

from reelscore.render.kernels import multiply
from reelscore.render.pictures import half_alpha, turned
from reelscore.render.placement import Matrix, Placement
from reelscore.render.planes import Plane, Planes

SHRINK_FIRST = 2.0  # a warp takes the nearest pixels only: pictures shown much smaller are made smaller before


@dataclass(frozen=True, slots=True)
class Sprite:
    """Planes and the even pixel of the canvas at which they lie."""

    planes: Planes
    left: int
    top: int

    def covers(self, canvas: tuple[int, int]) -> bool:
        """Does it hide everything below?"""
        return (
            self.planes.a is None
            and self.left <= 0
            and self.top <= 0
            and self.left + self.planes.width >= canvas[0]
            and self.top + self.planes.height >= canvas[1]
        )


def resampled(
    planes: Planes,
    at: Placement,
    canvas: tuple[int, int],
    moving: bool,
    into: Planes | None = None,
    draft: bool = False,
) -> Sprite | None:
    """The picture at its place; None when nothing of it is on the canvas.

    `into`: planes of the canvas that may take an opaque picture covering all of it, which saves a copy.
    """
    planes = turned(planes, at.turns * 90)
    left, right = _even_span(at.visible[0], at.visible[2], canvas[0])
    top, bottom = _even_span(at.visible[1], at.visible[3], canvas[1])
    if right <= left or bottom <= top:
        return None
    whole = (left, top, right, bottom) == (0, 0, *canvas)
    target = into if whole and planes.a is None and not at.slanted else None
    size = (right - left, bottom - top)
    if moving or at.slanted:
        found = _warped(planes, at, (left, top), size, target)
    else:
        found = _resized(planes, at, (left, top), size, target, draft)
    return Sprite(found, left, top)


def _even_span(low: float, high: float, limit: int) -> tuple[int, int]:
    """The part on the canvas, to even pixels; at least two of them where it is on the canvas at all."""
    if high <= 0 or low >= limit or high <= low:
        return 0, 0
    first = max(0, 2 * round(low / 2))
    last = min(limit, 2 * round(high / 2))
    return (min(first, limit - 2), min(first, limit - 2) + 2) if last <= first else (first, last)


def _resized(
    planes: Planes,
    at: Placement,
    corner: tuple[int, int],
    size: tuple[int, int],
    target: Planes | None,
    draft: bool,
) -> Planes:
    back = np.linalg.inv(at.matrix)
    xs = back[0, 0] * np.array([corner[0], corner[0] + size[0]]) + back[0, 2]
    ys = back[1, 1] * np.array([corner[1], corner[1] + size[1]]) + back[1, 2]
    columns, rows = _cut(xs, planes.width), _cut(ys, planes.height)
    mirrored = (2 if xs[1] < xs[0] else 0) + (1 if ys[1] < ys[0] else 0)

    def scaled(plane: Plane, half: bool, out: Plane | None) -> Plane:
        n = 2 if half else 1
        part = plane[rows[0] // n : -(-rows[1] // n), columns[0] // n : -(-columns[1] // n)]
        wanted = (size[0] // n, size[1] // n)
        if mirrored:
            part = np.asarray(cv2.flip(part, {1: 0, 2: 1, 3: -1}[mirrored]), np.uint8)
        if part.shape == (wanted[1], wanted[0]):
            return _given(part, out)
        shrinks = part.shape[0] * part.shape[1] > wanted[0] * wanted[1]
        how = cv2.INTER_LINEAR if draft else cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
        return np.asarray(cv2.resize(part, wanted, dst=out, interpolation=how), np.uint8)

    outs = target.colour if target else (None, None, None)
    y, u, v = (scaled(p, n > 0, outs[n]) for n, p in enumerate(planes.colour))
    return Planes(y, u, v, None if planes.a is None else np.ascontiguousarray(scaled(planes.a, False, None)))


def _given(part: Plane, out: Plane | None) -> Plane:
    if out is None:
        return np.ascontiguousarray(part)
    np.copyto(out, part)
    return out


def _cut(ends: np.ndarray, limit: int) -> tuple[int, int]:
    """The whole even pixels of the source nearest to this stretch."""
    low, high = sorted((float(ends[0]), float(ends[1])))
    first = min(max(0, 2 * floor(low / 2 + 0.5)), max(0, limit - 2))
    last = 2 * floor(high / 2 + 0.5)
    return first, min(limit, max(last, first + 2)) if last < limit - 1 else limit


def _warped(
    planes: Planes, at: Placement, corner: tuple[int, int], size: tuple[int, int], target: Planes | None
) -> Planes:
    matrix = np.array([[1, 0, -corner[0]], [0, 1, -corner[1]], [0, 0, 1.0]]) @ at.matrix
    clear = planes.a is not None or at.slanted
    outs = target.colour if target else (None, None, None)
    half = (size[0] // 2, size[1] // 2)
    small = np.diag([0.5, 0.5, 1.0]) @ matrix @ np.diag([2.0, 2.0, 1.0])
    sizes, matrices = (size, half, half), (matrix, small, small)
    y, u, v = (_warp(p, matrices[n], sizes[n], outs[n], clear) for n, p in enumerate(planes.colour))
    if not clear:
        return Planes(y, u, v)
    solid = planes.a if planes.a is not None else np.full(planes.y.shape, 255, np.uint8)
    alpha = _warp(solid, matrix, size, None, False, cv2.BORDER_CONSTANT)
    if planes.a is None:
        multiply(y, alpha)
        chroma = half_alpha(alpha, *half)
        multiply(u, chroma)
        multiply(v, chroma)
    return Planes(y, u, v, alpha)


def _warp(
    plane: Plane,
    matrix: Matrix,
    size: tuple[int, int],
    out: Plane | None,
    own: bool,
    border: int = cv2.BORDER_REPLICATE,
) -> Plane:
    """Corner coordinates to pixel centres and through the warp. `own`: a fresh array."""
    centred = np.array([[1, 0, -0.5], [0, 1, -0.5], [0, 0, 1.0]]) @ matrix
    centred = centred @ np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1.0]])
    to = None if own else out
    whole = np.ascontiguousarray(plane)
    found = cv2.warpAffine(whole, centred[:2], size, dst=to, flags=cv2.INTER_LINEAR, borderMode=border)
    return np.asarray(found, np.uint8)


def shrunk(planes: Planes, scale: float) -> Planes:
    """The picture made smaller by a whole factor before it is warped at `scale`, if that is much below 1."""
    factor = int(1 / scale) if scale < 1 / SHRINK_FIRST else 1
    if factor < 2:
        return planes
    width, height = 2 * max(1, planes.width // factor // 2), 2 * max(1, planes.height // factor // 2)

    def small(plane: Plane, half: int) -> Plane:
        found = cv2.resize(plane, (width // half, height // half), interpolation=cv2.INTER_AREA)
        return np.asarray(found, np.uint8)

    y, u, v = (small(p, 2 if n else 1) for n, p in enumerate(planes.colour))
    return Planes(y, u, v, None if planes.a is None else small(planes.a, 1))
