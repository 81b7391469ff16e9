"""What lies over the film stays over the same picture when clips before it become shorter, longer, or go.

Texts, overlays, voices and sounds are moved to where the picture at their start is now; music is not. Nothing is cut
or lost: where the picture is gone, they stand at the place it left. Their order stays, and they never overlap. A text
that lay over one clip from its beginning to its end lies over all of it still, however long the clip is now.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import chain

from reelscore.edit.command import Noted
from reelscore.edit.film import closed
from reelscore.edit.tracks import film_track, is_music, snapped
from reelscore.values.time import Seconds, Span
from reelscore.values.timeline import Gap, Item, Segment, Timeline, Track

Placed = tuple[tuple[Span, Segment], ...]


def kept_together(before: Timeline, after: Timeline) -> Timeline | Noted:
    """The timeline after an edit of the film's own track, with all else moved along, and ended with the film."""
    old, new = film_track(before), film_track(after)
    if old is None or new is None or old.items == new.items or not any(isinstance(i, Segment) for i in new.items):
        return closed(before, after)
    was, now = tuple(old.placed()), tuple(new.placed())
    tracks = tuple(
        track if track.id == new.id or track.role == "background" or is_music(track) else _moved(after, track, was, now)
        for track in after.tracks
    )
    return closed(before, replace(after, tracks=tracks))


def _moved(timeline: Timeline, track: Track, was: Placed, now: Placed) -> Track:
    items: list[Item] = []
    at = Fraction(0)
    places = {segment.id: (span, segment) for span, segment in now}
    for span, segment in track.placed():
        start = _now_at(span.start, was, now, places)
        start = max(at, snapped(timeline, start) if track.kind != "audio" else start)
        if start > at:
            items.append(Gap(start - at))
        lasts = (
            _lasting(timeline, segment, span, start, (was, now, places)) if track.kind == "text" else segment.duration
        )
        items.append(segment if lasts == segment.duration else replace(segment, duration=lasts))
        at = start + lasts
    return track if tuple(items) == track.items else replace(track, items=tuple(items))


def _lasting(
    timeline: Timeline,
    text: Segment,
    span: Span,
    start: Seconds,
    film: tuple[Placed, Placed, Mapping[str, tuple[Span, Segment]]],
) -> Seconds:
    """How long a text stays: as long as the clip that it lay over from end to end, else as it was."""
    was, now, places = film
    near = 2 * timeline.canvas.frame
    over = next((s for at, s in was if abs(at.start - span.start) < near and abs(at.end - span.end) < near), None)
    if over is None or (same := places.get(over.id)) is None:
        return text.duration
    last = _shown(over, over.duration - timeline.canvas.frame, same, now)
    end = snapped(timeline, last + timeline.canvas.frame) if last is not None else start
    return end - start if end > start and abs(end - start - text.duration) >= near else text.duration


def _now_at(at: Seconds, was: Placed, now: Placed, places: Mapping[str, tuple[Span, Segment]]) -> Seconds:
    """Where the picture that was shown at this moment is shown now; after the film, as long after it as before."""
    n = bisect_right(was, at, key=lambda held: held[0].start) - 1  # the clip there, or the last one before
    inside = n >= 0 and at < was[n][0].end
    if inside:
        found = _shown(was[n][1], at - was[n][0].start, places.get(was[n][1].id), now)
        if found is not None:
            return found
        later = next((places[segment.id][0] for _, segment in was[n + 1 :] if segment.id in places), None)
        if later is not None:
            return later.start
    earlier = next((held for held in reversed(was[: n if inside else n + 1]) if held[1].id in places), None)
    if earlier is None:
        return at
    end = places[earlier[1].id][0].end
    return end if inside else max(Fraction(0), at + end - earlier[0].end)


def _shown(segment: Segment, offset: Seconds, same: tuple[Span, Segment] | None, now: Placed) -> Seconds | None:
    """When the picture at this offset of a segment is shown now: in the segment itself, else in another piece of it."""
    source = _source(segment, offset)
    for span, held in chain([same] if same else [], now):
        if held.freeze or not held.media or held.media != segment.media or held.reverse != segment.reverse:
            continue
        place = (held.source.end - source if held.reverse else source - held.start) / held.speed
        if 0 <= place < held.duration:
            return span.start + place
    if same is None:
        return None
    return same[0].start + min(offset, same[1].duration)


def _source(segment: Segment, offset: Seconds) -> Seconds:
    if segment.reverse:
        return segment.source.end - offset * segment.speed
    return segment.start + offset * segment.speed
