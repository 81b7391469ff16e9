"""From frames seen to shots: which frame opens a shot, how, and how sure that is.

`Judge` takes frames in order and finds the openings in them, in blocks, so that a long film needs no more memory than
a short one. `to_shots` makes the list of shots.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reelscore.understand.cuts import pace_of, peaks
from reelscore.understand.differences import Comparer, Prints
from reelscore.understand.glimpses import Glimpse
from reelscore.understand.graduals import MARGIN, graduals
from reelscore.values.reading import Shot
from reelscore.values.time import Seconds, Span

BLOCK = 768  # frames judged at once
SURE = 0.5
SHORTEST = 3  # frames; of two openings closer than this the surer stays


@dataclass(frozen=True, slots=True)
class Opening:
    """The first frame of a new shot; for a gradual change, the frame in its middle."""

    number: int
    at: Seconds
    kind: str  # "cut", "dissolve", "fade"
    confidence: float  # 0..1
    change: float  # 0..1


class Judge:
    """Finds openings in frames as they come. Where a few are left out, the change between is taken to be steady;
    `leap` is the largest such change, and a large one says that they should not have been left out.

    `before`: a frame seen earlier, some time before the first one. It opens nothing itself, but when it comes back, a
    change was none.
    """

    def __init__(self, rate: float, before: Prints | None = None) -> None:
        self.openings: list[Opening] = []
        self.leap = 0.0
        self._pace = pace_of(rate)
        self._margin = MARGIN * self._pace
        self._prints = before.tail(1) if before else Prints()
        self._from = 1 + len(self._prints)  # the first place not judged yet

    def add(self, glimpse: Glimpse) -> None:
        if len(self._prints) < self._from:
            self._prints.add(glimpse)  # the first one: what was seen before it lies apart
        else:
            self.leap = max(self.leap, self._prints.bridge(glimpse))
        if len(self._prints) >= BLOCK + 2 * self._margin:
            self._judge(len(self._prints) - self._margin)
            kept = 2 * self._margin
            self._prints = self._prints.tail(kept)
            self._from = kept - self._margin

    def finish(self) -> list[Opening]:
        """Judge what is left; all openings in order of time."""
        if len(self._prints) > self._from:
            self._judge(len(self._prints))
        return self.openings

    def _judge(self, end: int) -> None:
        self.openings += openings_in(self._prints, self._pace, self._from, end)


def openings_in(prints: Prints, pace: int, first: int, end: int) -> list[Opening]:
    """The openings at places first..end-1 of a run; the frames around are context."""
    comparer = Comparer(prints)
    cuts = [peak for peak in peaks(comparer, pace) if peak.confidence > SURE]
    soft = graduals(comparer, pace, [cut.place for cut in cuts])
    found = [(cut.place, "cut", cut.confidence, cut.change) for cut in cuts]
    found += [(one.place, one.kind, one.confidence, one.change) for one in soft]
    return [
        Opening(prints.number[place], prints.at[place], kind, confidence, change)
        for place, kind, confidence, change in sorted(found)
        if first <= place < end
    ]


def settled(openings: Sequence[Opening]) -> list[Opening]:
    """In order of time, none twice, none within SHORTEST frames of a surer one."""
    kept: list[Opening] = []
    for opening in sorted(openings, key=lambda one: (one.number, -one.confidence)):
        if kept and opening.number - kept[-1].number < SHORTEST:
            if opening.confidence > kept[-1].confidence:
                kept[-1] = opening
            continue
        kept.append(opening)
    return [opening for opening in kept if opening.number > 0]


def to_shots(openings: Sequence[Opening], duration: Seconds) -> tuple[Shot, ...]:
    """Shots that fill the film from 0 to its end; their motion and brightness are not known yet (0)."""
    inside = [opening for opening in openings if 0 < opening.at < duration]
    starts = [Seconds(0), *(opening.at for opening in inside)]
    ends = [*starts[1:], duration]
    first = Shot(Span(starts[0], ends[0]), "start", 1.0, 0.0, 0.0, 0.0)
    later = (
        Shot(Span(start, end), one.kind, round(one.confidence, 3), round(one.change, 3), 0.0, 0.0)
        for start, end, one in zip(starts[1:], ends[1:], inside, strict=True)
    )
    return (first, *later)
