"""Which frames of a timeline are, untouched, those of a source: what may be copied instead of composed. Pure.

A frame is untouched when the topmost picture over it is a plain stretch of one source: as large as the result, at its
rate, at natural speed, without any edit, and with nothing above it. Whether a source's stored pictures may really be
taken over depends on how it is stored (`why_not_stored`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from reelscore.render.formats import codec_of, title_of
from reelscore.render.sources import Source, Sources
from reelscore.values.reading import VideoStream
from reelscore.values.time import Seconds, Span, merged
from reelscore.values.timeline import Picture, Segment, Timeline, Track

_HELD = {"mp4": ("h264",), "mov": ("h264",), "mkv": ("h264", "vp9"), "webm": ("vp9", "vp8")}


@dataclass(frozen=True, slots=True)
class Kept:
    """Frames `first` .. `first + count` of the result are those of a source from its frame `source_first` on."""

    first: int
    count: int
    media: str
    source_first: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """The result's shape, as far as a source must match it."""

    container: str
    codec: str
    size: tuple[int, int]
    frame_rate: Fraction


def why_not_stored(source: Source, wanted: Wanted) -> str:
    """Why the source's stored pictures cannot be taken over; "" when they can."""
    video = source.info.video
    if video is None or source.info.container in ("png", "jpeg", "gif", "webp", "avi"):
        return "the source is no film that can be copied"
    codec = codec_of(video.codec)
    if codec not in _HELD.get(wanted.container, ()) or codec != wanted.codec:
        return f"the source is {title_of(codec)}, the result {title_of(wanted.codec)}"
    if (video.width, video.height) != wanted.size or (video.coded_width, video.coded_height) != wanted.size:
        return f"the source is {video.width}x{video.height}, the result {wanted.size[0]}x{wanted.size[1]}"
    return _why_not_shown_alike(video, wanted)


def _why_not_shown_alike(video: VideoStream, wanted: Wanted) -> str:
    if video.variable_rate:
        return "the source has no constant frame rate"
    if video.frame_rate != wanted.frame_rate:
        return f"the source has {float(video.frame_rate):.6g} frames a second, not {float(wanted.frame_rate):.6g}"
    if video.rotation:
        return "the source is turned"
    if video.hdr or video.bit_depth > 8 or video.pixel_format != "yuv420p":
        return "the source is not 8-bit 4:2:0 in standard range"
    if video.interlaced:
        return "the source is interlaced"
    return ""


def kept_runs(timeline: Timeline, sources: Sources, wanted: Wanted, first: int, count: int) -> tuple[Kept, ...]:
    """The untouched stretches among these frames, in order."""
    rate = wanted.frame_rate
    pictures = [t for t in timeline.tracks if t.kind == "video" and not t.hidden and any(t.placed())]
    words = [t for t in timeline.tracks if t.kind == "text" and not t.hidden]
    runs: list[Kept] = []
    stored: dict[str, bool] = {}
    covered = merged(_touched(words))
    films = [track for track in pictures if track.role != "background"] or pictures
    for track in films[-1:]:  # what lies below another picture is not looked at further
        for span, segment, opening, closing in _with_halves(track):
            if segment.media not in stored:
                source = sources.get(segment.media)
                stored[segment.media] = source is not None and not why_not_stored(source, wanted)
            if stored[segment.media] and (kept := _plain_run(span, segment, opening, closing, sources, rate)):
                runs += _outside(kept, covered, rate)
    clipped = (_clip(run, first, first + count) for run in sorted(runs, key=lambda run: run.first))
    return _joined(run for run in clipped if run.count > 0)


def why_touched(timeline: Timeline) -> str:
    """In words, what makes the picture another than its source's."""
    pictures = [t for t in timeline.tracks if t.kind == "video" and not t.hidden and any(t.placed())]
    segments = [segment for track in pictures for _, segment in track.placed()]
    if not segments:
        return "there is no film on it"
    if any(segment.text for t in timeline.tracks if t.kind == "text" and not t.hidden for _, segment in t.placed()):
        return "words are drawn on the picture"
    if sum(track.role != "background" for track in pictures) > 1:
        return "pictures lie above each other"
    if any(track.transitions for track in pictures):
        return "pictures lead into each other"
    if any(not _plain(segment) for segment in segments):
        return "the picture is edited"
    return "the film is cut"


def _plain(segment: Segment) -> bool:
    """Does it show its source as it is? How it would meet a canvas of another shape does not matter."""
    picture = segment.picture or Picture()
    same = replace(picture, fit="contain", focus_x=0.5, focus_y=0.5, path=()) == Picture()
    return same and bool(segment.media) and segment.speed == 1 and not segment.reverse and not segment.freeze


def _with_halves(track: Track) -> Iterator[tuple[Span, Segment, Seconds, Seconds]]:
    """Every segment with its time, and how much of it the transitions at its beginning and its end take."""
    halves = {transition.into: transition.duration / 2 for transition in track.transitions}
    placed = list(track.placed())
    opening = [halves.get(segment.id, Fraction(0)) for _, segment in placed]
    for (span, segment), before, after in zip(placed, opening, [*opening[1:], Fraction(0)], strict=True):
        yield span, segment, before, after


def _plain_run(
    span: Span, segment: Segment, opening: Seconds, closing: Seconds, sources: Sources, rate: Fraction
) -> Kept | None:
    """The frames of a segment that are its source's own, without those of its transitions."""
    if not _plain(segment):
        return None
    video = sources[segment.media].info.video
    assert video is not None
    offset, first = segment.start * rate, span.start * rate
    if offset.denominator != 1 or first.denominator != 1:
        return None
    begin, end = -(-(span.start + opening) * rate // 1), (span.end - closing) * rate // 1
    end = min(end, int(first) + video.frame_count - int(offset))
    return Kept(int(begin), int(end - begin), segment.media, int(offset) + int(begin) - int(first))


def _touched(words: list[Track]) -> Iterator[Span]:
    for track in words:
        for span, segment, before, after in _with_halves(track):
            if segment.text is not None:
                yield Span(span.start - before, span.end + after)


def _outside(kept: Kept, covered: tuple[Span, ...], rate: Fraction) -> Iterator[Kept]:
    """The parts of a run over which nothing else lies. `covered` is in order, without overlaps."""
    at, end = kept.first, kept.first + kept.count
    for n in range(bisect_right(covered, at / rate, key=lambda span: span.end), len(covered)):
        low, high = int(covered[n].start * rate // 1), int(-(-covered[n].end * rate // 1))
        if low >= end:
            break
        if low > at:
            yield _clip(kept, at, low)
        at = max(at, high)
    if at < end:
        yield _clip(kept, at, end)


def _clip(run: Kept, first: int, end: int) -> Kept:
    begin, stop = max(run.first, first), min(run.first + run.count, end)
    return Kept(begin, stop - begin, run.media, run.source_first + begin - run.first)


def _joined(runs: Iterator[Kept]) -> tuple[Kept, ...]:
    """Runs that go on in the source where the one before ended become one: a split alone changes nothing."""
    joined: list[Kept] = []
    for run in runs:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.media == run.media
            and last.first + last.count == run.first
            and last.source_first + last.count == run.source_first
        ):
            joined[-1] = replace(last, count=last.count + run.count)
        else:
            joined.append(run)
    return tuple(joined)
