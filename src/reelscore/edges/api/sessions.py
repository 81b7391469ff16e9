"""Sessions: make one, list them, look at one with its timeline, rename, delete.

A session answers with an ETag, so that whoever looks often sends little.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from reelscore.edges.api.auth import Caller, caller
from reelscore.edges.api.shapes import (
    MOST_MEDIA,
    Key,
    Language,
    Limit,
    Line,
    MediaId,
    MessageShape,
    Sent,
    SessionId,
    SessionRow,
    SessionShape,
    Words,
    message_shape,
    session_row,
    session_shape,
)
from reelscore.edges.api.uploads import take_known
from reelscore.edges.jobs import turns
from reelscore.edges.jobs.endings import session_deleted
from reelscore.edges.storage import sessions
from reelscore.edges.storage.media import media as media_of
from reelscore.edges.storage.store import Store
from reelscore.errors import LimitError

router = APIRouter(prefix="/v1/sessions", tags=["sessions"])
Reader = Annotated[Caller, Depends(caller("read"))]
Writer = Annotated[Caller, Depends(caller("write"))]
Include = Annotated[
    list[str], Query(max_length=5, description='What to tell besides: "timeline", "draft".', examples=[["timeline"]])
]


class NewSession(Sent):
    """All of it may be left out. `media`: files of your other sessions; `message`: what to do first."""

    title: Annotated[Line, Field(examples=["Holiday"])] = ""
    language: Language = "en"
    media: Annotated[tuple[MediaId, ...], Field(max_length=MOST_MEDIA)] = ()
    message: Annotated[Words, Field(examples=["add a title: Summer"])] = ""
    key: Key = ""


class Created(BaseModel):
    """The new session, and the first message if there was one."""

    session: SessionShape
    message: MessageShape | None = None


class SessionPage(BaseModel):
    """Some sessions, those changed last first. `next`: `after` of the next page; empty at the end."""

    items: list[SessionRow]
    next: str


class Change(Sent):
    """What is new; the rest stays."""

    title: Annotated[Line | None, Field(examples=["Summer"])] = None
    language: Annotated[Language | None, Field(examples=["en"])] = None


@router.post("", status_code=201, response_model=Created)
def create(request: Request, who: Writer, body: NewSession | None = None) -> Created:
    """Make a session; with a `message`, something happens in it at once."""
    store: Store = request.app.state.store
    wanted = body or NewSession()
    with store.database.write() as tx:
        room(tx, who)
        made = sessions.create(tx, who.account, wanted.title, wanted.language or "en")
        if wanted.media:
            take_known(tx, store, who, made.id, wanted.media)
    told = None
    if wanted.message.strip():
        told = message_shape(
            turns.say(
                store, who.account, made.id, wanted.message, key=wanted.key, media=wanted.media, lacking=who.lacking
            )
        )
    with store.database.read() as tx:
        now = sessions.load(tx, made.id, who.account)
        return Created(session=session_shape(now, media_of(tx, made.id), frozenset()), message=told)


@router.get("", response_model=SessionPage)
def listed(
    request: Request, who: Reader, limit: Limit = 50,
    after: Annotated[str, Query(max_length=100, description="`next` of the page before.", examples=[""])] = "",
) -> SessionPage:  # fmt: skip
    """Your sessions."""
    with request.app.state.store.database.read() as tx:
        page = sessions.listed(tx, who.account, limit, after)
    return SessionPage(items=[session_row(row) for row in page.items], next=page.next)


@router.get("/{session}", response_model=SessionShape)
def read(
    request: Request, who: Reader, session: SessionId, include: Include = ["timeline"],  # noqa: B006
    if_none_match: Annotated[str, Header(max_length=500)] = "",
) -> Response:  # fmt: skip
    """A session as it is now: the timeline, in one line and as JSON, and its media."""
    with request.app.state.store.database.read() as tx:
        found = sessions.load(tx, session, who.account)
        media = media_of(tx, session)
    wanted = frozenset(include) & {"timeline", "draft"}
    known = sum(1 for one in media if one.reading or one.piece)
    tag = f'"{found.revision}-{len(media)}-{known}-{"".join(sorted(name[0] for name in wanted))}"'
    if tag in [part.strip().removeprefix("W/") for part in if_none_match.split(",")]:
        return Response(status_code=304, headers={"ETag": tag})
    shape = session_shape(found, media, wanted)
    return JSONResponse(shape.model_dump(mode="json"), headers={"ETag": tag})


@router.patch("/{session}", response_model=SessionShape)
def change(request: Request, who: Writer, session: SessionId, body: Change) -> SessionShape:
    """Rename a session, or say in which language it is answered."""
    with request.app.state.store.database.write() as tx:
        found = sessions.load(tx, session, who.account, lock=True)
        title = found.title if body.title is None else body.title
        after = replace(found, title=title, language=body.language or found.language)
        saved = sessions.save(tx, after) if after != found else found
        return session_shape(saved, media_of(tx, session), frozenset())


@router.delete("/{session}", status_code=204, response_class=Response)
def delete(request: Request, who: Writer, session: SessionId) -> Response:
    """Delete a session with its versions. What it works on is stopped; films made of it stay as long as their jobs."""
    session_deleted(request.app.state.store, session, who.account)
    return Response(status_code=204)


def room(tx: object, who: Caller) -> None:
    """Raises LimitError where the plan's sessions are all used."""
    from sqlalchemy import Connection, func, select

    from reelscore.edges.storage.tables import sessions as table

    assert isinstance(tx, Connection)
    if who.local:
        return
    mine = (table.c.account == who.account) & table.c.deleted_at.is_(None)
    there = int(tx.execute(select(func.count()).select_from(table).where(mine)).scalar_one())
    if there >= who.plan.sessions:
        raise LimitError(f"The plan has room for {who.plan.sessions} sessions.", "Delete one first.")
