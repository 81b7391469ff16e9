"""One earlier edit taken back alone: what was done after it is done again, on the timeline without it.

v1 -> v2 title yellow -> v3 lake twice as fast        take back v2        v4: the lake twice as fast, the title as in v1

Every later step must do to the same things what it did then; where it would not (its things are gone, or moved under a
time it names), the edit cannot be taken back alone, and that is said. Music written since is kept where nothing it was
written on has changed; else it is asked for again, and the same seed writes the same.
"""

from __future__ import annotations

from dataclasses import replace

from reelscore.edit.difference import differences
from reelscore.edit.history import History, commit
from reelscore.edit.refusals import refuse
from reelscore.edit.registry import command
from reelscore.edit.tracks import film_track
from reelscore.edit.versions import Version
from reelscore.errors import EditError
from reelscore.values.command import Edited, Step
from reelscore.values.facts import Facts
from reelscore.values.timeline import Segment, Timeline, Track

_TIMED = frozenset(("at", "start", "end", "position", "order"))  # arguments that are a place in the film
_TIMED_COMMANDS = frozenset(("cut_first", "cut_last", "move"))


def taken_back(history: History, version: Version, facts: Facts, message: str = "") -> History:
    """The history with a new version that lacks this edit only. Raises EditError where later ones stand on it."""
    later: list[Version] = []
    at = history.now
    while at.id != version.id:
        if not at.parent:
            raise _stands(version)  # it lies on a branch that was left
        later.append(at)
        at = history.version(at.parent)
    if not version.parent:
        raise refuse("nothing_to_undo")
    timeline = history.version(version.parent).timeline
    for one in reversed(later):
        timeline = _again(one, history.version(one.parent).timeline, timeline, facts, version)
    steps = (Step("take_back", (("version", version.id),)),)
    edited = Edited(timeline, differences(history.timeline, timeline), steps)
    return commit(history, history.current, edited, message)


def _again(done: Version, before: Timeline, without: Timeline, facts: Facts, gone: Version) -> Timeline:
    """The steps of a version on another timeline; they must do the same to the same things."""
    then, now = before, without
    for step in done.steps:
        moved = _film(then) != _film(now)
        if moved and (step.command in _TIMED_COMMANDS or _TIMED & dict(step.args).keys()):
            raise _stands(gone)
        try:
            held = command(step.command)
            was = held.apply(then, dict(step.args), facts).timeline
            made = held.apply(now, dict(step.args), facts).timeline
        except EditError as error:
            raise _stands(gone) from error
        if _touched(then, was) != _touched(now, made):
            raise _stands(gone)
        then, now = was, made
    return _with_music_of(done.timeline, then, now)


def _film(timeline: Timeline) -> tuple[tuple[str, object, object], ...]:
    film = film_track(timeline)
    return tuple((segment.id, span.start, span.end) for span, segment in film.placed()) if film else ()


def _touched(before: Timeline, after: Timeline) -> tuple[frozenset[str], int]:
    """Which segments are changed or gone, and how many are new."""
    old, new = _segments(before), _segments(after)
    changed = {id_ for id_, segment in old.items() if new.get(id_) != segment}
    changed |= {request.segment for request in after.requests if request not in before.requests} & old.keys()
    return frozenset(changed), len(new.keys() - old.keys())


def _segments(timeline: Timeline) -> dict[str, Segment]:
    return {segment.id: segment for _, _, segment in timeline.placed()}


def _with_music_of(finished: Timeline, asked: Timeline, again: Timeline) -> Timeline:
    """Music that was asked for on the same ground is there already; `again` asks for the rest."""
    ready, was, now = _segments(finished), _segments(asked), _segments(again)
    open_ = {request.segment for request in finished.requests}
    same = {
        request.segment
        for request in again.requests
        if request in asked.requests
        and request.segment not in open_
        and was.get(request.segment) == now.get(request.segment)
        and request.segment in ready
    }
    if not same:
        return again

    def filled(track: Track) -> Track:
        items = (ready[i.id] if isinstance(i, Segment) and i.id in same else i for i in track.items)
        return replace(track, items=tuple(items))

    known = {medium.id for medium in again.media}
    return replace(
        again,
        tracks=tuple(filled(track) for track in again.tracks),
        requests=tuple(request for request in again.requests if request.segment not in same),
        media=(*again.media, *(medium for medium in finished.media if medium.id not in known)),
    )


def _stands(version: Version) -> EditError:
    return refuse("stands_on", version=version.id, before=version.parent or version.id)
