"""What the camera of a scripted film sees: fractal worlds, subjects that move through them, light and grain.

Everything is a function of the shot and the frame's number, so any frame can be drawn alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
RATE = 30
WORLD = 1.6  # a scene's painted world is this many pictures wide and high
GRAIN_TILES = 8


@dataclass(frozen=True)
class Shot:
    """What one camera sees. Positions are shares of the world, speeds shares per second."""

    seed: int
    palette: tuple[float, float, float] = (0.5, 0.0, 0.0)  # lightness 0..1, a and b tint -1..1
    contrast: float = 1.0
    at: tuple[float, float] = (0.5, 0.5)
    pan: tuple[float, float] = (0.0, 0.0)
    zoom: float = 1.6
    zooming: float = 0.0  # e-folds per second
    shake: float = 0.0
    subjects: int = 1
    subject_speed: float = 0.2
    subject_size: float = 0.16
    grain: float = 1.5
    whip: tuple[float, float] | None = None  # a fast pan from, to (seconds into the shot)
    exposure: tuple[float, float, float] | None = None  # gain goes to [2] between [0] and [1] seconds
    flicker: float = 0.0
    title: tuple[float, float] | None = None  # seconds at which a title appears and goes


@lru_cache(maxsize=6)
def _fractal(seed: int, height: int, width: int, channels: int) -> NDArray[np.float32]:
    """Octaves of smooth noise plus a few hard-edged shapes (buildings, horizons), about -1..1."""
    draw = np.random.default_rng(seed)
    total = np.zeros((height, width, channels), np.float32)
    cells, weight = 3, 1.0
    while cells < width // 2:
        noise = draw.standard_normal((max(2, cells * height // width + 1), cells + 1, channels), np.float32)
        total += weight * cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC).reshape(total.shape)
        cells, weight = cells * 2, weight * 0.72
    for _ in range(int(draw.integers(6, 16))):
        left, top = int(draw.integers(0, width)), int(draw.integers(0, height))
        right, low = (
            left + int(draw.integers(width // 24, width // 5)),
            top + int(draw.integers(height // 16, height // 3)),
        )
        total[top:low, left:right] += draw.normal(0, 0.9, channels).astype(np.float32)
    return total / np.float32(2.0)


@lru_cache(maxsize=4)
def _world(seed: int, palette: tuple[float, float, float], contrast: float, size: tuple[int, int]) -> Picture:
    width, height = int(size[0] * WORLD), int(size[1] * WORLD)
    shape = _fractal(seed, height, width, 1)[..., 0]
    tint = _fractal(seed + 7919, height // 4, width // 4, 2)
    lab = np.empty((height, width, 3), np.float32)
    lab[..., 0] = np.clip(100 * (palette[0] + 0.22 * contrast * shape), 2, 98)
    lab[..., 1:] = 40 * np.asarray(palette[1:], np.float32) + 14 * cv2.resize(tint, (width, height))
    return np.clip(255 * cv2.cvtColor(lab, cv2.COLOR_Lab2BGR), 0, 255).astype(np.uint8)


@lru_cache(maxsize=2)
def _grain(width: int, height: int) -> NDArray[np.float32]:
    return np.random.default_rng(99).standard_normal((GRAIN_TILES, height + 64, width + 64)).astype(np.float32)


def _camera(shot: Shot, seconds: float, size: tuple[int, int]) -> NDArray[np.float32]:
    """The affine map from the picture to the world."""
    zoom = shot.zoom * float(np.exp(shot.zooming * seconds))
    scale = WORLD / zoom
    x = shot.at[0] + shot.pan[0] * seconds + shot.shake * 0.01 * np.sin(seconds * 11 + shot.seed)
    y = shot.at[1] + shot.pan[1] * seconds + shot.shake * 0.01 * np.sin(seconds * 7.3 + 2 * shot.seed)
    if shot.whip:
        start, end = shot.whip
        x += 1.1 * float(np.clip((seconds - start) / (end - start), 0, 1))
    centre = (x * WORLD * size[0], y * WORLD * size[1])
    return np.array(
        [[scale, 0, centre[0] - scale * size[0] / 2], [0, scale, centre[1] - scale * size[1] / 2]], np.float32
    )


def _subjects(image: Picture, shot: Shot, seconds: float) -> None:
    height, width = image.shape[:2]
    draw = np.random.default_rng(shot.seed + 31)
    for index in range(shot.subjects):
        phase, colour = draw.random(4), draw.integers(20, 235, 3)
        x = width * (0.5 + 0.42 * np.sin(6.28 * (phase[0] + shot.subject_speed * seconds)))
        y = height * (0.55 + 0.25 * np.sin(6.28 * (phase[1] + 0.7 * shot.subject_speed * seconds)))
        size = int(width * shot.subject_size * (0.6 + 0.8 * phase[2]))
        axes, tilt = (max(2, size // 2), max(2, int(size * 0.7))), 40 * float(np.sin(seconds * 2 + index))
        shade = tuple(int(c) for c in colour)
        cv2.ellipse(image, (int(x), int(y)), axes, tilt, 0, 360, shade, -1, cv2.LINE_AA)
        cv2.ellipse(
            image, (int(x), int(y - size * 0.3)), (size // 6 + 1, size // 6 + 1), 0, 0, 360, (200, 220, 235), -1
        )
        cv2.line(image, (int(x - size * 0.4), int(y)), (int(x + size * 0.4), int(y + size * 0.3)), (30, 30, 40), 3)


def picture(shot: Shot, n: int, size: tuple[int, int]) -> Picture:
    """Frame n of a shot, BGR, (height, width, 3)."""
    seconds = n / RATE
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    world = _world(shot.seed, shot.palette, shot.contrast, size)
    framing = _camera(shot, seconds, size)
    image: Picture = np.asarray(
        cv2.warpAffine(world, framing, size, flags=flags, borderMode=cv2.BORDER_REFLECT_101), np.uint8
    )
    _subjects(image, shot, seconds)
    gain = 1.0
    if shot.exposure:
        start, end, target = shot.exposure
        gain = 1 + (target - 1) * float(np.clip((seconds - start) / max(end - start, 1e-6), 0, 1))
    if shot.flicker:
        gain *= 1 + shot.flicker * float(np.sin(n * 1.9))
    draw = np.random.default_rng(shot.seed * 100_003 + n)
    tile, dy, dx = int(draw.integers(GRAIN_TILES)), int(draw.integers(64)), int(draw.integers(64))
    grain = _grain(*size)[tile, dy : dy + size[1], dx : dx + size[0]]
    light = cv2.convertScaleAbs(image, alpha=gain) if gain != 1 else image
    noisy = cv2.add(light, cv2.merge([grain * shot.grain] * 3), dtype=cv2.CV_8U)
    if shot.title and shot.title[0] <= seconds < shot.title[1]:
        at, scale = (size[0] // 6, int(size[1] * 0.9)), size[0] / 700
        cv2.putText(
            noisy, "what she said that morning", at, cv2.FONT_HERSHEY_DUPLEX, scale, (250, 250, 250), 2, cv2.LINE_AA
        )
    return np.asarray(noisy, np.uint8)


def random_shot(seed: int) -> Shot:
    """A plausible shot: mostly calm cameras, some pans, zooms and hand-held ones, day and night."""
    draw = np.random.default_rng(seed)
    kind = draw.choice(["still", "pan", "zoom", "hand"])
    light = float(draw.choice([0.22, 0.38, 0.5, 0.62, 0.78]))
    speed = draw.normal(0, 0.05, 2) if kind == "pan" else np.zeros(2)
    return Shot(
        seed=seed,
        palette=(light, float(draw.normal(0, 0.35)), float(draw.normal(0.05, 0.45))),
        contrast=float(draw.uniform(0.6, 1.3)),
        at=(float(draw.uniform(0.35, 0.65)), float(draw.uniform(0.35, 0.65))),
        pan=(float(speed[0]), float(speed[1])),
        zoom=float(draw.uniform(1.2, 2.2)),
        zooming=float(draw.normal(0, 0.05)) if kind == "zoom" else 0.0,
        shake=1.0 if kind == "hand" else 0.0,
        subjects=int(draw.integers(0, 4)),
        subject_speed=float(draw.uniform(0.05, 0.5)),
        subject_size=float(draw.uniform(0.08, 0.28)),
        grain=float(draw.uniform(0.5, 2.5)),
    )
