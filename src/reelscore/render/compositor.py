"""What a frame of a timeline looks like.

Frame `n` shows the time n / frame rate. It depends on the timeline and on `n` alone, so a chunk begins with the same
bytes that a render from the start would have there. Background tracks lie lowest, then the video tracks in order, then
all text. What is hidden by an opaque picture of the canvas' size is not drawn.

In a transition both pictures are made whole: on the lowest track over the canvas' colour, on others over nothing;
the transition's own picture is then laid where either would be.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from reelscore.errors import MediaError
from reelscore.render.layers import Layer, Timing, lay
from reelscore.render.pictures import Pictures
from reelscore.render.planes import Planes, empty, fill, packed, parse_colour, transparent
from reelscore.render.resampling import Sprite
from reelscore.render.sources import Sources
from reelscore.render.transitioning import DEFAULT_DIRECTION, Manner, named
from reelscore.values.time import frames_in
from reelscore.values.timeline import Picture, Segment, Timeline, Track, Transition

MOST_IDLE = 4  # open films that nobody shows at the moment
LARGEST_STILL = 6000  # pixels of a picture's longer side that a zoom may use


class Painter(Protocol):
    """A layer of pictures or of text."""

    def paint(self, target: Planes, n: int, strength: float = 1.0) -> None: ...
    def hides(self, n: int) -> bool: ...


@dataclass(frozen=True, slots=True)
class _Shot:
    """A segment on the canvas' frames: shown in [first, last)."""

    segment: Segment
    first: int
    last: int
    timing: Timing


@dataclass(frozen=True, slots=True)
class _Passage:
    """A transition on the canvas' frames, between two shots; `before` is missing after a gap."""

    first: int
    last: int
    before: _Shot | None
    after: _Shot
    transition: Transition


@dataclass(frozen=True, slots=True)
class _Lane:
    """A track on the canvas' frames."""

    shots: tuple[_Shot, ...]
    starts: tuple[int, ...]
    passages: tuple[_Passage, ...]
    passage_starts: tuple[int, ...]

    def shot_at(self, n: int) -> _Shot | None:
        i = bisect_right(self.starts, n) - 1
        return self.shots[i] if i >= 0 and n < self.shots[i].last else None

    def passage_at(self, n: int) -> _Passage | None:
        i = bisect_right(self.passage_starts, n) - 1
        return self.passages[i] if i >= 0 and n < self.passages[i].last else None


class Compositor:
    """Makes the frames of a timeline. Films stay open between calls; `close` lets go of them.

    `size` is the canvas in even pixels (a preview's may be smaller than the timeline's); `draft` trades looks for time.
    """

    def __init__(self, timeline: Timeline, sources: Sources, size: tuple[int, int], draft: bool = False) -> None:
        cv2.setNumThreads(1)  # the encoder beside us has use for the other cores
        self._timeline, self._sources, self._size, self._draft = timeline, sources, size, draft
        self._background = parse_colour(timeline.canvas.background)
        shown = [track for track in timeline.tracks if not track.hidden and track.kind in ("video", "text")]
        order = {"background": 0, "video": 1, "text": 2}
        shown.sort(key=lambda track: order["background" if track.role == "background" else track.kind])
        self._lanes = [_lane(track, timeline) for track in shown]
        self._painters: dict[int, tuple[_Shot, Painter]] = {}
        self._idle: list[tuple[str, int, Pictures]] = []

    def frames(self, first: int, count: int) -> Iterator[NDArray[np.uint8]]:
        """`count` frames from `first` on as packed I420, shape (height * 3 // 2, width), each an array of its own."""
        for n in range(first, first + count):
            frame, canvas = packed(*self._size)
            self._draw(canvas, n)
            yield frame

    def close(self) -> None:
        """Close every film."""
        for shot, _ in list(self._painters.values()):
            self._release(shot)
        for _, _, pictures in self._idle:
            pictures.close()
        self._idle.clear()

    def __enter__(self) -> Compositor:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _draw(self, canvas: Planes, n: int) -> None:
        seen = [(lane.passage_at(n), lane.shot_at(n)) for lane in self._lanes]
        self._release_unseen(seen)
        lowest = 0
        for i, (passage, shot) in enumerate(seen):
            if passage is None and shot is not None and self._painter(shot).hides(n - shot.first):
                lowest = i
        base = seen[lowest] if seen else (None, None)
        if not (base[0] is None and base[1] is not None and self._fills(base[1], n)):
            fill(canvas, self._background)
        for i, (passage, shot) in enumerate(seen[lowest:]):
            if passage is not None:
                self._draw_passage(canvas, passage, n, lowest == 0 and not any(p or s for p, s in seen[:i]))
            elif shot is not None:
                self._painter(shot).paint(canvas, n - shot.first)

    def _fills(self, shot: _Shot, n: int) -> bool:
        return self._painter(shot).hides(n - shot.first)

    def _draw_passage(self, canvas: Planes, passage: _Passage, n: int, lowest: bool) -> None:
        """Both pictures whole, and what the transition makes of them."""
        pictures = []
        for shot in (passage.before, passage.after):
            whole = empty(*self._size) if lowest else transparent(*self._size)
            if lowest:
                fill(whole, self._background)
            if shot is not None:
                self._painter(shot).paint(whole, n - shot.first)
            pictures.append(whole)
        share = (n - passage.first + 0.5) / (passage.last - passage.first)
        how = passage.transition
        manner = Manner(how.direction or DEFAULT_DIRECTION, how.colour or "#000000")
        if lowest:
            named(how.kind).draw(pictures[0], pictures[1], share, manner, canvas)
            return
        out = empty(*self._size, alpha=True)
        named(how.kind).draw(pictures[0], pictures[1], share, manner, out)
        lay(canvas, Sprite(out, 0, 0), 1.0)

    def _painter(self, shot: _Shot) -> Painter:
        known = self._painters.get(id(shot))
        if known is None:
            known = self._painters[id(shot)] = shot, self._made(shot)
        return known[1]

    def _made(self, shot: _Shot) -> Painter:
        segment = shot.segment
        if segment.text is not None:
            from reelscore.render.text import TextLayer

            return TextLayer(segment.text, shot.timing, self._size)
        if not segment.media:
            return Layer(segment, shot.timing, None, self._size, None, self._draft)
        source = self._sources.get(segment.media)
        if source is None:
            raise MediaError(f'The media of "{segment.name or segment.id}" are missing.', "Add or replace the file.")
        pictures = self._opened(segment, shot)
        return Layer(segment, shot.timing, pictures, self._size, source, self._draft)

    def _opened(self, segment: Segment, shot: _Shot) -> Pictures:
        """An idle film that stands just before what is wanted, or a newly opened one."""
        largest = self._largest(segment.picture or Picture())
        wanted = shot.timing.source_time(segment, 0)
        fitting = []
        for i, (media, size, pictures) in enumerate(self._idle):
            at = pictures.position()
            if media == segment.media and size >= largest and (pictures.still or (at is not None and at <= wanted)):
                fitting.append((at or 0, -i))
        if fitting:
            return self._idle.pop(-max(fitting)[1])[2]
        return Pictures(self._sources[segment.media], largest)

    def _largest(self, picture: Picture) -> int:
        """The pixels a still needs so that its closest view is sharp."""
        crop = min(picture.crop.right - picture.crop.left, picture.crop.bottom - picture.crop.top)
        if picture.zoom is not None:
            views = (picture.zoom.start, picture.zoom.end)
            crop *= min(min(view.right - view.left, view.bottom - view.top) for view in views)
        wanted = max(self._size) * max(1.0, picture.scale) / max(0.05, crop)
        steps = -(-wanted // 500) * 500 * (2 if picture.fit == "cover" else 1)
        return int(min(LARGEST_STILL, max(steps, 1000)))

    def _release_unseen(self, seen: list[tuple[_Passage | None, _Shot | None]]) -> None:
        used = {id(shot) for _, shot in seen if shot is not None}
        used |= {id(s) for passage, _ in seen if passage for s in (passage.before, passage.after) if s is not None}
        for shot, _ in [entry for key, entry in self._painters.items() if key not in used]:
            self._release(shot)
        while len(self._idle) > MOST_IDLE:
            self._idle.pop(0)[2].close()

    def _release(self, shot: _Shot) -> None:
        _, painter = self._painters.pop(id(shot))
        pictures: Any = getattr(painter, "pictures", None)
        if pictures is not None:
            self._idle.append((shot.segment.media, self._largest(shot.segment.picture or Picture()), pictures))


def _lane(track: Track, timeline: Timeline) -> _Lane:
    rate = timeline.canvas.frame_rate
    halves = {one.into: frames_in(one.duration, rate) // 2 for one in track.transitions}
    following = _following(track)
    shots: dict[str, _Shot] = {}
    for span, segment in track.placed():
        first, last = frames_in(span.start, rate), frames_in(span.end, rate)
        handles = halves.get(segment.id, 0), halves.get(following.get(segment.id, ""), 0)
        shots[segment.id] = _Shot(segment, first, last, Timing(last - first, rate, handles))
    before = {after: shot for shot in shots.values() if (after := following.get(shot.segment.id))}
    passages = [
        _Passage(shot.first - half, shot.first + half, before.get(one.into), shot, one)
        for one in track.transitions
        if (shot := shots.get(one.into)) is not None and (half := halves[one.into]) > 0
    ]
    ordered = sorted((shot for shot in shots.values() if shot.last > shot.first), key=lambda shot: shot.first)
    passages.sort(key=lambda passage: passage.first)
    return _Lane(
        tuple(ordered),
        tuple(shot.first for shot in ordered),
        tuple(passages),
        tuple(passage.first for passage in passages),
    )


def _following(track: Track) -> dict[str, str]:
    """Which segment touches the end of which."""
    pairs = zip(track.items, track.items[1:], strict=False)
    return {a.id: b.id for a, b in pairs if isinstance(a, Segment) and isinstance(b, Segment)}
