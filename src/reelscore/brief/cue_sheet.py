"""The cue sheet: the film in stretches of one character, long enough for music to settle in.

The curves of energy and valence are divided where that leaves the stretches most even within themselves, at cuts if
possible, by dynamic programming; the lengths lean towards what suits a film of that duration.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import log, sqrt

from reelscore.values.brief import Cue
from reelscore.values.reading import CURVE_STEP
from reelscore.values.time import Seconds, Span

SHORTEST = Fraction(8)  # seconds: four bars at 120 bpm
SPREAD = 0.08  # energy that varies this much within a stretch is ordinary
LENGTH_COST = 0.8
MID_SHOT_COST = 1.5  # of a turn where there is no cut
DIFFERENT = 0.06  # energy: cues closer than this are much the same
WIDEST = 256  # turns considered
LONGEST_SHOT = Fraction(16)  # seconds: a longer one may turn within


def cue_sheet(
    energy: Sequence[float], valence: Sequence[float], cuts: Mapping[Seconds, float], duration: Seconds
) -> tuple[Cue, ...]:
    """Cues that cover the film. `cuts` maps moments to weights 0..1; curves are per CURVE_STEP and may be empty.

    A film that stays the same throughout is one cue with no label: its form is the composer's to choose.
    """
    even = Span(Fraction(0), duration)
    if not energy or duration < 2 * SHORTEST:
        return (Cue(even, "", _over(energy, even), _over(valence, even)),)
    turns = _turns(cuts, duration)
    ideal = min(60.0, max(float(SHORTEST), 2 * sqrt(float(duration))))
    edges = _divide(_sums(energy), _sums(valence), turns, cuts, ideal)
    spans = [Span(a, b) for a, b in pairwise(edges)]
    forces = [_over(energy, span) for span in spans]
    if len(spans) == 1 or (max(forces) - min(forces) < DIFFERENT and not any(edge in cuts for edge in edges)):
        return (Cue(even, "", _over(energy, even), _over(valence, even)),)
    labels = _labels(forces)
    return tuple(Cue(s, name, f, _over(valence, s)) for s, name, f in zip(spans, labels, forces, strict=True))


def _turns(cuts: Mapping[Seconds, float], duration: Seconds) -> list[Seconds]:
    """Moments at which a cue may begin or end, from 0 to the end: the heaviest cuts, and points in very long shots."""
    inside = [at for at in cuts if SHORTEST / 2 <= at <= duration - SHORTEST / 2]
    kept = sorted(sorted(inside, key=lambda at: (-cuts[at], at))[:WIDEST])
    edges = [Fraction(0), *kept, duration]
    turns = [Fraction(0)]
    for a, b in pairwise(edges):
        if b - a > LONGEST_SHOT:
            parts = min(WIDEST // 4, int((b - a) / (SHORTEST / 2)))
            turns += [a + (b - a) * k / parts for k in range(1, parts)]
        turns.append(b)
    return turns


def _divide(
    energy: Sequence[tuple[float, float]],
    valence: Sequence[tuple[float, float]],
    turns: Sequence[Seconds],
    cuts: Mapping[Seconds, float],
    ideal: float,
) -> list[Seconds]:
    """The turns that divide the film best."""
    steps = [min(len(energy) - 1, round(turn / CURVE_STEP)) for turn in turns]
    clock = [float(turn) for turn in turns]
    best = [0.0] + [float("inf")] * (len(turns) - 1)
    came = [0] * len(turns)
    for j in range(1, len(turns)):
        toll = 0.0 if j == len(turns) - 1 else MID_SHOT_COST if turns[j] not in cuts else 0.6 * (1 - cuts[turns[j]])
        first = bisect_left(clock, clock[j] - 8 * ideal)
        for i in range(first, j):
            length = clock[j] - clock[i]
            if length < float(SHORTEST) and not (i == 0 and j == len(turns) - 1):
                break
            uneven = _spread(energy, steps[i], steps[j]) + 0.5 * _spread(valence, steps[i], steps[j])
            cost = best[i] + toll + 0.25 * uneven / SPREAD**2 / 2 + LENGTH_COST * log(length / ideal) ** 2
            if cost < best[j]:
                best[j], came[j] = cost, i
    if best[-1] == float("inf"):
        return [turns[0], turns[-1]]
    path = [len(turns) - 1]
    while path[-1]:
        path.append(came[path[-1]])
    return [turns[k] for k in reversed(path)]


def _sums(curve: Sequence[float]) -> list[tuple[float, float]]:
    """Running sums of a curve and its squares."""
    sums = [(0.0, 0.0)]
    for value in curve:
        sums.append((sums[-1][0] + value, sums[-1][1] + value * value))
    return sums


def _spread(sums: Sequence[tuple[float, float]], first: int, last: int) -> float:
    """Summed squared distance from the mean, in seconds times value squared."""
    count = last - first
    if count < 1:
        return 0.0
    total, squares = sums[last][0] - sums[first][0], sums[last][1] - sums[first][1]
    return max(0.0, squares - total * total / count) * float(CURVE_STEP)


def _over(curve: Sequence[float], span: Span) -> float:
    """Mean of a curve over a span (0 where there is none)."""
    if not curve:
        return 0.0
    first = min(len(curve) - 1, round(span.start / CURVE_STEP))
    part = curve[first : max(first + 1, round(span.end / CURVE_STEP))]
    return round(sum(part) / len(part), 3)


def _labels(energy: Sequence[float]) -> list[str]:
    """What each cue is in the arc: the liveliest one lifts, what rises towards it builds, a dip is a break."""
    count = len(energy)
    labels = [""] * count
    inner = range(1, count - 1) if count > 2 else range(1, count)
    top = max(inner, key=lambda i: energy[i], default=0)
    for i in inner:
        before, after = energy[i - 1], energy[min(count - 1, i + 1)]
        if energy[i] < before - DIFFERENT and energy[i] < after - DIFFERENT:
            labels[i] = "break"
        elif energy[i] >= energy[top] - DIFFERENT / 2 and energy[i] > min(energy) + DIFFERENT:
            labels[i] = "lift"
        elif energy[i] > before + DIFFERENT / 2 and after > energy[i]:
            labels[i] = "build"
    labels[0] = "opening"
    if count > 2:
        labels[-1] = "ending"
    return labels
