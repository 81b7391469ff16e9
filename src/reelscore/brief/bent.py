"""A tempo that follows the picture: every proposal of the search made as steady as it can be, the best one exact.

"Best" is enough hits first, steadiness second: beyond nine tenths on a beat and three quarters on a downbeat, a calmer
tempo is worth more than another hit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from reelscore.brief.bar_lines import bars_of, pulses_of
from reelscore.brief.tempo_curve import tempo_curve
from reelscore.brief.tempo_search import BALANCES, LAST_RESORT, Marks, Walk, walks
from reelscore.values.brief import Hit
from reelscore.values.time import Bar, Beats, Meter, Seconds, TempoMap, TempoStep

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
ENOUGH_BEATS = 0.93
ENOUGH_DOWNBEATS = 0.76
LARGEST_STEP = 0.03  # from one pulse to the next: what a listener just about notices (Friberg & Sundberg 1995)
LARGEST_DRIFT = 0.08  # from one bar to the next
MUCH = 3.0  # weight in all: with less to serve, less bending is worth it
OWN_WEIGHT = 40.0  # a person's hit against a cut
GIVEN_WAY = 0.9  # of a frame, at most, by a cut
LARGEST_SLACK = 0.03  # seconds: what is played late of a beat must still sound within a frame
ON_THE_SPOT = 1e-6  # seconds: a person's hit counts only here
MICROSECOND = Fraction(1, 1_000_000)
FLAT = 0.001  # tempo that varies less than this within a stretch is written as one


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan on the clock. `times` has one entry more than there are `pulses`, for the end of the last one."""

    bars: tuple[Bar, ...]
    pulses: tuple[Beats, ...]
    times: Floats
    anchors: Ints  # pulses
    marks: tuple[int, ...]  # the mark at each anchor


def bent_map(
    hits: Sequence[Hit],
    duration: Seconds,
    frame: Seconds,
    bpm: Fraction,
    tempi: tuple[Fraction, Fraction],
    meter: Meter,
    steady: Sequence[TempoMap],
) -> TempoMap:
    """The best map for these hits: one of the `steady` ones, or one that bends."""
    spots, marks = _marks(hits, frame)
    judge = _Judge(hits, duration, frame, bpm, meter)
    best, best_score = steady[0], -np.inf
    for tempo_map in steady:
        score = judge.steady(tempo_map)
        if score > best_score:
            best, best_score = tempo_map, score
    bounds = (float(tempi[0]), float(tempi[1]))
    for balances in (BALANCES, LAST_RESORT):
        chosen: Draft | None = None
        for walk in walks(marks, float(duration), meter, bounds, balances):
            draft = _draft(walk, marks, meter)
            score = judge.draft(draft) if draft else -np.inf
            if score > best_score:
                chosen, best_score = draft, score
        if chosen is not None:
            best = _exact_map(chosen, spots, marks)
        if judge.keeps_own(best):
            break
    return best


def _marks(hits: Sequence[Hit], frame: Seconds) -> tuple[list[Seconds], Marks]:
    """The start and every hit after it, those of one frame as one; a person's weigh most and may not give way."""
    spots: list[Seconds] = [Fraction(0)]
    weights, slack = [0.0], [0.0]
    give = min(float(frame) * GIVEN_WAY, LARGEST_SLACK)
    for hit in sorted(hits, key=lambda h: (h.at, not h.asked)):
        own = hit.asked
        weight = OWN_WEIGHT if own else _heft(hit)
        if hit.at - spots[-1] < frame / 2 and not (own and slack[-1] > 0):
            weights[-1] = max(weights[-1], weight)
        else:
            spots.append(hit.at)
            weights.append(weight)
            slack.append(0.0 if own else give)
    return spots, Marks(np.array([float(t) for t in spots]), np.array(weights), np.array(slack))


def _heft(hit: Hit) -> float:
    """What a hit counts: confident cuts nearly the same, doubtful ones hardly."""
    return hit.weight**0.5 if hit.kind == "cut" else hit.weight


def _draft(walk: Walk, marks: Marks, meter: Meter) -> Draft | None:
    """The walk with its pulses moved to where the tempo is smoothest; None where it meets no mark."""
    at: dict[int, int] = {0: 0}
    for mark in range(1, len(marks.times)):
        pulse = int(np.argmin(np.abs(walk.times - marks.times[mark])))
        room = max(marks.slack[mark], walk.near) + 1e-9
        if pulse == 0 or abs(walk.times[pulse] - marks.times[mark]) > room:
            continue
        if pulse not in at or marks.weights[mark] > marks.weights[at[pulse]]:
            at[pulse] = mark
    if len(at) < 2:
        return None
    bars = bars_of(meter, walk.places, walk.lengths)
    pulses = [pulse for bar in bars for pulse in pulses_of(bar)]
    edges = np.array([float(pulse) for pulse in [*pulses, bars[-1].end]])
    anchors = np.array(sorted(at), dtype=np.int64)
    kept = [at[pulse] for pulse in sorted(at)]
    times = tempo_curve(np.diff(edges), anchors, marks.times[kept], marks.slack[kept])
    return Draft(bars, tuple(pulses), times, anchors, tuple(kept))


class _Judge:
    """How well a map serves the hits, and how steady it is, as one number."""

    def __init__(self, hits: Sequence[Hit], duration: Seconds, frame: Seconds, bpm: Fraction, meter: Meter) -> None:
        self.times = np.array([float(hit.at) for hit in hits])
        self.weights = np.array([_heft(hit) for hit in hits])
        self.own = np.array([hit.asked for hit in hits])
        self.duration, self.frame, self.bpm, self.meter = float(duration), float(frame), float(bpm), meter

    def steady(self, tempo_map: TempoMap) -> float:
        pulses = [pulse for bar in tempo_map.bars for pulse in pulses_of(bar)]
        times = np.array([float(tempo_map.seconds_at(beat)) for beat in [*pulses, tempo_map.end]])
        return self._score(tempo_map.bars, pulses, times) + 0.05

    def draft(self, draft: Draft) -> float:
        return self._score(draft.bars, draft.pulses, draft.times)

    def keeps_own(self, tempo_map: TempoMap) -> bool:
        pulses = [pulse for bar in tempo_map.bars for pulse in pulses_of(bar)]
        times = np.array([float(tempo_map.seconds_at(beat)) for beat in pulses])
        return bool(np.all(_distance(times, self.times[self.own]) <= ON_THE_SPOT))

    def _score(self, bars: Sequence[Bar], pulses: Sequence[Beats], times: Floats) -> float:
        inside = times[:-1] < self.duration
        starts = {bar.start for bar in bars}
        downs = times[:-1][[pulse in starts for pulse in pulses]]
        on_beat = _distance(times, self.times) <= self.frame
        on_bar = _distance(downs, self.times) <= self.frame
        total = max(MUCH, self.weights.sum())
        units = np.diff([float(p) for p in [*pulses, bars[-1].end]])
        tempo = (np.diff(times) / units)[inside]
        steps = np.abs(np.diff(np.log(tempo)))
        largest = float(steps.max()) if len(steps) else 0.0
        whole = [bar for bar in bars[1:] if bar.meter == self.meter]
        odd = 1 - len(whole) / max(1, len(bars) - 1)
        away = np.log(60.0 / tempo.mean() / self.bpm) / np.log(1.25)
        drift = _drift(np.array([float(bar.meter.beats) for bar in bars]), np.append(downs, times[-1]), self.duration)
        score = 1.5 * _enough(float(self.weights[on_beat].sum() / total), ENOUGH_BEATS)
        score += 1.5 * _enough(float(self.weights[on_bar].sum() / total), ENOUGH_DOWNBEATS)
        score += 20.0 * float(np.mean(_distance(times, self.times[self.own]) <= ON_THE_SPOT)) if self.own.any() else 0.0
        score -= 0.025 * (max(0.0, largest - 0.01) / 0.01) ** 2 + 0.6 * float(np.std(np.log(tempo)))
        score -= _beyond(largest, LARGEST_STEP) + _beyond(drift, LARGEST_DRIFT)
        score -= odd + (0.5 + 10 * (odd - 0.05) if odd > 0.05 else 0.0)
        return float(score - 0.1 * away * away)


def _enough(share: float, enough: float) -> float:
    return min(share, enough) + 0.2 * max(0.0, share - enough)


def _beyond(value: float, limit: float) -> float:
    """What going beyond a limit costs: half a downbeat rate at once, and more the further."""
    return 0.0 if value <= limit else 0.4 + 20.0 * (value / limit - 1.0)


def _drift(beats: Floats, edges: Floats, duration: float) -> float:
    """The largest change of mean tempo from one bar to the next, as a share."""
    bars = np.diff(edges) / beats
    return float(np.abs(np.diff(np.log(bars[edges[:-1] < duration]))).max(initial=0.0))


def _distance(grid: Floats, at: Floats) -> Floats:
    """Seconds from each moment to the nearest point of a rising grid."""
    after = np.clip(np.searchsorted(grid, at), 1, max(1, len(grid) - 1))
    return np.minimum(np.abs(grid[np.minimum(after, len(grid) - 1)] - at), np.abs(grid[after - 1] - at))


def _exact_map(draft: Draft, spots: Sequence[Seconds], marks: Marks) -> TempoMap:
    """The draft in exact time: anchors that did not give way lie exactly on their hits."""
    beats = [*draft.pulses, draft.bars[-1].end]
    at = [round(time * 1_000_000) * MICROSECOND for time in draft.times.tolist()]
    for k, mark in zip(draft.anchors.tolist(), draft.marks, strict=True):
        if abs(draft.times[k] - marks.times[mark]) < 1e-6:
            at[k] = spots[mark]
    corners = [*draft.anchors.tolist(), len(beats) - 1]
    steps: list[TempoStep] = []
    for first, last in pairwise(corners):
        tempo = np.diff(draft.times[first : last + 1]) / np.diff([float(b) for b in beats[first : last + 1]])
        flat = np.ptp(tempo) < FLAT * tempo.mean()
        for a, b in [(first, last)] if flat else [(k, k + 1) for k in range(first, last)]:
            quarter = (at[b] - at[a]) / (beats[b] - beats[a])
            if not steps or steps[-1].seconds_per_beat != quarter:
                steps.append(TempoStep(beats[a], quarter))
    return TempoMap(at[0], tuple(steps), draft.bars)
