"""Sound moved in time at its own pitch, so that chosen moments of it fall on chosen moments of the film.

Overlap-add of pieces that continue each other (WSOLA: Verhelst & Roelands 1993): every piece is taken near the place
the map wants, where it fits best the piece before. Nearness has its price, and close to an anchor (a beat) a piece may
only move by two milliseconds, so that a beat is where the map says. Positions are samples, in source and result.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.signal import correlate

from reelscore.values.progress import Watch
from reelscore.values.sound import Samples

Floats = NDArray[np.float64]
HALF = 1024  # half a piece: 21 ms
SEARCH = 512
NEAR_ANCHOR = 96
PRICE = 0.3  # of a piece taken from the edge of the search, in likeness


def along(source: Floats, target: Floats, at: Floats) -> Floats:
    """Where in the source the moments `at` of the result lie: straight between anchors, and on beyond them."""
    if len(target) == 1:
        return np.asarray(at - target[0] + source[0], np.float64)
    piece = np.clip(np.searchsorted(target, at, side="right") - 1, 0, len(target) - 2)
    slope = np.diff(source) / np.maximum(np.diff(target), 1e-9)
    return np.asarray(source[piece] + (at - target[piece]) * slope[piece], np.float64)


def stretched(samples: Samples, source: Floats, target: Floats, count: int, watch: Watch) -> Samples:
    """`count` samples in which source moment `source[n]` sounds at `target[n]`; silence outside the source."""
    pieces = -(-count // HALF) + 1
    middles = np.arange(pieces, dtype=np.float64) * HALF
    wanted = np.round(along(source, target, middles)).astype(np.int64)
    margin = 2 * HALF + SEARCH
    low, high = int(wanted.min()) - margin, int(wanted.max()) + margin
    sound = _padded(samples, low, high)
    mono = sound.mean(axis=1, dtype=np.float32).astype(np.float64)
    energy = np.concatenate([np.zeros(1), np.cumsum(mono**2)])
    away = np.abs(middles - target[_nearest(target, middles)])
    window = (0.5 - 0.5 * np.cos(np.pi * (np.arange(2 * HALF) + 0.5) / HALF)).astype(np.float32)[:, None]
    out = np.zeros(((pieces + 1) * HALF, 2), np.float32)
    natural = int(wanted[0])
    for n in range(pieces):
        reach = NEAR_ANCHOR if away[n] < HALF else SEARCH
        place = _fitting(mono, energy, int(wanted[n]) - low, natural - low, reach) + low
        piece = sound[place - HALF - low : place + HALF - low]
        out[n * HALF : (n + 2) * HALF] += piece * window
        natural = place + HALF
        if n % 64 == 0:
            watch("align", n / pieces)
    return out[HALF : HALF + count]


def _padded(samples: Samples, low: int, high: int) -> Samples:
    """Samples low..high of the source, silence where it has none."""
    out = np.zeros((high - low, 2), np.float32)
    first, end = max(0, low), min(len(samples), high)
    if end > first:
        out[first - low : end - low] = samples[first:end]
    return out


def _nearest(anchors: Floats, at: Floats) -> NDArray[np.int64]:
    after = np.clip(np.searchsorted(anchors, at), 1, max(1, len(anchors) - 1))
    after = np.minimum(after, len(anchors) - 1)
    before = np.maximum(after - 1, 0)
    closer = np.abs(anchors[before] - at) <= np.abs(anchors[after] - at)
    return np.where(closer, before, after).astype(np.int64)


def _fitting(mono: Floats, energy: Floats, wanted: int, natural: int, reach: int) -> int:
    """The middle, near `wanted`, of the piece whose first half is most like the sound's natural course."""
    if wanted == natural:
        return wanted
    template = mono[natural - HALF : natural]
    size = float(template @ template)
    if size < 1e-9:
        return wanted
    first = wanted - reach - HALF
    cross = correlate(mono[first : wanted + reach], template, mode="valid", method="fft")
    ends = np.arange(first, first + len(cross))
    own = energy[ends + HALF] - energy[ends]
    likeness = cross / np.sqrt(np.maximum(own, 1e-9) * size)
    offset = np.arange(-reach, len(cross) - reach) / SEARCH
    return wanted - reach + int(np.argmax(likeness - PRICE * offset**2))
