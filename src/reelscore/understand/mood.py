"""What the picture feels like: light, colour, and the arousal and valence that follow, as curves.

Arousal joins motion, density of cuts and colour (Hanjalic & Xu 2005; Valdez & Mehrabian 1994: arousal = .60 S - .31 B,
pleasure = .69 B + .22 S on standardised saturation S and brightness B). The standardisation uses shipped constants, not
the film's own mean: a calm film stays calm. Curves have one value per CURVE_STEP; smoothing stays soft across cuts but
leans on each shot's mean. What the sound adds is added where sound and picture meet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from reelscore.understand.glimpses import HEIGHT, WIDTH, Glimpse
from reelscore.understand.motion import CAMERA_SPEED, SUBJECT_SPEED, Motion, moving
from reelscore.values.reading import CURVE_STEP, Shot
from reelscore.values.time import Seconds

Curve = NDArray[np.float64]

SAMPLES_PER_SECOND = 4
CUT_PACE_S = 4.0  # a shot this long counts 1/e of a very short one
SMOOTH_S = 2.0  # standard deviation of the curves' Gaussian

# (mean, standard deviation) of ordinary films
_BRIGHTNESS, _SATURATION, _MOTION = (0.42, 0.18), (0.32, 0.18), (0.28, 0.22)
_CUTS, _WARMTH = (0.30, 0.25), (0.50, 0.25)
_GREY_CHROMA = 10  # |Cb| + |Cr| below this has no hue


@dataclass(frozen=True, slots=True)
class Colour:
    """One frame's light and colour, all 0..1."""

    at: float
    brightness: float
    saturation: float
    warmth: float


class ColourMeter:
    """Takes frames in order and measures some of them."""

    def __init__(self, samples_per_second: int = SAMPLES_PER_SECOND) -> None:
        self.colours: list[Colour] = []
        self._every = 1.0 / samples_per_second
        self._due = 0.0

    def add(self, glimpse: Glimpse) -> None:
        if glimpse.at >= self._due:
            self._due = float(glimpse.at) + self._every
            self.colours.append(colour_of(glimpse))


def colour_of(glimpse: Glimpse) -> Colour:
    """Mean brightness, mean saturation, and the share of warm hues (grey counts half)."""
    small = [cv2.resize(p, (WIDTH // 4, HEIGHT // 4), interpolation=cv2.INTER_AREA) for p in glimpse.planes]
    y, cb, cr = (plane.astype(np.float64) for plane in small)
    light, cb, cr = np.clip((y - 16) / 219, 0, 1), cb - 128, cr - 128
    rgb = np.stack(
        [light + 1.5748 * cr / 224, light - 0.1873 * cb / 224 - 0.4681 * cr / 224, light + 1.8556 * cb / 224]
    )
    high, low = np.clip(rgb.max(axis=0), 0, 1), np.clip(rgb.min(axis=0), 0, 1)
    saturation = (high - low) / np.maximum(high, 0.15)
    warm = np.where(np.abs(cb) + np.abs(cr) < _GREY_CHROMA, 0.5, cr - cb > 0)
    return Colour(float(glimpse.at), float(light.mean()), float(saturation.mean()), float(warm.mean()))


@dataclass(frozen=True)
class Curves:
    """One value per CURVE_STEP each."""

    camera: Curve
    subject: Curve
    brightness: Curve
    saturation: Curve
    warmth: Curve
    arousal: Curve
    valence: Curve


def curves(motions: Sequence[Motion], colours: Sequence[Colour], shots: Sequence[Shot], duration: Seconds) -> Curves:
    """All curves of a film of this duration; at least one value each."""
    grid = (np.arange(max(1, -(-duration // CURVE_STEP))) + 0.5) * float(CURVE_STEP)
    grid = np.minimum(grid, float(duration))
    when = [motion.at for motion in motions]
    camera = _gathered(grid, when, moving(np.array([m.camera for m in motions]), CAMERA_SPEED))
    subject = _gathered(grid, when, moving(np.array([m.subject for m in motions]), SUBJECT_SPEED))
    seen = [colour.at for colour in colours]
    brightness = _gathered(grid, seen, np.array([c.brightness for c in colours]))
    saturation = _gathered(grid, seen, np.array([c.saturation for c in colours]))
    warmth = _gathered(grid, seen, np.array([c.warmth for c in colours]))
    light, tint = _z(brightness, _BRIGHTNESS), _z(saturation, _SATURATION)
    motion = _z(1 - (1 - 0.6 * camera) * (1 - subject), _MOTION)
    arousal = 0.40 * motion + 0.25 * _z(cut_density(grid, shots), _CUTS) + 0.15 * (0.60 * tint - 0.31 * light)
    valence = 0.55 * (0.69 * light + 0.22 * tint) + 0.20 * _z(warmth, _WARMTH)
    smooth = [np.tanh(_smoothed(grid, curve, shots)) for curve in (arousal, valence)]
    return Curves(camera, subject, brightness, saturation, warmth, *smooth)


def cut_density(grid: Curve, shots: Sequence[Shot]) -> Curve:
    """exp(-length of the shot / CUT_PACE_S): 1 in a flurry, 0 in a long take. Before the first and after the last cut
    a film of one shot is a long take, however short the film."""
    density = np.zeros(len(grid))
    if len(shots) > 1:
        for shot in shots:
            inside = (grid >= float(shot.span.start)) & (grid < float(shot.span.end))
            density[inside] = np.exp(-float(shot.span.duration) / CUT_PACE_S)
    return density


def mean_within(curve: Curve, shot: Shot) -> float:
    """The curve's mean over a shot (its nearest value where the shot is shorter than a step)."""
    first = min(len(curve) - 1, int(shot.span.start / CURVE_STEP))
    last = min(len(curve) - 1, max(first, int(shot.span.end / CURVE_STEP) - 1))
    return float(curve[first : last + 1].mean())


def _z(values: Curve, usual: tuple[float, float]) -> Curve:
    return np.clip((values - usual[0]) / usual[1], -2.5, 2.5)


def _gathered(grid: Curve, at: Sequence[float], values: Curve) -> Curve:
    """Mean of the samples of each step; between samples, linear."""
    if not len(at):
        return np.zeros(len(grid))
    step = np.clip((np.asarray(at) / float(CURVE_STEP)).astype(np.int64), 0, len(grid) - 1)
    count = np.bincount(step, minlength=len(grid))
    total = np.bincount(step, weights=values, minlength=len(grid))
    have = np.flatnonzero(count)
    return np.interp(np.arange(len(grid)), have, total[have] / count[have])


def _smoothed(grid: Curve, curve: Curve, shots: Sequence[Shot]) -> Curve:
    """Half the shot's mean, half the curve, then a Gaussian of SMOOTH_S."""
    leaning = curve.copy()
    for shot in shots:
        inside = (grid >= float(shot.span.start)) & (grid < float(shot.span.end))
        if inside.any():
            leaning[inside] = (curve[inside] + curve[inside].mean()) / 2
    reach = int(3 * SMOOTH_S / float(CURVE_STEP))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) * float(CURVE_STEP) / SMOOTH_S) ** 2)
    padded = np.pad(leaning, reach, mode="edge")
    return np.convolve(padded, kernel / kernel.sum(), mode="valid")
