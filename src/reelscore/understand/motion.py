"""How much the camera moves, and how much what it looks at.

Dense optical flow (DIS, ultrafast, 160x90) between neighbouring frames a few times a second. A similarity (shift, zoom,
turn) fitted robustly to the flow is the camera; what it leaves over is the subject. Speeds are in picture widths per
second, so that size and frame rate do not matter; `moving` maps them to 0..1 with shipped constants, so that a calm
film stays calm. Moments when something in the picture suddenly moves are `motion_peaks`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import cv2
import numpy as np
from numpy.typing import NDArray

from reelscore.understand.glimpses import HEIGHT, WIDTH, Glimpse
from reelscore.values.reading import MotionPeak
from reelscore.values.time import Seconds, seconds

SAMPLES_PER_SECOND = 5
LONGEST_STEP = Fraction(1, 5)  # seconds between two frames whose motion can still be followed
CAMERA_SPEED, SUBJECT_SPEED = 0.25, 0.12  # picture widths per second that count as 63% of full motion

Speeds = NDArray[np.float64]

_GRID = 5  # every fifth pixel takes part in the fit
_PEAK_REACH, _PEAK_RISE, _PEAK_RATIO, _PEAK_APART_FROM_CUTS = 0.5, 0.12, 1.6, 0.3


@dataclass(frozen=True, slots=True)
class Motion:
    """Between two neighbouring frames, at the later one; speeds in picture widths per second."""

    at: float
    camera: float
    subject: float


class MotionMeter:
    """Takes frames in order and measures some neighbouring pairs of them."""

    def __init__(self, samples_per_second: int = SAMPLES_PER_SECOND) -> None:
        self.motions: list[Motion] = []
        self._every = 1.0 / samples_per_second
        self._flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_ULTRAFAST)
        self._before: Glimpse | None = None
        self._due = 0.0

    def add(self, glimpse: Glimpse) -> Speeds | None:
        """Where this pair of frames is measured: how fast each part moves by itself, picture widths per second."""
        before, self._before = self._before, glimpse
        if before is None or glimpse.number != before.number + 1 or glimpse.at < self._due:
            return None
        step = glimpse.at - before.at
        if not 0 < step <= LONGEST_STEP:
            return None
        self._due = float(glimpse.at) + self._every
        flow = np.zeros((HEIGHT, WIDTH, 2), np.float32)
        self._flow.calc(before.planes[0], glimpse.planes[0], flow)
        camera, rest = camera_and_rest(flow)
        self.motions.append(Motion(float(glimpse.at), camera / float(step), float(rest.mean()) / float(step)))
        return rest / float(step)


def camera_and_subject(flow: NDArray[np.float32]) -> tuple[float, float]:
    """Mean length of the camera's part of the flow and of the rest, in picture widths."""
    camera, rest = camera_and_rest(flow)
    return camera, float(rest.mean())


def camera_and_rest(flow: NDArray[np.float32]) -> tuple[float, Speeds]:
    """Mean length of the camera's part of the flow, and the length of the rest in each place of a coarse grid; in
    picture widths."""
    rows, columns = np.mgrid[_GRID // 2 : flow.shape[0] : _GRID, _GRID // 2 : flow.shape[1] : _GRID]
    moved = flow[rows, columns].reshape(-1, 2).astype(np.float64)
    x = (columns.ravel() - flow.shape[1] / 2) / WIDTH
    y = (rows.ravel() - flow.shape[0] / 2) / WIDTH
    one, none = np.ones_like(x), np.zeros_like(x)
    design = np.concatenate([np.stack([one, none, x, -y], axis=1), np.stack([none, one, y, x], axis=1)])
    target = moved.T.ravel()
    model = np.array([*np.median(moved, axis=0), 0.0, 0.0])
    for _ in range(6):
        left = np.hypot(*(target - design @ model).reshape(2, -1))
        weight = np.tile(1 / (1 + (left / max(0.15, float(np.median(left)))) ** 2) ** 2, 2)
        weighted = design * weight[:, None]
        model = np.linalg.solve(weighted.T @ design + 1e-6 * np.eye(4), weighted.T @ target)
    camera = (design @ model).reshape(2, -1)
    rest = target.reshape(2, -1) - camera
    return float(np.hypot(*camera).mean()) / WIDTH, np.hypot(*rest).reshape(rows.shape) / WIDTH


def moving(speed: NDArray[np.float64], usual: float) -> NDArray[np.float64]:
    """Picture widths per second as 0..1."""
    return np.asarray(1 - np.exp(-np.maximum(0, speed - 0.004) / usual))


def motion_peaks(motions: Sequence[Motion], cuts: Sequence[Seconds]) -> tuple[MotionPeak, ...]:
    """Where subject motion suddenly rises above what is usual around it; not beside a cut, which hits anyway."""
    if len(motions) < 3:
        return ()
    at = np.array([motion.at for motion in motions])
    level = moving(np.array([motion.subject for motion in motions]), SUBJECT_SPEED)
    edges = np.array([float(cut) for cut in cuts])
    found = []
    for i, now in enumerate(at):
        near = np.abs(at - now)
        usual = float(np.median(level[near <= 4 * _PEAK_REACH]))
        rise = float(level[i]) - usual
        highest = level[i] >= level[near <= _PEAK_REACH].max()
        apart = not len(edges) or float(np.abs(edges - now).min()) > _PEAK_APART_FROM_CUTS
        if highest and apart and rise > _PEAK_RISE and level[i] > _PEAK_RATIO * usual:
            found.append(MotionPeak(seconds(float(now)), round(min(1.0, rise / 0.6), 3)))
    return tuple(found)
