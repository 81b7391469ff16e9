"""How unlike two frames are: the measure that cuts are judged by.

A frame is remembered as a `Print`: soft histograms of its four quarters (Y' in 16 bins, Cb and Cr in 12 each around
neutral, square roots kept, so that a dot product is the Bhattacharyya coefficient) and a 40x22 thumbnail.

* `unlike`: mean Bhattacharyya distance of the quarters + 2.5 x mean absolute difference of the thumbnails: about 0 for
  neighbours of one shot, 0.4 and more across a cut. The histograms forgive motion, the thumbnails see structure.
* `structure`: correlation of the two thumbnails' Y' (1 same structure, 0 unrelated). A flash, a fade or a change of
  exposure keeps it; a cut does not.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from reelscore.understand.glimpses import HEIGHT, WIDTH, Glimpse, Planes
from reelscore.values.time import Seconds

THUMB = (40, 22)  # width, height
MOST_BRIDGED = 16  # frames
SAME_STRUCTURE = 0.7
Floats = NDArray[np.float32]
Indices = NDArray[np.int64]

_LUMA_BINS, _CHROMA_BINS, _CHROMA_REACH = 16, 12, 48
_WEIGHTS = np.array([0.5, 0.25, 0.25], np.float32) / 4  # of Y', Cb, Cr; over four quarters


def _soft_bins(low: float, high: float, bins: int) -> Floats:
    """(256, bins): each level shared between its two nearest bins."""
    place = np.clip((np.arange(256) - low) / (high - low), 0, 1) * (bins - 1)
    return np.asarray(np.maximum(0, 1 - np.abs(place[:, None] - np.arange(bins))), np.float32)


_LUMA = _soft_bins(16, 235, _LUMA_BINS)
_CHROMA = _soft_bins(128 - _CHROMA_REACH, 128 + _CHROMA_REACH, _CHROMA_BINS)
_QUARTER = (
    ((np.arange(HEIGHT // 2)[:, None] >= HEIGHT // 4) * 2 + (np.arange(WIDTH // 2)[None, :] >= WIDTH // 4)) * 256
).astype(np.int64)


@dataclass
class Prints:
    """Consecutive frames remembered, `number[0]` on; rows are frames."""

    number: list[int] = field(default_factory=list)
    at: list[Seconds] = field(default_factory=list)
    roots: list[Floats] = field(default_factory=list)  # (3 x 4 x bins,)
    thumbs: list[Planes] = field(default_factory=list)  # (3, 22, 40)

    def add(self, glimpse: Glimpse) -> None:
        self.number.append(glimpse.number)
        self.at.append(glimpse.at)
        self.roots.append(_roots(glimpse.planes))
        self.thumbs.append(_thumb(glimpse.planes))

    def bridge(self, glimpse: Glimpse) -> float:
        """Add a frame that may not follow the last one: those between are taken to be mixtures of the two. Gives the
        `largest_step` between the two where any were missing, else 0."""
        last = len(self) - 1
        missing = glimpse.number - self.number[last] - 1 if last >= 0 else 0
        if not 0 < missing <= MOST_BRIDGED:
            self.add(glimpse)
            return 0.0
        there = Prints()
        there.add(glimpse)
        for n in range(1, missing + 1):
            share = n / (missing + 1)
            self.number.append(self.number[last] + n)
            self.at.append(self.at[last] + (glimpse.at - self.at[last]) * n / (missing + 1))
            self.roots.append(np.asarray((1 - share) * self.roots[last] + share * there.roots[0], np.float32))
            self.thumbs.append(((1 - share) * self.thumbs[last] + share * there.thumbs[0]).round().astype(np.uint8))
        self.number += there.number
        self.at += there.at
        self.roots += there.roots
        self.thumbs += there.thumbs
        return largest_step(Prints.of(self, last, there))

    @property
    def span(self) -> int:
        """Frames from the first to the last, those left out included."""
        return self.number[-1] - self.number[0] + 1 if self.number else 0

    def __len__(self) -> int:
        return len(self.number)

    @staticmethod
    def of(before: Prints, place: int, after: Prints) -> Prints:
        """One frame of `before`, then all of `after`."""
        here = slice(place, place + 1)
        return Prints(
            before.number[here] + after.number,
            before.at[here] + after.at,
            before.roots[here] + after.roots,
            before.thumbs[here] + after.thumbs,
        )

    def tail(self, count: int) -> Prints:
        """The last frames, as prints of their own."""
        return Prints(self.number[-count:], self.at[-count:], self.roots[-count:], self.thumbs[-count:])


def largest_step(prints: Prints) -> float:
    """How unlike two neighbours of another structure are at most among these frames."""
    if len(prints) < 2:
        return 0.0
    comparer = Comparer(prints)
    here, there = np.arange(comparer.count - 1), np.arange(1, comparer.count)
    other = comparer.structure(here, there) < SAME_STRUCTURE
    return float(np.where(other, comparer.unlike(here, there), 0.0).max())


def _roots(planes: Planes) -> Floats:
    parts = []
    for plane, table in zip(planes, (_LUMA, _CHROMA, _CHROMA), strict=True):
        half = cv2.resize(plane, (WIDTH // 2, HEIGHT // 2), interpolation=cv2.INTER_AREA)
        counts = np.bincount((half + _QUARTER).ravel(), minlength=1024).reshape(4, 256).astype(np.float32)
        counts /= counts.sum(axis=1, keepdims=True)
        parts.append((counts @ table).ravel())
    return np.asarray(np.sqrt(np.concatenate(parts)))


def _thumb(planes: Planes) -> Planes:
    return np.stack([cv2.resize(plane, THUMB, interpolation=cv2.INTER_AREA) for plane in planes])


class Comparer:
    """Compares frames of one run by their place in it; places outside are moved to the nearest end."""

    def __init__(self, prints: Prints) -> None:
        self.count = len(prints)
        self.roots = np.stack(prints.roots)
        self.thumbs = np.stack(prints.thumbs).astype(np.float32) / 255
        luma = self.thumbs[:, 0].reshape(self.count, -1)
        centred = luma - luma.mean(axis=1, keepdims=True)
        self.contrast = centred.std(axis=1)
        self._structure = centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 0.25)

    def places(self, offset: int = 0) -> Indices:
        return np.clip(np.arange(self.count) + offset, 0, self.count - 1)

    def moved(self, a: Indices, b: Indices) -> Floats:
        """Mean absolute difference of thumbnails, 0..1: Y' and both colours."""
        return np.asarray(
            np.abs(self.thumbs[a] - self.thumbs[b]).mean(axis=(2, 3)) @ np.array([0.6, 1.0, 1.0], np.float32)
        )

    def unlike(self, a: Indices, b: Indices) -> Floats:
        product = self.roots[a] * self.roots[b]
        sizes = [4 * _LUMA_BINS, 4 * _CHROMA_BINS, 4 * _CHROMA_BINS]
        apart = np.zeros(len(a), np.float32)
        start = 0
        for size, weight in zip(sizes, _WEIGHTS, strict=True):
            alike = product[:, start : start + size].reshape(len(a), 4, size // 4).sum(axis=2)
            apart += weight * np.sqrt(np.maximum(0, 1 - alike)).sum(axis=1)
            start += size
        return np.asarray(apart + 2.5 * self.moved(a, b))

    def structure(self, a: Indices, b: Indices) -> Floats:
        return np.asarray(np.einsum("ij,ij->i", self._structure[a], self._structure[b]))

    def blend_error(self, a: Indices, middle: Indices, b: Indices, share: float) -> Floats:
        """How far the middle frame is from the mixture of both ends, relative to the ends' difference."""
        mixture = (1 - share) * self.thumbs[a] + share * self.thumbs[b]
        apart = np.abs(self.thumbs[a] - self.thumbs[b]).mean(axis=(1, 2, 3))
        return np.asarray(np.abs(self.thumbs[middle] - mixture).mean(axis=(1, 2, 3)) / np.maximum(apart, 0.01))
