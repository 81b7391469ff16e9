"""What differs between two timelines, property by property: for replies, for "what did version 3 change".

A segment is the same if its id is. Something that only stands elsewhere because what lies before it grew or shrank is
marked as following, so a reply can leave it out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from reelscore.edit.places import Place, places
from reelscore.edit.properties import OWN, PICTURE, SOUND, TEXT
from reelscore.edit.segments import picture_of, sound_of, text_of
from reelscore.values.command import Change, Held, Subject
from reelscore.values.time import Seconds
from reelscore.values.timeline import Media, Segment, Timeline, Track

T = TypeVar("T")


def differences(before: Timeline, after: Timeline) -> tuple[Change, ...]:
    """Every change, in order: canvas, segments (removed, changed, added), transitions, tracks, markers, requests."""
    return (
        *_canvas(before, after),
        *_segments(before, after),
        *_transitions(before, after),
        *_tracks(before, after),
        *_markers(before, after),
        *_requests(before, after),
    )


def _canvas(before: Timeline, after: Timeline) -> Iterator[Change]:
    a, b = before.canvas, after.canvas
    subject = Subject("canvas", "canvas")
    if (a.width, a.height) != (b.width, b.height):
        yield Change(subject, "size", f"{a.width}x{a.height}", f"{b.width}x{b.height}", "name")
    if a.frame_rate != b.frame_rate:
        yield Change(subject, "frame_rate", a.frame_rate, b.frame_rate, "fps")
    if a.background != b.background:
        yield Change(subject, "background", a.background, b.background, "colour")
    if before.title != after.title:
        yield Change(Subject("timeline", "timeline"), "title", before.title, after.title, "text")


@dataclass(frozen=True, slots=True)
class _Labels:
    """How segments are called: the music is "music" while there is only one piece of it."""

    alone: frozenset[str]
    shared: frozenset[tuple[str, str]]  # id and words that others have too

    @staticmethod
    def of(*held: tuple[Place, ...]) -> _Labels:
        names: dict[tuple[str, str], set[str]] = {}
        roles: dict[str, set[str]] = {}
        for place in (p for group in held for p in group):
            roles.setdefault(place.role, set()).add(place.segment.id)
            names.setdefault((place.role, _words(place)), set()).add(place.segment.id)
        alone = frozenset(next(iter(ids)) for ids in roles.values() if len(ids) == 1)
        shared = ((i, words) for (_, words), ids in names.items() if len(ids) > 1 or not words for i in ids)
        return _Labels(alone, frozenset(shared))

    def subject(self, place: Place) -> Subject:
        words = _words(place)
        label = words
        if place.segment.id in self.alone and place.role in ("music", "voice"):
            label = ""
        elif (place.segment.id, words) in self.shared and place.role != "text":
            label = f"{words} #{place.number}" if words else f"#{place.number}"
        return Subject("segment", place.segment.id, label, place.role)


def _words(place: Place) -> str:
    words = place.segment.text.content if place.segment.text else place.segment.name
    words = " ".join(words.split())
    return words if len(words) <= 60 else f"{words[:57]}..."


def _segments(before: Timeline, after: Timeline) -> Iterator[Change]:
    if before.tracks is after.tracks:
        return
    was, now = places(before), places(after)
    labels = _Labels.of(was, now)
    new = {place.segment.id: place for place in now}
    old = {p.segment.id: p for p in was if p.segment.id not in new or _same_kind(p, new[p.segment.id])}
    for place in was:
        if place.segment.id not in new or place.segment.id not in old:
            yield Change(labels.subject(place), "removed", place.span, None, "span")
    following = _following(was, before, after)
    for place in now:
        previous = old.get(place.segment.id)
        if previous is None:
            yield Change(labels.subject(place), "added", None, place.span, "span")
        elif (
            place.segment is not previous.segment or place.span != previous.span or place.track.id != previous.track.id
        ):
            files = (before.medium(previous.segment.media), after.medium(place.segment.media))
            yield from _of_segment(labels, previous, place, files, place.segment.id in following)


def _same_kind(was: Place, now: Place) -> bool:
    """Ids are used again after a removal: what was text and is a clip now is something else, and so is what has other
    words or another file, in another place, in another look or by another name."""
    if was.track.kind != now.track.kind or was.span.start == now.span.start:
        return was.track.kind == now.track.kind
    one, two = was.segment, now.segment
    if one.text and two.text:
        return one.text.content == two.text.content or one.text.style == two.text.style
    return one.media == two.media or one.name == two.name


def _following(was: tuple[Place, ...], before: Timeline, after: Timeline) -> set[str]:
    """Ids of segments that stand in the same order, with the same gap before them: if they moved, they followed."""
    old = {place.segment.id: (n, place.track.id) for n, place in enumerate(was)}
    leads_before, leads_after = _leads(before), _leads(after)
    found: set[str] = set()
    for track in after.tracks:
        kept = [s.id for _, s in track.placed() if s.id in old and old[s.id][1] == track.id]
        ordered = _longest_rising([old[name][0] for name in kept])
        found |= {kept[n] for n in ordered if leads_before[kept[n]] == leads_after[kept[n]]}
    return found


def _leads(timeline: Timeline) -> dict[str, Seconds]:
    """The gap before every segment."""
    leads: dict[str, Seconds] = {}
    for track in timeline.tracks:
        end = Fraction(0)
        for span, segment in track.placed():
            leads[segment.id] = span.start - end
            end = span.end
    return leads


def _longest_rising(numbers: list[int]) -> list[int]:
    """Places of the longest rising run in these numbers (patience sorting): what stayed while the rest was moved."""
    tops: list[int] = []
    places_of: list[int] = []
    before: list[int] = []
    for n, number in enumerate(numbers):
        pile = bisect_left(tops, number)
        if pile == len(tops):
            tops.append(number)
            places_of.append(n)
        else:
            tops[pile], places_of[pile] = number, n
        before.append(places_of[pile - 1] if pile else -1)
    run: list[int] = []
    n = places_of[-1] if places_of else -1
    while n >= 0:
        run.append(n)
        n = before[n]
    return run


def _of_segment(
    labels: _Labels, was: Place, now: Place, files: tuple[Media | None, Media | None], follows: bool
) -> Iterator[Change]:
    a, b = was.segment, now.segment
    subject = labels.subject(was)
    if was.track.id != now.track.id:
        yield Change(subject, "track", was.track.name, now.track.name, "name")
    grown = now.span.duration - was.span.duration
    if grown:
        yield Change(subject, "duration", was.span.duration, now.span.duration, "seconds")
    if now.span.start != was.span.start:
        yield Change(subject, "start", was.span.start, now.span.start, "seconds", follows)
    if a is b or a == b:
        return
    if a.media != b.media:
        old, new = files
        yield Change(subject, "media", old.name if old else "", new.name if new else "", "name")
    elif a.start != b.start and b.media:
        yield Change(subject, "source_start", a.start, b.start, "seconds", follows=bool(grown))
    yield from _held(subject, OWN[1:] if a.media != b.media else OWN, a, b)
    if a.picture != b.picture:
        yield from _held(subject, PICTURE, picture_of(a), picture_of(b))
    if a.sound != b.sound:
        yield from _held(subject, SOUND, sound_of(a), sound_of(b))
    if a.text != b.text:
        yield from _held(subject, TEXT, text_of(a), text_of(b))


def _held(
    subject: Subject, properties: Iterable[tuple[str, str, Callable[[T], Held]]], before: T, after: T
) -> Iterator[Change]:
    for name, unit, value in properties:
        a, b = value(before), value(after)
        if a != b:
            yield Change(subject, name, a, b, unit, follows=unit == "quiet")


def _transitions(before: Timeline, after: Timeline) -> Iterator[Change]:
    old = {t.into: t for track in before.tracks for t in track.transitions}
    new = {t.into: t for track in after.tracks for t in track.transitions}
    if old == new:
        return
    held = {place.segment.id: place for timeline in (before, after) for place in places(timeline)}
    staying = {segment.id for _, _, segment in after.placed()}
    labels = _Labels.of(tuple(held.values()))
    for into in (*old, *(name for name in new if name not in old)):
        a, b = old.get(into), new.get(into)
        if a == b or into not in held or (b is None and into not in staying):
            continue
        subject = Subject("transition", into, labels.subject(held[into]).label, held[into].role)
        if a is None or b is None or a.kind != b.kind or a.colour != b.colour or a.direction != b.direction:
            yield Change(subject, "kind", a.kind if a else None, b.kind if b else None, "choice")
        if b and (a is None or a.duration != b.duration):
            yield Change(subject, "duration", a.duration if a else None, b.duration, "seconds")


def _tracks(before: Timeline, after: Timeline) -> Iterator[Change]:
    if before.tracks is after.tracks:
        return
    old = {track.id: track for track in before.tracks}
    for track in after.tracks:
        was = old.get(track.id)
        if was is None or was is track:
            continue
        subject = Subject("track", track.id, track.name or track.kind)
        if was.gain_db != track.gain_db:
            yield Change(subject, "volume", was.gain_db, track.gain_db, "gain")
        for name, a, b in (("muted", was.muted, track.muted), ("hidden", was.hidden, track.hidden)):
            if a != b:
                yield Change(subject, name, a, b, "switch")
        if was.name != track.name and _goes_on(was, track):
            yield Change(subject, "name", was.name, track.name, "name")
    yield from _layers(before.tracks, after.tracks)


def _goes_on(was: Track, now: Track) -> bool:
    """Is it the same track, and not a new one by the id of one that is gone?"""
    held = {item.id: item for item in was.items if isinstance(item, Segment)}
    new = [item for item in now.items if isinstance(item, Segment)]
    kept = (item for item in new if item.id in held)
    return not (held and new) or any(i.media == held[i.id].media and i.text == held[i.id].text for i in kept)


def _layers(before: tuple[Track, ...], after: tuple[Track, ...]) -> Iterator[Change]:
    """Tracks whose order among those that stayed is another."""
    kept = {track.id for track in before} & {track.id for track in after}
    old = [track.id for track in before if track.id in kept]
    new = [track for track in after if track.id in kept]
    for n, track in enumerate(new):
        if old[n] != track.id:
            yield Change(
                Subject("track", track.id, track.name or track.kind), "layer", old.index(track.id) + 1.0, n + 1.0
            )


def _markers(before: Timeline, after: Timeline) -> Iterator[Change]:
    if before.markers == after.markers:
        return
    old, new = set(before.markers), set(after.markers)
    for marker in before.markers:
        if marker not in new:
            yield Change(
                Subject("marker", str(marker.at), marker.label, marker.kind), "removed", marker.at, None, "seconds"
            )
    for marker in after.markers:
        if marker not in old:
            yield Change(
                Subject("marker", str(marker.at), marker.label, marker.kind), "added", None, marker.at, "seconds"
            )


def _requests(before: Timeline, after: Timeline) -> Iterator[Change]:
    """Requests that went or came; those that came with all they ask for."""
    old, new = {r.id: r for r in before.requests}, {r.id: r for r in after.requests}
    for request in before.requests:
        if request.id not in new:
            yield Change(Subject("request", request.id, request.words, request.kind), "removed", request.kind, None)
    for request in after.requests:
        if request.id in old:
            continue
        subject = Subject("request", request.id, request.words, request.kind)
        yield Change(subject, "added", None, request.kind)
        if request.first_bar >= 0 and not request.section:
            yield Change(subject, "bars", None, f"{request.first_bar + 1}-{request.last_bar + 1}")
        for name, value in (("section", request.section), ("keep", request.keep), *request.wishes):
            if value:
                yield Change(subject, name, None, value)
