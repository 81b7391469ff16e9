"""One segment: a part of it, a shorter or longer one, another speed. Pure; identity (`id`) is kept.

Offsets are seconds from the segment's own start on the timeline. The source position behind an offset follows from
speed and direction, so every function here keeps "the same picture at the same moment" for what remains.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from fractions import Fraction
from math import floor

from reelscore.values.time import Seconds, Span
from reelscore.values.timeline import Aim, Box, Media, Picture, Segment, Sound, Text, Zoom

NONE = Fraction(0)


def part(segment: Segment, start: Seconds, end: Seconds) -> Segment:
    """What lies between two offsets, as a piece of its own: fades and animations stay only at the old ends."""
    kept = trimmed(segment, start, end)
    if kept.picture and kept.picture.path:
        kept = replace(kept, picture=replace(kept.picture, path=_path_within(kept.picture.path, kept.source)))
    if start > 0:
        kept = replace(
            kept,
            picture=kept.picture and replace(kept.picture, fade_in=NONE),
            sound=kept.sound and replace(kept.sound, fade_in=NONE),
            text=kept.text and replace(kept.text, animation_in=""),
        )
    if end < segment.duration:
        kept = replace(
            kept,
            picture=kept.picture and replace(kept.picture, fade_out=NONE),
            sound=kept.sound and replace(kept.sound, fade_out=NONE),
            text=kept.text and replace(kept.text, animation_out=""),
        )
    return kept


def _path_within(path: tuple[Aim, ...], used: Span) -> tuple[Aim, ...]:
    """The aims that this part of the source needs: those inside, the last before and the first behind."""
    first = bisect_right(path, used.start, key=lambda aim: aim.at)
    last = bisect_left(path, used.end, key=lambda aim: aim.at)
    return path[max(0, first - 1) : last + 1]


def trimmed(segment: Segment, start: Seconds, end: Seconds) -> Segment:
    """The segment with new ends (offsets; may lie outside the old ones): its fades move along."""
    if segment.freeze or not segment.media:
        source = segment.start
    elif segment.reverse:
        source = segment.start + (segment.duration - end) * segment.speed
    else:
        source = segment.start + start * segment.speed
    picture = segment.picture
    if picture and picture.zoom and segment.duration:
        picture = replace(picture, zoom=_zoom_part(picture.zoom, start / segment.duration, end / segment.duration))
    return replace(segment, start=source, duration=end - start, picture=picture)


def _zoom_part(zoom: Zoom, start: Fraction, end: Fraction) -> Zoom:
    """The move between two shares of its time; outside 0..1 it stands still."""
    if start == 0 and end >= 1:
        return zoom
    return replace(zoom, start=_between(zoom, float(start)), end=_between(zoom, float(end)))


def _between(zoom: Zoom, share: float) -> Box:
    at = min(1.0, max(0.0, share))
    if zoom.easing == "smooth":
        at = at * at * (3 - 2 * at)

    def mixed(a: float, b: float) -> float:
        return a + (b - a) * at

    a, b = zoom.start, zoom.end
    return Box(mixed(a.left, b.left), mixed(a.top, b.top), mixed(a.right, b.right), mixed(a.bottom, b.bottom))


def material(segment: Segment, media: Media | None) -> Seconds | None:
    """How long the segment could last from its first picture on; None for ever (text, stills, colours)."""
    if segment.freeze or media is None or media.kind == "image":
        return None
    left = segment.source.end if segment.reverse else media.duration - segment.start
    return max(NONE, left) / segment.speed


def on_frames(duration: Seconds, frame: Seconds, most: Seconds | None = None) -> Seconds:
    """The nearest whole number of frames, at least one; no more than `most` where that is given."""
    count = round(duration / frame)
    if most is not None and count * frame > most:
        count = floor(most / frame)
    return max(1, count) * frame


def faster(segment: Segment, speed: Fraction, frame: Seconds | None) -> Segment:
    """The same source at this speed: it lasts as much shorter as it is faster (whole frames where `frame` is given)."""
    duration = segment.duration * segment.speed / speed
    if frame is not None:
        duration = on_frames(duration, frame, duration if duration >= frame else None)
        if segment.reverse:  # the first picture shown is the last of the source: keep it
            start = segment.start + segment.duration * segment.speed - duration * speed
            segment = replace(segment, start=max(NONE, start))
    return replace(segment, speed=speed, duration=duration)


def picture_of(segment: Segment) -> Picture:
    return segment.picture or Picture()


def sound_of(segment: Segment) -> Sound:
    return segment.sound or Sound()


def text_of(segment: Segment) -> Text:
    return segment.text or Text("")


def fades_fitted(segment: Segment) -> Segment:
    """Fades no longer than the segment: both shortened in proportion where they would meet."""
    sound, picture = segment.sound, segment.picture
    if sound and sound.fade_in + sound.fade_out > segment.duration:
        first, last = _fitted(sound.fade_in, sound.fade_out, segment.duration)
        sound = replace(sound, fade_in=first, fade_out=last)
    if picture and picture.fade_in + picture.fade_out > segment.duration:
        first, last = _fitted(picture.fade_in, picture.fade_out, segment.duration)
        picture = replace(picture, fade_in=first, fade_out=last)
    if sound is segment.sound and picture is segment.picture:
        return segment
    return replace(segment, sound=sound, picture=picture)


def _fitted(fade_in: Seconds, fade_out: Seconds, duration: Seconds) -> tuple[Seconds, Seconds]:
    first = duration * fade_in / (fade_in + fade_out)
    return first, duration - first
