"""Fit the tempo map to the picture: hits land on beats, the big ones on downbeats.

Film practice: spot the hits, search the tempo that serves most of them, bend it where a listener does not notice.
Units: seconds and beats are exact `Fraction`s in everything returned; floats live only in the search. A *pulse* is
the beat a foot taps (a quarter in 4/4, a dotted quarter in 6/8), an *odd bar* one whose length is not the meter's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np

from reelscore.values.brief import Hit, HitResult
from reelscore.values.time import Bar, Beats, Meter, Seconds, TempoMap

DEFAULT_FRAME = Fraction(1, 25)


@dataclass(frozen=True, slots=True)
class FitFigures:
    """How well a map fits. Rates are shares of the hits' weight within one frame, 0..1."""

    constant: bool  # one tempo from first to last
    slowest_bpm: float
    fastest_bpm: float
    largest_step: float  # between neighbouring pulses, as a share: .02 is 2 %
    odd_bars: float  # share of bars whose length is not the meter's (a pickup is none)
    beat_rate: float
    downbeat_rate: float
    chance_beat_rate: float  # what hits thrown at random would get on this map
    chance_downbeat_rate: float
    fixed_beat_rate: float  # what plain 120 bpm from second 0 would get
    fixed_downbeat_rate: float


@dataclass(frozen=True, slots=True)
class TempoFit:
    """A tempo map, where each hit lands on it, and how good that is."""

    tempo_map: TempoMap
    hits: tuple[HitResult, ...]
    final_beat: Beats  # the downbeat for the ending's last chord; it rings from there to the end
    figures: FitFigures
    notes: tuple[str, ...] = ()  # what could not be met


def pulse_offsets(meter: Meter) -> tuple[Beats, ...]:
    """Where the pulses of one bar lie, in quarter notes from its start, and last the bar's length.

    Simple meters pulse in their denominator, compound ones (6/8, 9/8, 12/8) in dotted values, additive ones
    (5/8, 7/8...) in twos with a three at the end.
    """
    unit = Fraction(4, meter.denominator)
    count = meter.numerator
    if meter.denominator < 8:
        sizes = [1] * count
    elif count % 3 == 0 and count > 3:
        sizes = [3] * (count // 3)
    elif count > 3:
        sizes = [2] * (count // 2)
        sizes[-1] += count % 2
    else:
        sizes = [count]
    offsets = [Fraction(0)]
    for size in sizes:
        offsets.append(offsets[-1] + size * unit)
    return tuple(offsets)


def ring_least(duration: Seconds) -> Seconds:
    """The shortest time a last chord may ring: 1.2 s, less in a film under four seconds."""
    return min(Fraction(6, 5), duration * Fraction(3, 10))


def final_beat(tempo_map: TempoMap, duration: Seconds) -> Beats:
    """The last downbeat that leaves the last chord time to ring (beat 0 where there is no other)."""
    latest = duration - ring_least(duration)
    return max((bar.start for bar in tempo_map.bars if tempo_map.seconds_at(bar.start) <= latest), default=Fraction(0))


def fit_tempo(
    hits: Sequence[Hit],
    duration: Seconds,
    frame_rate: Fraction | None,
    bpm: Fraction,
    low: Fraction,
    high: Fraction,
    locked: bool,
    meter: Meter,
    seed: int = 1,
) -> TempoFit:
    """The tempo map (beat 0 at second 0) that serves these hits best, near `bpm` and within `low`..`high`.

    `bpm` counts quarter notes. `locked` keeps exactly that tempo; only the place of the first beat may move.
    """
    frame = 1 / frame_rate if frame_rate else DEFAULT_FRAME
    marks = [hit for hit in hits if 0 <= hit.at <= duration]
    tempo_map = _constant(marks, duration, frame, bpm, low, high, locked, meter)
    return judged(tempo_map, hits, duration, frame, meter)


def _constant(
    hits: Sequence[Hit],
    duration: Seconds,
    frame: Seconds,
    bpm: Fraction,
    low: Fraction,
    high: Fraction,
    locked: bool,
    meter: Meter,
) -> TempoMap:
    if locked:
        return _bars_of(bpm, meter, duration)
    lowest, highest = max(low, bpm * Fraction(3, 4)), min(high, bpm * Fraction(5, 4))
    if not hits or lowest >= highest:
        bars = max(1, round(duration * bpm / 60 / meter.beats))
        filling = bars * meter.beats * 60 / duration
        near = abs(filling / bpm - 1) < Fraction(1, 25) and low <= filling <= high
        return _bars_of(filling if near else bpm, meter, duration)
    candidates = np.arange(float(lowest), float(highest) + 1e-9, 0.1)
    times = np.array([float(hit.at) for hit in hits])
    weights = np.array([hit.weight for hit in hits])
    beats = times[None, :] * candidates[:, None] / 60.0
    seconds = 60.0 / candidates[:, None]
    unit = float(meter.beats)
    off_beat = np.abs(beats - np.round(beats)) * seconds
    off_bar = np.abs(beats / unit - np.round(beats / unit)) * unit * seconds
    width = float(frame)
    gain = np.exp(-0.5 * (off_beat / width) ** 2) + np.exp(-0.5 * (off_bar / width) ** 2)
    score = gain @ weights - (12 * np.log2(candidates / float(bpm))) ** 2 * 0.02 * weights.sum()
    score -= 2.5 * width * weights.sum() * (candidates / 60.0) * (1 + 1 / unit)
    best = Fraction(round(float(candidates[int(np.argmax(score))]) * 10), 10)
    return _bars_of(min(max(best, low), high), meter, duration)


def _bars_of(bpm: Fraction, meter: Meter, duration: Seconds) -> TempoMap:
    bar_seconds = meter.beats * 60 / bpm
    return TempoMap.constant(bpm, meter, max(1, -int(-duration // bar_seconds)))


def judged(tempo_map: TempoMap, hits: Sequence[Hit], duration: Seconds, frame: Seconds, meter: Meter) -> TempoFit:
    """Measure a map against the hits: where each one lands, and the figures."""
    results = tuple(landing(tempo_map, hit, frame) for hit in hits)
    fixed = TempoMap.constant(Fraction(120), meter, max(1, -int(-duration // (meter.beats / 2))))
    plain = [landing(fixed, hit, frame) for hit in hits]
    bars = tempo_map.bars[1:-1] or tempo_map.bars
    steps = [float(s.seconds_per_beat) for s in tempo_map.steps]
    pulses = [b for bar in tempo_map.bars for b in _pulses_in(bar) if tempo_map.seconds_at(b) < duration]
    figures = FitFigures(
        constant=len(steps) == 1,
        slowest_bpm=60 / max(steps),
        fastest_bpm=60 / min(steps),
        largest_step=max((abs(b / a - 1) for a, b in pairwise(steps)), default=0.0),
        odd_bars=sum(bar.meter.beats != meter.beats for bar in bars) / len(bars),
        beat_rate=_rate(results, ("beat", "downbeat")),
        downbeat_rate=_rate(results, ("downbeat",)),
        chance_beat_rate=min(1.0, float(2 * frame * len(pulses) / duration)),
        chance_downbeat_rate=min(1.0, float(2 * frame * len(tempo_map.bars) / duration)),
        fixed_beat_rate=_rate(plain, ("beat", "downbeat")),
        fixed_downbeat_rate=_rate(plain, ("downbeat",)),
    )
    return TempoFit(tempo_map, results, final_beat(tempo_map, duration), figures)


def landing(tempo_map: TempoMap, hit: Hit, frame: Seconds) -> HitResult:
    """Where this hit lands: the strongest target within one frame, else the nearest beat it missed."""
    bar = tempo_map.bar_at(tempo_map.beat_at(hit.at))
    pulses = _pulses_in(bar)
    eighths = [bar.start + k * Fraction(1, 2) for k in range(int(bar.meter.beats * 2) + 1)]
    for target, places in (("downbeat", [bar.start, bar.end]), ("beat", pulses), ("eighth", eighths)):
        beat, error = min(
            ((b, tempo_map.seconds_at(b) - hit.at) for b in places if b >= 0), key=lambda pair: abs(pair[1])
        )
        if abs(error) <= frame:
            return HitResult(hit, target, error, True, beat)
    beat, error = min(
        ((b, tempo_map.seconds_at(b) - hit.at) for b in [*pulses, bar.end]), key=lambda pair: abs(pair[1])
    )
    return HitResult(hit, "none", error, False, beat)


def _pulses_in(bar: Bar) -> list[Beats]:
    return [bar.start + offset for offset in pulse_offsets(bar.meter)[:-1]]


def _rate(results: Sequence[HitResult], targets: Sequence[str]) -> float:
    total = sum(r.hit.weight for r in results)
    return sum(r.hit.weight for r in results if r.target in targets) / total if total else 0.0
