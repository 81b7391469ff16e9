"""How loud a segment is at each sample: gain, fades, crossfades, steps back under speech, and no click at its edges.

Every level is a function of the place on the timeline alone (straight lines and their squares and roots, which are
the same however samples are grouped), so blocks join exactly. Places are samples at 48 kHz.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from reelscore.values.sound import SAMPLE_RATE
from reelscore.values.time import Span, merged, samples_in
from reelscore.values.timeline import Segment, Timeline

Levels = NDArray[np.float64]

EDGE = SAMPLE_RATE // 500  # 2 ms in which a hard edge rises or falls
DUCK_BEFORE = Fraction(3, 10)  # the music has stepped back when the voice begins
DUCK_HOLD = Fraction(1, 5)
DUCK_AFTER = Fraction(7, 10)
_SILENT_DB = -60.0


@dataclass(frozen=True, slots=True)
class Edge:
    """How a segment begins or ends: over `length` samples around its cut (`before` of them before it).

    `even`: both sides are the same sound, so levels and not powers add up to one. `plain`: nothing happens at all.
    """

    before: int
    length: int
    even: bool = False

    @property
    def plain(self) -> bool:
        return self.length == 0


def amplitude(db: float) -> float:
    """A gain in decibels as a factor; 0 for what nobody hears."""
    return 0.0 if db <= _SILENT_DB else float(10 ** (db / 20))


def risen(places: NDArray[np.int64], start: int, edge: Edge) -> Levels:
    """From 0 to 1 around a beginning at `start`; mirror the places for an end."""
    if edge.plain:
        return np.ones(len(places))
    share = np.clip((places - (start - edge.before) + 0.5) / edge.length, 0.0, 1.0)
    return share if edge.even else np.asarray(np.sqrt(share * share * (3 - 2 * share)))


def faded(places: NDArray[np.int64], start: int, end: int, fade_in: int, fade_out: int) -> Levels:
    """The fades of a segment that lasts from `start` to `end`: smooth, from and to silence."""
    level = np.ones(len(places))
    if fade_in > 0:
        share = np.clip((places - start + 0.5) / fade_in, 0.0, 1.0)
        level *= share * share * (3 - 2 * share)
    if fade_out > 0:
        share = np.clip((end - places - 0.5) / fade_out, 0.0, 1.0)
        level *= share * share * (3 - 2 * share)
    return level


@dataclass(frozen=True, slots=True)
class Ducking:
    """When somebody speaks on the timeline, as the corners of a line between 0 (nobody) and 1 (somebody)."""

    places: Levels
    depths: Levels

    def level(self, places: NDArray[np.int64], duck_db: float) -> Levels:
        """The factor for music that steps back by `duck_db`."""
        if duck_db >= 0 or not len(self.places):
            return np.ones(len(places))
        depth = np.interp(places, self.places, self.depths)
        return 1.0 - depth * (1.0 - amplitude(duck_db))


def ducking(timeline: Timeline, speech: Mapping[str, Sequence[Span]]) -> Ducking:
    """Where the voices of a timeline speak. `speech` tells of each medium when, on its own clock."""
    spans: list[Span] = []
    for track, place, segment in timeline.placed():
        heard = track.kind in ("video", "audio") and not track.muted and not segment.freeze
        sound = segment.sound
        if not heard or segment.media not in speech or (sound and (sound.muted or sound.duck_db < 0)):
            continue
        spans += [span for one in speech[segment.media] if (span := _on_timeline(one, place, segment)) is not None]
    joined = merged(spans, gap=DUCK_BEFORE + DUCK_HOLD + DUCK_AFTER)
    corners: list[tuple[Fraction, float]] = []
    for span in joined:
        corners += [(span.start - DUCK_BEFORE, 0.0), (span.start, 1.0)]
        corners += [(span.end + DUCK_HOLD, 1.0), (span.end + DUCK_HOLD + DUCK_AFTER, 0.0)]
    places = np.array([float(at * SAMPLE_RATE) for at, _ in corners])
    return Ducking(places, np.array([depth for _, depth in corners]))


def _on_timeline(span: Span, place: Span, segment: Segment) -> Span | None:
    """A stretch of the source where the segment shows it."""
    used = segment.source
    low, high = max(span.start, used.start), min(span.end, used.end)
    if high <= low:
        return None
    first, last = (low - used.start) / segment.speed, (high - used.start) / segment.speed
    if segment.reverse:
        first, last = place.duration - last, place.duration - first
    return Span(place.start + first, place.start + last)


def in_samples(duration: Fraction) -> int:
    return samples_in(duration, SAMPLE_RATE)
