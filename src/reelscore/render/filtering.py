"""What a picture filter is, how several become one pass, and where they are found.

One file in `filters/` is one filter, `FILTER`. Three kinds:

* `curves(y, u, v, amount)` changes each code value by itself: three small tables, nearly free;
* `grade(red, green, blue, amount)` changes colours: all grades in a row become one table through which the planes go
  once, without a whole frame ever being RGB;
* `area(planes, amount, frame)` looks at more than one pixel (blur, grain, vignette); `frame` counts from the
  segment's first, for what moves.

Amount 1 is the filter as named, 0 nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, reduce
from importlib import import_module
from pkgutil import iter_modules

import cv2
import numpy as np
from numpy.typing import NDArray

from reelscore.errors import DataError, one_of
from reelscore.render.colour import Cells, Floats, Triple, decode, encode, make_cells
from reelscore.render.kernels import divide, multiply
from reelscore.render.pictures import half_alpha
from reelscore.render.planes import Planes, empty
from reelscore.values.timeline import Filter

Curves = Callable[[Floats, Floats, Floats, float], Triple]
Area = Callable[[Planes, float, int], Planes]


@dataclass(frozen=True, slots=True)
class PictureFilter:
    """One filter. `moving`: it changes from frame to frame even over a still picture."""

    name: str
    help: str
    curves: Curves | None = None
    grade: Curves | None = None
    area: Area | None = None
    moving: bool = False


@lru_cache(maxsize=1)
def filters() -> dict[str, PictureFilter]:
    """Every filter by name."""
    import reelscore.render.filters as folder

    names = sorted(found.name for found in iter_modules(folder.__path__))
    loaded = [import_module(f"{folder.__name__}.{name}").FILTER for name in names]
    return {one.name: one for one in loaded}


def named(name: str) -> PictureFilter:
    found = filters().get(name)
    if found is None:
        raise DataError(f'No filter is called "{name}".', one_of(name, filters()))
    return found


def moving(chosen: tuple[Filter, ...]) -> bool:
    """Does any of them move by itself?"""
    return any(named(one.name).moving for one in chosen if one.amount)


def filtered(planes: Planes, chosen: tuple[Filter, ...], frame: int) -> Planes:
    """The picture through these filters, in their order. The planes given are left as they are."""
    steps = _steps(tuple((one.name, float(one.amount)) for one in chosen if one.amount))
    if not steps:
        return planes
    alpha = planes.a
    colours = _straight(planes) if alpha is not None else planes
    for step in steps:
        colours = step(colours, frame)
    return colours if alpha is None else _covered(colours, alpha)


Step = Callable[[Planes, int], Planes]


@lru_cache(maxsize=64)
def _steps(chosen: tuple[tuple[str, float], ...]) -> tuple[Step, ...]:
    """As few passes as the order of the filters allows."""
    steps: list[Step] = []
    run: list[tuple[str, float]] = []

    def finish() -> None:
        if run:
            steps.append(_colour_step(tuple(run)))
            run.clear()

    for name, amount in chosen:
        one = named(name)
        if one.curves or one.grade:
            run.append((name, amount))
        if one.area:
            finish()
            steps.append(_area_step(one.area, amount))
    finish()
    return tuple(steps)


def _area_step(area: Area, amount: float) -> Step:
    return lambda planes, frame: area(planes, amount, frame)


@lru_cache(maxsize=32)
def _colour_step(run: tuple[tuple[str, float], ...]) -> Step:
    chosen = [(named(name), amount) for name, amount in run]
    if all(one.curves for one, _ in chosen):
        return _tables_step(chosen)
    return _cells_step(make_cells(lambda y, u, v: reduce(lambda c, f: _one(f[0], f[1], c), chosen, (y, u, v))))


def _one(filter_: PictureFilter, amount: float, codes: Triple) -> Triple:
    """One filter on code values."""
    if filter_.curves:
        return filter_.curves(*codes, amount)
    assert filter_.grade is not None
    red, green, blue = (np.clip(part, 0, 1) for part in decode(*codes))
    red, green, blue = filter_.grade(red, green, blue, amount)
    return encode(np.clip(red, 0, 1), np.clip(green, 0, 1), np.clip(blue, 0, 1))


def _tables_step(chosen: list[tuple[PictureFilter, float]]) -> Step:
    levels = np.arange(256, dtype=np.float32)
    found: Triple = (levels, levels, levels)
    for one, amount in chosen:
        found = _one(one, amount, found)
    tables: list[NDArray[np.uint8]] = [np.clip(np.round(part), 0, 255).astype(np.uint8) for part in found]

    def step(planes: Planes, _: int) -> Planes:
        y, u, v = (np.asarray(cv2.LUT(p, table), np.uint8) for p, table in zip(planes.colour, tables, strict=True))
        return Planes(y, u, v)

    return step


def _cells_step(cells: Cells) -> Step:
    def step(planes: Planes, _: int) -> Planes:
        out = empty(planes.width, planes.height)
        cells.apply(planes, out)
        return out

    return step


def _straight(planes: Planes) -> Planes:
    assert planes.a is not None
    y, u, v = (plane.copy() for plane in planes.colour)
    chroma = half_alpha(planes.a, u.shape[1], u.shape[0])
    divide(y, planes.a)
    divide(u, chroma)
    divide(v, chroma)
    return Planes(y, u, v)


def _covered(planes: Planes, alpha: NDArray[np.uint8]) -> Planes:
    y, u, v = (np.ascontiguousarray(plane) for plane in planes.colour)
    chroma = half_alpha(alpha, u.shape[1], u.shape[0])
    multiply(y, alpha)
    multiply(u, chroma)
    multiply(v, chroma)
    return Planes(y, u, v, alpha)
