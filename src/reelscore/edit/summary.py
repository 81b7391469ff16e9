"""The timeline in one line, as people read it:

Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: "Urban Dreams" (0-3s)

What is as usual is left out: full volume, normal speed. A track of more than four pieces is told by their number.
"""

from __future__ import annotations

from collections.abc import Iterator

from reelscore.edit.amounts import percent_of_db, plain_number, plain_span
from reelscore.edit.names import ROLES, TRACK_NAMES
from reelscore.edit.places import Place, places, sounds
from reelscore.edit.segments import sound_of
from reelscore.values.time import Span
from reelscore.values.timeline import Timeline, Track

MOST_PIECES = 4


def summary(timeline: Timeline, language: str = "en") -> str:
    """One line on what lies where."""
    zh = language == "zh"
    by_track: dict[str, list[Place]] = {}
    for place in places(timeline):
        by_track.setdefault(place.track.id, []).append(place)
    waiting = {request.segment for request in timeline.requests}
    told = [
        _track(n, track, by_track.get(track.id, []), timeline, waiting, zh)
        for n, track in enumerate(timeline.tracks, 1)
    ]
    count = len(timeline.tracks)
    if zh:
        return " ".join([f"时间线（{count} 条轨道）：", *told]).replace("： ", "：", 1)
    return " ".join([f"Timeline ({count} track{'' if count == 1 else 's'}):", *told]) if told else "Timeline (0 tracks)"


def _track(n: int, track: Track, held: list[Place], timeline: Timeline, waiting: set[str], zh: bool) -> str:
    name = track_name(track, zh)
    if len(held) > MOST_PIECES:
        one, many, chinese, counter = ROLES[held[0].role]
        told = f"{len(held)} {counter}{chinese}" if zh else f"{len(held)} {many if len(held) > 1 else one}"
        inside = [plain_span(Span(held[0].span.start, held[-1].span.end)), *_state(held, track, timeline, zh)]
        pieces = [f"{told}（{'，'.join(inside)}）" if zh else f"{told} ({', '.join(inside)})"]
    else:
        pieces = [_piece(place, track, timeline, waiting, zh) for place in held]
    return f"{n}. {name}：{'、'.join(pieces)}" if zh else f"{n}. {name}: {', '.join(pieces)}"


def track_name(track: Track, zh: bool = False) -> str:
    """ "Video", "BGM", "Title": the track's own name, or what it is for."""
    usual = {"video": "Video", "text": "Text"}.get(track.kind) or ("BGM" if track.role == "music" else "Audio")
    name = track.name or usual
    return TRACK_NAMES.get(name, name) if zh else name


def _piece(place: Place, track: Track, timeline: Timeline, waiting: set[str], zh: bool) -> str:
    segment = place.segment
    words = " ".join((segment.text.content if segment.text else segment.name).split())
    words = words if len(words) <= 60 else f"{words[:57]}..."
    if segment.text is not None:
        words = f"“{words}”" if zh else f'"{words}"'
    named = words or (f"{ROLES[place.role][2]} {place.number}" if zh else f"{ROLES[place.role][0]} {place.number}")
    inside = [plain_span(place.span), *_state([place], track, timeline, zh)]
    if segment.id in waiting:
        inside.append("创作中" if zh else "being written")
    return f"{named}（{'，'.join(inside)}）" if zh else f"{named} ({', '.join(inside)})"


def _state(held: list[Place], track: Track, timeline: Timeline, zh: bool) -> Iterator[str]:
    """What is unusual and the same for all of them: volume, speed, muted, hidden."""
    if all(sounds(place, timeline) for place in held):
        volumes = {_volume(place, track) for place in held}
        if len(volumes) == 1 and (volume := volumes.pop()) != "100%":
            yield volume if volume != "muted" or not zh else "静音"
    speeds = {place.segment.speed for place in held}
    if len(speeds) == 1 and (speed := speeds.pop()) != 1:
        yield f"{plain_number(speed)}x"
    if track.hidden:
        yield "已隐藏" if zh else "hidden"


def _volume(place: Place, track: Track) -> str:
    sound = sound_of(place.segment)
    if sound.muted or track.muted:
        return "muted"
    return f"{plain_number(percent_of_db(sound.gain_db + track.gain_db), 0)}%"
