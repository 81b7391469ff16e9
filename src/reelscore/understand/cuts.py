"""Hard cuts in a run of consecutive frames.

A cut is a frame unlike its predecessor (`differences`), more unlike than its neighbours are from each other, with
another structure, and for good: what was there before does not come back a moment later. That last test tells cuts
from flashes and strobes. The tests are seven measures of each local peak, weighed by a logistic model; its probability
is the cut's confidence.

The weights were fitted on scripted films (other seeds than any test uses) and on clips of one shot.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reelscore.understand.differences import Comparer, Floats, Indices

LEAST_STEP, LEAST_MOVED = 0.15, 0.02
LEAST_CONTRAST = 0.025  # of one of the two frames: between two empty ones (a fade's middle) there is no cut
NEIGHBOURHOOD = 8
MARGIN = 12  # frames of context (at pace 1) a judgement looks at on either side

_WEIGHTS = np.array([2.405, 1.861, -9.345, 0.173, 3.13, 1.733, 8.087], np.float32)
_BIAS = np.float32(-5.659)


@dataclass(frozen=True, slots=True)
class Peak:
    """A frame that may open a shot: its place in the run, how sure that is, how large the change."""

    place: int
    confidence: float
    change: float  # 0..1


def pace_of(rate: float) -> int:
    """Frames per step of the looks around: what is 2 frames at 30 a second is 4 at 60."""
    return max(1, round(rate / 30))


def peaks(comparer: Comparer, pace: int) -> list[Peak]:
    """Every local peak of difference with its confidence; confidences above 0.5 are cuts."""
    step = step_sizes(comparer)
    places = local_peaks(step, comparer, 2 * pace)
    if not len(places):
        return []
    sure = 1 / (1 + np.exp(-(measures(comparer, step, places, pace) @ _WEIGHTS + _BIAS)))
    return [Peak(int(place), float(p), change_size(float(step[place]))) for place, p in zip(places, sure, strict=True)]


def change_size(step: float) -> float:
    """A difference as size of change 0..1: 0.5 at a jump cut's 0.6, near 1 above 2."""
    return float(1 - np.exp(-1.16 * step))


def step_sizes(comparer: Comparer) -> Floats:
    """How unlike its predecessor each frame is; 0 for the first."""
    return comparer.unlike(comparer.places(-1), comparer.places())


def local_peaks(step: Floats, comparer: Comparer, reach: int) -> Indices:
    """Frames more unlike their predecessor than any frame within reach."""
    padded = np.pad(step, reach)
    highest = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1).max(axis=1)
    moved = comparer.moved(comparer.places(-1), comparer.places())
    drawn = np.maximum(comparer.contrast, comparer.contrast[comparer.places(-1)]) > LEAST_CONTRAST
    return np.flatnonzero((step >= highest) & (step > LEAST_STEP) & (moved > LEAST_MOVED) & drawn)


def measures(comparer: Comparer, step: Floats, places: Indices, pace: int) -> Floats:
    """(peaks, 7): size, size against the neighbourhood, structure, persistence, return, returning structure,
    structure in the neighbourhood."""
    last = comparer.count - 1

    def at(offset: int) -> Indices:
        return np.clip(places + offset, 0, last)

    structure = comparer.structure(comparer.places(-1), comparer.places())
    size = step[places]
    close = comparer.unlike(at(-2 * pace), at(4 * pace - 1))
    wide = comparer.unlike(at(-5 * pace), at(7 * pace - 1))
    back = size.copy()
    same = np.full(len(places), -1, np.float32)
    for k in range(2, 6):
        for a, b in ((at(-1), at(k * pace)), (at(-k * pace - 1), at(0))):
            back = np.minimum(back, comparer.unlike(a, b))
            same = np.maximum(same, comparer.structure(a, b))
    columns = [
        np.log(size),
        np.log(size / (_usual(step, places) + 0.03)),
        structure[places],
        np.log(np.clip(np.minimum(close, wide) / size, 0.1, 1.2)),
        np.log(np.clip(back / size, 0.1, 1.0)),
        same,
        _usual(structure, places),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _usual(curve: Floats, places: Indices) -> Floats:
    """The median around each place, the place and its two neighbours left out."""
    padded = np.pad(curve, NEIGHBOURHOOD, constant_values=np.nan)
    window = np.lib.stride_tricks.sliding_window_view(padded, 2 * NEIGHBOURHOOD + 1)[places].copy()
    window[:, NEIGHBOURHOOD - 1 : NEIGHBOURHOOD + 2] = np.nan
    window[np.isnan(window).all(axis=1)] = 0
    return np.asarray(np.nanmedian(window, axis=1), np.float32)
