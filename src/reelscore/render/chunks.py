"""How a film is cut into chunks that are composed alone, and what each chunk's picture depends on.

A chunk is a run of frames with a key: the hash of everything its picture can depend on - the part of the timeline it
shows, told relative to its own first frame, the canvas, and the way it is encoded. Equal keys mean equal pictures, so a
chunk made once serves every later render: of the same timeline, of one edited elsewhere, of one where it has moved.
Chunks end at cuts where they can: a cut moved by an edit then moves the chunk with it and leaves its key alone.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from reelscore.values.codec import to_json
from reelscore.values.time import Seconds, Span
from reelscore.values.timeline import Picture, Segment, Timeline, Track, Transition

LOOK = 1  # raise when the compositor draws the same timeline differently: chunks made before are then made anew
LONGEST_S = Fraction(8)
SHORTEST_S = Fraction(2)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Frames `first` .. `first + count` of the timeline."""

    first: int
    count: int
    key: str


@dataclass(frozen=True, slots=True)
class _Shown:
    """One track's segments in order, with the time each can be seen: its own and its halves of transitions."""

    track: Track
    opening: dict[str, Transition]  # by the segment it leads into
    starts: list[Seconds]
    ends: list[Seconds]
    spans: list[Span]
    segments: list[Segment]


def chunks_of(timeline: Timeline, first: int, count: int, encoding: str) -> tuple[Chunk, ...]:
    """Chunks that cover these frames, in order. `encoding` names all that shapes the bits: size, codec, settings."""
    rate = timeline.canvas.frame_rate
    tracks = [_shown(track) for track in timeline.tracks if track.kind != "audio" and not track.hidden]
    media = {m.id: (m.kind, m.width, m.height) for m in timeline.media}
    made = []
    for start, end in _runs(_edges(timeline, rate), first, count, rate):
        told = list(_told(tracks, Span(start / rate, end / rate), media))
        recipe = {"look": LOOK, "canvas": to_json(timeline.canvas), "encoding": encoding, "frames": end - start}
        text = json.dumps([recipe, told], sort_keys=True, ensure_ascii=False)
        made.append(Chunk(start, end - start, hashlib.sha256(text.encode()).hexdigest()[:40]))
    return tuple(made)


def sound_key(timeline: Timeline, first: int, count: int, encoding: str, speech: Mapping[str, tuple[Span, ...]]) -> str:
    """A key for these samples, by everything that is heard on the timeline (one voice may duck all else)."""
    heard = [
        [track.gain_db, track.role, [[str(span.start), to_json(_heard(segment))] for span, segment in track.placed()],
         [to_json(transition) for transition in track.transitions]]
        for track in timeline.tracks
        if not track.muted and track.kind != "text"
    ]  # fmt: skip
    text = json.dumps([LOOK, first, count, encoding, heard, to_json(speech)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:40]


def _heard(segment: Segment) -> Segment:
    return replace(segment, name="", picture=None, text=None, piece="", colour="")


def _edges(timeline: Timeline, rate: Fraction) -> list[int]:
    """Frames at which a picture or text begins or ends, in order."""
    visible = (track for track in timeline.tracks if track.kind != "audio" and not track.hidden)
    return sorted(
        {round(at * rate) for track in visible for span, _ in track.placed() for at in (span.start, span.end)}
    )


def _runs(edges: list[int], first: int, count: int, rate: Fraction) -> Iterator[tuple[int, int]]:
    """From edge to edge where they lie well, else as long as a chunk may be."""
    longest, shortest = max(1, round(LONGEST_S * rate)), max(1, round(SHORTEST_S * rate))
    at, last = first, first + count
    while at < last:
        if last - at <= longest:
            yield at, last
            return
        near = edges[bisect_left(edges, at + shortest) : bisect_right(edges, at + longest)]
        end = near[-1] if near else at + longest
        if last - end < shortest:  # what is left over would be too short to be worth a process
            end = at + (last - at) // 2
        yield at, end
        at = end


def _shown(track: Track) -> _Shown:
    opening = {transition.into: transition for transition in track.transitions}
    placed = list(track.placed())
    halves = [opening[segment.id].duration / 2 if segment.id in opening else Fraction(0) for _, segment in placed]
    starts = [span.start - half for (span, _), half in zip(placed, halves, strict=True)]
    ends = [span.end + half for (span, _), half in zip(placed, [*halves[1:], Fraction(0)], strict=False)]
    return _Shown(track, opening, starts, ends, [span for span, _ in placed], [segment for _, segment in placed])


def _told(tracks: list[_Shown], window: Span, media: dict[str, Any]) -> Iterator[Any]:
    """What is seen in the window, track by track, with times from the window's start."""
    for shown in tracks:
        low = max(0, bisect_right(shown.ends, window.start) - 1)
        high = bisect_left(shown.starts, window.end) + 1
        seen = [n for n in range(low, min(high, len(shown.spans))) if _overlaps(shown, n, window)]
        if seen:
            yield [shown.track.kind, shown.track.role, [_place(shown, n, window, media) for n in seen]]


def _place(shown: _Shown, n: int, window: Span, media: dict[str, Any]) -> list[Any]:
    """One segment: when it begins, what it is, what it draws on, and the transition that leads into it."""
    span, segment = shown.spans[n], shown.segments[n]
    at, clipped, whole = _clipped(segment, span, shown.starts[n], shown.ends[n], window)
    transition = shown.opening.get(segment.id) if whole else None
    bare = replace(clipped, id="", name="", sound=None, piece="")
    return [
        str(at - window.start),
        to_json(bare),
        media.get(segment.media),
        to_json(replace(transition, into="")) if transition else None,
    ]


def _clipped(
    segment: Segment, span: Span, seen_from: Seconds, seen_to: Seconds, window: Span
) -> tuple[Seconds, Segment, bool]:
    """(start, segment, still has its opening) without the parts outside the window that cannot matter inside it.

    So a long shot trimmed at its end, or split, keeps the chunks of what is left.
    """
    picture = segment.picture or Picture()
    if segment.text is not None or segment.reverse or picture.zoom is not None:
        return span.start, segment, True  # what is seen depends on the whole length
    at, opened = span.start, True
    if max(span.start + (span.start - seen_from), span.start + picture.fade_in) < window.start:
        cut = window.start - span.start
        start = segment.start if segment.freeze else segment.start + cut * segment.speed
        segment = replace(segment, start=start, duration=segment.duration - cut)
        picture = replace(picture, fade_in=Fraction(0))
        at, opened = window.start, False
    if min(span.end - (seen_to - span.end), span.end - picture.fade_out) > window.end:
        segment = replace(segment, duration=window.end - at)
        picture = replace(picture, fade_out=Fraction(0))
    return at, replace(segment, picture=picture), opened


def _overlaps(shown: _Shown, n: int, window: Span) -> bool:
    return shown.starts[n] < window.end and window.start < shown.ends[n]
