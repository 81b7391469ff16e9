"""Which hits land on which beats: a search over tempo, phase and bars at once, from pulse to pulse.

Time is cut into slots of a percent or so of a quarter note. A state is a slot in which a pulse sounds, its place in
the bar, and the tempo that led there; the next pulse follows at nearly that tempo. Gains are the weights of the hits a
pulse meets, more on a downbeat; costs are changes of tempo and bars of another length. Nothing is left out or cut
short: dynamic programming over every state, so what it finds is the best there is within a window of tempi and a limit
on the change per pulse, to the width of a slot. Windows and balances of cost vary, so that there is something to
choose from.

Floats only; times in seconds, lengths in quarter notes. What comes out are whole numbers of pulses and places: the
exact map is built elsewhere from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from reelscore.brief.bar_lines import EIGHTH, odd_bars, pulse_offsets
from reelscore.values.time import Beats, Meter

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Ints = NDArray[np.int64]
MOST_SLOTS = 600_000  # beyond this, slots are wider
LONG = 400.0  # seconds: beyond this, only a few balances are tried
PICKUP_COST = 0.25
OFF_CENTRE = 0.15  # what a pulse at the very end of a hit's slack gains less
NEVER = -1e9
SHORT_STARTS = (EIGHTH, 3 * EIGHTH)  # pickups that are no whole pulses


@dataclass(frozen=True, slots=True)
class Balance:
    """How freely the tempo may follow the picture."""

    bend: float  # from the slowest to the fastest tempo of a window, as a share; 0: the whole range
    downbeat: float  # what a downbeat gains over a beat
    step_limit: float  # largest change of tempo per pulse, in percent
    slot: float  # in percent of the shortest quarter: the smallest change of tempo
    step_cost: float  # of a change of 1 % per pulse
    odd_cost: float  # of a half bar


BALANCES = (  # a long film gets the last three
    Balance(0.2, 2.0, 1.2, 1.2, 0.05, 4.0),
    Balance(0.0, 1.5, 1.4, 1.4, 0.05, 4.0),
    Balance(0.0, 0.3, 3.0, 1.5, 0.004, 9.0),
    Balance(0.0, 0.7, 2.4, 1.0, 0.01, 2.0),
    Balance(0.0, 0.7, 4.0, 1.0, 0.004, 2.0),
    Balance(0.0, 1.5, 4.0, 1.0, 0.004, 1.2),
    Balance(0.0, 2.5, 2.4, 1.0, 0.01, 2.0),
    Balance(0.0, 2.5, 4.0, 1.0, 0.004, 2.0),
    Balance(0.0, 2.5, 3.0, 1.0, 0.004, 2.0),
    Balance(0.0, 2.0, 2.4, 1.2, 0.02, 4.0),
    Balance(0.0, 1.0, 3.0, 1.5, 0.03, 4.0),
)
LAST_RESORT = (Balance(0.0, 1.0, 5.0, 1.5, 0.02, 2.0), Balance(0.0, 1.0, 15.0, 2.5, 0.01, 1.0))


@dataclass(frozen=True, slots=True)
class Marks:
    """The moments to serve. Index 0 is the start of the music, whose weight may be 0."""

    times: Floats  # seconds, rising
    weights: Floats
    slack: Floats  # seconds an anchor may give way


@dataclass(frozen=True, slots=True)
class Walk:
    """Every pulse from second 0 to the end of the film, as the search has it."""

    times: Floats  # seconds, to the width of a slot
    places: tuple[int, ...]  # in the bar; 0 is a downbeat
    lengths: tuple[Beats, ...]  # quarters from each pulse to the next
    near: float  # how close these times are: the width of a slot


def walks(
    marks: Marks, duration: float, meter: Meter, tempi: tuple[float, float], balances: Sequence[Balance] = BALANCES
) -> list[Walk]:
    """The best walk of each balance and window. `tempi` (lowest, highest) in quarters per minute."""
    found: list[Walk] = []
    for balance in balances if duration < LONG else balances[-3:]:
        for low, high in _windows(tempi, balance.bend):
            walk = _walk(marks, duration, meter, low, high, balance)
            if len(walk.places) > 1:
                found.append(walk)
    return found


def _windows(tempi: tuple[float, float], bend: float) -> list[tuple[float, float]]:
    """Stretches of the range, each overlapping half of the next."""
    low, high = np.log(tempi[0]), np.log(tempi[1])
    width = np.log1p(bend)
    if not bend or high - low <= width * 1.2:
        return [tempi]
    count = 1 + int(np.ceil((high - low - width) / (0.6 * width)))
    return [(float(np.exp(at)), float(np.exp(at + width))) for at in np.linspace(low, high - width, count)]


def _walk(marks: Marks, duration: float, meter: Meter, low: float, high: float, balance: Balance) -> Walk:
    slot = max(balance.slot * 0.6 / high, duration / MOST_SLOTS)
    shortest, longest = int(np.ceil(60.0 / high / slot - 1e-9)), int(np.floor(60.0 / low / slot + 1e-9))
    longest = max(longest, shortest)
    offsets = pulse_offsets(meter)
    units = [b - a for a, b in pairwise(offsets)]
    tempi = np.arange(shortest, longest + 1)
    slots = np.array([np.round(float(unit) * tempi) for unit in units], dtype=np.int64)
    reach = max(1, int(balance.step_limit * 0.01 * longest + 1e-9))
    percents = 100.0 * np.arange(reach + 1)[:, None] / tempi
    costs = np.where(
        percents <= max(balance.step_limit, percents[1].min()), balance.step_cost * percents**2, -2 * NEVER
    )
    odd = [(offsets.index(length), cost) for length, cost in odd_bars(meter)]
    shorts = [length for length in SHORT_STARTS if length not in offsets and length < offsets[-1]]
    path = _spot(
        _gains(marks, slot, int(np.ceil(duration / slot)) + 1, balance.downbeat),
        slots,
        costs.astype(np.float32),
        np.array([places for places, _ in odd], dtype=np.int64),
        np.array([cost * balance.odd_cost for _, cost in odd], dtype=np.float32),
        np.array([np.round(float(length) * tempi) for length in shorts], dtype=np.int64).reshape(-1, len(tempi)),
        PICKUP_COST,
    )
    places = path[:, 1].tolist()
    lengths = [units[place] for place in places]
    if path[0, 2] >= 0:
        lengths[0] = shorts[path[0, 2]]
    return Walk(path[:, 0] * slot, tuple(places), tuple(lengths), slot)


def _gains(marks: Marks, slot: float, count: int, downbeat: float) -> Singles:
    """What a pulse gains in each slot, and a downbeat: shape (2, slots)."""
    gains = np.zeros((2, count))
    for at, weight, slack in zip(marks.times[1:], marks.weights[1:], marks.slack[1:], strict=True):
        room = max(slack, slot)
        first, last = max(0, int(np.ceil((at - room) / slot))), min(count - 1, int((at + room) / slot))
        off = np.abs(np.arange(first, last + 1) * slot - at) / room
        gains[0, first : last + 1] += weight * (1.0 - OFF_CENTRE * off**2)
    gains[1] = gains[0] * (1.0 + downbeat)
    return gains.astype(np.float32)


@njit(cache=True, nogil=True)
def _spot(
    gains: Singles,
    slots: Ints,
    step_costs: Singles,
    odd_places: Ints,
    odd_costs: Singles,
    short_starts: Ints,
    pickup_cost: float,
) -> Any:
    """Slot and place of every pulse on the best path; column 2 of the first row is its short start, or -1.

    `slots` are the lengths of the pulses by place and tempo, `step_costs` those of a change of tempo by so many slots
    to each tempo. `left` is the value of leaving a state at another tempo,
    kept for the last few pulses only; `change` says which tempo was left, `how` what led to a downbeat: 0 a whole bar,
    1 + k an odd one, -2 - k a short start.
    """
    count = gains.shape[1]
    places, tempi = slots.shape
    reach = len(step_costs) - 1
    ring = slots.max() + 1
    left = np.full((ring, places, tempi), np.float32(NEVER), dtype=np.float32)
    change = np.zeros((count, places, tempi), dtype=np.int8)
    how = np.zeros((count, tempi), dtype=np.int8)
    here = np.full(tempi + 2 * reach, np.float32(NEVER), dtype=np.float32)
    value, best, step = here[reach : reach + tempi], np.zeros(tempi, dtype=np.float32), np.zeros(tempi, dtype=np.int8)
    best_value, best_slot, best_place, best_tempo = np.float32(NEVER), 0, 0, 0
    tail = count - slots.max()
    now = 0
    for t in range(count):
        for b in range(places):
            before = (b - 1) % places
            for p in range(tempi):
                s = now - slots[before, p]
                value[p] = left[s + ring if s < 0 else s, before, p]
            if b == 0:
                for k in range(len(odd_places)):
                    before = odd_places[k] - 1
                    for p in range(tempi):
                        s = now - slots[before, p]
                        v = left[s + ring if s < 0 else s, before, p] - odd_costs[k]
                        if v > value[p]:
                            value[p] = v
                            how[t, p] = 1 + k
                for k in range(len(short_starts)):
                    for p in range(tempi):
                        if short_starts[k, p] == t and -pickup_cost > value[p]:
                            value[p] = -pickup_cost
                            how[t, p] = -2 - k
            if t == 0:
                value[:] = 0.0 if b == 0 else -pickup_cost
            gain = gains[1, t] if b == 0 else gains[0, t]
            for p in range(tempi):
                value[p] += gain
                best[p] = value[p]
                step[p] = 0
            if t >= tail:
                p = int(np.argmax(value))
                if value[p] > best_value:
                    best_value, best_slot, best_place, best_tempo = value[p], t, b, p
            for d in range(-reach, reach + 1):
                cost = step_costs[abs(d)]
                for p in range(tempi):
                    v = here[reach + p + d] - cost[p]
                    better = v > best[p]
                    best[p] = v if better else best[p]
                    step[p] = d if better else step[p]
            left[now, b] = best
            change[t, b] = step
        now = now + 1 if now + 1 < ring else 0
    path = np.full((count // max(1, slots.min()) + 3, 3), -1, dtype=np.int64)
    row = 0
    t, b, p = best_slot, best_place, best_tempo
    while True:
        path[row, 0], path[row, 1] = t, b
        row += 1
        kind = how[t, p] if b == 0 else 0
        if kind < 0:
            path[row, 0], path[row, 1], path[row, 2] = 0, places - 1, -2 - kind
            row += 1
        if t == 0 or kind < 0:
            break
        b = (b - 1) % places if kind == 0 else odd_places[kind - 1] - 1
        t -= slots[b, p]
        p += change[t, b, p]
    return path[:row][::-1]
