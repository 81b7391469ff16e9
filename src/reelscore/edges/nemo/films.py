"""A render that a client asks for: its draft read and held against the session, its output options understood.

A draft comes from outside. It may use only media of its session, and is rendered with what the server itself found
those media to be; anything else in it is checked like every timeline. A draft that is the timeline as it stands is
rendered as that version.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from sqlalchemy import Connection

from reelscore.edges.jobs.jobs import Job
from reelscore.edges.nemo.bodies import taken
from reelscore.edges.nemo.desk import Desk
from reelscore.edges.nemo.output import export_arguments
from reelscore.edges.nemo.status import Film
from reelscore.edges.storage.media import StoredMedia, media
from reelscore.edges.storage.sessions import Session
from reelscore.editing import from_draft, to_draft
from reelscore.errors import EditError, OutputError
from reelscore.values.timeline import Media, Timeline

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be rendered: a version of the session, or a draft of its own; and how."""

    params: Plain
    timeline: Timeline


def ordered(tx: Connection, session: Session, body: Plain) -> Order:
    """The order in a request's body. Raises EditError, OutputError, RefusedError."""
    draft, target = taken(body, "draft"), export_arguments(taken(body, "output", {}))
    own = session.history.timeline
    timeline = own if draft is None or draft == {} else drafted(draft, own, media(tx, session.id))
    if not any(True for _ in timeline.placed()):
        raise OutputError("There is nothing on the timeline.", "Upload a file, or ask for music or words first.")
    if timeline.requests:
        raise OutputError("The music is still being written.", "Export when it is there: read the state.")
    what: Plain = {"version": session.history.current} if timeline == own else {"draft": to_draft(timeline)}
    return Order({**what, "target": target}, timeline)


def drafted(draft: object, own: Timeline, stored: Sequence[StoredMedia]) -> Timeline:
    """The timeline of a draft from outside. Raises EditError for what cannot be, and for media and music of others."""
    known = {medium.id: medium for medium in own.media} | {one.medium.id: one.medium for one in stored}
    timeline = from_draft(_with_ids(_with_truth(draft, known)))
    composed = {one.medium.id for one in stored if one.piece}
    used: dict[str, Media] = {}
    for _, _, segment in timeline.placed():
        if segment.media and segment.media not in known:
            raise EditError(
                f'The draft uses the file "{segment.media[:24]}", which this session does not have.',
                "Upload it to this session first; r is a file's id from the state's md.",
                candidates=sorted(known)[:8],
            )
        if segment.piece and segment.piece not in composed:
            raise EditError(
                f'The draft plays the composed piece "{segment.piece[:24]}", which this session does not have.',
                "Leave pc out, or take the draft from the session's state.",
            )
        if segment.media:
            used[segment.media] = known[segment.media]
    there = {medium.id: medium for medium in own.media}
    return replace(timeline, media=tuple((there | used).values()))


def _with_truth(draft: object, known: Mapping[str, Media]) -> object:
    """The draft, its table of media as the server knows them: what a client says of them is not believed."""
    if not isinstance(draft, dict) or not isinstance(draft.get("md", []), list):
        return draft
    strangers = [entry for entry in draft.get("md", []) if not (isinstance(entry, dict) and _of(entry) in known)]
    return draft | {"md": [*to_draft(Timeline(media=tuple(known.values()))).get("md", []), *strangers]}


def _with_ids(draft: object) -> object:
    """The draft, its segments with ids: one that a client wrote itself may leave them out."""
    if not isinstance(draft, dict) or not isinstance(draft.get("t"), list):
        return draft
    tracks = [dict(track) if isinstance(track, dict) else track for track in draft["t"]]
    lists = [track["sg"] for track in tracks if isinstance(track, dict) and isinstance(track.get("sg"), list)]
    given = {str(one.get("i")) for held in lists for one in held if isinstance(one, dict)}
    fresh = (name for name in (f"n{n}" for n in count(1)) if name not in given)
    for track in tracks:
        if isinstance(track, dict) and isinstance(track.get("sg"), list):
            track["sg"] = [
                {"i": next(fresh), **one} if isinstance(one, dict) and "i" not in one else one for one in track["sg"]
            ]
    return draft | {"t": tracks}


def _of(entry: Plain) -> str:
    return entry["i"] if isinstance(entry.get("i"), str) else ""


def film_of(at: Desk, job: Job) -> Film:
    """A render job as its client sees it."""
    result = job.result if job.state == "completed" else None
    url = at.link(str(result["blob"]), str(result["filename"])) if result else ""
    return Film(
        job.client_id, job.state, job.progress, job.created_at, job.ended_at, job.stage, result, job.error, url, job.id
    )
