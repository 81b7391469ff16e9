"""Groups of pictures: where a stored H.264 film may be cut without encoding, and which parts to take. Pure.

A closed group starts with an IDR picture, and every picture in it is both stored and shown between that picture and the
next group's. Only such groups can be moved whole. Frames are counted in the order they are shown, from 0.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from reelscore.render.ways import Kept


@dataclass(frozen=True, slots=True)
class Stored:
    """One packet, in the order of decoding: the frame it shows, and whether decoding can start there."""

    frame: int
    opens: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Frames `first` .. `first + count` of the result. `source_first` >= 0: copied from there on, else composed."""

    first: int
    count: int
    source_first: int = -1

    @property
    def copied(self) -> bool:
        return self.source_first >= 0


def group_starts(packets: Sequence[Stored]) -> list[int] | None:
    """The frames at which closed groups start, the end of the film last; None when it does not consist of such."""
    if not packets or not packets[0].opens or sorted(packet.frame for packet in packets) != list(range(len(packets))):
        return None
    starts = [n for n, packet in enumerate(packets) if packet.opens]
    for start, end in zip(starts, [*starts[1:], len(packets)], strict=True):
        frames = [packet.frame for packet in packets[start:end]]
        if packets[start].frame != start or min(frames) != start or max(frames) != end - 1:
            return None
    return [*starts, len(packets)]


def parts_of(kept: Sequence[Kept], starts: Sequence[int], first: int, count: int) -> list[Part]:
    """What is copied (whole groups inside the kept stretches) and what is composed, covering these frames in order."""
    parts: list[Part] = []
    at = first
    for run in kept:
        low = bisect_left(starts, run.source_first)
        high = bisect_right(starts, run.source_first + run.count) - 1
        if low >= len(starts) or high <= low:
            continue  # it holds no whole group
        begin = run.first + starts[low] - run.source_first
        if begin > at:
            parts.append(Part(at, begin - at))
        parts.append(Part(begin, starts[high] - starts[low], starts[low]))
        at = begin + starts[high] - starts[low]
    if at < first + count:
        parts.append(Part(at, first + count - at))
    return parts
