"""What is known of a timeline's media, put together for whoever edits it or writes music to it.

`facts_of_reading` and `facts_of_piece` say what an edit may know of one file; `film_reading` reads the edited film as
if it had been watched: every segment's own reading, cut and stretched to its place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from reelscore.edit.known import facts_of_reading, facts_of_score
from reelscore.values.facts import MediaFacts
from reelscore.values.piece import Piece
from reelscore.values.reading import CURVE_STEP, AudioReading, MediaInfo, Reading, Shot, VideoReading, VideoStream
from reelscore.values.time import Seconds, Span, merged
from reelscore.values.timeline import Segment, Timeline, Track

__all__ = ["Readings", "facts_of_piece", "facts_of_reading", "film_reading"]

Readings = Callable[[str], Reading | None]  # Media.id -> what was seen and heard; None: nothing is known

_CURVES = ("camera_motion", "subject_motion", "brightness", "saturation", "warmth", "arousal", "valence")
_STILL = {"brightness": 0.5, "saturation": 0.4, "warmth": 0.4}


def facts_of_piece(piece: Piece) -> MediaFacts:
    """Beats, bars, sections and band of composed music, exactly as written."""
    return facts_of_score(piece.score, piece.brief.loudness.lufs)


def film_reading(timeline: Timeline, film: Track | None, readings: Readings, span: Span) -> Reading:
    """The edited film between two moments, as it would be read if it were watched: times from `span.start`."""
    info = _info(timeline, span.duration, film is not None)
    parts = [] if film is None else [(at, held) for at, held in film.placed() if at.overlaps(span) and held.picture]
    video = _video(timeline, info, parts, readings, span) if parts else None
    return Reading(info if video else replace(info, video=None), video, _audio(timeline, info, readings, span))


def _info(timeline: Timeline, duration: Seconds, picture: bool) -> MediaInfo:
    canvas = timeline.canvas
    frames = round(duration * canvas.frame_rate)
    stream = VideoStream(
        0, "timeline", "", "yuv420p", canvas.width, canvas.height, canvas.width, canvas.height, 0, canvas.frame_rate,
        False, frames, Fraction(0), duration, 8, "", False, False, 0,
    )  # fmt: skip
    return MediaInfo("", "timeline", 0, stream if picture else None, None, int(picture), 0, False, duration)


def _video(
    timeline: Timeline, info: MediaInfo, parts: list[tuple[Span, Segment]], readings: Readings, span: Span
) -> VideoReading:
    shots: list[Shot] = []
    peaks = []
    before: Segment | None = None
    for at, held in parts:
        seen = readings(held.media)
        video = seen.video if seen else None
        soft = any(change.into == held.id for track in timeline.tracks for change in track.transitions)
        goes_on = before is not None and before.media == held.media and before.source.end == held.start
        if not shots or not goes_on:
            opening = "start" if not shots else "dissolve" if soft else "cut"
            shots.append(Shot(Span(at.start, at.end), opening, 1.0, 0.8 if shots else 0.0, 0.0, 0.5))
        if video is not None:
            for shot in video.cuts:
                there = _on_timeline(at, held, shot.span.start)
                if there is not None and there > at.start:
                    shots.append(replace(shot, span=Span(there, at.end)))
            for peak in video.peaks:
                there = _on_timeline(at, held, peak.at)
                if there is not None and span.holds(there):
                    peaks.append(replace(peak, at=there - span.start))
        before = held
    inside = [shot for shot in shots if shot.span.start < span.end]
    ends = [*(max(span.start, shot.span.start) for shot in inside[1:]), span.end]
    placed = tuple(
        replace(shot, span=Span(max(span.start, shot.span.start) - span.start, end - span.start))
        for shot, end in zip(inside, ends, strict=True)
        if end > max(span.start, shot.span.start)
    )
    steps = max(1, -(-span.duration // CURVE_STEP))
    curves = {
        name: tuple(_value(name, parts, readings, span.start + n * CURVE_STEP) for n in range(steps))
        for name in _CURVES
    }
    moving = max(curves["camera_motion"] + curves["subject_motion"])
    return VideoReading(
        info=info,
        shots=(replace(placed[0], opening="start"), *placed[1:]),
        peaks=tuple(sorted(peaks, key=lambda peak: peak.at)),
        still=len(placed) == 1 and moving < 0.01,
        camera_motion=curves["camera_motion"],
        subject_motion=curves["subject_motion"],
        brightness=curves["brightness"],
        saturation=curves["saturation"],
        warmth=curves["warmth"],
        arousal=curves["arousal"],
        valence=curves["valence"],
    )


def _value(name: str, parts: list[tuple[Span, Segment]], readings: Readings, at: Seconds) -> float:
    """A curve of the source that is shown at this moment."""
    for place, held in parts:
        if place.holds(at):
            seen = readings(held.media)
            values = getattr(seen.video, name) if seen and seen.video else ()
            if not values:
                break
            source = _in_source(place, held, at)
            return float(values[min(len(values) - 1, max(0, int(source / CURVE_STEP)))])
    return _STILL.get(name, 0.0)


def _in_source(place: Span, held: Segment, at: Seconds) -> Seconds:
    if held.freeze:
        return held.start
    gone = (at - place.start) * held.speed
    return held.source.end - gone if held.reverse else held.start + gone


def _on_timeline(place: Span, held: Segment, source: Seconds) -> Seconds | None:
    """When a moment of the source is shown; None outside the used part."""
    if held.freeze or not held.speed or not held.source.start <= source < held.source.end:
        return None
    gone = (held.source.end - source if held.reverse else source - held.start) / held.speed
    return place.start + gone


def _audio(timeline: Timeline, info: MediaInfo, readings: Readings, span: Span) -> AudioReading | None:
    """Speech that sounds on any track, music left out; None where nobody speaks and nothing else sounds."""
    spoken: list[Span] = []
    sounding = False
    for track in timeline.tracks:
        if track.muted or track.role == "music":
            continue
        for place, held in track.placed():
            seen = readings(held.media)
            if seen is None or seen.audio is None or seen.audio.silent or held.sound is None or held.sound.muted:
                continue
            sounding = True
            for speech in seen.audio.speech:
                ends = [_on_timeline(place, held, min(max(at, held.source.start), held.source.end - Fraction(1, 1000)))
                        for at in (speech.start, speech.end)]  # fmt: skip
                if ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
                    spoken.append(Span(min(ends) - span.start, max(ends) - span.start))  # type: ignore[type-var, operator]
    if not sounding:
        return None
    inside = [Span(max(Fraction(0), s.start), min(span.duration, s.end)) for s in spoken]
    energy = (0.4,) * max(1, -(-span.duration // CURVE_STEP))
    return AudioReading(info, -20.0, 6.0, -3.0, energy, speech=merged([s for s in inside if s.duration > 0]))
