"""Where the subject is: a point a shot, or a path where it clearly moves, so that a picture cut to another shape keeps
it in sight.

Twice a second a small map says how much each part of the picture draws the eye: what stands out from its surroundings
and from the picture's border (Itti, Koch & Niebur 1998; Achanta et al. 2009; Wei et al. 2012), what is sharp, what
moves otherwise than the camera, what has the colour of skin, what changes; all a little less towards the edges. A cue
counts by how few places it points to: what is everywhere says nothing. Over a shot the maps lead a steady path
(Viterbi): it moves only where that gains more than it costs, so it neither trembles nor jumps. Maps are of the upright
picture, GRID x GRID shares of its width and height. Faces are not looked for: cascades miss nearly all of them at this
size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from reelscore.understand.glimpses import Glimpse, Planes
from reelscore.values.reading import FocusPoint, MediaInfo, Shot
from reelscore.values.time import seconds

SAMPLES_PER_SECOND = 2
GRID = 24
WINDOW = 0.32  # of the side that is cut: what 9:16 shows of 16:9

Map = NDArray[np.floating[Any]]  # (rows, columns), or of a picture (rows, columns, 3)
Path = NDArray[np.float64]  # one share of the side per sample

_LATE = 0.2  # seconds to wait for a frame whose motion is known
_RECENT = 1.0  # seconds between two frames whose difference means something
_TOP_CELLS = 8  # the level of a cue is that of its eighth strongest cell
_BORDER_NOISE = 36.0  # variance that any border has
_CENTRE_FLOOR, _CENTRE_SIGMA = 0.55, 0.36
_STILL_SPEED = 0.02  # picture widths per second
_STILL_LIGHT = 5.0  # difference of luma that noise makes
_SKIN_TONES = (40, 77, 135), (230, 124, 170)  # chroma of skin of any shade (Chai & Ngan 1999), not black, not white

# how much a cue weighs, and the level that counts fully
_SURROUNDINGS, _BORDER, _SHARPNESS = (1.0, 40.0), (1.0, 8.0), (0.8, 40.0)
_SKIN, _MOTION, _CHANGE = (0.4, 0.3), (2.0, 0.08), (1.5, 12.0)

_MOVE_COST = 1.5  # of a sample's whole mass, for a move over the whole side
_CLEAR_GAIN = 1.25  # times what the best single point holds: a path that holds less is none
_BEND = 0.03  # of the side: how far a path may stray from its points
_FAINT = 0.003  # mean strength, squared, below which a map says little
_SURE = 0.45  # confidence from which the point is believed whole


@dataclass(frozen=True, slots=True)
class Sight:
    """What draws the eye in one frame, 0..255."""

    at: float
    map: NDArray[np.uint8]


class FocusMeter:
    """Takes frames in order, each with what moved in it by itself where that is known, and maps some of them."""

    def __init__(self, info: MediaInfo, samples_per_second: int = SAMPLES_PER_SECOND) -> None:
        self.sights: list[Sight] = []
        self._turns = info.video.rotation // 90 % 4 if info.video else 0
        self._every = 1.0 / samples_per_second
        self._due = 0.0
        self._before: tuple[float, Map] | None = None

    def add(self, glimpse: Glimpse, moving: Map | None = None) -> None:
        """`moving`: speeds left when the camera's are taken out, picture widths per second, any grid."""
        if glimpse.at < self._due or (moving is None and self.sights and glimpse.at < self._due + _LATE):
            return
        at = float(glimpse.at)
        self._due = at + self._every
        picture = small_picture(glimpse.planes)
        recent = self._before is not None and at - self._before[0] < _RECENT
        before = self._before[1] if self._before is not None and recent else None
        self._before = at, picture
        drawn = drawing_the_eye(glimpse.planes[0], picture, moving, before)
        self.sights.append(Sight(at, np.asarray(np.rot90(np.rint(drawn * 255), -self._turns), np.uint8)))


def small_picture(planes: Planes) -> Map:
    """Half the size of a glimpse, (rows, columns, 3)."""
    half = (planes.shape[2] // 2, planes.shape[1] // 2)
    return np.asarray(cv2.merge([cv2.resize(p, half, interpolation=cv2.INTER_AREA) for p in planes]), np.float32)


def drawing_the_eye(
    light: NDArray[np.uint8], picture: Map, moving: Map | None = None, before: Map | None = None
) -> Map:
    """How much each part of a picture draws the eye, (GRID, GRID). `light` is its luma in full size; `moving` as in
    FocusMeter.add; `before` is the picture a moment earlier."""
    rows, columns = picture.shape[:2]
    apart = cv2.blur(picture, (3, 3)) - cv2.blur(picture, (columns // 3 | 1, rows // 3 | 1))
    cues = [
        (_on_grid(_length(apart)), *_SURROUNDINGS),
        (_unlike_border(_on_grid(picture)), *_BORDER),
        (_on_grid(np.abs(cv2.Laplacian(light, cv2.CV_32F))), *_SHARPNESS),
        (_on_grid(cv2.inRange(picture, *_SKIN_TONES).astype(np.float32) / 255), *_SKIN),
    ]
    if moving is not None:
        speed = np.maximum(0, moving - _STILL_SPEED)
        trusted = _MOTION[1] / (_MOTION[1] + float(np.median(speed)))  # grain seems to move everywhere
        cues.append((_on_grid(speed), _MOTION[0] * trusted, _MOTION[1]))
    if before is not None:
        other = np.abs(picture[..., 0] - before[..., 0]) - _STILL_LIGHT
        cues.append((_on_grid(np.maximum(0, other)), *_CHANGE))
    weights, full = np.array([cue[1:] for cue in cues], np.float32).T
    drawn = _pointed(np.stack([cue[0] for cue in cues]).reshape(len(cues), -1), full)
    return np.asarray(np.minimum(1.0, (weights @ drawn).reshape(GRID, GRID) * _CENTRE / 2))


def focus_points(sights: Sequence[Sight], shots: Sequence[Shot]) -> tuple[FocusPoint, ...]:
    """At least one point a shot, at its start: the middle of the picture without confidence where nothing is known.
    Between points of one shot the subject moves evenly."""
    at = np.array([sight.at for sight in sights])
    points: list[FocusPoint] = []
    for shot in shots:
        first, last = np.searchsorted(at, [float(shot.span.start) - 1e-6, float(shot.span.end) - 1e-6])
        points += _of_shot(sights[first:last], shot) if last > first else [FocusPoint(shot.span.start, 0.5, 0.5, 0.0)]
    return tuple(points)


def _of_shot(sights: Sequence[Sight], shot: Shot) -> list[FocusPoint]:
    maps = np.stack([sight.map for sight in sights]).astype(np.float64) / 255
    at = np.array([sight.at for sight in sights])
    maps = _smoothed(maps, at) ** 2  # squared: one strong place outweighs many weak ones
    across, sure_x = _followed(maps.sum(axis=1), at)
    near = np.exp(-0.5 * ((_MIDDLES[None, :] - across[:, None]) / (WINDOW / 2)) ** 2)
    down, sure_y = _followed(np.einsum("tyx,tx->ty", maps, near), at)
    x, y = _believed(across, sure_x), _believed(down, sure_y)
    return [
        FocusPoint(
            shot.span.start if n == 0 else seconds(float(at[n])),
            round(float(x[n]), 3),
            round(float(y[n]), 3),
            round(max(sure_x, sure_y), 3),
        )
        for n in _bends(np.stack([x, y], axis=1), at)
    ]


def _followed(profiles: Path, at: Path) -> tuple[Path, float]:
    """Of one side, shape (samples, GRID): the middle of a window that holds most over time, and how sure that is."""
    mass = profiles.sum(axis=1)
    if not mass.any():
        return np.full(len(at), 0.5), 0.0
    held = profiles @ _WINDOWS
    usual = float(mass.mean())
    cells = _viterbi(held / usual, np.diff(at, prepend=at[:1]))
    steady = int(held.sum(axis=0).argmax())
    if held[np.arange(len(at)), cells].sum() < _CLEAR_GAIN * held[:, steady].sum():
        cells = np.full(len(at), steady)
    inside = _WINDOWS[cells] * profiles
    flat = _flat_share(cells)
    inner, whole = float(inside.sum()), float(profiles.sum())
    sure = max(0.0, (inner / whole - flat) / (0.9 - flat)) * min(1.0, usual / (_FAINT * GRID**2))
    centre = (inside @ _MIDDLES) / np.maximum(inside.sum(axis=1), 1e-9)
    weight = inside.sum(axis=1)
    if not np.ptp(cells):
        centre = np.full(len(at), float((centre * weight).sum() / max(1e-9, weight.sum())))
    else:
        centre = _smoothed(np.where(weight > 0, centre, _MIDDLES[cells]), at)
    return centre, min(1.0, sure)


def _viterbi(gain: Path, gaps: Path) -> NDArray[np.int64]:
    """The cell in each sample that gains most in all; a move costs by its length, and less over a longer time."""
    reach = _MOVE_COST * np.abs(_MIDDLES[:, None] - _MIDDLES[None, :])
    best, came = gain[0].copy(), np.zeros(gain.shape, np.int64)
    for n in range(1, len(gain)):
        through = best[None, :] - reach * min(2.0, max(0.5, 0.5 / max(0.05, float(gaps[n]))))
        came[n] = through.argmax(axis=1)
        best = through[_CELLS, came[n]] + gain[n]
    cells = np.zeros(len(gain), np.int64)
    cells[-1] = int(best.argmax())
    for n in range(len(gain) - 1, 0, -1):
        cells[n - 1] = came[n, cells[n]]
    return cells


def _flat_share(cells: NDArray[np.int64]) -> float:
    """What these windows would hold if nothing stood out."""
    return float((_WINDOWS[cells] @ _PRIOR).mean() / _PRIOR.sum())


def _believed(path: Path, sure: float) -> Path:
    """Doubtful ways lead to the middle."""
    share = min(1.0, sure / _SURE)
    return np.asarray(0.5 + (path - 0.5) * share * share * (3 - 2 * share))


def _bends(path: Path, at: Path) -> list[int]:
    """The samples that a path cannot do without (Douglas & Peucker 1973, over time)."""
    if len(path) < 2 or float(np.ptp(path, axis=0).max()) < _BEND:
        return [0]
    kept, open_ends = {0, len(path) - 1}, [(0, len(path) - 1)]
    while open_ends:
        a, b = open_ends.pop()
        share = ((at[a : b + 1] - at[a]) / max(1e-9, at[b] - at[a]))[:, None]
        off = np.abs(path[a : b + 1] - (path[a] + share * (path[b] - path[a]))).max(axis=1)
        n = a + int(off.argmax())
        if off[n - a] > _BEND and a < n < b:
            kept.add(n)
            open_ends += [(a, n), (n, b)]
    return sorted(kept)


def _smoothed(values: Path, at: Path) -> Path:
    """Each sample with its neighbours in the shot, 1 2 1; samples far apart in time have none."""
    if len(values) < 2:
        return values
    near = (np.diff(at) < 1.5).astype(np.float64).reshape(-1, *[1] * (values.ndim - 1))
    total, weight = 2 * values, np.full((len(values), *[1] * (values.ndim - 1)), 2.0)
    total[1:] += near * values[:-1]
    total[:-1] += near * values[1:]
    weight[1:] += near
    weight[:-1] += near
    return np.asarray(total / weight)


def _pointed(cues: Map, full: Map) -> Map:
    """Of each cue (one a row) what is above the usual, 0..1; less where the usual is much, and where many share it."""
    ordered = np.sort(cues, axis=1)
    usual, top = ordered[:, ordered.shape[1] // 2], ordered[:, -_TOP_CELLS]
    above = np.clip((cues - usual[:, None]) / np.maximum(1e-6, top - usual)[:, None], 0, 1)
    strength = np.minimum(1, (top - usual) / full) * full / (full + usual) * (1 - above.mean(axis=1)) ** 2
    return np.asarray(above * strength[:, None], np.float32)


def _unlike_border(grid: Map) -> Map:
    """Distance from the colours of each side of the picture, in their own spread (Mahalanobis); of the four the second
    smallest, so that a subject may reach over one side."""
    half = cv2.resize(grid, (GRID // 2, GRID // 2), interpolation=cv2.INTER_AREA)
    colours = np.stack([half[0], half[-1], half[:, 0], half[:, -1]])
    middle = colours.mean(axis=1, keepdims=True)
    away = colours - middle
    spread = away.transpose(0, 2, 1) @ away / away.shape[1] + _BORDER_NOISE * np.eye(3, dtype=np.float32)
    apart = half.reshape(1, -1, 3) - middle
    distance = ((apart @ np.linalg.inv(spread)) * apart).sum(axis=2)
    second = np.sqrt(np.maximum(0, np.sort(distance, axis=0)[1])).reshape(half.shape[:2])
    return np.asarray(cv2.resize(second, (GRID, GRID), interpolation=cv2.INTER_LINEAR), np.float32)


def _length(vectors: Map) -> Map:
    return np.sqrt(cv2.transform(vectors * vectors, np.ones((1, 3), np.float32)))


def _on_grid(cue: Map) -> Map:
    way = cv2.INTER_AREA if cue.shape[0] >= GRID and cue.shape[1] >= GRID else cv2.INTER_LINEAR
    return np.asarray(cv2.blur(cv2.resize(cue, (GRID, GRID), interpolation=way), (3, 3)), np.float32)


_CELLS = np.arange(GRID)
_MIDDLES = (_CELLS + 0.5) / GRID
_WINDOWS = np.clip((WINDOW / 2 + 0.5 / GRID - np.abs(_MIDDLES[:, None] - _MIDDLES[None, :])) * GRID, 0, 1)
_PRIOR = _CENTRE_FLOOR + (1 - _CENTRE_FLOOR) * np.exp(-0.5 * ((_MIDDLES - 0.5) / _CENTRE_SIGMA) ** 2)
_PRIOR[[0, 1, -2, -1]] *= [0.5, 0.8, 0.8, 0.5]  # what lies along an edge is seldom meant
_CENTRE = np.outer(_PRIOR, _PRIOR).astype(np.float32)
