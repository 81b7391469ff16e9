"""A render that a client asks for: its draft read and held against the session, its output options understood.

A draft comes from outside. It may use only media of its session, and is rendered with what the server itself found
those media to be; anything else in it is checked like every timeline. A draft that is the timeline as it stands is
rendered as that version.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from reelscore.edges.jobs.jobs import Job
from reelscore.edges.nemo.bodies import taken
from reelscore.edges.nemo.desk import Desk
from reelscore.edges.nemo.output import export_arguments
from reelscore.edges.nemo.status import Film
from reelscore.edges.storage.sessions import Session
from reelscore.editing import checked, from_draft, to_draft
from reelscore.errors import EditError, OutputError
from reelscore.values.timeline import Timeline

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be rendered: a version of the session, or a draft of its own; and how."""

    params: Plain
    timeline: Timeline


def ordered(at: Desk, tx: Connection, session: Session, body: Plain) -> Order:
    """The order in a request's body. Raises EditError, OutputError, RefusedError."""
    draft, target = taken(body, "draft"), export_arguments(taken(body, "output", {}))
    timeline = session.history.timeline
    if draft is not None and draft != {}:
        timeline = held_against(from_draft(draft), at, tx, session)
    if not any(True for _ in timeline.placed()):
        raise OutputError("There is nothing on the timeline.", "Upload a file, or ask for music or words first.")
    if timeline.requests:
        raise OutputError("The music is still being written.", "Export when it is there: read the state.")
    own = timeline == session.history.timeline
    what: Plain = {"version": session.history.current} if own else {"draft": to_draft(timeline)}
    return Order({**what, "target": target}, timeline)


def held_against(timeline: Timeline, at: Desk, tx: Connection, session: Session) -> Timeline:
    """The timeline with its media as the server knows them. Raises EditError for media and music of others."""
    stored = {one.medium.id: one for one, _ in at.files(tx, session.id)}
    known = {medium.id: medium for medium in session.history.timeline.media}
    known |= {name: one.medium for name, one in stored.items()}
    pieces = {segment.piece for _, _, segment in session.history.timeline.placed()}
    pieces |= {one.piece for one in stored.values() if one.piece}
    used: dict[str, None] = {}
    for _, _, segment in timeline.placed():
        if segment.media:
            used[segment.media] = None
        if segment.piece and segment.piece not in pieces and segment.piece not in used:
            raise EditError(
                f'The draft plays the composed piece "{segment.piece[:24]}", which this session does not have.',
                "Leave pc out, or take the draft from the session's state.",
            )
    for name in used:
        if name not in known:
            raise EditError(
                f'The draft uses the file "{name[:24]}", which this session does not have.',
                "Upload it to this session first; r is a file's id from the state's md.",
                candidates=sorted(known)[:8],
            )
    listed = [medium.id for medium in timeline.media if medium.id in known]
    order = dict.fromkeys([*listed, *used])
    return checked(replace(timeline, media=tuple(known[name] for name in order)))


def film_of(at: Desk, job: Job) -> Film:
    """A render job as its client sees it."""
    result = job.result if job.state == "completed" else None
    url = at.link(str(result["blob"]), str(result["filename"])) if result else ""
    return Film(
        job.client_id, job.state, job.progress, job.created_at, job.ended_at, job.stage, result, job.error, url, job.id
    )
