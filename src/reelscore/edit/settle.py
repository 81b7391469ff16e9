"""What every edit leaves behind in order: whole frames, no holes at the end, fades and transitions that fit.

Commands say what a person wants; this pass keeps the timeline's promises, so no command has to. Only tracks that
changed are looked at. Applying it twice changes nothing more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from math import floor

from reelscore.edit.segments import fades_fitted, material
from reelscore.values.time import Seconds
from reelscore.values.timeline import Gap, Item, Media, Segment, Timeline, Track, Transition

NONE = Fraction(0)


def settled(timeline: Timeline, before: Timeline | None = None) -> Timeline:
    """The timeline in order. `before` is the one it was made from: tracks taken over from it are in order already."""
    in_order: set[int] = set()
    if before is not None and before.canvas.frame_rate == timeline.canvas.frame_rate and before.media == timeline.media:
        in_order = {id(track) for track in before.tracks}
    media = {medium.id: medium for medium in timeline.media}
    frame = timeline.canvas.frame
    tracks = tuple(t if id(t) in in_order else _settled_track(t, frame, media) for t in timeline.tracks)
    tracks = tuple(track for track in tracks if track.items)
    requests = timeline.requests
    if requests:
        ids = {item.id for track in tracks for item in track.items if isinstance(item, Segment)}
        requests = tuple(request for request in requests if request.segment in ids)
    markers = tuple(sorted(timeline.markers, key=lambda marker: (marker.at, marker.kind, marker.label)))
    return replace(timeline, tracks=tracks, requests=requests, markers=markers)


def _settled_track(track: Track, frame: Seconds, media: dict[str, Media]) -> Track:
    whole = track.kind != "audio"
    items = tuple(_joined(_on_frames(track.items, frame, media) if whole else _within(track.items, media)))
    return replace(track, items=items, transitions=_fitting(track.transitions, items, frame if whole else None))


def _on_frames(items: tuple[Item, ...], frame: Seconds, media: dict[str, Media]) -> Iterator[Item]:
    """Every boundary on the nearest frame; a segment whose material ends earlier is a frame shorter."""
    at = placed = NONE
    for item in items:
        at += item.duration
        count = round((at - placed) / frame)
        length = material(item, media.get(item.media)) if isinstance(item, Segment) else None
        if isinstance(item, Segment) and length is not None and count * frame >= length + frame:
            count = floor(length / frame)
        duration = count * frame
        placed += duration
        if count > 0:
            yield item if item.duration == duration else replace(item, duration=duration)


def _within(items: tuple[Item, ...], media: dict[str, Media]) -> Iterator[Item]:
    """Sound ends with its material; silence keeps its place. Shorter than a sample is nothing."""
    for item in items:
        length = material(item, media.get(item.media)) if isinstance(item, Segment) else None
        if length is None or item.duration <= length:
            yield item
            continue
        if length > 0:
            yield replace(item, duration=length)
        yield Gap(item.duration - max(NONE, length))


def _joined(items: Iterator[Item]) -> Iterator[Item]:
    """Neighbouring gaps made one, none at the end; fades that fit."""
    gap = NONE
    for item in items:
        if isinstance(item, Gap):
            gap += item.duration
        elif item.duration > 0:
            if gap > 0:
                yield Gap(gap)
            gap = NONE
            yield fades_fitted(item)


def _fitting(
    transitions: tuple[Transition, ...], items: tuple[Item, ...], frame: Seconds | None
) -> tuple[Transition, ...]:
    """In order of the cuts, each no longer than twice what both its neighbours have left."""
    if not transitions:
        return ()
    wanted = {transition.into: transition for transition in transitions}
    kept: list[Transition] = []
    taken = NONE  # by the transition before, of the segment that this one leads away from
    for last, item in pairwise(items):
        transition = wanted.get(item.id) if isinstance(item, Segment) and isinstance(last, Segment) else None
        half = NONE
        if transition:
            half = min(transition.duration / 2, last.duration - taken, item.duration)
            if frame is not None:
                half = max(1, round(transition.duration / 2 / frame)) * frame
                half = min(half, floor(min(last.duration - taken, item.duration) / frame) * frame)
            if half > 0:
                same = transition.duration == 2 * half
                kept.append(transition if same else replace(transition, duration=2 * half))
        taken = max(half, NONE)
    return tuple(kept)
