"""Which hits land on which beats: a search over tempi and bars at once.

A state is a kept hit, its place in the bar, and the tempo of the stretch that led there; a step joins two kept hits by
a whole number of pulses. Gains are the hits' weights, more on a downbeat; costs are bending away from the base tempo,
changing tempo faster than a listener forgives, and bars of another length. Solved by dynamic programming with a beam,
for a row of base tempi; the best of these again with other balances of cost, so that there is something to choose from.

Floats only; times in seconds, lengths in quarter notes. What comes out is whole numbers: the exact map is built
elsewhere from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from reelscore.brief.bar_lines import Stretch, odd_bars, pickups, pulse_offsets
from reelscore.values.time import Beats, Meter

Floats = NDArray[np.float64]
BEAM = 12
REACH = 10  # a step passes over at most this many hits, less one
WINDOW_BARS = 1.0  # a long stretch is at most this far from the base tempo's length
TEMPO_GRID = 0.02  # base tempi lie this far apart
BEST_TEMPI = 5  # of each first balance
LONG = 120  # marks: beyond this, fewer tempi are tried
PICKUP_COST = 0.25
NEVER = -1e18


@dataclass(frozen=True, slots=True)
class Balance:
    """How freely the tempo may follow the picture."""

    bend: float  # furthest from the base tempo, as a share
    downbeat: float  # what a downbeat gains over a beat
    step_limit: float  # largest mean change of tempo per pulse, as a share
    step_cost: float  # of a change of 1 % per pulse
    odd_cost: float  # of a half bar
    bend_cost: float = 0.5


FIRST = (Balance(0.08, 2.0, 0.016, 0.03, 2.5), Balance(0.10, 1.0, 0.025, 0.02, 9.0))
OTHERS = (
    Balance(0.03, 1.0, 0.004, 0.1, 9.0),
    Balance(0.05, 2.0, 0.008, 0.05, 4.0),
    Balance(0.08, 1.2, 0.012, 0.05, 9.0),
    Balance(0.08, 2.0, 0.012, 0.03, 4.0),
    Balance(0.08, 2.0, 0.02, 0.02, 9.0),
    Balance(0.08, 3.5, 0.02, 0.02, 4.0),
    Balance(0.12, 1.0, 0.02, 0.02, 9.0, 0.1),
    Balance(0.12, 2.0, 0.016, 0.02, 2.5, 0.1),
    Balance(0.12, 2.0, 0.025, 0.015, 9.0, 0.1),
    Balance(0.12, 3.5, 0.025, 0.015, 4.0, 0.1),
)
LAST_RESORT = (Balance(0.16, 2.0, 0.04, 0.02, 2.0), Balance(0.3, 2.0, 0.15, 0.01, 1.0))


@dataclass(frozen=True, slots=True)
class Marks:
    """The moments to serve. Index 0 is the start of the music, whose weight may be 0."""

    times: Floats  # seconds, rising
    weights: Floats
    slack: Floats  # seconds an anchor may give way


@dataclass(frozen=True, slots=True)
class Plan:
    """Which marks are kept, and what lies between them."""

    kept: tuple[int, ...]  # marks, from 0
    pickup: Beats
    stretches: tuple[Stretch, ...]  # one less than `kept`


def plans(
    marks: Marks, meter: Meter, target: float, tempi: tuple[float, float], balances: Sequence[Balance] = OTHERS
) -> list[Plan]:
    """Good plans, the best of each balance and tempo. `target` and `tempi` (lowest, highest) in quarters per minute."""
    low, high = tempi
    count = 1 + int(np.ceil(np.log(high / low) / TEMPO_GRID)) if high > low else 1
    grid = np.exp(np.linspace(np.log(low), np.log(high), count))
    dislike = 0.03 * float(marks.weights.sum())
    best: list[tuple[float, float, Plan]] = []
    for balance in FIRST:
        ranked = []
        for bpm in grid.tolist():
            value, plan = _solve(marks, meter, 60.0 / bpm, balance)
            ranked.append((dislike * float(np.log(bpm / target) / np.log(1.25)) ** 2 - value, bpm, plan))
        best += sorted(ranked, key=lambda entry: entry[:2])[: BEST_TEMPI if len(marks.times) < LONG else 2]
    chosen = {plan: None for _, _, plan in best}
    for bpm in sorted({bpm for _, bpm, _ in best}):
        for balance in balances:
            chosen[_solve(marks, meter, 60.0 / bpm, balance)[1]] = None
    return [plan for plan in chosen if plan.stretches]


def _solve(marks: Marks, meter: Meter, base: float, balance: Balance) -> tuple[float, Plan]:
    offsets = pulse_offsets(meter)[:-1]
    places = len(offsets)
    begins = [Fraction(0), *(meter.beats - length for length in pickups(meter))]
    gains = np.repeat(marks.weights[:, None], len(begins), axis=1)
    gains[:, 0] *= 1.0 + balance.downbeat
    if places % 2 == 0:
        gains[:, places // 2] *= 1.1
    gains[0, 1:] = -PICKUP_COST
    odd = ((Fraction(0), 0.0), *odd_bars(meter))
    value, path = _spot(
        marks.times,
        gains,
        marks.slack,
        np.array([float(begin) for begin in begins]),
        places,
        float(meter.beats),
        np.array([float(length) for length, _ in odd]),
        np.array([cost * balance.odd_cost for _, cost in odd]),
        base,
        balance.bend,
        balance.bend_cost,
        balance.step_limit,
        balance.step_cost,
    )
    stretches = tuple(Stretch(_exact(row[2]), odd[int(row[3])][0], int(row[1])) for row in path[1:])
    pickup = (meter.beats - begins[int(path[0, 1])]) % meter.beats
    return float(value), Plan(tuple(int(row[0]) for row in path), pickup, stretches)


def _exact(length: float) -> Beats:
    return Fraction(round(length * 16), 16)


@njit(cache=True, nogil=True)
def _spot(
    times: Floats,
    gains: Floats,
    slack: Floats,
    offsets: Floats,
    places: int,
    bar: float,
    extras: Floats,
    extra_costs: Floats,
    base: float,
    bend: float,
    bend_cost: float,
    step_limit: float,
    step_cost: float,
) -> Any:
    nodes, starts = gains.shape  # beat 0 may also fall on the few places after the pulses
    value = np.full((nodes, starts, BEAM), NEVER)
    tempo = np.zeros((nodes, starts, BEAM))  # log of seconds per quarter, in the stretch that led here
    gap_of = np.zeros((nodes, starts, BEAM))  # that stretch in seconds
    length_of = np.zeros((nodes, starts, BEAM))  # and in quarters
    back = np.zeros((nodes, starts, BEAM, 4), dtype=np.int64)
    pulse = bar / places
    home = np.log(base)
    for p in range(starts):
        value[0, p, 0] = gains[0, p]
    for j in range(1, nodes):
        for i in range(max(0, j - REACH), j):
            gap = times[j] - times[i]
            if gap <= 0.0:
                continue
            centre = gap / base
            half = min(bend * centre, WINDOW_BARS * bar)
            for p in range(starts if i == 0 else places):
                if value[i, p, 0] == NEVER:
                    continue
                for q in range(places):
                    for e in range(len(extras)):
                        first = offsets[q] - offsets[p] + extras[e]
                        fewest = max(0, int(np.ceil((centre - half - first) / bar - 1e-9)))
                        most = int(np.floor((centre + half - first) / bar + 1e-9))
                        for m in range(fewest, most + 1):
                            length = first + m * bar
                            if length < 0.4 * pulse or (e > 0 and m < 1 and p != 0):
                                continue  # an odd bar starts on a bar line
                            here = np.log(gap / length)
                            own = gains[j, q] - bend_cost * length * (here - home) ** 2 - extra_costs[e]
                            if value[i, p, 0] + own <= value[j, q, BEAM - 1]:
                                continue
                            best = NEVER
                            came = 0
                            for b in range(BEAM):
                                v = value[i, p, b]
                                if v <= best:
                                    break
                                if length_of[i, p, b] > 0.0:
                                    change = abs(here - tempo[i, p, b])
                                    change -= slack[i] * (1.0 / gap + 1.0 / gap_of[i, p, b])
                                    if change > 0.0:
                                        step = change * 2.0 * pulse / (length + length_of[i, p, b])
                                        if step > step_limit:
                                            continue
                                        v -= step_cost * (step / 0.01) ** 2
                                if v > best:
                                    best = v
                                    came = b
                            total = best + own
                            if best == NEVER or total <= value[j, q, BEAM - 1]:
                                continue
                            k = BEAM - 1
                            while k > 0 and value[j, q, k - 1] < total:
                                value[j, q, k] = value[j, q, k - 1]
                                tempo[j, q, k] = tempo[j, q, k - 1]
                                gap_of[j, q, k] = gap_of[j, q, k - 1]
                                length_of[j, q, k] = length_of[j, q, k - 1]
                                back[j, q, k] = back[j, q, k - 1]
                                k -= 1
                            value[j, q, k] = total
                            tempo[j, q, k] = here
                            gap_of[j, q, k] = gap
                            length_of[j, q, k] = length
                            back[j, q, k, 0] = i
                            back[j, q, k, 1] = p
                            back[j, q, k, 2] = came
                            back[j, q, k, 3] = e
    best_value = NEVER
    node, place, rank = 0, 0, 0
    for j in range(nodes):
        for p in range(starts):
            if value[j, p, 0] > best_value:
                best_value = value[j, p, 0]
                node, place, rank = j, p, 0
    path = np.zeros((nodes, 4))
    count = 0
    while True:
        path[count, 0] = node
        path[count, 1] = place
        path[count, 2] = length_of[node, place, rank]
        path[count, 3] = back[node, place, rank, 3] if node > 0 else 0
        count += 1
        if node == 0:
            break
        previous = back[node, place, rank]
        node, place, rank = previous[0], previous[1], previous[2]
    return best_value, path[:count][::-1]
