"""The smoothest tempo that passes through given moments: where every pulse lies, once it is known which ones are fixed.

The curve minimises the squared change of tempo from pulse to pulse, plus a weak pull back to the mean tempo, while the
anchors stay where the film has them. Where a change would be heard, weights are renewed until the *largest* is nearly
as small as it can be (Lawson's iteration). An anchor may give way within its
slack where that makes the music steadier; one with no slack never moves.

A discrete smoothing spline: unknowns are the pulses' distances from a steady beat, the system is pentadiagonal.
Times in seconds, lengths in quarter notes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
PULL = (1.0 / 40.0) ** 2  # the curve returns to the mean tempo within about this many pulses
GIVE = 4e-4  # an anchor at the end of its slack costs as much as four changes of 1 %
ROUNDS = 30
SQUARED = 6  # rounds that lower all large changes together, before those that lower the largest
UNHEARD = 0.012  # a change of tempo from pulse to pulse that need not be smaller
LOUD = 0.7  # of the largest change: an anchor beside one gives way more
EXACT = -1.0  # the stiffness that says: this anchor does not move


@njit(cache=True, nogil=True)
def _relax(units: Floats, stiffness: Floats, index: Ints, target: Floats, hold: Floats) -> Any:
    """Distances of the pulses from a steady beat (quarters), by a banded L D L' solution."""
    count = len(units) + 1
    main, near, far, right = np.zeros(count), np.zeros(count), np.zeros(count), np.zeros(count)
    for k in range(count - 1):
        a = PULL / (units[k] * units[k])
        main[k] += a
        main[k + 1] += a
        near[k] -= a
    for k in range(count - 2):
        a, c = 1.0 / units[k], 1.0 / units[k + 1]
        b = -(a + c)
        main[k] += stiffness[k] * a * a
        main[k + 1] += stiffness[k] * b * b
        main[k + 2] += stiffness[k] * c * c
        near[k] += stiffness[k] * a * b
        near[k + 1] += stiffness[k] * b * c
        far[k] += stiffness[k] * a * c
    for j in range(len(index)):
        if hold[j] > 0.0:
            main[index[j]] += hold[j]
            right[index[j]] += hold[j] * target[j]
    for j in range(len(index)):
        if hold[j] == EXACT:
            f, at = index[j], target[j]
            if f >= 1:
                right[f - 1] -= near[f - 1] * at
                near[f - 1] = 0.0
            if f >= 2:
                right[f - 2] -= far[f - 2] * at
                far[f - 2] = 0.0
            if f + 1 < count:
                right[f + 1] -= near[f] * at
                near[f] = 0.0
            if f + 2 < count:
                right[f + 2] -= far[f] * at
                far[f] = 0.0
            main[f] = 1.0
            right[f] = at
    for k in range(count):
        if k + 1 < count:
            low = near[k] / main[k]
            main[k + 1] -= low * near[k]
            if k + 2 < count:
                near[k + 1] -= low * far[k]
                main[k + 2] -= far[k] * far[k] / main[k]
                right[k + 2] -= far[k] / main[k] * right[k]
            right[k + 1] -= low * right[k]
    for k in range(count - 1, -1, -1):
        if k + 1 < count:
            right[k] -= near[k] * right[k + 1]
        if k + 2 < count:
            right[k] -= far[k] * right[k + 2]
        right[k] /= main[k]
    return right


@njit(cache=True, nogil=True)
def _flattened(units: Floats, index: Ints, target: Floats, room: Floats, hold: Floats) -> Any:
    """The distances whose largest change of tempo is as small as a few rounds make it; every anchor within its room."""
    stiffness = np.ones(max(0, len(units) - 1))
    moved = np.zeros_like(target)
    least, best, given = np.inf, stiffness, moved
    for k in range(ROUNDS):
        off = _relax(units, stiffness, index, target, hold)
        pace = 1.0 + np.diff(off) / units
        change = np.abs(np.diff(np.log(np.maximum(pace, 0.1))))
        largest = change.max() if len(change) else 0.0
        beyond = 0.0
        for j in range(len(index)):
            moved[j] = off[index[j]] - target[j]
            beside = change[max(0, index[j] - 3) : index[j] + 2]
            if room[j] > 0.0 and abs(moved[j]) > room[j]:
                beyond = max(beyond, abs(moved[j]) / room[j] - 1.0)
                hold[j] *= (abs(moved[j]) / room[j]) ** 1.5
            elif k >= SQUARED and abs(moved[j]) < 0.9 * room[j] and len(beside) and beside.max() > LOUD * largest:
                hold[j] *= 0.8
        if largest * (1.0 + beyond) < least:
            least, best, given = largest * (1.0 + beyond), stiffness, moved.copy()
        if largest <= UNHEARD and beyond == 0.0:
            break
        if k < SQUARED:
            stiffness = 0.5 * stiffness + 0.5 * (0.1 + (change / 0.01) ** 2)
        else:
            firm = stiffness * (0.02 + change / largest) ** 1.5
            stiffness = np.maximum(firm * stiffness.mean() / firm.mean(), 0.01)
    at = target + np.minimum(np.maximum(given, -room), room)
    return _relax(units, best, index, at, np.full_like(at, EXACT))


def tempo_curve(units: Floats, index: Ints, times: Floats, slack: Floats) -> Floats:
    """When every pulse sounds, in seconds; one entry more than `units`, which are their lengths in quarters.

    Anchor j is the start of pulse `index[j]` (rising, from 0) and sounds at `times[j]` seconds, +- `slack[j]`.
    """
    place = np.concatenate([[0.0], np.cumsum(units)])
    mean = float((times[-1] - times[0]) / (place[index[-1]] - place[index[0]]))
    target = (times - times[0]) / mean - (place[index] - place[index[0]])
    room = slack / mean
    hold = np.where(room > 0, GIVE / np.maximum(room, 1e-9) ** 2, EXACT)
    off = _flattened(units, index, target, room, hold)
    return np.asarray(times[0] + mean * (place - place[index[0]] + off), dtype=np.float64)
