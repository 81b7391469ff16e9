"""OpenTimelineIO (Academy Software Foundation, schema Timeline.1): out, and in again from any program.

What OpenTimelineIO has a place for stands there: tracks, clips with source range and speed, gaps, transitions, markers.
All of a segment also travels in its metadata under "reelscore", so that our own files come back without loss; where
another program has changed a clip's range, its range wins.

Places of media are file names or URLs: `urls` says them by medium on the way out; on the way in `media_in` lists those
that a file names, and the caller says which medium each became.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from reelscore.edit.refusals import refuse
from reelscore.edit.settle import settled
from reelscore.edit.validate import checked
from reelscore.errors import DataError
from reelscore.values.codec import from_json, to_json
from reelscore.values.sound import SAMPLE_RATE
from reelscore.values.time import Seconds
from reelscore.values.timeline import (
    MARKER_KINDS,
    TRANSITIONS,
    Canvas,
    Gap,
    Item,
    Marker,
    Media,
    Picture,
    Segment,
    Sound,
    Text,
    Timeline,
    Track,
    Transition,
)

KEY = "reelscore"
LARGEST = 64_000_000  # letters
_COLOURS = {"user": "BLUE", "cut": "RED", "beat": "WHITE", "downbeat": "GREEN", "hit": "ORANGE"}


def to_otio(timeline: Timeline, urls: Mapping[str, str]) -> str:
    """OpenTimelineIO JSON, ending in a newline. `urls`: where each medium lies, by its id."""
    from opentimelineio.opentime import RationalTime, TimeRange
    from opentimelineio.schema import Marker as Mark
    from opentimelineio.schema import MarkerColor
    from opentimelineio.schema import Timeline as Whole

    rate = timeline.canvas.frame_rate
    whole = Whole(name=timeline.title or "Reelscore")
    whole.global_start_time = RationalTime(0, float(rate))
    kept = replace(timeline, tracks=(), markers=(), media=())
    whole.metadata[KEY] = {"timeline": to_json(kept, sparse=True), "media": to_json(timeline.media, sparse=True)}
    for track in timeline.tracks:
        whole.tracks.append(_track_out(track, timeline, urls))
    for marker in timeline.markers:
        at = TimeRange(_time(marker.at, rate), RationalTime(0, float(rate)))
        colour = getattr(MarkerColor, _COLOURS.get(marker.kind, "BLUE"))
        facts = {KEY: {"kind": marker.kind, "at": str(marker.at)}}
        whole.tracks.markers.append(Mark(name=marker.label, marked_range=at, color=colour, metadata=facts))
    return str(whole.to_json_string(indent=1)) + "\n"


def _track_out(track: Track, timeline: Timeline, urls: Mapping[str, str]) -> Any:
    from opentimelineio.schema import Gap as Hole
    from opentimelineio.schema import Track as Row
    from opentimelineio.schema import TrackKind
    from opentimelineio.schema import Transition as Change

    rate = Fraction(SAMPLE_RATE) if track.kind == "audio" else timeline.canvas.frame_rate
    row = Row(name=track.name, kind=TrackKind.Audio if track.kind == "audio" else TrackKind.Video)
    row.metadata[KEY] = {"track": to_json(replace(track, items=(), transitions=()), sparse=True)}
    changes = {change.into: change for change in track.transitions}
    for item in track.items:
        if isinstance(item, Gap):
            row.append(Hole(duration=_time(item.duration, rate), metadata={KEY: {"duration": str(item.duration)}}))
            continue
        change = changes.get(item.id)
        if change is not None:
            half = _time(change.duration / 2, rate)
            facts = {KEY: {"transition": to_json(change, sparse=True)}}
            kind = "SMPTE_Dissolve" if change.kind == "crossfade" else "Custom_Transition"
            row.append(Change(change.kind, kind, in_offset=half, out_offset=half, metadata=facts))
        row.append(_clip_out(item, rate, timeline, urls))
    return row


def _clip_out(segment: Segment, rate: Fraction, timeline: Timeline, urls: Mapping[str, str]) -> Any:
    from opentimelineio.opentime import TimeRange
    from opentimelineio.schema import (
        Clip,
        ExternalReference,
        FreezeFrame,
        GeneratorReference,
        LinearTimeWarp,
        MissingReference,
    )

    medium = timeline.medium(segment.media)
    shown = TimeRange(_time(segment.start, rate), _time(segment.duration, rate))
    if medium is not None:
        length = medium.duration or segment.duration
        reference: Any = ExternalReference(
            target_url=urls.get(medium.id, medium.name),
            available_range=TimeRange(_time(Fraction(0), rate), _time(length, rate)),
            metadata={KEY: {"medium": medium.id}},
        )
    elif segment.text is not None:
        reference = GeneratorReference("text", "text", None, {"text": segment.text.content})
    elif segment.colour:
        reference = GeneratorReference("colour", "SolidColor", None, {"color": segment.colour})
    else:
        reference = MissingReference()
    clip = Clip(
        segment.name or segment.id, reference, shown, metadata={KEY: {"segment": to_json(segment, sparse=True)}}
    )
    if segment.freeze:
        clip.effects.append(FreezeFrame("freeze"))
    elif segment.speed != 1 or segment.reverse:
        clip.effects.append(LinearTimeWarp("speed", float(segment.speed) * (-1 if segment.reverse else 1)))
    return clip


def _time(at: Seconds, rate: Fraction) -> Any:
    from opentimelineio.opentime import RationalTime

    return RationalTime(float(at * rate), float(rate))


def media_in(text: str) -> tuple[str, ...]:
    """The places of media that an OpenTimelineIO file names, each once, in order. Raises EditError for no such file."""
    urls = [clip.media_reference.target_url for clip in _clips(_parsed(text)) if _is_file(clip.media_reference)]
    return tuple(dict.fromkeys(urls))


def from_otio(text: str, media: Mapping[str, Media]) -> Timeline:
    """The timeline in an OpenTimelineIO file of any program. `media`: what became of each place in `media_in`.

    Raises EditError: no such file, or a timeline that cannot be.
    """
    whole = _parsed(text)
    own = whole.metadata.get(KEY, {})
    try:
        base = from_json(Timeline, _plain(own["timeline"])) if "timeline" in own else _base(whole, media)
    except DataError as fault:
        raise refuse("invalid", what=fault.message.rstrip("."), hint=fault.hint) from None
    named = iter(range(1, 1 << 30))
    tracks = tuple(_track_in(row, base, media, named) for row in whole.tracks if hasattr(row, "kind"))
    markers = tuple(_marker_in(mark) for mark in whole.tracks.markers)
    known = tuple({medium.id: medium for medium in media.values()}.values())
    title = base.title or (whole.name if whole.name != "Reelscore" else "")
    timeline = replace(base, tracks=tracks, markers=markers, media=known, title=title[:200], requests=())
    return checked(settled(timeline))


def _parsed(text: str) -> Any:
    from opentimelineio.adapters import read_from_string
    from opentimelineio.exceptions import OTIOError
    from opentimelineio.schema import Timeline as Whole

    hint = "Give an .otio file."
    if len(text) > LARGEST:
        raise refuse("invalid", what=f"its text has {len(text)} letters", hint=f"At most {LARGEST} are read.")
    try:
        json.loads(text)
        whole = read_from_string(text, "otio_json")
    except (ValueError, OTIOError, RecursionError) as fault:
        raise refuse("invalid", what=f"it is no OpenTimelineIO ({str(fault)[:120]})", hint=hint) from None
    if not isinstance(whole, Whole):
        raise refuse("invalid", what="it holds no timeline", hint=hint)
    return whole


def _clips(whole: Any) -> Iterator[Any]:
    return iter(whole.find_clips())


def _is_file(reference: Any) -> bool:
    return getattr(reference, "target_url", None) is not None and bool(reference.target_url)


def _base(whole: Any, media: Mapping[str, Media]) -> Timeline:
    """A canvas for a timeline of another program: of its first picture's shape, at its tracks' rate."""
    first = next((medium for medium in media.values() if medium.width), None)
    rates = [clip.source_range.duration.rate for row in whole.tracks for clip in row.find_clips() if clip.source_range]
    rate = next((_rate(r) for r in rates if 10 <= r <= 120), None) or (first and first.frame_rate) or Fraction(30)
    size = (first.width & ~1, first.height & ~1) if first else (1920, 1080)
    return Timeline(canvas=Canvas(*size, frame_rate=rate))


def _rate(rate: float) -> Fraction:
    for exact in (Fraction(24000, 1001), Fraction(30000, 1001), Fraction(60000, 1001)):
        if abs(rate - float(exact)) < 0.005:
            return exact
    return Fraction(rate).limit_denominator(1001)


def _seconds(time: Any) -> Seconds:
    return Fraction(time.value).limit_denominator(1_000_000) / _rate(time.rate)


def _track_in(row: Any, base: Timeline, media: Mapping[str, Media], named: Iterator[int]) -> Track:
    own = row.metadata.get(KEY, {}).get("track")
    kind = "audio" if row.kind == "Audio" else "video"
    track = from_json(Track, _plain(own)) if own else Track(f"t{next(named)}", kind, (row.name or "")[:60])
    items: list[Item] = []
    changes: list[Transition] = []
    waiting: Any = None
    for child in row:
        if hasattr(child, "in_offset"):
            waiting = child
            continue
        item = _item_in(child, track, media, named)
        if waiting is not None and isinstance(item, Segment):
            changes.append(_change_in(waiting, item, base))
        waiting = None
        if item.duration > 0:
            items.append(item)
    return replace(track, items=tuple(items), transitions=tuple(changes))


def _item_in(child: Any, track: Track, media: Mapping[str, Media], named: Iterator[int]) -> Item:
    own = child.metadata.get(KEY, {})
    span = child.trimmed_range()
    duration = _seconds(span.duration)
    if not hasattr(child, "media_reference"):  # a gap; a nested stack is none of ours, and leaves one
        exact = Fraction(str(own["duration"])) if "duration" in own else duration
        return Gap(exact if abs(exact - duration) < Fraction(1, 1000) else duration)
    start = _seconds(span.start_time)
    if "segment" in own:
        segment = from_json(Segment, _plain(own["segment"]))
        same = abs(segment.duration - duration) < Fraction(1, 1000) and abs(segment.start - start) < Fraction(1, 1000)
        segment = segment if same else replace(segment, duration=duration, start=max(Fraction(0), start))
    else:
        segment = Segment(f"s{next(named)}", duration, start=start, name=(child.name or "")[:200])
        segment = _warped(segment, child)
    reference = child.media_reference
    if _is_file(reference):
        medium = media.get(reference.target_url)
        if medium is None:
            raise refuse("no_such_media", list(media), ref=reference.target_url[:80])
        return replace(segment, media=medium.id) if "segment" in own else _of_medium(segment, medium, reference, track)
    if "segment" in own:
        return segment
    text = getattr(reference, "parameters", {}).get("text") if hasattr(reference, "parameters") else None
    if text:
        return replace(segment, text=Text(str(text)[:2000]))
    return Gap(duration)


def _of_medium(segment: Segment, medium: Media, reference: Any, track: Track) -> Segment:
    """The segment on its medium; other programs may count the source from its timecode, not from 0."""
    available = reference.available_range
    if available is not None:
        begins = _seconds(available.start_time)
        segment = replace(segment, start=max(Fraction(0), segment.start - begins))
    picture = Picture() if track.kind == "video" and medium.kind != "audio" else None
    sound = Sound() if medium.has_sound or medium.kind == "audio" else None
    return replace(segment, media=medium.id, picture=picture, sound=sound)


def _warped(segment: Segment, clip: Any) -> Segment:
    for effect in clip.effects:
        scalar = getattr(effect, "time_scalar", None)
        if scalar is None:
            continue
        if scalar == 0:
            return replace(segment, freeze=True)
        speed = Fraction(abs(scalar)).limit_denominator(1000)
        return replace(segment, speed=speed, reverse=scalar < 0)
    return segment


def _change_in(change: Any, into: Segment, base: Timeline) -> Transition:
    own = change.metadata.get(KEY, {}).get("transition")
    if own:
        return replace(from_json(Transition, _plain(own)), into=into.id)
    frame = base.canvas.frame
    half = max(frame, round(_seconds(change.in_offset + change.out_offset) / 2 / frame) * frame)
    kind = change.name if change.name in TRANSITIONS else "crossfade"
    return Transition(into.id, kind, 2 * half)


def _marker_in(mark: Any) -> Marker:
    own = mark.metadata.get(KEY, {})
    at = Fraction(str(own["at"])) if "at" in own else _seconds(mark.marked_range.start_time)
    kind = own.get("kind", "user")
    return Marker(max(Fraction(0), at), kind if kind in MARKER_KINDS else "user", (mark.name or "")[:200])


def _plain(value: Any) -> Any:
    """The library's own containers as plain ones."""
    if isinstance(value, (str, int, float, bool)) or value is None:
        return value
    if hasattr(value, "items"):
        return {str(key): _plain(held) for key, held in value.items()}
    return [_plain(held) for held in value]
