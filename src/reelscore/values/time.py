"""Exact time: seconds, beats and frames, and the one converter between them.

* Seconds are `Fraction`; beats are `Fraction` in quarter notes (the MIDI convention, whatever the meter);
  frames are integers at a `Fraction` rate (30000/1001 is exact).
* `TempoMap` is piecewise constant: each step holds from its beat to the next step's. It is the only converter
  between beats and seconds, and it also carries the bars.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import isfinite

from reelscore.errors import BriefError

_HALF = Fraction(1, 2)

Seconds = Fraction
Beats = Fraction


def seconds(value: float | int | str | Fraction) -> Seconds:
    """A readable exact number of seconds: floats and text are taken to the microsecond."""
    if isinstance(value, (Fraction, int)):
        return Fraction(value)
    return Fraction(round(Fraction(value) * 1_000_000), 1_000_000)


def exactly(value: float, what: str) -> Fraction:
    """A number a person gave, as the decimal they meant; BriefError, naming `what`, for infinity and no number."""
    if not isfinite(value):
        raise BriefError(f"{what} cannot be {value}.", "Give an ordinary number.")
    return Fraction(str(value))


def frames_in(duration: Seconds, rate: Fraction) -> int:
    """The whole frames nearest to this duration."""
    return round(duration * rate)


def samples_in(duration: Seconds, sample_rate: int) -> int:
    """The whole audio samples nearest to this duration."""
    return round(duration * sample_rate)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of time [start, end), in seconds."""

    start: Seconds
    end: Seconds

    @property
    def duration(self) -> Seconds:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def holds(self, at: Seconds) -> bool:
        return self.start <= at < self.end


def merged(spans: Iterable[Span], gap: Seconds = Fraction(0)) -> tuple[Span, ...]:
    """Spans in order, joined where they touch or lie closer than `gap`."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start - joined[-1].end <= gap:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


@dataclass(frozen=True, slots=True)
class Meter:
    """A time signature: 4/4, 3/4, 6/8..."""

    numerator: int = 4
    denominator: int = 4

    @property
    def beats(self) -> Beats:
        """Length of one bar in quarter notes."""
        return Fraction(self.numerator * 4, self.denominator)

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar on the beat axis. A pickup is a first bar shorter than the meter."""

    index: int
    start: Beats
    meter: Meter

    @property
    def end(self) -> Beats:
        return self.start + self.meter.beats


@dataclass(frozen=True, slots=True)
class TempoStep:
    """From `at` (beats) on, one beat lasts `seconds_per_beat`."""

    at: Beats
    seconds_per_beat: Seconds

    @property
    def bpm(self) -> float:
        return float(60 / self.seconds_per_beat)


@dataclass(frozen=True)
class TempoMap:
    """Beats to seconds and back, exactly; and the bars on the same axis.

    `start` is the second at which beat 0 sounds. `steps[0].at` is 0. `bars` follow each other without gaps from
    beat 0. Beats before 0 and after the last step go on at the nearest tempo.
    """

    start: Seconds
    steps: tuple[TempoStep, ...]
    bars: tuple[Bar, ...]

    @staticmethod
    def constant(bpm: Fraction, meter: Meter, bar_count: int, start: Seconds = Fraction(0)) -> TempoMap:
        """One tempo, one meter, `bar_count` bars."""
        bars = tuple(Bar(i, i * meter.beats, meter) for i in range(bar_count))
        return TempoMap(start, (TempoStep(Fraction(0), 60 / Fraction(bpm)),), bars)

    @cached_property
    def _at_beats(self) -> list[Beats]:
        return [step.at for step in self.steps]

    @cached_property
    def _at_seconds(self) -> list[Seconds]:
        times = [self.start]
        for step, following in zip(self.steps, self.steps[1:], strict=False):
            times.append(times[-1] + (following.at - step.at) * step.seconds_per_beat)
        return times

    @cached_property
    def _bar_starts(self) -> list[Beats]:
        return [bar.start for bar in self.bars]

    def seconds_at(self, beat: Beats) -> Seconds:
        """When this beat sounds."""
        i = max(0, bisect_right(self._at_beats, beat) - 1)
        return self._at_seconds[i] + (beat - self.steps[i].at) * self.steps[i].seconds_per_beat

    def beat_at(self, at: Seconds) -> Beats:
        """The (fractional) beat that sounds at this second."""
        i = max(0, bisect_right(self._at_seconds, at) - 1)
        return self.steps[i].at + (at - self._at_seconds[i]) / self.steps[i].seconds_per_beat

    def bpm_at(self, beat: Beats) -> float:
        return self.steps[max(0, bisect_right(self._at_beats, beat) - 1)].bpm

    def bar_at(self, beat: Beats) -> Bar:
        """The bar that holds this beat (the first or last one for beats outside)."""
        return self.bars[max(0, bisect_right(self._bar_starts, beat) - 1)]

    @property
    def end(self) -> Beats:
        """The beat at which the last bar ends."""
        return self.bars[-1].end

    @property
    def mean_bpm(self) -> float:
        span = self.seconds_at(self.end) - self.start
        return float(self.end / span * 60)


def swung(beat: Beats, swing8: Fraction, swing16: Fraction) -> Beats:
    """Where a note written straight at `beat` falls in swing time.

    `swing8` is the place of the off-eighth inside its beat (1/2 straight, 2/3 triplet); `swing16` the place of the
    off-sixteenth inside its eighth. Between those points time is stretched linearly, so order is kept.
    """
    if swing8 == swing16 == _HALF:
        return beat
    whole = beat.numerator // beat.denominator
    part = beat - whole
    if swing8 != _HALF:
        if part < _HALF:
            part = part * 2 * swing8
        else:
            part = swing8 + (part - _HALF) * 2 * (1 - swing8)
        return whole + part
    if swing16 != _HALF:
        eighth, rest = divmod(part, _HALF)
        rest = rest * 2
        rest = rest * 2 * swing16 if rest < _HALF else swing16 + (rest - _HALF) * 2 * (1 - swing16)
        return whole + eighth * _HALF + rest / 2
    return beat


def unswung(beat: Beats, swing8: Fraction, swing16: Fraction) -> Beats:
    """Where a note is written straight that falls at `beat` in swing time: the inverse of `swung`."""

    def straight(part: Fraction, middle: Fraction) -> Fraction:
        return part / (2 * middle) if part < middle else _HALF + (part - middle) / (2 * (1 - middle))

    whole = beat.numerator // beat.denominator
    if swing8 != _HALF:
        return whole + straight(beat - whole, swing8)
    if swing16 != _HALF:
        eighth, rest = divmod(beat - whole, _HALF)
        return whole + eighth * _HALF + straight(rest * 2, swing16) / 2
    return beat
