"""The music's beats on the timeline's clock, and the film's cuts on them. Pure."""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction

from reelscore.edit.places import places
from reelscore.edit.segments import material, trimmed
from reelscore.edit.tracks import snapped
from reelscore.values.facts import Facts
from reelscore.values.time import Seconds
from reelscore.values.timeline import Gap, Item, Segment, Timeline


def beats_on(timeline: Timeline, facts: Facts, *, downbeats: bool = False) -> tuple[Seconds, ...]:
    """When beats sound, in order, each on its nearest frame; those of all music, else of whatever has beats."""
    found: dict[str, set[Seconds]] = {"music": set(), "other": set()}
    for place in places(timeline):
        known = facts.of(place.segment.media)
        beats = known.downbeats if downbeats else known.beats
        segment = place.segment
        if not beats or segment.reverse or segment.freeze or place.track.muted:
            continue
        first, last = bisect_left(beats, segment.start), bisect_left(beats, segment.source.end)
        heard = found["music" if place.role == "music" else "other"]
        heard |= {snapped(timeline, place.span.start + (b - segment.start) / segment.speed) for b in beats[first:last]}
    return tuple(sorted(found["music"] or found["other"]))


def nearest(beats: tuple[Seconds, ...], at: Seconds) -> Seconds | None:
    n = bisect_left(beats, at)
    return min(beats[max(0, n - 1) : n + 1], key=lambda beat: abs(beat - at), default=None)


def rolled(timeline: Timeline, items: tuple[Item, ...], n: int, to: Seconds) -> tuple[Item, ...] | None:
    """The cut before item `n` moved to a moment: one segment longer, the other shorter, all else where it was.

    None where the material of either does not reach, or one would vanish.
    """
    last, item = items[n - 1], items[n]
    at = sum((held.duration for held in items[:n]), Fraction(0))
    shift = to - at
    if last.duration + shift < timeline.canvas.frame or item.duration - shift < timeline.canvas.frame:
        return None
    before: Item = Gap(last.duration + shift)
    if isinstance(last, Segment):
        most = material(last, timeline.medium(last.media))
        if most is not None and last.duration + shift > most:
            return None
        before = trimmed(last, Fraction(0), last.duration + shift)
    after: Item = Gap(item.duration - shift)
    if isinstance(item, Segment):
        after = trimmed(item, shift, item.duration)
        medium = timeline.medium(item.media)
        beyond = medium is not None and medium.kind != "image" and after.source.end > medium.duration
        if after.start < 0 or (beyond and after.source.end > item.source.end):
            return None
    return (*items[: n - 1], before, after, *items[n + 1 :])
