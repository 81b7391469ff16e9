"""What a timeline must be before anything works on it. Everything from outside passes `checked`.

Shape and types are the codec's business; here it is sense: finite numbers, known names, ids of their own, media that
exist, transitions between neighbours, and sizes that a machine can bear. One pass; 10,000 segments take well under a
second. The reason always names the place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise

from reelscore.edit.rules import colour_rule, known_rule, new_rule, number_rule, time_rule, words_rule, wrong
from reelscore.values.time import Seconds
from reelscore.values.timeline import (
    ALIGNS,
    ANIMATIONS,
    DIRECTIONS,
    EASINGS,
    FILTERS,
    FITS,
    MARKER_KINDS,
    MEDIA_KINDS,
    REQUEST_KINDS,
    SIGNED_FILTERS,
    TEXT_STYLES,
    TRACK_KINDS,
    TRACK_ROLES,
    TRANSITIONS,
    Box,
    Canvas,
    Media,
    Picture,
    Segment,
    Sound,
    Text,
    Timeline,
    Track,
)  # fmt: skip

LONGEST = Fraction(36_000)  # ten hours
MOST_SEGMENTS = 50_000
MOST_TRACKS = 100
MOST_MEDIA = 50_000
MOST_MARKERS = 200_000
MOST_REQUESTS = 1_000
MOST_AIMS = 50_000  # of one picture
MOST_LETTERS = 20_000  # of one text
MOST_PIXELS = 8192  # of a side
SLOWEST, FASTEST = Fraction(1, 100), Fraction(100)
_MEDIA_ID = re.compile(r"sha256:[0-9a-f]{64}")
_LAST_DB = 120.0


def checked(timeline: Timeline) -> Timeline:
    """The same timeline, fit to be edited and rendered. Raises EditError naming what is wrong, where, and the limit."""
    _counts(timeline)
    _canvas(timeline.canvas)
    media: dict[str, Media] = {}
    for medium in timeline.media:
        _medium(medium)
        if medium.id in media:
            wrong(f"the file {medium.id[:16]}... is listed twice", "List every file once.")
        media[medium.id] = medium
    segments: set[str] = set()
    track_ids: set[str] = set()
    for track in timeline.tracks:
        new_rule(track.id, track_ids, "track")
        _track(track, media, timeline.canvas.frame, segments)
    for marker in timeline.markers:
        time_rule(marker.at, f"marker {marker.label!r}", low=Fraction(0), high=LONGEST)
        known_rule(marker.kind, MARKER_KINDS, "marker kind")
        words_rule(marker.label, "marker label", 500)
    _requests(timeline, segments)
    words_rule(timeline.title, "title", 500)
    keys = [key for key, _ in timeline.metadata]
    if len(set(keys)) < len(keys) or len(keys) > 1000:
        wrong("metadata keys repeat, or are more than 1000", "Use every key once.")
    for key, value in timeline.metadata:
        words_rule(key, "metadata key", 200)
        words_rule(value, f"metadata {key!r}", 100_000)
    return timeline


def _counts(timeline: Timeline) -> None:
    counts = (
        ("segments", sum(len(track.items) for track in timeline.tracks), MOST_SEGMENTS),
        ("tracks", len(timeline.tracks), MOST_TRACKS),
        ("files", len(timeline.media), MOST_MEDIA),
        ("markers", len(timeline.markers), MOST_MARKERS),
        ("requests", len(timeline.requests), MOST_REQUESTS),
    )
    for name, count, most in counts:
        if count > most:
            wrong(f"it has {count} {name}", f"At most {most} are possible; make several timelines of it.")


def _canvas(canvas: Canvas) -> None:
    for name, side in (("width", canvas.width), ("height", canvas.height)):
        if not 16 <= side <= MOST_PIXELS or side % 2:
            wrong(f"the canvas {name} is {side}", f"It must be even, from 16 to {MOST_PIXELS}.")
    time_rule(canvas.frame_rate, "frame rate", low=Fraction(1), high=Fraction(240))
    colour_rule(canvas.background, "background", empty=False)


def _medium(medium: Media) -> None:
    if not _MEDIA_ID.fullmatch(medium.id):
        wrong(f"the file id {medium.id[:80]!r} is no content hash", 'It must be "sha256:" and 64 hex digits.')
    where = f"file {medium.name[:60]!r}"
    known_rule(medium.kind, MEDIA_KINDS, f"{where}: kind")
    words_rule(medium.name, f"{where}: name", 500)
    time_rule(medium.duration, f"{where}: duration", low=Fraction(0), high=LONGEST * 10)
    if medium.kind != "image" and medium.duration <= 0:
        wrong(f"{where} has no duration", "Only images last 0.")
    for side in (medium.width, medium.height):
        if not 0 <= side <= 4 * MOST_PIXELS:
            wrong(f"{where}: a side of {side} pixels", f"It must lie between 0 and {4 * MOST_PIXELS}.")
    if medium.frame_rate is not None:
        time_rule(medium.frame_rate, f"{where}: frame rate", low=Fraction(1, 100), high=Fraction(100_000))


def _track(track: Track, media: dict[str, Media], frame: Seconds, ids: set[str]) -> None:
    where = f"track {track.id}"
    known_rule(track.kind, TRACK_KINDS, f"{where}: kind")
    known_rule(track.role, TRACK_ROLES, f"{where}: role")
    words_rule(track.name, f"{where}: name", 500)
    number_rule(track.gain_db, f"{where}: gain", -_LAST_DB, _LAST_DB)
    at = Fraction(0)
    for item in track.items:
        at += item.duration if isinstance(item.duration, Fraction) else time_rule(item.duration, where)
        if isinstance(item, Segment):
            new_rule(item.id, ids, "segment")
            _segment(item, track, media, frame)
        else:
            time_rule(item.duration, f"{where}: gap", low=Fraction(0), high=LONGEST)
        if track.kind != "audio" and (item.duration / frame).denominator != 1:
            wrong(f"{where}: an item lasts {item.duration} s, which is no whole number of frames",
                   f"On {track.kind} tracks every length is a multiple of {frame} s.")  # fmt: skip
    if at > LONGEST:
        wrong(f"{where} lasts {float(at):.0f} s", f"At most {LONGEST} s (ten hours) are possible.")
    _transitions(track, frame)


def _segment(segment: Segment, track: Track, media: dict[str, Media], frame: Seconds) -> None:
    where = f"segment {segment.id}"
    time_rule(segment.duration, f"{where}: duration", low=Fraction(0), high=LONGEST)
    if segment.duration <= 0:
        wrong(f"{where} lasts {segment.duration} s", "It must last longer than 0.")
    time_rule(segment.start, f"{where}: start", low=Fraction(0), high=LONGEST * 10)
    time_rule(segment.speed, f"{where}: speed", low=SLOWEST, high=FASTEST)
    words_rule(segment.name, f"{where}: name", 500)
    words_rule(segment.piece, f"{where}: piece", 200)
    colour_rule(segment.colour, f"{where}: colour")
    _material(segment, track, media, frame, where)
    if segment.picture:
        _picture(segment.picture, segment.duration, where)
    if segment.sound:
        _sound(segment.sound, segment.duration, where)
    if segment.text:
        _text(segment.text, where)


def _material(segment: Segment, track: Track, media: dict[str, Media], frame: Seconds, where: str) -> None:
    if track.kind == "text":
        if segment.text is None or segment.media:
            wrong(f"{where} lies on a text track and is no text", "Put media on video or audio tracks.")
        return
    if segment.text is not None:
        wrong(f"{where} is text on a {track.kind} track", "Put text on a text track.")
    if not segment.media:
        if track.kind == "video" and not segment.colour:
            wrong(f"{where} has neither media nor a colour", "Give one of them.")
        return
    medium = media.get(segment.media)
    if medium is None:
        wrong(f"{where} needs the file {segment.media[:80]}, which is missing", "Add the file to the timeline's media.")
    if track.kind == "video" and medium.kind == "audio":
        wrong(f"{where}: {medium.name!r} has no picture", "Put sound on an audio track.")
    if track.kind == "audio" and not (medium.kind == "audio" or medium.has_sound):
        wrong(f"{where}: {medium.name!r} has no sound", "Put it on a video track.")
    if medium.kind != "image" and segment.source.end >= medium.duration + frame * max(Fraction(1), segment.speed):
        end, lasts = float(segment.source.end), float(medium.duration)
        wrong(f"{where} uses {medium.name!r} up to {end:.3f} s, but it lasts {lasts:.3f} s",
               "Shorten it, start it earlier or loop it.")  # fmt: skip


def _picture(picture: Picture, duration: Seconds, where: str) -> None:
    known_rule(picture.fit, FITS, f"{where}: fit")
    boxes: Iterable[Box] = (picture.crop, *((picture.zoom.start, picture.zoom.end) if picture.zoom else ()))
    for box in boxes:
        for share in (box.left, box.top, box.right, box.bottom):
            number_rule(share, f"{where}: a box", 0, 1)
        if box.right - box.left < 0.01 or box.bottom - box.top < 0.01:
            wrong(f"{where}: a box has no size", "Right and bottom must be larger than left and top by at least 0.01.")
    if picture.zoom:
        known_rule(picture.zoom.easing, EASINGS, f"{where}: easing")
    for name, low, high in (
        ("focus_x", 0, 1), ("focus_y", 0, 1), ("rotation", -3600, 3600), ("scale", 0.001, 20), ("x", -10, 10),
        ("y", -10, 10), ("opacity", 0, 1), ("radius", 0, 1),
    ):  # fmt: skip
        number_rule(getattr(picture, name), f"{where}: {name}", low, high)
    if len(picture.path) > MOST_AIMS:
        wrong(f"{where} has {len(picture.path)} aims", f"At most {MOST_AIMS} are possible.")
    for aim in picture.path:
        time_rule(aim.at, f"{where}: an aim", low=Fraction(0), high=LONGEST * 10)
        number_rule(aim.x, f"{where}: an aim", 0, 1)
        number_rule(aim.y, f"{where}: an aim", 0, 1)
    if any(after.at < before.at for before, after in pairwise(picture.path)):
        wrong(f"{where}: its aims are not in order of time", "Put the earliest first.")
    if len(picture.filters) > 50:
        wrong(f"{where} has {len(picture.filters)} filters", "At most 50 are possible.")
    for held in picture.filters:
        known_rule(held.name, FILTERS, f"{where}: filter")
        number_rule(held.amount, f"{where}: {held.name}", -1 if held.name in SIGNED_FILTERS else 0, 10)
    _fades(picture.fade_in, picture.fade_out, duration, where)
    for colour in (picture.fade_in_colour, picture.fade_out_colour):
        colour_rule(colour, f"{where}: colour")


def _sound(sound: Sound, duration: Seconds, where: str) -> None:
    number_rule(sound.gain_db, f"{where}: gain", -_LAST_DB, _LAST_DB)
    number_rule(sound.pan, f"{where}: pan", -1, 1)
    number_rule(sound.duck_db, f"{where}: ducking", -_LAST_DB, 0)
    if sound.normalise_lufs is not None:
        number_rule(sound.normalise_lufs, f"{where}: loudness", -70, 0)
    _fades(sound.fade_in, sound.fade_out, duration, where)


def _fades(fade_in: Seconds, fade_out: Seconds, duration: Seconds, where: str) -> None:
    for fade in (fade_in, fade_out):
        time_rule(fade, f"{where}: fade", low=Fraction(0), high=LONGEST)
    if fade_in + fade_out > duration:
        wrong(f"{where}: its fades are longer than it", "Together they may last as long as the segment.")


def _text(text: Text, where: str) -> None:
    words_rule(text.content, f"{where}: text", MOST_LETTERS, lines=True)
    words_rule(text.font, f"{where}: font", 200)
    known_rule(text.style, TEXT_STYLES, f"{where}: style")
    known_rule(text.align, ("", *ALIGNS), f"{where}: align")
    for name in (text.animation_in, text.animation_out):
        known_rule(name, ("", *ANIMATIONS), f"{where}: animation")
    number_rule(text.size, f"{where}: size", 0, 2)
    for name in ("x", "y", "dx", "dy", "outline", "shadow"):
        value = getattr(text, name)
        if value is not None:
            number_rule(value, f"{where}: {name}", -10, 10)
    colour_rule(text.colour, f"{where}: colour")
    if text.box is not None:
        colour_rule(text.box, f"{where}: box")


def _transitions(track: Track, frame: Seconds) -> None:
    if not track.transitions:
        return
    openings = {b.id: a for a, b in pairwise(track.items) if isinstance(a, Segment) and isinstance(b, Segment)}
    lengths = {item.id: item.duration for item in track.items if isinstance(item, Segment)}
    taken: dict[str, Seconds] = {}
    seen: set[str] = set()
    for transition in track.transitions:
        where = f"transition into {transition.into[:80]}"
        last = openings.get(transition.into)
        if last is None:
            wrong(f"{where}: no segment of track {track.id} with another one right before it has this id",
                   "A transition lies between two segments that touch.")  # fmt: skip
        new_rule(transition.into, seen, "transition")
        known_rule(transition.kind, TRANSITIONS, f"{where}: kind")
        known_rule(transition.direction, ("", *DIRECTIONS), f"{where}: direction")
        colour_rule(transition.colour, f"{where}: colour")
        time_rule(transition.duration, f"{where}: duration", low=Fraction(0), high=LONGEST)
        half = transition.duration / 2
        if half <= 0 or (track.kind != "audio" and (half / frame).denominator != 1):
            wrong(f"{where} lasts {transition.duration} s", "It must last an even number of frames, at least two.")
        for name in (last.id, transition.into):
            taken[name] = taken.get(name, Fraction(0)) + half
            if taken[name] > lengths[name]:
                wrong(f"{where} is longer than segment {name} has room for", "Shorten the transition.")


def _requests(timeline: Timeline, segments: set[str]) -> None:
    ids: set[str] = set()
    for request in timeline.requests:
        new_rule(request.id, ids, "request")
        known_rule(request.kind, REQUEST_KINDS, f"request {request.id}: kind")
        if request.segment not in segments:
            wrong(
                f"request {request.id} is for segment {request.segment[:80]!r}, which does not exist",
                "Name one that does.",
            )
        for value in (
            request.words,
            request.keep,
            request.section,
            *(text for wish in request.wishes for text in wish),
        ):
            words_rule(value, f"request {request.id}", MOST_LETTERS, lines=True)
        if not -1 <= request.first_bar <= request.last_bar <= 1_000_000 and request.last_bar != -1:
            wrong(
                f"request {request.id}: bars {request.first_bar} to {request.last_bar}", "Count them from 0, in order."
            )
        if not 0 <= request.seed < 2**63:
            wrong(f"request {request.id}: the seed is {request.seed}", "It must lie between 0 and 2^63.")
